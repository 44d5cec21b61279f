"""The ready runway: for how many sprints ready work feeds the product and each team, and the days it is used up.

The number of sprints is ready points over typical velocity: absences do not change it, and colour, target and warnings
go by it. The days come from the sprints ahead, each with its own person-days; the formula is in docs/deep.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from math import ceil, fsum

from rules.capacity.model import Range, TeamCapacity
from rules.capacity.time_boxes import TimeBoxes
from rules.deep.model import ENOUGH, Runway, Signal
from rules.deep.team_parts import queues_of, takers_of
from rules.deep.view import HORIZON, View, once_a_view
from rules.model import Issue, Unit
from rules.wording import agreeing, many

RED = 1.0
"""Sprints; below this the next planning has not enough to choose from."""
AMBER = 2.0
"""Sprints; below this more should be refined than is finished."""
NAMED = 2
"""Teams named in a sentence; more are counted."""
FURTHEST = 3_653
"""Days; ready work for ten years has no date."""


def runways(view: View, target: float = HORIZON, red: float = RED, amber: float = AMBER) -> tuple[Runway, ...]:
    """The product's runway first (team ""), then each team's, in the order of the configuration.

    A team's runway counts the ready work that only it may take. What several teams may take is divided in proportion to
    their velocities. The product's runway adds up the teams' own; what no team may take does not count. Signals are red
    below `red` sprints, amber below `amber`, over-refined above `target`.
    """
    levels = _Levels(red, amber, target, view.boxes)
    queues, unready = queues_of(view), _unready(view)
    teams = tuple(_Team(view, capacity, queues[capacity.team.name], unready) for capacity in view.capacities)
    parts: dict[str, float] = {}
    for team in teams:
        for issue, part in team.queue:
            parts[issue.key] = parts.get(issue.key, 0.0) + part
    together = [(issue, parts[issue.key]) for issue in view.issues if issue.key in parts]
    by_team = tuple(_runway(view, one.name, one.queue, (one,), levels) for one in teams)
    return (_runway(view, "", together, teams, levels, short_teams(by_team)), *by_team)


@once_a_view
def ready_sprints(view: View) -> float | None:
    """How many sprints the ready work lasts, as the product's runway says; `None` where no velocity is known."""
    velocity, takers, sizes = _together(view.capacities, view), takers_of(view), view.backlog.sizes
    return fsum([sizes[key].points * takers[key].together for key in view.ready]) / velocity if velocity else None


def short_teams(runways: Iterable[Runway]) -> str:
    """The teams with too little ready work: up to two names, else how many they are, "" for none."""
    names = [runway.team for runway in runways if runway.team and runway.is_short]
    return " and ".join(names) if len(names) <= NAMED else many(len(names), "team")


def first_dry(runways: Sequence[Runway]) -> Runway | None:
    """The team whose ready work is used up first at the usual pace; sprints are compared where no days are known.

    Teams' sprints differ in length, so days are compared and not sprints.
    """
    teams = [runway for runway in runways if runway.team and runway.sprints is not None]
    return min(teams, key=lambda one: (one.usual_on or date.max, one.sprints or 0.0), default=None)


@dataclass(frozen=True, slots=True)
class _Levels:
    """The numbers of sprints at which the signal changes."""

    red: float
    amber: float
    target: float
    boxes: TimeBoxes

    def signal(self, runway: float) -> Signal:
        """The signal of a number of sprints, as it is shown: 3.04 sprints are 3, and not more than 3."""
        runway = round(runway, 1)
        if runway < self.red:
            return Signal.RED
        if runway < self.amber:
            return Signal.AMBER
        return Signal.GREEN if runway <= self.target else Signal.OVER_REFINED

    def advice(self, signal: Signal, short: str) -> str:
        """What to do, as a sentence; `short` are the teams with too little while there is enough on the whole."""
        if short and signal in ENOUGH:
            return f"Enough on the whole, but too little for {short}: refine there first."
        match signal:
            case Signal.RED:
                return f"Less than {self.boxes.words(self.red)}: refine now."
            case Signal.AMBER:
                return f"Less than {self.boxes.words(self.amber)}: refine more than is finished."
            case Signal.OVER_REFINED:
                return f"More than {self.boxes.words(self.target)}: refine later."
        return "Enough for the next plannings."


class _Team:
    """A team, the ready or unready issues it may take with its part of each, and its sprints ahead."""

    def __init__(
        self,
        view: View,
        capacity: TeamCapacity,
        queue: Sequence[tuple[Issue, float]],
        unready: Mapping[str, Sequence[Issue]],
    ) -> None:
        self.name = capacity.team.name
        self.velocity = view.backlog.velocities.get(self.name)
        self.capacity = capacity
        self.queue = queue
        self.sprints = tuple(_sprints(view, capacity, unready))

    def finishes(self, day: date, pace: str) -> float:
        """Points of new work finished on a day, at the pace "p15", "p50" or "p85" of each sprint's range."""
        for sprint in self.sprints:
            if sprint.first <= day <= sprint.last:
                return sprint.a_day(pace)
        return self.usual_a_day(pace) if not self.sprints or day > self.sprints[-1].last else 0.0

    def usual_a_day(self, pace: str) -> float:
        """Points a calendar day once the planned sprints are over."""
        usual = self.capacity.usual
        return float(getattr(usual, pace)) / self.capacity.cadence_days if usual is not None else 0.0


