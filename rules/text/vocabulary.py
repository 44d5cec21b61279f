"""What a site taught the reader: headings of its own, and its templates, whose words are help and never content."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from rules.document import HEADING, TICK, Block, Document
from rules.lazy_regex import regex
from rules.text.headings import NOTHING_TAUGHT, Taught, simplify
from rules.text.model import Section
from rules.text.sections import split

# The boxes of a readiness checklist come from the template too, and are still for people to tick.
_PROCESS = "ready-checklist"
_SIGNS = " \t.:;,!*_#>|–—-…"
_WORD = regex(r"\w+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Headings by their simplified text, with their role, and the lines of templates in a form to compare."""

    headings: Taught = field(default_factory=lambda: NOTHING_TAUGHT)
    help: frozenset[str] = frozenset()

    def is_help(self, text: str) -> bool:
        """Whether a template has this line."""
        return bool(self.help) and _comparable(text) in self.help

    def written(self, blocks: Iterable[Block], *, keep_boxes: bool = False) -> tuple[Block, ...]:
        """The blocks without the lines of a template; headings and ticked boxes stay, all boxes with `keep_boxes`."""
        if not self.help:
            return tuple(blocks)
        return tuple(left for block in blocks if (left := self._left_of(block, keep_boxes=keep_boxes)) is not None)

    def sections(self, document: Document) -> tuple[Section, ...]:
        """The sections of a document, without the lines of a template."""
        sections = split(document, self.headings)
        if not self.help:
            return sections
        return tuple(
            replace(section, blocks=self.written(section.blocks, keep_boxes=section.role == _PROCESS))
            for section in sections
        )

    def _left_of(self, block: Block, *, keep_boxes: bool) -> Block | None:
        if block.kind is HEADING or block.ticked or (keep_boxes and block.kind is TICK):
            return block
        lines = block.text.split("\n")
        left = [line for line in lines if not self.is_help(line)]
        if len(left) == len(lines):
            return block
        return replace(block, text="\n".join(left)) if any(line.strip() for line in left) else None


STANDARD = Vocabulary()


def vocabulary_of(headings: Mapping[str, Iterable[str]], templates: Iterable[Document]) -> Vocabulary:
    """The vocabulary of a site: `headings` by role, and the documents of its templates."""
    taught = {simplify(name): role for role, names in headings.items() for name in names if simplify(name)}
    return Vocabulary(headings=taught, help=frozenset(line for one in templates for line in _lines(one, taught)))


def _lines(template: Document, taught: Taught) -> Iterable[str]:
    """Each line of a template, as written and as what follows a lead-in; single words could be anybody's."""
    sections = split(template, taught)
    headings = (section.heading.text for section in sections if section.heading is not None)
    blocks = (block.text for section in sections for block in section.blocks)
    for text in (*headings, *blocks, *(block.text for block in template.blocks)):
        for line in text.split("\n"):
            if len(_WORD.findall(line)) > 1:
                yield _comparable(line)


def _comparable(line: str) -> str:
    return " ".join(line.lower().split()).strip(_SIGNS)
