from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.backlog.index import Backlog
from rules.capacity.model import Range, SprintOutlook, TeamCapacity
from rules.deep.model import Runway, Signal
from rules.deep.runway import first_dry, runways, short_teams
from rules.deep.scorecard import build_view
from rules.model import Issue, Kind
from tests.factories import NOW, issue, product, snapshot, sprint, team
from tests.rules.deep.backlog import capacity, judge_by, judged, stories, view


@pytest.mark.parametrize(
    ("points", "sprints", "signal"),
    [
        ((5, 5, 5, 5, 5, 5), 2.5, Signal.GREEN),
        ((4, 5), 0.75, Signal.RED),
        ((6, 6, 6), 1.5, Signal.AMBER),
        ((12,) * 5, 5.0, Signal.OVER_REFINED),
        ((6,) * 6, 3.0, Signal.GREEN),
        (((6,) * 6 + (0.5,)), 36.5 / 12, Signal.GREEN),
        (((6,) * 6 + (1,)), 37 / 12, Signal.OVER_REFINED),
    ],
    ids=["30 of 12", "9 of 12", "18 of 12", "60 of 12", "the target itself", "shown as 3", "shown as 3.1"],
)
def test_the_signal_follows_the_sprints_of_ready_work(
    points: tuple[float, ...], sprints: float, signal: Signal
) -> None:
    whole = runways(view(stories(*points)))[0]

    assert whole.ready_points == sum(points)
    assert whole.sprints == pytest.approx(sprints)
    assert whole.signal is signal


def test_nine_ready_points_name_the_days_they_are_used_up() -> None:
    """9 points at 12 (9 to 15) in 14 calendar days from 2 March: the 11th day, the 9th if fast, the 14th if slow."""
    whole = runways(view(stories(4, 5)))[0]

    assert (whole.usual_on, whole.earliest_on, whole.latest_on) == (
        date(2026, 3, 12),
        date(2026, 3, 10),
        date(2026, 3, 15),
    )
    assert whole.dry_on == whole.usual_on
    assert whole.text == (
        "9 ready points are 0.75 sprints at 12 points a sprint, enough to about 12 March "
        "(10 March if fast, 15 March if slow). Less than one sprint: refine now."
    )


def test_no_ready_work_is_used_up_today() -> None:
    whole = runways(view(stories(5), {"SHOP-1": ("ready.acceptance",)}))[0]

    assert (whole.sprints, whole.usual_on) == (0.0, NOW.date())


def test_more_than_the_target_is_called_over_refined() -> None:
    assert "refine later" in runways(view(stories(*[12] * 5)))[0].text


@pytest.mark.parametrize("points", [24, 60], ids=["enough", "more than needed"])
def test_the_sentence_of_the_product_asks_for_what_the_sentence_of_a_team_asks(points: float) -> None:
    payments, search = team("Payments"), team("Search", board=13)
    large = [replace(one, components=("payments",)) for one in stories(points)]
    world = snapshot(*large, product=product(payments, search))
    backlog = Backlog.of(world, (capacity(10.0, payments), capacity(2.0, search)))

    whole, _, search_only = runways(build_view(backlog, judged(large), judge_by()))

    assert whole.text.endswith("Enough on the whole, but too little for Search: refine there first.")
    assert search_only.text.endswith("Less than one sprint: refine now.")


def test_more_than_two_teams_with_too_little_are_counted() -> None:
    names = ("A", "B", "C", "")
    each = [Runway(team=name, ready_points=0.0, sprints=0.0, signal=Signal.RED) for name in names]

    assert (short_teams(each[1:]), short_teams(each)) == ("B and C", "3 teams")


def test_the_target_can_be_moved() -> None:
    assert runways(view(stories(*[12] * 5)), target=5.0)[0].signal is Signal.GREEN


def ahead(first: date, days: int, points: float | None, sprint_id: str = "") -> SprintOutlook:
    """A sprint to come of so many calendar days and points, three quarters of them at the slow pace."""
    return SprintOutlook(
        sprint=sprint(sprint_id, start=datetime.combine(first, time(9), UTC)) if sprint_id else None,
        first=first,
        last=first + timedelta(days=days - 1),
        net_days=20.0,
        points=None if points is None else Range(0.75 * points, points, 1.25 * points),
    )


def lasts(issues: Sequence[Issue], fed: TeamCapacity, unready: Mapping[str, tuple[str, ...]] | None = None) -> Runway:
    """The product's runway with one team."""
    return runways(build_view(Backlog.of(snapshot(*issues), (fed,)), judged(issues, unready), judge_by(unready)))[0]


