"""The sections of a team: its people, what it takes, and where its rules differ."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import (
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from rules.inventory.options import Work
from rules.model import WORKWEEK, Kind, TaskMode
from sync.config.parse_time import (
    check_country,
    check_region,
)
from sync.config.schedule import check_zone
from sync.config.values import Name, Part, Representatives, RuleTables, Section, Weeks


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
    """Options of rules for one kind of issue, or of work."""

    ready: RuleTables = Field(default_factory=dict)
    """One table a rule, its options are its fields."""


class TeamRules(Section):
    """Options of rules for one team; a locked rule may only be made stricter."""

    ready: RuleTables = Field(default_factory=dict)
    """One table a rule; what is left out is the product's."""
    types: Mapping[Kind, KindRules] = Field(default_factory=dict)
    """The same for one kind of issue of this team."""
    work: Mapping[Work, KindRules] = Field(default_factory=dict)
    """The same for one kind of work of this team."""


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
