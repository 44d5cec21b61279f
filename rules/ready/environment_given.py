"""Whether a bug names the version or environment."""

import re
from typing import ClassVar

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, Passed, ReadyRule, Role, Severity, Subject

_WHERE = re.compile(
    r"\bv?\d+\.\d+(?:\.\d+)*\b|\bversion\s+\w+|\b(?:chrome|firefox|safari|edge|internet explorer|opera)\b"
    r"|\b(?:windows|macos|mac os|os x|linux|ubuntu|debian|android|ios|iphone|ipad|docker|kubernetes)\b"
    r"|\b(?:production|staging|prod|dev|test)\s+(?:environment|system|server|site|cluster)\b|\bbuild\s+#?\d+|\bcommit\s+[0-9a-f]{7}",
    re.IGNORECASE,
)


class EnvironmentGiven(ReadyRule):
    """A bug names the version or environment in which it was seen.

    Why: A search in the wrong version is the most common reason to close a bug as not reproducible. The tracker's
    fields for version and environment count, and so does a version, browser or system in the text.

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

    severity: Severity = Severity.SHOULD

    def check(self, subject: Subject) -> Answer:
        """Look at the fields, then for a section, then for a version, browser or system in the text."""
        issue, reading = subject.issue, subject.reading
        if issue.environment.strip() or issue.versions:
            return Passed()
        section = reading.section("environment")
        text = "\n".join(block.text for block in issue.document.blocks)
        if (section and section.blocks) or _WHERE.search(f"{issue.title}\n{text}"):
            return Passed()
        message = "Version or environment is missing."
        return Failed(message, "Set the affected version, or name it in the text.", reason="absent")
