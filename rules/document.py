"""An issue's text as blocks, free of any markup dialect.

Trackers use ADF, wiki markup, HTML and Markdown; `sync.markup` turns each into a `Document`, and the rules read only
that. Template comments are removed before; code is kept in blocks of its own, so that no rule takes a log for prose.
"""

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TICK = "tick"
    CODE = "code"
    QUOTE = "quote"
    ROW = "row"


# Python finds a member of an enum ten times as slowly as a name of a module, and readers ask for these all the time.
HEADING, PARAGRAPH, ITEM, TICK, CODE, QUOTE, ROW = BlockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block: a heading, a paragraph, a list item, a tick box, a table row, a piece of code.

    `text` is plain, without inline markup; a paragraph keeps its own line breaks, a table row joins its cells with
    ` | `. `level` is 1 to 6 for headings, 7 for a bold or underlined line that acts as a heading, and the depth (from
    1) for items. `line` is the 1-based line of the source, for evidence.

    `wrapped`: at least one line break is only the source's, as in a Markdown paragraph. `only_pictures`: pictures are
    all that it holds. `cells` are those of a row, each with its own line breaks; `heads` are the places of its header
    cells.
    """

    kind: BlockKind
    text: str
    level: int = 0
    ordered: bool = False
    ticked: bool | None = None
    line: int = 0
    wrapped: bool = False
    only_pictures: bool = False
    cells: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks in reading order; an empty tuple for an issue without description."""

    blocks: tuple[Block, ...] = ()

    @property
    def prose(self) -> str:
        """All text except code and quotations, one block a line."""
        apart = (BlockKind.CODE, BlockKind.QUOTE)
        return "\n".join([block.text for block in self.blocks if block.kind not in apart])

    @property
    def words(self) -> int:
        """The number of words of prose."""
        return len(self.prose.split())


EMPTY = Document()
