"""The meaning (role) of a heading, in every language at once.

A site may teach headings of its own; they come before those of the language packs.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from unicodedata import normalize

from rules.lazy_regex import holds_one, regex
from rules.text.by_beginning import ByBeginning
from rules.text.languages import LANGUAGES

# Simplified headings to roles: what a site taught.
Taught = Mapping[str, str]
NOTHING_TAUGHT: Taught = MappingProxyType({})
LABEL_CHARS = 70

_IN_BRACKETS = regex(r"\([^()]*\)|\[[^\[\]]*\]")
_ADDRESS = regex(r"(?<![:：] )(?<![:：])<?https?://[^\s()\[\]<>]+>?")
_NUMBER = regex(r"(?:\d{1,2}[.):、]\d*|[ivx]{1,4}[.)]|[a-h]\))\s*")
_BEHIND_NUMBER = ".):、"
_EDGES = " \t\n.:;,?!*_#=~>|“”\"'`-–—…•\\/&【】「」『』《》■□◆◇●○▼▽▶★☆※・：。"
_TAIL = regex(r"\s+(?:for|of|in|on|see|per|regarding|-|–)(?:\s+.{1,60})?$")
_PARTS = regex(r"[/／&+,、及和]| - | – |\b(?:and|or|und|et|y|e|en|och|og|ve)\b")
_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "（": "(", "）": ")", "\u3000": " "})
_PICTOGRAPH = regex(r"[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]|:[a-z_]+:")
_DOT_ABOVE = "\u0307"  # what a Turkish capital I leaves behind in lower case

# "AC1: ...", "(AC-02) ...", "Acceptance criterion 3 - ...": a criterion that is called one.
_LABELS = "|".join(language.criterion for language in LANGUAGES)
_NUMBERED_CRITERION = regex(
    rf"[\W_]{{0,4}}(?P<label>(?:{_LABELS})(?:[ _.#-]{{0,2}}\d{{1,3}}(?:\.\d{{1,2}}){{0,2}}[a-z]?))"
    r"(?:[\])*_]{0,3}\s*(?:(?P<sign>[:.)\]–—-]+)|(?=\s+\S))\s*[*_]{0,3}\s*|[\W_]*$)",
    re.IGNORECASE,
)
FIRST_OF_CRITERION = frozenset("achkк")
_MEANINGS = tuple((role, pattern) for language in LANGUAGES for role, pattern in language.roles.items())
_WEIGHT = ("acceptance", "check", "steps", "expected", "actual", "questions", "requirements", "outcome", "value")
ROLES = frozenset(role for role, _ in _MEANINGS)
"""All roles that a heading may have."""


def simplify(heading: str) -> str:
    """A heading for look-up: lower case, no brackets, numbers, signs or pictographs around the words."""
    if heading.isascii():
        text = (_PICTOGRAPH.sub(" ", heading) if ":" in heading else heading).lower()
    else:
        text = _PICTOGRAPH.sub(" ", normalize("NFC", heading.translate(_SIGNS))).lower().replace(_DOT_ABOVE, "")
    if "://" in text:
        text = _ADDRESS.sub(" ", text)
    if "(" in text or "[" in text:
        bare = _IN_BRACKETS.sub(" ", text)
        text = bare if bare.strip(_EDGES) else text.replace("(", "").replace(")", "")
    text = " ".join(text.split()).strip(_EDGES)
    if not text[:1].isalnum() or not holds_one(text, _BEHIND_NUMBER):
        return text
    number = _NUMBER.match(text)
    return text[number.end() :].strip(_EDGES) if number is not None else text


def match_criterion(line: str) -> re.Match[str] | None:
    """The label at the beginning of a criterion that is called one, with the groups `label` and `sign`."""
    first = line[:1].lower()
    if first.isalpha() and first not in FIRST_OF_CRITERION:
        return None  # most lines
    return _NUMBERED_CRITERION.match(line)


def role_of(heading: str, taught: Taught = NOTHING_TAUGHT) -> str:
    """The role of a heading: one that was taught, otherwise one of the language packs', or "" for none."""
    if taught and (role := taught.get(simplify(heading[:200]))) is not None:
        return role
    return _role_of(heading)


def exact_role(heading: str, taught: Taught = NOTHING_TAUGHT) -> str:
    """The role of a heading whose words as a whole have one, or "" for none."""
    text = simplify(heading)
    return taught.get(text) or _exact_role(text)


def has_role(heading: str, roles: frozenset[str], taught: Taught = NOTHING_TAUGHT) -> bool:
    """Whether the words of a heading as a whole have one of the roles: faster than to ask for its role."""
    text = simplify(heading)
    if role := taught.get(text):
        return role in roles
    may_have = _any_meaning(roles).fullmatch(text) is not None or text[-1:].isdigit()
    return may_have and _exact_role(text) in roles


@lru_cache(maxsize=8192)
def _role_of(heading: str) -> str:
    if len(heading) > 200:
        return ""
    text = simplify(heading)
    return _exact_role(text) or _role_by_part(text) or _role_before_tail(text)


@lru_cache(maxsize=8192)
def _exact_role(text: str) -> str:
    if not text or len(text) > LABEL_CHARS + 30:
        return ""
    if text[-1].isdigit() and _NUMBERED_CRITERION.fullmatch(text):
        return "acceptance"
    if _any_meaning(ROLES).fullmatch(text) is None:
        return ""
    return next(role for role, pattern in _meanings() if pattern.fullmatch(text))


@cache
def _any_meaning(roles: frozenset[str]) -> ByBeginning:
    """One pattern for many roles: few texts are headings, and it says so ten times faster than one after another."""
    return ByBeginning(pattern for role, pattern in _MEANINGS if role in roles)


@cache
def _meanings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each role with its pattern. Both are compiled at the first text: most commands read none."""
    return tuple((role, re.compile(pattern)) for role, pattern in _MEANINGS)


def _role_by_part(text: str) -> str:
    """The most important role among the parts of a heading such as "Desired outcome / acceptance criteria"."""
    parts = [part for part in map(str.strip, _PARTS.split(text)) if part]
    if not 1 < len(parts) <= 4 or "." in text:
        return ""
    roles = {_exact_role(part) for part in parts}
    # "Availability and testing" is not about tests.
    named = roles if "" not in roles else roles - {"check"}
    return next((role for role in _WEIGHT if role in named), "")


def _role_before_tail(text: str) -> str:
    """The role of "acceptance criteria for the export"; only for roles that are not mentioned in passing."""
    bare = _TAIL.sub("", text, count=1)
    role = _exact_role(bare) if bare != text else ""
    return role if role in ("acceptance", "steps") and " " in bare else ""
