"""Every rule's page is complete, and its examples do what they claim."""

from dataclasses import replace

import pytest

from rules.agent import RULES as AGENT_RULES
from rules.agent.scope import Scope
from rules.measured import Measured
from rules.ready import RULES as READY_RULES
from rules.ready.on_scale import OnScale
from rules.ready.owned import Owned
from rules.ready.small_enough import SmallEnough
from rules.ready.value_stated import ValueStated
from rules.rule import ReadyRule
from rules.rule_page import IncompletePage, page_markdown, page_of, page_text
from tests.rules.example import ask, snapshot_of

every_rule = pytest.mark.parametrize("rule", [*READY_RULES, *AGENT_RULES], ids=lambda rule: f"{rule.group}.{rule.name}")


@every_rule
def test_the_failing_example_fails(rule: type[ReadyRule]) -> None:
    """What the page shows as failing fails."""
    answer, finding = ask(rule(), snapshot_of(page_of(rule).fails))
    assert answer == "failed", finding


@every_rule
def test_the_fixed_example_passes(rule: type[ReadyRule]) -> None:
    """The example that the page shows as fixed passes."""
    answer, finding = ask(rule(), snapshot_of(page_of(rule).fixed))
    assert answer == "passed", finding


@every_rule
def test_the_page_says_what_it_is_why_and_what_every_option_means(rule: type[ReadyRule]) -> None:
    """No part of a page is empty."""
    page = page_of(rule)

    assert page.summary.endswith(".")
    assert len(page.why.split()) >= 10
    assert page.fails.kind is page.fixed.kind
    assert page.fails.kind in page.kinds
    assert all(option.meaning.endswith(".") for option in page.options), page.options
    assert all(option.name in page_text(page) for option in page.options)


@pytest.mark.parametrize(
    ("fails", "said"),
    [
        ("Wish: Pay with a card", 'starts with "Wish", not with one of Story, Bug'),
        ("Story: Pay with a card\n    no colon here", 'the header line "no colon here" is not "Name: value"'),
    ],
)
def test_an_example_that_is_no_issue_is_refused(fails: str, said: str) -> None:
    """By rule and part."""

    class Odd(ReadyRule):
        name = "odd"

    Odd.__doc__ = f"An odd rule.\n\nWhy: For once.\n\nFails:\n    {fails}\n\nFixed:\n    Story: Pay with a card\n"

    with pytest.raises(IncompletePage, match="Odd, Fails") as refused:
        page_of(Odd)
    assert said in str(refused.value)


def test_a_page_prints_its_parts_in_order() -> None:
    """Path, summary, why, kinds, both examples, options with their defaults."""
    text = page_text(page_of(SmallEnough))

    parts = [
        "ready.small_enough",
        "A near issue is small enough for a sprint.",
        "An issue that takes more than half",
        "Applies to: story, bug, task",
        "Weight in the score: 5 as must by default; 2 as should, 1 as info.",
        "An issue that fails:\n\n  Story: Pay with a saved card\n  Points: 13",
        "The same issue, fixed:",
        'severity (must | should | info | off) = "must"',
        "max_share (number) = 0.5",
        "max_points (number)\n",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_page_of_a_rule_for_agents_names_its_own_table_and_what_it_counts_for() -> None:
    markdown = page_markdown(page_of(Scope))
    assert "The table `[agent.rules.scope]` of the configuration:" in markdown
    assert "It decides whether an issue is ready for a coding agent." in markdown
    assert "Weight in the score" not in markdown


def page_with(measured: Measured | None, *, reads_text: bool = True) -> str:
    return page_text(replace(page_of(SmallEnough), reads_text=reads_text, measured=measured))


def test_a_page_says_how_often_complaints_are_right() -> None:
    labelled = Measured(right=96, pedantic=0, wrong=4, share=0.96, low=0.9, high=0.984, issues=400, missed=0.05)
    judged = Measured(right=51, pedantic=6, wrong=3, share=0.85, low=0.739, high=0.919)
    few = Measured(right=20, pedantic=0, wrong=0, share=1.0, low=0.8, high=1.0)

    assert (
        "Right in 96 of 100 complaints, on 400 labelled issues (95 % interval: 90 to 98). It misses 5 of 100 faults."
    ) in page_with(labelled)
    assert (
        "Right in 85 of 100 complaints, of which 60 were judged one by one (95 % interval: 74 to 92)."
    ) in page_with(judged)
    counts = "Not measured yet: of 20 judged complaints, 20 are right, 0 pedantic, 0 wrong. A figure needs 60."
    assert counts in page_with(few)
    assert "Not measured: judged complaints so far: 0 of 60." in page_with(None)
    assert "Not measured: the rule reads no text." in page_with(None, reads_text=False)


def test_lists_and_texts_are_shown_as_toml_writes_them() -> None:
    """Empty or not."""
    options = {option.name: option for rule in (OnScale, ValueStated, Owned) for option in page_of(rule).options}

    assert (options["scale"].type, options["scale"].default) == ("list of numbers", "[]")
    assert (options["field"].type, options["field"].default) == ("text", '""')
    assert options["labels"].type == "list of texts"
    assert options["labels"].default.startswith('["')


def test_a_rule_without_a_page_is_refused_by_name() -> None:
    """The error names the class and what its docstring lacks."""

    class Bare(ReadyRule):
        """Says too little."""

        name = "bare"

    with pytest.raises(IncompletePage, match="Bare lacks Why, Fails, Fixed"):
        page_of(Bare)
