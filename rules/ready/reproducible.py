"""Whether somebody else can make the defect happen."""

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
    """A bug tells how to make it happen.

    Why: Steps are what developers miss most in bug reports, and what they need first. A stack trace can stand in for
    them, because it names the very place.

    Fails:
        Bug: The receipt shows the wrong total

        Some customers say that the total on their receipt is wrong. Please look into it soon.

    Mended:
        Bug: The receipt shows the wrong total

        ## Steps to reproduce
        1. Open the shop and put two books into the cart
        2. Enter the voucher BOOK10 and pay

        The receipt shows the total without the voucher.
    """

    name: ClassVar[str] = "reproducible"
    # A story or task whose text plainly reports a defect is read as one, so it is asked as well.
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.BUG, Kind.STORY, Kind.TASK})
    effort: ClassVar[Effort] = Effort.SECTION
    asks: ClassVar[Role] = Role.REPORTER

    severity: Severity = Severity.MUST
    accept_traces: bool = True
    """Whether a stack trace can stand in for steps."""

    def check(self, subject: Subject) -> Answer:
        """Take the reader's word for steps, and look for a trace where there are none."""
        match subject.reading.facts.steps:
            case "yes":
                return Passed(subject.reading.steps[:SHOWN])
            case "na":
                return NotApplicable("the text reports no defect")
            case "no" if self.accept_traces and _has_trace(subject.issue.document):
                return Passed()
        said = "There are no steps that make it happen."
        return Failed(said, "Number the steps from a known start to the moment it goes wrong.", reason="absent")


def _has_trace(document: Document) -> bool:
    code = (block.text for block in document.blocks if block.kind in {BlockKind.CODE, BlockKind.QUOTE})
    return any(len(_FRAME.findall(text)) >= FRAMES for text in code)
