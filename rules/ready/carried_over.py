"""Whether it has been pushed from sprint to sprint."""

from typing import ClassVar

from pydantic import Field

from rules.model import SprintState
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject


class CarriedOver(ReadyRule):
    """It was not pushed out of several sprints already.

    Why: What left two sprints unfinished will leave a third, unless something about it changes: its size, what it
    waits for, or whether anybody wants it.

    Fails:
        Story: Pay with a saved card
        Closed sprints before: 2

        Returning shoppers choose a card they used before.

    Mended:
        Story: Pay with a saved card
        Closed sprints before: 1

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "carried_over"
    effort: ClassVar[Effort] = Effort.TALK
    asks: ClassVar[Role] = Role.DEVELOPERS

    severity: Severity = Severity.SHOULD
    most: int = Field(default=1, ge=0)
    """The most closed sprints an open issue may have been in."""

    def check(self, subject: Subject) -> Answer:
        """Count the closed sprints it was in."""
        if subject.cannot_see("sprints"):
            return NotApplicable("the project has no sprints", unavailable="sprints")
        known = subject.snapshot.sprint_by_id
        # A sprint that is not known any more is long gone, and so it is closed.
        closed = [s for s in subject.issue.sprints if s not in known or known[s].state is SprintState.CLOSED]
        count = len(set(closed) - {subject.issue.sprint})
        if count <= self.most:
            return Passed()
        said = f"It was in {count} sprints and never finished."
        return Failed(said, "Split it, free it of what it waits for, or drop it.", reason="pushed")
