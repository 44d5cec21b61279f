"""The documents of commands that print no report: what they wrote, recorded or checked, and the pages of rules."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from pydantic import Field

from rules.refinement.topics import TopicMeeting
from sync.reports.json_models.base import Figure, Part, Text
from sync.reports.json_models.capacity import UncountedPart
from sync.reports.json_models.documents import RunDocument


class FilesDocument(Part):
    """What a command prints that writes files, such as `report`."""

    schema_: Literal["readyline/files/1"] = Field(default="readyline/files/1", alias="schema")
    files: tuple[Text, ...]
    """The paths of the written files."""


class ConfigCheckDocument(Part):
    """What `config check --format json` prints."""

    schema_: Literal["readyline/config-check/1"] = Field(default="readyline/config-check/1", alias="schema")
    config: Text
    files: tuple[Text, ...]
    """The file and those it extends."""
    faults: tuple[Text, ...] = ()
    """Always empty: with a fault the command ends with exit code 2 and prints no document."""
    absences_left_out: tuple[UncountedPart, ...] = ()
    partial_holidays: tuple[Text, ...] = ()
    shared_boards: tuple[Text, ...] = ()
    """Boards of several teams of which some do not say what they take."""


class ResumeDocument(Part):
    """What `resume --format json` prints."""

    schema_: Literal["readyline/resume/1"] = Field(default="readyline/resume/1", alias="schema")
    resumed: int
    """How many pauses ended."""


class StoreCopyDocument(Part):
    """What `store copy --format json` prints."""

    schema_: Literal["readyline/store-copy/1"] = Field(default="readyline/store-copy/1", alias="schema")
    rows: Mapping[str, int]
    """How many rows were copied, by the kind of store."""


class AcceptancePart(Part):
    """A decision of `accept` or `reject`."""

    issue: Text
    accepted: bool
    team: Text
    sprint: Text
    """The id of the sprint."""
    text: Text


class StayPart(Part):
    """A decision of `keep` or `release`."""

    issue: Text
    kept: bool
    until: date
    because: Text
    text: Text


class DecisionsDocument(Part):
    """What `accept`, `reject`, `keep` and `release` print with `--format json`."""

    schema_: Literal["readyline/decisions/1"] = Field(default="readyline/decisions/1", alias="schema")
    decisions: tuple[AcceptancePart | StayPart, ...]


class PromisePart(Part):
    """A promise of a team to finish an issue in one of its sprints."""

    issue: Text
    team: Text
    sprint: Text
    """The id of the sprint."""
    text: Text


class PromisesDocument(Part):
    """What `promise --format json` prints."""

    schema_: Literal["readyline/promises/1"] = Field(default="readyline/promises/1", alias="schema")
    promises: tuple[PromisePart, ...]


class TopicPart(Part):
    """Something to discuss in a meeting: refinement of a layer, or Sprint Planning."""

    number: int
    at: datetime
    """When it was asked for."""
    meeting: TopicMeeting
    team: Text
    """"" for a meeting of all teams."""
    text: Text
    minutes: int
    by: Text
    closed: datetime | None
    """Null while it is open."""
    closed_by: Text
    result: Text


class TopicsDocument(Part):
    """What `discuss --format json` prints."""

    schema_: Literal["readyline/topics/1"] = Field(default="readyline/topics/1", alias="schema")
    topics: tuple[TopicPart, ...]


class SeenPart(Part):
    """That a team has seen its next sprints."""

    team: Text
    at: datetime
    by: Text


class SeenDocument(Part):
    """What `seen --format json` prints."""

    schema_: Literal["readyline/seen/1"] = Field(default="readyline/seen/1", alias="schema")
    seen: tuple[SeenPart, ...]


class DemoDocument(Part):
    """What `demo --format json` prints: both runs."""

    schema_: Literal["readyline/demo/1"] = Field(default="readyline/demo/1", alias="schema")
    passes: tuple[RunDocument, ...]


class OptionPart(Part):
    """One option of a rule or a measure."""

    name: Text
    type: Text
    default: Text
    """As the configuration would write it, "" for none."""
    meaning: Text


class MeasuredPart(Part):
    """A rule's complaints on real issues, as its page explains them."""

    right: int
    pedantic: int
    wrong: int
    share: Figure
    low: Figure
    high: Figure
    issues: int | None
    missed: Figure | None
    complaints: int


class RulePagePart(Part):
    """The page of a rule; `fails` and `mended` are examples."""

    rule: Text
    severity: Text
    summary: Text
    why: Text
    fails: Text
    mended: Text
    options: tuple[OptionPart, ...]
    kinds: tuple[Text, ...]
    title: Text
    failure: Text
    measured: MeasuredPart | None
    technique: Text = ""
    """What people can do together about its findings, "" where the hint says all."""


class MeasurePagePart(Part):
    """The page of a measure of DEEP."""

    rule: Text
    severity: Text
    letter: Text
    title: Text
    summary: Text
    why: Text
    formula: Text
    good: Text
    bad: Text
    options: tuple[OptionPart, ...]
    technique: Text = ""
    """What people can do together about it, "" for nothing."""


class RulesDocument(Part):
    """What `rules --format json` prints."""

    schema_: Literal["readyline/rules/1"] = Field(default="readyline/rules/1", alias="schema")
    rules: tuple[RulePagePart, ...]
    measures: tuple[MeasurePagePart, ...]
