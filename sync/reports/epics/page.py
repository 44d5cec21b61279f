"""The page of epics and of the increment: the values of `rules.review.epics` and their frame."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.capacity.time_boxes import of_product
from rules.model import Product, Unit
from rules.review.epics import Child, ChildState, EpicProgress, Increment, TeamIncrement, increment
from rules.review.options import IncrementOptions
from sync.reports.base import RunReport
from sync.reports.coverage import Coverage, coverage
from sync.reports.format import day, figure, many, percent
from sync.reports.redact import shared

NO_OBJECTIVE = "Of no objective"
ALL = "Epics"


@dataclass(frozen=True, slots=True, kw_only=True)
class EpicsPage:
    """What people look at who steer over several sprints. `taken_at` is when the issues were read."""

    product: Product
    whole: Increment
    taken_at: datetime
    coverage: Coverage
    unit: Unit = Unit.POINTS
    site: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The name of the increment and its days."""
        whole = self.whole
        days = (
            f"{day(whole.first)} to {day(whole.last)}"
            if whole.first and whole.last
            else f"next five {of_product(self.product).box}s"
        )
        return f"{whole.name or 'Increment'}, {days}"

    @property
    def answer(self) -> str:
        """What is left to do, and what the teams finish."""
        needs = f"{many(self.whole.open_points, self.unit.one)} still to do"
        known, teams = sum(bool(team.sprints) for team in self.whole.teams), many(len(self.whole.teams), "team")
        if not known:
            return (
                f"{needs}; what {teams} usually {'finishes' if len(self.whole.teams) == 1 else 'finish'} is not known"
            )
        by = teams if known == len(self.whole.teams) else f"{known} of {teams}"
        return f"{needs}, {figure(self.whole.capacity)} usually finished by {by}"

    @property
    def groups(self) -> tuple[tuple[str, tuple[EpicProgress, ...]], ...]:
        """The epics by objective, last those of none."""
        return tuple(self._groups())

    def _groups(self) -> Iterator[tuple[str, tuple[EpicProgress, ...]]]:
        yield from ((name, self.whole.of(name)) for name in self.whole.objectives)
        if rest := self.whole.of(""):
            yield (NO_OBJECTIVE if self.whole.objectives else ALL), rest

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all issues on the page."""
        children = (child.issue.key for epic in self.whole.epics for child in epic.children)
        return tuple(dict.fromkeys((*(epic.issue.key for epic in self.whole.epics), *children)))


def epics_page(report: RunReport, options: IncrementOptions, keys: Sequence[str] = ()) -> EpicsPage:
    """The page of a run, without the titles of restricted issues; with `keys` of these epics only."""
    report = shared(report)
    return EpicsPage(
        product=report.snapshot.product,
        whole=increment(report.backlog, report.judgement, options, keys),
        taken_at=report.snapshot.taken_at,
        coverage=coverage(report, filtered=bool(keys)),
        unit=report.snapshot.unit,
        site=report.site,
        left_out=report.snapshot.left_out,
    )


def progress(one: EpicProgress, unit: Unit) -> str:
    """How much of an epic is done, and how far the rest is."""
    if not one.children:
        return "no stories yet"
    whole, done = one.points(), one.points(ChildState.DONE)
    counts = (f"{count} {state.value}" for state in ChildState if (count := one.count(state)))
    share = percent(round(10 * done), round(10 * whole))
    return f"{figure(done)} of {many(whole, unit.one)} done ({share}); {', '.join(counts)}"


def child_line(one: Child, unit: Unit) -> str:
    """An issue below an epic: its title, how far it is, in which sprint, and its size."""
    sprint = f" in {one.sprint}" if one.sprint and one.state is ChildState.PLANNED else ""
    return (
        f"{one.issue.title}: {one.state.value}{sprint}, {many(one.points, unit.one)}{' assumed' if one.assumed else ''}"
    )


def team_line(one: TeamIncrement, unit: Unit) -> str:
    """The points of a team in the increment, and the sprints they come from."""
    if not one.sprints:
        return f"no coming sprint with known {unit}"
    sprints = " + ".join(figure(sprint.points) for sprint in one.sprints)
    return f"{sprints} = {many(one.points, unit.one)}, until {day(one.sprints[-1].last)}"
