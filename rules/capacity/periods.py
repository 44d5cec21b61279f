"""Teams without sprints: periods of whole weeks take the place of sprints (docs/capacity.md).

Everything that counts in sprints then works for these teams too. A period is not in the tracker: nothing is
moved into one, and nobody plans one on a day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import dropwhile
from math import fsum
from zoneinfo import ZoneInfo

from rules.capacity.points import Finished
from rules.capacity.time_boxes import weeks_of
from rules.model import Category, Issue, Snapshot, Sprint, SprintState, Team

AHEAD = 3
"""Periods after the running one."""
FIRST_MONDAY = date(2024, 1, 1)
"""All periods of one length begin so many whole periods after this day, so that they are the same in each run."""
WEEK = timedelta(days=7)


def with_periods(snapshot: Snapshot, history: int, timezone: str = "") -> Snapshot:
    """The snapshot with periods as sprints for each team without: `history` closed ones, the running one, some ahead.

    Finished issues are in the period in which they were resolved, issues in progress in the running one. Days begin at
    midnight in `timezone` (UTC for "").
    """
    teams = [team for team in snapshot.product.teams if not team.has_sprints]
    if not teams:
        return snapshot
    by_team = {team.name: tuple(_periods(team, snapshot.taken_at, history, timezone)) for team in teams}
    periods = tuple(period for several in by_team.values() for period in several)
    return replace(
        snapshot,
        sprints=(*snapshot.sprints, *periods),
        issues=tuple(in_period(issue, snapshot, by_team) for issue in snapshot.issues),
        history=tuple(in_period(issue, snapshot, by_team) for issue in snapshot.history),
    )


def periods_by_team(snapshot: Snapshot) -> Mapping[str, tuple[Sprint, ...]]:
    """The periods that `with_periods` added, by the name of the team."""
    return {
        team.name: tuple(one for one in snapshot.sprints if one.is_period and one.board == team.board)
        for team in snapshot.product.teams
        if not team.has_sprints
    }


def in_period(issue: Issue, snapshot: Snapshot, by_team: Mapping[str, tuple[Sprint, ...]]) -> Issue:
    """The issue in its period, where it is the work of one team without sprints and was in no sprint."""
    takers = snapshot.teams_of(issue)
    if len(takers) != 1 or takers[0].name not in by_team or any(one in snapshot.sprint_by_id for one in issue.sprints):
        return issue
    periods = by_team[takers[0].name]
    if issue.category is Category.DOING:
        running = next((one.id for one in periods if one.state is SprintState.ACTIVE), None)
        return issue if running is None else replace(issue, sprint=running, sprints=(*issue.sprints, running))
    if issue.is_open:
        return issue
    mine = tuple(one.id for one in periods if one.start and one.end and one.start <= issue.finished_at < one.end)
    return replace(issue, sprints=(*issue.sprints, *mine))


def _periods(team: Team, now: datetime, history: int, timezone: str) -> Iterator[Sprint]:
    zone = ZoneInfo(timezone) if timezone else UTC
    weeks = weeks_of(team)
    number = (now.astimezone(zone).date() - FIRST_MONDAY) // (WEEK * weeks)
    for offset in range(-history, AHEAD + 1):
        first = FIRST_MONDAY + (number + offset) * weeks * WEEK
        start, end = (datetime.combine(day, time(), zone) for day in (first, first + weeks * WEEK))
        state = SprintState.ACTIVE if offset == 0 else SprintState.FUTURE if offset > 0 else SprintState.CLOSED
        yield Sprint(
            id=f"{team.board}/{first}",
            name=_name(first, weeks),
            state=state,
            board=team.board,
            start=start,
            end=end,
            completed=end if state is SprintState.CLOSED else None,
            is_period=True,
        )


def _name(first: date, weeks: int) -> str:
    """The numbers of its weeks (ISO 8601): "Week 10", "Weeks 10-11"."""
    begin, end = (day.isocalendar().week for day in (first, first + (weeks - 1) * WEEK))
    return f"Week {begin}" if weeks == 1 else f"Weeks {begin}-{end}"


def weekly(snapshot: Snapshot, team: Team, finished: Finished) -> tuple[float, ...]:
    """What the team finished in each week of its closed periods, the latest last; weeks without anything are 0.

    It begins with the first week in which anything was finished: of the weeks before, nothing may be known.
    """
    weeks: list[float] = []
    for period in snapshot.sprints_of(team, SprintState.CLOSED):
        if not period.is_period or period.start is None:
            continue
        done = finished.get(period.id, ())
        for number in range(weeks_of(team)):
            begin = period.start + number * WEEK
            weeks.append(fsum(one.points or 0.0 for one in done if begin <= one.finished_at < begin + WEEK))
    return tuple(dropwhile(lambda amount: not amount, weeks))
