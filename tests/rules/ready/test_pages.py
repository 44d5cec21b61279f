"""Every rule's page is complete, and its examples do what they claim."""

import pytest

from rules.ready import RULES
from rules.ready.page import IncompletePage, page_of, page_text
from rules.rule import ReadyRule
from tests.rules.example import ask, snapshot_of

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@every_rule
def test_the_failing_example_fails(rule: type[ReadyRule]) -> None:
    """What the page shows as failing fails."""
    answer, finding = ask(rule(), snapshot_of(page_of(rule).fails))
    assert answer == "failed", finding


@every_rule
def test_the_mended_example_passes(rule: type[ReadyRule]) -> None:
    """What the page shows as mended passes."""
    answer, finding = ask(rule(), snapshot_of(page_of(rule).mended))
    assert answer == "passed", finding


@every_rule
def test_the_page_says_what_it_is_why_and_what_every_option_means(rule: type[ReadyRule]) -> None:
    """No part of a page is empty."""
    page = page_of(rule)

    assert page.summary.endswith(".")
    assert len(page.why.split()) >= 10
    assert page.fails.kind is page.mended.kind
    assert page.fails.kind in page.kinds
    assert all(option.meaning.endswith(".") for option in page.options), page.options
    assert all(option.name in page_text(page) for option in page.options)


def test_a_rule_without_a_page_is_refused_by_name() -> None:
    """The error names the class and what its docstring lacks."""

    class Bare(ReadyRule):
        """Says too little."""

        name = "bare"

    with pytest.raises(IncompletePage, match="Bare lacks Why, Fails, Mended"):
        page_of(Bare)
