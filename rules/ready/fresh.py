"""Whether somebody has looked at a near issue lately."""

from typing import ClassVar

from pydantic import Field

from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject


class Fresh(ReadyRule):
    """A near issue was touched in the last half year.

    Why: What nobody touched for months was understood by people who may have left, in a product that has changed. A
    short look tells whether it is still wanted as it stands.

    Fails:
        Story: Pay with a saved card
        Last change: 200 days ago

        Returning shoppers choose a card they used before.

    Mended:
        Story: Pay with a saved card
        Last change: 2 days ago

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "fresh"
    effort: ClassVar[Effort] = Effort.LINE

    severity: Severity = Severity.INFO
    within_sprints: float | None = Field(default=2.0, ge=0)
    max_days: int = Field(default=180, ge=1)
    """How many days may pass since the last change."""

    def check(self, subject: Subject) -> Answer:
        """Compare the last change with the day of the snapshot."""
        if subject.cannot_see("dates"):
            return NotApplicable("the text has no dates", unavailable="dates")
        days = (subject.snapshot.taken_at.date() - subject.issue.last_human_edit.date()).days
        if days <= self.max_days:
            return Passed()
        # The number of days grows daily and must not make a new finding of an old one.
        said = f"Nobody has touched it for {days} days."
        return Failed(said, "Read it again with the team, then keep, mend or drop it.", reason="stale")
