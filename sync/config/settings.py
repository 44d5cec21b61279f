"""The checked configuration: one frozen model a section of the file.

Rules, trackers, reports and channels own their options; here they are only joined. What a field means is said below
it, and that text is also what the JSON Schema and the example file carry.
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, ConfigDict, Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic.json_schema import SkipJsonSchema

from rules.capacity.options import CapacityOptions
from rules.model import WORKWEEK, Kind
from rules.plan.policy import CommentZone, SprintMode
from sync.config.adapters import ChannelTable, TrackerTable
from sync.config.parse_time import check_country, check_region
from sync.config.preset import DEFAULT
from sync.config.schedule import check_pass, check_zone
from sync.config.values import Before, LocalPath, Name, Quiet, ReportKind, Section, Weekdays

HORIZON = 3.0
LABEL_PREFIX = re.compile(r"[A-Za-z0-9._:-]{1,100}")
_SEVERAL = re.compile(r"\s(?:and|und|&|\+)\s|[;/\n]", re.IGNORECASE)

RuleTables = Mapping[str, Mapping[str, Any]]
"""Options by rule name, as written; `sync.config.rule_layers` has each checked by the rule's own model."""


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
    """The tracker's id of the Product Owner, who may then command readyline in comments; "" for nobody."""

    @field_validator("owner")
    @classmethod
    def _one_person(cls, value: str) -> str:
        if _SEVERAL.search(value):
            raise ValueError("a product has exactly one Product Owner; name the one person who decides the order")
        return value


class TakesSettings(Section):
    """How an issue is recognised as a team's."""

    components: frozenset[str] = frozenset()
    """Issues with one of these components are the team's."""
    labels: frozenset[str] = frozenset()
    """Issues with one of these labels are the team's."""
    field: str = ""
    """A field of the tracker (its name or id) that holds the name of the team; "" for none."""


class PersonSettings(Section):
    """Somebody who works for a team."""

    name: Name
    """The person's name, as absences and reports call them."""
    share: float = Field(default=1.0, gt=0, le=1)
    """The part of each working day given to this team, above 0 and at most 1."""
    days: Weekdays = WORKWEEK
    """The weekdays worked: "Mon-Fri", "Mon,Wed,Fri"."""
    country: str = ""
    """ISO 3166 code for public holidays, such as "DE"; "" for none."""
    region: str = ""
    """Code of the region for public holidays, such as "BY"; "" for the country's own."""
    account: str = ""
    """The tracker's id of this person; "" if they need not be recognised there."""

    @field_validator("country")
    @classmethod
    def _known_country(cls, value: str) -> str:
        return check_country(value)

    @field_validator("region")
    @classmethod
    def _known_region(cls, value: str, info: ValidationInfo) -> str:
        return check_region(info.data["country"], value) if "country" in info.data else value


class KindRules(Section):
    """Options of rules for one kind of issue."""

    ready: RuleTables = Field(default_factory=dict)
    """One table a rule, its options are its fields."""


class TeamRules(Section):
    """Options of rules for one team; a locked rule may only be made stricter."""

    ready: RuleTables = Field(default_factory=dict)
    """One table a rule; what is left out is the product's."""
    types: Mapping[Kind, KindRules] = Field(default_factory=dict)
    """The same for one kind of issue of this team."""


class TeamSettings(Section):
    """A team that draws on the Product Backlog."""

    name: Name
    """The team's name, unique within the product."""
    board: int = Field(gt=0)
    """The number of its scrum board: sprints are read from and written to it."""
    takes: TakesSettings = TakesSettings()
    """How an issue is recognised as this team's."""
    sprint_days: int = Field(default=10, ge=5, le=23)
    """Working days of a sprint: 5 (one week) to 23 (one month)."""
    people: tuple[PersonSettings, ...] = ()
    """Who works for it, and how much."""
    days_off: frozenset[date] = frozenset()
    """Days nobody of it works: an off-site, a company day."""
    rules: TeamRules = TeamRules()
    """What this team asks beyond the product's rules."""


class Capacity(CapacityOptions):
    """How capacity is computed, and where absences are read from."""

    model_config = ConfigDict(allow_inf_nan=False)

    absences: tuple[LocalPath, ...] = ()
    """Files with absences: .csv (name, from, to, fraction) or .ics calendars."""


class RulesSettings(Section):
    """The Definition of Ready: a preset, and what differs from it."""

    preset: str = DEFAULT
    """Where to start from: scrum, less, safe, kanban or minimal."""
    horizon: float = Field(default=HORIZON, gt=0, le=26)
    """How many sprints ahead issues should be ready; what is left out is the preset's."""
    ready: RuleTables = Field(default_factory=dict)
    """One table a rule, its options are its fields; `locked = true` keeps teams from loosening it."""
    types: Mapping[Kind, KindRules] = Field(default_factory=dict)
    """Options for one kind of issue: story, bug, task, spike, epic, subtask."""


