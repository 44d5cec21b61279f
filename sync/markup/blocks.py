"""Builds blocks from classified lines: lines of one paragraph are joined, other lines are blocks of their own."""

from dataclasses import replace

from rules.document import Block, BlockKind, Document


class Builder:
    """Takes one classified line after another and builds the blocks."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._kind: BlockKind | None = None
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

    def prose(self, text: str, line: int, indent: int) -> None:
        """A line of running text: it continues the paragraph, or the item it is indented under."""
        if not text:
            return  # the line was only markup
        if self._open is not None:
            runs_on = self._open.kind is BlockKind.PARAGRAPH or (self._indents and indent > self._indents[-1])
            if runs_on:
                self._lines.append(text)
                return
        self._start(Block(kind=BlockKind.PARAGRAPH, text="", line=line), text)
        if not indent:
            self._indents = []

    def item(self, text: str, line: int, indent: int, *, depth: int, ordered: bool, ticked: bool | None) -> None:
        """A list item; `depth` 1 means that the indentation gives its depth."""
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
        kind = BlockKind.ITEM if ticked is None else BlockKind.TICK
        level = max(depth, len(self._indents))
        self._start(Block(kind=kind, text="", level=level, ordered=ordered, ticked=ticked, line=line), text)

    def heading(self, text: str, line: int, level: int) -> None:
        """A heading, 1 to 6, or 7 for a line that only looks like one."""
        self._alone(Block(kind=BlockKind.HEADING, text=text, level=level, line=line))
        self._indents = []

    def underlined(self, level: int) -> bool:
        """Makes the open paragraph's last line a heading; returns whether there was one."""
        if self._open is None or self._open.kind is not BlockKind.PARAGRAPH or not self._lines:
            return False
        title, line = self._lines.pop(), self._open.line + len(self._lines)
        if self._lines:
            self.blank()
        self._open, self._lines = None, []
        self.heading(title, line, level)
        return True

    def row(self, cells: list[str], line: int) -> None:
        """A table row."""
        self._alone(Block(kind=BlockKind.ROW, text=" | ".join(cells), line=line))

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
