"""Whether a bug has an expected and an actual result.

The figure on the page is from "Detecting Missing Information in Bug Descriptions" (Chaparro et al., FSE 2017).
"""

from typing import ClassVar

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.text.bug_patterns import DENIES


class ExpectedActual(ReadyRule):
    """A bug says what should happen and what happens instead.

    Why: The expected result is often obvious to the reporter only. Without it, nobody can say when the bug is fixed.
    In a study of about 3,000 bug reports, 35 % stated it (Chaparro et al., FSE 2017). A plain failure says by itself
    what should happen: a crash, an error message, something that does not work, or that works elsewhere. So the
    expected result is only asked for in two cases. Something is wrong or different, or the actual result has a section.
    Who says what should not happen says what does.
    The labels count every bug without a stated expectation as a fault. So most that it misses are left out on purpose.

    Fails:
        Bug: The receipt shows the wrong total

        ## Steps to reproduce
        1. Put two books into the cart
        2. Enter the voucher BOOK10 and pay

        ## Actual result
        The receipt shows the total without the voucher.

    Fixed:
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
    title: ClassVar[str] = "expected and actual result"
    failure: ClassVar[str] = "no expected or actual result"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.BUG, Kind.STORY, Kind.TASK})
    effort: ClassVar[Effort] = Effort.LINE
    asks: ClassVar[Role] = Role.REPORTER

    severity: Severity = Severity.SHOULD

    def check(self, subject: Subject) -> Answer:
        """Look for both in what was read in the text."""
        facts, reading = subject.reading.facts, subject.reading
        if (silent := _not_asked(subject)) is not None:
            return silent
        if facts.expected == "yes" and facts.actual == "yes":
            return Passed(tuple(quote for quote in (reading.expected, reading.actual) if quote))
        if facts.expected == facts.actual:
            hint = "Say what should happen and what happens instead."
            return Failed("Expected and actual result are missing.", hint, reason="both")
        if facts.expected == "no":
            hint = "Add what should happen."
            return Failed("The expected result is missing.", hint, reason="expected", phrase="no expected result")
        hint = "Add what happens instead, or the error message."
        return Failed("The actual result is missing.", hint, reason="actual", phrase="no actual result")


def _not_asked(subject: Subject) -> NotApplicable | None:
    """Why neither result is asked for; `None` where they are."""
    facts, reading = subject.reading.facts, subject.reading
    if facts.expected == "na" or facts.actual == "na":
        return NotApplicable("the text does not plainly report a defect")
    if reading.is_wish:
        return NotApplicable("the text asks for something new")
    if facts.expected == "no" and reading.fails_plainly:
        return NotApplicable("the failure says by itself what should happen")
    expected = (subject.issue.title, reading.expected.text) if reading.expected else ()
    if facts.actual == "no" and any(map(DENIES.search, expected)):
        return NotApplicable("what should not happen is what happens")
    return None
