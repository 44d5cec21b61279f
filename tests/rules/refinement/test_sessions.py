"""What was achieved of an agenda, what is carried over, and what sessions teach about minutes."""

from datetime import date, datetime, timedelta

import pytest

from rules.refinement.layers import Layer
from rules.refinement.sessions import (
    Carried,
    PlannedItem,
    Session,
    carried,
    learned_factor,
    next_working_day,
    sessions_of,
    settle,
)
from tests.factories import NOW

FRIDAY = datetime.combine(date(2026, 2, 27), NOW.timetz())


def item(issue: str = "1", at: datetime = FRIDAY, settled: datetime | None = None, minutes: float = 20) -> PlannedItem:
    return PlannedItem(
        at=at, layer=Layer.TEAM, team="Payments", issue=issue, key=f"A-{issue}", base=20, minutes=minutes, points=3,
        settled=settled,
    )  # fmt: skip


@pytest.mark.parametrize(("hours", "achieved"), [(1, True), (72, True), (100, False)])
def test_an_item_is_achieved_if_it_is_settled_by_the_next_working_day(hours: int, *, achieved: bool) -> None:
    assert item(settled=FRIDAY + timedelta(hours=hours)).is_achieved is achieved
    assert not item().is_achieved
    assert next_working_day(FRIDAY.date()) == date(2026, 3, 2)


def test_sessions_are_those_of_the_layer_and_team_that_have_begun() -> None:
    later = item("2", at=NOW + timedelta(days=1))
    other = PlannedItem(at=FRIDAY, layer=Layer.OVERALL, team="", issue="9", key="A-9", base=5, minutes=5, points=1)
    (one,) = sessions_of([item(), item("3", settled=FRIDAY), later, other], Layer.TEAM, "Payments", NOW)
    assert [entry.issue for entry in one.items] == ["1", "3"]
    assert [entry.issue for entry in one.open] == ["1"]


def test_what_sessions_left_open_counts_each_that_did_also_where_the_latest_had_no_room() -> None:
    week = timedelta(weeks=1)
    sessions = [Session(at, (item("1", at), item("2", at, settled=at))) for at in (FRIDAY - week, FRIDAY)]
    first = Session(FRIDAY - 2 * week, (item("3", FRIDAY - 2 * week),))
    assert carried([first, *sessions]) == {
        "3": Carried(1, (FRIDAY - 2 * week).date()),
        "1": Carried(2, (FRIDAY - week).date()),
    }
    assert carried([]) == {}


@pytest.mark.parametrize(
    ("rows", "factor"),
    [
        ([(2, 2)] * 2, 1.0),
        ([(2, 2)] * 3, 0.9),
        ([(2, 1)] * 3, 2.0),
        ([(2, 0)] * 3, 3.0),
        ([(8, 1)] * 3, 3.0),
        ([(2, 0), (2, 1), (2, 2)], 2.0),
        ([(2, 0)] * 5 + [(2, 2)] * 3, 0.9),
    ],
    ids=["too few", "all settled", "half settled", "none settled", "at most threefold", "median", "the latest five"],
)
def test_sessions_teach_how_many_minutes_an_issue_takes(rows: list[tuple[int, int]], factor: float) -> None:
    sessions = [
        Session(
            FRIDAY, tuple(item(str(number), settled=FRIDAY if number < done else None) for number in range(planned))
        )
        for planned, done in rows
    ]
    assert learned_factor(sessions) == pytest.approx(factor)


def test_an_item_is_settled_once_and_only_when_its_layer_has_nothing_to_settle() -> None:
    done = item("3", settled=FRIDAY)
    settled = settle([item("1"), item("2"), done], {(Layer.TEAM, "1"), (Layer.OVERALL, "2")}, NOW)
    assert [(one.issue, one.settled) for one in settled] == [("2", NOW)]
