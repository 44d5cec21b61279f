"""Whether a text of another type plainly reports a defect: the signs of a report and their weights.

An issue typed as a bug is one. Elsewhere (GitLab issues, a CSV export) only the text shows it, and no single sign is
enough. The form of the title counts (a statement or a command), the wording of the first sentences, and what else the
text contains (a log, a list of versions, a section on reproduction).
"""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from rules.document import BlockKind
from rules.model import Kind
from rules.text.bug_patterns import DESCRIBED_FAULT, FAULT, LOG, MAYBE_FAULT, PREFIX, REPRODUCES, SENTENCE, SYMPTOMS
from rules.text.sections import Tree, with_code_as_prose
from rules.text.title_mood import orders, states


class Sign(StrEnum):
    """A sign that a text reports a defect, or that it does not."""

    TITLE_IS_ORDER = "title_is_order"  # the title begins with a verb of command
    TITLE_NAMES_FAULT = "title_names_fault"  # the title names a fault and is not a command
    TITLE_ORDERS_ABOUT_FAULT = "title_orders_about_fault"  # the title is a command and names a fault
    TITLE_HINTS_AT_FAULT = "title_hints_at_fault"  # the title has a word that often goes with a fault
    TITLE_IS_STATEMENT = "title_is_statement"  # the title says what something is or does
    TITLE_SAYS_FIX = "title_says_fix"  # the title begins with a form of "fix"
    TITLE_SAYS_BUG = "title_says_bug"  # the title contains "bug", "defect" or "regression"
    OBSERVED = "observed"  # somebody saw it happen
    FAULT_IN_CIRCUMSTANCE = "fault_in_circumstance"  # something goes wrong in a circumstance
    FAULT_DESCRIBED = "fault_described"  # the first sentences describe a fault
    PRESENT_STATE = "present_state"  # the present state is described
    LOG = "log"  # a log or trace is shown
    REPORT_SECTIONS = "report_sections"  # at least two of steps, expected and actual have sections
    REPRODUCTION_SECTION = "reproduction_section"  # a section is about reproduction
    ENVIRONMENT = "environment"  # the environment is given
    VERSION = "version"  # a version is named
    WISH = "wish"  # something is needed or wanted
    STORY_SENTENCE = "story_sentence"  # the text has a story sentence
    TICK_BOXES = "tick_boxes"  # boxes to tick outside a form
    ACCEPTANCE_SECTION = "acceptance_section"  # acceptance criteria have a section


# Weights of a logistic model in rounded halves, fitted on issues of known type (a public Jira project, the labelled issues
# of a dozen GitLab projects) and tested on each project left out. With the type hidden, 4 of 5 bugs are recognised; of
# features, chores and stories, 1 in 16 is taken for a bug, and most of those are defects filed under another type.
WEIGHTS: Mapping[Sign, int] = {
    Sign.TITLE_IS_ORDER: -3,
    Sign.TITLE_NAMES_FAULT: 3,
    Sign.TITLE_ORDERS_ABOUT_FAULT: 2,
    Sign.TITLE_HINTS_AT_FAULT: 2,
    Sign.TITLE_IS_STATEMENT: 2,
    Sign.TITLE_SAYS_FIX: 2,
    Sign.TITLE_SAYS_BUG: 2,
    Sign.OBSERVED: 2,
    Sign.FAULT_IN_CIRCUMSTANCE: 1,
    Sign.FAULT_DESCRIBED: 1,
    Sign.PRESENT_STATE: -1,
    Sign.LOG: 2,
    Sign.REPORT_SECTIONS: 2,
    Sign.REPRODUCTION_SECTION: 3,
    Sign.ENVIRONMENT: 1,
    Sign.VERSION: 1,
    Sign.WISH: -2,
    Sign.STORY_SENTENCE: -2,
    Sign.TICK_BOXES: -1,
    Sign.ACCEPTANCE_SECTION: -1,
}
PLAINLY = 3

_TITLE_CHARS = 300
_OPENING_CHARS = 800
# Boxes in these sections belong to the template; elsewhere they are a list of tasks.
_FORMS = frozenset(("acceptance", "check", "ready-checklist"))
_LOG_CHARS = 4000

