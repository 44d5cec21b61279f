from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rules.capacity.compute import capacities
from rules.capacity.model import Level, Range, StoredForecast, TeamCapacity, Warning  # noqa: A004 - the core's own word
from rules.capacity.options import CapacityOptions
from rules.model import Issue, Snapshot, Sprint, Team, TeamFilter, Unit
from tests.factories import absence, finished, issue, person, product, snapshot, sprint, team

START = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
NEXT = sprint("950", start=START, end=START + timedelta(days=14))


def world(*issues: Issue, teams: Sequence[Team] = (), sprints: Sequence[Sprint] = (NEXT,), closed: int = 3) -> Snapshot:
    past, done = finished(closed, points=(6, 6))
    return snapshot(*issues, product=product(*teams), sprints=(*past, *sprints), history=tuple(done))


def first(world: Snapshot, **options: Any) -> TeamCapacity:
    return capacities(world, CapacityOptions(**options))[0]


def warned(world: Snapshot, code: str, **options: Any) -> list[Warning]:
    return [warning for warning in first(world, **options).warnings if warning.code == code]


def in_sprint(key: str, points: float | None, **overrides: Any) -> Issue:
    return issue(key, "", points=points, sprint="950", **overrides)


def test_a_quiet_team_is_not_warned() -> None:
    assert first(world()).warnings == ()


def test_the_loss_in_points_is_the_difference_of_the_figures_next_to_it() -> None:
    """0.765 instead of 1.02; the full figure does not follow from the rounded one."""
    people = tuple(person(f"P{n}") for n in range(3))
    away = (*people, person("Di", absences=(absence(date(2026, 3, 9), date(2026, 3, 20)),)))
    past, done = finished(3, points=(1.02,))
    world = snapshot(product=product(team(people=away)), sprints=(*past, NEXT), history=tuple(done))

    (warning,) = [one for one in first(world).warnings if one.code == "AVAILABILITY"]

    assert "0.8 points instead of 1 (0.2 less)" in warning.text
    assert first(world).exact_points == pytest.approx(0.765)


def test_a_person_given_away_for_more_than_everything_is_reported_in_both_teams() -> None:
    two = (team("A", people=(person("Bo", share=0.7),)), team("B", board=13, people=(person("Bo", share=0.5),)))

    for capacity in capacities(world(teams=two), CapacityOptions()):
        (warning,) = [w for w in capacity.warnings if w.code == "PERSON-OVER"]
        assert warning.level is Level.RED
        assert warning.text == "Bo is allocated 120 %: A 70 %, B 50 %."


def test_different_days_in_two_teams_are_no_more_than_everything() -> None:
    early, late = person("Bo", weeks=(frozenset({0, 1, 2}),)), person("Bo", weeks=(frozenset({3, 4}),))

    assert not warned(world(teams=[team("A", people=(early,)), team("B", board=13, people=(late,))]), "PERSON-OVER")


def test_whoever_changes_the_team_is_not_given_away_twice() -> None:
    old, new = person("Bo", leaves=date(2026, 3, 13)), person("Bo", joins=date(2026, 3, 16))

    assert not warned(world(teams=[team("A", people=(old,)), team("B", board=13, people=(new,))]), "PERSON-OVER")


def test_two_people_of_one_name_are_distinguished_by_their_accounts() -> None:
    two = (team("A", people=(person("Bo", account="b1"),)), team("B", board=13, people=(person("Bo", account="b2"),)))

    assert not warned(world(teams=two), "PERSON-OVER")


def test_sixty_and_forty_percent_are_a_whole_person() -> None:
    two = (team("A", people=(person("Bo", share=0.6),)), team("B", board=13, people=(person("Bo", share=0.4),)))

    assert not warned(world(teams=two), "PERSON-OVER")


