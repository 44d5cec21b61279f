"""Finds acceptance criteria: under a heading for them, as scenarios, under a line such as "It should:", or labelled."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rules.document import CODE, HEADING, ITEM, PARAGRAPH, QUOTE, ROW, TICK, Block
from rules.lazy_regex import holds_one
from rules.text.criteria_lines import (
    ENOUGH_WORDS,
    SHORT_CHARS,
    begins_with_modal,
    calls_itself_sample,
    is_lead,
    is_requirement,
    leads_to_tasks,
    names_condition,
    opens_conditions,
    requires,
    says_done_when,
    says_how_to_check,
    says_what_follows,
    says_what_must_be,
    states_condition,
)
from rules.text.given_when_then import CONTINUES_SCENARIO, OPENS_SCENARIO, find_scenario_tables, find_scenarios
from rules.text.model import Criterion, Presence, Quote, Section
from rules.text.placeholders import says_something
from rules.text.sections import NUMBERED, Tree
from rules.text.tables import cells_of, is_header, says_nothing

# Roles of sections with acceptance criteria; "expected" is one outside bug reports.
SLOTS = frozenset(("acceptance", "check", "outcome", "expected"))
# Roles of sections below such a heading that still belong to it.
_BELOW = SLOTS | frozenset(("steps", "actual", "requirements", "mobile", "environment"))
# Roles of sections whose boxes are tasks, questions or a checklist of the process.
_OTHER_BOXES = frozenset(
    ("ready-checklist", "tasks", "questions", "dependencies", "environment", "links", "evidence", "notes")
)
# The share of a list's boxes that state conditions; a list of defects or tasks has a few as well.
_MOST = 0.7
_ASKED_CHARS = 200
_CASE_CHARS = 4000  # of a block, looked at for a case
_NO_PROSE = (CODE, HEADING, TICK)
_ITEMS = (ITEM, TICK)
_REQUIRE = ("shall", "SHALL", "MUSS", "SOLL")


@dataclass(frozen=True, slots=True)
class AcceptanceCriteria:
    """The acceptance criteria, the empty places for them, and the samples of a template in them."""

    criteria: tuple[Criterion, ...]
    empty: tuple[Quote, ...]
    samples: tuple[Quote, ...] = ()

    @property
    def presence(self) -> Presence:
        """Present, empty or absent."""
        if self.criteria:
            return "present"
        return "empty" if self.empty else "absent"


def find_criteria(
    tree: Tree, acceptance: Sequence[Block] | None, written: Callable[[Iterable[Block]], Iterable[Block]] = iter
) -> AcceptanceCriteria:
    """All criteria of an issue.

    `acceptance` is the content of a field of their own, `None` where the site has none. `written` gives its blocks that
    are not the site's template.
    """
    criteria: list[Criterion] = []
    empty: list[Quote] = []
    samples: dict[Block, None] = {}
    if acceptance is not None:
        criteria += _from_blocks(written(acceptance))
        empty += [Quote(block.text, block.line) for block in acceptance if not criteria]
    for index, section in enumerate(tree.sections):
        if section.role not in SLOTS:
            continue
        content = _content(tree, index, section)
        samples.update(dict.fromkeys(_samples(content)))
        own = _from_blocks(block for block in content if block not in samples)
        own += _bold_statements(tree, index) if not own else []
        criteria += own
        if not own and section.heading is not None:
            empty.append(section.heading)
    blocks = [block for section in tree.sections for block in section.blocks if not samples or block not in samples]
    prose = "\n".join([block.text for block in blocks if block.kind is not CODE])
    criteria += find_scenarios(blocks, prose)
    criteria += find_scenario_tables(blocks)
    for section in tree.sections:
        criteria += _led_in([block for block in section.blocks if not samples or block not in samples], section)
        criteria += _boxes(section)
        if section.role not in _OTHER_BOXES:
            criteria += _begun_with_modal(section.blocks)
    criteria += _sentences(blocks, prose)
    sampled = tuple(Quote(block.text, block.line) for block in samples)
    return AcceptanceCriteria(tuple(_distinct(criteria)), tuple(empty), sampled)


def says_case(title: str, blocks: Iterable[Block], sections: Iterable[Section]) -> bool:
    """Whether it says elsewhere what should be: in the title, in a list of requirements, or for a case in the prose."""
    if any(map(_lists_requirements, sections)):
        return True
    prose = (block.text[:_CASE_CHARS] for block in blocks if block.kind not in _NO_PROSE)
    return says_what_must_be(title) or says_what_follows(title) or any(map(says_what_follows, prose))


def _lists_requirements(section: Section) -> bool:
    items = [block for block in section.blocks if block.kind is ITEM and names_condition(block.text)]
    return section.role == "requirements" and len(items) > 1


def _samples(content: Sequence[Block]) -> Iterator[Block]:
    """The blocks that call themselves a sample, each with the steps of its scenario."""
    level = None
    for block in content:
        if calls_itself_sample(block.text):
            level = block.level
            yield block
        elif level is not None and (block.level > level or CONTINUES_SCENARIO.match(block.text)):
            yield block
        else:
            level = None


def _content(tree: Tree, index: int, section: Section) -> tuple[Block, ...]:
    """The blocks of a section for criteria; what follows a labelled criterion as a paragraph is no longer its own."""
    content = tree.content(index, _BELOW)
    if section.level != NUMBERED:
        return content
    further = next((at for at, block in enumerate(content) if at and block.kind is PARAGRAPH), len(content))
    return content[:further]


def _distinct(criteria: Iterable[Criterion]) -> Iterator[Criterion]:
    """Each place once, the first criterion there."""
    seen: set[tuple[int, str]] = set()
    for criterion in criteria:
        place = criterion.quote.line, criterion.quote.text.split("\n", 1)[0]
        if place not in seen:
            seen.add(place)
            yield criterion


def _from_blocks(blocks: Iterable[Block]) -> list[Criterion]:
    """A criterion a block; lines that somebody ended on purpose are blocks, and the steps of a scenario are one."""
    criteria: list[Criterion] = []
    after_row, in_scenario = False, False
    for block in blocks:
        is_row = block.kind is ROW
        parts = _lines_of(block) if not is_row else (block,) if _tells(block, is_first=not after_row) else ()
        for part in filter(_can_be_checked, parts):
            if in_scenario and CONTINUES_SCENARIO.match(part.text):
                opened = criteria.pop()
                text = f"{opened.quote.text}\n{part.text}"
                criteria.append(replace(opened, quote=Quote(text, opened.quote.line)))
            else:
                criteria.append(_criterion(part))
                in_scenario = criteria[-1].form == "scenario"
        after_row = is_row
    return criteria


def _tells(row: Block, *, is_first: bool) -> bool:
    """Whether a table's row has words about what must hold; its header has none."""
    cells = cells_of(row)
    if len(row.heads) == len(cells) or (is_first and is_header(row)):
        return False
    statements = (Block(kind=ITEM, text=cell) for cell in cells if not says_nothing(cell))
    return any(map(_can_be_checked, statements))


