"""Splits a document into sections and finds the meaning (role) of each heading.

A heading may be a real one, a bold line, or a lead-in ("Expected result: it opens"), alone on its line or with its
content behind it. All three become headings first; a section is then a heading with the blocks below it.
"""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rules.document import Block, BlockKind, Document
from rules.text.languages import LANGUAGES
from rules.text.model import Quote, Section

# A lead-in ranks below every heading, the bold line (7) included.
BOLD, LEAD_IN = 7, 8
# Bold lines with these roles divide a section rather than end it.
_DIVIDES = frozenset(("", "mobile", "environment"))
_LABEL_CHARS = 70
_LABEL_WORDS = 10

_LABEL = re.compile(r"([^:：\n]{1,70}?)\s*[:：](?![:/])\s*(.*)", re.DOTALL)
_DASHED = re.compile(r"(\S[^\n–—-]{1,50}?)\s+[-–—]+(?:\s+(.*)|$)", re.DOTALL)
_RUN_ON = re.compile(
    r"(?:(?<=[.!?)\]]\s)|(?<=\s\s)|(?<=\S\s))"
    r"(?=(?:Acceptance [Cc]riteria|Steps [Tt]o [Rr]e[a-z]+|Expected (?:[Rr]esults?|[Bb]ehaviou?r)|Actual (?:[Rr]esults?|[Bb]ehaviou?r))"
    r"\s*[:–-]\s)"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBER = re.compile(r"(?:\d{1,2}[.):]\d*|[ivx]{1,4}[.)]|[a-h]\))\s*")
_EDGES = " \t\n.:;,?!*_#=~>|“”\"'`-–—…•\\/&"
_TAIL = re.compile(r"\s+(?:for|of|in|on|regarding|-|–)\s+.{1,60}")
_PARTS = re.compile(r"\s*(?:/|&|\+|,|\band\b|\bor\b| - | – |\bund\b|\bet\b|\by\b|\be\b|\ben\b)\s*")
_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_PICTOGRAPH = re.compile(r"[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]|:[a-z_]+:")

# Roles of lead-ins without a colon, alone on their line.
_BY_ITSELF = frozenset(("acceptance", "steps", "expected", "actual", "ready-checklist"))
# Roles of lead-ins with a colon in an item; more would split lists such as "- iOS: the menu opens".
_IN_ITEM = frozenset(("acceptance", "check", "steps", "expected", "actual", "questions"))
# Roles in running text, only alone on their line: "Note: ..." within a list of criteria does not end the list.
_ALONE_IN_TEXT = frozenset(
    {"ready-checklist", "value", "outcome", "requirements", "environment", "tasks", "notes", "context", "evidence"}
    | {"work-around", "links", "dependencies", "scope", "story", "design", "estimate"}
)
_IN_TEXT = _IN_ITEM | _ALONE_IN_TEXT


def simplify(heading: str) -> str:
    """A heading for look-up: lower case, no brackets, numbers, signs or pictographs around the words."""
    text = _PICTOGRAPH.sub(" ", heading.translate(_QUOTES)).lower()
    bare = _IN_BRACKETS.sub(" ", text)
    text = _SPACES.sub(" ", bare if bare.strip(_EDGES) else text.replace("(", "").replace(")", ""))
    text = text.strip(_EDGES)
    return _NUMBER.sub("", text, count=1).strip(_EDGES) if text[:1].isalnum() else text


@lru_cache(maxsize=8192)
def role_of(heading: str) -> str:
    """The role of a heading: one of the language packs', or "" for none."""
    if len(heading) > 200:
        return ""
    text = simplify(heading)
    return _exact_role(text) or _role_by_part(text) or _role_before_tail(text)


@lru_cache(maxsize=8192)
def _exact_role(text: str) -> str:
    if not text or len(text) > _LABEL_CHARS + 30:
        return ""
    return next((role for role, pattern in _ROLES if pattern.fullmatch(text)), "")


def _role_by_part(text: str) -> str:
    """The most important role among the parts of a heading such as "Desired outcome / acceptance criteria"."""
    parts = [part for part in _PARTS.split(text) if part]
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


_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern)) for language in LANGUAGES for role, pattern in language.roles.items()
)
_WEIGHT = ("acceptance", "check", "steps", "expected", "actual", "questions", "requirements", "outcome", "value")


def split(document: Document) -> tuple[Section, ...]:
    """The sections in reading order; the text before the first heading is a section without heading."""
    sections: list[Section] = []
    heading: Block | None = None
    blocks: list[Block] = []
    for block in (*_with_lead_ins(document.blocks), None):
        if block is not None and _is_content(block, heading, blocks):
            blocks.append(replace(block, kind=BlockKind.PARAGRAPH) if block.kind is BlockKind.HEADING else block)
            continue
        if heading is not None or blocks:
            sections.append(_section(heading, blocks))
        heading, blocks = block, []
    return tuple(sections)


def _is_content(block: Block, heading: Block | None, blocks: list[Block]) -> bool:
    """Whether a block belongs to the open section: all but headings, and a bold "Crash" below "Actual result"."""
    if block.kind is not BlockKind.HEADING:
        return True
    if heading is None or blocks or block.level < BOLD or block.text.rstrip().endswith(":"):
        return False
    role = role_of(heading.text)
    return bool(role) and role == role_of(block.text)


def _section(heading: Block | None, blocks: list[Block]) -> Section:
    if heading is None:
        return Section(role="", heading=None, blocks=tuple(blocks))
    quote = Quote(heading.text, heading.line)
    return Section(role=role_of(heading.text), heading=quote, blocks=tuple(blocks), level=heading.level)