_FIX = re.compile(r"\W*(?:bug\s*)?fix(?:up|es|ing)?\b", re.IGNORECASE)
_BUG = re.compile(r"\b(?:bugs?|regression|defect)\b", re.IGNORECASE)
_SEEN = re.compile(
    r"\b(?:i|we|users?|customers?|clients?|they)(?:(?:'ve|'m| have| am| are| has| just| also) ?){0,3}"
    r"\s*(?:observ(?:e|ed)|saw|see(?:ing)?|seen|notic(?:e|ed)|encounter(?:ed|ing)?|gets?|got|getting|receiv(?:e|ed|ing)|experienc\w+|report(?:ed|ing)|found|hit|ran into|discovered)\b"
    r"|\bit (?:appears|seems|looks like)\b|\breported by\b|\bstarted (?:getting|seeing|failing|happening)\b"
    r"|\b(?:happen(?:s|ing|ed)|occur(?:s|ring|red))\b|\breproduc",
    re.IGNORECASE,
)
_CIRCUMSTANCE = re.compile(r"\b(?:when(?:ever)?|if|after|while|upon|every time)\b", re.IGNORECASE)
_PRESENT_STATE = re.compile(r"\b(?:currently|right now|at the moment)\b", re.IGNORECASE)
_ENVIRONMENT = re.compile(
    r"^[^\w\n]*(?:os|os build|platform|version|browser|device|sdk|environment|product version|build|java|python|operating system|affected version|package|architecture)\b[^\n:]{0,20}:",
    re.IGNORECASE | re.MULTILINE,
)
_VERSION = re.compile(
    r"\b(?:v|version |sdk )?\d+\.\d+(?:\.\d+)+\b|\b(?:windows|android|ios|chrome|safari|firefox|ubuntu|iphone|ipad|macos|os x|galaxy|nexus|pixel)\b ?\d",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:we|this|task|issue|story) (?!should be (?:fixed|investigated|looked)\b)(?:needs?|should|must|want|have to|will|is to)\b|\bneeds? to be\b|\bgoal\b|\bin order to\b|\bproposal\b|\blet's\b|\bwould (?:be|like|help)\b|\bit'd be\b",
    re.IGNORECASE,
)


def reports_defect(title: str, tree: Tree, kind: Kind, *, is_story: bool) -> bool:
    """Whether the issue is a bug by its type, or a text of another type that plainly reports a defect."""
    if kind is Kind.BUG:
        return True
    if kind is Kind.EPIC:
        return False
    signs = set(_signs_of_title(title[:_TITLE_CHARS])) | set(_signs_of_text(tree))
    if is_story:
        signs.add(Sign.STORY_SENTENCE)
    return sum(WEIGHTS[sign] for sign in signs) >= PLAINLY


def _signs_of_title(title: str) -> Iterator[Sign]:
    prefix = PREFIX.match(title)
    bare = (title[prefix.end() :] if prefix is not None else title) or title
    ordered, fault = orders(bare), FAULT.search(title) is not None
    if ordered:
        yield Sign.TITLE_IS_ORDER
        if fault:
            yield Sign.TITLE_ORDERS_ABOUT_FAULT
    else:
        if fault:
            yield Sign.TITLE_NAMES_FAULT
        if states(bare):
            yield Sign.TITLE_IS_STATEMENT
    if MAYBE_FAULT.search(title):
        yield Sign.TITLE_HINTS_AT_FAULT
    if _FIX.match(bare):
        yield Sign.TITLE_SAYS_FIX
    if _BUG.search(title):
        yield Sign.TITLE_SAYS_BUG


def _signs_of_text(tree: Tree) -> Iterator[Sign]:
    blocks = [block for section in tree.sections for block in section.blocks]
    opening = _opening(tree)
    for sign, pattern in _IN_OPENING:
        if pattern.search(opening):
            yield sign
    sentences = SENTENCE.findall(opening)
    if any(_CIRCUMSTANCE.search(sentence) and _goes_wrong(sentence) for sentence in sentences):
        yield Sign.FAULT_IN_CIRCUMSTANCE
    if any(block.kind is BlockKind.CODE and LOG.search(block.text[:_LOG_CHARS]) for block in blocks):
        yield Sign.LOG
    if any(
        block.kind is BlockKind.TICK
        for section in tree.sections
        if section.role not in _FORMS
        for block in section.blocks
    ):
        yield Sign.TICK_BOXES
    yield from _signs_of_headings(tree)


_IN_OPENING = (
    (Sign.OBSERVED, _SEEN),
    (Sign.FAULT_DESCRIBED, DESCRIBED_FAULT),
    (Sign.PRESENT_STATE, _PRESENT_STATE),
    (Sign.VERSION, _VERSION),
    (Sign.WISH, _WANTED),
)


def _signs_of_headings(tree: Tree) -> Iterator[Sign]:
    headed = [(section.role, section.heading.text) for section in tree.sections if section.heading is not None]
    roles = {role for role, _ in headed}
    if len(roles & {"steps", "expected", "actual"}) >= 2:
        yield Sign.REPORT_SECTIONS
    if any(role == "steps" and REPRODUCES.search(heading) for role, heading in headed):
        yield Sign.REPRODUCTION_SECTION
    if "environment" in roles or any(
        _ENVIRONMENT.search(block.text[:_LOG_CHARS]) for section in tree.sections for block in section.blocks
    ):
        yield Sign.ENVIRONMENT
    if any(section.role == "acceptance" and section.blocks for section in tree.sections):
        yield Sign.ACCEPTANCE_SECTION


def _goes_wrong(sentence: str) -> bool:
    return SYMPTOMS.search(sentence) is not None or FAULT.search(sentence) is not None


def _opening(tree: Tree) -> str:
    """The beginning of the text, before any plan: prose under no heading, or under one about the problem or the goal."""
    introduced = [
        block
        for section in tree.sections
        if section.role in ("", "context", "value", "actual")
        for block in section.blocks
    ]
    texts: list[str] = []
    room = _OPENING_CHARS
    for block in with_code_as_prose(introduced):
        if block.kind is not BlockKind.CODE and room > 0:
            texts.append(block.text[:room])
            room -= len(block.text) + 1
    return " ".join(texts)
