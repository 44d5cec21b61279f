"""Finds what a template left open: empty headings and fields, placeholders, help text."""

from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest

from rules.document import CODE, ITEM, PARAGRAPH, QUOTE, ROW, TICK, Block
from rules.lazy_regex import regex
from rules.text.headings import simplify
from rules.text.model import Quote, Section
from rules.text.placeholders import (
    Content,
    content_of,
    is_aside,
    is_field,
    is_help,
    is_scenario_word,
    is_unfilled_field,
    may_hold_slots,
    names_a_place,
    slots_in,
)
from rules.text.sections import BOLD, LEAD_IN, Tree
from rules.text.title_mood import states

_LABEL_WORDS = 7
# With an instruction below it, a longer heading is a label too.
_LONG_LABEL_WORDS = 14
_WORD = regex(r"\w")
# "Regression - works with 1.7": a heading that says something of its own.
# "Apache Tomcat/6.0.18", "[on line 4, column 9]": a heading that was pasted with what a program wrote.
_OF_PROGRAM = regex(r"\w/\d|://|\bon line \d")
# "[INFO] <Card: [some address]>": a line that a program wrote.
_OF_LOG = regex(r"\[(?:INFO|DEBUG|WARN(?:ING)?|ERROR|TRACE|FATAL)\]|(?:INFO|DEBUG|WARN(?:ING)?|ERROR|TRACE|FATAL):\s")
_GOES_ON = regex(r"\S\s+[-–—]\s+\S+(?:\s+\S+){2,}|:\s+\S")


def find_empty_slots(tree: Tree, of_template: Callable[[str], bool] = lambda _: False) -> Iterator[Quote]:
    """Headings of the template with nothing but its help below, and items with nothing after their colon.

    `of_template` says of a heading whether it is one of the site's own template.
    """
    every = frozenset(section.role for section in tree.sections)
    for index, section in enumerate(tree.sections):
        heading = section.heading
        if heading is not None and _is_unfilled(tree, index, every, of_template):
            yield heading
        # A single field is the remainder of an import or a list, and no form.
        if len(section.blocks) < _FIELDS_OF_A_FORM or sum(map(is_field, section.blocks)) < _FIELDS_OF_A_FORM:
            continue
        for block, following in zip_longest(section.blocks, section.blocks[1:]):
            if is_unfilled_field(block, following):
                yield Quote(block.text, block.line)


_FIELDS_OF_A_FORM = 2


def _is_unfilled(tree: Tree, index: int, every: frozenset[str], of_template: Callable[[str], bool]) -> bool:
    section = tree.sections[index]
    content = tree.content(index, every)
    if section.heading is not None and section.heading.text and of_template(section.heading.text):
        return all(map(is_help, content))
    if not content and _is_sentence(section):
        return False
    if not all(map(is_help, content)) or not _is_label(section, longest=_LONG_LABEL_WORDS if content else _LABEL_WORDS):
        return False
    return bool(content) or not _is_answered_by_heading(tree, index)


def _is_sentence(section: Section) -> bool:
    """Whether a line that could introduce something has ended: "It should be."."""
    return section.level == LEAD_IN and section.heading is not None and section.heading.text.rstrip().endswith(".")


def _is_label(section: Section, *, longest: int) -> bool:
    """Whether a heading names the content below it; a heading that is a whole sentence is content itself."""
    text = section.heading.text if section.heading is not None else ""
    if len(simplify(text).split()) > longest:
        return False
    if section.role:
        return True
    if _OF_PROGRAM.search(text):
        return False
    return (
        section.level < BOLD and not text.endswith((".", "!", ":")) and not states(text) and not _GOES_ON.search(text)
    )


def _is_answered_by_heading(tree: Tree, index: int) -> bool:
    """Whether the next heading is a sentence: somebody made the content of this one large."""
    following = tree.sections[index + 1] if index + 1 < len(tree.sections) else None
    if following is None or following.heading is None or following.role:
        return False
    if following.level >= tree.sections[index].level or following.heading.text.endswith(("?", ":")):
        return False
    words = len(following.heading.text.split())
    return words >= _LABEL_WORDS - 1 or following.heading.text.endswith((".", "!"))


def find_slots(tree: Tree) -> Iterator[Quote]:
    """Placeholders: `...`, TBD, `<role>`, an empty list item, and help text where all the text is help."""
    prose = [block for section in tree.sections for block in section.blocks]
    for section in tree.sections:
        due = section.heading is not None or len(prose) == 1
        for block, following in zip_longest(section.blocks, section.blocks[1:]):
            if block.kind in (CODE, QUOTE) or _OF_LOG.match(block.text):
                continue
            slots = [
                slot for number, line in _lines(block) if not _OF_LOG.match(line) for slot in slots_in(line, number)
            ]
            if slots:
                yield from slots
            elif _keeps_place(block, following, is_due=due and block is section.blocks[0]) and (
                block.text or not _pastes_comment(section)
            ):
                yield Quote(block.text, block.line)
    if (prose and all(map(is_help, prose)) and any(section.heading is not None for section in tree.sections)) or (
        len(prose) == 1 and is_help(prose[0]) and not prose[0].text.endswith("?")
    ):
        yield Quote(prose[0].text, prose[0].line)


def _lines(block: Block) -> Iterable[tuple[int, str]]:
    """The lines that may hold placeholders, each with its number."""
    return enumerate(block.text.split("\n"), start=block.line) if may_hold_slots(block.text) else ()


def _keeps_place(block: Block, following: Block | None, *, is_due: bool) -> bool:
    """Whether a whole block is a placeholder.

    An empty list item is one unless its content follows as a block of its own. "..." between two paragraphs marks an
    omission: it is a placeholder only where content is due, right under a heading. "Step 1" and "Given:" are
    placeholders unless what they announce follows.
    """
    if block.kind is ROW:
        return False
    if block.text and (names_a_place(block.text) or is_scenario_word(block.text)):
        return following is None or (following.level <= block.level and _announces_nothing(following))
    if block.text:
        placeholder = content_of(block.text) is Content.SLOT or is_aside(block.text)
        return placeholder and (is_due or block.kind is not PARAGRAPH or _WORD.search(block.text) is not None)
    if following is None or block.kind not in (ITEM, TICK):
        return block.kind in (ITEM, TICK)
    goes_on = following.kind is CODE or following.level > block.level
    return not goes_on and not (following.kind is PARAGRAPH and following.line <= block.line + 1)


def _pastes_comment(section: Section) -> bool:
    """Whether code was pasted as text: the lines of its comment begin with an asterisk, and some have nothing else."""
    return any(block.text.lstrip().startswith("/*") for block in section.blocks)


def _announces_nothing(following: Block) -> bool:
    return names_a_place(following.text) or is_scenario_word(following.text)
