"""What the text, the Markdown and the HTML report show, prepared once for all three.

The first page: is there enough ready work, until when, and what to do first. Then: which issues are not ready, the
proposal for each sprint, what changed since the last run. Renderers only print these fields.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

from rules.capacity.model import TeamCapacity
from rules.capacity.time_boxes import TimeBoxes
from rules.causes import Cause, causes_of
from rules.deep.model import ENOUGH, Action, Doers, Runway, Signal, Trend
from rules.deep.runway import day_in_words, first_dry, short_teams
from rules.model import NO_MARKS, Issue, OwnMarks, Sprint, Team, Unit
from rules.plan.changes import Change, PutComment, PutPage, identity_of
from rules.plan.comment import CommentBody
from rules.plan.marks import after
from rules.plan.outcome import Outcome
from rules.plan.page_body import PageBody
from rules.planning.goals import TeamGoal
from rules.planning.model import LeftOut, Placement
from rules.rule import Finding
from rules.verdict import State, Verdict
from rules.wording import agreeing, agreeing_of
from sync.reports import format as wording
from sync.reports.base import RunReport
from sync.reports.redact import WITHHELD

TARGET_SPRINTS = (2.0, 3.0)  # with less the teams run out of work, with more the details go out of date
FRESH = "fresh"  # the measure of the letter E on the first page
ACTIONS = 3  # on the first page
REFINE_LESS = "What is ready for more than {three} goes out of date: refine less for now."
NOT_GIVEN = "Nothing of this is written, because [write_back] enabled is false."
NAMED = 3  # keys shown after a sentence that names none of them
LATER = 3  # sprints after the next one, from which on issues are counted together
RUNNING = LATER + 2  # the place of what is in a running sprint
LATEST_DAYS = 30  # points of a trend; a chart cannot show more
STATES = {
    Signal.RED: "Not enough ready work",
    Signal.AMBER: "Not enough ready work",
    Signal.GREEN: "Enough ready work",
    Signal.OVER_REFINED: "More ready work than needed",
    Signal.UNKNOWN: "Ready work: velocity unknown",
}
"""The answer of the first page for each state of the product's runway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPage:
    """What a Product Owner sees first.

    `state` answers whether there is enough ready work, `lasts` for how long, `teams` for how long of each team ("" for
    one team), `first_out` names the team that runs out first ("" where that is unknown), `readiness` counts ready
    issues. `signal` is the state as the runway has it, and `advice` what follows from it, "" for nothing.
    `boxes` are what lengths are counted in.
    """

    product: str
    day: str
    goal: str
    signal: Signal
    state: str
    lasts: str
    teams: str
    first_out: str
    readiness: str
    actions: tuple[Action, ...]
    boxes: TimeBoxes
    advice: str = ""

    def gain(self, action: Action) -> str:
        """What an action gains. Where more is ready than needed, more of it does not count."""
        return wording.gain(action.gain, 0.0 if self.advice else action.runway_gain, self.boxes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One issue of the ready horizon that is not ready.

    `place` is the sprint it is expected in, by name, or how far away it is. `fix` is the smallest of its blocking
    findings with those of the same cause, `more` are the others; where everything missing is accepted, these are the
    accepted findings. `points` is its
    estimate, `sprints` that estimate in sprints of its team; `None` where either is unknown.
    """

    rank: int
    issue: Issue
    teams: tuple[str, ...]
    place: str
    fix: Cause
    more: tuple[Cause, ...]
    points: float | None
    sprints: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DistanceGroup:
    """How many issues at one distance are ready, not ready and not due yet; `label` names the distance.

    `sprints` are the names of the teams' sprints there.
    """

    label: str
    sprints: tuple[str, ...]
    ready: int
    unready: int
    not_due: int

    @property
    def total(self) -> int:
        """All issues at this distance."""
        return self.ready + self.unready + self.not_due


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedIssue:
    """One issue of a proposal; `total` is the points in the sprint with it, `left` what is free after it.

    `left` is `None` where the team's points are unknown. `note` names what it comes after and other teams that could
    take it, "" for neither.
    """

    issue: Issue
    points: float
    total: float
    left: float | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamProposal:
    """What is proposed for one team's sprint, in rank order; what is there already, and what stays below the line.

    `goal` is the Sprint Goal with what to correct, `None` where the sprint has none.
    """

    team: str
    sprint: str
    capacity: TeamCapacity | None
    already: tuple[Issue, ...]
    issues: tuple[ProposedIssue, ...]
    below: tuple[LeftOut, ...]
    goal: TeamGoal | None = None

    @property
    def unit(self) -> Unit:
        """What sizes count."""
        return self.capacity.unit if self.capacity else Unit.POINTS

    @property
    def points(self) -> float:
        """The sum of the proposed points."""
        return sum(proposed.points for proposed in self.issues)


@dataclass(frozen=True, slots=True)
class Gauge:
    """Ready issues among those of the ready horizon."""

    ready: int
    total: int


def gauge(report: RunReport) -> Gauge:
    """How many issues of the ready horizon are ready."""
    near = report.judgement.near
    return Gauge(ready=sum(verdict.ready for verdict in near), total=len(near))


def freshness(report: RunReport) -> str:
    """How many near issues changed lately, in the words of the measure of DEEP; "" where it has no value."""
    measures = (measure for letter in report.deep.letters for measure in letter.measures)
    return next((measure.text for measure in measures if measure.name == FRESH and measure.value is not None), "")


def product_runway(report: RunReport) -> Runway | None:
    """The runway of the whole product."""
    return next((runway for runway in report.deep.runways if not runway.team), None)


def team_runways(report: RunReport) -> tuple[Runway, ...]:
    """The runway of each team, in the order of the configuration."""
    return tuple(runway for runway in report.deep.runways if runway.team)


def first_out_first(report: RunReport) -> tuple[Runway, ...]:
    """The runway of the product, then those of the teams: the one that runs out first on top, unknown ones last."""
    of_all = tuple(runway for runway in report.deep.runways if not runway.team)
    return (*of_all, *sorted(team_runways(report), key=lambda one: (one.usual_on is None, one.usual_on or date.max)))


def doers(action: Action, report: RunReport) -> str:
    """Who can do it: the Product Owner, the teams that may take the issues, or both."""
    issues = (report.snapshot.by_key.get(key) for key in action.keys)
    named = {team.name for issue in issues if issue is not None for team in report.snapshot.teams_of(issue)}
    product = report.snapshot.product
    teams = ", ".join(team.name for team in product.teams if team.name in named)
    if action.doers is Doers.OWNER or not teams:
        return product.owner
    return teams if action.doers is Doers.TEAMS else f"{product.owner} with {teams}"


def first_page(report: RunReport) -> FirstPage:
    """The answer to "Is there enough ready work?", and what to do first."""
    product, runway = report.snapshot.product, product_runway(report)
    signal = runway.signal if runway else Signal.UNKNOWN
    return FirstPage(
        product=product.name,
        day=wording.day(report.snapshot.taken_at),
        goal=product.goal,
        signal=signal,
        state=_state(signal, short_teams(report.deep.runways)),
        lasts=_lasts(runway, report.snapshot.taken_at, report.backlog.boxes),
        teams=_teams(report),
        first_out=_first_out(report),
        readiness=_readiness(report),
        actions=report.deep.actions[:ACTIONS],
        boxes=report.backlog.boxes,
        advice=REFINE_LESS.format(three=report.backlog.boxes.words(3)) if report.deep.is_more_than_needed else "",
    )


def _state(signal: Signal, short: str) -> str:
    """The answer; `short` are the teams with too little ready work."""
    if short and signal in ENOUGH:
        return f"{STATES[Signal.GREEN]}, but too little for {short}"
    return STATES[signal]


def earlier_day(report: RunReport) -> tuple[str, ...]:
    """Sentences about the earlier day that a report is of; none where it is of now."""
    earlier = report.earlier
    if earlier is None:
        return ()
    came = f": what run {earlier.run} was given" if earlier.run else ", rebuilt from the changelog"
    return (
        f"As of {wording.moment(earlier.taken_at)}{came}. The configuration and the absence files are those of today.",
        *(f"Not known: {one}." for one in earlier.unknown),
    )


def _lasts(runway: Runway | None, seen: datetime, boxes: TimeBoxes) -> str:
    """How long ready work lasts: in sprints or weeks, and to which day."""
    if runway is None:
        return "How long ready work lasts is unknown."
    if runway.sprints is None:
        points = wording.many(runway.ready_points, runway.unit.one)
        are, last = agreeing(runway.ready_points, "is", "are"), agreeing(runway.ready_points, "it lasts", "they last")
        estimated = "" if runway.unit is Unit.ISSUES else " with estimates"
        closed = f"a {boxes.box}{estimated}"
        return f"{points} {are} ready. How long {last} is unknown until {closed} is closed."
    until = wording.until(runway, seen)
    about = f", to about {until}" if until else ""
    return f"It lasts {wording.length(runway.sprints, boxes)} at the usual velocity{about}."


def _teams(report: RunReport) -> str:
    """Each team's ready work in sprints: the product's number is the sum of these."""
    runways = [runway for runway in report.deep.runways if runway.team]
    if len(runways) < 2:
        return ""
    boxes = report.backlog.boxes
    lengths = (None if runway.sprints is None else boxes.figure(runway.sprints) for runway in runways)
    parts = (f"{one.team} {wording.figure(length, 'unknown')}" for one, length in zip(runways, lengths, strict=True))
    return f"By team, in {boxes.several}: {', '.join(parts)}."


def _first_out(report: RunReport) -> str:
    """The team that runs out of ready work first, and the planning before that if its sprints are planned."""
    first, seen = first_dry(report.deep.runways), report.snapshot.taken_at.date()
    if first is None or first.usual_on is None:
        return ""
    out = f"First to run out: {first.team}, about {day_in_words(first.usual_on, seen)}."
    sprints = next((one.outlook for one in report.capacities if one.team.name == first.team), ())
    starts = [sprint.first for sprint in sprints if sprint.first <= first.usual_on <= sprints[-1].last]
    if not starts:
        return out
    return f"{out} The planning before that: {starts[-1]:%A} {day_in_words(starts[-1], seen)}."


def _readiness(report: RunReport) -> str:
    near = gauge(report)
    if not near.total:
        return "No issue is in the ready horizon."
    are = agreeing_of(near.ready, near.total, "is", "are")
    ready = f"{near.ready} of {wording.many(near.total, 'issue')} in the ready horizon {are} ready"
    others = wording.states(report.judgement.near)
    share = wording.percent(near.ready, near.total)
    return f"{ready} ({share}){f', {others}' if others else ''}. {freshness(report)}".rstrip()


def obstacles(report: RunReport) -> tuple[Obstacle, ...]:
    """The counted issues of the horizon that are not ready, in rank order, each with its smallest fix first."""
    pace = {one.team.name: one.points.p50 for one in report.capacities if one.points and one.points.p50 > 0}
    ranks = {verdict.issue.key: rank for rank, verdict in enumerate(report.judgement.verdicts, start=1)}
    unready = (verdict for verdict in report.judgement.near if verdict.state is State.NOT_READY)
    return tuple(_obstacle(ranks[verdict.issue.key], verdict, report, pace) for verdict in unready)


def _obstacle(rank: int, verdict: Verdict, report: RunReport, pace: dict[str, float]) -> Obstacle:
    teams = tuple(team.name for team in report.snapshot.teams_of(verdict.issue))
    points = verdict.issue.points
    per_sprint = pace.get(teams[0]) if len(teams) == 1 else None
    missing = verdict.blocking or verdict.missing
    findings = verdict.open_findings if verdict.blocking else verdict.findings
    fix, *more = (cause for cause in causes_of(findings) if cause.finding in missing)
    return Obstacle(
        rank=rank,
        issue=verdict.issue,
        teams=teams,
        place=place(report, verdict),
        fix=fix,
        more=tuple(more),
        points=points,
        sprints=points / per_sprint if points is not None and per_sprint else None,
    )


def place(report: RunReport, verdict: Verdict) -> str:
    """The sprint that an issue is in or is expected in, by name; else how far away it is."""
    sprint = report.snapshot.sprint_by_id.get(verdict.issue.sprint or "") or _expected(report, verdict)
    return sprint.name if sprint else wording.place(verdict.distance, report.backlog.boxes)


def _expected(report: RunReport, verdict: Verdict) -> Sprint | None:
    """The planned sprint of its one team that is as far away as the issue."""
    team = report.backlog.team(verdict.issue.key)
    if team is None or verdict.distance is None:
        return None
    return _planned(report, math.floor(verdict.distance)).get(team.name)


def _planned(report: RunReport, ahead: int) -> dict[str, Sprint]:
    """By team, its planned sprint so many sprints after the next one."""
    outlooks = ((one.team.name, one.outlook[ahead].sprint) for one in report.capacities if ahead < len(one.outlook))
    return {team: sprint for team, sprint in outlooks if sprint is not None}


def no_obstacles(report: RunReport) -> str:
    """What a report says where there are no obstacles."""
    if all(verdict.ready for verdict in report.judgement.near):
        return "Nothing: every issue in the ready horizon is ready."
    return "Nothing: all that is due in the ready horizon is there."


def not_due(report: RunReport) -> tuple[Verdict, ...]:
    """The counted issues of the horizon of which only something fails that is not due yet, in rank order."""
    return tuple(verdict for verdict in report.judgement.near if verdict.state is State.NOT_DUE)


def later(report: RunReport) -> tuple[Verdict, ...]:
    """The same outside of the horizon."""
    return tuple(one for one in report.judgement.counted if one.state is State.NOT_DUE and not one.in_horizon)


def of_all(count: int, report: RunReport) -> str:
    """`14 of 49 issues`: a part of the ready horizon."""
    return f"{count} of {wording.many(len(report.judgement.near), 'issue')}"


def unlocked(report: RunReport) -> float:
    """How many points are ready once the obstacles are gone: not of issues that lack more, which is due later.

    Issues without an estimate count nothing.
    """
    unready = (verdict for verdict in report.judgement.near if verdict.state is State.NOT_READY)
    return sum(verdict.issue.points or 0.0 for verdict in unready if not verdict.due)


def by_distance(report: RunReport) -> tuple[DistanceGroup, ...]:
    """Counted issues by state and distance: the running sprint, the next three, all later ones, and what has none."""
    box = report.backlog.boxes.box
    labels = (f"next {box}", f"second {box}", f"third {box}", "later", "velocity unknown", f"running {box}")
    rows = Counter((labels[_group(verdict, report)], verdict.state) for verdict in report.judgement.counted)
    groups = [
        DistanceGroup(
            label=label,
            sprints=_first_names(sprint.name for sprint in _planned(report, ahead).values()) if ahead < LATER else (),
            ready=rows[label, State.READY],
            unready=rows[label, State.NOT_READY],
            not_due=rows[label, State.NOT_DUE],
        )
        for ahead, label in enumerate(labels)
    ]
    return tuple(group for group in (groups[RUNNING], *groups[:RUNNING]) if group.total)


def _first_names(names: Iterable[str]) -> tuple[str, ...]:
    """The first names, and how many more there are."""
    first, rest = (unique := tuple(dict.fromkeys(names)))[:NAMED], len(unique) - NAMED
    return (*first, f"{rest} more") if rest > 0 else first


def _group(verdict: Verdict, report: RunReport) -> int:
    if report.snapshot.is_running(verdict.issue):
        return RUNNING
    return LATER + 1 if verdict.distance is None else min(math.floor(verdict.distance), LATER)


def proposals(report: RunReport) -> tuple[TeamProposal, ...]:
    """One proposal a team and sprint, in the order of the configuration, even with nothing; none of teams left out."""
    teams = (team for team in report.snapshot.product.teams if team.name not in report.snapshot.stopped)
    return tuple(proposal for team in teams for proposal in _proposals(report, team))


def _proposals(report: RunReport, team: Team) -> Iterator[TeamProposal]:
    capacity = next((one for one in report.capacities if one.team.name == team.name), None)
    mine = [placed for placed in report.proposal.placements if placed.team == team.name]
    below = (
        left
        for left in report.proposal.left_out
        if left.issue.sprint is None and team in report.backlog.teams[left.issue.key]
    )
    left = tuple(below)
    planned = capacity.sprint.id if capacity and capacity.sprint else None
    for sprint in dict.fromkeys(placed.sprint for placed in mine) or {planned: None}:
        yield TeamProposal(
            team=team.name,
            sprint=_sprint_name(report, sprint),
            capacity=capacity,
            already=report.snapshot.on_board_of(
                team, (issue for issue in report.snapshot.issues if sprint and issue.sprint == sprint)
            ),
            issues=tuple(_proposed(report, capacity, [placed for placed in mine if placed.sprint == sprint])),
            below=left,
            goal=_goal(report, team.name, sprint),
        )


def _goal(report: RunReport, team: str, sprint: str | None) -> TeamGoal | None:
    """The Sprint Goal of a team's sprint; a missing one is asked for on the planning pages only."""
    goals = (one for one in report.goals if one.team == team and one.text and one.sprint and one.sprint.id == sprint)
    return next(goals, None)


def _proposed(
    report: RunReport, capacity: TeamCapacity | None, placements: Sequence[Placement]
) -> Iterator[ProposedIssue]:
    """The placements with their running total, which starts at what is in the sprint already."""
    limit = capacity.points.p50 if capacity and capacity.points else None
    totals = accumulate((one.points for one in placements), initial=capacity.load if capacity else 0.0)
    for placed, total in zip(placements, list(totals)[1:], strict=True):
        yield ProposedIssue(
            issue=placed.issue,
            points=placed.points,
            total=total,
            left=None if limit is None else limit - total,
            note="; ".join(_notes(report, placed)),
        )


def _notes(report: RunReport, placed: Placement) -> Iterator[str]:
    if placed.though:
        yield placed.though[:1].lower() + placed.though[1:]
    if blockers := report.backlog.blockers_of(placed.issue.key):
        yield f"after {', '.join(blocker.key for blocker in blockers)}"
    if others := [team.name for team in report.snapshot.teams_of(placed.issue) if team.name != placed.team]:
        yield f"or {' or '.join(others)}"


def _sprint_name(report: RunReport, sprint: str | None) -> str:
    if sprint is None:
        return "no future sprint yet"
    planned = report.snapshot.sprint_by_id.get(sprint)
    return planned.name if planned else f"sprint {sprint}"


def unclaimed(report: RunReport) -> tuple[Issue, ...]:
    """Issues of the horizon without a team."""
    return tuple(v.issue for v in report.judgement.verdicts if v.in_horizon and not report.snapshot.teams_of(v.issue))


def cross_team(report: RunReport) -> tuple[Issue, ...]:
    """Issues of the horizon that more than one team claims; what any of several teams may take is not among them."""
    teams = report.snapshot.product.teams
    near = (verdict.issue for verdict in report.judgement.verdicts if verdict.in_horizon)
    return tuple(issue for issue in near if sum(team.recognises(issue) for team in teams) > 1)


def waived(report: RunReport) -> tuple[tuple[Issue, Finding], ...]:
    """Accepted findings, in rank order."""
    return tuple((v.issue, finding) for v in report.judgement.verdicts for finding in v.findings if finding.waived)


def answers(report: RunReport) -> tuple[tuple[str, str], ...]:
    """The answers of this run to commands in comments: the issue's key and the answer, and whether it is given."""
    keys = {issue.id: issue.key for issue in report.snapshot.by_key.values()}
    note = "" if report.writes else f" {NOT_GIVEN}"
    return tuple((keys[one.issue], f"{one.text}{note}") for one in report.commands.fresh if one.issue in keys)


def left_alone(report: RunReport) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Why people want nothing to be written to issues of the backlog, each reason with the keys, in rank order."""
    reasons: dict[str, list[str]] = {}
    for key, why in report.plan.unwanted.items():
        reasons.setdefault(why, []).append(key)
    return tuple((why, tuple(keys)) for why, keys in reasons.items())


def now(report: RunReport) -> Trend:
    """This run as a point of the trend."""
    runway, near = product_runway(report), gauge(report)
    return Trend(
        at=report.started,
        issues=len(report.judgement.verdicts),
        ready=len(report.judgement.ready),
        score=report.deep.score,
        runway=runway.sprints if runway else None,
        near=near.total,
        near_ready=near.ready,
    )


def trend(report: RunReport) -> tuple[Trend, ...]:
    """The last run of each earlier day, oldest first, and this one at the end."""
    earlier = sorted((one for one in report.history if one.at < report.started), key=lambda one: one.at)
    daily = {one.at.date(): one for one in earlier if one.at.date() < report.started.date()}
    return (*tuple(daily.values())[-LATEST_DAYS + 1 :], now(report))


def last_time(report: RunReport) -> tuple[Trend, Trend] | None:
    """The run before this one and this one, `None` if there was none."""
    earlier = [one for one in report.history if one.at < report.started]
    return (max(earlier, key=lambda one: one.at), now(report)) if earlier else None


def outcome_of(report: RunReport) -> Callable[[Change], Outcome | None]:
    """The outcome of a planned change, found by what it writes: its reason may have changed until it was written."""
    outcomes = {identity_of(one.change): one for one in report.outcomes}
    return lambda change: outcomes.get(identity_of(change))


def written_texts(report: RunReport) -> dict[Change, str]:
    """The text of each planned comment and page, as it will be read; nothing of it for a restricted issue."""
    texts: dict[Change, str] = {}
    for change in report.plan.changes:
        match change:
            case PutComment(note=note):
                texts[change] = _shown(change, comment_text(note), report)
            case PutPage(page=page):
                texts[change] = _shown(change, page_text(page), report)
            case _:
                pass
    return texts


def _shown(change: Change, text: str, report: RunReport) -> str:
    issue = report.snapshot.by_id.get(change.issue)
    is_restricted = issue is not None and issue.restricted
    return WITHHELD if is_restricted or any(title in text for title in report.withheld) else text


def comment_text(note: CommentBody) -> str:
    """What a comment says, line by line, as it is read."""
    fixes = (f"- {fix.message} {fix.hint}".rstrip() + (f" [{fix.name}]" if fix.name else "") for fix in note.fixes)
    passed = f"Passed: {', '.join(note.passed)}" if note.passed else ""
    return "\n".join(filter(None, (note.headline, note.summary, *fixes, passed, *note.answers, note.footer)))


def page_text(page: PageBody) -> str:
    """What our part of the living page says, line by line, as it is read."""
    return "\n".join(filter(None, (page.title, *page.lines, *(box.text for box in page.boxes), page.link)))


def properties(report: RunReport) -> dict[str, OwnMarks]:
    """By issue key, the issue property that the plan leaves there: written together with labels, else after the change.

    The id of a comment that is not written yet is unknown.
    """
    marks: dict[str, OwnMarks] = {}
    for change in report.plan.changes:
        marks[change.key] = after(marks.get(change.key, report.plan.marks.get(change.issue, NO_MARKS)), change)
    return marks


def segments(text: str, keys: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The text cut where it names one of the issues, each piece with whether it is a key.

    So a key in a sentence becomes a link. After a text that names none of its keys the first few of them follow.
    """
    left = list(dict.fromkeys(keys))
    pattern = "|".join(sorted(map(re.escape, left), key=len, reverse=True))
    pieces = re.split(rf"(?<![\w-])({pattern})(?![\w-])", text) if left else [text]
    for place, piece in enumerate(pieces):
        if piece:
            yield piece, place % 2 == 1
    unnamed = left if len(pieces) == 1 else []
    for place, key in enumerate(unnamed[:NAMED]):
        yield (", " if place else " "), False
        yield key, True
    if len(unnamed) > NAMED:
        yield f" and {len(unnamed) - NAMED} more", False
