"""When the next session of a team is."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from rules.capacity.days import Window
from rules.capacity.model import RunningCapacity, TeamCapacity
from rules.model import Meeting, MeetingKind, Team
from rules.refinement.cadence import NextSession, next_session, next_session_of
from rules.refinement.layers import Layer
from rules.refinement.options import Cadence
from rules.refinement.sessions import PlannedItem
from tests.factories import sprint, team
from tests.rules.planning.world import PAYMENTS, START, capacity

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2026, 3, 3, 9, 0, tzinfo=BERLIN)
SPRINTS = (Window(date(2026, 2, 23), date(2026, 3, 6)), Window(date(2026, 3, 9), date(2026, 3, 20)))


def meeting(kind: MeetingKind, day: int, hours: float = 1.5) -> Meeting:
    return Meeting(kind=kind, begin=datetime.combine(date(2026, 3, day), time(14, 30)), hours=hours)


def running_since(start: datetime) -> TeamCapacity:
    """A team whose sprint of two weeks began then."""
    running = sprint("119", start=start, end=start + timedelta(days=14))
    half = RunningCapacity(sprint=running, last=running.end.date(), days=9, days_left=5, elapsed=0.5, left=None)  # type: ignore[union-attr]
    return capacity(PAYMENTS, running=half)


def upcoming(
    cadence: Cadence | None = None, of: Team = PAYMENTS, last: datetime | None = None, now: datetime = TUESDAY
) -> NextSession | None:
    return next_session(of, cadence, SPRINTS, last, now)


def at(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("cadence", "now", "begins"),
    [
        (Cadence.DAILY, TUESDAY, at(3)),
        (Cadence.DAILY, at(6, 11), at(9)),
        (Cadence.WEEKLY, TUESDAY, at(4)),
        (Cadence.WEEKLY, at(4, 10), at(11)),
        (Cadence.SPRINT, TUESDAY, at(16)),
        (Cadence.SPRINT, datetime(2026, 3, 1, 9, 0, tzinfo=BERLIN), at(2)),
    ],
)
def test_the_next_session_follows_from_the_cadence(cadence: Cadence, now: datetime, begins: datetime) -> None:
    assert upcoming(cadence, now=now) == NextSession(begins, 0, is_certain=True)


def test_a_team_that_refines_on_demand_has_no_next_session() -> None:
    assert upcoming(Cadence.ON_DEMAND) is None


def test_a_weekly_session_keeps_its_weekday() -> None:
    thursday = datetime(2026, 2, 26, 13, 0, tzinfo=BERLIN)

    made = upcoming(Cadence.WEEKLY, last=thursday)

    assert made is not None
    assert made.at == at(5)


def test_a_team_whose_cadence_is_not_known_is_taken_for_a_weekly_one() -> None:
    assert upcoming() == NextSession(at(4), 0, is_certain=False)


def test_the_calendar_comes_before_the_cadence() -> None:
    meetings = (
        meeting(MeetingKind.REFINEMENT, 2),
        meeting(MeetingKind.PLANNING, 4),
        meeting(MeetingKind.REFINEMENT, 12, hours=1),
        meeting(MeetingKind.REFINEMENT, 5),
    )
    with_calendar = team("Payments", meetings=meetings)

    assert upcoming(Cadence.DAILY, with_calendar) == NextSession(at(5, 14, 30), 90, is_certain=True)
    assert upcoming(None, team("Payments", meetings=())) == NextSession(at(4), 0, is_certain=False)


def test_the_sprints_and_the_last_session_of_a_team_are_those_of_its_capacity_and_agendas() -> None:
    one = running_since(START - timedelta(days=14))
    thursday = datetime(2026, 2, 26, 13, 0, tzinfo=BERLIN)
    items = [
        PlannedItem(at=day, layer=Layer.TEAM, team=name, issue="1", key="A-1", base=5, minutes=5, points=1)
        for day, name in ((thursday, "Payments"), (thursday - timedelta(days=1), "Search"), (at(13), "Payments"))
    ]

    by_sprint = next_session_of(one, Cadence.SPRINT, items, datetime(2026, 2, 24, tzinfo=BERLIN))
    weekly = next_session_of(one, Cadence.WEEKLY, items, TUESDAY)

    assert by_sprint is not None
    assert by_sprint.at == at(2)
    assert weekly is not None
    assert weekly.at == at(5)
    bare = capacity(PAYMENTS, sprint=None)
    assert next_session_of(bare, Cadence.SPRINT, (), TUESDAY) is None
