"""The shop's texts, which are in Jira's wiki markup, as Markdown."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rules.document import Block, BlockKind
from sync.markup import wiki

_BOLD_HEADING = 7
_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_<[#|"})


def as_markdown(text: str) -> str:
    """The same blocks as Markdown."""
    groups = groupby(wiki.read(text).blocks, key=lambda block: block.kind)
    return "\n\n".join(part for kind, blocks in groups for part in _parts(kind, list(blocks)))


def _parts(kind: BlockKind, blocks: Sequence[Block]) -> Iterator[str]:
    """The blocks of one kind: items and rows together, all others apart."""
    match kind:
        case BlockKind.ITEM | BlockKind.TICK:
            yield "\n".join(map(_item, blocks))
        case BlockKind.ROW:
            yield "\n".join(_rows(blocks))
        case _:
            yield from map(_block, blocks)


def _block(block: Block) -> str:
    text = block.text.translate(_SIGNS)
    match block.kind:
        case BlockKind.HEADING:
            return f"**{text}**" if block.level == _BOLD_HEADING else f"{'#' * block.level} {text}"
        case BlockKind.CODE:
            return f"```\n{block.text}\n```"
        case BlockKind.QUOTE:
            return "\n".join(f"> {line}" for line in text.splitlines())
        case _:
            return text.replace("\n", "  \n")


def _item(block: Block) -> str:
    sign = "1." if block.ordered else "-"
    box = {True: "[x] ", False: "[ ] "}.get(block.ticked, "") if block.ticked is not None else ""
    return f"{'   ' * (max(block.level, 1) - 1)}{sign} {box}{block.text.translate(_SIGNS)}"


def _rows(blocks: Sequence[Block]) -> Iterator[str]:
    for number, block in enumerate(blocks):
        cells = [cell.replace("\n", " ").translate(_SIGNS) for cell in block.cells]
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield f"|{'---|' * len(cells)}"
