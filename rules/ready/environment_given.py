"""Whether a bug names the version or environment."""

from typing import ClassVar

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.text.title_mood import orders


class EnvironmentGiven(ReadyRule):
    """A bug names the version or environment in which it was seen.

    Why: A search in the wrong version is the most common reason to close a bug as not reproducible. The tracker's
    fields for version and environment count, and so does a version, browser or system in the text. A title that begins
    with a part of the product counts as well ("Checkout: ..."). Wishes that are filed as bugs are left alone. So is a
    report with steps, expected and actual result. The rule is silent where most bugs name neither: a product that runs
    in one place needs no version.

    Fails:
        Bug: The receipt shows the wrong total

        Pay with a voucher: the receipt shows the total without it.

    Fixed:
        Bug: The receipt shows the wrong total
        Versions: 2.1

        Pay with a voucher: the receipt shows the total without it.
    """

    name: ClassVar[str] = "environment_given"
    title: ClassVar[str] = "version or environment"
    failure: ClassVar[str] = "no version or environment"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.BUG})
    effort: ClassVar[Effort] = Effort.FIELD
    asks: ClassVar[Role] = Role.REPORTER
    replayable: ClassVar[bool] = False

    severity: Severity = Severity.INFO

    def check(self, subject: Subject) -> Answer:
        """Look at the fields, then for a section, then for a version, browser or system in the text."""
        issue, facts = subject.issue, subject.reading.facts
        if orders(issue.title):
            return NotApplicable("the title asks for a change")
        says_expected = facts.expected == "yes" or subject.reading.fails_plainly
        is_complete = facts.steps == facts.actual == "yes" and says_expected
        if is_complete or subject.backlog.names_environment(issue):
            return Passed()
        if not subject.backlog.environments_are_usual:
            return NotApplicable("most bugs here name neither")
        message = "Version or environment is missing."
        return Failed(message, "Set the affected version, or name it in the text.", reason="absent")
