"""Every measure finds in each of its cases what the case says; `-k small_enough` runs all cases of one measure."""

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from rules.deep.measure import DeepMeasure
from rules.deep.measures import MEASURES
from tests.rules.deep.case import measured

FOLDER = Path(__file__).parents[1] / "cases" / "deep"
OUTCOMES = {"good", "bad", "undefined"}

every_measure = pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)


def cases_of(measure: type[DeepMeasure]) -> list[dict[str, Any]]:
    """The cases of a measure's case file."""
    text = (FOLDER / f"{measure.name}.toml").read_text(encoding="utf-8")
    cases: list[dict[str, Any]] = tomllib.loads(text)["case"]
    return cases


EVERY_CASE = [
    pytest.param(measure, case, id=f"{measure.name}-{case['name'].replace(' ', '_')}")
    for measure in MEASURES
    for case in cases_of(measure)
]


@pytest.mark.parametrize(("measure", "case"), EVERY_CASE)
def test_a_measure_finds_what_its_case_says(measure: type[DeepMeasure], case: dict[str, Any]) -> None:
    """Its value, its sub-score and its sentence; without a value there is no sub-score of its own."""
    figure, score = measured(measure, case)

    assert (None if figure is None else figure.value) == pytest.approx(case.get("value"), abs=0.001)
    assert ("value" in case) is (case["it"] != "undefined")
    assert score == pytest.approx(case.get("score"), abs=0.001)
    assert ("" if figure is None else figure.text) == case.get("text", "")
    if figure is not None:
        assert figure.rule == f"deep.{measure.name}"


@every_measure
def test_every_measure_has_a_good_case_a_bad_one_an_undefined_one_and_one_at_the_edge(
    measure: type[DeepMeasure],
) -> None:
    """A measure without examples of its four sides is not understood yet."""
    cases = cases_of(measure)

    assert {case["it"] for case in cases} == OUTCOMES
    assert any(case.get("edge") for case in cases)


@every_measure
def test_every_measure_has_a_case_with_an_option_where_it_has_some(measure: type[DeepMeasure]) -> None:
    """An option that no case sets might do nothing."""
    own = set(measure.model_fields) - {"severity", "weight"}

    assert not own or any(set(case.get("options", {})) & own for case in cases_of(measure))


@pytest.mark.parametrize(
    ("measure", "option"),
    [
        (measure, option)
        for measure in MEASURES
        for option in sorted(set(measure.model_fields) - {"severity", "weight"})
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_every_option_of_a_measure_changes_what_a_case_says(measure: type[DeepMeasure], option: str) -> None:
    """There is a case that has another figure, sentence or sub-score once the option has another value."""
    assert any(
        measured(measure, case | {"options": options}) != measured(measure, case)
        for case in cases_of(measure)
        for options in _options_with_another(measure, option, case.get("options", {}))
    )


def _options_with_another(measure: type[DeepMeasure], option: str, options: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The options of a case with other allowed values of one of them."""
    for value in _other_values(getattr(measure.model_validate(options), option)):
        with suppress(ValidationError):
            yield measure.model_validate(options | {option: value}).model_dump(include={*options, option})


def _other_values(value: float | tuple[str, ...]) -> tuple[Any, ...]:
    if isinstance(value, tuple):
        return ((), ("other",))
    return (value + 1, value - 1, 2 * value, 10 * value, value / 2, 1.5 * value, value + 0.1, value - 0.1, 0, 1)


def test_every_case_file_belongs_to_a_measure() -> None:
    """And every measure has a case file."""
    assert {path.stem for path in FOLDER.glob("*.toml")} == {measure.name for measure in MEASURES}
