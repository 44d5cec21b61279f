"""A scenario has an action and its result; an analysis or a plan has not."""

import pytest

from rules.text.scenario import ENOUGH, WEIGHTS, ScenarioSign, begins_with_action, is_scenario, signs_of
from tests.benchmarks.material import file_of
from tests.benchmarks.scenario import fit, labelled, labels, rounded
from tests.external_data import needs

PROJECTS = sorted({project for project, _ in labels()})


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("When I pay, it crashes.", ScenarioSign.SOMEBODY_THEN),
        ("If a logged in user pays, it crashes.", ScenarioSign.SOMEBODY_THEN),
        ("It crashes after saving twice.", ScenarioSign.ACTION_THEN),
        ("It crashes by quickly pressing back.", ScenarioSign.ACTION_THEN),
        ("Pressing back closes the shop.", ScenarioSign.ACTION_AS_SUBJECT),
        ("I've just added a book.", ScenarioSign.SOMEBODY_ACTS),
        ("Then double-click it.", ScenarioSign.TRIES),
        ("Rename the book.", ScenarioSign.BEGINS_WITH_ACTION),
        ("Log in, then press the button.", ScenarioSign.GOES_ON_WITH_ACTION),
        ("With the following order it works.", ScenarioSign.SHOWS_EXAMPLE),
        ("The code:", ScenarioSign.SHOWS_EXAMPLE),
        ("This can be seen in the shop.", ScenarioSign.SPEAKS_OF_REPRODUCTION),
        ("We should change it.", ScenarioSign.PLANNED),
    ],
)
def test_each_sign_is_seen_in_a_sentence(sentence: str, sign: ScenarioSign) -> None:
    assert sign in signs_of(sentence)


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("If you want to pay, do so.", ScenarioSign.SOMEBODY_THEN),
        ("It is after nothing and during the morning.", ScenarioSign.ACTION_THEN),
        ("Search returns nothing.", ScenarioSign.BEGINS_WITH_ACTION),
        ("It fails with the following error:", ScenarioSign.SHOWS_EXAMPLE),
        ("It stops, causing an error.", ScenarioSign.ACTION_AS_SUBJECT),
    ],
)
def test_words_that_only_look_alike_are_no_sign(sentence: str, sign: ScenarioSign) -> None:
    assert sign not in signs_of(sentence)


def test_every_sign_has_a_weight() -> None:
    assert set(WEIGHTS) == set(ScenarioSign)


@pytest.mark.parametrize("sentence", ["When I pay, does it crash?", "As a workaround, when I pay, I press back."])
def test_a_question_or_a_workaround_is_no_scenario(sentence: str) -> None:
    assert not is_scenario(sentence)


@pytest.mark.parametrize("sentence", ["The total is off.", "When I pay with two cards, the shop crashes.", ""])
def test_a_sentence_is_a_scenario_by_the_sum_of_its_weights(sentence: str) -> None:
    assert is_scenario(sentence) is (sum(WEIGHTS[sign] for sign in signs_of(sentence)) >= ENOUGH)


@pytest.mark.parametrize(("line", "is_action"), [("* Open it", True), ("then press it", True), ("Open is slow", False)])
def test_a_line_begins_with_an_action_or_not(line: str, is_action: object) -> None:
    assert begins_with_action(line) is is_action


@pytest.mark.slow
@needs(*map(file_of, PROJECTS))
def test_the_weights_in_use_are_those_that_the_labels_give() -> None:
    """`python -m tests.benchmarks.scenario` prints them."""
    assert rounded(fit(labelled())) == WEIGHTS
