"""The checked configuration: one frozen model per section of the file.

Rules, trackers, reports and channels own their options; here they are only joined. The text below a field is its
meaning; the JSON Schema and the complaints about a missing value repeat it.
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    field_validator,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema

from rules.agent import AgentRules
from rules.capacity.options import CapacityOptions
from rules.inventory.options import ChannelOptions, ContentsOptions, NewIssuesOptions, OldIssuesOptions, Work
from rules.learning.options import LearningOptions
from rules.model import Kind
from rules.planning.options import PlanningOptions
from rules.refinement.options import RefinementOptions
from rules.review.options import IncrementOptions
from sync.absences.options import AbsenceWords, EventWords, WorkingDay
from sync.config.http_address import check_address, is_loopback
from sync.config.layers import Layers
from sync.config.registry import DEFAULT_PRESET, ChannelTable, TrackerTable
from sync.config.rule_layers import HORIZON, Rulebook
from sync.config.schedule import Every, check_zone
from sync.config.team_settings import KindRules, TeamSettings
from sync.config.values import (
    Before,
    HeadingRole,
    Hours,
    LocalPath,
    Name,
    Part,
    Repeat,
    ReportKind,
    RuleTables,
    Section,
)
from sync.config.write_back_settings import (
    LinkSettings,
    LivingPageSettings,
    OptOutSettings,
    WriteBackSettings,
)

_SEVERAL = re.compile(r"\s(?:and|und|&|\+)\s|[,;/\n]", re.IGNORECASE)


class ProductSettings(Section):
    """The product: exactly one, with one Product Owner and one Product Backlog for all its teams."""

    name: Name
    """The product's name, as reports show it."""
    owner: Name
    """The one Product Owner: a single person."""
    backlog: Name
    """The query for the one Product Backlog (JQL); the order is the tracker's rank."""
    goal: str = ""
    """The Product Goal, shown in reports."""
    account: str = ""
    """The tracker's id of the Product Owner, who may then give commands in comments; "" for no commands."""
    email: str = ""
    """The Product Owner's mail address: messages to it count with the tracker's mails to the account."""
    value_field: str = ""
    """The tracker's field with the value of an issue, a number, by id or name; "" for none."""

    @field_validator("owner")
    @classmethod
    def _one_person(cls, value: str) -> str:
        if _SEVERAL.search(value):
            raise ValueError("a product has exactly one Product Owner; name the one person who decides the order")
        return value


class Capacity(CapacityOptions):
    """How capacity is computed, and where absences are read from."""

    model_config = ConfigDict(allow_inf_nan=False)

    absences: tuple[LocalPath, ...] = ()
    """Files with absences: .csv (name, from, to, fraction) or .ics calendars."""
    events: tuple[LocalPath, ...] = ()
    """Calendars (.ics) with the meetings of the teams: refinement and Sprint Planning."""
    event_words: EventWords = EventWords()
    """Words in the titles of events that mean such a meeting; a list replaces the usual one."""
    absence_words: AbsenceWords = AbsenceWords()
    """Words in the titles of calendar events that mean being away, by language; a list replaces the usual one."""
    working_day: Hours = WorkingDay()
    """The hours of a usual working day: "09:00-17:00". Absences with times are compared with its two halves."""
    half_day_hours: float = Field(default=3.0, gt=0, le=6)
    """How many hours of a half are half a day off; twice as many of the day are a whole day off."""
    ramp_up: tuple[Part, ...] = (0.25, 0.5, 0.75)
    """The part of the usual work that somebody new does in each two weeks after `joins`; [] for all of it at once."""
    handover: Part = 0.5
    """The part of the usual work that somebody does in the two weeks before `leaves`."""
    mentoring: Part = 0.15
    """The part of a mentor's day that somebody new takes, while the ramp-up is at most half."""


class ReadingSettings(Section):
    """What this site teaches the reader of texts."""

    headings: Mapping[HeadingRole, tuple[Name, ...]] = Field(default_factory=dict)
    """Headings of this site that are not known, by what they mean: { acceptance = ["Kriteerit"] }."""
    templates: tuple[LocalPath, ...] = ()
    """Files with this site's issue templates; a line of theirs is help, and never content of an issue."""