def test_eleven_points_with_8_point_4_in_the_next_sprint_end_in_the_second() -> None:
    """An absence in the next sprint moves the day and not the number: 2.6 of 12 points are left for the second one."""
    fed = capacity(12.0, outlook=(ahead(date(2026, 3, 9), 14, 8.4),))
    whole = lasts(stories(5, 3, 3), fed)

    assert whole.sprints == pytest.approx(11 / 12)
    assert whole.signal is Signal.RED
    assert whole.usual_on == date(2026, 3, 26)


def test_three_week_sprints_give_three_week_days() -> None:
    """18 points at 12 a sprint of 21 days, from 9 March: half of the second sprint, which begins on 30 March."""
    fed = capacity(12.0, outlook=(ahead(date(2026, 3, 9), 21, 12.0),), cadence_days=21)

    assert lasts(stories(9, 9), fed).usual_on == date(2026, 4, 9)


def test_a_gap_between_sprints_finishes_nothing() -> None:
    fed = capacity(12.0, outlook=(ahead(date(2026, 3, 9), 14, 12.0), ahead(date(2026, 4, 6), 14, 12.0)))

    assert lasts(stories(6, 12), fed).usual_on == date(2026, 4, 12)


def test_what_is_not_ready_in_a_sprint_takes_its_points_and_ready_work_in_it_is_ready_work() -> None:
    """Of 12 points 6 are taken by an issue that is not ready; the ready one in the sprint is part of the 12."""
    issues = [
        issue("SHOP-1", points=6.0, sprint="7"),
        issue("SHOP-2", points=6.0, sprint="7"),
        issue("SHOP-3", points=6.0),
    ]
    fed = capacity(12.0, outlook=(ahead(date(2026, 3, 9), 14, 12.0, "7"),))
    whole = lasts(issues, fed, {"SHOP-2": ("ready.acceptance",)})

    assert whole.ready_points == 12
    assert whole.usual_on == date(2026, 3, 29)


def test_work_that_is_carried_over_takes_the_next_sprints_points() -> None:
    fed = capacity(12.0, outlook=(ahead(date(2026, 3, 9), 14, 12.0),), carry_over=6.0, load=6.0)

    assert lasts(stories(12), fed).usual_on == date(2026, 3, 29)


def test_a_sprint_that_should_have_started_does_not_put_the_day_into_the_past() -> None:
    fed = capacity(12.0, outlook=(ahead(date(2026, 1, 5), 14, 12.0),))

    assert lasts(stories(12), fed).usual_on == date(2026, 3, 15)


def test_a_slow_pace_of_nothing_names_no_latest_day() -> None:
    whole = lasts(stories(9), replace(capacity(), usual=Range(0.0, 12.0, 20.0)))

    assert (whole.usual_on, whole.latest_on) == (date(2026, 3, 12), None)
    assert "more than ten years if slow" in whole.text


def test_ready_work_counts_wherever_it_is_ranked() -> None:
    """The number can be recomputed from what is ready: 84 points at 12."""
    whole = runways(view(stories(72, 12)))[0]

    assert (whole.ready_points, whole.sprints) == (84, 7)


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
    assert "No velocity is known" in whole.text


def test_each_team_has_its_own_and_its_part_of_what_several_may_take() -> None:
    """9 shared points go 2 to 1, by velocity; the product adds up the teams, without what none of them takes."""
    payments, search = team("Payments"), team("Search", board=13)
    issues = [
        issue("SHOP-1", points=20.0, components=("payments",)),
        issue("SHOP-2", points=4.0, components=("search",)),
        issue("SHOP-3", points=9.0, components=("search", "payments")),
        issue("SHOP-4", points=5.0, components=("nobody's",)),
    ]
    seen = build_view(
        Backlog.of(
            snapshot(*issues, product=product(payments, search)), (capacity(20.0, payments), capacity(10.0, search))
        ),
        judged(issues),
        judge_by(),
    )

    found = runways(seen)

    assert [(one.team, one.ready_points) for one in found] == [("", 33.0), ("Payments", 26.0), ("Search", 7.0)]
    assert [one.sprints for one in found] == pytest.approx([1.1, 1.3, 0.7])
    assert sum(one.ready_points for one in found[1:]) == found[0].ready_points


def test_the_first_to_run_out_is_the_one_with_the_earliest_day() -> None:
    """One sprint of one week ends before 0.8 sprints of four weeks."""
    payments, search = team("Payments"), team("Search", board=13)
    issues = [
        issue("SHOP-1", points=10.0, components=("payments",)),
        issue("SHOP-2", points=8.0, components=("search",)),
    ]
    fed = (capacity(10.0, payments, cadence_days=7), capacity(10.0, search, cadence_days=28))
    found = runways(
        build_view(Backlog.of(snapshot(*issues, product=product(payments, search)), fed), judged(issues), judge_by())
    )
    first = first_dry(found)

    assert first is not None
    assert first.team == "Payments"


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
