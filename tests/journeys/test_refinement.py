"""Refinement in three layers over HTTP: overall, then several teams, then each team, as decisions and promises come."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from sync.demo.people import CREWS
from tests.journeys.app_harness import Office, office

pytestmark = pytest.mark.journey

FIRST, SECOND = CREWS[0], CREWS[1]
MEMBER = SECOND.members[0]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("refinement"), "cloud") as shop:
        shop.write_config(f'name = "{MEMBER.name}",', f'name = "{MEMBER.name}", account = "{MEMBER.account.id}",')
        yield shop


def agenda(place: Office, layer: str, *words: str) -> Any:
    return place.run("refinement", "--layer", layer, *words, "--format", "json").document


def keys(document: Any) -> set[str]:
    return {one["issue"] for one in (*document["agenda"], *document["no_room"])}


def in_layers(place: Office, key: str) -> set[str]:
    """The layers on whose agendas an issue is."""
    teams = [agenda(place, "team", "--team", crew.name) for crew in CREWS]
    found = {layer for layer in ("overall", "multi-team") if key in keys(agenda(place, layer))}
    return found | {team["team"] for team in teams if key in keys(team)}


def free(place: Office, component: str) -> list[str]:
    """The issues of a component that are in no sprint, the first in rank first."""
    state = place.jira.state
    records = [
        one
        for one in state.issues.values()
        if one.components == [component] and one.type.level == 0 and not one.sprints and one.status.category != "done"
    ]
    return [one.key for one in sorted(records, key=lambda record: record.rank)]


def test_an_issue_of_two_teams_is_overall_until_the_decision_and_then_on_their_agendas_with_the_note(
    place: Office, tmp_path: Path
) -> None:
    state, names = place.jira.state, [FIRST.name.lower(), SECOND.name.lower()]
    key = free(place, names[0])[0]
    state.edit(key, components=names, points=None, by=MEMBER.name)
    assert in_layers(place, key) == {"overall"}

    at = (datetime.now(UTC) + timedelta(days=2)).replace(microsecond=0)
    session = ("--minutes", "240", "--at", at.isoformat(), "--out", str(tmp_path))
    kept = place.run("refinement", "--layer", "overall", *session)
    assert kept.code == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        f"refinement-overall.{ending}" for ending in ("html", "md", "json", "txt", "ics")
    }
    (event,) = icalendar.Calendar.from_ical((tmp_path / "refinement-overall.ics").read_bytes()).walk("VEVENT")
    assert event.decoded("dtstart") == at
    assert key in str(event["description"])

    state.edit(key, description="h3. Decision\nOne consent for all channels.", by=MEMBER.name)
    assert in_layers(place, key) == {FIRST.name, SECOND.name}
    for crew in (FIRST, SECOND):
        (line,) = [one for one in agenda(place, "team", "--team", crew.name)["agenda"] if one["issue"] == key]
        assert line["note"] == "One consent for all channels."


def test_work_that_needs_another_team_is_of_several_teams_until_that_team_promises_a_sprint(place: Office) -> None:
    state = place.jira.state
    needs, blocker = free(place, FIRST.name.lower())[0], free(place, SECOND.name.lower())[0]
    state.edit(needs, description="Soon.", by=MEMBER.name)
    state.link(blocker, "Blocks", needs, by=MEMBER.name)
    assert in_layers(place, needs) == {"multi-team"}

    sprint = next(one for one in state.sprints.values() if one.state == "active" and one.name.startswith(SECOND.name))
    state.comment(blocker, f"/ready promise {sprint.name}", by=MEMBER.name)
    assert in_layers(place, needs) == {FIRST.name}


def test_a_promise_from_the_command_line_counts_as_one_in_a_comment(place: Office) -> None:
    state = place.jira.state
    blocker, needs = (free(place, crew.name.lower())[-1] for crew in (FIRST, SECOND))
    state.link(blocker, "Blocks", needs, by=MEMBER.name)
    assert in_layers(place, needs) == {"multi-team"}

    sprint = next(one for one in state.sprints.values() if one.state == "active" and one.name.startswith(FIRST.name))
    assert place.run("promise", blocker, "Nothing 1").code == 2
    ended = place.run("promise", blocker, sprint.name.upper(), "--by", "Di", "--format", "json")
    assert ended.document["promises"][0]["text"] == f'Di promised this issue for "{sprint.name}".'
    assert "multi-team" not in in_layers(place, needs)


def test_where_no_team_takes_an_issue_nobody_can_promise_it(place: Office) -> None:
    key = place.jira.state.create("SHOP", "Story", "Renew the certificate", by=MEMBER.name).key
    ended = place.run("promise", key, "Nothing 1")
    assert (ended.code, ended.out) == (2, "")
    assert "no team takes" in ended.err


@pytest.mark.parametrize(
    "words",
    [
        ("--layer", "team"),
        ("--layer", "overall", "--team", FIRST.name),
        ("--layer", "team", "--team", "Nobody"),
        ("--layer", "overall", "--at", "tomorrow"),
        ("--layer", "overall", "--at", "2020-01-01T10:00"),
    ],
)
def test_what_cannot_be_meant_is_a_wrong_usage(place: Office, words: tuple[str, ...]) -> None:
    ended = place.run("refinement", *words)
    assert ended.code == 2
    assert ended.out == ""
