"""The page of one session of refinement: the agenda, and what the people in it need to know."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity
from rules.deep.measures.fresh import Fresh
from rules.deep.measures.moved_by_others import moved_by_others
from rules.model import Product, Unit
from rules.planning.checks import Check
from rules.planning.goals import TeamGoal
from rules.planning.tasks import tasks_of
from rules.refinement.activities import FRESH, WEEK, Activity, activities
from rules.refinement.agenda import Agenda, Line, agenda
from rules.refinement.cadence import NextSession, next_session_of
from rules.refinement.checks import refinement_checks, scaling_checks
from rules.refinement.conflicts import Conflict, conflicts
from rules.refinement.efficiency import FALLS, Efficiency, efficiency, is_falling
from rules.refinement.experts import Expertise, experts
from rules.refinement.layers import Layer, Routed
from rules.refinement.look_ahead import Seen, SprintAhead, is_unseen, readiness_ahead
from rules.refinement.options import RefinementOptions
from rules.refinement.refinement import Refinement, refine
from rules.refinement.sessions import LEAST_SESSIONS, PlannedItem, sessions_of
from rules.refinement.shared import SharedIssue, shared_issue
from rules.refinement.topics import TopicLine
from rules.techniques import Suggestion, suggested
from rules.verdict import Judgement, Ruleset
from sync.reports.base import RunReport
from sync.reports.coverage import Coverage, coverage
from sync.reports.format import day, figure, many, moment
from sync.reports.planning.team import grouped
from sync.reports.redact import shared

RESULTS = 3
"""Results of one issue that are shown; the others are counted."""
TITLES: Mapping[Layer, str] = {
    Layer.OVERALL: "Overall refinement",
    Layer.MULTI_TEAM: "Refinement of several teams",
    Layer.TEAM: "Team refinement",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which agenda is asked for: a layer, a team or "" for all, the time box in minutes, and when the session is."""

    layer: Layer
    team: str
    timebox: int
    at: datetime | None = None

    def is_about(self, team: str) -> bool:
        """Whether a team is among those it is for."""
        return self.team in {"", team}


