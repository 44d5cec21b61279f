"""Whether a bug says what should happen and what happens instead."""

from typing import ClassVar

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject


class ExpectedActual(ReadyRule):
    """A bug says what should happen and what happens instead.

    Why: What the reporter expects is often obvious to the reporter only; two thirds of bug reports leave it out.
    Without it nobody can say when the bug is fixed.

    Fails:
        Bug: The receipt shows the wrong total

        ## Steps to reproduce
        1. Put two books into the cart
        2. Enter the voucher BOOK10 and pay

        ## Actual result
        The receipt shows the total without the voucher.

    Mended:
        Bug: The receipt shows the wrong total

        ## Steps to reproduce
        1. Put two books into the cart
        2. Enter the voucher BOOK10 and pay

        ## Expected result
        The receipt shows the total with the voucher taken off.

        ## Actual result
        The receipt shows the total without the voucher.
    """

    name: ClassVar[str] = "expected_actual"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.BUG, Kind.STORY, Kind.TASK})
    effort: ClassVar[Effort] = Effort.LINE
    asks: ClassVar[Role] = Role.REPORTER

    severity: Severity = Severity.SHOULD

    def check(self, subject: Subject) -> Answer:
        """Take the reader's word for both."""
        facts, reading = subject.reading.facts, subject.reading
        if facts.expected == "na" or facts.actual == "na":
            return NotApplicable("the text reports no defect")
        if facts.expected == "yes" and facts.actual == "yes":
            return Passed(tuple(quote for quote in (reading.expected, reading.actual) if quote))
        if facts.expected == facts.actual:
            said, hint = "It says neither what should happen nor what happens.", "Add one sentence for each."
            return Failed(said, hint, reason="both")
        if facts.expected == "no":
            return Failed("It does not say what should happen.", "Add what you expected to see.", reason="expected")
        return Failed(
            "It does not say what happens instead.", "Add what you see, or the error message.", reason="actual"
        )
