from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.backlog.index import Backlog
from rules.capacity.model import Range
from rules.deep.model import Signal
from rules.deep.runway import runways, shortest
from rules.deep.view import build_view
from rules.model import Kind
from tests.factories import NOW, issue, product, snapshot, sprint, team
from tests.rules.deep.backlog import capacity, judged, stories, view


@pytest.mark.parametrize(
    ("points", "sprints", "signal"),
    [
        ((5, 5, 5, 5, 5, 5), 2.5, Signal.GREEN),
        ((4, 5), 0.75, Signal.RED),
        ((6, 6, 6), 1.5, Signal.AMBER),
        ((12,) * 5, 5.0, Signal.OVER_REFINED),
        ((6,) * 6, 3.0, Signal.GREEN),
    ],
    ids=["30 of 12", "9 of 12", "18 of 12", "60 of 12", "the target itself"],
)
def test_the_signal_follows_the_sprints_of_ready_work(
    points: tuple[float, ...], sprints: float, signal: Signal
) -> None:
    whole = runways(view(stories(*points)))[0]

    assert whole.ready_points == sum(points)
    assert whole.sprints == pytest.approx(sprints)
    assert whole.signal is signal


def test_nine_ready_points_name_the_day_they_are_used_up() -> None:
    """9 points at the low end of 9 a sprint last one sprint of ten working days from the snapshot."""
    whole = runways(view(stories(4, 5)))[0]

    assert whole.dry_on == date(2026, 3, 16)
    assert "2026-03-16" in whole.text
    assert "refine now" in whole.text


def test_more_than_the_target_is_called_over_refined() -> None:
    assert "over-refined" in runways(view(stories(*[12] * 5)))[0].text


def test_the_target_can_be_moved() -> None:
    assert runways(view(stories(*[12] * 5)), target=5.0)[0].signal is Signal.GREEN


def test_the_day_is_counted_from_the_next_sprint() -> None:
    issues = stories(9)
    fed = capacity(sprint=sprint("7", start=datetime(2026, 3, 9, 9, tzinfo=UTC)))

    assert runways(build_view(Backlog.of(snapshot(*issues), (fed,)), judged(issues)))[0].dry_on == date(2026, 3, 23)


def test_a_sprint_that_should_have_started_does_not_put_the_day_into_the_past() -> None:
    issues = stories(9)
    fed = capacity(sprint=sprint("7", start=datetime(2026, 1, 5, 9, tzinfo=UTC)))

    assert runways(build_view(Backlog.of(snapshot(*issues), (fed,)), judged(issues)))[0].dry_on == date(2026, 3, 16)


def test_a_low_end_of_nothing_names_no_day() -> None:
    issues = stories(9)
    slow = replace(capacity(), points=Range(0.0, 12.0, 20.0))

    assert runways(build_view(Backlog.of(snapshot(*issues), (slow,)), judged(issues)))[0].dry_on is None


def test_what_is_six_sprints_away_feeds_nobody_yet() -> None:
    """The first stands at 0, the second at 6 sprints."""
    assert runways(view(stories(72, 12)))[0].ready_points == 72


def test_the_contiguous_runway_ends_at_the_first_gap() -> None:
    whole = runways(view(stories(6, 6, 3, 6), {"SHOP-3": ("ready.acceptance",)}))[0]

    assert whole.sprints == pytest.approx(1.5)
    assert whole.contiguous_sprints == pytest.approx(1.0)


def test_an_epic_is_never_ready_work() -> None:
    epic = issue("SHOP-9", kind=Kind.EPIC, points=20.0, parent=None)

    assert runways(view([epic, *stories(6)]))[0].ready_points == 6


def test_without_a_pace_there_are_points_and_the_reason() -> None:
    whole = runways(view(stories(6, 3), pace=None))[0]

    assert (whole.ready_points, whole.sprints, whole.dry_on, whole.signal) == (9, None, None, Signal.UNKNOWN)
    assert "no pace is known" in whole.text


def test_each_team_has_its_own_and_the_starving_one_is_named() -> None:
    payments, search = team("Payments"), team("Search", board=13)
    issues = [
        issue("SHOP-1", points=20.0, components=("payments",)),
        issue("SHOP-2", points=4.0, components=("search",)),
        issue("SHOP-3", points=8.0, components=("search", "payments")),
    ]
    seen = build_view(
        Backlog.of(
            snapshot(*issues, product=product(payments, search)), (capacity(10.0, payments), capacity(10.0, search))
        ),
        judged(issues),
    )

    found = runways(seen)

    assert [(runway.team, runway.sprints) for runway in found] == [("", 1.6), ("Payments", 2.0), ("Search", 0.4)]
    least = shortest(found)
    assert least is not None
    assert least.team == "Search"


@given(
    points=st.lists(st.sampled_from([None, 0, 1, 2, 3, 5, 8, 13]), min_size=1, max_size=30),
    unready=st.sets(st.integers(1, 30)),
    mended=st.integers(1, 30),
)
def test_making_an_issue_ready_never_lowers_a_runway(
    points: list[float | None], unready: set[int], mended: int
) -> None:
    issues = stories(*points)
    before = runways(view(issues, {f"SHOP-{n}": ("ready.acceptance",) for n in unready}))
    after = runways(view(issues, {f"SHOP-{n}": ("ready.acceptance",) for n in unready - {mended}}))

    for was, now in zip(before, after, strict=True):
        assert now.ready_points >= was.ready_points
        assert (now.sprints or 0) >= (was.sprints or 0)
        assert (now.contiguous_sprints or 0) >= (was.contiguous_sprints or 0)
        assert (now.dry_on or NOW.date()) >= (was.dry_on or NOW.date())
