"""Splits a document into sections and finds the meaning (role) of each heading.

A heading may be a real one, a bold line, or a lead-in ("Expected result: it opens"), alone on its line or with its
content behind it. All three become headings first; a section is then a heading with the blocks below it.
"""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rules.document import CODE, HEADING, ITEM, PARAGRAPH, QUOTE, ROW, TICK, Block, Document
from rules.lazy_regex import holds_one, regex
from rules.text.headings import LABEL_CHARS, NOTHING_TAUGHT, Taught, exact_role, has_role, match_criterion, role_of
from rules.text.lines import item_of
from rules.text.model import Quote, Section
from rules.text.tables import TABLE_LEVEL, with_tables_read

# A lead-in ranks below every heading, the bold line (7) included, and a label such as "AC1" below those.
BOLD, LEAD_IN, NUMBERED = 7, TABLE_LEVEL, 9
# Bold lines with these roles divide a section rather than end it.
_DIVIDES = frozenset(("", "mobile", "environment"))
_LABEL_WORDS = 10

_LABEL = regex(r"([^:：\n]{0,69}[^:：\s])\s*[:：](?![:/])\s*(.*)", re.DOTALL)
_DASHED = regex(r"(\S[^\n–—-]{1,50}?)\s+[-–—]+(?:\s+(.*)|$)", re.DOTALL)
_HAS_DASH = regex(r"\s[-–—]")
_DASHES = ("-", "–", "—")
_RUN_ON = regex(
    r"(?:(?<=[.!?)\]]\s)|(?<=\s\s)|(?<=\S\s))"
    r"(?=(?:Acceptance [Cc]riteria|Steps [Tt]o [Rr]e[a-z]+|Expected (?:[Rr]esults?|[Bb]ehaviou?r)|Actual (?:[Rr]esults?|[Bb]ehaviou?r))"
    r"\s*[:–-](?:\s|$))"
)
# Without one of these no such label is in the line; to look for them is fast.
_PARTS_OF_RUN_ON = ("Acceptance ", "Steps ", "Expected ", "Actual ")
_SIGNS_OF_ITEMS = frozenset("-*•●–+#[0123456789")
# A report inside {noformat}: at least two of its parts begin a line with their label.
_LABEL_IN_CODE = regex(r"\n[ \t*_]{0,8}([^\W\d_a-z][\w '’/-]{1,40})[*_]{0,2}[:：]")
_PARTS_OF_REPORT = frozenset(("steps", "expected", "actual", "acceptance"))
_REPORT_CHARS = 4000

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


def split(document: Document, taught: Taught = NOTHING_TAUGHT) -> tuple[Section, ...]:
    """The sections in reading order; the text before the first heading is a section without heading."""
    sections: list[Section] = []
    heading: Block | None = None
    blocks: list[Block] = []
    for block in (*_LeadIns(taught).read(with_tables_read(document.blocks, taught)), None):
        if block is not None and _is_content(block, heading, blocks, taught):
            blocks.append(replace(block, kind=PARAGRAPH) if block.kind is HEADING else block)
            continue
        if heading is not None or blocks:
            sections.append(_section(heading, blocks, taught))
        heading, blocks = block, []
    return tuple(sections)


def _is_content(block: Block, heading: Block | None, blocks: list[Block], taught: Taught) -> bool:
    """Whether a block belongs to the open section: all but headings, and a bold "Crash" below "Actual result"."""
    if block.kind is not HEADING:
        return True
    if heading is None or blocks or block.level not in (BOLD, LEAD_IN) or block.text.rstrip().endswith(":"):
        return False
    role = role_of(heading.text, taught)
    return bool(role) and role == role_of(block.text, taught)


def _section(heading: Block | None, blocks: list[Block], taught: Taught) -> Section:
    if heading is None:
        return Section(role="", heading=None, blocks=tuple(blocks))
    quote = Quote(heading.text, heading.line)
    return Section(role=role_of(heading.text, taught), heading=quote, blocks=tuple(blocks), level=heading.level)


