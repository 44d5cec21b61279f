"""A scenario without its third part is found wherever its lines are; a result in other words is a third part."""

import pytest

from rules.text import Criterion, Quote
from rules.text.given_when_then import unfinished_scenarios


def found(*texts: str) -> list[str]:
    criteria = (Criterion(quote=Quote(text, line), form="item") for line, text in enumerate(texts, start=1))
    return [quote.text for quote in unfinished_scenarios(criteria)]


@pytest.mark.parametrize(
    "texts",
    [
        ("Given a card", "When she pays"),
        ("Given a card, when she pays",),
        ("Given a card\nAnd a full cart\nWhen she pays\nBut the card is blocked",),
        ("Given a card", "When she pays", "Given no card", "When she pays", "Then she sees a form"),
    ],
)
def test_a_scenario_without_a_result(texts: tuple[str, ...]) -> None:
    assert found(*texts) == [texts[0].split("\n")[0]]


@pytest.mark.parametrize(
    "texts",
    [
        ("Given a card", "When she pays", "Then the order is placed"),
        ("Given a card", "When she pays, the order is placed"),
        ("Given a card when she pays then the order is placed",),
        ("Given a card", "When she pays", "The order is placed"),
        ("Given the list of cards, the page shows the newest first",),
        ("When she pays", "The order is placed"),
        (),
    ],
)
def test_a_scenario_with_a_result_or_no_scenario(texts: tuple[str, ...]) -> None:
    assert found(*texts) == []
