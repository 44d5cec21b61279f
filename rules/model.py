"""The domain: issues, sprints, teams and people as read from the tracker, frozen, and the `Snapshot` of one run.

`None` means absent in the tracker, never "error" and never "not asked": what a tracker does not provide at all is
named in `Snapshot.unavailable`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Annotated, NamedTuple

from pydantic import PlainSerializer

from rules.document import EMPTY, Document
from rules.promise import Promise

Names = Annotated[frozenset[str], PlainSerializer(sorted, return_type=list[str])]
"""A set of names. As JSON it is sorted: the same set is always the same text."""


class Category(StrEnum):
    """The status category: the part of a status that means the same on every site."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"


class Kind(StrEnum):
    """The kind of work of an issue; the tracker's type names are mapped to these."""

    STORY = "story"
    BUG = "bug"
    TASK = "task"
    SPIKE = "spike"
    EPIC = "epic"
    SUBTASK = "subtask"


class LinkKind(StrEnum):
    """How one issue depends on another, seen from the issue that holds the link."""

    BLOCKED_BY = "blocked-by"
    BLOCKS = "blocks"
    DUPLICATE = "duplicate"
    RELATES = "relates"


class SprintState(StrEnum):
    """The state of a sprint."""

    FUTURE = "future"
    ACTIVE = "active"
    CLOSED = "closed"


class Unit(StrEnum):
    """What a size counts; the values are the plural in a sentence, and part of the JSON outputs."""

    POINTS = "points"
    HOURS = "hours"
    ISSUES = "issues"

    @property
    def one(self) -> str:
        """The singular: "point"."""
        return self.value[:-1]


@dataclass(frozen=True, slots=True)
class Priority:
    """A priority with its place in the site's list: `order` 0 is the most urgent, `levels` its length."""

    name: str
    order: int
    levels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to another issue: its key, and its status category where the tracker sends it along.

    `unknown` is the phrase of a link whose meaning is not known, "" for all others; it counts as `relates`.
    """

    kind: LinkKind
    key: str
    category: Category | None = None
    title: str = ""
    unknown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment by a person (never ours), as needed for commands.

    `document` is its text if that may be a command; other comments of people are not read (`EMPTY`).
    """

    id: str
    author: str
    author_name: str
    created: datetime
    document: Document


class Editor(NamedTuple):
    """A person who edited something: the account, and the name that the tracker shows."""

    account: str
    name: str


