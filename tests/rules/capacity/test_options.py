import pytest
from pydantic import ValidationError

from rules.capacity.options import CapacityOptions, Work
from rules.model import Kind
from tests.factories import issue


@pytest.mark.parametrize(
    ("values", "said"),
    [
        pytest.param({"focus": 1.0}, "focus 1 lies outside 0.70 to 0.80: say why", id="focus-without-reason"),
        pytest.param({"focus": 0.0}, "greater than 0", id="no-focus"),
        pytest.param({"focus": 1.2, "focus_reason": "we are fast"}, "less than or equal to 1", id="more-than-all"),
        pytest.param({"hours_mode": "bottom-up", "focus": 0.75}, "CAP-DOUBLE: bottom-up", id="focus-on-bottom-up"),
        pytest.param({"buffer_on_points": True}, r"CAP-DOUBLE: velocity .* 56% of the time", id="buffer-on-velocity"),
        pytest.param({"timezone": "Berlin/Europe"}, "no such time zone: 'Berlin/Europe'", id="zone"),
        pytest.param({"timezone": "../etc/passwd"}, "no such time zone", id="zone-as-path"),
        pytest.param({"work": {"features": {"share": 0.9}}}, "add up to 0.9; they must add up to 1", id="shares"),
        pytest.param(
            {"work": {"a": {"share": 0.5}, "b": {"share": 0.5}}},
            "exactly one kind of work may do without",
            id="two-rests",
        ),
        pytest.param({"hours_a_day": 8}, "Extra inputs are not permitted", id="misspelt"),
    ],
)
def test_a_wrong_option_is_refused_with_its_value(values: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        CapacityOptions.model_validate(values)


def test_a_focus_outside_the_usual_passes_with_a_reason() -> None:
    assert CapacityOptions(focus=0.6, focus_reason="half the team is on call").focus == 0.6


@pytest.mark.parametrize(
    ("labels", "kind", "name"),
    [
        ({"debt"}, Kind.STORY, "debt"),
        ({"debt"}, Kind.BUG, "debt"),
        (set(), Kind.BUG, "bugs"),
        ({"checkout"}, Kind.TASK, "features"),
    ],
)
def test_work_is_told_by_label_then_by_kind_and_the_rest_is_features(labels: set[str], kind: Kind, name: str) -> None:
    assert CapacityOptions().work_of(issue(labels=frozenset(labels), kind=kind)) == name


def test_without_kinds_of_work_there_is_nothing_to_tell() -> None:
    assert CapacityOptions(work={}).work_of(issue()) == ""


def test_one_kind_of_work_takes_everything() -> None:
    assert CapacityOptions(work={"all": Work(share=1)}).work_of(issue()) == "all"
