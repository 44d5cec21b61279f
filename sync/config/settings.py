"""The checked configuration: one frozen model per section of the file.

Rules, trackers, reports and channels own their options; here they are only joined. The text below a field is its
meaning; the JSON Schema and the complaints about a missing value repeat it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    PrivateAttr,
    SecretStr,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from rules.capacity.options import CapacityOptions
from rules.inventory.options import ChannelOptions, ContentsOptions, NewIssuesOptions, OldIssuesOptions
from rules.learning.options import LearningOptions
from rules.model import WORKWEEK, Kind, TaskMode
from rules.options import Options
from rules.plan.policy import CommentLanguage, CommentZone, SprintMode
from rules.planning.options import PlanningOptions
from rules.refinement.options import RefinementOptions
from rules.review.options import IncrementOptions
from sync.absences.options import AbsenceWords, EventWords, WorkingDay
from sync.config.faults import NOT_BLANK, did_you_mean
from sync.config.http_address import check_address, is_loopback
from sync.config.layers import Layers
from sync.config.parse_time import (
    QuietHours,
    check_country,
    check_region,
    read_quiet_hours,
    read_weeks,
    read_working_day,
    write_weeks,
)
from sync.config.registry import DEFAULT_PRESET, ChannelTable, TrackerTable
from sync.config.rule_layers import HORIZON, Rulebook
from sync.config.schedule import BeforePlanning, Cron, Every, check_zone, read_before_planning, read_repeat
from sync.reports import RENDERERS
from sync.trackers.address import WebAddress

PROJECT_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,254}")
ISSUE_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,254}-[1-9][0-9]{0,17}")
LABEL_PREFIX = re.compile(r"[A-Za-z0-9._:-]{1,100}")
_SEVERAL = re.compile(r"\s(?:and|und|&|\+)\s|[,;/\n]", re.IGNORECASE)

RuleTables = Mapping[str, Mapping[str, Any]]
"""Options by rule name, as written; `sync.config.rule_layers` checks each with the rule's own model."""


class Section(Options):
    """A table of the file: frozen, and closed to unknown keys."""

    model_config = ConfigDict(allow_inf_nan=False)


def _local(path: object, info: ValidationInfo) -> Path:
    """A relative path starts at the folder of the configuration file, not where the program was started."""
    if not isinstance(path, str | Path):
        raise PydanticCustomError("string_type", "must be text in quotes")
    if not str(path).strip() or "\0" in str(path):
        raise ValueError("must name a file or folder")
    return Path((info.context or {}).get("folder", "."), _home(Path(path)))


def _home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ValueError("names the home folder of an unknown user") from error


def _read_by(read: Callable[[str], object]) -> BeforeValidator:
    def validate(value: object) -> object:
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "must be text in quotes")
        return read(value)

    return BeforeValidator(validate)


def _report_kind(kind: str) -> str:
    if kind not in RENDERERS:
        raise ValueError(f"unknown kind of report{did_you_mean(kind, RENDERERS)}")
    return kind


def _everybody(value: object) -> object:
    """The word "all" as a list with this one entry."""
    if value == "all":
        return ("all",)
    return tuple(value) if isinstance(value, list) else value


def _written(value: object) -> str:
    """A value as the file writes it; "" for none."""
    return "" if value is None else str(value)


_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9._~%+/-]*)?")


def _address(text: str) -> str:
    if text and not _ADDRESS.fullmatch(text):
        raise ValueError('must be a web address such as "https://example.com/docs/rules", or "" for none')
    return text


