"""Whether a bug has steps to reproduce it."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from typing import ClassVar

from rules.document import Document
from rules.lazy_regex import regex
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.text.bug_patterns import NAMES_CAUSE
from rules.text.doubt import is_about_document, names_failing_test

SHOWN = 3

# Frames of Python, Java, JavaScript, Go, Ruby and native traces begin alike: a place after "at", "File", "in" or "#0".
# Those of a crash of macOS or iOS have the name of the program and an address.
# A log puts its own words in front: "[ERROR] : MainActivity:   at ...". A Java frame's place is plain without "at".
_FRAME = regex(
    r"^(?:[^\n]{0,80}?[:)\]][ \t]+)?[ \t]*"
    r"(?:at\s+\S+[.(:]|File \"[^\"]+\", line \d+|#\d+\s+\S|from \S+:\d+:in |goroutine \d+)"
    r"|^[^\n]{0,200}?[\w$>]\((?:\w+\.(?:java|kt|scala|groovy):\d+|Native Method)\)"
    r"|^\W*(?:\d+\s+)?[\w.]+\s+0x[0-9a-fA-F]{8,}\s",
    re.MULTILINE,
)
# Where line breaks were lost, several are in one line.
_IN_LINE = regex(r"\bat [\w.$<>]+\(\w+\.(?:java|kt|scala|groovy):\d+\)")
_TRACE_CHARS = 20_000
FRAMES = 2
# "The attached project shows it", "just run the example supplied with the module".
_SAMPLE = regex(
    r"\b(?:attached|supplied|provided|enclosed) (?:\w+ ){0,2}(?:apps?|application|projects?|samples?|test ?cases?|examples?|scripts?|code|app\.js|zip)\b"
    r"|\b(?:apps?|application|projects?|samples?|test ?cases?|examples?|scripts?|code|app\.js|zip)(?:(?: (?:is|are|was))? (?:supplied|enclosed|provided)|(?: \w+){0,3} (?:attached|reproduces?))\b"
    r"|\bthe (?:zip )?file attached (?:has|shows|contains|to)\b|\b(?:app|project|sample|test ?case|example|script|code) (?:is )?(?:in|as an?) attachment\b"
    r"|\battaching (?:\w+ ){0,2}(?:app|project|sample|test ?case|example|script|code)\b"
    r"|\b(?:sample|example|test|demo|reproduction|git) (?:app |project |repo(?:sitory)? |code )?(?:(?:is|can be found|available) )?(?:at|here|in)?:? ?https?://",
    re.IGNORECASE,
)


class Reproducible(ReadyRule):
    """A bug has steps to reproduce it.

    Why: Developers need the steps most, and bug reports often lack them (Bettenburg et al., FSE 2008). A scenario
    counts ("when I save the card, the page stays empty"), and so does code to run. A stack trace is accepted instead,
    because it names the place in the code. So is a project or sample that the text calls attached. A mistake in the
    documentation needs no steps. Neither does a report that names its cause, the fix, or the test that fails.
    Nor does work that was filed as a bug. The labels count all these as faults.
    It is should, because fewer than 95 of 100 complaints are right.

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

    severity: Severity = Severity.SHOULD
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
            case "no" if (silent := _not_asked(subject)) is not None:
                return silent
            case "no" if _names_sample(subject.issue.document) or self._accepts_trace(subject.issue.document):
                return Passed()
        hint = "List the steps, from a known state to the failure."
        return Failed("Steps to reproduce are missing.", hint, reason="absent")

    def _accepts_trace(self, document: Document) -> bool:
        return self.accept_traces and _has_trace(document)


def _not_asked(subject: Subject) -> NotApplicable | None:
    """Why a bug needs no steps; `None` where it does."""
    issue = subject.issue
    if subject.reading.is_wish:
        return NotApplicable("the text asks for something new")
    if _names_cause(issue.document):
        return NotApplicable("the text names the cause or the fix")
    if is_about_document(issue.title):
        return NotApplicable("the issue is about a document")
    if names_failing_test(issue.title):
        return NotApplicable("the title names the test that shows it")
    return None


def _names_cause(document: Document) -> bool:
    return any(NAMES_CAUSE.search(block.text[:_TRACE_CHARS]) for block in document.blocks)


def _names_sample(document: Document) -> bool:
    """Whether the text names something attached that shows the defect when it is run."""
    return any(_SAMPLE.search(block.text[:_TRACE_CHARS]) for block in document.blocks)


def _has_trace(document: Document) -> bool:
    texts = [block.text[:_TRACE_CHARS] for block in document.blocks]
    return any(sum(len(frame.findall(text)) for text in texts) >= FRAMES for frame in (_FRAME, _IN_LINE))
