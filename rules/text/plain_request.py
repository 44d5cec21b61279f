"""Requests that say by themselves when they are done, so that acceptance criteria would only repeat them.

"Remove the old basket" is a chore, "Investigate the slow start" ends with an answer, and "Expose getReceipt() on the
order" names in code what changes. `python -m tests.benchmarks.requests` shows how often that holds.
"""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Iterable

from rules.document import CODE, TICK, Document
from rules.lazy_regex import regex
from rules.text.model import Reading, Section
from rules.text.title_mood import TITLE_CHARS, without_part

# "Update the tooling to 6.2", "Add the address to package.json": the title says all there is to do.
_UPGRADES = regex(
    r"(?:update|upgrade|bump|move|migrate|switch)\b.*\bto (?:v?\d|(?:the )?(?:latest|newest|current)\b|version\b)|use (?:the )?(?:latest|newest)\b",
    re.IGNORECASE,
)
_CHANGES_FILE = regex(
    r"(?:[Aa]dd|[Rr]emove|[Mm]ove|[Rr]ename|[Dd]elete|[Dd]rop)\b.* (?:to|from|into|in) [\w/-]+\.(?:json|md|xml|ya?ml|toml|txt|gradle|properties|lock|cfg|ini|sh|rst)\W*$"
)
# "Expose the constant CARD_GONE", "Make the default false", "Replace OldCard.pay with card_pay": nothing is left open.
_NAME = r"(?:\w*(?:[a-z][A-Z]|[A-Z]{2}[a-z]|\w_\w|\w\.\w)[\w.*]*)"
_NAMES_CONSTANT = regex(rf"(?:[Aa]dd|[Ee]xpose|[Rr]emove|[Rr]ename)\b(?=.*\bconstants?\b).*{_NAME}")
_SETS_DEFAULT = regex(r"(?:make|set|change|turn)\b.*\bdefaults?\b.*\b(?:true|false|on|off|yes|no|\d+)\b", re.IGNORECASE)
_REPLACES = regex(rf"[Rr]eplace\b.*{_NAME}.* (?:with|by) (?:\S+ ){{0,2}}{_NAME}")
_CHORES = (_UPGRADES, _CHANGES_FILE, _NAMES_CONSTANT, _SETS_DEFAULT, _REPLACES)
# "Remove the old basket", "Clean up the build": work on what is there. "Remove an article" may be a wish of shoppers.
_HOUSEKEEPING = regex(
    r"(?:decommission|clean ?up|port)\b|(?:remove|drop|delete|get rid of)\b.*\b(?:old|unused|obsolete|legacy|dead|deprecated|residual|temporary|debug|feature flags?|dependenc(?:y|ies)|modules?|endpoints?|configuration|implementation|requirement|support|code|plugins?|librar(?:y|ies)|packages?|scripts?|logs?)\b",
    re.IGNORECASE,
)
# "Investigate the slow start", "Is a module for receipts available?": done when the answer is there.
_INVESTIGATES = regex(
    r"(?:\A|[:\])-]\s)\W*(?:(?:spike|poc|proof of concept|experiment|investigat\w*|research|evaluate|find out|look into|clarif\w+|rca|how to)\b|(?:verify|check|test) (?:if|whether)\b|(?:is|are|can|does|do|will)\b.*\?)",
    re.IGNORECASE,
)
# Names of a program: camelCase, call(), snake_case, Shop.pay.byCard, --dry-run.
_CODE_NAME = regex(
    r"(?<![\w/.:@-])(?:[a-z]+\d*(?:[A-Z][a-z0-9]*)+|[A-Za-z]\w*\(\)|[A-Za-z]\w*_\w+|[A-Za-z]\w*(?:\.[A-Za-z]\w*)*\.[a-z]+[A-Z]\w*|[A-Z]\w*(?:\.[A-Z0-9]\w*){2,}(?:\.\w+)?|--[a-z][\w-]+)(?![\w/@-])"
)
# Names of products that are written like those of programs.
_BRAND = regex(r"\w*OS\d*|[ie][A-Z][a-z]+s?\d*|webViews?")
# The author does not know yet what is wanted.
_DOUBTS = regex(
    r"\b(?:consider|explor\w+|maybe|perhaps|possibly|not sure|unsure|unclear|something like|some (?:kind|sort|way)|figure out|tbd|somehow|ideally|need to decide|to be (?:decided|discussed)|should we|look(?:ed)? into|investigat\w+|vielleicht|unklar|peut-être|quizás)\b",
    re.IGNORECASE,
)
# What is to be better, or new from the ground up, has no plain end.
_BROAD = regex(
    r"(?:improve|refactor|re-?write|re-?design|re-?work|overhaul|optimi[sz]e|modernise|modernize)\b", re.IGNORECASE
)
_HAS_CHANGE = regex(
    r"/pull/\d+|/merge_requests/\d+|\bPR\b ?(?:[:#-]|is\b|has\b|here\b|https?:)|\b(?:pull|merge) request\b|\bpatch (?:is )?attached\b|\battached (?:is )?(?:a )?(?:patch|diff)\b|\bi(?:['’]ve| have) (?:already )?(?:implemented|added|made|written)\b",
    re.IGNORECASE,
)
_BOXES = 2
# Boxes of the process, and questions.
_OTHER_BOXES = frozenset(("ready-checklist", "questions"))
_WORDS, _WORDS_BESIDE_CODE = 5, 12  # fewer say hardly more than the title
_CHARS = 4000  # of one block, looked at


def names_chore(title: str) -> bool:
    """Whether the title says all there is to do: the version to take, or what to change by its name."""
    return _is_chore(without_part(title))


def _is_chore(bare: str) -> bool:
    return any(pattern.match(bare) for pattern in _CHORES)


def why_clear(title: str, document: Document, reading: Reading) -> str:
    """Why a wish says by itself when it is done, or "" where that needs acceptance criteria.

    The name of a method does not say what a person wants: a text with a story sentence needs criteria.
    """
    bare = without_part(title)
    if reading.says_case:
        return "the text says what should be"
    if _is_chore(bare) or _HOUSEKEEPING.match(bare):
        return "the title names a chore"
    if _INVESTIGATES.search(title[:TITLE_CHARS]):
        return "it is done when its question is answered"
    return "" if reading.story is not None else _why_plain(bare, document, reading.sections)


def _why_plain(bare: str, document: Document, sections: Iterable[Section]) -> str:
    """Why the text leaves no doubt about what is wanted, or ""."""
    if sum(map(_boxes, sections)) >= _BOXES:
        return "its boxes say when it is done"
    prose = [block.text[:_CHARS] for block in document.blocks if block.kind is not CODE]
    words = sum(len(text.split()) for text in prose)
    if words < _WORDS or _BROAD.match(bare) or any(map(_DOUBTS.search, (bare, *prose))):
        return ""
    if any(map(_HAS_CHANGE.search, prose)):
        return "the change is there already"
    shows_code = words >= _WORDS_BESIDE_CODE and any(block.kind is CODE for block in document.blocks)
    return "the text names in code what changes" if shows_code or _names_code((bare, *prose)) else ""


def _boxes(section: Section) -> int:
    return 0 if section.role in _OTHER_BOXES else sum(block.kind is TICK for block in section.blocks)


def _names_code(texts: Iterable[str]) -> bool:
    """Whether a text has a name of a program that is not that of a product."""
    return any(_BRAND.fullmatch(name) is None for text in texts for name in _CODE_NAME.findall(text))
