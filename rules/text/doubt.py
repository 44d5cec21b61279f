"""Doubt whether a text is a wish or reports a defect, where its type and its words disagree.

Signs of a defect in a story are too weak to ask for steps to reproduce. They are enough to ask for nothing that only a
wish needs. A bug whose words only wish is asked for nothing that only a defect has.
"""

import re

from rules.document import Document
from rules.lazy_regex import regex
from rules.text.bug_patterns import DESCRIBED_FAULT, FAULT
from rules.text.title_mood import orders, states

# "[Chat] Fix ...", "(bug): ...", "Android: repair ...": the part of the product comes first.
_PART = regex(r"\W*(?:\(\w*\)\W*|\[[^\]]*\]\s*|\w[\w .-]{0,20}[:-]\s+)*")
# What is fixed is a defect.
_FIXES = regex(
    r"(?:fix(?:e[sd])?|repair|resolve|bug|don['’]t|always|no support"
    r"|behebe?n?|korrigiere?n?|corriger|réparer|corregir|arreglar)\b",
    re.IGNORECASE,
)
_WISHES = regex(r"\b(?:should|must|want|would like|needs?|allow|request(?:ed)?|as an? )\b", re.IGNORECASE)
_FAILURE = regex(
    r"\b(?:not|\w+n['’]t|missing|fail(?:s|ed|ing|ure)?|errors?|crash\w*|leak\w*|wrong|incorrect\w*|broken|problem|flaky)\b",
    re.IGNORECASE,
)
_SYMPTOM = regex(
    r"\b(?:does(?:n['’]t| not) (?:seem to )?work|errors?(?: message)?:|error message|exception|stack ?trace|traceback"
    r"|crash\w*|leaks?)\b",
    re.IGNORECASE,
)
_BROKEN = regex(r"\b\w+(?:Exception|Error)\b|\b(?:dead|broken|fails?|missing|not being|no longer)\b")
_TITLE_CHARS, _CHARS = 200, 4000  # of the title and of one block, looked at


def may_report_defect(title: str, document: Document) -> bool:
    """Whether the title fixes something, says what is so, or names a failure of which the text shows a symptom.

    "Campaigns get marked on first view" says what is so; "Mark campaigns on first view" is a wish.
    """
    bare = _bare(title)
    if _FIXES.match(bare) or (not _wants(bare) and (states(bare) or _BROKEN.search(bare) is not None)):
        return True
    return _FAILURE.search(bare) is not None and any(_SYMPTOM.search(block.text[:_CHARS]) for block in document.blocks)


def is_wish(title: str, document: Document) -> bool:
    """Whether the title is a command or says what is wanted and names no failure, and the text shows none.

    "Support backgrounds of table rows" is a wish, under whatever type it is filed.
    """
    bare = _bare(title)
    if _FIXES.match(bare) or not _wants(bare):
        return False
    return not any(pattern.search(bare) for pattern in (_FAILURE, _BROKEN, FAULT)) and not any(
        _shows_failure(block.text[:_CHARS]) for block in document.blocks
    )


def _bare(title: str) -> str:
    """The title without the part of the product in front."""
    return _PART.sub("", title[:_TITLE_CHARS], count=1)


def _wants(bare: str) -> bool:
    return orders(bare) or _WISHES.search(bare) is not None


def _shows_failure(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_SYMPTOM, _BROKEN, DESCRIBED_FAULT))
