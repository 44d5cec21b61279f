"""Tells whether a text of another type plainly reports a defect: its signs, and what each is worth.

An issue typed as a bug is one. Elsewhere (GitLab issues, a CSV export, "pointed" items) only the text tells, and no
single sign does: what counts is the form of the title (a statement of fact or an order), how the first sentences speak,
and what stands around them (a log, a list of versions, a section on reproduction).
"""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Iterator, Mapping

from rules.document import BlockKind
from rules.model import Kind
from rules.text.bug_patterns import FAULT, LOG, MAYBE_FAULT, PREFIX, REPRODUCES, SENTENCE, SYMPTOMS, TOLD_FAULT
from rules.text.sections import Tree, as_told
from rules.text.title_mood import orders, states

# Weights of a logistic model in rounded halves, fitted on issues whose type is known (a public Jira project, the labelled
# issues of a dozen GitLab projects) and tried on each project left out: four of five bugs are found with their type hidden,
# and of features, chores and stories one in sixteen is taken for a bug, most of them defects filed under another type.
WEIGHTS: Mapping[str, int] = {
    "the title orders something": -3,
    "the title states a fault": 3,
    "the title orders something about a fault": 2,
    "the title hints at a fault": 2,
    "the title states a fact": 2,
    "the title speaks of a fix": 2,
    "the title speaks of a bug": 2,
    "somebody saw it happen": 2,
    "something goes wrong in a circumstance": 1,
    "a fault is told": 1,
    "the present state is described": -1,
    "a log is shown": 2,
    "steps, expected or actual have sections": 2,
    "a section tells how to reproduce it": 3,
    "the environment is given": 1,
    "a version is named": 1,
    "something is needed or wanted": -2,
    "there is a story sentence": -2,
    "there are boxes to tick": -1,
    "acceptance criteria have a section": -1,
}
PLAINLY = 3

_TITLE_CHARS = 300
_OPENING_CHARS = 800
# Boxes under these are the template's; elsewhere they are a list of things to do.
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
        signs.add("there is a story sentence")
    return sum(WEIGHTS[sign] for sign in signs) >= PLAINLY


def _signs_of_title(title: str) -> Iterator[str]:
    prefix = PREFIX.match(title)
    bare = (title[prefix.end() :] if prefix is not None else title) or title
    ordered, fault = orders(bare), FAULT.search(title) is not None
    if ordered:
        yield "the title orders something"
        if fault:
            yield "the title orders something about a fault"
    else:
        if fault:
            yield "the title states a fault"
        if states(bare):
            yield "the title states a fact"
    if MAYBE_FAULT.search(title):
        yield "the title hints at a fault"
    if _FIX.match(bare):
        yield "the title speaks of a fix"
    if _BUG.search(title):
        yield "the title speaks of a bug"


def _signs_of_text(tree: Tree) -> Iterator[str]:
    blocks = [block for section in tree.sections for block in section.blocks]
    opening = _opening(tree)
    for sign, pattern in _TOLD:
        if pattern.search(opening):
            yield sign
    if any(_CIRCUMSTANCE.search(told) and _goes_wrong(told) for told in SENTENCE.findall(opening)):
        yield "something goes wrong in a circumstance"
    if any(block.kind is BlockKind.CODE and LOG.search(block.text[:_LOG_CHARS]) for block in blocks):
        yield "a log is shown"
    if any(
        block.kind is BlockKind.TICK
        for section in tree.sections
        if section.role not in _FORMS
        for block in section.blocks
    ):
        yield "there are boxes to tick"
    yield from _signs_of_headings(tree)


_TOLD = (
    ("somebody saw it happen", _SEEN),
    ("a fault is told", TOLD_FAULT),
    ("the present state is described", _PRESENT_STATE),
    ("a version is named", _VERSION),
    ("something is needed or wanted", _WANTED),
)


def _signs_of_headings(tree: Tree) -> Iterator[str]:
    headed = [(section.role, section.heading.text) for section in tree.sections if section.heading is not None]
    roles = {role for role, _ in headed}
    if len(roles & {"steps", "expected", "actual"}) >= 2:
        yield "steps, expected or actual have sections"
    if any(role == "steps" and REPRODUCES.search(heading) for role, heading in headed):
        yield "a section tells how to reproduce it"
    if "environment" in roles or any(
        _ENVIRONMENT.search(block.text[:_LOG_CHARS]) for section in tree.sections for block in section.blocks
    ):
        yield "the environment is given"
    if any(section.role == "acceptance" and section.blocks for section in tree.sections):
        yield "acceptance criteria have a section"


def _goes_wrong(sentence: str) -> bool:
    return SYMPTOMS.search(sentence) is not None or FAULT.search(sentence) is not None


def _opening(tree: Tree) -> str:
    """What is said before any plan: prose under no heading, or under one about the matter or the goal."""
    introduced = [
        block
        for section in tree.sections
        if section.role in ("", "context", "value", "actual")
        for block in section.blocks
    ]
    said: list[str] = []
    room = _OPENING_CHARS
    for block in as_told(introduced):
        if block.kind is not BlockKind.CODE and room > 0:
            said.append(block.text[:room])
            room -= len(block.text) + 1
    return " ".join(said)