UNDONE = "undone:"
"""The prefix of a mark in `OwnMarks.refused` that an undo removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMarks:
    """What readyline has left on an issue, as last known: the base of the three-way comparison.

    `labels` are those we added. `comment` is the id of our comment, `comment_digest` the digest of its text.
    `sprint` is the id of the sprint we moved the issue to. `page` is the digest of our part of the description, which
    only the issue of the living page has. `refused` holds what a person removed:
    the mark (a label, "comment" or "sprint") with the fingerprint of its reason; it is not written again while the
    reason is the same. What an undo removed has `UNDONE` before the mark: resuming ends that. `reasons` holds the
    fingerprint for the labels that are there.
    """

    labels: Names = frozenset()
    comment: str | None = None
    comment_digest: str = ""
    sprint: str | None = None
    page: str = ""
    refused: tuple[tuple[str, str], ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()

    def has_refused(self, mark: str, reason: str) -> bool:
        """Whether a person removed this mark when it had this reason, by hand or with an undo."""
        return (mark, reason) in self.refused or self.has_undone(mark, reason)

    def has_undone(self, mark: str, reason: str) -> bool:
        """Whether an undo removed this mark when it had this reason."""
        return (f"{UNDONE}{mark}", reason) in self.refused


NO_MARKS = OwnMarks()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """The time tracking of an issue in hours: estimated at first, still to do, spent; the totals with its sub-tasks."""

    original: float | None = None
    remaining: float | None = None
    spent: float | None = None
    total_original: float | None = None
    total_remaining: float | None = None

    @property
    def left(self) -> float | None:
        """What remains of the issue itself, else what was estimated; `None` without either."""
        return self.remaining if self.remaining is not None else self.original


NO_EFFORT = Effort()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue of the tracker.

    `id` survives moves between projects, `key` does not. `type` is the tracker's type name, `kind` ours.
    `acceptance` is the text of a separate field for acceptance criteria, `None` where the site has none.
    `sprints` are the ids of all its sprints so far; `sprint` is the open one (active or future) it is in now.
    `assignee` and `reporter` are accounts, with the names that the tracker shows for them, "" where it shows none.
    `watchers` and `votes` are how many other accounts watch it and voted for it, as of the last time it was read whole.
    `points` is the estimate in the unit of the snapshot, `size_name` what the tracker has where that is a name ("M").
    `hours` is the time tracking. `fields` holds more fields that the
    configuration names, as text. `human_updated` is the last change by a person, where that is known not to be
    `updated`: an app or we came later, or a new rank. `done_since` is when a done issue came into its status, as far as
    its past is known.
    `changed_by` says who but readyline last changed a label ("Ana Alvarez changed it"), the sprint ("sprint"), or a
    comment of ours (by its id: "Ana Alvarez edited it", "Ana Alvarez answered it"), as far as that was read.
    `own_comments` are the ids of the comments by our account, without commands: usually one or none. `described_by`
    are the people who edited the description since we did last, as far as that was read.
    """

    id: str
    key: str
    type: str
    kind: Kind
    title: str
    status: str
    category: Category
    created: datetime
    updated: datetime
    document: Document = EMPTY
    acceptance: Document | None = None
    resolved: datetime | None = None
    due: date | None = None
    priority: Priority | None = None
    points: float | None = None
    size_name: str = ""
    hours: Effort = NO_EFFORT
    assignee: str | None = None
    assignee_name: str = ""
    reporter: str | None = None
    reporter_name: str = ""
    labels: Names = frozenset()
    components: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    environment: str = ""
    parent: str | None = None
    subtasks: tuple[str, ...] = ()
    sprint: str | None = None
    sprints: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    flagged: bool = False
    restricted: bool = False
    attachments: tuple[str, ...] = ()
    watchers: int = 0
    votes: int | None = None
    comments: tuple[Comment, ...] = ()
    own_comments: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    marks: OwnMarks = NO_MARKS
    human_updated: datetime | None = None
    changed_by: Mapping[str, str] = field(default_factory=dict)
    described_by: tuple[Editor, ...] = field(default=(), compare=False)  # the past, not what is there now
    done_since: datetime | None = field(default=None, compare=False)  # likewise
    counted_elsewhere: bool = field(default=False, compare=False)  # from the snapshot around it, not from the tracker
    is_released: bool = field(default=False, compare=False)  # likewise

    @property
    def last_human_edit(self) -> datetime:
        """The last change by a person, as far as that is known."""
        return self.human_updated or self.updated

    def is_filled(self, field: str) -> bool:
        """Whether a field that is read says something: neither nothing nor 0."""
        return bool(field) and self.fields.get(field, "").strip() not in {"", "0", "0.0"}

    @property
    def finished_at(self) -> datetime:
        """When a done issue was finished: its date of resolution, where a workflow sets none the nearest known date."""
        return self.resolved or self.done_since or self.last_human_edit

    @property
    def is_counted(self) -> bool:
        """Whether counts, points and labels are about it.

        Not an epic or sub-task, what is counted elsewhere, or what the Product Owner released.
        """
        return self.kind not in {Kind.EPIC, Kind.SUBTASK} and not self.counted_elsewhere and not self.is_released

    @property
    def is_open(self) -> bool:
        """Whether it is not done."""
        return self.category is not Category.DONE


class EditField(StrEnum):
    """What an edit changed."""

    RANK = "rank"
    SPRINT = "sprint"
    ESTIMATE = "estimate"
    PRIORITY = "priority"
    STATUS = "status"
    TITLE = "title"
    DESCRIPTION = "description"
    ACCEPTANCE = "acceptance"
    LABELS = "labels"
    LINKS = "links"
    PARENT = "parent"
    OTHER = "other"
    """Anything else: only that somebody did something is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One past change of one field of an issue, by anybody but readyline.

    `issue` is the issue's id, `account` and `name` say who, "" where that is unknown; `by_person` is false for an app.
    `before` and `after` are the values as text, "" for none. What can be renamed is there by its id: priority, status,
    sprints ("12, 13") and parent. A rank has no value. A description or acceptance text is in `former` as it was before
    the edit, `None` where it was too long to be kept; what it became is in the next edit, or in the issue itself.
    """

    issue: str
    at: datetime
    account: str
    name: str
    field: EditField
    before: str = ""
    after: str = ""
    former: Document | None = None
    by_person: bool = True


