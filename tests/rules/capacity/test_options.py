import pytest
from pydantic import ValidationError

from rules.capacity.options import CapacityOptions


@pytest.mark.parametrize(
    ("values", "said"),
    [
        pytest.param({"focus": 1.0}, "focus 1 is outside 0.70 to 0.80: give a focus_reason", id="focus-without-reason"),
        pytest.param({"focus": 0.0}, "greater than 0", id="no-focus"),
        pytest.param({"focus": 1.2, "focus_reason": "we are fast"}, "less than or equal to 1", id="more-than-all"),
        pytest.param({"hours_mode": "bottom-up", "focus": 0.75}, "CAP-DOUBLE: bottom-up", id="focus-on-bottom-up"),
        pytest.param({"buffer_on_points": True}, r"CAP-DOUBLE: velocity .* 56 % of the time", id="buffer-on-velocity"),
        pytest.param({"timezone": "Berlin/Europe"}, "unknown time zone 'Berlin/Europe'", id="zone"),
        pytest.param({"timezone": "../etc/passwd"}, "unknown time zone", id="zone-as-path"),
        pytest.param({"work": {"features": {"share": 0.9}}}, "add up to 0.9; they must add up to 1", id="shares"),
        pytest.param(
            {"work": {"a": {"share": 0.5}, "b": {"share": 0.5}}},
            "exactly one kind of work must have neither",
            id="two-rests",
        ),
        pytest.param(
            {"buffer": {"meetings": 0.1, "bugs": 0.1}},
            "the shares of buffer add up to 0.2; they must add up to 0.25, what focus 0.75 leaves",
            id="buffer-too-small",
        ),
        pytest.param({"buffer": {"meetings": 0.5, "bugs": -0.25}}, "must add up to 0.25", id="negative-buffer"),
        pytest.param(
            {"buffer": {"meetings": 0.25}, "hours_mode": "bottom-up"}, "bottom-up hours have none", id="no-buffer"
        ),
        pytest.param({"hours_a_day": 8}, "Extra inputs are not permitted", id="misspelt"),
    ],
)
def test_a_wrong_option_is_refused_with_its_value(values: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        CapacityOptions.model_validate(values)


def test_a_focus_outside_the_usual_passes_with_a_reason() -> None:
    assert CapacityOptions(focus=0.6, focus_reason="half the team is on call").focus == 0.6


def test_own_kinds_of_work_and_an_own_time_zone_are_taken() -> None:
    options = CapacityOptions.model_validate(
        {"timezone": "Europe/Berlin", "work": {"new": {"share": 0.7}, "old": {"share": 0.3, "labels": ["legacy"]}}}
    )

    assert options.timezone == "Europe/Berlin"
    assert {name: kind.share for name, kind in options.work.items()} == {"new": 0.7, "old": 0.3}
