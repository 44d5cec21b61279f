"""Clocks that disagree: the site's, the account's and the machine's. The mirror misses nothing, and days stay days."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sync.config import load
from sync.fake_jira.faults import Asked
from sync.trackers.jira import issue_ids as sweeping
from tests.journeys.app_harness import EACH_DAY, Office, office
from tests.thorough import scaled

pytestmark = [pytest.mark.journey, pytest.mark.uncovered]  # many runs over the same lines

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("Pacific/Kiritimati", "America/St_Johns", "UTC")  # 14 hours ahead, 3.5 behind, and neither
MIDSUMMER = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
BEFORE_WINTER_TIME = datetime(2026, 10, 25, 0, 40, tzinfo=UTC)  # 02:40 in Berlin, twenty minutes before it is 02:00
BEFORE_SUMMER_TIME = datetime(2026, 3, 29, 0, 40, tzinfo=UTC)  # 01:40 in Berlin, twenty minutes before it is 03:00


@dataclass
class SiteClock:
    """Runs like any clock, from a moment of our choice, and can be put forward."""

    start: datetime
    began: float = field(default_factory=time.time)

    def __call__(self) -> datetime:
        return self.start + timedelta(seconds=time.time() - self.began)

    def pass_by(self, **gone: float) -> None:
        self.start += timedelta(**gone)


@pytest.fixture(params=["short", pytest.param("long", marks=pytest.mark.thorough)])
def length(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backlog that is swept at every run, and one of which only the changes are asked for."""
    if request.param == "long":
        monkeypatch.setattr(sweeping, "LONG", 0)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Puts this machine into a zone until the test is over."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


def live_in(place: Office, zone: str) -> None:
    """Give our account a time zone: Jira writes dates, and reads those in queries, in it."""
    state = place.jira.state
    with state.lock:
        state.me = replace(state.me, zone=zone)
        state.accounts[state.me.id] = state.me


def backlog(place: Office) -> list[str]:
    return [issue["key"] for issue in place.run("check", "--format", "json").document["issues"]]


def assert_nothing_missed(place: Office, store: str) -> None:
    """What the mirror knows after this run is what a run without any memory sees."""
    remembered = place.run("check", "--format", "json").out
    place.write_config('path = "readyline.db"', f'path = "{store}"')
    afresh = place.run("check", "--format", "json").out
    place.write_config(f'path = "{store}"', 'path = "readyline.db"')
    assert json.loads(remembered)["issues"] == json.loads(afresh)["issues"]


def edit(place: Office, key: str, text: str) -> None:
    """What no rule could overlook: another title, and a text that is gone."""
    place.jira.state.edit(key, summary=text, description=f"Nothing but: {text}", by="marcus")


@pytest.mark.usefixtures("length")
@pytest.mark.parametrize(
    "start",
    [
        pytest.param(MIDSUMMER, id="summer", marks=pytest.mark.thorough),
        pytest.param(BEFORE_WINTER_TIME, id="autumn"),
        pytest.param(BEFORE_SUMMER_TIME, id="spring"),
    ],
)
@pytest.mark.parametrize("dialect", EACH_DAY)
def test_three_zones_and_a_clock_change_hide_no_edit(
    dialect: str, start: datetime, machine: Any, tmp_path: Path
) -> None:
    clock = SiteClock(start.astimezone(ZoneInfo("Asia/Kathmandu")))
    machine("Pacific/Honolulu")
    with office(tmp_path, dialect, clock=clock) as place:
        live_in(place, "Europe/Berlin")
        for number, key in enumerate(backlog(place)[: scaled(2, 4)]):
            clock.pass_by(minutes=7)
            edit(place, key, f"Edit {number} at {clock()}")
            clock.pass_by(minutes=13)
            assert_nothing_missed(place, f"afresh{number}.db")


@pytest.mark.usefixtures("length")
@pytest.mark.parametrize("dialect", EACH_DAY)
def test_an_account_that_moves_to_another_zone_between_runs_misses_nothing(dialect: str, tmp_path: Path) -> None:
    clock = SiteClock(MIDSUMMER)
    with office(tmp_path, dialect, clock=clock) as place:
        keys = backlog(place)
        for number, zone in enumerate(ZONES):
            live_in(place, zone)
            edit(place, keys[number], f"Seen from {zone}")
            clock.pass_by(hours=1)
            assert_nothing_missed(place, f"afresh{number}.db")


@pytest.mark.usefixtures("length")
@pytest.mark.parametrize(
    "off",
    [timedelta(days=3), timedelta(minutes=-9), pytest.param(timedelta(days=-40), marks=pytest.mark.thorough)],
    ids=str,
)
@pytest.mark.parametrize("dialect", EACH_DAY)
def test_a_site_whose_clock_is_ahead_or_behind_hides_no_edit(dialect: str, off: timedelta, tmp_path: Path) -> None:
    clock = SiteClock(datetime.now(UTC) + off)
    with office(tmp_path, dialect, clock=clock) as place:
        for number, key in enumerate(backlog(place)[: scaled(2, 4)]):
            edit(place, key, f"Edit {number}, just after a pass")
            assert_nothing_missed(place, f"afresh{number}.db")
            clock.pass_by(hours=2)


