"""Person-days of a team in a sprint, from working patterns, public holidays and absences (docs/capacity.md).

Overlapping days off count once: a holiday inside a vacation costs one day, not two.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import ceil, fsum
from statistics import median_low
from unicodedata import normalize
from zoneinfo import ZoneInfo

from rules.capacity.day_parts import parts_of_day
from rules.model import WORKWEEK, Absence, Person, Product, Snapshot, Sprint, SprintState, Team
from rules.workdays import Holidays

LONGEST = timedelta(days=366)
"""The longest sprint whose dates are used; longer ones have dates only to stay open."""
EVERY_MONTH = 28
"""The last day that every month has."""
MONTH = 365.25 / 12
"""Days of a month, on average."""
SLACK = timedelta(hours=2)
"""Tolerance in the time of day: a sprint that ends up to this much later than it began has no extra day."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a sprint, first and last included; `assumed` where the tracker has no usable dates."""

    first: date
    last: date
    assumed: bool = False

    @property
    def days(self) -> tuple[date, ...]:
        """All calendar days, weekends included."""
        return tuple(self.first + timedelta(n) for n in range((self.last - self.first).days + 1))

    @property
    def workdays(self) -> tuple[date, ...]:
        """The days from Monday to Friday."""
        return tuple(day for day in self.days if day.weekday() in WORKWEEK)

    @property
    def weekdays(self) -> int:
        """Number of days from Monday to Friday: 10 in a sprint of two weeks."""
        return len(self.workdays)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDays:
    """Person-days of one person, by the share: `gross` - `holiday` - `away` - `ramp_up` - `mentoring` = `net`.

    `away` counts absences on working days only, so not on holidays. `ramp_up` is what somebody who is new or about to
    leave does not do, `mentoring` what helping somebody new takes. `free` are the dates of the holidays.
    """

    person: Person
    gross: float
    holiday: float
    away: float
    free: tuple[date, ...] = ()
    ramp_up: float = 0.0
    mentoring: float = 0.0

    @property
    def here(self) -> float:
        """Person-days without holidays and absences: who is new attends every meeting, too."""
        return max(0.0, round(self.gross - self.holiday - self.away, 6))

    @property
    def net(self) -> float:
        """Person-days that are left for the work of the team."""
        return max(0.0, round(self.gross - self.holiday - self.away - self.ramp_up - self.mentoring, 6))


@dataclass(frozen=True, slots=True)
class TeamDays:
    """Person-days of a team in a sprint."""

    window: Window
    people: tuple[PersonDays, ...]

    @property
    def gross(self) -> float:
        """Person-days by working pattern and share, before holidays and absences."""
        return round(fsum(person.gross for person in self.people), 6)

    @property
    def net(self) -> float:
        """Person-days after public holidays, team days off, absences, ramp-up and mentoring."""
        return round(fsum(person.net for person in self.people), 6)

    @property
    def availability(self) -> float:
        """`net` divided by `gross`, 0 to 1; 1 without people."""
        return self.net / self.gross if self.gross else 1.0


def team_days(team: Team, window: Window, changes: Holidays) -> TeamDays:
    """Person-days of every person of a team; holidays follow each person's country and region."""
    return TeamDays(window, tuple(_person_days(person, team, window, changes) for person in team.people))


def _person_days(person: Person, team: Team, window: Window, changes: Holidays) -> PersonDays:
    days = {day: parts_of_day(person, team, day, changes) for day in window.days}
    parts = days.values()
    return PersonDays(
        person=person,
        gross=round(fsum(one.gross for one in parts), 6),
        holiday=round(fsum(one.holiday for one in parts), 6),
        away=round(fsum(one.away for one in parts), 6),
        ramp_up=round(fsum(one.ramp_up for one in parts), 6),
        mentoring=round(fsum(one.mentoring for one in parts), 6),
        free=tuple(day for day, one in days.items() if one.holiday),
    )


def window_of(sprint: Sprint, timezone: str = "", *, until: datetime | None = None) -> Window | None:
    """The days of a sprint, `None` without usable dates; `until` replaces its planned end.

    The first day counts at any hour. Sprints have times of day: one from Monday 09:00 to Monday 09:00 two weeks later
    has ten working days. So has one from Monday 09:00 to Friday 17:00.
    """
    start, end = sprint.start, until or sprint.end
    if start is None or end is None:
        return None
    first, last = _local(start, timezone), _local(end, timezone)
    if not first < last <= first + LONGEST:
        return None
    length = max(1, ceil((last - first - SLACK) / timedelta(days=1)))
    return Window(first.date(), first.date() + timedelta(length - 1))


