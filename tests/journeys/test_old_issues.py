"""Old issues over HTTP: asked about with votes as they are now, answered once, labelled, and undone. Never closed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sync.demo.people import CREWS, OWNER
from sync.fake_jira.records import Record
from sync.fake_jira.state import State
from tests.journeys.app_harness import EACH_DAY, Office, office, small

pytestmark = pytest.mark.journey

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LABEL = "readyline-released"


def company(state: State, now: datetime) -> None:
    """The top of the shop's backlog, of which the last two issues were not changed for long."""
    small(state, now)
    for days, record in zip((400, 300), waiting(state)[-2:], strict=True):
        record.created = record.updated = now - timedelta(days=days)
        record.history, record.remarks, record.bonds = [], [], []


def waiting(state: State) -> list[Record]:
    found = [one for one in state.issues.values() if one.status.category == "new" and not state.open_sprint(one)]
    return sorted(found, key=lambda record: record.rank)


@pytest.fixture(params=EACH_DAY)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path, request.param, company=company, clock=lambda: MONDAY) as app:
        boss = OWNER.account.id if request.param == "cloud" else OWNER.account.name
        app.write_config(f'owner = "{OWNER.name}"', f'owner = "{OWNER.name}"\naccount = "{boss}"')
        app.write_config('sprints = "assign"', 'sprints = "propose"')
        with app.config.open("a", encoding="utf-8") as config:
            config.write("\n[rules]\nhorizon = 0.1\n")
        yield app


def old(place: Office) -> Any:
    return place.run("check", "--format", "json").document["old_issues"]


def counted(place: Office) -> int:
    return int(place.run("check", "--format", "json").document["coverage"]["counted"])


def run(place: Office) -> Any:
    ended = place.run("run", "--format", "json")
    assert ended.code == 0, ended.err
    return ended.document


def test_a_released_issue_is_labelled_with_its_reason_and_an_undo_takes_that_back(place: Office) -> None:
    first, second = waiting(place.jira.state)[-2:]
    run(place)
    first.voters = {CREWS[0].members[0].account.id, CREWS[0].members[1].account.id}  # changes no date in Jira
    offers = old(place)["offers"]
    assert [(one["issue"], one["votes"], one["watchers"]) for one in offers] == [(first.key, 2, 1), (second.key, 0, 1)]

    before = counted(place)
    place.jira.state.comment(first.key, "/ready release because the market is gone", by=OWNER.name)
    document = run(place)
    assert first.labels == [LABEL]
    (said,) = place.ours()[first.key]
    assert "the market is gone" in said
    assert first.status.category == "new"
    found = old(place)
    assert [(one["issue"], one["because"]) for one in found["released"]] == [(first.key, "the market is gone")]
    assert [one["issue"] for one in found["offers"]] == [second.key]
    assert counted(place) == before - 1
    writes = len(place.jira.writes)
    run(place)
    assert len(place.jira.writes) == writes

    assert place.run("undo", document["run"]).code == 0
    assert first.labels == []
    run(place)
    assert first.labels == []
    found = old(place)
    assert (found["released"], [one["issue"] for one in found["offers"]]) == ([], [second.key])
    assert counted(place) == before


def test_answers_from_the_command_line_are_recorded_and_a_run_writes_them(place: Office) -> None:
    first, second = waiting(place.jira.state)[-2:]
    released = place.run("release", first.key, "--because", "the market is gone", "--by", "Ana", "--format", "json")
    kept = place.run("keep", second.key, "--until", "2026-09-30", "--by", "Ana")
    assert [(one["issue"], one["kept"]) for one in released.document["decisions"]] == [(first.key, False)]
    assert "Ana keeps this issue. The question comes again after 2026-09-30." in kept.out
    run(place)
    assert (first.labels, second.labels) == ([LABEL], [])
    assert "the market is gone" in place.ours()[first.key][0]
    found = old(place)
    assert (found["offers"], [(one["issue"], one["until"]) for one in found["kept"]]) == (
        [],
        [(second.key, "2026-09-30")],
    )

    place.run("keep", first.key, "--by", "Ana")
    run(place)
    assert first.labels == []
    assert "nothing needs to be prepared" not in place.ours()[first.key][0]


def test_what_cannot_be_recorded_is_refused_with_the_reason(tmp_path: Path) -> None:
    with office(tmp_path, "cloud", company=company, clock=lambda: MONDAY) as app:
        record = waiting(app.jira.state)[-1]
        app.jira.state.move_to_sprint(record.key, 1111)
        for words, why in (
            (("release", record.key), "a release needs a reason"),
            (("release", record.key, "--because", "x"), "is in a sprint"),
            (("keep", record.key, "--until", "soon"), "is not a day"),
            (("keep", record.key, "--until", "2026-01-01"), "is over"),
            (("keep", "SHOP-9999"), "not an open issue"),
        ):
            ended = app.run(*words)
            assert (ended.code, why in ended.err) == (2, True), ended.err