def _lines_of(block: Block) -> Iterator[Block]:
    """A paragraph's lines, each as an item, unless they are only wrapped or one scenario."""
    lines = block.text.split("\n")
    if block.kind not in (PARAGRAPH, QUOTE) or block.wrapped or len(lines) == 1:
        yield block
        return
    if OPENS_SCENARIO.match(block.text):
        yield block
        return
    begun = ""
    start = block.line
    for number, line in enumerate(lines, start=block.line):
        if begun and line[:1].islower() and begun[:1].isupper() and not begun.endswith((".", ";", "!", "?", ":")):
            begun = f"{begun}\n{line}"
            continue
        if begun:
            yield replace(block, kind=ITEM, text=begun, line=start)
        begun, start = line, number
    yield replace(block, kind=ITEM if start != block.line else block.kind, text=begun, line=start)


def _can_be_checked(block: Block) -> bool:
    """Whether a block says something about what must hold: not a slot, a picture, a question, a sample, a mere wish."""
    if block.only_pictures or not says_something(block) or _only_asks(block):
        return False
    return block.kind is CODE or len(block.text) > SHORT_CHARS or names_condition(block.text)


def _only_asks(block: Block) -> bool:
    """Whether a paragraph is a question, or an item is a word or two with a question mark, such as "Docs?"."""
    if not block.text.endswith(("?", "？")) or len(block.text) > _ASKED_CHARS:
        return False
    return block.kind is PARAGRAPH or len(block.text.split()) < ENOUGH_WORDS - 1


