"""Whether a bug has steps to reproduce it."""

import re
from typing import ClassVar

from rules.document import Document
from rules.lazy_regex import regex
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.text.doubt import is_wish

SHOWN = 3

# Frames of Python, Java, JavaScript, Go, Ruby and native traces begin alike: a place after "at", "File", "in" or "#0".
# A log puts its own words in front: "[ERROR] : MainActivity:   at ...". A Java frame's place is plain without "at".
_FRAME = regex(
    r"^(?:[^\n]{0,80}?[:)\]][ \t]+)?[ \t]*"
    r"(?:at\s+\S+[.(:]|File \"[^\"]+\", line \d+|#\d+\s+\S|from \S+:\d+:in |goroutine \d+)"
    r"|^[^\n]{0,200}?[\w$>]\((?:\w+\.(?:java|kt|scala|groovy):\d+|Native Method)\)",
    re.MULTILINE,
)
_TRACE_CHARS = 20_000
FRAMES = 2


class Reproducible(ReadyRule):
    """A bug has steps to reproduce it.

    Why: Developers need the steps most, and bug reports often lack them (Bettenburg et al., FSE 2008). A scenario
    counts ("when I save the card, the page stays empty"), and so does code to run. A stack trace is accepted instead,
    because it names the place in the code.

    Fails:
        Bug: The receipt shows the wrong total

        Some customers say that the total on their receipt is wrong. Please look into it soon.

    Fixed:
        Bug: The receipt shows the wrong total

        ## Steps to reproduce
        1. Open the shop and put two books into the cart
        2. Enter the voucher BOOK10 and pay

        The receipt shows the total without the voucher.
    """

    name: ClassVar[str] = "reproducible"
    title: ClassVar[str] = "steps to reproduce"
    failure: ClassVar[str] = "no steps to reproduce"
    # A story or task whose text plainly reports a defect is read as a bug; a team may have it asked as well.
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.BUG, Kind.STORY, Kind.TASK})
    effort: ClassVar[Effort] = Effort.SECTION
    asks: ClassVar[Role] = Role.REPORTER

    severity: Severity = Severity.MUST
    accept_traces: bool = True
    """Whether a stack trace is accepted instead of steps."""
    other_types: bool = False
    """Whether a story or a task whose text plainly reports a defect is asked as well.

    Of 55 such complaints, 37 were right.
    """

    def check(self, subject: Subject) -> Answer:
        """Look for steps in what was read in the text, then for a stack trace."""
        match subject.reading.facts.steps:
            case "yes":
                return Passed(subject.reading.steps[:SHOWN])
            case "na":
                return NotApplicable("the text does not plainly report a defect")
            case "no" if subject.issue.kind is not Kind.BUG and not self.other_types:
                return NotApplicable("the issue is not filed as a bug")
            case "no" if is_wish(subject.issue.title, subject.issue.document):
                return NotApplicable("the text asks for something new")
            case "no" if self.accept_traces and _has_trace(subject.issue.document):
                return Passed()
        hint = "List the steps, from a known state to the failure."
        return Failed("Steps to reproduce are missing.", hint, reason="absent")


def _has_trace(document: Document) -> bool:
    return sum(len(_FRAME.findall(block.text[:_TRACE_CHARS])) for block in document.blocks) >= FRAMES