HeadingRole = Literal[
    "acceptance", "check", "steps", "expected", "actual", "value", "requirements", "questions", "environment", "tasks",
    "context", "notes", "evidence", "design", "dependencies", "story", "scope",
]  # fmt: skip
_TEXT = WithJsonSchema({"type": "string"})
_WRITTEN = PlainSerializer(_written, return_type=str)
LocalPath = Annotated[Path, PlainValidator(_local), _TEXT, PlainSerializer(str, return_type=str)]
Name = Annotated[str, Field(min_length=1, pattern=NOT_BLANK)]
Address = Annotated[str, AfterValidator(_address)]
Weeks = Annotated[
    tuple[frozenset[int], ...], _read_by(read_weeks), _TEXT, PlainSerializer(write_weeks, return_type=str)
]
Part = Annotated[float, Field(ge=0, le=1)]
Quiet = Annotated[QuietHours | None, _read_by(read_quiet_hours), _TEXT, _WRITTEN]
Hours = Annotated[WorkingDay, _read_by(read_working_day), _TEXT, PlainSerializer(str, return_type=str)]
Repeat = Annotated[Every | Cron, _read_by(read_repeat), _TEXT, _WRITTEN]
Before = Annotated[BeforePlanning | None, _read_by(read_before_planning), _TEXT, _WRITTEN]
Representatives = Annotated[
    tuple[Name, ...],
    BeforeValidator(_everybody),
    WithJsonSchema({"anyOf": [{"const": "all"}, {"type": "array", "items": {"type": "string"}}]}),
]
ReportKind = Annotated[str, AfterValidator(_report_kind), Field(json_schema_extra={"enum": list(RENDERERS)})]


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

    @field_validator("owner")
    @classmethod
    def _one_person(cls, value: str) -> str:
        if _SEVERAL.search(value):
            raise ValueError("a product has exactly one Product Owner; name the one person who decides the order")
        return value


class TakesSettings(Section):
    """Which issues are a team's."""

    components: frozenset[str] = frozenset()
    """Issues with one of these components are the team's."""
    labels: frozenset[str] = frozenset()
    """Issues with one of these labels are the team's."""
    field: str = ""
    """A field of the tracker (its name or id) that holds the name of the team; "" for none."""


class PersonSettings(Section):
    """A person who works for a team."""

    name: Name
    """The person's name, as absences and reports call them."""
    share: float = Field(default=1.0, gt=0, le=1)
    """The part of each working day given to this team, above 0 and at most 1."""
    days: Weeks = (WORKWEEK,)
    """The weekdays worked: "Mon-Fri", "Mon,Wed,Fri"; "Mon-Wed / Mon-Thu" for weeks that alternate."""
    days_from: date | None = None
    """A day of a week that has the first of alternating weeks; required with them."""
    country: str = ""
    """ISO 3166 code for public holidays, such as "DE"; "" for none."""
    region: str = ""
    """Code of the region for public holidays, such as "BY"; "" for the country's own."""
    account: str = ""
    """The tracker's id of this person; "" if it is not needed."""
    email: str = ""
    """This person's mail address: messages to it count with the tracker's mails to the account."""
    joins: date | None = None
    """The first day in the team; left out for somebody who was always there."""
    leaves: date | None = None
    """The last day in the team; left out if it is not known."""
    ramp_up: tuple[Part, ...] | None = None
    """The part of the usual work in each two weeks after `joins`; left out for that of [capacity], [] for none."""
    mentor: str = ""
    """The person of the team who helps in the first weeks; "" if nobody does."""
    skills: frozenset[Name] = frozenset()
    """What this person can do that not everybody can; [capacity.skills] says which issues need it."""
    timezone: str = ""
    """The time zone of this person's working day, such as "America/New_York"; "" for that of each event."""

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        return check_zone(value) if value else ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if len(self.days) > 1 and self.days_from is None:
            raise ValueError("days has alternating weeks: give days_from, a day of a week that has the first of them")
        if self.joins and self.leaves and self.leaves < self.joins:
            raise ValueError(f"leaves {self.leaves} is before joins {self.joins}; swap them")
        if self.mentor and self.joins is None:
            raise ValueError("a mentor helps somebody new: give joins, the first day in the team")
        if self.mentor == self.name:
            raise ValueError(f"{self.name} cannot be the mentor of {self.name}; name another person of the team")
        return self

    @field_validator("country")
    @classmethod
    def _known_country(cls, value: str) -> str:
        return check_country(value)

    @field_validator("region")
    @classmethod
    def _known_region(cls, value: str, info: ValidationInfo) -> str:
        return check_region(info.data["country"], value) if "country" in info.data else value


