"""Whether a bug has steps to reproduce it."""

import re
from typing import ClassVar

from rules.document import BlockKind, Document
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject

SHOWN = 3

# Frames of Python, Java, JavaScript, Go, Ruby and native traces begin alike: a place after "at", "File", "in" or "#0".
_FRAME = re.compile(
    r"^[ \t]*(?:at\s+\S+[.(:]|File \"[^\"]+\", line \d+|#\d+\s+\S|from \S+:\d+:in |goroutine \d+)", re.MULTILINE
)
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
    # A story or task whose text plainly reports a defect is read as a bug, so the rule applies to it as well.
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.BUG, Kind.STORY, Kind.TASK})
    effort: ClassVar[Effort] = Effort.SECTION
    asks: ClassVar[Role] = Role.REPORTER

    severity: Severity = Severity.MUST
    accept_traces: bool = True
    """Whether a stack trace is accepted instead of steps."""

    def check(self, subject: Subject) -> Answer:
        """Look for steps in what was read in the text, then for a stack trace."""
        match subject.reading.facts.steps:
            case "yes":
                return Passed(subject.reading.steps[:SHOWN])
            case "na":
                return NotApplicable("the text does not plainly report a defect")
            case "no" if self.accept_traces and _has_trace(subject.issue.document):
                return Passed()
        hint = "List the steps, from a known state to the failure."
        return Failed("Steps to reproduce are missing.", hint, reason="absent")


def _has_trace(document: Document) -> bool:
    code = (block.text for block in document.blocks if block.kind in {BlockKind.CODE, BlockKind.QUOTE})
    return any(len(_FRAME.findall(text)) >= FRAMES for text in code)