class WaiverSettings(Section):
    """A finding somebody accepted, for a time."""

    rule: Name
    """The rule's name, "*" for all of them."""
    issue: Name
    """The issue's key, "*" for all of them."""
    reason: Name
    """Why it is accepted."""
    owner: Name
    """Who accepted it."""
    until: date
    """The last day it holds."""

    @model_validator(mode="after")
    def _not_everything(self) -> Self:
        if self.rule == self.issue == "*":
            raise ValueError("a waiver of every rule for every issue would silence everything; name a rule or an issue")
        return self


class LimitSettings(Section):
    """Past either limit a whole plan is refused before its first write."""

    max_changes: int = Field(default=50, ge=1)
    """The most changes of one pass."""
    max_share: float = Field(default=0.10, gt=0, le=1)
    """The largest part of the issues in scope that one pass may touch, above 0 and at most 1."""


class WriteBackSettings(Section):
    """What may be written to the tracker."""

    enabled: bool = False
    """Nothing is ever written before this is true."""
    label_prefix: str = "readyline-"
    """Only labels that begin with this are ever touched."""
    labels: bool = True
    """Put the verdict on issues in the ready horizon as a label."""
    comments: CommentZone = CommentZone.NEAR
    """Which issues may get our one comment: off, near (the ready horizon only) or all."""
    sprints: SprintMode = SprintMode.PROPOSE
    """What becomes of a sprint proposal: off, propose (report only), accepted (after a team's yes) or assign."""
    quiet_hours: Quiet = None
    """A span of the day, in the schedule's time zone, without writes and messages: "20:00-07:00"; "" for none."""
    mails_per_week: int = Field(default=20, ge=0, le=1000)
    """The most mails the tracker may send one person because of us in any seven days; comments wait; 0: no limit."""
    limits: LimitSettings = LimitSettings()
    """Past either limit a whole plan is refused before its first write."""

    @field_validator("label_prefix")
    @classmethod
    def _label(cls, value: str) -> str:
        if not LABEL_PREFIX.fullmatch(value):
            raise ValueError("a label prefix has 1 to 100 letters, digits or the signs . _ : -, and no spaces")
        return value


class ScheduleSettings(Section):
    """When passes run."""

    model_config = ConfigDict(validate_by_name=False, validate_by_alias=True, serialize_by_alias=True)

    pass_: Annotated[str, AfterValidator(check_pass)] = Field(default="every 15 minutes", alias="pass")
    """How often: "every 15 minutes", "every 2 hours", "every day", or a cron line with weekdays by name."""
    timezone: Annotated[str, AfterValidator(check_zone)] = "UTC"
    """The zone cron lines and times of day are meant in, such as "Europe/Berlin"."""
    before_planning: Before = None
    """An extra pass before each sprint: "2 working days before sprint start at 09:00"; "" for none."""


class StoreSettings(Section):
    """What is kept between passes."""

    path: LocalPath = Field(default=Path("readyline.db"), validate_default=True)
    """The SQLite file with journal, mirror and history."""


class ReportSettings(Section):
    """A report that every pass writes."""

    kind: ReportKind
    """How it is written: html, markdown, text, csv or json."""
    path: LocalPath
    """The folder it is written to; it is made where it is missing."""


class MessageSettings(Section):
    """How much people are told, whatever the channel."""

    per_week: int = Field(default=3, ge=1, le=50)
    """The most messages one recipient gets in any seven days; the surplus becomes one digest."""


class Settings(Section):
    """The whole file, checked. Secrets come from the environment only and are never printed."""

    model_config = ConfigDict(defer_build=True)  # adapters of other packages are asked for when a file is read

    tracker: TrackerTable
    """Where issues come from; the token is never in this file: READYLINE_TOKEN."""
    product: ProductSettings
    """The product: exactly one, with one Product Owner and one Product Backlog."""
    teams: tuple[TeamSettings, ...] = Field(min_length=1)
    """The teams that draw on the backlog, at least one."""
    capacity: Capacity = Capacity()
    """How capacity is computed."""
    rules: RulesSettings = RulesSettings()
    """The Definition of Ready."""
    waivers: tuple[WaiverSettings, ...] = ()
    """Findings somebody accepted, for a time."""
    write_back: WriteBackSettings = WriteBackSettings()
    """What may be written to the tracker."""
    schedule: ScheduleSettings = ScheduleSettings()
    """When passes run."""
    store: StoreSettings = StoreSettings()
    """What is kept between passes."""

    reports: tuple[ReportSettings, ...] = ()
    """The reports every pass writes."""
    messages: MessageSettings = MessageSettings()
    """How much people are told, whatever the channel."""
    notify: tuple[ChannelTable, ...] = ()
    """The channels every pass tells."""
    token: SkipJsonSchema[SecretStr] = Field(default=SecretStr(""), exclude=True)
    """The tracker's token, from READYLINE_TOKEN."""
