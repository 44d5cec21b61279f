"""Finds acceptance criteria: under a heading for them, as Given / When / Then, or under a line such as "It should:"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rules.document import Block, BlockKind
from rules.text.languages import LANGUAGES
from rules.text.model import Criterion, Presence, Quote
from rules.text.placeholders import says_something
from rules.text.sections import Tree

# Roles of sections with acceptance criteria; "expected" is one outside bug reports.
SLOTS = frozenset(("acceptance", "check", "outcome", "expected"))
# Roles of sections below such a heading that still belong to it.
_BELOW = SLOTS | frozenset(("steps", "actual", "requirements", "mobile", "environment"))
_MAX_SCENARIO_LINES = 14

_LEAD = re.compile(
    r"(?:.*\b)?(?:should|must|shall|(?:is|are) expected to|(?:is|are) required to|will be able to|needs? to be able to)"
    r"(?: (?:also|then|now|be|have|not|be able to|support|allow|at least))*(?: the following)?\s*[:…-]*",
    re.IGNORECASE,
)
_NAMES_CRITERIA = re.compile(r"\b(?:criteri(?:a|on)|conditions of satisfaction)\b[^.]{0,60}:\s*$", re.IGNORECASE)
_DONE_WHEN = re.compile(
    rf"(?:^|[.!?]\s+)(?:{'|'.join(language.done_when for language in LANGUAGES)})", re.IGNORECASE | re.MULTILINE
)
# Criteria that call themselves a sample belong to the template, even if well written.
_CALLS_ITSELF_SAMPLE = re.compile(
    r"\b(?:samples?|examples?|placeholder|dummy) (?:\w+ )?criteri(?:a|on)\b", re.IGNORECASE
)
# "Done when finished" is not a criterion yet.
_ENOUGH_WORDS = 5
_ASKED_CHARS = 200
# What the team or the author should do is a task, not a criterion.
_DOERS = re.compile(r"\b(?:we|i|you|developers?|team|someone|to do|let's)\b|^\W*(?:before|after|when)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AcceptanceCriteria:
    """The acceptance criteria, and the empty places for them."""

    criteria: tuple[Criterion, ...]
    empty: tuple[Quote, ...]

    @property
    def presence(self) -> Presence:
        """Present, empty or absent."""
        if self.criteria:
            return "present"
        return "empty" if self.empty else "absent"


def find_criteria(tree: Tree, acceptance: Sequence[Block] | None) -> AcceptanceCriteria:
    """All criteria of an issue; `acceptance` is the content of a field of their own, `None` where the site has none."""
    criteria: list[Criterion] = []
    empty: list[Quote] = []
    samples: set[Block] = set()
    if acceptance is not None:
        criteria += _from_blocks(acceptance)
        empty += [Quote(block.text, block.line) for block in acceptance if not criteria]
    for index, section in enumerate(tree.sections):
        if section.role not in SLOTS:
            continue
        content = tuple(tree.content(index, _BELOW))
        if any(_CALLS_ITSELF_SAMPLE.search(block.text) for block in content):
            samples.update(content)
        own = _from_blocks(block for block in content if block not in samples)
        criteria += own
        if not own and section.heading is not None:
            empty.append(section.heading)
    blocks = [block for section in tree.sections for block in section.blocks if block not in samples]
    criteria += _scenarios(blocks)
    criteria += _led_in(blocks)
    criteria += _done_when(blocks)
    return AcceptanceCriteria(tuple(_distinct(criteria)), tuple(empty))


def _distinct(criteria: Iterable[Criterion]) -> Iterator[Criterion]:
    """Each place once, the first criterion there."""
    seen: set[Quote] = set()
    for criterion in criteria:
        if criterion.quote not in seen:
            seen.add(criterion.quote)
            yield criterion


def _from_blocks(blocks: Iterable[Block]) -> list[Criterion]:
    return [_criterion(block) for block in blocks if says_something(block) and not _only_asks(block)]


def _only_asks(block: Block) -> bool:
    """Whether a paragraph is a question, or an item is a word or two with a question mark, such as "Docs?"."""
    if not block.text.endswith("?") or len(block.text) > _ASKED_CHARS:
        return False
    return block.kind is BlockKind.PARAGRAPH or len(block.text.split()) < _ENOUGH_WORDS - 1


def _criterion(block: Block) -> Criterion:
    quote = Quote(block.text, block.line)
    if _OPENS_SCENARIO.match(block.text):
        return Criterion(quote=quote, form="scenario", ticked=block.ticked)
    if block.kind is BlockKind.TICK:
        return Criterion(quote=quote, form="tick", ticked=block.ticked)
    return Criterion(quote=quote, form="item" if block.kind is BlockKind.ITEM else "prose")


def _words(place: int) -> str:
    return "|".join(language.scenario[place] for language in LANGUAGES)


_START = r"^[\s>*_#\"'-]{0,8}(?:and |then )?"
_OPENS_SCENARIO = re.compile(rf"{_START}(?:{_words(0)})\b", re.IGNORECASE)
_STEP = tuple(re.compile(rf"{_START}(?:{_words(place)})\b[\s:*_]+\S", re.IGNORECASE) for place in range(3))
# Code with scenarios is Gherkin; no other code is read.
_GHERKIN = re.compile(rf"^\s*(?:{_words(0)})\b", re.IGNORECASE | re.MULTILINE)
_IN_ONE = re.compile(
    rf"(?:{_START}|[.:;]\s+)(?:{_words(0)})\b[^\n]{{2,300}}?[,;.\s]\s*(?:{_words(1)})\b[^\n]{{2,300}}?[,;.]\s*(?:{_words(2)})\b",
    re.IGNORECASE,
)


def _scenarios(blocks: Sequence[Block]) -> Iterator[Criterion]:
    """Given, when and then in this order, each at the start of a line, or all three in one line."""
    reached, opened = 0, (0, Quote("", 0))
    for number, (line, quote) in enumerate(_lines(blocks)):
        if len(line) < 2000 and _IN_ONE.search(line):
            yield Criterion(quote=quote, form="scenario")
            reached = 0
            continue
        if _STEP[0].match(line):
            reached, opened = 1, (number, quote)
        elif reached and number - opened[0] > _MAX_SCENARIO_LINES:
            reached = 0
        elif reached and _STEP[reached].match(line):
            reached += 1
            if reached == len(_STEP):
                yield Criterion(quote=opened[1], form="scenario")
                reached = 0


_ALSO = re.compile(r"^[\s>*_#\"'-]{0,8}(?:and|but|or|und|aber|oder|y|o|et|ou|e)\b", re.IGNORECASE)
_WHEN_INSIDE = re.compile(rf"\b(?:{_words(1)})\b(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_THEN_INSIDE = re.compile(rf"\b(?:{_words(2)})\b|[,;:]\s*\S+\s+\S+|[.!]\s+\S", re.IGNORECASE)


def unfinished_scenarios(criteria: Iterable[Criterion]) -> Iterator[Quote]:
    """The first lines of scenarios that say given and when, and not what happens then.

    A result after a comma counts ("Given a voucher, when it is used, the total falls"), and so does any line after the
    when that does not begin with "and" or "but".
    """
    opened: Quote | None = None
    has_when = False
    for quote in _lines_of(criteria):
        if _OPENS_SCENARIO.match(quote.text):
            if opened is not None and has_when:
                yield opened
            inside = _WHEN_INSIDE.search(quote.text)
            opened, has_when = quote, inside is not None
            if inside is not None and _THEN_INSIDE.search(inside["rest"]):
                opened = None
        elif opened is not None and _STEP[1].match(quote.text):
            has_when = True
            inside = _WHEN_INSIDE.search(quote.text)
            if inside is not None and _THEN_INSIDE.search(inside["rest"]):
                opened = None
        elif opened is not None and has_when and not _ALSO.match(quote.text):
            opened = None
    if opened is not None and has_when:
        yield opened


def _lines_of(criteria: Iterable[Criterion]) -> Iterator[Quote]:
    """Each written line of the criteria once, in the order of the text."""
    seen: dict[tuple[int, str], Quote] = {}
    for criterion in criteria:
        for offset, line in enumerate(criterion.quote.text.split("\n")):
            quote = Quote(line.strip(), criterion.quote.line + offset)
            if quote.text:
                seen.setdefault((quote.line, quote.text), quote)
    return iter(sorted(seen.values(), key=lambda quote: quote.line))


def _lines(blocks: Iterable[Block]) -> Iterator[tuple[str, Quote]]:
    for block in blocks:
        if block.kind is BlockKind.CODE and not _GHERKIN.search(block.text[:2000]):
            continue
        for offset, line in enumerate(block.text.split("\n")):
            yield line, Quote(line, block.line + offset)


def _led_in(blocks: Sequence[Block]) -> Iterator[Criterion]:
    """The items under a line such as "The new page should:"."""
    for position, block in enumerate(blocks):
        if block.kind is not BlockKind.PARAGRAPH or not _is_lead(block.text):
            continue
        items = []
        for following in blocks[position + 1 :]:
            if following.kind not in (BlockKind.ITEM, BlockKind.TICK):
                break
            items.append(following)
        if len(items) >= 2:
            yield from _from_blocks(items)


def _done_when(blocks: Iterable[Block]) -> Iterator[Criterion]:
    """Sentences such as "Done when the image can be stored"."""
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH and _DONE_WHEN.search(block.text):
            for offset, line in enumerate(block.text.split("\n")):
                if _DONE_WHEN.search(line) and not line.rstrip().endswith(":") and len(line.split()) >= _ENOUGH_WORDS:
                    yield Criterion(quote=Quote(line, block.line + offset), form="prose")


def _is_lead(text: str) -> bool:
    last = text.rsplit("\n", 1)[-1][-200:]
    if not last.rstrip().endswith((":", "…", "...", "-")):
        return False
    if _NAMES_CRITERIA.search(last) or _DONE_WHEN.search(last):
        return True
    return _LEAD.fullmatch(last) is not None and not _DOERS.search(last)
