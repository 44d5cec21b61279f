"""The agenda of refinement as a JSON document."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from rules.refinement.activities import ActivityKind
from rules.refinement.agenda import Line
from rules.refinement.conflicts import Conflict
from rules.refinement.efficiency import is_falling
from rules.refinement.layers import Layer
from rules.refinement.look_ahead import SprintAhead
from rules.refinement.options import SharedPart
from rules.refinement.shared import SharedIssue
from sync.reports.as_json import coverage_parts
from sync.reports.json_models import Figure, IssueKey, Part, Text
from sync.reports.json_models.documents import CoveragePart
from sync.reports.json_models.results import TopicPart
from sync.reports.planning.as_json import CheckPart
from sync.reports.refinement.page import RefinementPage


class WantPart(Part):
    """One wanted result, its minutes by the findings, and who is asked for it."""

    text: Text
    minutes: Figure
    owner: Text


class CarriedPart(Part):
    """How many earlier sessions left an issue open, and since when."""

    sessions: int
    since: date


class AgendaLinePart(Part):
    """One issue of an agenda."""

    issue: Text
    minutes: int
    points: Figure
    """Its size, or that of the open issues below it."""
    assumed: bool
    """Whether an estimate is missing, so that the size is assumed."""
    worth: Figure
    """What a session gains: the size, less in proportion to the distance beyond the ready horizon."""
    teams: tuple[Text, ...]
    why: Text
    """Why it is in this layer."""
    wanted: tuple[WantPart, ...]
    note: Text
    """The decision it follows, "" for none."""
    carried: CarriedPart | None
    escalated: bool
    """Whether so many sessions left it open that the Product Owner decides how to go on."""


class WaitingPart(Part):
    """An issue that waits for the decision of all teams about another one."""

    issue: IssueKey
    waits_for: Text


class PastItemPart(Part):
    """One issue of the last session; `settled` is null for one that is still open."""

    issue: Text
    minutes: Figure
    achieved: bool
    settled: datetime | None


class LastSessionPart(Part):
    """The last session of this layer and team."""

    at: datetime
    items: tuple[PastItemPart, ...]


class SharedIssuePart(Part):
    """An issue that several teams share."""

    issue: Text
    parts: dict[SharedPart, Text]
    """The beginning of each text, "" for one that is missing."""
    teams: dict[str, tuple[Text, ...]]
    """The part of each team: its issues below this one, or a note."""
    note: Text


class SprintAheadPart(Part):
    """One sprint to come."""

    name: Text
    first: date | None
    usual_points: Figure | None
    points: Figure
    ready_points: Figure
    ready: tuple[Text, ...]
    not_ready: tuple[Text, ...]


class TeamAheadPart(Part):
    """The next sprints of one team."""

    team: Text
    sprints: tuple[SprintAheadPart, ...]


class TeamGoalPart(Part):
    """The Sprint Goal of one team."""

    team: Text
    goal: Text


class EfficiencyPart(Part):
    """What the sessions of one sprint settled by the next working day, in the hours that were planned."""

    sprint: Text
    settled: int
    hours: Figure
    per_hour: Figure
    minutes_each: Figure | None
    """Null where nothing was settled."""


class TopicLinePart(Part):
    """A topic on the agenda, how many sessions were held since it was asked for, and whether it is to be decided."""

    topic: TopicPart
    sessions: int
    escalate: bool


class ActivityPart(Part):
    """Of how many issues of the ready horizon something is done, and of how many of these newly."""

    kind: ActivityKind
    issues: int
    done: int
    newly: int


class ExpertisePart(Part):
    """A skill, the issues of the agenda that need it, and who of all teams has it and is here in the next sprint."""

    skill: Text
    issues: tuple[Text, ...]
    people: tuple[Text, ...]


class WishPart(Part):
    """The priority that a group of stakeholders wants."""

    group: Text
    priority: Text


class ConflictPart(Part):
    """An issue about which stakeholders disagree."""

    issue: Text
    wishes: tuple[WishPart, ...]


class TechniquePart(Part):
    """Something people can do together, and the issues it helps with."""

    name: Text
    text: Text
    issues: tuple[Text, ...]


class RefinementDocument(Part):
    """What `refinement --format json` prints."""

    schema_: Literal["readyline/refinement/1"] = Field(default="readyline/refinement/1", alias="schema")
    product: Text
    product_goal: Text
    layer: Layer
    team: Text
    """"" for an agenda of several teams."""
    at: datetime | None
    """When the session is; null where that is open."""
    goals: tuple[TeamGoalPart, ...]
    unit: Literal["points", "hours", "issues"] = "points"
    timebox: int
    minutes: int
    points: Figure
    factor: Figure
    """What the minutes of the findings were multiplied with."""
    sessions: int
    outlook: dict[Layer, int]
    """How many issues of the outlook belong to each layer."""
    agenda: tuple[AgendaLinePart, ...]
    no_room: tuple[AgendaLinePart, ...]
    waiting: tuple[WaitingPart, ...]
    last: LastSessionPart | None
    shared: tuple[SharedIssuePart, ...]
    ahead: tuple[TeamAheadPart, ...]
    left_out_teams: tuple[Text, ...]
    topics: tuple[TopicLinePart, ...] = ()
    """What people want to discuss besides, in the minutes of the session."""
    topics_without_room: tuple[TopicLinePart, ...] = ()
    checks: tuple[CheckPart, ...] = ()
    """Whether refinement is about the right things on a clear path; for all teams, whether they work as one product."""
    seen: tuple[Text, ...] = ()
    """When each team last saw its next sprints."""
    advice: tuple[Text, ...] = ()
    """What the team may do about the tasks of its next sprint before part two of Sprint Planning."""
    techniques: tuple[TechniquePart, ...] = ()
    """What helps with what the issues of the agenda lack, most issues first."""
    experts: tuple[ExpertisePart, ...] = ()
    """Skills that the issues of the agenda need, and who has them."""
    next_session: datetime | None = None
    """The next session of the team by its calendar or its cadence."""
    next_session_certain: bool = False
    """Whether a calendar or the configuration says so; false: a team without either is taken for a weekly one."""
    efficiency: tuple[EfficiencyPart, ...] = ()
    falling: bool = False
    """Whether fewer issues were settled in an hour for three sprints in a row."""
    activities: tuple[ActivityPart, ...] = ()
    """What was done for the issues of the ready horizon."""
    conflicts: tuple[ConflictPart, ...] = ()
    """Issues with priorities of several groups of stakeholders that are far apart, and no decision."""
    since: datetime
    """Since when it is new: the last session, else a week ago."""
    coverage: CoveragePart
    """What all figures rest on."""
    as_of: datetime | None
    """The moment of the issues where another run was writing to the mirror; null: read just now."""


def document(page: RefinementPage) -> RefinementDocument:
    """The page as a document."""
    made = page.agenda
    return RefinementDocument(
        **coverage_parts(page.coverage),
        product=page.product.name,
        product_goal=page.product.goal,
        layer=made.layer,
        team=made.team,
        at=page.wanted.at,
        goals=tuple(TeamGoalPart(team=team, goal=text) for team, text in page.goals),
        unit=page.unit.value,
        timebox=made.timebox,
        minutes=made.minutes,
        points=made.points,
        factor=made.factor,
        sessions=made.sessions,
        outlook=dict(page.routed),
        agenda=tuple(map(_line, made.lines)),
        no_room=tuple(map(_line, made.left_out)),
        waiting=tuple(map(WaitingPart.model_validate, made.waiting)),
        last=_last(page),
        shared=tuple(map(_shared, page.shared)),
        ahead=tuple(TeamAheadPart(team=team, sprints=tuple(map(_ahead, some))) for team, some in page.ahead.items()),
        left_out_teams=page.left_out,
        next_session=page.next_session.at if page.next_session is not None else None,
        next_session_certain=page.next_session is not None and page.next_session.is_certain,
        efficiency=tuple(EfficiencyPart.model_validate(one) for one in page.efficiency),
        falling=is_falling(page.efficiency),
        activities=tuple(ActivityPart.model_validate(one) for one in page.activities),
        conflicts=tuple(map(_conflict, page.conflicts)),
        since=page.since,
        topics=tuple(TopicLinePart.model_validate(one) for one in made.topics),
        topics_without_room=tuple(TopicLinePart.model_validate(one) for one in made.topics_left),
        seen=page.seen,
        advice=page.advice,
        techniques=tuple(
            TechniquePart(name=one.technique.name, text=one.technique.text, issues=one.issues)
            for one in page.techniques
        ),
        experts=tuple(ExpertisePart.model_validate(one) for one in page.experts),
        checks=tuple(CheckPart.model_validate(one) for one in page.checks),
    )


def _conflict(one: Conflict) -> ConflictPart:
    wishes = tuple(WishPart(group=group, priority=level) for group, level in one.wishes)
    return ConflictPart(issue=one.issue.key, wishes=wishes)


def _line(line: Line) -> AgendaLinePart:
    return AgendaLinePart(
        issue=line.routed.issue.key,
        minutes=line.minutes,
        points=line.candidate.size,
        assumed=line.candidate.assumed,
        worth=line.candidate.worth,
        teams=line.routed.teams,
        why=line.routed.why,
        wanted=tuple(WantPart.model_validate(want) for want in line.candidate.wants),
        note=line.routed.note,
        carried=CarriedPart.model_validate(line.carried) if line.carried else None,
        escalated=line.escalate,
    )


def _last(page: RefinementPage) -> LastSessionPart | None:
    last = page.agenda.last
    if last is None:
        return None
    items = tuple(
        PastItemPart(issue=item.key, minutes=item.minutes, achieved=item.is_achieved, settled=item.settled)
        for item in last.items
    )
    return LastSessionPart(at=last.at, items=items)


def _shared(one: SharedIssue) -> SharedIssuePart:
    return SharedIssuePart(issue=one.issue.key, parts=dict(one.parts), teams=dict(one.by_team), note=one.note)


def _ahead(one: SprintAhead) -> SprintAheadPart:
    return SprintAheadPart(
        name=one.name,
        first=one.first,
        usual_points=one.points,
        points=one.all_points,
        ready_points=one.ready_points,
        ready=one.ready,
        not_ready=one.unready,
    )
