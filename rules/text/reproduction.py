"""Finds how a defect is reproduced: a list of steps, a chain of menus, code or a command to run, a scenario in prose.

A reporter rarely writes "Steps to reproduce". "Open the basket. The total disappears." says it as well, and so does
"when saving a card the page stays empty". What only repeats the title is not a scenario.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, takewhile

from rules.document import CODE, HEADING, ITEM, PARAGRAPH, QUOTE, TICK, Block
from rules.lazy_regex import caseless, holds_one, regex
from rules.model import Kind
from rules.text.bug_patterns import LOG, REPRODUCES
from rules.text.code_to_run import code_to_run, shows_command
from rules.text.model import Quote, Section
from rules.text.placeholders import is_help, says_something, slots_in
from rules.text.scenario import begins_with_action, ends_with_action, is_scenario, sentences_of, tries
from rules.text.sections import Tree, with_code_as_prose
from rules.text.title_mood import orders

_WORD = caseless(r"\w{3,}")
# A scenario and its paragraph have at least so many words that are not in the title.
_NEW_WORDS, _NEW_IN_BLOCK = 4, 4
_NEW_IN_ACTION = 2  # "Click the button." says less, but says it plainly
_STEP_WORDS = 30
_BLOCK_CHARS = 3000
_SHOWN = 3
# What is planned or checked there does not reproduce the defect.
_PLANS = frozenset(("tasks", "acceptance", "ready-checklist", "work-around", "proposal", "links"))
_LISTS = (ITEM, PARAGRAPH, QUOTE)

# The reporter says that there are no steps.
_UNKNOWN = regex(
    r"\b(?:[Nn]o|n't have|not have) (?:an? |any )?"
    r"(?:test ?case|(?:exact |clear |reliable )?steps|(?:known |reliable )?way to reproduce)\b"
)
_UNKNOWN_WORDS = ("steps", "test", "way to")
# "1. open it 2. pay" in one line; "To reproduce: ..." in a text without headings; "Settings > Cards > Add".
_NUMBERED = regex(r"(?:^|\s)1[.)-] ?\S[^\n]{3,300}?\s2[.)-] ?\S", re.MULTILINE)
_LEADS = caseless(
    r"^[^\w\n]{0,10}(?:(?:how|steps|in order) )?(?:to )?(?:reproduc|replicat|recreat)e\b[^\n]{0,40}:\s*\S",
    re.MULTILINE,
)
_ARROW = regex(r"\s?(?:-{0,2}>{1,2}|=>|→|»)\s?")
_ARROWS = (">", "→", "»")
_ARROW_ENDS = regex(r"([>→»])[ \t]*\n")  # the chain goes on in the next line
_JOINTS = regex(r"\s*(?:[,;]\s*(?:and\s+|then\s+)*|\b(?:and|then)\s+)")
_JOINED = 3
# "Controls => Toolbar", "BaseUI> Window (StandAlone)".
_WAY = regex(
    r"[A-Z][\w ()-]{1,40}\s?(?:=>|->|>|→|»)\s?[A-Z][\w ()-]{1,40}(?:\s?(?:=>|->|>|→|»)\s?[\w ()\"-]{2,40}){0,6}"
)
_LINK = regex(r"[\w '()\"\[\]&./-]{2,60}")


def find_steps(title: str, tree: Tree, kind: Kind) -> tuple[Quote, ...]:
    """The steps from their section, otherwise the first of: a list or a chain, code or a command, a scenario."""
    written = _written(tree, kind)
    if written is not None:
        return written
    sections = [section for section in tree.sections if section.role not in _PLANS]
    blocks = with_code_as_prose([block for section in sections for block in section.blocks if not is_help(block)])
    steps = (
        _before_result(tree)
        or _listed(blocks)
        or _to_run(sections, blocks, is_order=orders(title))
        or _scenario(title, blocks)
    )
    return () if steps and any(_has_no_steps(block.text[:_BLOCK_CHARS]) for block in blocks) else steps


def _has_no_steps(text: str) -> bool:
    return holds_one(text, _UNKNOWN_WORDS) and _UNKNOWN.search(text) is not None


def _written(tree: Tree, kind: Kind) -> tuple[Quote, ...] | None:
    """The steps under a heading about them; `None` where there is no such heading or nothing below it."""
    blocks = _below(tree, _is_about_steps, frozenset(("evidence", "environment")))
    if any(_has_slot(block) for block in blocks if block.ordered):
        return ()  # "1. Go to '...'" is template text
    if not blocks and kind is Kind.BUG:
        blocks = _below(tree, lambda section: section.role == "check", frozenset(("evidence",)))
    return tuple(map(_quote, blocks)) or None


def _below(tree: Tree, wanted: Callable[[Section], bool], roles: frozenset[str]) -> list[Block]:
    return [
        block
        for index, section in enumerate(tree.sections)
        if wanted(section)
        for block in tree.content(index, roles)
        if says_something(block)
    ]


def _is_about_steps(section: Section) -> bool:
    if section.role:
        return section.role == "steps"
    return section.heading is not None and REPRODUCES.search(section.heading.text) is not None


def _has_slot(block: Block) -> bool:
    return next(slots_in(block.text, block.line), None) is not None


def _before_result(tree: Tree) -> tuple[Quote, ...]:
    """The list right before "Results:", if it has an action or a way through menus: it leads to what is seen."""
    for before, section in pairwise(tree.sections):
        if section.role == "actual" and before.role in ("", "context"):
            last = list(takewhile(lambda block: block.kind is ITEM, reversed(before.blocks)))[::-1]
            if any(_leads_on(block.text) for block in last) and all(map(_is_step, last)):
                return tuple(map(_quote, last))
    return ()


def _leads_on(text: str) -> bool:
    parts = _ARROW.split(text[:_BLOCK_CHARS])
    return begins_with_action(text) or (len(parts) > 1 and all(parts))


def _listed(blocks: Sequence[Block]) -> tuple[Quote, ...]:
    """Numbered items, or items and lines that are actions, at least two of them; or a chain of menus."""
    numbered = [block for block in blocks if block.kind is ITEM and block.ordered and _is_step(block)]
    if len(numbered) >= 2:
        return tuple(map(_quote, numbered))
    actions = [quote for block in blocks for quote in _actions_in(block)]
    if len(actions) >= 2:
        return tuple(actions)
    ways = tuple(_quote(block) for block in blocks if actions and _shows_way(block))
    if ways:
        return (*ways[:_SHOWN], *actions)
    return tuple(_quote(block) for block in blocks if _is_chain(block))[:_SHOWN]


def _shows_way(block: Block) -> bool:
    """Whether a line of a block leads from one menu to the next: with an action elsewhere, that is a scenario."""
    if block.kind not in _LISTS or not holds_one(block.text, _ARROWS):
        return False
    parts = (part.strip() for line in block.text[:_BLOCK_CHARS].split("\n") for part in line.split("•"))
    return any(map(_is_way, parts))


def _is_way(line: str) -> bool:
    return holds_one(line, _ARROWS) and _WAY.fullmatch(line) is not None


def _is_step(block: Block) -> bool:
    """Whether a numbered item may be a step: short content that is not a question."""
    return len(block.text.split()) <= _STEP_WORDS and "?" not in block.text and says_something(block)


def _actions_in(block: Block) -> Iterator[Quote]:
    """The sentences of a list or of a paragraph that are actions."""
    if block.kind not in _LISTS:
        return
    goes_on = False  # a line in lower case may only go on with the sentence before
    for offset, line in enumerate(block.text[:_BLOCK_CHARS].split("\n")):
        for number, sentence in enumerate(one for part in line.split("•") for one in sentences_of(part)):
            if _is_action(sentence) and not (goes_on and number == 0 and line[:1].islower()):
                yield Quote(sentence, block.line + offset)
                goes_on = False
            else:
                goes_on = not _is_way(sentence)


def _is_action(sentence: str) -> bool:
    if "?" in sentence or len(sentence.split()) > _STEP_WORDS:
        return False
    return begins_with_action(sentence) or ends_with_action(sentence)


def _is_chain(block: Block) -> bool:
    """Whether a block has all steps in one line: numbered, behind "To reproduce:", joined by commas or by arrows."""
    if block.kind not in _LISTS:
        return False
    text = block.text[:_BLOCK_CHARS]
    if "1" in text and _NUMBERED.search(text):
        return True
    if "re" in text.lower() and ":" in text and _LEADS.search(text):
        return True
    if "," in text and any(map(_joins_actions, sentences_of(text))):
        return True
    if not holds_one(text, _ARROWS):
        return False
    return any(map(_is_path, _ARROW_ENDS.sub(r"\1 ", text).split("\n")))


def _joins_actions(sentence: str) -> bool:
    """Whether a sentence is a list of actions: "Open the basket, press pay, press back, and nothing happens"."""
    first = _JOINTS.split(sentence, maxsplit=1)[0]
    if not begins_with_action(first):
        return False
    parts = _JOINTS.split(sentence, maxsplit=_JOINED)
    return len(parts) >= _JOINED and all(map(begins_with_action, parts[:_JOINED]))


def _is_path(line: str) -> bool:
    """Whether a line leads from menu to menu, or from action to action."""
    parts = _ARROW.split(line)
    return len(parts) >= 3 and all(map(_LINK.fullmatch, parts[1:-1])) and bool(parts[0] and parts[-1])


def _to_run(sections: Sequence[Section], blocks: Sequence[Block], *, is_order: bool) -> tuple[Quote, ...]:
    """Code or a command that reproduces the defect."""
    code = next(code_to_run(sections, is_order=is_order), None)
    if code is None:
        code = next((block for block in blocks if shows_command(block.text)), None)
    return (_quote(code),) if code is not None else ()


def _scenario(title: str, blocks: Sequence[Block]) -> tuple[Quote, ...]:
    """The blocks that describe an action and its result, in more words than the title has."""
    title_words = set(_WORD.findall(title.lower()))
    return tuple(_quote(block) for block in blocks if _has_scenario(block, title_words))[:_SHOWN]


def _has_scenario(block: Block, title_words: set[str]) -> bool:
    if block.kind in (CODE, HEADING, TICK):
        return False
    text = block.text[:_BLOCK_CHARS]
    return _new_words(text, title_words) >= _NEW_IN_BLOCK and any(
        _says_more(sentence, title_words) and not LOG.match(sentence) and is_scenario(sentence)
        for sentence in (*sentences_of(text), *_lines_of_actions(text))
    )


def _says_more(sentence: str, title_words: set[str]) -> bool:
    """Whether a sentence has enough words that are not in the title."""
    new = _new_words(sentence, title_words)
    return new >= _NEW_WORDS or (new >= _NEW_IN_ACTION and tries(sentence))


def _lines_of_actions(text: str) -> Iterator[str]:
    """The sentences of lines that begin with an action: where line ends are lost, one runs on from the line before."""
    _, *others = text.split("\n")
    return (
        sentence
        for line in others
        if line[:1].isupper() and begins_with_action(line)
        for sentence in sentences_of(line)
    )


def _new_words(text: str, title_words: set[str]) -> int:
    return len(set(_WORD.findall(text.lower())) - title_words)


def _quote(block: Block) -> Quote:
    return Quote(block.text, block.line)
