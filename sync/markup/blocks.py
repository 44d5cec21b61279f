"""Builds blocks from classified lines: lines of one paragraph are joined, other lines are blocks of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from rules.document import CODE, HEADING, ITEM, PARAGRAPH, QUOTE, ROW, TICK, Block, BlockKind, Document


class Line(NamedTuple):
    """A line of plain text and its number in the source.

    `is_wrapped`: the break before it is only the source's. `is_picture`: it shows nothing but pictures.
    """

    text: str
    number: int
    is_wrapped: bool = False
    is_picture: bool = False


@dataclass(slots=True, kw_only=True)
class _Open:
    """A block that still grows: its lines, and what the finished block will say of them."""

    kind: BlockKind
    line: int
    lines: list[str]
    level: int = 0
    ordered: bool = False
    ticked: bool | None = None
    wrapped: bool = False
    only_pictures: bool = False

    def block(self) -> Block:
        """The finished block."""
        return Block(
            kind=self.kind,
            text="\n".join(self.lines).strip(),
            level=self.level,
            ordered=self.ordered,
            ticked=self.ticked,
            line=self.line,
            wrapped=self.wrapped,
            only_pictures=self.only_pictures,
        )


class Builder:
    """Takes one classified line after another and builds the blocks."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._open: _Open | None = None
        self._indents: list[int] = []

    def document(self) -> Document:
        """The whole document."""
        self.blank()
        return Document(tuple(self._blocks))

    @property
    def in_list(self) -> bool:
        """Whether the last block is a list item, with or without blank lines after it."""
        return bool(self._indents)

    @property
    def in_item(self) -> bool:
        """Whether a list item is open."""
        return self._open is not None and self._open.kind in (ITEM, TICK)

    @property
    def after_row(self) -> bool:
        """Whether the block just read is a table's row."""
        return self._open is None and bool(self._blocks) and self._blocks[-1].kind is ROW

    @property
    def last_line(self) -> str:
        """The last line of the open block, "" if none is open."""
        return self._open.lines[-1] if self._open is not None else ""

    def blank(self) -> None:
        """An empty line: it ends the open block."""
        if self._open is not None:
            self._blocks.append(self._open.block())
            self._open = None

    def prose(self, line: Line, indent: int, *, lazy: bool = False) -> None:
        """A line of running text: it continues the paragraph, or the item it is indented under.

        A `lazy` line continues an item without being indented.
        """
        if not line.text:
            return  # the line was only markup
        block = self._open
        if block is not None and (block.kind is PARAGRAPH or (self._indents and (lazy or indent > self._indents[-1]))):
            block.lines.append(line.text)
            block.wrapped = block.wrapped or line.is_wrapped
            block.only_pictures = block.only_pictures and line.is_picture
            return
        self._start(_Open(kind=PARAGRAPH, line=line.number, lines=[line.text], only_pictures=line.is_picture))
        if not indent:
            self._indents = []

    def item(self, line: Line, indent: int, *, depth: int, ordered: bool, ticked: bool | None) -> None:
        """A list item; `depth` 1 means that the indentation gives its depth."""
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
        kind = ITEM if ticked is None else TICK
        block = _Open(
            kind=kind,
            line=line.number,
            lines=[line.text],
            level=max(depth, len(self._indents)),
            ordered=ordered,
            ticked=ticked,
            only_pictures=line.is_picture,
        )
        self._start(block)

    def heading(self, text: str, line: int, level: int) -> None:
        """A heading, 1 to 6, or 7 for a line that only looks like one."""
        self._alone(Block(kind=HEADING, text=text, level=level, line=line))
        self._indents = []

    def underlined(self, level: int) -> bool:
        """Makes the open paragraph's last line a heading; returns whether there was one."""
        line = self._open.line + len(self._open.lines) - 1 if self._open is not None else 0
        title = self.drop_last_line()
        if not title:
            return False
        self.heading(title, line, level)
        return True

    def row(self, cells: Sequence[str], line: int, heads: Iterable[int] = ()) -> None:
        """A table row; `heads` are the places of its header cells."""
        text = " | ".join(" ".join(cell.split()) for cell in cells)
        self._alone(Block(kind=ROW, text=text, line=line, cells=tuple(cells), heads=tuple(heads)))

    def mark_header(self) -> None:
        """Makes all cells of the row just read header cells, if a row was just read."""
        if self.after_row:
            row = self._blocks[-1]
            self._blocks[-1] = replace(row, heads=tuple(range(len(row.cells))))

    def drop_last_line(self) -> str:
        """Takes the last line off the open paragraph and returns it; "" if none is open."""
        if self._open is None or self._open.kind is not PARAGRAPH:
            return ""
        line = self._open.lines.pop()
        if self._open.lines:
            self.blank()
        self._open = None
        return line

    def code(self, text: str, line: int) -> None:
        """Code, unchanged except for blank lines around it."""
        self._alone(Block(kind=CODE, text=text.strip("\n"), line=line))

    def quote(self, text: str, line: int) -> None:
        """A line of a quotation; neighbours are one block."""
        if self._open is not None and self._open.kind is QUOTE:
            self._open.lines.append(text)
        else:
            self._start(_Open(kind=QUOTE, line=line, lines=[text]))

    def _start(self, block: _Open) -> None:
        self.blank()
        self._open = block

    def _alone(self, block: Block) -> None:
        self.blank()
        self._blocks.append(block)
