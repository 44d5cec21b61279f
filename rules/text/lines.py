"""Lines with list signs inside one block: table cells, code, quotations and paragraphs with line breaks."""

from collections.abc import Iterable, Iterator

from rules.document import ITEM, PARAGRAPH, TICK, Block
from rules.lazy_regex import regex

_SIGN = regex(r"\s*(?:(?P<dot>[-*•●–+])|(?P<number>#|\d{1,2}[.)]))\s+(?:\[(?P<box>[ xX]?)\]\s*)?(?P<text>\S.*)")
_BOX = regex(r"\s*\[(?P<box>[ xX]?)\]\s+(?P<text>\S.*)")


def item_of(line: str, number: int) -> Block | None:
    """The list item that a line is by its sign ("- one", "2. two", "[ ] three"); `None` for other lines."""
    sign = _SIGN.fullmatch(line) or _BOX.fullmatch(line)
    if sign is None:
        return None
    groups = sign.groupdict()
    box = groups["box"]
    return Block(
        kind=ITEM if box is None else TICK,
        text=sign["text"].strip(),
        level=1,
        ordered=groups.get("number") is not None,
        ticked=None if box is None else box in "xX" and box != "",
        line=number,
    )


def blocks_of(lines: Iterable[tuple[str, int]]) -> Iterator[Block]:
    """Lines, each with its number, as items and paragraphs of one line."""
    for line, number in lines:
        if line.strip():
            item = item_of(line, number)
            yield item or Block(kind=PARAGRAPH, text=line.strip(), line=number)
