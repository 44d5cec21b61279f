"""Whether an issue was carried over from sprint to sprint."""

from typing import ClassVar

from pydantic import Field

from rules.model import SprintState
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.wording import Wording


class CarriedOver(ReadyRule):
    """The issue was not carried over from several sprints.

    Why: An issue that two sprints left unfinished will probably leave a third, unless something changes. That may be
    its size, its blockers, or whether it is still wanted.

    Fails:
        Story: Pay with a saved card
        Closed sprints before: 2

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Closed sprints before: 1

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "carried_over"
    title: ClassVar[str] = "not carried over"
    failure: ClassVar[str] = "carried over too often"
    effort: ClassVar[Effort] = Effort.TALK
    asks: ClassVar[Role] = Role.DEVELOPERS
    reads_text: ClassVar[bool] = False
    replayable: ClassVar[bool] = False

    severity: Severity = Severity.SHOULD
    most: int = Field(default=1, ge=0)
    """The maximum number of closed sprints that an open issue was in."""

    def check(self, subject: Subject) -> Answer:
        """Count the closed sprints the issue was in."""
        if subject.cannot_see("sprints"):
            return NotApplicable("the project has no sprints", unavailable="sprints")
        if subject.cannot_see("sprint-history"):
            return NotApplicable("the sprints that issues were in are not known", unavailable="sprint-history")
        sprints = subject.snapshot.sprint_by_id
        # A sprint that the tracker no longer lists ended long ago.
        closed = [s for s in subject.issue.sprints if s not in sprints or sprints[s].state is SprintState.CLOSED]
        count = len(set(closed) - {subject.issue.sprint})
        if count <= self.most:
            return Passed()
        template = "The issue was in {count:closed sprint|closed sprints}, more than {most}, and is still open."
        message = Wording(template, count=count, most=self.most)
        return Failed(message, "Split it, resolve what blocks it, or close it.", reason="pushed")
