"""Several sprints ahead, what was expected before, and when certain issues are done: the values and their sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rules.capacity.model import Range, TeamCapacity
from rules.capacity.record import held
from rules.capacity.several import CHANCES, in_sprints
from rules.capacity.time_boxes import TimeBoxes
from rules.model import Unit
from rules.planning.when_done import TeamWork, WhenDone, when_done
from rules.wording import agreeing
from sync.reports.base import RunReport
from sync.reports.coverage import Coverage, coverage
from sync.reports.format import day, figure, keys, many

HORIZONS = (1, 2, 3, 6)
"""The numbers of sprints that are shown."""
RECALLED = 8
"""The latest forecasts that are shown with what came."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many sprints together: their last day, and what is finished in them."""

    sprints: int
    until: date
    points: Range


@dataclass(frozen=True, slots=True)
class TeamAhead:
    """One team: its capacity, and what it finishes in several sprints; none without a closed sprint."""

    capacity: TeamCapacity
    stretches: tuple[Stretch, ...]

    @property
    def team(self) -> str:
        """The team's name."""
        return self.capacity.team.name

    @property
    def basis(self) -> str:
        """What the forecast rests on."""
        if not self.stretches:
            return f"no closed {self.capacity.boxes.box} yet, so there is no forecast"
        return f"from {many(self.capacity.used_sprints, f'closed {self.capacity.boxes.box}')}"

    @property
    def past(self) -> tuple[tuple[str, str, str], ...]:
        """The latest sprints with what was expected and what came, the newest first."""
        return tuple(
            (one.name, f"{figure(one.expected.p50)} ({figure(one.expected.p15)} to {figure(one.expected.p85)})", came)
            for one in reversed(self.capacity.record[-RECALLED:])
            if (came := figure(one.came))
        )

    @property
    def kept(self) -> str:
        """How often the ends were reached; "" without a record."""
        record = self.capacity.record
        if not record:
            return ""
        low, high = held(record)
        number = many(len(record), self.capacity.boxes.box)
        return f"Of {number}, {low} reached the low end (85 % are meant), {high} the high end (15 % are meant)."


@dataclass(frozen=True, slots=True)
class AheadPage:
    """What is finished in several sprints, by team; `when` is about the issues that were asked for.

    `boxes` are the words for sprints.
    """

    unit: Unit
    coverage: Coverage
    teams: tuple[TeamAhead, ...]
    boxes: TimeBoxes
    when: WhenDone | None = None


def ahead_page(report: RunReport, asked: Sequence[str] = (), *, filtered: bool = False) -> AheadPage:
    """The page of a run; `filtered` where only one team is in it. Raises `KeyError` for an issue that is not known."""
    return AheadPage(
        report.snapshot.unit,
        coverage(report, filtered=filtered),
        tuple(TeamAhead(one, _stretches(one)) for one in report.capacities),
        report.backlog.boxes,
        when_done(report.backlog, asked) if asked else None,
    )


def _stretches(capacity: TeamCapacity) -> tuple[Stretch, ...]:
    if not capacity.closed.used or capacity.points is None:
        return ()
    furthest = HORIZONS[-1]
    planned = [sprint.net_days for sprint in capacity.outlook[:furthest]]
    together = in_sprints(capacity.closed, [*planned, *[None] * (furthest - len(planned))])
    return tuple(
        Stretch(number, _until(capacity, number), capacity.points if number == 1 else together[number - 1])
        for number in HORIZONS
    )


def _until(capacity: TeamCapacity, number: int) -> date:
    planned = [sprint.last for sprint in capacity.outlook]
    if number <= len(planned):
        return planned[number - 1]
    last = planned[-1] if planned else (capacity.last or date.max)
    return last + timedelta(days=capacity.cadence_days * (number - max(1, len(planned))))


# When the issues that were asked for are done


def days_of(when: WhenDone) -> tuple[tuple[str, str], ...]:
    """Each probability with its day: `("85 %", "12 March 2027")`; none where nothing is left to count."""
    if when.finish is None:
        return ()
    return tuple((f"{100 * chance:.0f} %", _day(when.finish.days[chance])) for chance in CHANCES)


def _day(value: date | None) -> str:
    return day(value) if value else "more than ten years"


def what_it_is(when: WhenDone) -> str:
    """`5 open issues, 2 of them in a running sprint, 3 done`."""
    running = f", {len(when.running)} of them in a running {when.boxes.box}" if when.running else ""
    opened = many(len(when.ahead) + len(when.running), "open issue")
    return f"{opened}{running}, {len(when.done)} done"


def sentences(when: WhenDone) -> Iterator[str]:
    """What each team has to finish and by when, then what is not in it."""
    for work in when.work:
        yield _work(when, work)
    if when.imputed:
        have, count = _agreeing(when.imputed, "has", "have"), _agreeing(when.imputed, "counts", "count")
        yield f"{keys(when.imputed)} {have} no estimate and {count} with the usual size of that kind."
    if when.no_team:
        have, are = _agreeing(when.no_team, "has", "have"), _agreeing(when.no_team, "is", "are")
        yield f"{keys(when.no_team)} {have} no team and {are} not counted."
    if when.no_pace:
        yield f"No {when.boxes.box} of {' and '.join(when.no_pace)} is closed yet: that work is not counted."
    if when.finish is not None:
        yield "Work that is added above these issues later moves the days."


def _agreeing(named: Sequence[str], one: str, more: str) -> str:
    return agreeing(len(named), one, more)


def _work(when: WhenDone, work: TeamWork) -> str:
    one = when.unit.one
    parts = [f"{many(work.asked, one)} of these issues"]
    parts += [f"{figure(work.above)} ranked above them"] if work.above else []
    parts += [f"{figure(work.carried)} probably carried over"] if work.carried else []
    whole = f"{work.team}: {' + '.join(parts)}"
    if when.finish is None or work.velocity is None:
        return f"{whole}."
    whole += f" = {figure(work.total)}" if len(parts) > 1 else ""
    whole += f", at usually {many(when.boxes.rate(work.velocity), one)} a {when.boxes.one}"
    chances = when.finish.by_team[work.team]
    whole += f". 50 % likely by {_day(chances[0.5])}, 85 % likely by {_day(chances[0.85])}"
    if len(when.finish.by_team) > 1:
        whole += f"; {100 * when.finish.last[work.team]:.0f} % likely that no other team ends later"
    return f"{whole}."
