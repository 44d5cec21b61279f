"""Every measure's page is complete, and its examples are what the measure prints."""

import re

import pytest

from rules.deep.measure import DeepLetter, DeepMeasure, ScoredMeasure
from rules.deep.measure_page import MeasurePage, measure_markdown, measure_page_of, measure_text
from rules.deep.measures import MEASURES
from rules.rule_page import IncompletePage
from tests.rules.deep.case import measured
from tests.rules.deep.test_cases import cases_of, every_measure


def part_of(page: MeasurePage, name: str) -> str:
    return page.good if name == "good" else page.bad


@every_measure
@pytest.mark.parametrize("name", ["good", "bad"])
def test_an_example_of_a_page_is_a_case_with_the_sentence_and_the_sub_score_it_gives(
    measure: type[DeepMeasure], name: str
) -> None:
    (case,) = (case for case in cases_of(measure) if case.get("page") == name)
    figure, score = measured(measure, case)
    assert figure is not None

    example = part_of(measure_page_of(measure), name)

    assert example.lower().startswith(f"{case['name'].lower()}: ")
    assert f'"{figure.text}"' in example
    assert score is None or f"Sub-score {score:.2g}." in example


@every_measure
def test_the_page_says_what_it_is_why_how_and_what_every_option_means(measure: type[DeepMeasure]) -> None:
    page = measure_page_of(measure)

    assert page.summary.endswith(".")
    assert len(page.why.split()) >= 10
    assert page.formula.endswith(".")
    assert all(option.meaning.endswith(".") for option in page.options), page.options
    for text in (measure_text(page), measure_markdown(page)):
        assert all(option.name in text for option in page.options)


@every_measure
def test_the_formula_names_only_options_that_the_measure_has(measure: type[DeepMeasure]) -> None:
    """Words with an underscore are names of options."""
    words = {word.strip(".,;:()") for word in measure_page_of(measure).formula.split()}

    assert {word for word in words if "_" in word and not word.startswith("deep.")} <= set(measure.model_fields)


@every_measure
def test_every_reason_names_a_public_source(measure: type[DeepMeasure]) -> None:
    """Each with its year."""
    assert re.search(r"\b(19|20)\d\d\b", measure_page_of(measure).why)


def test_a_page_prints_its_parts_in_order() -> None:
    text = measure_text(measure_page_of(MEASURES[0]))

    parts = [
        'deep.runway, shown as "ready runway" in Detailed appropriately',
        "For how many sprints ready work feeds the product and each team.",
        "A planning needs more ready work",
        "How: The points of ready issues",
        "Good: 24 ready points at 12 points a sprint",
        "Bad: 11 ready points",
        "Options:",
        'severity (info | off) = "info"',
        "weight (number) = 0.45",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_measure_without_a_page_is_refused_by_name() -> None:
    class Bare(ScoredMeasure):
        """Says too little."""

        name = "bare"
        title = "bare"
        letter = DeepLetter.DETAILED

    with pytest.raises(IncompletePage, match="Bare lacks Why, Formula, Good, Bad"):
        measure_page_of(Bare)
