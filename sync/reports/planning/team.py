"""The page of Sprint Planning part two for one team: the values of `rules.planning.part_two` and their frame."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rules.backlog.handshakes import Handshake
from rules.capacity.calendar import PersonCalendar, Presence, by_day
from rules.capacity.model import TeamCapacity
from rules.commands.grammar import PROMISE
from rules.model import Product
from rules.planning.goals import TeamGoal
from rules.planning.look_ahead import AheadSprint, LookAhead
from rules.planning.part_two import PartTwo, Planned, part_two
from rules.planning.since import Reestimated
from rules.planning.tasks import LONG_TASK, TaskCode, TaskFinding, TeamTasks
from sync.reports import look_ahead
from sync.reports.base import PlanAhead, RunReport
from sync.reports.coverage import Coverage, coverage
from sync.reports.format import day, figure, many
from sync.reports.redact import shared

NOT_ASKED = "This team is not asked for tasks: its last three {boxes} had no sub-tasks (option tasks of the team)."
OFF = "This team is not asked for tasks (option tasks of the team)."


SEVERAL = 3
"""From so many findings of one code on, one sentence has them all."""
TOGETHER = {
    TaskCode.NO_TASKS: ("stories have no tasks", "Break them down."),
    TaskCode.NO_HOURS: ("tasks have no hours", "Estimate them."),
    TaskCode.LONG: (f"tasks take more than {LONG_TASK:g} h", "Split them."),
    TaskCode.NO_APPROACH: ("large issues have no approach note", "Write how they are built."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage:
    """What a team needs in Sprint Planning; nothing of another team is on it.

    `taken_at` is when the issues were read.
    """

    product: Product
    two: PartTwo
    taken_at: datetime
    coverage: Coverage
    site: str = ""
    plan_ahead: PlanAhead | None = None

    @property
    def ahead(self) -> LookAhead | None:
        """The sprints after the next one, for the formats that show them."""
        return self.plan_ahead() if self.plan_ahead is not None else None

    @property
    def sprints_after(self) -> tuple[AheadSprint, ...]:
        """The sprints of this team after its next one."""
        return look_ahead.of_team(self.ahead, self.team)

    @property
    def team(self) -> str:
        """The team's name."""
        return self.two.part.name

    @property
    def capacity(self) -> TeamCapacity:
        """The team's capacity."""
        return self.two.part.capacity

    @property
    def goal(self) -> TeamGoal:
        """The team's Sprint Goal."""
        return self.two.part.goal

    @property
    def tasks(self) -> TeamTasks:
        """The tasks of the sprint, against the plannable hours."""
        return self.two.tasks

    @property
    def shows_tasks(self) -> bool:
        """Whether tasks have a place on the page: the team is asked for them, or has some."""
        return self.tasks.asked or any(row.tasks.count for row in self.rows)

    @property
    def rows(self) -> tuple[Planned, ...]:
        """The issues of the sprint in rank order."""
        return self.two.issues

    @property
    def points(self) -> float:
        """The points of all issues."""
        return self.two.part.points

    @property
    def load(self) -> float:
        """The points of all issues, and those that will probably be carried over into the sprint."""
        return self.points + self.capacity.carry_over

    @property
    def goal_text(self) -> str:
        """The Sprint Goal, or the request for one."""
        return self.goal.shown

    @property
    def sprint(self) -> str:
        """The name of the sprint."""
        return self.capacity.sprint.name if self.capacity.sprint else "no future sprint yet"

    @property
    def days(self) -> str:
        """The first and the last day of the sprint: "Monday 7 to Friday 18 December 2026"."""
        first, last = self.capacity.first, self.capacity.last
        return f"{first:%A} {day(first)} to {last:%A} {day(last)}" if first and last else ""

    @property
    def answer(self) -> str:
        """Whether the sprint fits, in points and, where the team has tasks, in hours."""
        limit, one, carried = self.capacity.points, self.capacity.unit.one, self.capacity.carry_over
        points = f"{figure(self.points)} of {many(limit.p50, one)}" if limit else many(self.points, one)
        points += f", {figure(carried)} kept for carry-over" if carried else ""
        if not self.shows_tasks:
            return points
        return f"{points}; tasks {figure(self.tasks.hours)} of {many(self.tasks.plannable, 'plannable hour')}"

    @property
    def verdict(self) -> str:
        """Whether the plan fits: its hours into the plannable ones, its points into the usual or the likely ones."""
        limit = self.capacity.points
        if self.tasks.hours > self.tasks.plannable or (limit is not None and self.load > limit.p85):
            return "The plan does not fit"
        return "The plan fits" if limit is None or self.load <= limit.p50 else "The plan is ambitious"

    @property
    def to_do(self) -> tuple[str, ...]:
        """What is left to do in the meeting, the goal first."""
        goal = ("Agree on the Sprint Goal.",) if self.goal.is_missing else ()
        return (*goal, *(one.text for one in self.goal.findings), *grouped(self.two.findings))

    @property
    def note(self) -> str:
        """Why the team is not asked for tasks, "" where it is."""
        if self.tasks.asked:
            return ""
        return NOT_ASKED.format(boxes=f"{self.capacity.boxes.box}s") if self.capacity.team.tasks == "auto" else OFF

    @property
    def changes(self) -> tuple[str, ...]:
        """The estimates that changed since part one, one sentence each."""
        return tuple(map(changed, self.two.estimates))

    @property
    def dependencies(self) -> tuple[str, ...]:
        """What the sprint needs from other teams, then what other teams wait for, one sentence each; keys only."""
        return dependency_lines(self.two.needed, self.two.provided, self.taken_at)

    @property
    def people(self) -> tuple[PersonCalendar, ...]:
        """Who is here on which day."""
        return self.capacity.calendar

    @property
    def present(self) -> tuple[float, ...]:
        """Person-days of the team, day by day."""
        return by_day(self.people)

    @property
    def absences(self) -> tuple[str, ...]:
        """One line for each person: the person-days, and the days on which the person is not here."""
        return tuple(map(_line, self.people))


