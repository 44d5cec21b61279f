"""The invented shop: big and varied enough to show the job, always current, and the same every time."""

import csv
import io
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sync.config import load
from sync.demo import company
from sync.demo.people import CREWS
from sync.demo.site_builder import sprint_start
from sync.fake_jira.cloud import Cloud
from sync.fake_jira.parts import View
from sync.fake_jira.records import Record, Sprint
from sync.fake_jira.rendering import Wanted, issue
from sync.fake_jira.state import State

pytestmark = pytest.mark.journey

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def shop(now: datetime = NOW) -> State:
    state = State(clock=lambda: now)
    company.fill(state, now)
    return state


@pytest.fixture(scope="module")
def state() -> State:
    return shop()


def open_issues(state: State) -> list[Record]:
    rows = [record for record in state.issues.values() if record.status.category != "done"]
    return sorted(rows, key=lambda record: record.rank)


def finished(state: State, sprint: Sprint) -> float:
    """Points finished in a sprint: where an issue was last is where it was finished."""
    done = (each for each in state.issues.values() if each.resolved and each.sprints[-1:] == [sprint.id])
    return sum(each.points or 0 for each in done)


def test_there_are_about_150_open_issues_of_every_type(state: State) -> None:
    kinds = Counter(record.type.name for record in open_issues(state))

    assert 140 <= sum(kinds.values()) <= 160
    assert kinds["Bug"] >= 20
    assert min(kinds[name] for name in ("Story", "Task", "Spike", "Epic", "Sub-task")) >= 2


@pytest.mark.parametrize("crew", CREWS, ids=lambda crew: crew.name)
def test_each_team_has_six_closed_sprints_with_believable_velocity(state: State, crew: object) -> None:
    sprints = [each for each in state.sprints.values() if each.board == crew.board]  # type: ignore[attr-defined]

    assert Counter(each.state for each in sprints) == {"closed": 6, "active": 1, "future": 3}
    assert all(17 <= finished(state, each) <= 30 for each in sprints if each.state == "closed")


@pytest.mark.parametrize("now", [NOW + timedelta(days=offset) for offset in range(14)], ids=lambda now: f"{now:%a-%d}")
def test_whatever_the_day_the_running_sprint_holds_it_and_nothing_lies_ahead(now: datetime) -> None:
    state = shop(now)

    for sprint in state.sprints.values():
        assert sprint.start is not None
        assert sprint.end is not None
        if sprint.state == "active":
            assert sprint.start <= now < sprint.end
        elif sprint.state == "closed":
            assert sprint.completed is not None
            assert sprint.completed < now
        else:
            assert sprint.start > now
    assert all(record.created <= record.updated <= now for record in state.issues.values())


def test_the_same_moment_makes_the_same_shop() -> None:
    one, other = shop(), shop()

    assert one.issues == other.issues
    assert one.sprints == other.sprints


def test_the_difficult_cases_are_there(state: State) -> None:
    backlog = open_issues(state)
    blockers = [record for record in backlog for bond in record.bonds if bond.type.name == "Blocks" and bond.outward]
    across = {
        (record.team, state.issues[bond.other].team)
        for record in backlog
        for bond in record.bonds
        if bond.outward and bond.type.name == "Blocks"
    }

    assert len(blockers) >= 8
    assert {("Storefront", "Payments"), ("Storefront", "Search")} <= across
    assert any(bond.type.name == "Duplicate" for record in backlog for bond in record.bonds)
    assert any(record.flagged for record in backlog)
    assert any(record.security for record in backlog)
    assert any(record.priority is None for record in backlog)
    assert any((record.points or 0) >= 20 for record in backlog[:70])
    assert any(record.points is None and record.type.name == "Story" for record in backlog[:40])
    assert any(NOW - record.updated > timedelta(days=365) for record in backlog)
    assert max(len(record.description.wiki) for record in backlog) > 200_000


def test_three_issues_wait_for_each_other_in_a_circle(state: State) -> None:
    blocks = {
        each.key: {state.issues[bond.other].key for bond in each.bonds if bond.outward} for each in open_issues(state)
    }

    circles = [a for a in blocks for b in blocks[a] for c in blocks[b] if a in blocks[c]]

    assert len(circles) == 3


def test_no_title_is_used_twice(state: State) -> None:
    titles = Counter(record.summary for record in state.issues.values())

    assert [title for title, number in titles.items() if number > 1] == []


def test_hostile_texts_are_among_them(state: State) -> None:
    everything = "\n".join(record.summary + record.description.wiki for record in open_issues(state))

    for sign in ("<script>", "{html}", "[~admin]", "{{7*7}}", "=cmd|", "\u202e", "\x1b[31m", "\x07", "DROP TABLE"):
        assert sign in everything


def test_every_issue_renders_on_cloud(state: State) -> None:
    view = View(state, Cloud(), "http://jira", "3")
    everything = Wanted.of(["*all"])

    shown = [issue(view, record, everything) for record in state.issues.values()]

    assert len(shown) == len(state.issues)


def test_criteria_can_live_in_a_field_of_their_own() -> None:
    state = shop()
    before = {record.id: record.description.wiki for record in state.issues.values()}

    company.criteria_in_field(state)

    moved = [record for record in state.issues.values() if record.acceptance]
    assert len(moved) > 50
    for record in moved:
        assert record.acceptance.wiki in before[record.id]
        assert "Acceptance criteria\n" not in record.description.wiki


@pytest.mark.parametrize("dialect", ["cloud", "datacenter"])
def test_the_configuration_that_belongs_to_it_is_accepted(tmp_path: Path, dialect: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(company.config_toml("http://127.0.0.1:1", dialect), encoding="utf-8")
    (tmp_path / "absences.csv").write_text(company.absences_csv(NOW), encoding="utf-8")

    settings = load(config, {"READYLINE_TOKEN": "demo-token"})

    assert [team.board for team in settings.teams] == [11, 12, 13]
    assert settings.write_back.enabled
    assert {person.country for team in settings.teams for person in team.people} == {"DE", "US"}


def test_absences_are_around_the_next_sprint_and_by_people_of_the_teams() -> None:
    rows = list(csv.DictReader(io.StringIO(company.absences_csv(NOW))))
    people = {member.name for crew in CREWS for member in crew.members}
    next_start = (sprint_start(NOW) + timedelta(days=14)).date()

    assert {row["name"] for row in rows} <= people
    assert all(date.fromisoformat(row["from"]) <= date.fromisoformat(row["to"]) for row in rows)
    assert sum(date.fromisoformat(row["from"]) >= next_start for row in rows) >= 4
