"""`readyline forecast` as a JSON document."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from pydantic import Field

from rules.planning.when_done import TeamWork, WhenDone
from sync.reports.ahead.page import AheadPage, TeamAhead, sentences
from sync.reports.as_json import coverage_parts
from sync.reports.capacity_as_json import forecast_part
from sync.reports.json_models import Figure, Part, Text
from sync.reports.json_models.capacity import ForecastPart, RangePart
from sync.reports.json_models.documents import CoveragePart


class StretchPart(Part):
    """What a team finishes in its next sprints together."""

    sprints: int
    until: date
    points: RangePart


class TeamAheadPart(Part):
    """One team; `stretches` is empty without a closed sprint."""

    team: Text
    used_sprints: int
    stretches: tuple[StretchPart, ...]
    forecasts: tuple[ForecastPart, ...]
    """What was expected of sprints that are closed now, oldest first."""


class DaysPart(Part):
    """The days kept with 50, 85 and 95 % probability; null for more than ten years."""

    p50: date | None
    p85: date | None
    p95: date | None


class TeamWorkPart(Part):
    """What one team has to finish, and by when."""

    team: Text
    asked: Figure
    above: Figure
    """What is ranked above the last of the issues."""
    carried_over: Figure
    velocity: Figure | None
    """Null without a closed sprint: the work is not counted."""
    days: DaysPart | None
    last: Figure | None
    """The share of the draws, 0 to 1, in which no team ends later."""


class WhenPart(Part):
    """When the issues that were asked for are done."""

    asked: tuple[Text, ...]
    ahead: tuple[Text, ...]
    running: tuple[Text, ...]
    done: tuple[Text, ...]
    imputed: tuple[Text, ...]
    no_team: tuple[Text, ...]
    days: DaysPart | None
    teams: tuple[TeamWorkPart, ...]
    explanation: tuple[Text, ...]


class ForecastDocument(Part):
    """What `forecast --format json` prints."""

    schema_: Literal["readyline/forecast/1"] = Field(default="readyline/forecast/1", alias="schema")
    unit: Literal["points", "hours", "issues"]
    teams: tuple[TeamAheadPart, ...]
    when: WhenPart | None
    """Null where no issue was asked for."""
    coverage: CoveragePart
    """What all figures rest on."""
    as_of: datetime | None
    """The moment of the issues where another run was writing to the mirror; null: read just now."""


def ahead(page: AheadPage) -> ForecastDocument:
    """The page as a document."""
    return ForecastDocument(
        **coverage_parts(page.coverage),
        unit=page.unit.value,
        teams=tuple(map(_team, page.teams)),
        when=_when(page.when) if page.when else None,
    )


def _team(one: TeamAhead) -> TeamAheadPart:
    return TeamAheadPart(
        team=one.team,
        used_sprints=one.capacity.used_sprints,
        stretches=tuple(StretchPart.model_validate(stretch) for stretch in one.stretches),
        forecasts=tuple(map(forecast_part, one.capacity.record)),
    )


def _when(when: WhenDone) -> WhenPart:
    return WhenPart(
        asked=when.asked,
        ahead=when.ahead,
        running=when.running,
        done=when.done,
        imputed=when.imputed,
        no_team=when.no_team,
        days=_days(when.finish.days) if when.finish else None,
        teams=tuple(_work(when, work) for work in when.work),
        explanation=tuple(sentences(when)),
    )


def _work(when: WhenDone, work: TeamWork) -> TeamWorkPart:
    days = when.finish.by_team.get(work.team) if when.finish else None
    return TeamWorkPart(
        team=work.team,
        asked=work.asked,
        above=work.above,
        carried_over=work.carried,
        velocity=work.velocity,
        days=_days(days) if days else None,
        last=when.finish.last.get(work.team) if when.finish else None,
    )


def _days(days: Mapping[float, date | None]) -> DaysPart:
    return DaysPart(p50=days[0.5], p85=days[0.85], p95=days[0.95])