def _criterion(block: Block) -> Criterion:
    quote = Quote(block.text, block.line)
    if OPENS_SCENARIO.match(block.text):
        return Criterion(quote=quote, form="scenario", ticked=block.ticked)
    if block.kind is TICK:
        return Criterion(quote=quote, form="tick", ticked=block.ticked)
    return Criterion(quote=quote, form="item" if block.kind in (ITEM, ROW) else "prose")


def _bold_statements(tree: Tree, index: int) -> list[Criterion]:
    """Headings right below the one for criteria that are sentences and have nothing below them."""
    return [
        Criterion(quote=section.heading, form="item")
        for section in tree.below(index)
        if section.heading is not None
        and not section.role
        and not section.blocks
        and len(section.heading.text.split()) >= ENOUGH_WORDS - 1
        and names_condition(section.heading.text)
    ]


def _led_in(blocks: Sequence[Block], section: Section) -> Iterator[Criterion]:
    """The items under a line or a heading such as "The new page should:"."""
    if section.heading is not None and not section.role and is_lead(section.heading.text, is_heading=True):
        yield from _items_at(blocks, 0)
    for position, block in enumerate(blocks):
        if block.kind is not PARAGRAPH:
            continue
        if is_lead(block.text):
            yield from _items_at(blocks, position + 1)
        elif opens_conditions(block.text):
            items = _items_at(blocks, position + 1)
            if items and all(states_condition(item.quote.text) for item in items):
                yield from items


def _begun_with_modal(blocks: Sequence[Block]) -> Iterator[Criterion]:
    """Items that all say what it or something else "should" or "must" do, whatever is before their list."""
    if sum(block.kind in _ITEMS for block in blocks) < 2:
        return
    for is_item, run in groupby(blocks, key=lambda block: block.kind in _ITEMS):
        items = list(run) if is_item else []
        texts = [item.text for item in items]
        if len(items) >= 2 and (all(map(begins_with_modal, texts)) or all(map(requires, texts))):
            yield from _from_blocks(items)


def _items_at(blocks: Sequence[Block], position: int) -> list[Criterion]:
    items = []
    for following in blocks[position:]:
        if following.kind not in _ITEMS:
            break
        items.append(following)
    return _from_blocks(items) if len(items) >= 2 else []


def _boxes(section: Section) -> list[Criterion]:
    """The tick boxes of a section that state conditions, though no heading or line says that they are criteria."""
    boxes = [block for block in section.blocks if block.kind is TICK and block.text]
    if len(boxes) < 2 or section.role in _OTHER_BOXES:
        return []
    before = section.blocks[max(0, section.blocks.index(boxes[0]) - 1)]
    named = section.heading.text if section.heading is not None else ""
    if leads_to_tasks(named) or (before.kind is PARAGRAPH and leads_to_tasks(before.text)):
        return []
    conditions = [box for box in boxes if states_condition(box.text)]
    return _from_blocks(conditions) if len(conditions) >= max(2, _MOST * len(boxes)) else []


def _sentences(blocks: Iterable[Block], prose: str) -> Iterator[Criterion]:
    """Sentences such as "Done when it is stored", "Run it, you should see it" and "When empty, it shall say so".

    `prose` is the text of all blocks but code: what is nowhere in it is not looked for in each of them.
    """
    some_done, some_require, some_check = says_done_when(prose), holds_one(prose, _REQUIRE), "should" in prose
    for block in blocks if some_done or some_require or some_check else ():
        if block.kind in (CODE, ROW):
            continue
        done = some_done and block.kind is PARAGRAPH and says_done_when(block.text)
        requires = some_require and holds_one(block.text, _REQUIRE)
        checks = block.kind is PARAGRAPH and "should" in block.text
        for offset, line in enumerate(block.text.split("\n") if done or requires or checks else ()):
            is_check = (done and says_done_when(line)) or (checks and says_how_to_check(line))
            if is_check and _is_whole_sentence(line):
                yield Criterion(quote=Quote(line, block.line + offset), form="prose")
            elif requires and is_requirement(line):
                yield Criterion(quote=Quote(line, block.line + offset), form="item")


def _is_whole_sentence(line: str) -> bool:
    return not line.rstrip().endswith(":") and len(line.split()) >= ENOUGH_WORDS
