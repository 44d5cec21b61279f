"""Reads the text of one issue: story sentence, criteria, bug report, questions and placeholders."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rules.document import EMPTY, Block, BlockKind, Document
from rules.model import Kind
from rules.text.bug_detection import reports_defect
from rules.text.bug_report import Defect, read_defect
from rules.text.criteria import AcceptanceCriteria, find_criteria
from rules.text.headings import simplify
from rules.text.model import Facts, Quote, Reading, Section, Story, YesNo
from rules.text.placeholders import Content, content_of, is_aside, is_help, is_unfilled_field, slots_in
from rules.text.questions import find_questions
from rules.text.sections import BOLD, Tree, split
from rules.text.story import find_story
from rules.text.title_mood import states

# Jira allows 255; the rest of a longer title is not read.
_TITLE_CHARS = 1000
_LABEL_WORDS = 7
_WORD = re.compile(r"\w")


def read_issue(title: str, document: Document, kind: Kind, acceptance: Document | None = None) -> Reading:
    """Everything that the rules use of one issue's text.

    `acceptance` is the text of a field of its own for acceptance criteria, `None` where the site has none.
    Any document gives a reading, and always the same one.
    """
    title = title[:_TITLE_CHARS]
    tree = Tree(split(document))
    story = find_story(title, document.blocks)
    accepted = find_criteria(tree, acceptance.blocks if acceptance is not None else None)
    is_bug = reports_defect(title, tree, kind, is_story=story is not None)
    defect = read_defect(title, tree, kind) if is_bug else None
    questions = find_questions(tree.sections, is_bug=is_bug)
    empty, slots = tuple(_empty_slots(tree)), tuple(_slots(tree))
    return Reading(
        facts=_facts(story, accepted, defect, slots=(*empty, *slots), questions=questions),
        sections=tree.sections,
        story=story,
        criteria=accepted.criteria,
        empty_slots=tuple(dict.fromkeys((*accepted.empty, *empty))),
        placeholders=slots,
        questions=questions,
        steps=defect.steps if defect else (),
        expected=defect.expected if defect else None,
        actual=defect.actual if defect else None,
        words=document.words + (acceptance or EMPTY).words,
    )


def _facts(
    story: Story | None,
    accepted: AcceptanceCriteria,
    defect: Defect | None,
    *,
    slots: Sequence[Quote],
    questions: Sequence[Quote],
) -> Facts:
    return Facts(
        story_form=_yes(story is not None),
        story_benefit=_yes(bool(story.benefit)) if story is not None else "na",
        acceptance="na" if defect is not None else accepted.presence,
        steps=_yes(bool(defect.steps)) if defect is not None else "na",
        expected=_yes(defect.expected is not None) if defect is not None else "na",
        actual=_yes(defect.actual is not None) if defect is not None else "na",
        placeholder=_yes(bool(slots)),
        open_question=_yes(bool(questions)),
    )


def _yes(claim: bool) -> YesNo:  # noqa: FBT001 - the function only turns it into a word
    return "yes" if claim else "no"


def _empty_slots(tree: Tree) -> Iterator[Quote]:
    """Headings of the template with nothing but its help below, and items with nothing after their colon."""
    every = frozenset(section.role for section in tree.sections)
    for index, section in enumerate(tree.sections):
        heading = section.heading
        if heading is not None and _is_label(section, heading.text) and all(map(is_help, tree.content(index, every))):
            yield heading
        for block, following in zip_longest(section.blocks, section.blocks[1:]):
            if is_unfilled_field(block, following):
                yield Quote(block.text, block.line)


def _is_label(section: Section, text: str) -> bool:
    """Whether a heading names the content below it; a heading that is a whole sentence is content itself."""
    if len(simplify(text).split()) > _LABEL_WORDS:
        return False
    if section.role:
        return True
    return section.level < BOLD and not text.endswith((".", "!", ":")) and not states(text)


def _slots(tree: Tree) -> Iterator[Quote]:
    """Placeholders: `...`, TBD, `<role>`, an empty list item, and help text where all the text is help."""
    prose = [block for section in tree.sections for block in section.blocks]
    for section in tree.sections:
        due = section.heading is not None or len(prose) == 1
        for block, following in zip_longest(section.blocks, section.blocks[1:]):
            if block.kind in (BlockKind.CODE, BlockKind.QUOTE):
                continue
            if _keeps_place(block, following, is_due=due and block is section.blocks[0]):
                yield Quote(block.text, block.line)
                continue
            for offset, line in enumerate(block.text.split("\n")):
                yield from slots_in(line, block.line + offset)
    if prose and all(map(is_help, prose)):
        yield Quote(prose[0].text, prose[0].line)


def _keeps_place(block: Block, following: Block | None, *, is_due: bool) -> bool:
    """Whether a whole block is a placeholder.

    An empty list item is one unless its content follows as a block of its own. "..." between two paragraphs marks an
    omission: it is a placeholder only where content is due, right under a heading.
    """
    if block.kind is BlockKind.ROW:
        return False
    if block.text:
        placeholder = content_of(block.text) is Content.SLOT or is_aside(block.text)
        return placeholder and (is_due or block.kind is not BlockKind.PARAGRAPH or _WORD.search(block.text) is not None)
    if following is None or block.kind not in (BlockKind.ITEM, BlockKind.TICK):
        return block.kind in (BlockKind.ITEM, BlockKind.TICK)
    goes_on = following.kind is BlockKind.CODE or following.level > block.level
    return not goes_on and not (following.kind is BlockKind.PARAGRAPH and following.line <= block.line + 1)
