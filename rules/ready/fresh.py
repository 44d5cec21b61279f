"""Whether a near issue was changed recently."""

from typing import ClassVar

from pydantic import Field

from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.wording import Wording


class Fresh(ReadyRule):
    """A near issue was changed within the last half year.

    Why: The people who wrote an old issue may have left, and the product has changed since. A short review shows
    whether it is still wanted as written.

    Fails:
        Story: Pay with a saved card
        Last change: 200 days ago

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Last change: 2 days ago

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "fresh"
    title: ClassVar[str] = "recent change"
    failure: ClassVar[str] = "no recent change"
    effort: ClassVar[Effort] = Effort.LINE
    reads_text: ClassVar[bool] = False
    replayable: ClassVar[bool] = False

    severity: Severity = Severity.INFO
    within_sprints: float | None = Field(default=2.0, ge=0)
    max_days: int = Field(default=180, ge=1)
    """The maximum number of days since the last change."""

    def check(self, subject: Subject) -> Answer:
        """Compare the day of the last change with the day of the run."""
        if subject.cannot_see("dates"):
            return NotApplicable("the text has no dates", unavailable="dates")
        days = (subject.snapshot.taken_at.date() - subject.issue.last_human_edit.date()).days
        if days <= self.max_days:
            return Passed()
        # The number of days grows daily, so it is not part of the reason: the finding stays the same.
        message = Wording("The last change was {days:day|days} ago, more than {most}.", days=days, most=self.max_days)
        return Failed(message, "Review it with the team, then keep, update or close it.", reason="stale")