def _local(moment: datetime, timezone: str) -> datetime:
    """Local wall-clock time, so that a change to summer time inside a sprint costs no hour."""
    return (moment.astimezone(ZoneInfo(timezone)) if timezone else moment).replace(tzinfo=None)


def planned_sprints(snapshot: Snapshot, team: Team) -> tuple[Sprint, ...]:
    """A team's future sprints in the board's order, without parking lots."""
    parked = parked_sprints(snapshot, team)
    return tuple(s for s in snapshot.sprints_of(team, SprintState.FUTURE) if s not in parked)


def parked_sprints(snapshot: Snapshot, team: Team) -> tuple[Sprint, ...]:
    """A team's parking lots ("To be scheduled"), which are not planned.

    These are undated future sprints that were created before the board's active or last sprint. Ids grow with time;
    names are not reliable.
    """
    begun = [s for state in (SprintState.ACTIVE, SprintState.CLOSED) for s in snapshot.sprints_of(team, state)]
    return parked_among(snapshot.sprints_of(team, SprintState.FUTURE), begun)


def parked_among(future: Iterable[Sprint], begun: Iterable[Sprint]) -> tuple[Sprint, ...]:
    """The parking lots among a board's `future` sprints; `begun` are its active and closed ones."""
    latest = max((_number(sprint) for sprint in begun if sprint.start is not None), default=0)
    return tuple(s for s in future if s.start is None and 0 < _number(s) <= latest)


def next_sprint(snapshot: Snapshot, team: Team) -> Sprint | None:
    """The sprint a team plans next: the first future one in the board's order, `None` if there is none."""
    return next(iter(planned_sprints(snapshot, team)), None)


def _number(sprint: Sprint) -> int:
    return int(sprint.id) if sprint.id.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Cadence:
    """The length of a team's sprints: weekdays in one, and calendar days from one start to the next.

    `month_day` is the day of the month on which each sprint begins that lasts a month, 0 for sprints of weeks.
    """

    weekdays: int
    days: float
    month_day: int = 0


def cadence_of(snapshot: Snapshot, team: Team, timezone: str = "") -> Cadence:
    """The length of a team's sprints: the median of those with dates, else `team.sprint_days`.

    Active and future sprints count if any has dates, else the closed ones, so a changed length counts at once.
    """
    states = (SprintState.ACTIVE, SprintState.FUTURE), (SprintState.CLOSED,)
    begun, closed = (
        [window for state in group for s in snapshot.sprints_of(team, state) if (window := window_of(s, timezone))]
        for group in states
    )
    windows = [window for window in begun or closed if window.weekdays]
    if not windows:
        return Cadence(team.sprint_days, round(team.sprint_days * 7 / 5))
    weekdays = int(median_low(window.weekdays for window in windows))
    day = month_day_of(windows, closed)
    return Cadence(weekdays, MONTH if day else round(weekdays * 7 / 5), day)


def month_day_of(windows: Sequence[Window], earlier: Iterable[Window] = ()) -> int:
    """The day of the month on which all these sprints begin, each a month long; 0 where they are not months.

    A month of 28 days may as well be four weeks: only longer ones, of these or of `earlier` ones, show which it is.
    """
    days = {_month_day(window) for window in windows}
    if len(days) != 1 or not (day := days.pop()):
        return 0
    same = (window for window in (*windows, *earlier) if _month_day(window) == day)
    return day if any(len(window.days) % 7 for window in same) else 0


def _month_day(window: Window) -> int:
    """The day on which a month begins that has exactly the weekdays of this window; 0 if none has."""
    for first in (window.first.replace(day=1), window.first):
        end = _next_month(first, first.day) - timedelta(days=1)
        if first.day <= EVERY_MONTH and Window(first, end).workdays == window.workdays:
            return first.day
    return 0


def _next_month(day: date, month_day: int) -> date:
    """The first day after `day` that is this day of a month."""
    following = day + timedelta(days=1)
    while following.day != month_day:
        following += timedelta(days=1)
    return following