class ScrumMasterSettings(Section):
    """The Scrum Master of a team; of one of its people, the name is enough."""

    name: Name
    """The name, as messages call the person."""
    account: str = ""
    """The tracker's id, for commands in comments; "" for the one of the person of this name."""
    email: str = ""
    """The mail address: messages to it count with the tracker's mails to the account."""


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
    """A team that works from the Product Backlog."""

    name: Name
    """The team's name, unique within the product."""
    board: int = Field(gt=0)
    """The number of its scrum board: sprints are read from and written to it."""
    takes: TakesSettings = TakesSettings()
    """Which issues are this team's."""
    sprint_days: int = Field(default=10, ge=5, le=23)
    """Working days of a sprint: 5 (one week) to 23 (one month)."""
    sprints: bool = True
    """Whether the team works in sprints; false for continuous flow, where periods of `sprint_days` count instead."""
    people: tuple[PersonSettings, ...] = ()
    """Who works for the team, and how much."""
    days_off: frozenset[date] = frozenset()
    """Days on which the whole team is off: an off-site, a company day."""
    goals: Mapping[str, str] = Field(default_factory=dict)
    """Goals for sprints that have none on the board, by the sprint's name: { "Sprint 43" = "Guests pay by card" }."""
    tasks: TaskMode = TaskMode.AUTO
    """Ask for tasks with hours in Sprint Planning: on, off, or auto (if the last three sprints had sub-tasks)."""
    scale: Mapping[Name, Annotated[float, Field(gt=0)]] = Field(default_factory=dict)
    """Points of each size that is a name: { S = 2, M = 3 }; the usual T-shirt sizes if left out."""
    person_load: bool = True
    """Show what waits for each person, on the page of the team only; false compares nobody."""
    representatives: Representatives = ()
    """Who takes part in part one of Sprint Planning for the team: names, or "all"."""
    scrum_master: ScrumMasterSettings | None = None
    """The Scrum Master of the team."""
    rules: TeamRules = TeamRules()
    """Where this team's rules differ from the product's."""

    @model_validator(mode="after")
    def _whole_weeks(self) -> Self:
        if not self.sprints and self.sprint_days % 5:
            days = f"sprint_days {self.sprint_days} of a team without sprints"
            raise ValueError(f"{days} must be whole weeks: 5, 10, 15 or 20")
        return self


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


class LimitSettings(Section):
    """A plan beyond either limit is refused as a whole, before its first write."""

    max_changes: int = Field(default=50, ge=1)
    """The most changes of one run."""
    max_share: float = Field(default=0.10, gt=0, le=1)
    """The largest part of the issues in scope that one run may change, above 0 and at most 1."""


class WriteBackSettings(Section):
    """What may be written to the tracker."""

    enabled: bool = False
    """Nothing is written to the tracker unless this is true."""
    label_prefix: str = "readyline-"
    """Only labels with this prefix are ever changed."""
    labels: bool = True
    """Write the verdict as a label on issues in the ready horizon."""
    comments: CommentZone = CommentZone.NEAR
    """Which issues may get the one comment: off, near (the ready horizon only) or all."""
    language: CommentLanguage = CommentLanguage.EN
    """The language of comments: en, de, fr, es, or auto (that of an issue's own text where 40 words or more decide)."""
    sprints: SprintMode = SprintMode.PROPOSE
    """What happens with a sprint proposal: off, propose (report only), accepted (after a team's yes) or assign."""
    quiet_hours: Quiet = None
    """Hours without writes and messages, in the schedule's time zone: "20:00-07:00"; "" for none."""
    mails_per_week: int = Field(default=20, ge=0, le=1000)
    """The most mails one person gets because of readyline in seven days, messages too; the rest waits; 0: no limit."""
    limits: LimitSettings = LimitSettings()
    """A plan beyond either limit is refused as a whole, before its first write."""

    @field_validator("label_prefix")
    @classmethod
    def _label(cls, value: str) -> str:
        if not LABEL_PREFIX.fullmatch(value):
            raise ValueError("must be 1 to 100 letters, digits or the characters . _ : -, without spaces")
        return value


def _project_key(key: str) -> str:
    if not PROJECT_KEY.fullmatch(key):
        raise ValueError('must be the key of a project, such as "SHOP"')
    return key.upper()