@pytest.mark.parametrize(
    ("points", "code", "level"),
    [
        pytest.param(12, None, None, id="just-full"),
        pytest.param(13.2, "STRETCH", Level.AMBER, id="110-percent"),
        pytest.param(22.7, "STRETCH", Level.AMBER, id="189-percent"),
        pytest.param(22.8, "OVER-COMMITTED", Level.RED, id="190-percent"),
        pytest.param(40, "OVER-COMMITTED", Level.RED, id="beyond-the-best"),
    ],
)
def test_more_load_than_points_is_reported_with_the_percentage(
    points: float, code: str | None, level: Level | None
) -> None:
    found = [w for w in first(world(in_sprint("A-1", points))).warnings if w.code in {"STRETCH", "OVER-COMMITTED"}]

    assert [(w.code, w.level) for w in found] == ([] if code is None else [(code, level)])
    if points == 13.2:
        assert '"Sprint 950" holds 13.2 points, Payments usually finishes 12 (110 %)' in found[0].text
    if points == 40:
        assert found[0].text.endswith("15 of 100 sprints reach 24.7. Move about 28 points out.")


def test_a_person_with_more_than_their_part_is_named() -> None:
    people = (person("Bo", account="bo"), person("Cy", account="cy"))
    load = [in_sprint("A-1", 8.0, assignee="bo"), in_sprint("A-2", 2.0, assignee="cy")]

    (warning,) = first(world(*load, teams=[team(people=people)])).personal

    assert warning.text == (
        '8 points in "Sprint 950" are assigned to Bo, 133 % of the 6.0 that match 10 of 20 person-days.'
    )


def test_a_team_may_leave_the_load_of_one_person_out() -> None:
    people = (person("Bo", account="bo"), person("Cy", account="cy"))
    load = [in_sprint("A-1", 8.0, assignee="bo"), in_sprint("A-2", 2.0, assignee="cy")]

    one = first(world(*load, teams=[team(people=people, person_load=False)]))

    assert (one.people, one.personal) == ((), ())


def test_work_waiting_for_somebody_who_is_away_is_reported() -> None:
    people = (person("Bo", account="bo", absences=(absence(date(2026, 3, 1), date(2026, 3, 31)),)), person("Cy"))

    (warning,) = first(world(in_sprint("A-1", 1.0, assignee="bo"), teams=[team(people=people)])).personal

    assert "is assigned to Bo, more than the 0.0 that match 0 of 10 person-days" in warning.text


def test_unestimated_work_in_the_sprint_makes_the_load_a_lower_bound() -> None:
    (warning,) = warned(world(in_sprint("A-1", None), in_sprint("A-2", 3.0)), "LOAD-UNKNOWN")

    assert "1 issue" in warning.text
    assert "A-1" in warning.text
    assert "above 3 points" in warning.text


def test_few_absences_are_information_and_many_are_a_warning() -> None:
    few = team(people=(*tuple(person(f"P{n}") for n in range(9)), person("Bo", absences=(absence(),))))
    many = team(people=(person("Bo", absences=(absence(date(2026, 3, 9), date(2026, 3, 13)),)),))

    assert [w.level for w in warned(world(teams=[few]), "AVAILABILITY")] == [Level.INFO]
    assert [w.level for w in warned(world(teams=[many]), "AVAILABILITY")] == [Level.AMBER]


def test_without_points_absences_are_reported_in_days_only() -> None:
    away = team(people=(person("Bo", absences=(absence(date(2026, 3, 9), date(2026, 3, 13)),)),))

    (warning,) = warned(world(teams=[away], closed=0), "AVAILABILITY")

    assert warning.text == 'Payments has 5 of 10 person-days in "Sprint 950" (50 % less).'


def test_one_closed_sprint_is_low_confidence_with_a_range() -> None:
    (warning,) = warned(world(closed=1), "LOW-CONFIDENCE")

    assert "is based on 1 closed sprint." in warning.text
    assert first(world(closed=1)).points is not None


def test_a_team_without_history_says_what_to_do() -> None:
    fresh = world(closed=0)

    assert first(fresh).points is None
    assert first(fresh).split.unit == "hours"
    assert "Set points_per_day" in warned(fresh, "NO-VELOCITY")[0].text