@dataclass(frozen=True, slots=True)
class _Sprint:
    """A planned sprint: its days, its range and the points in it that are not ready work."""

    first: date
    last: date
    points: Range
    taken: float

    def a_day(self, pace: str) -> float:
        """Points of ready work a calendar day."""
        return max(0.0, float(getattr(self.points, pace)) - self.taken) / ((self.last - self.first).days + 1)


def _together(capacities: Iterable[TeamCapacity], view: View) -> float | None:
    """The typical velocities of these teams together; `None` where none is known."""
    velocities = view.backlog.velocities
    return fsum(velocities.get(capacity.team.name, 0.0) for capacity in capacities) or None


def _unready(view: View) -> Mapping[str, Sequence[Issue]]:
    """The issues in each sprint that are not ready, by the sprint's id."""
    unready: dict[str, list[Issue]] = {}
    for issue in view.issues:
        if issue.sprint is not None and issue.key not in view.ready:
            unready.setdefault(issue.sprint, []).append(issue)
    return unready


def _sprints(view: View, capacity: TeamCapacity, unready: Mapping[str, Sequence[Issue]]) -> Iterator[_Sprint]:
    """The team's planned sprints with what is in each and not ready; carried-over work comes into the first."""
    for number, coming in enumerate(capacity.outlook):
        if coming.points is not None:
            inside = unready.get(coming.sprint.id, ()) if coming.sprint else ()
            taken = fsum(view.size[one.key].points for one in view.snapshot.on_board_of(capacity.team, inside))
            carried = 0.0 if number else capacity.carry_over
            yield _Sprint(coming.first, coming.last, coming.points, taken + carried)


def _runway(
    view: View,
    team: str,
    queue: Sequence[tuple[Issue, float]],
    teams: Sequence[_Team],
    levels: _Levels,
    short: str = "",
) -> Runway:
    points, unit = _points(view, (one for one in queue if one[0].key in view.ready)), view.snapshot.unit
    velocity = _together((one.capacity for one in teams), view)
    if velocity is None:
        return Runway(
            team=team, ready_points=points, sprints=None, text=_unknown(team, points, unit, view.boxes), unit=unit
        )
    gapless = _points(view, takewhile(lambda one: one[0].key in view.ready, queue))
    usual, earliest, latest = (_used_up(view, points, teams, pace) for pace in ("p50", "p85", "p15"))
    signal, lasts = levels.signal(points / velocity), _lasts(team, points, velocity, unit, view.boxes)
    return Runway(
        team=team,
        unit=unit,
        ready_points=points,
        sprints=points / velocity,
        usual_on=usual,
        earliest_on=earliest,
        latest_on=latest,
        contiguous_sprints=gapless / velocity,
        signal=signal,
        text=f"{lasts}{_until(view, usual, earliest, latest) if points else '.'} {levels.advice(signal, short)}",
    )


def _points(view: View, issues: Iterable[tuple[Issue, float]]) -> float:
    return fsum(view.size[issue.key].points * part for issue, part in issues)


def _used_up(view: View, points: float, teams: Sequence[_Team], pace: str) -> date | None:
    """The day on which the last of so many points is finished at this pace; `None` where that takes ten years.

    Work is spread evenly over the calendar days of a sprint. Nothing is finished before today.
    """
    today = view.now.date()
    begins = [sprint.first for team in teams for sprint in team.sprints]
    day = max(today, min(begins, default=today))
    planned = max((sprint.last for team in teams for sprint in team.sprints), default=day - timedelta(days=1))
    left = points
    while day <= planned:
        left -= fsum(team.finishes(day, pace) for team in teams)
        if left <= 1e-9:
            return day
        day += timedelta(days=1)
    usual = fsum(team.usual_a_day(pace) for team in teams)
    days = max(1, ceil(left / usual - 1e-9)) if usual > 0 else FURTHEST + 1
    return day + timedelta(days=days - 1) if days <= FURTHEST else None


def _unknown(team: str, points: float, unit: Unit, boxes: TimeBoxes) -> str:
    whose = f"{team} has" if team else f"There {agreeing(points, 'is', 'are')}"
    guess = ", or set points_per_day" if unit is Unit.POINTS else ""
    return f"{whose} {many(points, f'ready {unit.one}')}. No velocity is known yet: finish a {boxes.box}{guess}."


def _lasts(team: str, points: float, velocity: float, unit: Unit, boxes: TimeBoxes) -> str:
    whose = f"{team}: " if team else ""
    ready, last = many(f"{points:.3g}", f"ready {unit.one}"), many(f"{boxes.figure(points / velocity):.2g}", boxes.one)
    pace = f"{many(f'{boxes.rate(velocity):.3g}', unit.one)} a {boxes.one}"
    return f"{whose}{ready} {agreeing(points, 'is', 'are')} {last} at {pace}"


def _until(view: View, usual: date | None, earliest: date | None, latest: date | None) -> str:
    if usual is None:
        return "."
    about = f", enough to about {day_in_words(usual, view.now.date())}"
    if usual == earliest == latest:
        return f"{about}."
    slow = "more than ten years" if latest is None else day_in_words(latest, view.now.date())
    fast = day_in_words(earliest or usual, view.now.date())
    return f"{about} ({fast} if fast, {slow} if slow)."


def day_in_words(day: date, today: date) -> str:
    """A day as people write it: "13 January", with the year where it is more than ten months away."""
    near = abs((day - today).days) < 300
    return f"{day.day} {day:%B}" if near else f"{day.day} {day:%B %Y}"
