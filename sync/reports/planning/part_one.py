"""The page of Sprint Planning part one for a whole product: the values of `rules.planning.part_one` and their frame."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from rules.model import Product
from rules.planning.checks import Check, planning_checks
from rules.planning.late_additions import LateAddition, late_additions, late_decisions
from rules.planning.look_ahead import LookAhead
from rules.planning.part_one import OPEN, Decision, PartOne, part_one
from rules.planning.since import Since, changed_since
from rules.planning.team_part import Below, TeamPart
from rules.refinement.topics import Topic, TopicMeeting
from rules.wording import agreeing
from sync.reports.base import PlanAhead, RunReport
from sync.reports.coverage import Coverage, coverage
from sync.reports.format import day, figure, many, percent
from sync.reports.redact import shared

SHOWN = 3
"""Issues below a team's cut line that are shown; the rest folds."""
LATE = 6
"""Late additions that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOnePage:
    """What the Product Owner and the teams' representatives need in part one of Sprint Planning.

    `taken_at` is when the issues were read. `verb` is "Proposed", or "Could take" where teams choose for themselves.
    `left_out` has a sentence for each team that is left out of this run. `checks` say whether the plan is aligned,
    committed and realistic. `late` is what came into the plan, or got another place, after its preparation began.
    """

    product: Product
    whole: PartOne
    since: Since
    taken_at: datetime
    coverage: Coverage
    verb: str = "Proposed"
    site: str = ""
    left_out: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    late: tuple[LateAddition, ...] = ()
    plan_ahead: PlanAhead | None = None

    @property
    def ahead(self) -> LookAhead | None:
        """The sprints after the next one, for the formats that show them."""
        return self.plan_ahead() if self.plan_ahead is not None else None

    @property
    def goals(self) -> tuple[tuple[str, str], ...]:
        """Each team with its Sprint Goal; one entry without a team where all have the same."""
        texts = {team.goal.shown for team in self.whole.teams}
        if len(texts) == 1:
            return (("", next(iter(texts))),)
        return tuple((team.name, team.goal.shown) for team in self.whole.teams)

    @property
    def goal_text(self) -> str:
        """The Sprint Goal on one line, by team where they differ."""
        return " · ".join(f"{team}: {text}" if team else text for team, text in self.goals)

    @property
    def sprint(self) -> str:
        """The names of the sprints and their days."""
        names = dict.fromkeys(team.capacity.sprint.name for team in self.whole.teams if team.capacity.sprint)
        first = min((team.capacity.first for team in self.whole.teams if team.capacity.first), default=None)
        last = max((team.capacity.last for team in self.whole.teams if team.capacity.last), default=None)
        when = f"{weekday(first)} to {weekday(last)}" if first and last else ""
        return ", ".join(filter(None, (" · ".join(names) or "no future sprint yet", when)))

    @property
    def answer(self) -> str:
        """What the teams take, as a sum over them, and what is not distributed."""
        return self.whole.sum

    @property
    def share(self) -> str:
        """The points that serve a goal and those that serve none; "" without any, and where no team has sprints."""
        points, serving = self.whole.points - self.whole.undistributed_points, self.whole.for_goal
        if not points or not any(team.goal.text or team.goal.is_missing for team in self.whole.teams):
            return ""
        part = percent(round(10 * (points - serving)), round(10 * points))
        verb = agreeing(serving, "serves", "serve")
        return f"{many(serving, self.whole.unit.one)} {verb} a goal, {figure(points - serving)} ({part}) serve none."

    @property
    def timebox(self) -> float:
        """The most hours that Sprint Planning takes, both parts together."""
        return max((team.capacity.timebox for team in self.whole.teams), default=8.0)

    @property
    def changes(self) -> tuple[str, ...]:
        """What changed since the last planning, one sentence a kind of change; the capacity first."""
        return tuple(_changes(self))

    @property
    def flow(self) -> str:
        """The two parts of Sprint Planning in one line."""
        first = min((team.capacity.first for team in self.whole.teams if team.capacity.first), default=None)
        when = f" ({day(first)})" if first else ""
        teams = " | ".join(team.name for team in self.whole.teams)
        return f"Product Backlog → part one{when} → part two: {teams}"


def part_one_page(report: RunReport) -> PartOnePage:
    """The page of a run, without the titles of restricted issues."""
    report = shared(report)
    whole = part_one(report.backlog, report.judgement, report.proposal, report.goals)
    selected = (one.issue for team in whole.teams for one in team.selected)
    below_line = (one.issue for team in whole.teams for one in team.below[:SHOWN])
    issues = {issue.key: issue for issue in (*selected, *below_line)}
    topics = tuple(one for one in report.topics if one.meeting is TopicMeeting.PLANNING)
    accepted = report.commands.accepted
    late = late_additions(whole.teams, report.backlog, report.judgement, accepted, report.lead_time)
    return PartOnePage(
        product=report.snapshot.product,
        whole=replace(whole, decisions=(*map(_asked, topics), *whole.decisions, *late_decisions(late))),
        since=changed_since(report.backlog, tuple(issues.values())),
        taken_at=report.snapshot.taken_at,
        coverage=coverage(report),
        verb="Could take" if report.snapshot.product.teams_choose else "Proposed",
        site=report.site,
        left_out=report.snapshot.left_out,
        checks=planning_checks(whole, accepted),
        late=late,
        plan_ahead=report.plan_ahead,
    )


def _asked(topic: Topic) -> Decision:
    """A topic of the planning, with room for the result."""
    text = topic.text if topic.text.endswith((".", "?", "!")) else f"{topic.text}."
    return Decision(f"{text} Asked for by {topic.by} on {day(topic.at)}.", OPEN)


def weekday(when: date) -> str:
    """`Monday 7 December 2026`."""
    return f"{when:%A} {day(when)}"


def late_line(one: LateAddition) -> str:
    """`SHOP-5 (Payments), created, 27 November: ready`."""
    return f"{one.issue.key} ({one.team}), {' and '.join(one.how)}, {day(one.at)}: {one.state}"


def below(one: Below) -> str:
    """Why an issue is below the cut line, and what it would displace."""
    if not one.displaces:
        return one.why
    return f"{one.why} Taking {one.issue.key} would displace {' and '.join(one.displaces)}."


def people(team: TeamPart) -> str:
    """The representatives of a team and who of them is away, "nobody yet" for none."""
    names = ", ".join(team.representatives) or "nobody yet"
    return f"{names} (away: {', '.join(team.away)})" if team.away else names


def _changes(page: PartOnePage) -> Iterator[str]:
    fewer = [
        f"{team.name} {figure(team.capacity.gross_days - team.capacity.net_days)}"
        for team in page.whole.teams
        if team.capacity.gross_days > team.capacity.net_days
    ]
    if fewer:
        yield f"Person-days fewer than by contract: {', '.join(fewer)}."
    yield from (f"Added late: {late_line(one)}." for one in page.late[:LATE])
    if (more := len(page.late) - LATE) > 0:
        yield f"Added late: {more} more, in the JSON output."
    if page.since.at is None:
        yield "What else changed since the last planning is not known: the tracker's history was not read."
        return
    if page.since.nothing:
        yield "Nothing else changed about these issues."
    if page.since.estimates:
        changes = (f"{one.issue} {one.before or 'none'} → {one.after or 'none'}" for one in page.since.estimates)
        yield f"Estimates: {', '.join(changes)}."
    if page.since.moved:
        yield f"Moved in the order: {', '.join(page.since.moved)}."
    if page.since.added:
        yield f"New: {', '.join(page.since.added)}."