def test_a_guess_is_called_one() -> None:
    guess = first(world(closed=0), points_per_day=0.5)

    assert guess.points is not None
    assert (guess.points.p50, guess.confidence) == (10, "guess")
    assert any("is a guess" in w.text for w in guess.warnings)
    assert "A guess: points_per_day 0.5 × 20 person-days." in guess.explanation


def test_a_board_without_a_future_sprint_is_asked_to_create_one() -> None:
    (warning,) = warned(world(sprints=()), "NO-SPRINT")

    assert "Board 12 of Payments has no future sprint" in warning.text


def test_a_sprint_without_dates_names_the_days_taken() -> None:
    (warning,) = warned(world(sprints=[sprint("950", start=None)]), "SPRINT-DATES")

    assert "2 March to 13 March (10 weekdays)" in warning.text


@pytest.mark.parametrize(("days", "told"), [(2, True), (4, True), (7, False), (28, False), (31, False), (42, True)])
def test_a_sprint_outside_one_to_four_weeks_is_reported(days: int, told: bool) -> None:  # noqa: FBT001 - a column
    box = sprint("950", start=START, end=START + timedelta(days=days))

    assert bool(warned(world(sprints=[box]), "SPRINT-LENGTH")) is told


def test_teams_whose_sprints_end_on_different_days_are_reported_both() -> None:
    later = sprint("951", board=13, start=START, end=START + timedelta(days=21))

    both = capacities(world(teams=[team("A"), team("B", board=13)], sprints=[NEXT, later]), CapacityOptions())

    for capacity in both:
        (warning,) = [w for w in capacity.warnings if w.code == "SPRINT-ENDS"]
        assert "A 22 March, B 29 March" in warning.text


def test_teams_that_share_a_board_and_do_not_say_what_they_take_learn_why_nothing_counts() -> None:
    teams = [team(name, takes=TeamFilter(), people=(person(f"{name}na"),)) for name in ("A", "B")]
    both = capacities(world(in_sprint("SHOP-1", 5.0), teams=teams), CapacityOptions())

    assert [(one.points, one.load) for one in both] == [(None, 0.0), (None, 0.0)]
    fact = "Board 12 is shared by A and B, and neither says what it takes: velocity and load are unknown."
    (text,) = {warning.text for capacity in both for warning in capacity.warnings}
    assert text == f"{fact} Name `takes` in [[teams]]."
    assert [[warning.code for warning in capacity.warnings] for capacity in both] == [["SHARED-BOARD"]] * 2


def test_a_team_without_people_is_reported_and_keeps_its_points() -> None:
    alone = first(world(teams=[team(people=())]))

    assert (alone.net_days, alone.hours) == (0, 0)
    assert alone.points is not None
    assert alone.points.p50 == 12
    assert [w.code for w in alone.warnings] == ["NO-PEOPLE"]


def test_an_unknown_country_is_reported_and_takes_no_holidays() -> None:
    (warning,) = warned(world(teams=[team(people=(person(country="DE", region="XX"),))]), "HOLIDAYS-UNKNOWN")

    assert "'DE-XX' (Bo)" in warning.text


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        pytest.param({"refinement_share": 0.02}, "REFINEMENT-SHARE", "is 2.0 % of", id="too-little-refinement"),
        pytest.param({"refinement_share": 0.15}, "REFINEMENT-SHARE", "is 15.0 % of", id="too-much-refinement"),
        pytest.param({"focus": 0.6, "focus_reason": "on call"}, "FOCUS", "0.6. Reason: on call", id="focus"),
        pytest.param(
            {"buffer_on_points": True, "buffer_on_points_reason": "we insist"},
            "CAP-DOUBLE",
            "56 % of the time",
            id="double",
        ),
        pytest.param({"focus": 0.9, "focus_reason": "no meetings"}, "HOURS-APART", "bottom-up gives", id="apart"),
    ],
)
def test_unusual_options_are_reported_with_their_numbers(options: dict[str, Any], code: str, said: str) -> None:
    (warning,) = warned(world(), code, **options)

    assert said in warning.text