class RulesSettings(Section):
    """The Definition of Ready: a preset and the differences from it."""

    preset: str = DEFAULT_PRESET
    """The starting point: scrum, less, safe, kanban, minimal or dor-basic."""
    horizon: float = Field(default=HORIZON, gt=0, le=26)
    """How many sprints ahead issues should be ready; the preset's if left out."""
    ready: RuleTables = Field(default_factory=dict)
    """One table a rule, its options are its fields; `locked = true` keeps teams from loosening it."""
    deep: RuleTables = Field(default_factory=dict)
    """One table a measure of DEEP, its options are its fields."""
    types: Mapping[Kind, KindRules] = Field(default_factory=dict)
    """Options for one kind of issue: story, bug, task, spike, epic, subtask."""
    work: Mapping[Work, KindRules] = Field(default_factory=dict)
    """Options for one kind of work, as [contents] recognises it: story, bug, design, debt, request, action."""


class AgentSettings(Section):
    """Whether an issue is ready for a coding agent: a rule set with a verdict of its own."""

    enabled: bool = False
    """Whether the rules are asked; the verdict is then in reports, in JSON and in `readyline why`."""
    label: bool = True
    """Whether issues that pass all of them get the label `agent-ready`, behind the prefix of `[write_back]`."""
    rules: AgentRules = AgentRules()
    """One table a rule, its options are its fields."""


class WaiverSettings(Section):
    """A finding that somebody accepted for a time."""

    rule: Name
    """The rule's name, "*" for all of them."""
    issue: Name
    """The issue's key, "*" for all of them."""
    reason: Name
    """Why it is accepted."""
    owner: Name
    """Who accepted it."""
    until: date
    """The last day of the waiver."""

    @model_validator(mode="after")
    def _not_everything(self) -> Self:
        if self.rule == self.issue == "*":
            raise ValueError("a waiver of every rule for every issue silences everything; name a rule or an issue")
        return self


class ScheduleSettings(Section):
    """When runs start."""

    model_config = ConfigDict(validate_by_name=False, validate_by_alias=True, serialize_by_alias=True)

    pass_: Repeat = Field(default=Every(15, "minute"), alias="pass")
    """How often runs start: "every 15 minutes", "every 2 hours", "every day", or a cron line with weekdays by name."""
    timezone: Annotated[str, AfterValidator(check_zone)] = "UTC"
    """The time zone of cron lines and times of day, such as "Europe/Berlin"."""
    before_planning: Before = None
    """An extra run before each sprint: "2 working days before sprint start at 09:00"; "" for none."""


SCHEMA_NAME = "[a-z][a-z0-9]*(_[a-z0-9]+)*"


class StoreSettings(Section):
    """What is kept between runs."""

    model_config = ConfigDict(validate_by_name=False, validate_by_alias=True, serialize_by_alias=True)

    path: LocalPath = Field(default=Path("readyline.db"), validate_default=True)
    """The SQLite file with journal, mirror and history."""
    url: Annotated[str, Field(pattern=r"^(postgres(ql)?://.*|)$")] = ""
    """The address of a PostgreSQL database instead: "postgresql://user@host/name"; "" for none. It has no password."""
    url_env: str = ""
    """The environment variable that has the address, in place of url; "" for none."""
    schema_: Annotated[str, Field(pattern=rf"^({SCHEMA_NAME}|)$", max_length=40)] = Field(default="", alias="schema")
    """The schema of the database for this product: small letters, digits, "_"; "" for one called as the product."""
    keep_days: int = Field(default=400, ge=0, le=4000)
    """For so many days `--as-of` and `preview` can go back to an earlier day; 0 keeps no days."""

    @model_validator(mode="after")
    def _is_one_database(self) -> Self:
        if self.url and self.url_env:
            raise ValueError("url and url_env name a database twice; delete one of them")
        return self


class ServeSettings(Section):
    """The worker's own web server; it needs the extra `serve`."""

    http: Annotated[str, AfterValidator(check_address)] = ""
    """The address at which `readyline serve` shows its pages, health and figures: "127.0.0.1:8080"; "" for none."""
    token_env: str = ""
    """The environment variable with the token that readers send; probes of health need none."""
    behind_proxy: bool = False
    """Whether a proxy with log-in is in front, so that another address than this machine's own needs no token."""
    hook_env: str = ""
    """The environment variable with the secret of Jira's webhook, which starts a run early; "" for no hook."""

    @model_validator(mode="after")
    def _is_guarded(self) -> Self:
        if self.http and not is_loopback(self.http) and not self.token_env and not self.behind_proxy:
            raise ValueError(
                f'"{self.http}" can be reached from other machines; name a token in token_env, or set behind_proxy = '
                "true where a proxy with log-in is in front"
            )
        return self


