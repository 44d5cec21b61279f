"""The value that every report is rendered from: one run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rules.commands.answers import Commands
from rules.plan.outcome import Result
from rules.planning.lead_time import PlanningLeadTime
from rules.planning.options import PlanningOptions

if TYPE_CHECKING:  # a report names nearly every part of the program; who only needs its name loads none of them
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from rules.backlog.index import Backlog
    from rules.capacity.model import TeamCapacity
    from rules.deep.model import Deep, Trend
    from rules.inventory.new_issues import NewIssues
    from rules.inventory.old_issues import OldIssues
    from rules.inventory.work import Contents
    from rules.learning.learn import Learned
    from rules.messages import Undelivered
    from rules.model import Snapshot
    from rules.plan.changes import ChangePlan
    from rules.plan.dry_run import GoLive
    from rules.plan.grounds import Ground
    from rules.plan.outcome import Outcome
    from rules.planning.goals import TeamGoal
    from rules.planning.look_ahead import LookAhead
    from rules.planning.model import SprintProposal
    from rules.planning.running import RunningSprint
    from rules.planning.what_if import WhatIf
    from rules.refinement.escalated import Escalated
    from rules.refinement.look_ahead import Seen
    from rules.refinement.topics import Topic
    from rules.verdict import Judgement
    from sync.absences.model import LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierDay:
    """The earlier day that a report is of: its date, the moment of its issues, and the run that read them.

    `run` is "" for a day that no run kept: it was rebuilt from the changelog. `unknown` says what is not known of it,
    and what another configuration would have read.
    """

    day: date
    taken_at: datetime
    run: str = ""
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WikiPage:
    """The page in Confluence that runs keep up to date: its site and id, and what our part of it will say.

    `paused` says why it is not written after an undo, "" where it is.
    """

    url: str
    page: int
    text: str
    paused: str = ""

    @property
    def when(self) -> str:
        """When it is written."""
        return self.paused or "written where it says something else"


class PlanAhead:
    """The sprints after the next one, planned when a report first shows them: `shown` is `None` until then."""

    def __init__(self, make: Callable[[], LookAhead]) -> None:
        self._make = make
        self.shown: LookAhead | None = None

    def __call__(self) -> LookAhead:
        """The plan; the first to ask pays for it."""
        if self.shown is None:
            self.shown = self._make()
        return self.shown


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What one run read, found, planned and did.

    `refused` says why the plan was refused, "" if it was not. `outcomes` is empty where nothing was to be written.
    `site` is the tracker's address for links to issues, "" for none. `requests` counts the calls to the tracker.
    `quiet_until` is the end of the quiet hours, `None` outside of them. `go_live` summarises the dry-run log, `None`
    where writing is on. `as_of` is when the issues were read, if another run was writing to the mirror then; `None`
    where they were read just now. `absences_left_out` is what the absence files have and no person's absences contain;
    it may hold names of other people, so only commands show it. `before` is each team's capacity without the absences
    of a what-if, empty where nobody asked.
    `goals` are the Sprint Goals of the teams' next sprints, `running` their running sprints, in the order of the
    capacities. `planning` are the options for planning, `lead_time` says when a planning is prepared.
    `learn` works out what the past teaches the teams, `plan_ahead` plans the sprints after the next one; `None` where
    only a part of a report is wanted.
    `old_issues` are those that the Product Owner is asked to keep or release, `new_issues` the latest, `contents`
    the kinds of work and the channels; `None` where nobody looked for them.
    `escalated` is what refinement did not settle in several sessions.
    `withheld` are the starts of restricted titles, which no text may quote. `earlier` is set where an earlier day was
    asked for. `undelivered` are the messages of earlier runs that somebody did not get yet. `wiki` is the page
    in Confluence where the plan is asked for and one is configured.
    """

    run: str
    started: datetime
    finished: datetime
    site: str
    backlog: Backlog
    judgement: Judgement
    deep: Deep
    capacities: tuple[TeamCapacity, ...]
    proposal: SprintProposal
    plan: ChangePlan
    goals: tuple[TeamGoal, ...] = ()
    old_issues: OldIssues | None = None
    new_issues: NewIssues | None = None
    contents: Contents | None = None
    running: tuple[RunningSprint, ...] = ()
    planning: PlanningOptions = field(default_factory=PlanningOptions)
    lead_time: PlanningLeadTime = field(default_factory=PlanningLeadTime)
    commands: Commands = field(default_factory=Commands)
    refused: str = ""
    writes: bool = False
    outcomes: tuple[Outcome, ...] = ()
    requests: int = 0
    history: tuple[Trend, ...] = ()
    quiet_until: datetime | None = None
    go_live: GoLive | None = None
    as_of: datetime | None = None
    absences_left_out: tuple[LeftOut, ...] = ()
    before: tuple[TeamCapacity, ...] = ()
    what_if: WhatIf | None = None
    learn: Callable[[], Learned] | None = None
    plan_ahead: PlanAhead | None = None
    withheld: frozenset[str] = frozenset()
    earlier: EarlierDay | None = None
    undelivered: tuple[Undelivered, ...] = ()
    topics: tuple[Topic, ...] = ()
    escalated: tuple[Escalated, ...] = ()
    seen_ahead: Mapping[str, Seen] = field(default_factory=dict)
    wiki: WikiPage | None = None

    @property
    def learned(self) -> Learned | None:
        """What the past teaches the teams. The first report to show it pays for it: a fifth of a small run."""
        return self.learn() if self.learn is not None else None

    @property
    def look_ahead(self) -> LookAhead | None:
        """The sprints after the next one."""
        return self.plan_ahead() if self.plan_ahead is not None else None

    @property
    def snapshot(self) -> Snapshot:
        """The issues, sprints and product that everything else is derived from."""
        return self.backlog.snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class CutRun:
    """A run that was cut short: its id, why, and what it had done until then.

    `report` has an outcome for each change of the plan; `None` where the run had no plan yet, so that nothing was
    written.
    """

    run: str
    why: str
    report: RunReport | None = None

    @property
    def written(self) -> int:
        """How many changes were written."""
        outcomes = self.report.outcomes if self.report is not None else ()
        return sum(outcome.result is Result.DONE for outcome in outcomes)

    @property
    def how_to_go_on(self) -> tuple[str, ...]:
        """Sentences that say what to do next."""
        again = "Run `readyline run` again; it goes on from here."
        return (again, f"To take back what was written: `readyline undo {self.run}`.") if self.written else (again,)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One write that a run made or did not make.

    `why` is the reason of the change and `grounds` the rules behind it. `before` and `after` are what was and is at its
    mark: the label, the text of our comment or the sprint's id, "" for nothing, `None` for unknown. `status` is the
    HTTP status of the tracker's answer, `None` where nothing was sent or answered. `decision` says how it ended, or why
    it was not made, and `reason` explains that.
    """

    at: datetime | None
    issue: str
    mark: str
    kind: str
    value: str
    why: str
    grounds: tuple[Ground, ...]
    before: str
    after: str | None
    status: int | None
    decision: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunHistory:
    """One run: the writes it made, and those it did not make (`None`: a run of a version that did not keep them).

    `finished` is `None` for a run that wrote nothing or was cut off; `undoes` names the run it undid.
    """

    run: str
    started: datetime
    finished: datetime | None
    digest: str
    undoes: str | None
    written: tuple[HistoryEntry, ...]
    not_written: tuple[HistoryEntry, ...] | None

    @property
    def entries(self) -> tuple[HistoryEntry, ...]:
        """Both, in this order."""
        return (*self.written, *(self.not_written or ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """One run in figures: how its writes ended (`None`: not known yet), and how many it did not make (`None`: unknown).

    `undoes` names the run it undid.
    """

    run: str
    at: datetime
    undoes: str | None
    results: Mapping[Result | None, int]
    not_written: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """An option behind a verdict: the rule's path, the option, its value and the value's origin."""

    rule: str
    option: str
    value: str
    origin: str
