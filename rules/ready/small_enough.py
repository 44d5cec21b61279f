"""Whether it fits into a sprint with room to spare."""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.text.content import number


class SmallEnough(ReadyRule):
    """A near issue is small enough for a sprint.

    Why: What takes more than half of what a team finishes in a sprint is seldom finished in one: a single surprise
    carries it over. The limit follows the team's own pace: an 8 may be fine for one team and too big for another.

    Fails:
        Story: Pay with a saved card
        Points: 13
        Team finishes: 20

        Returning shoppers choose a card they used before.

    Mended:
        Story: Pay with a saved card
        Points: 5
        Team finishes: 20

        Returning shoppers choose a card they used before. New cards are a story of their own.
    """

    name: ClassVar[str] = "small_enough"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY, Kind.BUG, Kind.TASK})
    effort: ClassVar[Effort] = Effort.TALK
    asks: ClassVar[Role] = Role.DEVELOPERS

    severity: Severity = Severity.MUST
    within_sprints: float | None = Field(default=2.0, ge=0)
    max_share: float = Field(default=0.5, gt=0, le=1)
    """The largest part of what the team finishes in a sprint (its median) that one issue may take."""
    max_points: float | None = Field(default=None, gt=0)
    """A fixed limit in points; leave out to let the team's pace decide alone."""

    def check(self, subject: Subject) -> Answer:
        """Compare the estimate with the fixed limit and with the team's pace; the lower one holds."""
        if subject.cannot_see("points"):
            return NotApplicable("the project has no estimates", unavailable="points")
        points = subject.issue.points
        if points is None:
            return NotApplicable("it has no estimate")
        limits = self._limits(subject)
        if not limits:
            return NotApplicable("the team's pace is not known yet", unavailable="pace")
        limit, why = min(limits)
        if points <= limit:
            return Passed()
        return Failed(f"{number(points)} points are more than {why}.", _hint(subject), reason="too big")

    def _limits(self, subject: Subject) -> list[tuple[float, str]]:
        limits = []
        if self.max_points is not None:
            limits.append((self.max_points, f"the limit of {number(self.max_points)}"))
        if subject.team_points:
            whose = subject.team.name if subject.team else "the strongest team"
            pace = number(round(subject.team_points, 1))
            share = number(round(100 * self.max_share))
            limits.append((self.max_share * subject.team_points, f"{share} % of the {pace} that {whose} finishes"))
        return limits


def _hint(subject: Subject) -> str:
    components = subject.issue.components
    if len(components) > 1:
        return f"Split it, for a start by component: {', '.join(components)}."
    return "Split it by workflow step, rule, data or interface."