def _with_lead_ins(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with each lead-in of a known role turned into a heading and its content."""
    previous_ordered = False
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            yield from _heading_and_rest(block)
        elif block.kind is BlockKind.PARAGRAPH:
            yield from _paragraphs(block)
        elif block.kind is BlockKind.ITEM:
            yield from _items(block, after_ordered=previous_ordered)
        else:
            yield block
        previous_ordered = block.ordered


def _heading_and_rest(block: Block) -> Iterator[Block]:
    """A heading that goes on after its colon ("Expected result: it opens") is split there."""
    lead = _lead_in(block.text, _IN_TEXT) if not role_of(block.text) else None
    if lead is None:
        yield block
        return
    label, rest = lead
    yield replace(block, text=label)
    if rest:
        yield Block(kind=BlockKind.PARAGRAPH, text=rest, line=block.line)


def _paragraphs(block: Block) -> Iterator[Block]:
    """A paragraph, split before each line that is a lead-in."""
    paragraph: list[str] = []
    start = block.line
    for offset, raw in enumerate(block.text.split("\n")):
        number = block.line + offset
        for line in _RUN_ON.split(raw) if ":" in raw or " - " in raw else (raw,):
            lead = _lead_in(line, _IN_TEXT)
            if lead is None:
                start = start if paragraph else number
                paragraph.append(line)
                continue
            if paragraph:
                yield replace(block, text="\n".join(paragraph), line=start)
                paragraph = []
            label, rest = lead
            yield Block(kind=BlockKind.HEADING, text=label, level=LEAD_IN, line=number)
            if rest:
                paragraph, start = [rest], number
    if paragraph:
        yield replace(block, text="\n".join(paragraph), line=start)


def _items(block: Block, *, after_ordered: bool) -> Iterator[Block]:
    """A list item that is really a lead-in ("* Expected: it opens") becomes one; its rest stays an item."""
    first, _, more = block.text.partition("\n")
    lead = _lead_in(first, _IN_ITEM) if ":" in first else None
    if lead is None and block.ordered and not after_ordered and _exact_role(simplify(first)) in _BY_ITSELF:
        lead = first, ""
    if lead is None:
        yield block
        return
    label, rest = lead
    yield Block(kind=BlockKind.HEADING, text=label, level=LEAD_IN, line=block.line)
    text = "\n".join(part for part in (rest, more) if part)
    if text:
        yield replace(block, text=text)


def _lead_in(line: str, roles: frozenset[str]) -> tuple[str, str] | None:
    """The label and the rest of a lead-in; `None` for any other line."""
    if ":" in line or "：" in line:
        match = _LABEL.match(line)
        if match is not None and len(match[1].split()) <= _LABEL_WORDS and _is_label(match[1], roles):
            label, rest = match[1].strip(), match[2].strip()
            return None if rest and role_of(label) in _ALONE_IN_TEXT else (label, rest)
    if len(line) > _LABEL_CHARS and " - " not in line[:_LABEL_CHARS] and " – " not in line[:_LABEL_CHARS]:
        return None
    if len(line) <= _LABEL_CHARS and line[:1].isupper() and _exact_role(simplify(line)) in _BY_ITSELF:
        return line.strip(), ""
    dashed = _DASHED.match(line) if line[:1].isupper() else None
    if dashed is not None and _exact_role(simplify(dashed[1])) in _BY_ITSELF:
        return dashed[1].strip(), (dashed[2] or "").strip()
    return None


def _is_label(label: str, roles: frozenset[str]) -> bool:
    return role_of(label) in roles and (label[:1].isupper() or not label[:1].isalpha() or len(label.split()) <= 4)


# With fewer words of prose than this, the code block is taken for the text, as mail imports leave it.
_FEW_WORDS = 25
_BEGINS_AS_PROSE = re.compile(r"\s*[A-Za-z][\w',.-]*(?: [\w',.:;!?()#\"-]+)+\s*(?:\n|$)")


def with_code_as_prose(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; where they are hardly more than code, the code is added as prose."""
    code = [block for block in blocks if block.kind is BlockKind.CODE]
    words = sum(len(block.text.split()) for block in blocks if block.kind is not BlockKind.CODE)
    if words >= _FEW_WORDS:
        return list(blocks)
    return [
        *blocks,
        *(replace(block, kind=BlockKind.PARAGRAPH) for block in code if _BEGINS_AS_PROSE.match(block.text)),
    ]


@dataclass(frozen=True, slots=True)
class Tree:
    """Sections with their sub-sections: a deeper heading without a role belongs to the heading above."""

    sections: tuple[Section, ...]

    def below(self, index: int) -> Iterator[Section]:
        """The sections under deeper headings than this one's, up to the next heading of its level or above.

        Bold lines and lead-ins have no order among them. Where such a heading has no content of its own, bold lines of
        minor roles right behind it are its parts ("*Acceptance criteria*", then "*Desktop*" with a list).
        """
        level, bare = self.sections[index].level, not self.sections[index].blocks
        for section in self.sections[index + 1 :]:
            is_part = bare and level >= BOLD and section.level == BOLD and section.role in _DIVIDES
            if section.level <= level and not is_part:
                return
            yield section

    def content(self, index: int, roles: frozenset[str]) -> tuple[Block, ...]:
        """A section's own blocks and those of deeper sections without a role, or with one of the `roles`."""
        blocks = list(self.sections[index].blocks)
        other = 0
        for section in self.below(index):
            if other and section.level > other:
                continue
            other = 0
            if section.role and section.role not in roles:
                other = section.level
                continue
            blocks.extend(section.blocks)
        return tuple(blocks)