def project_of(key: str) -> str:
    """The project part of an issue's key: "SHOP" of SHOP-12, "acme/shop" of acme/shop#12."""
    return key.rpartition("#" if "#" in key else "-")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprint:
    """A time box of one board. Dates may be missing in future sprints and in parking lots.

    `is_period` is whether it is a period of a team without sprints, which the tracker does not know.
    """

    id: str
    name: str
    state: SprintState
    board: int
    start: datetime | None = None
    end: datetime | None = None
    completed: datetime | None = None
    goal: str = ""
    is_period: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Days of absence, first and last included; `fraction` 0.5 is half of each day."""

    first: date
    last: date
    fraction: float = 1.0


class MeetingKind(StrEnum):
    """A meeting whose length is compared with what is usual; the values are part of the JSON outputs."""

    REFINEMENT = "refinement"
    PLANNING = "planning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting of a team: its begin on the local clock, its length in hours, and who of the team is invited.

    `people` are names; empty where nobody of the team is named, and then everybody is meant.
    """

    kind: MeetingKind
    begin: datetime
    hours: float
    people: frozenset[str] = frozenset()


WORKWEEK = frozenset(range(5))
STAGE_DAYS = 14
"""The calendar days of each step of a ramp-up, and those of a handover."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person who works for a team.

    `share` is the part of each working day for this team (0 to 1). `weeks` has the days worked (Monday is 0) in each
    week of a pattern that repeats; its first week is the one of the day `weeks_from`. `country` and `region` are ISO
    3166 codes for public holidays ("" for none), `account` is the tracker's id.

    `joins` and `leaves` are the first and the last day in the team. `ramp_up` is the part of the usual work (0 to 1) in
    each two weeks from the first day on, `handover` in the last two. `mentor` is the name of a person of the team who
    helps in the beginning, `mentoring` the part of the mentor's day that this takes. `timezone` is the zone of the
    person's clock, "" where it is not known.
    """

    name: str
    share: float = 1.0
    weeks: tuple[frozenset[int], ...] = (WORKWEEK,)
    weeks_from: date = date(2024, 1, 1)
    country: str = ""
    region: str = ""
    account: str = ""
    absences: tuple[Absence, ...] = ()
    joins: date | None = None
    leaves: date | None = None
    ramp_up: tuple[float, ...] = ()
    handover: float = 1.0
    mentor: str = ""
    mentoring: float = 0.0
    timezone: str = ""
    skills: frozenset[str] = frozenset()

    def is_same_as(self, other: "Person") -> bool:
        """Whether two entries are about one person: the same name, unless their accounts differ."""
        return self.name == other.name and (not self.account or not other.account or self.account == other.account)

    def works_on(self, day: date) -> bool:
        """Whether the person works for the team that day, by the pattern and the first and last day in the team."""
        if (self.joins is not None and day < self.joins) or (self.leaves is not None and day > self.leaves):
            return False
        begin = self.weeks_from.toordinal() - self.weeks_from.weekday()
        return day.weekday() in self.weeks[(day.toordinal() - begin) // 7 % len(self.weeks)]

    def ramp_on(self, day: date) -> float:
        """The part of the usual work, 0 to 1, that somebody who joined lately does on a day."""
        stage = len(self.ramp_up) if self.joins is None else (day - self.joins).days // STAGE_DAYS
        return self.ramp_up[stage] if 0 <= stage < len(self.ramp_up) else 1.0

    def strength_on(self, day: date) -> float:
        """The part of the usual work, 0 to 1, that is done on a day: less in the first weeks and in the last two."""
        is_last = self.leaves is not None and (self.leaves - day).days < STAGE_DAYS
        return min(self.ramp_on(day), self.handover if is_last else 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFilter:
    """How a team's issues are recognised: by component, by label, or by a field whose text is the team's name."""

    components: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    field: str = ""


class TaskMode(StrEnum):
    """Whether a team is asked for tasks with hours; "auto" asks teams that had sub-tasks in their last sprints."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team, its board, its people, and the days off of the whole team.

    `goals` holds the goal of a sprint by the sprint's name, for sprints that have none on the board.
    `representatives` are the names of those who take part in part one of Sprint Planning, ("all",) for everybody.
    `scrum_master` is the name of the Scrum Master, "" for none, with the account in `scrum_master_account`.
    `scale` says how many points each size has that is a name, such as "M"; empty for the usual ones. `person_load` says
    whether the work assigned to one person may be compared with that person's part. `has_sprints` is false for a team
    of continuous flow: periods of `sprint_days` are its sprints (`rules/capacity/periods.py`). `meetings` are those in
    its calendar, `None` where no calendar of meetings is configured.
    """

    name: str
    board: int
    takes: TeamFilter = TeamFilter()
    people: tuple[Person, ...] = ()
    sprint_days: int = 10
    days_off: frozenset[date] = frozenset()
    goals: Mapping[str, str] = field(default_factory=dict)
    tasks: TaskMode = TaskMode.AUTO
    representatives: tuple[str, ...] = ()
    scrum_master: str = ""
    scrum_master_account: str = ""
    scale: Mapping[str, float] = field(default_factory=dict)
    person_load: bool = True
    has_sprints: bool = True
    meetings: tuple[Meeting, ...] | None = None

    def recognises(self, issue: Issue) -> bool:
        """Whether the issue has this team's component, label or name."""
        return bool(
            self.takes.components.intersection(issue.components)
            or self.takes.labels.intersection(issue.labels)
            or (self.takes.field and issue.fields.get(self.takes.field, "") == self.name)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One Product Owner with an account in the tracker, one Product Backlog, and the teams that work on it.

    `teams_choose` is whether teams choose for themselves: then a proposal is what they could take. `value_field` is the
    field with the value of an issue as a number, "" for none.
    """

    name: str
    owner: str
    goal: str = ""
    teams: tuple[Team, ...] = ()
    account: str = ""
    teams_choose: bool = False
    value_field: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """More fields to read, each once: those that name the team of an issue, and the one with its value."""
        named = (*(team.takes.field for team in self.teams), self.value_field)
        return tuple(dict.fromkeys(filter(None, named)))

    @property
    def names(self) -> Mapping[str, str]:
        """The names of the people by their accounts, where they have one."""
        masters = ((team.scrum_master_account, team.scrum_master) for team in self.teams)
        people = ((person.account, person.name) for team in self.teams for person in team.people)
        known = ((self.account, self.owner), *masters, *people)
        return {account: name for account, name in known if account not in {"", name}}


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Everything one run knows about the tracker.

    `issues` is the open backlog in rank order, the most important first. `history` holds the issues of
    recent closed and active sprints, done or not, in any order. `left` holds issues with our labels that are in
    neither, wherever they went. `sprints` holds future sprints in the order of their board. `unavailable` names what
    the tracker does not provide ("points", "links", "sprints", "sprint-history", "priority", "rank", "parent",
    "acceptance-field", "changelog"): rules are not applicable there. Without "rank" the order of `issues` is only a
    substitute; without "sprint-history" the `sprints` of an issue hold the present one only. `stopped` says, by its
    name, why a team is left out: its board cannot be read. Nothing is planned or written for it. `edits` holds the past
    changes of issues by their ids, in time order; the past of an issue that is missing there is not known. `renamed`
    maps keys that issues had before they moved to those they have now, as far as that is known. `takers` has, by the
    issue's id, the name of the team that takes it because people said so, whatever the team recognises. `promises` has,
    by the issue's id, the sprint that its team promised last. `unit` is what
    the sizes of issues count, `unit_why` the sentence that says why, "" where the tracker's estimates are used
    (`rules/capacity/unit.py`). `page` is the id of the issue of the living page, which is in `left`; "" for none.
    `released` are the ids of issues that the Product Owner released: they are to be closed, not done.
    """

    taken_at: datetime
    product: Product
    issues: tuple[Issue, ...] = ()
    history: tuple[Issue, ...] = ()
    left: tuple[Issue, ...] = ()
    sprints: tuple[Sprint, ...] = ()
    unavailable: frozenset[str] = frozenset()
    stopped: Mapping[str, str] = field(default_factory=dict)
    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict, compare=False)  # the past, not what is there now
    takers: Mapping[str, str] = field(default_factory=dict)
    promises: Mapping[str, Promise] = field(default_factory=dict)
    unit: Unit = Unit.POINTS
    unit_why: str = ""
    page: str = ""
    released: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Mark what does not count in `issues` and `history`, so that no copy of a snapshot counts it after all."""
        by_key = {issue.key: issue for issue in (*self.history, *self.issues)}
        elsewhere, released = _counted_elsewhere(by_key), self.released
        changed = False
        for name in ("issues", "history"):
            issues: tuple[Issue, ...] = getattr(self, name)
            marked = {
                id(issue): replace(issue, counted_elsewhere=issue.key in elsewhere, is_released=issue.id in released)
                for issue in issues  # hardly any: a run makes dozens of snapshots of the same issues
                if issue.counted_elsewhere is not (issue.key in elsewhere)
                or issue.is_released is not (issue.id in released)
            }
            if marked:
                object.__setattr__(self, name, tuple(marked.get(id(issue), issue) for issue in issues))
                changed = True
        if not changed:
            object.__setattr__(self, "by_key", by_key)  # what the property would work out again

    @cached_property
    def former_keys(self) -> Mapping[str, tuple[str, ...]]:
        """The keys that an issue had before, by the present one; issues that never moved are missing."""
        former: dict[str, list[str]] = {}
        for old, key in self.renamed.items():
            former.setdefault(key, []).append(old)
        return {key: tuple(olds) for key, olds in former.items()}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of each account: as the configuration calls the person, else as the tracker does on an issue."""
        shown = {
            account: name
            for issue in self.by_id.values()
            for account, name in (
                (issue.assignee, issue.assignee_name),
                (issue.reporter, issue.reporter_name),
                *((comment.author, comment.author_name) for comment in issue.comments),
            )
            if account and name
        }
        return {**shown, **self.product.names}

    @cached_property
    def unknown_links(self) -> tuple[str, ...]:
        """The phrases of links whose meaning is not known, each once."""
        return tuple(sorted({link.unknown for issue in self.issues for link in issue.links if link.unknown}))

    @cached_property
    def by_key(self) -> Mapping[str, Issue]:
        """Every issue of the snapshot by its key; the backlog takes precedence over the history."""
        return {issue.key: issue for issue in (*self.history, *self.issues)}

    @cached_property
    def by_id(self) -> Mapping[str, Issue]:
        """Every issue of the snapshot by its id, those that left the backlog among them."""
        return {issue.id: issue for issue in (*self.left, *self.history, *self.issues)}

    @cached_property
    def sprint_by_id(self) -> Mapping[str, Sprint]:
        """Every sprint by its id."""
        return {sprint.id: sprint for sprint in self.sprints}

    @cached_property
    def future_sprints(self) -> frozenset[str]:
        """The ids of the sprints that have not started."""
        return frozenset(sprint.id for sprint in self.sprints if sprint.state is SprintState.FUTURE)

    def with_page(self, issue: Issue) -> "Snapshot":
        """The snapshot with the issue of the living page apart from the backlog, so that nothing judges or moves it."""

        def others(issues: tuple[Issue, ...]) -> tuple[Issue, ...]:
            return tuple(one for one in issues if one.id != issue.id)

        left = (*others(self.left), issue)
        return replace(self, issues=others(self.issues), history=others(self.history), left=left, page=issue.id)

    def is_running(self, issue: Issue) -> bool:
        """Whether an issue is in a running sprint."""
        sprint = self.sprint_by_id.get(issue.sprint or "")
        return sprint is not None and sprint.state is SprintState.ACTIVE

    def sprints_of(self, team: Team, state: SprintState) -> tuple[Sprint, ...]:
        """A team's sprints in one state: future ones in the board's order, others by start and id."""
        sprints = [s for s in self.sprints if s.board == team.board and s.state is state]
        return tuple(sprints if state is SprintState.FUTURE else sorted(sprints, key=_by_date))

    def planner_of(self, issue: Issue) -> str:
        """The name of the only team on the board of an issue's sprint; "" without a sprint, and for several teams."""
        sprint = self.sprint_by_id.get(issue.sprint or "")
        names = [team.name for team in self.product.teams if sprint is not None and team.board == sprint.board]
        return names[0] if len(names) == 1 else ""

    def on_board_of(self, team: Team, issues: Iterable[Issue]) -> tuple[Issue, ...]:
        """Of the issues in the sprints of a team's board, the team's.

        Where several teams share the board, these are the issues that people gave to it, else those it recognises.
        """
        shared = sum(other.board == team.board for other in self.product.teams) > 1
        return tuple(issue for issue in issues if not shared or self._is_taken_by(team, issue))

    def _is_taken_by(self, team: Team, issue: Issue) -> bool:
        chosen = self.takers.get(issue.id)
        return chosen == team.name if chosen else team.recognises(issue)

    def open_in(self, sprint: Sprint | None, team: Team) -> tuple[Issue, ...]:
        """The open issues in a sprint of a team's board that are the team's, in rank order; none of no sprint."""
        if sprint is None:
            return ()
        return self.on_board_of(team, (issue for issue in self._in_sprint.get(sprint.id, ()) if issue.is_open))

    @cached_property
    def _in_sprint(self) -> Mapping[str, Sequence[Issue]]:
        """By sprint id, the issues of the backlog that are in it, in rank order."""
        inside: dict[str, list[Issue]] = {}
        for issue in self.issues:
            if issue.sprint is not None:
                inside.setdefault(issue.sprint, []).append(issue)
        return inside

    def teams_of(self, issue: Issue) -> tuple[Team, ...]:
        """The teams that may take an issue, in the order of the configuration.

        These are the one that people gave it to; else the teams that recognise it; without any, the teams that do not
        configure what they take. The only team of a product takes everything.
        """
        teams = self.product.teams
        if len(teams) == 1:
            return teams
        if chosen := tuple(team for team in teams if team.name == self.takers.get(issue.id)):
            return chosen
        return tuple(t for t in teams if t.recognises(issue)) or tuple(t for t in teams if t.takes == TeamFilter())

    def why_stopped(self, issue: Issue) -> str:
        """Why nothing is planned or written for an issue: no team but those left out may take it, or has its sprint.

        "" where that is not so.
        """
        if not self.stopped:
            return ""
        teams = [team.name for team in self.teams_of(issue)]
        if teams and all(name in self.stopped for name in teams):
            return f"{' and '.join(teams)} {'is' if len(teams) == 1 else 'are'} left out of this run"
        if issue.sprint is None or issue.sprint in self.sprint_by_id:
            return ""
        return f"its sprint is not known, because {' and '.join(self.stopped)} is left out of this run"

    @property
    def left_out(self) -> tuple[str, ...]:
        """A sentence for each team that is left out, with the reason."""
        fact = "is left out of this run, and nothing is written for it"
        return tuple(f"{team} {fact}: {why}." for team, why in self.stopped.items())


def _counted_elsewhere(by_key: Mapping[str, Issue]) -> frozenset[str]:
    """Keys of the issues whose child issues are counted instead, and of those whose parent is.

    The children are counted. Only where the parent has an estimate and all below it are tasks without one, the parent
    is: those are its sub-tasks under another type. Epics and sub-tasks are apart.
    """
    below: dict[str, list[Issue]] = {}
    for issue in by_key.values():
        if issue.parent and issue.parent in by_key and issue.kind is not Kind.SUBTASK:
            below.setdefault(issue.parent, []).append(issue)
    elsewhere: set[str] = set()
    for key, children in below.items():
        parent = by_key[key]
        if parent.kind in {Kind.EPIC, Kind.SUBTASK}:
            continue
        are_tasks = all(one.kind is Kind.TASK and one.points is None and one.key not in below for one in children)
        is_whole = parent.points is not None and are_tasks
        elsewhere.update((one.key for one in children) if is_whole else (key,))
    return frozenset(elsewhere)


def _by_date(sprint: Sprint) -> tuple[bool, float, int, str]:
    number = int(sprint.id) if sprint.id.isdigit() else 0
    return (sprint.start is None, sprint.start.timestamp() if sprint.start else 0.0, number, sprint.id)
