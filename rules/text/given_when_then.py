"""Finds scenarios: Given, When and Then over lines, in one line, or as the columns of a table."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Iterable, Iterator, Sequence

from rules.document import CODE, ROW, Block
from rules.lazy_regex import caseless, regex
from rules.text.languages import LANGUAGES
from rules.text.model import Criterion, Quote
from rules.text.placeholders import Content, content_of
from rules.text.tables import cells_of, says_nothing, scenario_columns

_MAX_LINES = 14
_MAX_CHARS = 2000


def _words(place: int, behind: str = "") -> str:
    """The words for given, when or then; those of languages with spaces end with a word, and with what is `behind`."""
    spaced = "|".join(language.scenario[place] for language in LANGUAGES if language.spaced)
    joined = "|".join(language.scenario[place] for language in LANGUAGES if not language.spaced)
    return rf"(?:(?:{spaced})\b{behind}|(?:{joined}))"


_START = r"^[\s>*_#\"'-]{0,8}(?:and |then )?"
_GIVEN = "given|givet|angenommen|gege|dad|data |date |dati |dato |dano|soit|stel|etant|gitt|ajac|pokud|predpokladu|diyelim|varsay|zalozeniu|oletetaan"
OPENS_SCENARIO = caseless(rf"{_START}{_words(0)}", parts=_GIVEN)
_APART = r"(?=[\s:*_])"
_STEP = tuple(caseless(rf"{_START}{_words(place, _APART)}[\s:：*_、,]*[^\s:：*_、,]") for place in range(3))
CONTINUES_SCENARIO = caseless(rf"{_START}(?:and\b|und\b|but\b|{_words(1)}|{_words(2)})")
# Code with scenarios is Gherkin; no other code is read.
_GHERKIN = caseless(rf"\n[^\S\n]*{_words(0)}")
_OPENS_LATER = caseless(rf"[.:;]\s+{_words(0)}", parts=_GIVEN)
# Without this no line of a text opens a scenario, at its start or later: the engine jumps from sign to sign.
_MAY_OPEN = caseless(rf"[\n.:;][\s>*_#\"'-]*+(?:and |then )?{_words(0)}", parts=_GIVEN)
_GOES_ON_IN_LINE = caseless(rf"[^\n]{{2,300}}?[,;.，、\s]\s*{_words(1)}[^\n]{{2,300}}?[,;.，、]\s*{_words(2)}")


def find_scenarios(blocks: Sequence[Block], prose: str) -> Iterator[Criterion]:
    """Given, when and then in this order, each at the start of a line, or all three in one line; no template's.

    `prose` is the text of all blocks but code.
    """
    if _MAY_OPEN.search(f"\n{prose}") is None and not any(map(_is_gherkin, blocks)):
        return
    reached, opened = 0, (0, Quote("", 0))
    for number, (line, quote) in enumerate(_lines(blocks)):
        opens = OPENS_SCENARIO.match(line)
        if _is_whole(line, opens):
            yield Criterion(quote=quote, form="scenario")
            reached = 0
        elif opens and _STEP[0].match(line):
            reached, opened = int(_says_something(line)), (number, quote)
        elif reached and number - opened[0] > _MAX_LINES:
            reached = 0
        elif reached and _STEP[reached].match(line) and _says_something(line):
            reached += 1
            if reached == len(_STEP):
                yield Criterion(quote=opened[1], form="scenario")
                reached = 0


def _is_whole(line: str, opens: re.Match[str] | None) -> bool:
    """Whether a line holds all three parts and is not a template's; `opens` is its first word for given, if any."""
    given = opens or _OPENS_LATER.search(line)
    if given is None or len(line) >= _MAX_CHARS or not _GOES_ON_IN_LINE.match(line, given.end()):
        return False
    return content_of(line) is Content.REAL


def _says_something(line: str) -> bool:
    return content_of(line.strip()) is not Content.SLOT


def find_scenario_tables(blocks: Iterable[Block]) -> Iterator[Criterion]:
    """The rows below a header with the columns Given, When and Then, where all three say something."""
    columns: tuple[int, ...] = ()
    for block in blocks:
        if block.kind is not ROW:
            columns = ()
        elif not columns:
            columns = scenario_columns(block)
        else:
            cells = cells_of(block)
            steps = [cells[place] for place in columns if place < len(cells)]
            if len(steps) == len(columns) and not any(map(_is_empty, steps)):
                yield Criterion(quote=Quote(block.text, block.line), form="scenario")


def _is_empty(cell: str) -> bool:
    return says_nothing(cell) or content_of(cell) is not Content.REAL


def _is_gherkin(block: Block) -> bool:
    return block.kind is CODE and _GHERKIN.search(f"\n{block.text[:_MAX_CHARS]}") is not None


def _lines(blocks: Iterable[Block]) -> Iterator[tuple[str, Quote]]:
    for block in blocks:
        if block.kind is CODE and not _is_gherkin(block):
            continue
        for offset, line in enumerate(block.text.split("\n")):
            yield line, Quote(line, block.line + offset)


_ALSO = caseless(r"^[\s>*_#\"'-]{0,8}(?:and|but|or|und|aber|oder|y|o|et|ou|e)\b")
_WHEN_INSIDE = regex(rf"\b{_words(1)}(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_THEN_INSIDE = caseless(rf"\b{_words(2)}|[,;:]\s*\S+\s+\S+|[.!]\s+\S")


def unfinished_scenarios(criteria: Iterable[Criterion]) -> Iterator[Quote]:
    """The first lines of scenarios that say given and when, and not what happens then.

    A result after a comma counts ("Given a voucher, when it is used, the total falls"), and so does any line after the
    when that does not begin with "and" or "but".
    """
    opened: Quote | None = None
    has_when = False
    for quote in _lines_of(criteria):
        if OPENS_SCENARIO.match(quote.text):
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