@pytest.mark.usefixtures("length")
@pytest.mark.parametrize("overlap", [timedelta(0), sweeping.OVERLAP], ids=["no overlap", "overlap"])
@pytest.mark.parametrize("dialect", EACH_DAY)
def test_an_edit_in_the_very_millisecond_of_the_cursor_is_seen(
    dialect: str, overlap: timedelta, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cursor is the site's time at the start of a run; only the edited issue shows the next run that it changed."""
    monkeypatch.setattr(sweeping, "OVERLAP", overlap)
    clock = SiteClock(MIDSUMMER)
    with office(tmp_path, dialect, clock=clock) as place:
        key = backlog(place)[0]
        clock.pass_by(hours=3)
        cursor = cursor_of(place)
        edit(place, key, "Edited at the cursor")
        place.jira.state.issue(key).updated = cursor.replace(microsecond=cursor.microsecond // 1000 * 1000)
        clock.pass_by(hours=3)
        assert_nothing_missed(place, "afresh.db")


def cursor_of(place: Office) -> datetime:
    """The moment from which the next run asks for changes, as a run that ends now leaves it."""
    from sync.store.mirror import Mirror

    backlog(place)
    mirror = Mirror.open(place.folder / "readyline.db.mirror")
    found = mirror.cutoff(sweeping.OVERLAP)
    mirror.close()
    return found


@pytest.mark.usefixtures("length")
@pytest.mark.parametrize("dialect", EACH_DAY)
def test_an_edit_during_a_run_is_seen_by_the_next(
    dialect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The issue changes right after it was fetched, while the run still fetches others."""
    monkeypatch.setattr(sweeping, "OVERLAP", timedelta(0))
    monkeypatch.setattr("sync.trackers.jira.cloud.MANY", 20)
    monkeypatch.setattr("sync.trackers.jira.datacenter.IDS_A_QUERY", 20)
    clock = SiteClock(MIDSUMMER)
    with office(tmp_path, dialect, clock=clock) as place:
        place.write_config("[tracker]\n", "[tracker]\nparallel = 1\n")  # so that the last request is the one at hand
        keys = backlog(place)
        clock.pass_by(hours=3)
        portions: list[set[str]] = []
        edited: list[str] = []

        def hook(_: Asked) -> None:
            if not (ids := asked_by_id(place.jira.requests[-1].body)):
                return
            portions.append(ids)
            if len(portions) == 2:
                edited.append(next(key for key in keys if place.jira.state.issue(key).id in portions[0]))
                edit(place, edited[0], "Changed behind its back")

        (tmp_path / "readyline.db.mirror").unlink()
        place.jira.faults.hook = hook
        backlog(place)
        assert len(edited) == 1
        place.jira.faults.clear()
        clock.pass_by(hours=3)
        assert_nothing_missed(place, "afresh.db")


def asked_by_id(body: Any) -> set[str]:
    """The ids of the issues that a request asks for by them."""
    named = (body or {}).get("issueIdsOrKeys") or re.findall(
        r"\d+", str((body or {}).get("jql")).partition("id in (")[2]
    )
    return set(named)


@pytest.mark.parametrize("dialect", EACH_DAY)
def test_days_of_a_sprint_are_the_same_in_every_zone_and_across_a_clock_change(
    dialect: str, machine: Any, tmp_path: Path
) -> None:
    """Ten working days from a Monday's midnight to a Friday's last minute, whoever asks from wherever."""
    clock = SiteClock(datetime(2026, 9, 28, 6, 0, tzinfo=UTC))
    with office(tmp_path, dialect, clock=clock) as place:
        settings = load(place.config, place.environ)
        each_weekday_twice = [sum(2 * len(one.days[0]) * one.share for one in team.people) for team in settings.teams]
        for first in (date(2026, 10, 5), date(2026, 10, 19)):  # the clocks change on 25 October
            for sprint in place.jira.state.sprints.values():
                if sprint.state == "future":
                    sprint.start, sprint.end = wall(first, 0, 0), wall(first + timedelta(days=11), 23, 59)
            for account, here in (*zip(ZONES, reversed(ZONES), strict=True), ("Europe/Berlin", "America/New_York")):
                live_in(place, account)
                machine(here)
                teams = place.run("capacity", "--format", "json").document["teams"]
                assert [team["gross_days"] for team in teams] == pytest.approx(each_weekday_twice)


def wall(day: date, hour: int, minute: int) -> datetime:
    """A time by the clock on the team's wall."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN)