@dataclass(frozen=True, slots=True)
class _LeadIns:
    """Turns each lead-in of a known role into a heading and its content."""

    taught: Taught

    def read(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks, with lead-ins as headings."""
        previous_ordered = False
        for block in blocks:
            if block.kind is HEADING:
                yield from self._heading_and_rest(block)
            elif block.kind is PARAGRAPH:
                yield from self._paragraphs(block)
            elif block.kind is ITEM or block.kind is TICK:
                yield from self._items(block, after_ordered=previous_ordered)
            elif block.kind is ROW or not self._holds_report(block):
                yield block
            else:
                yield from self._paragraphs(replace(block, kind=PARAGRAPH, wrapped=True))
            previous_ordered = block.ordered

    def _holds_report(self, block: Block) -> bool:
        """Whether code or a quotation is an issue's text: lead-ins open it."""
        if block.kind is QUOTE:
            return self._lead_in(block.text.split("\n", 1)[0], _PARTS_OF_REPORT) is not None
        if len(block.text) > _REPORT_CHARS:
            return False
        labels = _LABEL_IN_CODE.findall(f"\n{block.text}")
        if len(labels) < 2:
            return False
        parts = {role: label for label in labels if (role := exact_role(label, self.taught)) in _PARTS_OF_REPORT}
        # "Expected: 3" and "Actual: 4" are the output of a test.
        return len(parts) > 1 and ("steps" in parts or any(" " in label for label in parts.values()))

    def _heading_and_rest(self, block: Block) -> Iterator[Block]:
        """A heading that goes on after its colon ("Expected result: it opens") is split there."""
        lead = self._lead_in(block.text, _IN_TEXT) if not role_of(block.text, self.taught) else None
        if lead is None:
            yield block
            return
        label, rest = lead
        yield replace(block, text=label)
        if rest:
            yield Block(kind=PARAGRAPH, text=rest, line=block.line)

    def _paragraphs(self, block: Block) -> Iterator[Block]:
        """A paragraph, split before each line that is a lead-in or has a list sign."""
        paragraph: list[str] = []
        start = block.line
        for offset, raw in enumerate(block.text.split("\n")):
            number = block.line + offset
            for line in _RUN_ON.split(raw) if _may_run_on(raw) else (raw,):
                lead = self._lead_in(line, _IN_TEXT)
                item = item_of(line, number) if lead is None and line[:1] in _SIGNS_OF_ITEMS else None
                if lead is None and item is None:
                    start = start if paragraph else number
                    paragraph.append(line)
                    continue
                if paragraph:
                    yield replace(block, text="\n".join(paragraph), line=start)
                    paragraph = []
                if item is not None:
                    yield from self._items(item, after_ordered=False)
                elif lead is not None:
                    label, rest = lead
                    yield _heading(label, number)
                    if rest:
                        paragraph, start = [rest], number
        if paragraph:
            text = "\n".join(paragraph)
            yield block if text == block.text else replace(block, text=text, line=start)

    def _items(self, block: Block, *, after_ordered: bool) -> Iterator[Block]:
        """A list item that is really a lead-in ("* Expected: it opens") becomes one; its rest stays an item.

        A tick box becomes one only as a labelled criterion ("[ ] AC1: it opens").
        """
        first, _, more = block.text.partition("\n")
        if block.kind is TICK:
            lead = _numbered_criterion(first)
        else:
            lead = self._lead_in(first, _IN_ITEM) if ":" in first else _numbered_criterion(first)
            if lead is None and block.ordered and not after_ordered and has_role(first, _BY_ITSELF, self.taught):
                lead = first, ""
        if lead is None:
            yield block
            return
        label, rest = lead
        yield _heading(label, block.line)
        text = "\n".join(part for part in (rest, more) if part)
        if text:
            yield replace(block, text=text)

    def _lead_in(self, line: str, roles: frozenset[str]) -> tuple[str, str] | None:
        """The label and the rest of a lead-in; `None` for any other line."""
        if (labelled := _numbered_criterion(line)) is not None:
            return labelled
        if ":" in line or "：" in line:
            match = _LABEL.match(line)
            if match is not None and len(match[1].split()) <= _LABEL_WORDS and self._is_label(match[1], roles):
                label, rest = match[1].strip(), match[2].strip()
                rest = rest if rest.strip("-–—") else ""  # "Steps to reproduce:-"
                return None if rest and role_of(label, self.taught) in _ALONE_IN_TEXT else (label, rest)
        return self._without_colon(line) if line[:1].isupper() or not line[:1].isascii() else None

    def _without_colon(self, line: str) -> tuple[str, str] | None:
        """A lead-in alone on its line, or before a dash."""
        if len(line) <= LABEL_CHARS and has_role(line, _BY_ITSELF, self.taught):
            return line.strip(), ""
        dashed = _DASHED.match(line) if holds_one(line, _DASHES) and _HAS_DASH.search(line, 0, LABEL_CHARS) else None
        if dashed is not None and has_role(dashed[1], _BY_ITSELF, self.taught):
            return dashed[1].strip(), (dashed[2] or "").strip()
        return None

    def _is_label(self, label: str, roles: frozenset[str]) -> bool:
        if role_of(label, self.taught) not in roles:
            return False
        return label[:1].isupper() or not label[:1].isalpha() or len(label.split()) <= 4


def _may_run_on(line: str) -> bool:
    return (":" in line or " - " in line) and holds_one(line, _PARTS_OF_RUN_ON)


def _heading(text: str, line: int) -> Block:
    level = NUMBERED if match_criterion(text) else LEAD_IN
    return Block(kind=HEADING, text=text, level=level, line=line)


def _numbered_criterion(line: str) -> tuple[str, str] | None:
    """The label and the rest of a labelled criterion: "AC1: it opens", "(AC-02) It opens"."""
    match = match_criterion(line)
    if match is None:
        return None
    label, rest = match["label"], line[match.end() :].strip()
    # "AC 2 kW are needed" and "Criterion 1 is met" are sentences.
    is_sentence = bool(rest) and not match["sign"] and (" " in label or not rest[:1].isupper())
    return None if is_sentence else (label, rest)


# With fewer words of prose than this, the code block is taken for the text, as mail imports leave it.
_FEW_WORDS = 25
_BEGINS_AS_PROSE = regex(r"\s*[A-Za-z][\w',.-]*(?: [\w',.:;!?()#\"/-]+)+\s*(?:\n|$)")


def with_code_as_prose(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; where they are hardly more than code, the code is added as prose."""
    words = 0
    for block in blocks:
        if block.kind is not CODE:
            words += len(block.text.split())
            if words >= _FEW_WORDS:
                return list(blocks)
    code = (block for block in blocks if block.kind is CODE and _BEGINS_AS_PROSE.match(block.text))
    return [*blocks, *(replace(block, kind=PARAGRAPH) for block in code)]


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
