"""Capacity, forecasts and what-if."""

from datetime import date, datetime
from typing import Literal

from sync.reports.json_models.base import Figure, Part, Text


class RangePart(Part):
    """Points that 85, 50 and 15 of 100 sprints reach."""

    p15: Figure
    p50: Figure
    p85: Figure


class SharePart(Part):
    """A part of the capacity, in the split's unit."""

    name: Text
    amount: Figure


class SplitPart(Part):
    """The capacity for each kind of work."""

    unit: Text
    total: Figure
    shares: tuple[SharePart, ...]


class WarningPart(Part):
    """A warning about a team's next sprint."""

    code: Text
    level: Literal["red", "amber", "info"]
    text: Text


class FiguresPart(Part):
    """The capacity of a team in three units; the points are the median, null if unknown."""

    points: Figure | None
    net_days: Figure
    hours: Figure


class WhatIfPart(Part):
    """What further absences change: `difference` is `after` minus `before`, by the unrounded figures."""

    before: FiguresPart
    after: FiguresPart
    difference: FiguresPart


class ForecastPart(Part):
    """What was expected of a sprint before it began, and what came."""

    sprint: Text
    made: datetime
    expected: RangePart
    came: Figure
    ended: datetime
    reached_low: bool
    """Whether the low end was reached: meant are 85 of 100."""
    reached_high: bool
    """Whether the high end was reached: meant are 15 of 100."""


class CommittedPart(Part):
    """What the running sprint probably finishes: P50 is the root of usual × planned × kept."""

    planned: Figure
    """What was in it when it started."""
    kept: Figure
    """The median part, 0 to 1 or more, of a plan that was finished."""
    usual: Figure
    expected: RangePart


class LevelsPart(Part):
    """The probabilities at which the ends of the range are computed; they start at 0.15 and 0.85."""

    low: Figure
    high: Figure


class PastSprintPart(Part):
    """A closed sprint that the range is based on, and what was finished in it."""

    sprint: Text
    points: Figure


class MeetingPart(Part):
    """A meeting in the calendar of a team."""

    kind: Literal["refinement", "planning"]
    begin: datetime
    """On the local clock."""
    minutes: int
    participants: int
    """How many people of the team are there."""
    person_hours: Figure


class TeamPart(Part):
    """What one team can take on in its next sprint."""

    name: Text
    sprint: Text | None
    """The sprint's name, null if the board has no future sprint."""
    sprint_id: Text | None
    gross_days: Figure
    net_days: Figure
    hours: Figure
    unit: Literal["points", "hours", "issues"] = "points"
    """What `points` and `load` count."""
    points: RangePart | None
    split: SplitPart
    load: Figure
    """Points already in the sprint."""
    used_sprints: int
    confidence: Text
    past: tuple[PastSprintPart, ...] = ()
    """The closed sprints the range is based on, the latest last."""
    levels: LevelsPart | None = None
    forecasts: tuple[ForecastPart, ...] = ()
    """The record: what was expected of sprints that are closed now, oldest first."""
    committed: CommittedPart | None = None
    """The forecast of the running sprint from its plan; null where that is not known."""
    buffer: tuple[tuple[Text, Figure], ...] = ()
    """The hours of the buffer by its categories, where these are configured."""
    meetings: tuple[MeetingPart, ...] = ()
    """Sprint Planning and refinements in the calendar of the team."""
    weekly: tuple[Figure, ...] = ()
    """What a team without sprints finished in each week, the latest last; empty for other teams."""
    a_week: RangePart | None = None
    """What a team without sprints finishes in a week."""
    take_out: tuple[tuple[Text, Figure], ...] = ()
    """What to take out of an over-committed sprint, in order: key and size."""
    warnings: tuple[WarningPart, ...]
    explanation: tuple[Text, ...]
    what_if: WhatIfPart | None = None
    """The comparison of `capacity --off`; null without it."""


class UncountedPart(Part):
    """What an absence file holds and no person's absences contain; titles are never part of it."""

    file: Text
    reason: Text
    """Why: unknown-name, no-absence-word, unclear-person, only-invited, no-known-person, marked-free, too-short ..."""
    count: int
    names: tuple[Text, ...]
    """The names in a list that no person of the configuration has."""
    text: Text


class ShiftedPart(Part):
    """An issue on the other side of its team's cut line."""

    key: Text
    team: Text
    rank: int
    points: Figure | None
    serves: Text
    """How it serves the Sprint Goal, "" where it does not."""
    is_key: bool
    left: Figure | None
    """What the team has left with it; below 0 it does not fit."""


class MovedDayPart(Part):
    """The day to which ready work lasts at the usual pace, of a team or of the product ("")."""

    team: Text
    before: date | None
    after: date | None


class WhatIfPlanPart(Part):
    """What the assumptions of `--off`, `--add` and `--without-issue` change in the plan."""

    assumed: tuple[Text, ...]
    falls: tuple[ShiftedPart, ...]
    """Issues that fall below a cut line, those that serve the goal first."""
    rises: tuple[ShiftedPart, ...]
    moves: tuple[tuple[Text, Text, Text], ...]
    """Issues that another team would take: key, team before, team then."""
    days: tuple[MovedDayPart, ...]
