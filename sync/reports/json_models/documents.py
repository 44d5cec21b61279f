"""The documents that commands print, one class for each."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field, JsonValue

from sync.reports.json_models.base import Part, Text
from sync.reports.json_models.capacity import TeamPart, UncountedPart, WhatIfPlanPart
from sync.reports.json_models.changes import (
    ChangePart,
    FlipPart,
    GoLivePart,
    HistoryEntryPart,
    LeftAsIsPart,
    OutcomePart,
    PastRunPart,
    PropertyPart,
    RefusalPart,
)
from sync.reports.json_models.deep import DeepPart
from sync.reports.json_models.inventory import ContentsPart, NewIssuesPart, OldIssuesPart
from sync.reports.json_models.learned import LearnedPart, TrendPart
from sync.reports.json_models.proposal import ProposalPart
from sync.reports.json_models.verdicts import (
    AcceptedPart,
    IssuePart,
    LeftAlonePart,
    LeftOutTeamPart,
    LintedPart,
    RuleErrorPart,
    SilencePart,
    TallyPart,
    ThresholdPart,
)


class LintDocument(Part):
    """What `lint --format json` prints."""

    schema_: Literal["readyline/lint/1"] = Field(default="readyline/lint/1", alias="schema")
    issues: tuple[LintedPart, ...]
    statistics: tuple[TallyPart, ...] = ()


class EarlierDayPart(Part):
    """The earlier day that a document is of; the configuration is the one of today."""

    day: date
    taken_at: datetime
    """The moment of its issues."""
    run: Text
    """The run that read them, "" for a day that was rebuilt from the changelog."""
    unknown: tuple[Text, ...]
    """What is not known of it, and what another configuration would have read."""


class CoveragePart(Part):
    """What a document rests on."""

    state: Literal["complete", "filtered", "limited", "partial"]
    """partial: a team is left out. limited: restricted issues are shown by their key only. filtered: options chose
    some of the issues. Else complete. The first that holds, in this order."""
    issues: int
    """How many issues the backlog query gives and the account may see."""
    counted: int
    """How many of them the figures count: all but epics and sub-tasks."""
    restricted: int
    """How many are restricted."""
    missing: tuple[Text, ...]
    """A sentence for each thing that is missing."""


class CheckDocument(Part):
    """What `check --format json` prints. It holds no run id, and a time only where the issues are not read just now."""

    schema_: Literal["readyline/check/1"] = Field(default="readyline/check/1", alias="schema")
    product: Text
    issues: tuple[IssuePart, ...]
    deep: DeepPart
    blind: tuple[SilencePart, ...]
    unused_waivers: tuple[Text, ...]
    errors: tuple[RuleErrorPart, ...]
    unknown_links: tuple[Text, ...]
    """Phrases of links whose meaning is not known: they count as no dependency."""
    thresholds: tuple[ThresholdPart, ...] = ()
    """With `why`, the options of the rules that had a say about the issue; else empty."""
    left_out_teams: tuple[LeftOutTeamPart, ...] = ()
    """Teams whose board cannot be read; all other teams are as usual."""
    coverage: CoveragePart
    """What all figures rest on."""
    as_of: datetime | None = None
    """The moment of the issues: of an earlier day, or of the mirror while another run writes; null: read just now."""
    earlier_day: EarlierDayPart | None = None
    """The day that was asked for with `--as-of`."""
    old_issues: OldIssuesPart | None = None
    """Issues that the Product Owner is asked to keep or release, and what is answered."""
    new_issues: NewIssuesPart | None = None
    """The latest issues, and how long each waited for its first rank and estimate."""
    contents: ContentsPart | None = None
    """The kinds of work and the channels."""


class WikiPagePart(Part):
    """The page in Confluence that runs keep up to date."""

    url: Text
    page: int
    text: Text
    """What our part of it will say."""
    paused: Text = ""
    """Why it is not written after an undo, "" where it is."""


class PlanDocument(Part):
    """What `plan --format json` prints."""

    schema_: Literal["readyline/plan/1"] = Field(default="readyline/plan/1", alias="schema")
    digest: Text
    refused: RefusalPart | None
    in_scope: int
    changes: tuple[ChangePart, ...]
    properties: tuple[PropertyPart, ...]
    standing: tuple[LeftAsIsPart, ...]
    proposal: ProposalPart
    left_alone: tuple[LeftAlonePart, ...] = ()
    """Issues to which people want nothing to be written: by a label, a comment or the configuration."""
    left_out_teams: tuple[LeftOutTeamPart, ...] = ()
    """Teams whose board cannot be read; all other teams are as usual."""
    coverage: CoveragePart
    """What all figures rest on."""
    as_of: datetime | None = None
    """The moment of the issues: of an earlier day, or of the mirror while another run writes; null: read just now."""
    earlier_day: EarlierDayPart | None = None
    """The day that was asked for with `--as-of`."""
    confluence: WikiPagePart | None = None
    """The page in Confluence; null where none is configured."""


class CapacityDocument(Part):
    """What `capacity --format json` prints."""

    schema_: Literal["readyline/capacity/1"] = Field(default="readyline/capacity/1", alias="schema")
    teams: tuple[TeamPart, ...]
    what_if: WhatIfPlanPart | None = None
    """Null without a what-if."""
    absences_left_out: tuple[UncountedPart, ...] = ()
    """What the absence files hold that is not counted, by file and reason."""
    left_out_teams: tuple[LeftOutTeamPart, ...] = ()
    """Teams whose board cannot be read; all other teams are as usual."""
    coverage: CoveragePart
    """What all figures rest on."""
    as_of: datetime | None = None
    """The moment of the issues: of an earlier day, or of the mirror while another run writes; null: read just now."""
    earlier_day: EarlierDayPart | None = None
    """The day that was asked for with `--as-of`."""


class RunDocument(Part):
    """What `run --format json` prints: the plan and the outcome of each change."""

    schema_: Literal["readyline/run/1"] = Field(default="readyline/run/1", alias="schema")
    run: Text
    digest: Text
    refused: RefusalPart | None
    in_scope: int
    changes: tuple[ChangePart, ...]
    properties: tuple[PropertyPart, ...]
    standing: tuple[LeftAsIsPart, ...]
    writes: bool
    """Whether writing was switched on."""
    quiet_until: datetime | None
    """The end of the quiet hours, null outside of them."""
    shadow: GoLivePart | None
    """The dry run, null if writing is on."""
    outcomes: tuple[OutcomePart, ...]
    left_alone: tuple[LeftAlonePart, ...] = ()
    """Issues to which people want nothing to be written: by a label, a comment or the configuration."""
    left_out_teams: tuple[LeftOutTeamPart, ...] = ()
    """Teams whose board cannot be read; all other teams are as usual."""
    unchanged_since: Text | None = None
    """The run whose result still applies, because nothing has changed since; null if this run judged the backlog."""


class CutRunDocument(Part):
    """What `run --format json` prints of a run that was cut short."""

    schema_: Literal["readyline/cut-run/1"] = Field(default="readyline/cut-run/1", alias="schema")
    run: Text
    why: Text
    outcomes: tuple[OutcomePart, ...]
    """The outcome of each change of the plan; none where the run had no plan yet."""
    go_on: tuple[Text, ...]
    """What to do next."""


class ReportDocument(Part):
    """The JSON report of a whole run."""

    schema_: Literal["readyline/report/1"] = Field(default="readyline/report/1", alias="schema")
    run: Text
    started: datetime
    finished: datetime
    site: Text
    requests: int
    product: Text
    owner: Text
    goal: Text
    issues: tuple[IssuePart, ...]
    deep: DeepPart
    blind: tuple[SilencePart, ...]
    unused_waivers: tuple[Text, ...]
    errors: tuple[RuleErrorPart, ...]
    teams: tuple[TeamPart, ...]
    proposal: ProposalPart
    digest: Text
    refused: RefusalPart | None
    in_scope: int
    changes: tuple[ChangePart, ...]
    properties: tuple[PropertyPart, ...]
    standing: tuple[LeftAsIsPart, ...]
    writes: bool
    quiet_until: datetime | None
    shadow: GoLivePart | None
    outcomes: tuple[OutcomePart, ...]
    history: tuple[TrendPart, ...]
    left_alone: tuple[LeftAlonePart, ...] = ()
    """Issues to which people want nothing to be written: by a label, a comment or the configuration."""
    left_out_teams: tuple[LeftOutTeamPart, ...] = ()
    """Teams whose board cannot be read; all other teams are as usual."""
    coverage: CoveragePart
    """What all figures rest on."""
    as_of: datetime | None = None
    """The moment of the issues: of an earlier day, or of the mirror while another run writes; null: read just now."""
    earlier_day: EarlierDayPart | None = None
    """The day that was asked for with `--as-of`."""
    learned: LearnedPart | None = None
    """What the past teaches the teams; figures of teams only."""
    old_issues: OldIssuesPart | None = None
    """Issues that the Product Owner is asked to keep or release, and what is answered."""
    new_issues: NewIssuesPart | None = None
    """The latest issues, and how long each waited for its first rank and estimate."""
    contents: ContentsPart | None = None
    """The kinds of work and the channels."""


class SettingPart(Part):
    """One effective value of the configuration."""

    path: Text
    value: JsonValue
    origin: Text
    """Its origin: a line of the file, an environment variable, a preset, or the default."""


class SettingsDocument(Part):
    """What `config show --format json` prints."""

    schema_: Literal["readyline/config/1"] = Field(default="readyline/config/1", alias="schema")
    settings: tuple[SettingPart, ...]


class BaselineDocument(Part):
    """What `baseline --format json` prints."""

    schema_: Literal["readyline/baseline/1"] = Field(default="readyline/baseline/1", alias="schema")
    accepted: int
    """How many findings the command accepted; with --list and --clear --dry-run, how many are accepted."""
    findings: tuple[AcceptedPart, ...]


class UndoDocument(Part):
    """What `undo --format json` prints."""

    schema_: Literal["readyline/undo/1"] = Field(default="readyline/undo/1", alias="schema")
    run: Text
    """The run that did the undo."""
    undoes: Text
    """The run that was undone."""
    outcomes: tuple[OutcomePart, ...]
    conflicts: tuple[LeftAsIsPart, ...]
    """What was kept, because somebody changed it since."""


class HistoryDocument(Part):
    """What `history RUN --format json` prints."""

    schema_: Literal["readyline/history/1"] = Field(default="readyline/history/1", alias="schema")
    run: Text
    started: datetime
    finished: datetime | None
    """Null for a run that wrote nothing or was cut off."""
    digest: Text
    undoes: Text | None
    """The run that this one undid."""
    written: tuple[HistoryEntryPart, ...]
    not_written: tuple[HistoryEntryPart, ...] | None
    """Null for a run of a version that did not keep them."""


class RunsDocument(Part):
    """What `history --format json` prints without a run: the latest runs, the newest first."""

    schema_: Literal["readyline/runs/1"] = Field(default="readyline/runs/1", alias="schema")
    runs: tuple[PastRunPart, ...]


class PreviewDocument(Part):
    """What `preview --format json` prints."""

    schema_: Literal["readyline/preview/1"] = Field(default="readyline/preview/1", alias="schema")
    config: Text
    """The file with the other configuration."""
    day: date
    """The day it is compared with."""
    taken_at: datetime
    run: Text
    """The run of that day whose verdicts are compared."""
    issues: int
    """How many issues have a verdict."""
    flips: tuple[FlipPart, ...]
    labels: int
    """On how many issues labels would change."""
    comments: int
    moves: int
    mails: int
    """How many mails that would send; watchers whose names are not known count as one person."""
    people: int
    """How many people would get them."""
    waiting: int
    """How many of the changes would wait, for the weekly limit of mails or another reason."""
    unknown: tuple[Text, ...]
    """What could not be compared."""
    max_flips: int | None
    """The limit that was asked for."""


Document = (
    LintDocument
    | CheckDocument
    | PlanDocument
    | CapacityDocument
    | RunDocument
    | ReportDocument
    | SettingsDocument
    | UndoDocument
    | CutRunDocument
    | BaselineDocument
    | HistoryDocument
    | RunsDocument
    | PreviewDocument
)


DOCUMENTS: dict[str, type[Document]] = {
    "lint": LintDocument,
    "check": CheckDocument,
    "plan": PlanDocument,
    "capacity": CapacityDocument,
    "run": RunDocument,
    "report": ReportDocument,
    "config": SettingsDocument,
    "undo": UndoDocument,
    "cut-run": CutRunDocument,
    "baseline": BaselineDocument,
    "history": HistoryDocument,
    "runs": RunsDocument,
    "preview": PreviewDocument,
}
