"""The ready runway: for how many sprints ready work feeds the product and each team, and the day it runs dry."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import takewhile

from rules.capacity.model import Range
from rules.deep.churn import sprint_length
from rules.deep.model import Runway, Signal
from rules.deep.view import FAR, View
from rules.model import Issue

RED = 1.0  # sprints; below this the next planning has not enough to choose from
AMBER = 2.0
TARGET = 3.0  # two to three sprints are wanted; more is refined too early
FURTHEST = 36_500.0  # days; a hundred years is as good as never


def runways(view: View, target: float = TARGET) -> tuple[Runway, ...]:
    """The product's runway first (team ""), then each team's, in the order of the configuration.

    R is the size of ready issues less than six sprints away over the pace; the contiguous runway ends at the first
    issue that is not ready (B.1, 1). A team's runway is the same over the issues that are its own alone, with distances
    counted in its own queue. Without a pace there are points and no sprints.
    """
    whole = _runway(view, "", view.issues, _together(view.ranges.values()), target)
    queues: dict[str, list[Issue]] = {capacity.team.name: [] for capacity in view.capacities}
    for issue in view.issues:
        team = view.backlog.team(issue.key)
        if team is not None:
            queues[team.name].append(issue)
    own = (
        _runway(view, capacity.team.name, queues[capacity.team.name], view.ranges.get(capacity.team.name), target)
        for capacity in view.capacities
    )
    return (whole, *own)


def shortest(found: Sequence[Runway]) -> Runway | None:
    """The team that runs dry first: one starving team is how a shared backlog usually fails."""
    teams = [runway for runway in found if runway.team and runway.sprints is not None]
    return min(teams, key=lambda runway: runway.sprints or 0.0, default=None)


def _together(paces: Iterable[Range]) -> Range | None:
    """The teams' ranges added up; the low end is cautious, since seldom all teams have a bad sprint at once."""
    known = list(paces)
    if not known:
        return None
    return Range(sum(r.p15 for r in known), sum(r.p50 for r in known), sum(r.p85 for r in known))


def _runway(view: View, team: str, queue: Sequence[Issue], pace: Range | None, target: float) -> Runway:
    if pace is None:
        points = _points(view, (issue for issue in queue if issue.key in view.ready))
        return Runway(team=team, ready_points=points, sprints=None, dry_on=None, text=_unknown(team, points))
    reach = list(_within_reach(view, queue, pace.p50))
    points = _points(view, (issue for issue in reach if issue.key in view.ready))
    gapless = _points(view, takewhile(lambda issue: issue.key in view.ready, reach))
    dry = _dry_on(view, team, points, pace)
    signal = _signal(points / pace.p50, target)
    return Runway(
        team=team,
        ready_points=points,
        sprints=points / pace.p50,
        dry_on=dry,
        contiguous_sprints=gapless / pace.p50,
        signal=signal,
        text=f"{_told(team, points, pace, dry)} {_ADVICE[signal].format(target=target)}",
    )


def _points(view: View, issues: Iterable[Issue]) -> float:
    return sum(view.size[issue.key].points for issue in issues)


def _within_reach(view: View, queue: Sequence[Issue], pace: float) -> Iterator[Issue]:
    above = 0.0
    for issue in queue:
        if above / pace >= FAR:
            return
        yield issue
        above += view.size[issue.key].points


def _signal(sprints: float, target: float) -> Signal:
    if sprints < RED:
        return Signal.RED
    if sprints < AMBER:
        return Signal.AMBER
    return Signal.GREEN if sprints <= target else Signal.OVER_REFINED


def _dry_on(view: View, team: str, points: float, pace: Range) -> date | None:
    """The day by which ready work is used up at the low end of the range, `p15`.

    With 85 % probability at least `p15` points are finished in a sprint, so this is the latest day to reckon with;
    at a usual pace it comes sooner. Counted from the start of the next sprint (never from before the snapshot), or
    from the snapshot where no sprint has a date. `None` where the low end is nothing at all.
    """
    if pace.p15 <= 0:
        return None
    mine = [capacity for capacity in view.capacities if team in {"", capacity.team.name}]
    starts = [c.sprint.start for c in mine if c.sprint is not None and c.sprint.start is not None]
    start = max(view.now, min(starts, default=view.now))
    days = points / pace.p15 * sprint_length(capacity.team for capacity in mine)
    return (start + timedelta(days=min(days, FURTHEST))).date()


def _unknown(team: str, points: float) -> str:
    whose = f"{team} has" if team else "There are"
    return f"{whose} {points:g} ready points, but no pace is known yet: finish a sprint with estimates, or give a hint."


def _told(team: str, points: float, pace: Range, dry: date | None) -> str:
    whose = f"{team} has" if team else "There are"
    until = f"; used up by {dry.isoformat()} even at the low end of {pace.p15:g} points a sprint" if dry else ""
    sprints = f"{points / pace.p50:.2g} sprints of work at {pace.p50:g} points a sprint"
    return f"{whose} {points:g} ready points, {sprints}{until}."


_ADVICE = {
    Signal.RED: "That is less than one sprint: refine now.",
    Signal.AMBER: "That is less than two sprints: refine more than is finished.",
    Signal.GREEN: "That is what planning needs.",
    Signal.OVER_REFINED: "That is more than {target:g} sprints: over-refined, so refine later.",
}
