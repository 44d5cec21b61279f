"""No text, however odd or huge, makes the catalogue raise, stall or change its mind."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.backlog.index import Backlog
from rules.document import Block, BlockKind, Document
from rules.model import Kind
from rules.ready import RULES
from rules.rule import Subject
from rules.text import Criterion, Facts, Quote, Reading, Section, Story
from rules.verdict import Judgement, Ruleset
from tests.factories import comment, issue, judge, link, snapshot
from tests.thorough import scaled

ALL = Ruleset(product=tuple(rule() for rule in RULES))

SPICE = st.sampled_from(
    [
        *("As a user, I want ", " so that ", "## Acceptance criteria", "- [x] Estimated", "TBD", "<role>", "Given "),
        *("When ", "Then ", "(((", ")", "[[", "{{x}}", "\x00", "\u202e", "\u200b", "blocked by ABC-1", "? ", " and "),
        *("99999999999999999999 days", "1. ", "<!--", "| a | b |", "Steps to reproduce:", "Expected:", "\r\n"),
        *("e\u0301\u0301", "\U0001f642", "=cmd()", "a" * 300),
    ]
)
TEXT = st.lists(st.one_of(SPICE, st.text(max_size=40)), max_size=12).map("".join)
FACTS = Facts(
    story_form="yes",
    story_benefit="no",
    acceptance="present",
    steps="no",
    expected="no",
    actual="no",
    placeholder="yes",
    open_question="yes",
)
BLOCK = st.builds(
    Block,
    kind=st.sampled_from(BlockKind),
    text=TEXT,
    level=st.integers(0, 7),
    ordered=st.booleans(),
    ticked=st.sampled_from([None, True, False]),
    line=st.integers(0, 50),
)


def judged(document: Document, kind: Kind, title: str) -> Judgement:
    """What the whole catalogue makes of a text, with a few links around."""
    odd = issue(
        "SHOP-1", kind=kind, title=title, document=document, links=(link("SHOP-2"), link("X-1")), comments=(comment(),)
    )
    return judge(snapshot(odd, issue("SHOP-2", title=title, document=document)), ALL)


@settings(max_examples=scaled(50, 150), deadline=None)
@given(st.lists(BLOCK, max_size=8), st.sampled_from(Kind), TEXT)
def test_no_text_makes_a_rule_raise_and_each_gives_the_same_answer_twice(
    blocks: list[Block], kind: Kind, title: str
) -> None:
    """Whatever the blocks, the kind and the title."""
    document = Document(tuple(blocks))

    first, second = judged(document, kind, title), judged(document, kind, title)

    assert first.errors == ()
    assert first.verdicts == second.verdicts
    assert all(0 <= verdict.score <= 100 for verdict in first.verdicts)


HUGE = 650_000
"""Characters: the longest description seen in the wild has 646,497. The reader's own bounds are tested with it."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "word ",
        "a",
        "\n",
        "(",
        "As a user, I want ",
        "at a.b( ",
        "blocked by ",
        "1",
        "and verily ",
        "? ",
        "- ",
    ],
)
def test_a_huge_text_takes_bounded_work(piece: str) -> None:
    """Measured in seconds of this process alone, so that a busy machine changes nothing. A day's texts are shorter."""
    length = scaled(HUGE // 4, HUGE)
    text = piece * (length // len(piece))
    blocks = tuple(Block(kind=kind, text=text, line=1) for kind in (BlockKind.PARAGRAPH, BlockKind.CODE))
    quote = Quote(text, 1)
    reading = Reading(
        facts=FACTS,
        sections=(Section(role="", heading=None, blocks=blocks),),
        story=Story(role="user", want=text, benefit=text, quote=quote),
        criteria=(Criterion(quote=quote, form="item"),),
        questions=(quote,),
        placeholders=(quote,),
    )
    odd = issue("SHOP-1", title=text, document=Document(blocks))
    world = snapshot(odd, issue("SHOP-2", title=text, document=Document(blocks)))
    backlog = Backlog(snapshot=world, readings={"SHOP-1": reading, "SHOP-2": reading})

    started = time.process_time()
    for rule in RULES:
        rule().check(Subject(issue=odd, backlog=backlog))

    assert time.process_time() - started < 20 * length / HUGE
