"""Which field holds what: by type, then by name, then as the board says, and always as the configuration says."""

from typing import Any

import pytest

from sync.errors import NotFound
from sync.trackers.jira.fields import FieldMap, discover
from sync.trackers.jira.settings import FieldNames

GH = "com.pyxis.greenhopper.jira:"
SYSTEM = "com.atlassian.jira.plugin.system.customfieldtypes:"


def custom(number: int, name: str, kind: str, schema: str = "string") -> dict[str, Any]:
    return {"id": f"customfield_{number}", "name": name, "custom": True, "schema": {"type": schema, "custom": kind}}


CLASSIC = custom(10028, "Story Points", f"{SYSTEM}float", "number")
TEAM_MANAGED = custom(10016, "Story point estimate", f"{GH}jsw-story-points", "number")
SPRINT = custom(10020, "Спринт", f"{GH}gh-sprint", "array")
RANK = custom(10019, "Rang", f"{GH}gh-lexo-rank", "any")
FLAGGED = custom(10021, "Flagged", f"{SYSTEM}multicheckboxes", "array")
CRITERIA = custom(10040, "Acceptance Criteria", f"{SYSTEM}textarea")
SUMMARY = {"id": "summary", "name": "Summary", "custom": False, "schema": {"type": "string", "system": "summary"}}
ORIGINAL = custom(10111, "Original story points", "com.atlassian.jpo:jpo-custom-field-original-story-points", "number")


def found(*fields: dict[str, Any], boards: dict[int, str] | None = None, **names: str) -> FieldMap:
    return discover([SUMMARY, *fields], FieldNames(**names), boards=boards or {})


def test_a_type_decides_whatever_the_name_is() -> None:
    fields = found(RANK, SPRINT)
    assert (fields["sprint"], fields["rank"]) == ("customfield_10020", "customfield_10019")
    assert "gh-sprint" in fields.choices["sprint"].why


@pytest.mark.parametrize("name", ["Story Points", "story points", " Story points "])
def test_classic_story_points_are_known_by_their_name(name: str) -> None:
    fields = found(custom(7, name, f"{SYSTEM}float", "number"))
    assert fields.points == ("customfield_7",)


@pytest.mark.parametrize(
    "field",
    [
        custom(7, "Story Points", f"{SYSTEM}textfield", "string"),
        ORIGINAL,
        custom(7, "Points of contact", f"{SYSTEM}float", "number"),
    ],
)
def test_what_only_sounds_like_points_is_none(field: dict[str, Any]) -> None:
    fields = found(field)
    assert fields.points == ()
    assert fields.choices["points"].why == "the site has no such field"


def test_of_two_points_fields_the_boards_own_comes_first_and_the_other_is_named() -> None:
    fields = found(TEAM_MANAGED, CLASSIC, boards={12: "customfield_10028"})
    choice = fields.choices["points"]
    assert fields.points == ("customfield_10028", "customfield_10016")
    assert (choice.id, choice.name, choice.others) == ("customfield_10028", "Story Points", ("customfield_10016",))
    assert choice.why == "board 12 estimates by it"


def test_boards_that_estimate_differently_are_both_read() -> None:
    fields = found(TEAM_MANAGED, CLASSIC, boards={1: "customfield_10016", 2: "customfield_10028"})
    assert fields.points == ("customfield_10016", "customfield_10028")


def test_without_a_board_the_type_comes_before_the_name() -> None:
    assert found(CLASSIC, TEAM_MANAGED).points == ("customfield_10016", "customfield_10028")


@pytest.mark.parametrize("name", ["customfield_10111", "Original story points", "ORIGINAL STORY POINTS"])
def test_the_configuration_wins_by_id_or_name(name: str) -> None:
    fields = found(TEAM_MANAGED, CLASSIC, ORIGINAL, boards={12: "customfield_10028"}, points=name)
    assert fields.points == ("customfield_10111",)
    assert fields.choices["points"].why == "[tracker.fields] points names it"


def test_a_field_that_the_configuration_names_and_the_site_lacks_is_reported() -> None:
    with pytest.raises(NotFound, match=r'tracker\.fields\.points is "Size".*customfield_12345'):
        found(CLASSIC, points="Size")


def test_acceptance_and_flag_are_known_by_name() -> None:
    fields = found(CRITERIA, FLAGGED)
    assert (fields["acceptance"], fields["flagged"]) == ("customfield_10040", "customfield_10021")


def test_fields_asked_for_by_the_teams_are_read_too() -> None:
    squad = custom(10300, "Squad", f"{SYSTEM}select", "option")
    fields = discover([squad], FieldNames(), boards={}, extra=("Squad", "", "Squad"))
    assert fields.extra == {"Squad": "customfield_10300"}
    assert fields.ids == ("customfield_10300",)


def test_a_site_with_odd_fields_is_read_all_the_same() -> None:
    odd: list[dict[str, Any]] = [{"id": "x"}, {"id": "y", "name": None, "custom": True, "schema": None}]
    assert discover(odd, FieldNames(), boards={}).ids == ()