def next_window(snapshot: Snapshot, team: Team, sprint: Sprint | None, timezone: str = "") -> Window:
    """The days of the next sprint; without usable dates, one sprint length after the active sprint."""
    dated = window_of(sprint, timezone) if sprint else None
    if dated is not None:
        return dated
    running = [window_of(s, timezone) for s in snapshot.sprints_of(team, SprintState.ACTIVE)]
    begin = _local(sprint.start if sprint and sprint.start else snapshot.taken_at, timezone).date()
    for window in running:
        begin = max(begin, window.last + timedelta(1)) if window else begin
    return _counted_on(begin, cadence_of(snapshot, team, timezone))


def coming_windows(snapshot: Snapshot, team: Team, timezone: str = "") -> tuple[tuple[Sprint | None, Window], ...]:
    """The days of every planned sprint, in order; one without dates follows the one before.

    Without planned sprints it is the one that comes after the running one, as `next_window` gives it.
    """
    planned = planned_sprints(snapshot, team)
    first = planned[0] if planned else None
    windows: list[tuple[Sprint | None, Window]] = [(first, next_window(snapshot, team, first, timezone))]
    length = cadence_of(snapshot, team, timezone)
    for sprint in planned[1:]:
        before = windows[-1][1].last
        window = window_of(sprint, timezone)
        if window is None or window.first <= before:
            window = _counted_on(before + timedelta(1), length)
        windows.append((sprint, window))
    return tuple(windows)


def _counted_on(begin: date, cadence: Cadence) -> Window:
    """A sprint of the usual length from a day on: the next whole month, or so many weekdays."""
    if cadence.month_day:
        first = _next_month(begin - timedelta(days=1), cadence.month_day)
        return Window(first, _next_month(first, cadence.month_day) - timedelta(days=1), assumed=True)
    work = Window(begin, begin + timedelta(2 * cadence.weekdays + 6)).workdays[: max(1, cadence.weekdays)]
    return Window(work[0], work[-1], assumed=True)


def with_absences(product: Product, absences: Mapping[str, Sequence[Absence]]) -> Product:
    """The product with more absences, by the name of the person. Unknown names change nothing."""
    teams = tuple(
        replace(team, people=tuple(_absent(person, absences.get(person.name, ())) for person in team.people))
        for team in product.teams
    )
    return replace(product, teams=teams)


def with_absence(product: Product, name: str, first: date, last: date) -> Product:
    """The product with one more absence, `first` to `last` included, in every team of the person (a what-if).

    Raises `LookupError` with a sentence for an unknown name or a last day before the first.
    """
    names = people_of(product)
    matches = [full_name for full_name in names if _plain(full_name) == _plain(name)]
    if not matches:
        raise LookupError(f"no team has a person called {name!r}; the names are {', '.join(names) or 'none'}")
    if last < first:
        raise LookupError(f"the absence of {matches[0]} ends on {last}, before it begins on {first}")
    return with_absences(product, {full_name: [Absence(first=first, last=last)] for full_name in matches})


def with_person(product: Product, name: str, share: float, team: str, since: date) -> Product:
    """The product in which a person works for a team, too, with this share of each day (a what-if).

    Closed sprints stay as they were: the person comes on the day `since`. A person of the product keeps days, country
    and absences; anybody else works Monday to Friday without public holidays. Raises `LookupError` with a sentence for
    a share that is not above 0 and at most 1, or for a person who would give more than all of the time.
    """
    known = [person for one in product.teams for person in one.people if _plain(person.name) == _plain(name)]
    if not 0 < share <= 1:
        raise LookupError(f"a share is above 0 and at most 1, such as 0.5; not {share:g}")
    total = sum(person.share for person in known) + share
    if total > 1 + 1e-9:
        more = f"{100 * share:.0f} % for {team}"
        raise LookupError(f"{known[0].name} would be allocated {100 * total:.0f} %, with {more}")
    before = Absence(first=date.min, last=since - timedelta(days=1))
    person = replace(_absent(known[0] if known else Person(name=name), [before]), share=share)
    teams = (replace(one, people=(*one.people, person)) if one.name == team else one for one in product.teams)
    return replace(product, teams=tuple(teams))


def _plain(name: str) -> str:
    """A name in one Unicode form, without case."""
    return normalize("NFKC", " ".join(name.split())).casefold()


def day_text(day: date) -> str:
    """A date in a sentence about the next sprint: 7 December."""
    return f"{day.day} {day:%B}"


def people_of(product: Product) -> tuple[str, ...]:
    """Every name in the product's teams, once, in alphabetical order."""
    return tuple(sorted({person.name for team in product.teams for person in team.people}))


def _absent(person: Person, further: Iterable[Absence]) -> Person:
    return replace(person, absences=(*person.absences, *further))
