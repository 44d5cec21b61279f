"""Reads one issue: asks each reader in turn and sums up in the words of the labelling guideline."""

from collections.abc import Iterator, Sequence

from rules.document import EMPTY, Block, BlockKind, Document
from rules.model import Kind
from rules.reading.criteria import Found, find_criteria
from rules.reading.defects import Defect, read_defect, reports_defect
from rules.reading.found import Facts, Quote, Reading, Story, YesNo
from rules.reading.placeholders import Content, content_of, is_aside, is_instruction, is_unfilled_field, slots_in
from rules.reading.questions import find_questions
from rules.reading.sections import Tree, split
from rules.reading.story import find_story


def read_issue(title: str, document: Document, kind: Kind, acceptance: Document | None = None) -> Reading:
    """Everything the rules may ask about one issue's text.

    `acceptance` is the text of a field of its own for acceptance criteria, `None` where the site has none.
    Pure and total: any document gives a reading, and the same one each time.
    """
    tree = Tree(split(document))
    story = find_story(title, document.blocks)
    found = find_criteria(tree, acceptance.blocks if acceptance is not None else None)
    is_bug = reports_defect(title, tree, kind, is_story=story is not None)
    defect = read_defect(title, tree, kind) if is_bug else None
    questions = find_questions(tree.sections, is_bug=is_bug)
    empty, slots = tuple(_empty_slots(tree)), tuple(_slots(document))
    return Reading(
        facts=_facts(story, found, defect, slots=(*empty, *slots), questions=questions),
        sections=tree.sections,
        story=story,
        criteria=found.criteria,
        empty_slots=tuple(dict.fromkeys((*found.empty, *empty))),
        placeholders=slots,
        questions=questions,
        steps=defect.steps if defect else (),
        expected=defect.expected if defect else None,
        actual=defect.actual if defect else None,
        words=document.words + (acceptance or EMPTY).words,
    )


def _facts(
    story: Story | None, found: Found, defect: Defect | None, *, slots: Sequence[Quote], questions: Sequence[Quote]
) -> Facts:
    return Facts(
        story_form=_yes(story is not None),
        story_benefit=_yes(bool(story.benefit)) if story is not None else "na",
        acceptance="na" if defect is not None else found.presence,
        steps=_yes(bool(defect.steps)) if defect is not None else "na",
        expected=_yes(defect.expected is not None) if defect is not None else "na",
        actual=_yes(defect.actual is not None) if defect is not None else "na",
        placeholder=_yes(bool(slots)),
        open_question=_yes(bool(questions)),
    )


def _yes(claim: bool) -> YesNo:  # noqa: FBT001 - a claim turned into the word for it is all this does
    return "yes" if claim else "no"


def _empty_slots(tree: Tree) -> Iterator[Quote]:
    """Headings of the template with nothing under them, and items left at their colon."""
    every = frozenset(section.role for section in tree.sections)
    for index, section in enumerate(tree.sections):
        heading = section.heading
        if heading is not None and (section.level < 7 or section.role) and not tree.content(index, every):
            yield heading
        for block, following in zip(section.blocks, (*section.blocks[1:], None), strict=False):
            if is_unfilled_field(block, following):
                yield Quote(block.text, block.line)


def _slots(document: Document) -> Iterator[Quote]:
    """What only keeps a place: `...`, TBD, `<role>`, a bare list sign, and help text where all the text is help."""
    for block, following in zip(document.blocks, (*document.blocks[1:], None), strict=False):
        if block.kind in (BlockKind.CODE, BlockKind.QUOTE, BlockKind.HEADING):
            continue
        if _keeps_place(block, following):
            yield Quote(block.text, block.line)
            continue
        for offset, line in enumerate(block.text.split("\n")):
            yield from slots_in(line, block.line + offset)
    prose = [block for block in document.blocks if block.kind is not BlockKind.HEADING]
    if prose and all(is_instruction(block.text) for block in prose):
        yield Quote(prose[0].text, prose[0].line)


def _keeps_place(block: Block, following: Block | None) -> bool:
    """Whether a whole block is a slot. A bare list sign is one unless its content follows as a block of its own."""
    if block.kind is BlockKind.ROW:
        return False
    if block.text:
        return content_of(block.text) is Content.SLOT or is_aside(block.text)
    if following is None or block.kind not in (BlockKind.ITEM, BlockKind.TICK):
        return block.kind in (BlockKind.ITEM, BlockKind.TICK)
    goes_on = following.kind is BlockKind.CODE or following.level > block.level
    return not goes_on and not (following.kind is BlockKind.PARAGRAPH and following.line <= block.line + 1)
