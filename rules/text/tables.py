"""Tables whose header cells name parts of an issue: the cell below or next to such a header is read like its section.

"Acceptance criteria" above a column or in front of a row, and columns such as steps, expected and actual result.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rules.document import HEADING, ITEM, ROW, Block
from rules.lazy_regex import regex
from rules.text.headings import NOTHING_TAUGHT, Taught, exact_role
from rules.text.languages import LANGUAGES
from rules.text.lines import blocks_of, item_of

# Roles whose cells are read as sections of their own.
_READ = frozenset(("acceptance", "check", "steps", "expected", "actual"))
# What a header may be called without being a part of an issue.
_OTHER_HEADERS = regex(
    r"#|id|nr|no|num(?:mer|ber)?|ref|key|status|state|done|ok|pass(?:ed)?|fail(?:ed)?|check(?:ed)?|priority|prio|owner|who|comments?"
    r"|remarks?|bemerkung(?:en)?|erledigt|erf[uü]llt|getestet|tested|verified|name|type|what|was|title|titel|feature|rule|requirement",
    re.IGNORECASE,
)
_PICTURE = regex(r"image|screenshot|[\w .()-]{1,120}\.(?:png|jpe?g|gif|svg|webp|bmp|mp4|mov)", re.IGNORECASE)
# "1", "AC-2", "x", "✅": cells that name or mark a row and say nothing.
_MARK = regex(
    r"[\W\d_]*(?:[A-Za-z]{1,4}[-_ .]?\d{1,4}|[A-Za-z]|yes|no|ja|nein|ok|done|open|todo|n/?a|tbd|must|should|could)?"
    r"[\W\d_]*",
    re.IGNORECASE,
)
_GIVEN_WHEN_THEN = tuple(
    regex("|".join(language.scenario[place] for language in LANGUAGES), re.IGNORECASE) for place in range(3)
)


def cells_of(row: Block) -> tuple[str, ...]:
    """The cells of a row; those of a row that was built from text alone are found by its bars."""
    return row.cells or tuple(row.text.split(" | "))


def says_nothing(cell: str) -> bool:
    """Whether a cell has no words: it is empty, a number, an id, a mark, a picture."""
    return (len(cell) <= 20 and _MARK.fullmatch(cell) is not None) or _PICTURE.fullmatch(cell) is not None


def is_header(row: Block, taught: Taught = NOTHING_TAUGHT) -> bool:
    """Whether a row holds the names of columns: by its markup, or because each cell is such a name."""
    cells = cells_of(row)
    if len(row.heads) == len(cells):
        return True
    return all(_names_column(cell, taught) for cell in cells if cell) and any(cells)


def _names_column(cell: str, taught: Taught) -> bool:
    return len(cell) <= 60 and (
        _OTHER_HEADERS.fullmatch(cell.strip(" .:*")) is not None
        or bool(exact_role(cell, taught))
        or any(word.fullmatch(cell.strip(" .:*")) for word in _GIVEN_WHEN_THEN)
    )


def scenario_columns(row: Block) -> tuple[int, ...]:
    """The places of the columns Given, When and Then in a header row; empty where one of them is missing."""
    cells = [cell.strip(" .:*").lower() for cell in cells_of(row)]
    places = tuple(
        next((place for place, cell in enumerate(cells) if word.fullmatch(cell)), -1) for word in _GIVEN_WHEN_THEN
    )
    return places if -1 not in places else ()


@dataclass(frozen=True, slots=True)
class _Table:
    rows: Sequence[Block]
    taught: Taught

    def blocks(self) -> Iterator[Block]:
        """The rows, or sections where header cells name them."""
        by_row = [self._read(cells_of(row)[0]) if len(cells_of(row)) > 1 else "" for row in self.rows]
        above = [self._read(cell) for cell in cells_of(self.rows[0])]
        if self._is_labelled_by_rows(by_row, above):
            for row, role in zip(self.rows, by_row, strict=True):
                yield from self._next_to(row) if role else (_end(row), row)
            yield _end(self.rows[-1])
        elif len(self.rows) > 1 and any(self._is_due(place) for place, role in enumerate(above) if role):
            yield from self._below(above)
            yield _end(self.rows[-1])
        else:
            yield from self.rows

    def _read(self, cell: str) -> str:
        role = exact_role(cell, self.taught) if len(cell) <= 100 else ""
        return role if role in _READ else ""

    def _is_labelled_by_rows(self, by_row: Sequence[str], above: Sequence[str]) -> bool:
        """Whether the names of the parts are in the first column."""
        if not any(by_row):
            return False
        if len(self.rows) == 1 or sum(map(bool, by_row)) > 1:
            return True
        first = self.rows[by_row.index(next(filter(None, by_row)))]
        if first is not self.rows[0]:
            return True
        names = [cells_of(row)[0] for row in self.rows]
        named = [bool(exact_role(name, self.taught)) and not says_nothing(name) for name in names]
        return first.heads == (0,) or all(named) or (sum(map(bool, above)) == 1 and not is_header(first, self.taught))

    def _next_to(self, row: Block) -> Iterator[Block]:
        head, *cells = cells_of(row)
        yield _heading(head, row)
        yield from _contents([cell for cell in cells if cell], row)

    def _below(self, above: Sequence[str]) -> Iterator[Block]:
        header, *rows = self.rows
        names = cells_of(header)
        for row in rows:
            rest = [c for place, c in enumerate(cells_of(row)) if place >= len(above) or not above[place]]
            if not all(map(says_nothing, rest)):
                yield replace(
                    row, text=" | ".join(" ".join(cell.split()) for cell in rest), cells=tuple(rest), heads=()
                )
        for place in (place for place, role in enumerate(above) if role and self._is_due(place)):
            yield _heading(names[place], header)
            for row, cell in self._column(place):
                if not says_nothing(cell):
                    yield from _items(cell, row)

    def _column(self, place: int) -> list[tuple[Block, str]]:
        """The filled cells of a column below its header, each with its row."""
        return [(row, cells[place]) for row in self.rows[1:] if place < len(cells := cells_of(row)) and cells[place]]

    def _is_due(self, place: int) -> bool:
        """Whether words are there or missing in a column: pictures alone are neither content nor a slot."""
        cells = [cell for _, cell in self._column(place)]
        return not cells or not all(map(says_nothing, cells))


def _heading(text: str, row: Block) -> Block:
    return Block(kind=HEADING, text=text, level=TABLE_LEVEL, line=row.line)


def _end(row: Block) -> Block:
    """A heading without words: what follows the table does not belong to its last cell."""
    return Block(kind=HEADING, text="", level=TABLE_LEVEL, line=row.line)


# Below every heading of the text.
TABLE_LEVEL = 8


def _contents(cells: Sequence[str], row: Block) -> Iterator[Block]:
    lines = [line for cell in cells for line in cell.split("\n") if line.strip()]
    if len(lines) > 1:
        yield from (block for line in lines for block in _items(line, row))
    else:
        yield from blocks_of((line, row.line) for line in lines)


def _items(cell: str, row: Block) -> Iterator[Block]:
    for line in cell.split("\n"):
        if line.strip():
            item = Block(kind=ITEM, text=line.strip(), level=1, line=row.line)
            yield item_of(line, row.line) or item


def with_tables_read(blocks: Iterable[Block], taught: Taught = NOTHING_TAUGHT) -> Iterator[Block]:
    """The blocks, with the parts of an issue that are in tables as headings and their content."""
    rows: list[Block] = []
    for block in blocks:
        if block.kind is ROW:
            rows.append(block)
            continue
        if rows:
            yield from _Table(rows, taught).blocks()
            rows = []
        yield block
    if rows:
        yield from _Table(rows, taught).blocks()