class ReportSettings(Section):
    """A report that every run writes."""

    kind: ReportKind
    """Its format: html, markdown, text, csv or json."""
    path: LocalPath
    """The folder it is written to; created if it is missing."""


class MessageSettings(Section):
    """How many messages people get, over all channels."""

    per_week: int = Field(default=3, ge=1, le=50)
    """The most messages one recipient gets in seven days, never more than one a day."""


class Settings(Section):
    """The whole configuration, checked. Secrets come from the environment only and are never printed."""

    model_config = ConfigDict(defer_build=True)  # adapters of other packages are looked up when a file is read

    extends: str = ""
    """A file with shared values under this one; its path is relative to this file."""
    locked: tuple[str, ...] = ()
    """Keys of this file that files extending it, and the environment, cannot change: "write_back.limits"."""
    tracker: TrackerTable
    """Where issues come from; the token is never in this file, but in READYLINE_TOKEN or token_env."""
    product: ProductSettings
    """The product: exactly one, with one Product Owner and one Product Backlog."""
    teams: tuple[TeamSettings, ...] = Field(min_length=1)
    """The teams that work from the backlog, at least one."""
    capacity: Capacity = Capacity()
    """How capacity is computed."""
    planning: PlanningOptions = PlanningOptions()
    """How issues are linked to the Sprint Goal."""
    refinement: RefinementOptions = RefinementOptions()
    """Which issues are refined in which session, and how a decision is recognised."""
    increment: IncrementOptions = IncrementOptions()
    """Several sprints with common objectives, such as a planning interval of SAFe."""
    learning: LearningOptions = LearningOptions()
    """When people's reactions to findings speak against a rule."""
    old_issues: OldIssuesOptions = OldIssuesOptions()
    """Which issues the Product Owner is asked to keep or release."""
    new_issues: NewIssuesOptions = NewIssuesOptions()
    """What is said of new issues."""
    contents: ContentsOptions = ContentsOptions()
    """How the six kinds of work are recognised."""
    channels: ChannelOptions = ChannelOptions()
    """How the three ways into the backlog are recognised."""
    rules: RulesSettings = RulesSettings()
    agent: AgentSettings = AgentSettings()
    """The Definition of Ready."""
    reading: ReadingSettings = ReadingSettings()
    """What this site teaches the reader of texts."""
    waivers: tuple[WaiverSettings, ...] = ()
    """Findings that somebody accepted for a time."""
    write_back: WriteBackSettings = WriteBackSettings()
    """What may be written to the tracker."""
    opt_out: OptOutSettings = OptOutSettings()
    """Where readyline writes nothing, and who gets no mail because of it."""
    links: LinkSettings = LinkSettings()
    """Addresses that our own texts link to."""
    living_page: LivingPageSettings = LivingPageSettings()
    """The living page in the tracker."""
    schedule: ScheduleSettings = ScheduleSettings()
    """When runs start."""
    store: StoreSettings = StoreSettings()
    """What is kept between runs."""

    serve: ServeSettings = ServeSettings()
    """The worker's own web server."""
    reports: tuple[ReportSettings, ...] = ()
    """The reports every run writes."""
    messages: MessageSettings = MessageSettings()
    """How many messages people get, over all channels."""
    notify: tuple[ChannelTable, ...] = ()
    """The channels that messages are sent to."""
    token: SkipJsonSchema[SecretStr] = Field(default=SecretStr(""), exclude=True)
    """The tracker's token, from the environment."""

    _rulebook: Rulebook = PrivateAttr(default_factory=Rulebook)
    _layers: Layers | None = PrivateAttr(default=None)

    @property
    def rulebook(self) -> Rulebook:
        """The rules with their options, for each team and kind of issue."""
        return self._rulebook

    @property
    def layers(self) -> Layers:
        """The file and the environment that these settings were read from."""
        assert self._layers is not None, "settings come from `sync.config.load`"
        return self._layers

    def read_from(self, layers: Layers, rulebook: Rulebook) -> Self:
        """These settings, completed with their rules and the place of every value right after they were read."""
        self._layers, self._rulebook = layers, rulebook
        return self
