"""What holds for all measures: one identity, one off switch, one way to leave out what the tracker cannot show."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from rules.capacity.time_boxes import SPRINTS
from rules.deep.measure import DeepLetter, DeepMeasure, Measures, ScoredMeasure
from rules.deep.measures import DEFAULTS, MEASURES
from rules.deep.measures.depth import Depth
from rules.deep.measures.stale import Stale
from rules.deep.scorecard import letter_of, picture
from rules.wording import in_words
from tests.rules.deep.case import view_of
from tests.rules.deep.test_cases import every_measure

ROOT = Path(__file__).parents[3]
ESTIMATED = ("estimated", "small enough", "stale estimates", "blind estimates", "far and small", "commonest size")
BACKLOG = {"issues": [{"count": 2, "days": 100}, {"count": 8}]}


def with_options(**options: dict[str, Any]) -> Measures:
    """All measures, those named here with these options."""
    return Measures(tuple(measure(**options.get(measure.name, {})) for measure in MEASURES))


@every_measure
def test_every_measure_has_a_file_of_its_own_name(measure: type[DeepMeasure]) -> None:
    assert measure.__module__ == f"rules.deep.measures.{measure.name}"
    assert measure().path == f"deep.{measure.name}"
    assert (ROOT / "tests" / "rules" / "cases" / "deep" / f"{measure.name}.toml").exists()


def test_names_and_titles_are_used_once() -> None:
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)
    assert len({measure.title for measure in MEASURES}) == len(MEASURES)


@pytest.mark.parametrize("letter", DeepLetter)
def test_the_weights_of_a_letter_are_those_of_the_documentation(letter: DeepLetter) -> None:
    """They add up to 1; in P ties in the rank are left out, since a tracker hands over a strict order."""
    weights = [measure.weight for measure in DEFAULTS.of(letter) if isinstance(measure, ScoredMeasure)]

    assert sum(weights) == pytest.approx(0.85 if letter is DeepLetter.PRIORITISED else 1.0)


@pytest.mark.parametrize("wrong", [{"wieght": 1.0}, {"weight": 1.5}, {"severity": "must"}, {"near_sprints": 9.0}])
def test_a_measure_refuses_options_it_does_not_have_and_values_out_of_bounds(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Stale.model_validate(wrong)


def test_a_measure_must_measure() -> None:
    class Silent(DeepMeasure):
        name = "silent"
        title = "silent"
        letter = DeepLetter.DETAILED

    with pytest.raises(NotImplementedError):
        Silent().measure(view_of(BACKLOG))


def test_a_measure_that_is_off_is_neither_shown_nor_scored() -> None:
    """What is left of Em here is the depth alone."""
    view = view_of(BACKLOG, with_options(stale={"severity": "off"}))

    letter = letter_of(view, DeepLetter.EMERGENT)

    assert "stale" not in {figure.name for figure in letter.measures}
    assert letter.score == pytest.approx(100.0)


def test_a_measure_of_weight_0_is_shown_and_not_scored() -> None:
    letter = letter_of(view_of(BACKLOG, with_options(stale={"weight": 0.0})), DeepLetter.EMERGENT)

    assert "stale" in {figure.name for figure in letter.measures}
    assert letter.score == pytest.approx(100.0)


def test_a_letter_is_the_weighted_mean_of_what_could_be_measured() -> None:
    """Two of ten issues are stale, and 2.5 sprints of work are enough: 0.30 x 0.8 and 0.20 x 1."""
    letter = letter_of(view_of(BACKLOG), DeepLetter.EMERGENT)

    assert letter.score == pytest.approx(100 * (0.30 * 0.8 + 0.20) / 0.50)


def test_a_letter_whose_measures_are_all_off_has_no_score() -> None:
    off = {measure.name: {"severity": "off"} for measure in MEASURES if measure.letter is DeepLetter.PRIORITISED}

    letters = picture(view_of(BACKLOG, with_options(**off))).letters

    assert [(letter.name, letter.score, letter.measures) for letter in letters[3:]] == [("Prioritised", None, ())]


def test_what_the_tracker_cannot_show_is_named_once_a_letter_with_the_measures_left_out() -> None:
    view = view_of({**BACKLOG, "unavailable": ["points", "priority", "links"]})

    texts = [figure.text for letter in picture(view).letters for figure in letter.measures if "no " in figure.text]

    assert [text for text in texts if text.startswith("The tracker has no ")] == [
        f"The tracker has no estimates. Not measured: {', '.join(ESTIMATED)}.",
        "The tracker has no links between issues. Not measured: dependency inversions.",
        "The tracker has no priorities. Not measured: priority inversions, priority set, urgent.",
    ]


def test_every_figure_names_the_measure_whose_page_explains_it() -> None:
    paths = {f"deep.{measure.name}" for measure in MEASURES}

    assert {figure.rule for letter in picture(view_of(BACKLOG)).letters for figure in letter.measures} <= paths


def test_a_measure_is_found_by_its_class() -> None:
    assert with_options(depth={"plenty_sprints": 20.0})[Depth].plenty_sprints == 20.0


def test_numbers_are_shown_as_people_write_them() -> None:
    assert [in_words(number) for number in (1.0, 2, 12, 13, 2.5)] == ["one", "two", "twelve", "13", "2.5"]
    assert [SPRINTS.words(number) for number in (1, 2.0, 2.5)] == ["one sprint", "two sprints", "2.5 sprints"]
