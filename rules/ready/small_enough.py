"""Whether an issue is small enough for a sprint."""

from typing import ClassVar

from pydantic import Field

from rules.capacity.time_boxes import SPRINTS
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.wording import Wording

_PER_SPRINT = "{share} % of the {velocity:point|points} that {team} finishes per sprint"
_PER_PERIOD = "{share} % of the {velocity:point|points} that {team} finishes in {weeks:week|weeks}"


class SmallEnough(ReadyRule):
    """A near issue is small enough for a sprint.

    Why: An issue that takes more than half of a team's velocity is rarely finished in one sprint. One surprise is
    enough to carry it over. The limit follows the team's own velocity: 8 points may suit one team and be too much for
    another.

    Fails:
        Story: Pay with a saved card
        Points: 13
        Team finishes: 20

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Points: 5
        Team finishes: 20

        Returning shoppers choose a card they used before. New cards are a story of their own.
    """

    name: ClassVar[str] = "small_enough"
    title: ClassVar[str] = "size"
    failure: ClassVar[str] = "too big for one sprint"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY, Kind.BUG, Kind.TASK})
    effort: ClassVar[Effort] = Effort.TALK
    asks: ClassVar[Role] = Role.DEVELOPERS
    reads_text: ClassVar[bool] = False

    severity: Severity = Severity.MUST
    within_sprints: float | None = Field(default=2.0, ge=0)
    max_share: float = Field(default=0.5, gt=0, le=1)
    """The maximum part of the team's velocity (median points per sprint) that one issue may take."""
    max_points: float | None = Field(default=None, gt=0)
    """A fixed limit in points; without a value, only the team's velocity counts."""

    def check(self, subject: Subject) -> Answer:
        """Compare the estimate with the fixed limit and with the team's velocity; the lower limit counts."""
        if subject.cannot_see("points"):
            return NotApplicable("the project has no estimates", unavailable="points")
        points = subject.issue.points
        if points is None:
            return NotApplicable("the issue has no estimate")
        limits = [limit for limit in (self._of_velocity(subject), self.max_points) if limit is not None]
        if not limits:
            return NotApplicable("the team's velocity is not known yet", unavailable="pace")
        limit = min(limits)
        if points <= limit:
            return Passed()
        why = self._why(subject, limit)
        message = Wording("The estimate of {points:point|points} is more than {limit}.", points=points, limit=why)
        phrase = "" if subject.backlog.boxes == SPRINTS else "too big"
        return Failed(message, _hint(subject), reason="too big", phrase=phrase)

    def _of_velocity(self, subject: Subject) -> float | None:
        return self.max_share * subject.team_points if subject.team_points else None

    def _why(self, subject: Subject, limit: float) -> Wording:
        if limit == self._of_velocity(subject):
            return self._share(subject, subject.team_points or 0.0)
        return Wording("the limit of {points:point|points}", points=limit)

    def _share(self, subject: Subject, velocity: float) -> Wording:
        boxes, template = subject.backlog.boxes, _PER_SPRINT
        if boxes != SPRINTS:
            template = _PER_PERIOD
        return Wording(
            template,
            share=round(100 * self.max_share),
            velocity=round(velocity, 1),
            team=subject.team.name if subject.team else Wording("the strongest team"),
            weeks=boxes.weeks,
        )


def _hint(subject: Subject) -> str:
    components = subject.issue.components
    if len(components) > 1:
        return Wording("Split it, for example by component: {components}.", components=components)
    return "Split it by workflow step, business rule, data or interface."
