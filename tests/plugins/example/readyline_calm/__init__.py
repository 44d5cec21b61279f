"""An example of a package that brings a rule along; its entry point is in the folder next to it."""

from typing import ClassVar

from pydantic import Field

from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject


class CalmTitle(ReadyRule):
    """The title does not shout.

    Why: A title in capitals is hard to read, and says nothing about how urgent the work really is; that is what the
    priority is for.

    Fails:
        Bug: RECEIPT SHOWS THE WRONG TOTAL

        Pay with a voucher: the receipt shows the total without it.

    Mended:
        Bug: Receipt shows the wrong total

        Pay with a voucher: the receipt shows the total without it.
    """

    name: ClassVar[str] = "calm_title"
    effort: ClassVar[Effort] = Effort.LINE
    asks: ClassVar[Role] = Role.REPORTER

    severity: Severity = Severity.INFO
    max_share: float = Field(default=0.7, gt=0, le=1)
    """The largest share of a title's letters that may be capitals."""

    def check(self, subject: Subject) -> Answer:
        """Count capitals among the letters that have two cases."""
        letters = [letter for letter in subject.issue.title if letter.lower() != letter.upper()]
        if not letters:
            return NotApplicable("the title has no letters with two cases")
        capitals = sum(letter.isupper() for letter in letters)
        if capitals <= self.max_share * len(letters):
            return Passed()
        return Failed(f"{capitals} of {len(letters)} letters are capitals.", "Write it in lower case.", reason="loud")