ProjectKey = Annotated[str, AfterValidator(_project_key)]


class OptOutSettings(Section):
    """Where readyline writes nothing, and who gets no mail because of it."""

    projects: frozenset[ProjectKey] = frozenset()
    """Keys of projects: nothing is written to their issues, and what is ours there is removed."""
    people: frozenset[Name] = frozenset()
    """Names of people of this file, or accounts: nothing is written to their issues, and they get no mail."""


class LinkSettings(Section):
    """Addresses that our own texts link to."""

    docs: Address = ""
    """The address of the folder with the rules' pages (docs/rules), linked from comments and messages; "" for none."""
    pages: Address = ""
    """The address at which the folder of `[[reports]]` is published; messages link to the page of their role."""

    @model_validator(mode="before")
    @classmethod
    def _former_name(cls, values: object) -> object:
        """`pages` was called `reports` at first."""
        if isinstance(values, dict) and "reports" in values and "pages" not in values:
            return {"pages" if key == "reports" else key: value for key, value in values.items()}
        return values


class ConfluenceSettings(Section):
    """A page in Confluence that has the same part as the issue of the living page."""

    kind: Literal["cloud", "datacenter"] = "cloud"
    """Which Confluence."""
    url: WebAddress
    """Its address: "https://example.atlassian.net/wiki"."""
    page: int = Field(gt=0)
    """The id of a page that people made: the number in its address."""
    email: str = ""
    """The account's e-mail; Cloud only."""
    token_env: Annotated[str, Field(min_length=1, pattern=r"\S")] = "READYLINE_CONFLUENCE_TOKEN"  # noqa: S105 - a name
    """The environment variable with the token."""

    @model_validator(mode="after")
    def _has_login(self) -> Self:
        if (self.kind == "cloud") != bool(self.email):
            raise ValueError("email is needed on Cloud, and only there")
        return self


class LivingPageSettings(Section):
    """The living page: an issue that people made for it, and whose description readyline keeps up to date."""

    issue: str = ""
    """The key of the issue; people write above and below readyline's part of its description; "" for none."""
    confluence: ConfluenceSettings | None = None
    """A page in Confluence with the same content."""

    @field_validator("issue")
    @classmethod
    def _key(cls, value: str) -> str:
        if value and not ISSUE_KEY.fullmatch(value):
            raise ValueError('must be the key of an issue, such as "SHOP-1", or "" for none')
        return value.upper()


class ScheduleSettings(Section):
    """When runs start."""

    model_config = ConfigDict(validate_by_name=False, validate_by_alias=True, serialize_by_alias=True)

    pass_: Repeat = Field(default=Every(15, "minute"), alias="pass")
    """How often runs start: "every 15 minutes", "every 2 hours", "every day", or a cron line with weekdays by name."""
    timezone: Annotated[str, AfterValidator(check_zone)] = "UTC"
    """The time zone of cron lines and times of day, such as "Europe/Berlin"."""
    before_planning: Before = None
    """An extra run before each sprint: "2 working days before sprint start at 09:00"; "" for none."""


class StoreSettings(Section):
    """What is kept between runs."""

    path: LocalPath = Field(default=Path("readyline.db"), validate_default=True)
    """The SQLite file with journal, mirror and history."""
    keep_days: int = Field(default=400, ge=0, le=4000)
    """For so many days `--as-of` and `preview` can go back to an earlier day; 0 keeps no days."""


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
    """The most messages one recipient gets in seven days; the rest is sent as one digest."""


class Settings(Section):
    """The whole configuration, checked. Secrets come from the environment only and are never printed."""

    model_config = ConfigDict(defer_build=True)  # adapters of other packages are looked up when a file is read

    extends: str = ""
    """A file with shared values under this one; its path is relative to this file."""
    locked: tuple[str, ...] = ()
    """Keys of this file that files extending it, and the environment, cannot change: "write_back.limits"."""
    tracker: TrackerTable
    """Where issues come from; the token is never in this file: READYLINE_TOKEN."""
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
    """The tracker's token, from READYLINE_TOKEN."""

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
