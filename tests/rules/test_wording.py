"""Texts with a template and values: English as it always was, other languages with their own figures and marks."""

import copy
import pickle

from hypothesis import given
from hypothesis import strategies as st

from rules.wording import ENGLISH, Translation, Wording, number, sentences, translated, worded

ENGLISH_TEXT = "{who!q} has {points:point|points} in {keys}, which {keys:is|are} {state}."
GERMAN = Translation(
    code="de",
    decimal_sign=",",
    quotes=("„", "“"),
    parts={
        "one": {ENGLISH_TEXT: "{keys} {keys:ist|sind} {state}: {points:Punkt|Punkte} für {who!q}.", "late": "spät"},
        "other": {"{values: or }": "{values: oder }", "open": "offen"},
    },
)


def text(*keys: str, points: float = 2.5, who: str = "Bo", state: str = "late") -> Wording:
    return Wording(ENGLISH_TEXT, who=who, points=points, keys=keys, state=state)


def test_a_wording_is_a_string_with_its_values_in_their_places() -> None:
    assert text("A-1", "A-2") == '"Bo" has 2.5 points in A-1, A-2, which are late.'
    assert text("A-1", points=1) == '"Bo" has 1 point in A-1, which is late.'
    assert Wording("{values: or }", values=(3.0, 5)) == "3 or 5"


def test_figures_units_and_quotation_marks_follow_the_language() -> None:
    assert translated(text("A-1", "A-2"), GERMAN) == "A-1, A-2 sind late: 2,5 Punkte für „Bo“."
    assert translated(text("A-1", points=1), GERMAN) == "A-1 ist late: 1 Punkt für „Bo“."
    assert translated(Wording("{values: or }", values=(2.5, 5)), GERMAN) == "2,5 oder 5"


def test_only_a_wording_among_the_values_is_translated_and_data_never() -> None:
    assert "spät" in translated(text("A-1", state=Wording("late")), GERMAN)
    assert "late" in translated(text("A-1", state="late"), GERMAN)
    assert translated(Wording("{values: or }", values=(Wording("open"), "open")), GERMAN) == "offen oder open"


def test_a_plain_text_is_its_own_template_and_stays_english_where_it_has_no_translation() -> None:
    assert translated("open", GERMAN) == "offen"
    assert translated("closed", GERMAN) == "closed"
    assert translated(Wording("{count:issue|issues}", count=2.5), GERMAN) == "2,5 issues"


def test_sentences_are_translated_one_by_one() -> None:
    both = sentences("open", "", Wording("{count} more", count=1))
    assert both == "open 1 more"
    assert translated(both, GERMAN) == "offen 1 more"


@given(st.text(), st.text())
def test_a_value_is_never_read_as_a_template(value: str, other: str) -> None:
    made = Wording("{one} and {two}", one=value, two=other)
    assert made == f"{value} and {other}"
    assert translated(made, GERMAN) == made
    assert worded(value) == translated(value, ENGLISH) == value


@given(st.text())
def test_a_copy_is_the_same_text_with_the_same_template(value: str) -> None:
    made = text("{keys}", who=value)
    for other in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):  # noqa: S301 - our own
        assert (other, other.template, other.values) == (made, made.template, made.values)


def test_a_figure_has_two_decimals_at_most() -> None:
    assert [number(value) for value in (2.0, 0.333, 10, 1.5)] == ["2", "0.33", "10", "1.5"]
    assert number(1.25, ",") == "1,25"