def dependency_lines(needed: Iterable[Handshake], provided: Iterable[Handshake], now: datetime) -> tuple[str, ...]:
    """What a team needs from others, then what others wait for, one sentence each; keys only."""
    needs = (
        f"{one.needs.key} needs {one.blocker.key} ({one.provider or 'team open'}): {one.state_and_notice(now)}"
        for one in needed
    )
    waits = (
        f"{one.needs.key} ({one.needs_team}) needs {one.blocker.key}: {one.state_and_notice(now)}. "
        f'Comment "{PROMISE}" on {one.blocker.key}'
        for one in provided
    )
    return (*needs, *waits)


def team_page(report: RunReport, team: str) -> TeamPage | None:
    """The page of a team by its name, without the texts of restricted issues; `None` for a team that is left out."""
    capacity = next((one for one in report.capacities if one.team.name == team), None)
    goal = next((one for one in report.goals if one.team == team), None)
    if capacity is None or goal is None:
        return None
    readings, report = report.backlog.readings, shared(report)
    return TeamPage(
        product=report.snapshot.product,
        two=part_two(
            capacity,
            goal,
            replace(report.backlog, readings=readings),
            report.judgement,
            report.proposal,
            report.planning,
            since=_part_one(capacity, report),
        ),
        taken_at=report.snapshot.taken_at,
        coverage=coverage(report),
        site=report.site,
        plan_ahead=report.plan_ahead,
    )


def grouped(findings: Sequence[TaskFinding]) -> Iterator[str]:
    """The findings in the order of their codes; several of one code in one sentence."""
    for code in (TaskCode.TOO_MANY, TaskCode.NO_TASKS, TaskCode.NO_APPROACH, TaskCode.LONG, TaskCode.NO_HOURS):
        alike = [one for one in findings if one.code is code]
        if len(alike) < SEVERAL:
            yield from (one.text for one in alike)
        else:
            fact, action = TOGETHER[code]
            yield f"{len(alike)} {fact}: {', '.join(one.issue for one in alike)}. {action}"


def changed(one: Reestimated) -> str:
    """The change of an estimate: "SHOP-1: 3 → 5 (Di, 1 December)"."""
    return f"{one.issue}: {one.before or 'none'} → {one.after or 'none'} ({one.who or 'unknown'}, {day(one.at)})"


def _part_one(capacity: TeamCapacity, report: RunReport) -> datetime | None:
    """When part one was prepared, `None` where it was not yet."""
    start = capacity.sprint.start if capacity.sprint else None
    moment = report.lead_time.of(capacity.team, start) if start is not None else None
    return moment if moment is not None and moment <= report.snapshot.taken_at else None


def _line(person: PersonCalendar) -> str:
    missing = "; ".join(_groups(person))
    return f"{person.name}: {many(person.total, 'person-day')}{f' ({missing})' if missing else ''}"


def _groups(person: PersonCalendar) -> Iterator[str]:
    for presence in (Presence.AWAY, Presence.PARTLY, Presence.HOLIDAY):
        days = [f"{one.day.day} {one.day:%B}" for one in person.days if one.presence is presence]
        if days:
            yield f"{presence.value}: {', '.join(days)}"
