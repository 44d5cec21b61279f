"""Lines that many issues of a site share word for word: most often those of its template."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from rules.document import HEADING, ITEM, PARAGRAPH, QUOTE, TICK, Block, BlockKind, Document
from rules.lazy_regex import regex

# Fewer issues with the same line may be copies of each other.
FEWEST_ISSUES = 5
SHARE = 0.15
_FEWEST_WORDS = 3
_KINDS = (HEADING, PARAGRAPH, ITEM, TICK, QUOTE)
_WORD = regex(r"\w+")


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A line, what it is, and how many issues have it."""

    text: str
    kind: BlockKind
    issues: int


def shared_lines(documents: Sequence[Document]) -> tuple[SharedLine, ...]:
    """The lines that many of the documents share, in their usual order; none where only headings are shared."""
    written = [document for document in documents if document.blocks]
    places: defaultdict[tuple[BlockKind, str], list[float]] = defaultdict(list)
    for document in written:
        for line, place in _lines_of(document):
            places[line].append(place)
    fewest = max(FEWEST_ISSUES, SHARE * len(written))
    counts = Counter({line: len(where) for line, where in places.items() if len(where) >= fewest})
    if all(kind is HEADING for kind, _ in counts):
        return ()
    in_order = sorted(counts, key=lambda line: mean(places[line]))
    return tuple(SharedLine(text=text, kind=kind, issues=counts[kind, text]) for kind, text in in_order)


def _lines_of(document: Document) -> Iterator[tuple[tuple[BlockKind, str], float]]:
    """Each line of a document once, with its place from 0 to 1."""
    seen: set[tuple[BlockKind, str]] = set()
    for place, block in enumerate(document.blocks):
        for text in _texts(block):
            if (block.kind, text) not in seen:
                seen.add((block.kind, text))
                yield (block.kind, text), place / len(document.blocks)


def _texts(block: Block) -> Iterator[str]:
    if block.kind not in _KINDS:
        return
    for line in block.text.split("\n"):
        text = " ".join(line.split())
        if block.kind is HEADING or len(_WORD.findall(text)) >= _FEWEST_WORDS:
            yield text
