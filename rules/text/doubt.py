"""Doubt whether a text is a wish or reports a defect, where its type and its words disagree.

Signs of a defect in a story are too weak to ask for steps to reproduce. They are enough to ask for nothing that only a
wish needs. A bug whose words only wish is asked for nothing that only a defect has.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from rules.document import Document
from rules.lazy_regex import caseless, regex
from rules.text.bug_patterns import DESCRIBED_FAULT, FAULT, REPRODUCES
from rules.text.model import Section
from rules.text.placeholders import says_something
from rules.text.title_mood import TITLE_CHARS, fails, orders, states, without_part

# ruff: noqa: E501 - a pattern is found and read more easily on one line

# What is fixed is a defect.
_FIXES = regex(
    r"(?:fix(?:e[sd])?|repair|resolve|bug|don['’]t|always|no support"
    r"|behebe?n?|korrigiere?n?|corriger|réparer|corregir|arreglar)\b",
    re.IGNORECASE,
)
_WISHES = regex(r"\b(?:should|must|want|would like|needs?|allow|request(?:ed)?|as an? )\b", re.IGNORECASE)
# "Implement the missing getters", "Remove what is not supported": work, whatever words of failure follow.
_ORDERS_WORK = regex(
    r"(?:implement|add|remove|support|create|expose|allow|enable|introduce|provide|migrate|refactor|rename|deprecate|drop|update|upgrade|bump|rewrite|hinzufügen|einführen|entfernen|ajouter|añadir)\b",
    re.IGNORECASE,
)
# "Video player enhancement", "universal binary support", "menu parity": a noun for what is wanted ends the title.
_NAMES_WISH = regex(
    r"\b(?:enhancements?|improvements?|implementation|parity(?: (?:with|for|on|in) [\w .#]{2,50})?|support|ability to|feature request|option)\s*$|\b(?:could|can|to) be (?:added|implemented|supported|evaluated|improved)\b",
    re.IGNORECASE,
)
_REQUESTED = caseless(
    r"\b(?:it|that) would be (?:good|nice|great|useful|helpful|better)\b|\b(?:users|people|customers) (?:are )?(?:request|ask)ing\b"
    r"|\b(?:(?:we|i) (?:believe we )?(?:need|should|want|have)|needs?) to (?:add|support|implement|expose|provide|allow|rewrite|improve)\b|\b(?:it['’]s|it is) (?:the |about )?time to\b|\bi would like\b|\bfeature request\b",
    parts="time to|would be|requesting|asking|to add|to support|to implement|to expose|to provide|to allow|to rewrite|to improve|would like|feature request",
)
# "Test case 17 fails", "Unit test of the basket crashes": to run it is to reproduce it.
_FAILING_TEST = regex(
    r"\b(?:test ?cases?|tests?|specs?)\b.{0,60}\b(?:fail\w*|crash\w*|broken|errors?|flaky|hangs?)|\b(?:fail\w*|crash\w*|broken|flaky|(?:not|n't) work\w*)\b.{0,60}\b(?:test ?cases?|tests?|specs?)\b",
    re.IGNORECASE,
)
# What is wrong in a document is read there; nobody reproduces it.
_ABOUT_DOCUMENT = regex(
    r"\b(?:un|mis)?documented\b|\bdocumentation\b|\b(?:api|java)?docs?\b(?!-)|\breadme\b|\btypos?\b|\bmisspel\w+|\bspelling\b"
    r"|\bdokumentation\b|\brechtschreib\w+|\btippfehler\b|\bdocumentaci[oó]n\b|\bfaute de frappe\b",
    re.IGNORECASE,
)
# "How to detect a click?": the reporter asks for help.
_ASKS_HOW = regex(r"how (?:to|do|does|can|could|would)\b", re.IGNORECASE)
_COMPARES = regex(r"(?:better|improved|more|easier|faster|nicer)\b", re.IGNORECASE)
_FAILURE = regex(
    r"\b(?:not|\w+n['’]t|missing|fail(?:s|ed|ing|ure)?|errors?|crash\w*|leak\w*|wrong|incorrect\w*|broken|problem|flaky)\b",
    re.IGNORECASE,
)
_SYMPTOM = regex(
    r"\b(?:does(?:n['’]t| not) (?:seem to )?work|errors?(?: message)?:|error message|exception|stack ?trace|traceback"
    r"|crash\w*|leaks?)\b",
    re.IGNORECASE,
)
_BROKEN = regex(
    r"\b\w+(?:Exception|Error)\b|\b(?:dead(?! code)|broken|fails?|missing|not being|no longer|not (?:(?:always|really|correctly|properly|yet) )?\w+(?:ed|ing)|(?:issue|problem|bug)s?(?= (?:when|with|if|after|while)\b|$)|(?:shows?|returns?|gives?|has|have) no)\b"
)
# Somebody saw the failure.
_OBSERVED = regex(
    r"\b(?:i|we|you|users?|customers?) (?:(?:just|still|now|sometimes|always|have|has) )?"
    r"(?:gets?|got|sees?|saw|seen|received?|am getting|are getting|ran into|hit) (?:\w+ ){0,4}?(?:errors?|exceptions?|crash(?:es)?)\b",
    re.IGNORECASE,
)
_TRACE = regex(r"\(\w+\.(?:java|kt|scala|groovy|cs|js|ts|swift):\d+|^\s*File \"[^\"\n]+\", line \d+", re.MULTILINE)
# The parts of a form for defects.
_FORM = frozenset(("steps", "expected", "actual"))
_CHARS = 4000  # of one block, looked at


def may_report_defect(title: str, document: Document, sections: Sequence[Section] = ()) -> bool:
    """Whether the title fixes something, says what is so or what fails, or the text shows a failure or how to see it.

    "Campaigns get marked on first view" says what is so; "Mark campaigns on first view" is a wish.
    """
    bare = without_part(title)
    if _FIXES.match(bare) or fails(bare) or (not _wants(bare) and (states(bare) or _BROKEN.search(bare) is not None)):
        return True
    if any(map(_shows_steps, sections)) or is_form_for_defects(sections):
        return True
    if any(_OBSERVED.search(text) or _TRACE.search(text) for text in _texts(document)):
        return True
    return _FAILURE.search(bare) is not None and any(map(_SYMPTOM.search, _texts(document)))


def _shows_steps(section: Section) -> bool:
    """Whether something is written under a heading about reproduction; "Steps" alone may be those of the work."""
    heading = section.heading
    return (
        heading is not None and REPRODUCES.search(heading.text) is not None and any(map(says_something, section.blocks))
    )


def is_form_for_defects(sections: Iterable[Section]) -> bool:
    """Whether headings ask for at least two of steps, expected and actual result, and none for acceptance criteria."""
    roles = {section.role for section in sections if section.heading is not None}
    return len(roles & _FORM) > 1 and "acceptance" not in roles


def is_wish(title: str, document: Document) -> bool:
    """Whether the title is a command or says what is wanted and names no failure, and the text shows none.

    "Support backgrounds of table rows" is a wish, under whatever type it is filed.
    """
    bare = without_part(title)
    if _ORDERS_WORK.match(bare) or _ASKS_HOW.match(bare):
        return True
    if _FIXES.match(bare) or any(pattern.search(bare) for pattern in (_FAILURE, _BROKEN, FAULT)):
        return False
    asks = _wants(bare) or _NAMES_WISH.search(bare) is not None or any(map(_REQUESTED.search, _texts(document)))
    return asks and not any(map(_shows_failure, _texts(document)))


def is_about_document(title: str) -> bool:
    """Whether the title is about documentation or its spelling."""
    return _ABOUT_DOCUMENT.search(title[:TITLE_CHARS]) is not None


def names_failing_test(title: str) -> bool:
    """Whether the title says which test fails."""
    return _FAILING_TEST.search(title[:TITLE_CHARS]) is not None


def _texts(document: Document) -> Iterator[str]:
    return (block.text[:_CHARS] for block in document.blocks)


def _wants(bare: str) -> bool:
    return orders(bare) or _COMPARES.match(bare) is not None or _WISHES.search(bare) is not None


def _shows_failure(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_SYMPTOM, _BROKEN, DESCRIBED_FAULT))