@dataclass(frozen=True, slots=True, kw_only=True)
class RefinementPage:
    """The agenda of one session and its frame.

    `goals` are the Sprint Goals by team, `shared` the issues that several teams share, `ahead` each team's next
    sprints. `routed` counts the issues of the outlook by layer. `next_session` is the next one of a team.
    `efficiency` is what its sessions settled in an hour, by sprint. `experts` are those who know about its issues.
    `seen` has a sentence for each team: when it last saw its next sprints. `advice` is what a team may do about
    tasks of its next sprint before part two. `techniques` are those that help with what its issues lack. `checks`
    say whether it is about the right things on a clear path, and how all teams work together. `activities` count
    what was done for the near issues, newly since `since`: the last session, else a week ago.
    """

    product: Product
    wanted: Wanted
    agenda: Agenda
    goals: tuple[tuple[str, str], ...]
    ahead: Mapping[str, tuple[SprintAhead, ...]]
    routed: Mapping[Layer, int]
    taken_at: datetime
    since: datetime
    coverage: Coverage
    activities: tuple[Activity, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    shared: tuple[SharedIssue, ...] = ()
    unit: Unit = Unit.POINTS
    site: str = ""
    left_out: tuple[str, ...] = ()
    next_session: NextSession | None = None
    efficiency: tuple[Efficiency, ...] = ()
    seen: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    techniques: tuple[Suggestion, ...] = ()
    checks: tuple[Check, ...] = ()
    experts: tuple[Expertise, ...] = ()

    @property
    def title(self) -> str:
        """The layer, and the team where it is one."""
        return f"{TITLES[self.agenda.layer]}{f', {self.agenda.team}' if self.agenda.team else ''}"

    @property
    def answer(self) -> str:
        """What the session settles, in how much of its time."""
        lines, points = self.agenda.lines, many(self.agenda.points, self.unit.one)
        time = f"{self.agenda.minutes} of {many(self.agenda.timebox, 'minute')}"
        if not lines and not self.agenda.topics:
            return "Nothing to refine in this layer"
        topics = f"{many(len(self.agenda.topics), 'topic')} and " if self.agenda.topics else ""
        return f"{topics}{many(len(lines), 'issue')} in {time}, {points}"

    @property
    def basis(self) -> str:
        """What the minutes rest on."""
        if self.agenda.sessions < LEAST_SESSIONS:
            return f"Minutes are usual ones for each finding; after {LEAST_SESSIONS} sessions they follow yours."
        times, number = figure(self.agenda.factor), many(self.agenda.sessions, "session")
        return f"Minutes are those of the findings multiplied by {times}, as {number} showed."

    @property
    def outlook(self) -> str:
        """How many issues of the outlook belong to which layer."""
        return ", ".join(f"{layer.value} {count}" for layer, count in self.routed.items())

    @property
    def last(self) -> tuple[str, ...]:
        """What the last session achieved, and what sessions settle in an hour; nothing before the first."""
        return (*_last(self.agenda), *_efficiency(self.efficiency))

    @property
    def near(self) -> tuple[str, ...]:
        """What was done for the issues of the ready horizon, a line for each activity."""
        return tuple(
            f"{one.kind.capitalize()}: {one.done} of {many(one.issues, 'issue')}, {one.newly} of them newly"
            for one in self.activities
        )

    @property
    def disagreements(self) -> tuple[str, ...]:
        """What the groups of stakeholders want of each issue on which they disagree."""
        wishes = ((one, ", ".join(f"{group} {level}" for group, level in one.wishes)) for one in self.conflicts)
        return tuple(f"{one.issue.key}: {text}. Write down what is decided." for one, text in wishes)

    @property
    def near_title(self) -> str:
        """What these lines are about."""
        return f"Ready horizon, new since {day(self.since)}"

    @property
    def session(self) -> str:
        """When the session is, in words; "" where that is not known."""
        if self.wanted.at is not None:
            return moment(self.wanted.at)
        if self.next_session is None:
            return ""
        usual = "" if self.next_session.is_certain else ", if the team refines weekly"
        return f"next session {moment(self.next_session.at)}{usual}"

    @property
    def waiting(self) -> tuple[str, ...]:
        """The issues that wait for a decision of all teams, one sentence a decision."""
        waiting: dict[str, list[str]] = {}
        for one in self.agenda.waiting:
            waiting.setdefault(one.waits_for, []).append(one.issue.key)
        return tuple(f"Decision about {above}: {', '.join(keys)}." for above, keys in waiting.items())

    @property
    def asked(self) -> str:
        """For which issues the Product Owner is asked, "" for none."""
        owner = self.product.owner
        keys = [line.routed.issue.key for line in self.agenda.lines if owner in line.candidate.owners]
        return f"{owner} (Product Owner) is asked for {', '.join(keys)}." if keys else ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all issues on the page."""
        lines = (*self.agenda.lines, *self.agenda.left_out)
        blockers = (shake.blocker.key for line in lines for shake in line.routed.handshakes)
        ahead = (key for sprints in self.ahead.values() for one in sprints for key in (*one.ready, *one.unready))
        children = (key for one in self.shared for keys in one.by_team.values() for key in keys)
        waiting = (key for one in self.agenda.waiting for key in (one.issue.key, one.waits_for))
        mine = (line.routed.issue.key for line in lines)
        contested = (one.issue.key for one in self.conflicts)
        return tuple(dict.fromkeys((*mine, *blockers, *waiting, *ahead, *children, *contested)))


def refinement_page(
    report: RunReport,
    ruleset: Ruleset,
    options: RefinementOptions,
    items: Sequence[PlannedItem],
    wanted: Wanted,
    fresh: Fresh = FRESH,
) -> RefinementPage:
    """The page of a run, without the texts of restricted issues. `items` are those of earlier agendas.

    `fresh` is the measure of DEEP that says which issues count as reviewed.
    """
    whole_backlog, report = report.backlog, shared(report)
    backlog = replace(report.backlog, readings=whole_backlog.readings)  # the facts that were read, without the texts
    whole, now = refine(backlog, report.judgement, ruleset, options), report.snapshot.taken_at
    made = agenda(
        whole.candidates,
        whole.routes,
        items,
        options,
        layer=wanted.layer,
        team=wanted.team,
        timebox=wanted.timebox,
        now=now,
        topics=report.topics,
    )
    since = made.last.at if made.last is not None else now - WEEK
    return RefinementPage(
        product=report.snapshot.product,
        wanted=wanted,
        agenda=made,
        goals=tuple((one.team, one.shown) for one in report.goals if wanted.is_about(one.team)),
        ahead=dict(_ahead(report, backlog, wanted)),
        routed={layer: sum(one.layer is layer for one in whole.routes) for layer in Layer},
        taken_at=now,
        since=since,
        coverage=coverage(report),
        conflicts=conflicts(_routes(whole, wanted), backlog, options),
        activities=activities(whole_backlog, report.judgement, wanted.team, since, fresh),
        shared=_shared(whole, backlog, options, wanted),
        unit=report.snapshot.unit,
        site=report.site,
        left_out=report.snapshot.left_out,
        next_session=_next(report, options, items, wanted),
        efficiency=_efficiency_of(report, items, wanted),
        seen=tuple(_seen(report, wanted)),
        advice=tuple(_advice(report, wanted)),
        techniques=suggested(_found(made, report.judgement)) if wanted.layer is Layer.TEAM else (),
        experts=experts([line.routed.issue for line in made.lines], report.capacities),
        checks=tuple(_checks(report, whole, backlog, items, options, wanted)),
    )


def _ahead(report: RunReport, backlog: Backlog, wanted: Wanted) -> Iterator[tuple[str, tuple[SprintAhead, ...]]]:
    """The next sprints of each team that the agenda is for."""
    for capacity, goal in _with_goals(report):
        if wanted.is_about(goal.team):
            yield goal.team, readiness_ahead(capacity, goal, report.look_ahead, backlog, report.judgement)


def _seen(report: RunReport, wanted: Wanted) -> Iterator[str]:
    """When each team that the agenda is for last saw its next sprints."""
    for capacity in report.capacities:
        if wanted.is_about(capacity.team.name):
            yield seen_line(capacity, report.seen_ahead.get(capacity.team.name))


def _advice(report: RunReport, wanted: Wanted) -> Iterator[str]:
    """What part two will ask about the tasks of the next sprint of the team that the agenda is for."""
    for capacity, goal in _with_goals(report):
        if goal.team == wanted.team:
            yield from grouped(tasks_of(capacity, goal.planned, report.backlog).findings)


def _with_goals(report: RunReport) -> Iterator[tuple[TeamCapacity, TeamGoal]]:
    """The capacity of each team with the goal of its next sprint."""
    goals = {goal.team: goal for goal in report.goals}
    return ((one, goals[one.team.name]) for one in report.capacities if one.team.name in goals)


def _found(made: Agenda, judgement: Judgement) -> Iterator[tuple[str, str]]:
    """The key and the rule of each finding about an issue on the agenda, in its order; none of restricted issues."""
    for issue in (line.routed.issue for line in made.lines):
        if not issue.restricted:
            yield from ((issue.key, finding.rule) for finding in judgement.by_key[issue.key].open_findings)


def _checks(
    report: RunReport,
    whole: Refinement,
    backlog: Backlog,
    items: Sequence[PlannedItem],
    options: RefinementOptions,
    wanted: Wanted,
) -> Iterator[Check]:
    yield from refinement_checks(_routes(whole, wanted), report.goals, backlog, report.judgement)
    if wanted.layer is Layer.OVERALL:
        moved = " ".join(moved_by_others(report.deep))
        now = report.snapshot.taken_at
        yield from scaling_checks(report.snapshot.product, report.capacities, items, options, moved=moved, now=now)


def _routes(whole: Refinement, wanted: Wanted) -> tuple[Routed, ...]:
    """The issues of the outlook, of the team that the agenda is for or of all."""
    return tuple(one for one in whole.routes if not wanted.team or wanted.team in one.teams)


def seen_line(capacity: TeamCapacity, seen: Seen | None) -> str:
    """When a team last saw its next sprints, and whether that was before its running sprint began."""
    name = capacity.team.name
    when = f"{name} saw its next sprints on {day(seen.at)} ({seen.by})" if seen else f"{name} has not seen them yet"
    return f"{when}. The team should see them in each sprint." if is_unseen(seen, capacity) else f"{when}."


def topic_line(one: TopicLine) -> str:
    """A topic in a line: what, how long, who asked for it, and since when."""
    topic = one.topic
    sessions = f", open after {many(one.sessions, 'session')}" if one.sessions else ""
    escalated = "; decide how to go on" if one.escalate else ""
    return f"{topic.text} ({topic.minutes} min, {topic.by}, since {day(one.since)}{sessions}{escalated})"


def _next(
    report: RunReport, options: RefinementOptions, items: Sequence[PlannedItem], wanted: Wanted
) -> NextSession | None:
    """The next session of the team that the agenda is for."""
    local = report.snapshot.taken_at.astimezone(report.lead_time.zone)
    capacity = next((one for one in report.capacities if one.team.name == wanted.team), None)
    return next_session_of(capacity, options.cadence.get(wanted.team), items, local) if capacity is not None else None


def _efficiency_of(report: RunReport, items: Sequence[PlannedItem], wanted: Wanted) -> tuple[Efficiency, ...]:
    """What the sessions of the team settled in an hour, in each sprint of its board."""
    board = next((one.board for one in report.snapshot.product.teams if one.name == wanted.team), None)
    sessions = sessions_of(items, wanted.layer, wanted.team, report.snapshot.taken_at)
    return efficiency(sessions, [one for one in report.snapshot.sprints if one.board == board])


def _shared(whole: Refinement, backlog: Backlog, options: RefinementOptions, wanted: Wanted) -> tuple[SharedIssue, ...]:
    """The shared issues that the layer is about: all of them overall, those with a note for a team."""
    if wanted.layer is Layer.MULTI_TEAM:
        return ()
    several = (one.issue for one in whole.routes if len(one.teams) > 1 and one.layer is not Layer.MULTI_TEAM)
    issues = tuple(shared_issue(one, backlog, options) for one in several)
    if wanted.layer is Layer.OVERALL:
        return issues
    return tuple(one for one in issues if one.note and wanted.team in one.by_team)


def _last(made: Agenda) -> Iterator[str]:
    if made.last is None:
        return
    done, planned = len(made.last.achieved), len(made.last.items)
    yield f"{day(made.last.at)}: {done} of {many(planned, 'issue')} settled by the next working day."
    later = [item.key for item in made.last.items if item.settled is not None and not item.is_achieved]
    if later:
        yield f"Settled later: {', '.join(later)}."
    if made.last.open:
        yield f"Still open: {', '.join(item.key for item in made.last.open)}."


def _efficiency(sprints: Sequence[Efficiency]) -> Iterator[str]:
    if not sprints:
        return
    latest = (f"{one.sprint} {figure(one.per_hour)}{_each(one)}" for one in sprints[-FALLS - 1 :])
    yield f"Issues settled in an hour: {', '.join(latest)}."
    if is_falling(sprints):
        yield "That is less from sprint to sprint, three times in a row. See what takes long."


def _each(one: Efficiency) -> str:
    return f" ({many(one.minutes_each, 'minute')} each)" if one.minutes_each is not None else ""


def results(line: Line) -> str:
    """The wanted results of a line; the first ones, and how many more."""
    texts = tuple(dict.fromkeys(want.text for want in line.candidate.wants))
    more = len(texts) - RESULTS
    return "; ".join((*texts[:RESULTS], *((f"and {more} more",) if more > 0 else ())))


def owners(line: Line) -> str:
    """Who is asked for the results of a line."""
    return ", ".join(line.candidate.owners)


def remark(line: Line) -> str:
    """Why a line is in this layer, what left it open, the decision it follows, and whether its size is assumed."""
    open_since = (
        f"left open by {many(line.carried.sessions, 'session')} since {day(line.carried.since)}" if line.carried else ""
    )
    escalated = "decide how to go on" if line.escalate else ""
    above = line.routed.waits_for
    waits = f"waits for the overall decision about {above}" if above else ""
    note = f"decision: {line.routed.note}" if line.routed.note else ""
    assumed = "size assumed" if line.candidate.assumed else ""
    return "; ".join(filter(None, (line.routed.why, waits, note, open_since, escalated, assumed)))


def sprint_line(one: SprintAhead, unit: Unit) -> str:
    """One sprint to come: what is ready in it, of what it has and usually takes."""
    name = one.name or "not in the tracker yet"
    first = f", from {day(one.first)}" if one.first else ""
    usual = f", usually {figure(one.points)}" if one.points is not None else ""
    number = len(one.ready) + len(one.unready)
    ready = f"{len(one.ready)} of {many(number, 'issue')} ready"
    return f"{name}{first}: {ready}, {figure(one.ready_points)} of {many(one.all_points, unit.one)}{usual}"
