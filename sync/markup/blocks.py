"""Builds blocks from classified lines: lines of one paragraph are joined, other lines are blocks of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from rules.document import Block, BlockKind, Document


class Line(NamedTuple):
    """A line of plain text and its number in the source.

    `is_wrapped`: the break before it is only the source's. `is_picture`: it shows nothing but pictures.
    """

    text: str
    number: int
    is_wrapped: bool = False
    is_picture: bool = False


class Builder:
    """Takes one classified line after another and builds the blocks."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._lines: list[str] = []
        self._open: Block | None = None
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
        return self._open is not None and self._open.kind in (BlockKind.ITEM, BlockKind.TICK)

    @property
    def after_row(self) -> bool:
        """Whether the block just read is a table's row."""
        return self._open is None and bool(self._blocks) and self._blocks[-1].kind is BlockKind.ROW

    @property
    def last_line(self) -> str:
        """The last line of the open block, "" if none is open."""
        return self._lines[-1] if self._lines else ""

    def blank(self) -> None:
        """An empty line: it ends the open block."""
        if self._open is not None:
            block = self._open
            text = "\n".join(self._lines).strip()
            self._open, self._lines = None, []
            self._blocks.append(replace(block, text=text))

    def prose(self, line: Line, indent: int, *, lazy: bool = False) -> None:
        """A line of running text: it continues the paragraph, or the item it is indented under.

        A `lazy` line continues an item without being indented.
        """
        if not line.text:
            return  # the line was only markup
        if self._open is not None:
            runs_on = self._open.kind is BlockKind.PARAGRAPH or (self._indents and (lazy or indent > self._indents[-1]))
            if runs_on:
                self._lines.append(line.text)
                self._note(line, self._open)
                return
        self._start(
            Block(kind=BlockKind.PARAGRAPH, text="", line=line.number, only_pictures=line.is_picture), line.text
        )
        if not indent:
            self._indents = []

    def _note(self, line: Line, block: Block) -> None:
        """Keep what a further line says about the open block."""
        wrapped, only_pictures = block.wrapped or line.is_wrapped, block.only_pictures and line.is_picture
        if (wrapped, only_pictures) != (block.wrapped, block.only_pictures):
            self._open = replace(block, wrapped=wrapped, only_pictures=only_pictures)

    def item(self, line: Line, indent: int, *, depth: int, ordered: bool, ticked: bool | None) -> None:
        """A list item; `depth` 1 means that the indentation gives its depth."""
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
        kind = BlockKind.ITEM if ticked is None else BlockKind.TICK
        block = Block(
            kind=kind,
            text="",
            level=max(depth, len(self._indents)),
            ordered=ordered,
            ticked=ticked,
            line=line.number,
            only_pictures=line.is_picture,
        )
        self._start(block, line.text)

    def heading(self, text: str, line: int, level: int) -> None:
        """A heading, 1 to 6, or 7 for a line that only looks like one."""
        self._alone(Block(kind=BlockKind.HEADING, text=text, level=level, line=line))
        self._indents = []

    def underlined(self, level: int) -> bool:
        """Makes the open paragraph's last line a heading; returns whether there was one."""
        line = self._open.line + len(self._lines) - 1 if self._open is not None else 0
        title = self.drop_last_line()
        if not title:
            return False
        self.heading(title, line, level)
        return True

    def row(self, cells: Sequence[str], line: int, heads: Iterable[int] = ()) -> None:
        """A table row; `heads` are the places of its header cells."""
        text = " | ".join(" ".join(cell.split()) for cell in cells)
        self._alone(Block(kind=BlockKind.ROW, text=text, line=line, cells=tuple(cells), heads=tuple(heads)))

    def mark_header(self) -> None:
        """Makes all cells of the row just read header cells, if a row was just read."""
        if self.after_row:
            row = self._blocks[-1]
            self._blocks[-1] = replace(row, heads=tuple(range(len(row.cells))))

    def drop_last_line(self) -> str:
        """Takes the last line off the open paragraph and returns it; "" if none is open."""
        if self._open is None or self._open.kind is not BlockKind.PARAGRAPH or not self._lines:
            return ""
        line = self._lines.pop()
        if self._lines:
            self.blank()
        self._open, self._lines = None, []
        return line

    def code(self, text: str, line: int) -> None:
        """Code, unchanged except for blank lines around it."""
        self._alone(Block(kind=BlockKind.CODE, text=text.strip("\n"), line=line))

    def quote(self, text: str, line: int) -> None:
        """A line of a quotation; neighbours are one block."""
        if self._open is not None and self._open.kind is BlockKind.QUOTE:
            self._lines.append(text)
        else:
            self._start(Block(kind=BlockKind.QUOTE, text="", line=line), text)

    def _start(self, block: Block, text: str) -> None:
        self.blank()
        self._open, self._lines = block, [text]

    def _alone(self, block: Block) -> None:
        self.blank()
        self._blocks.append(block)