def planned(*extra: float, forecasts: Sequence[StoredForecast] = ()) -> list[Warning]:
    """What a team hears that finishes 12 points in each of five sprints, and plans so many more, oldest first."""
    past, done = finished(5, points=(5, 4, 3))
    missed = [
        issue(f"M-{box.id}", id=f"M{box.id}", points=points, sprints=(box.id,))
        for box, points in zip(reversed(past), extra, strict=True)
    ]
    history = (*done, *missed)
    there = snapshot(sprints=(*past, NEXT), history=history, edits={one.id: () for one in history})
    capacity = capacities(there, CapacityOptions(), forecasts)[0]
    return [warning for warning in capacity.warnings if warning.code == "BUFFER-PLANNED"]


def forecast(usual: float, unit: Unit = Unit.POINTS, *, is_guess: bool = False) -> StoredForecast:
    """What was said of the latest closed sprint."""
    return StoredForecast(
        team="Payments",
        sprint="901",
        name="Sprint 901",
        made=START - timedelta(days=90),
        unit=unit,
        expected=Range(usual, usual, usual),
        is_guess=is_guess,
    )


def test_two_sprints_in_a_row_planned_above_the_usual_are_a_warning() -> None:
    [warning] = planned(0, 0, 0, 4, 6)

    assert warning.level is Level.AMBER
    assert warning.text == (
        "Payments began its last two sprints with more points than it usually finishes: 16 where 12 were usual, "
        "then 18 where 12 were usual. That leaves no buffer for the unexpected. Plan at most what is usual."
    )


@pytest.mark.parametrize("extra", [(9, 9, 9, 9, 0), (9, 9, 9, 0, 9), (0, 0, 0, 1, 1)], ids=str)
def test_one_sprint_above_the_usual_and_a_little_more_are_exceptions(extra: tuple[float, ...]) -> None:
    assert not planned(*extra)


def test_what_was_usual_is_what_was_forecast_then_as_far_as_that_was_kept() -> None:
    assert not planned(0, 0, 0, 4, 6, forecasts=[forecast(18)])
    assert not planned(0, 0, 0, 4, 6, forecasts=[forecast(5, is_guess=True)])
    assert planned(0, 0, 0, 4, 6, forecasts=[forecast(18, Unit.ISSUES)])


def test_with_few_sprints_or_an_unknown_past_nothing_is_said_of_the_buffer() -> None:
    past, done = finished(4, points=(12,))
    missed = [issue(f"M-{box.id}", id=f"M{box.id}", points=4.0, sprints=(box.id,)) for box in past]
    history = (*done, *missed)
    few = snapshot(sprints=(*past, NEXT), history=history, edits={one.id: () for one in history})

    assert not warned(few, "BUFFER-PLANNED")
    assert not warned(replace(few, edits={}), "BUFFER-PLANNED")


def test_the_buffer_touches_points_only_when_asked_with_a_reason() -> None:
    asked = first(world(), buffer_on_points=True, buffer_on_points_reason="we insist")

    assert asked.points is not None
    assert asked.points.p50 == 9
    assert "No buffer on points" not in " ".join(asked.explanation)
    assert "No buffer on points" in " ".join(first(world()).explanation)


def test_the_most_pressing_warning_comes_first() -> None:
    people = (person("Bo", share=0.9), person("Bo", share=0.9, country="XX"))
    levels = [w.level for w in first(world(in_sprint("A-1", None), closed=1, teams=[team(people=people)])).warnings]

    assert levels == sorted(levels, key=list(Level).index)
    assert levels[0] is Level.RED


def test_a_full_sprint_in_which_nobody_works_is_named_without_a_range_of_nothing() -> None:
    away = team(people=(person("Bo", absences=(absence(date(2026, 3, 9), date(2026, 3, 20)),)),))

    (warning,) = warned(world(in_sprint("A-1", 5), teams=[away]), "OVER-COMMITTED")

    assert warning.text.endswith(" holds 5 points, and nobody of Payments works. Move about 5 points out.")
