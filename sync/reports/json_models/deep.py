"""The DEEP measures and what to do first."""

from datetime import date
from typing import Literal

from sync.reports.json_models.base import Figure, Part, Text


class MeasurePart(Part):
    """One measure."""

    name: Text
    value: Figure | None
    unit: Text
    text: Text
    keys: tuple[Text, ...]
    rule: Text
    """The path of the measure, as `readyline rules` knows it."""


class LetterPart(Part):
    """One letter of DEEP, 0 to 100."""

    name: Text
    score: Figure | None
    measures: tuple[MeasurePart, ...]


class RunwayPart(Part):
    """How long the ready work of a team lasts, in sprints."""

    team: Text
    """The team's name, "" for the whole product."""
    unit: Literal["points", "hours", "issues"] = "points"
    """What `ready_points` counts."""
    ready_points: Figure
    sprints: Figure | None
    contiguous_sprints: Figure | None
    """The same, up to the first issue that is not ready."""
    dry_on: date | None
    """The same as `usual_on`."""
    usual_on: date | None
    """The day on which ready work is used up at the usual pace."""
    earliest_on: date | None
    """The same at the fast pace that 15 of 100 sprints reach."""
    latest_on: date | None
    """The same at the slow pace that 85 of 100 sprints reach."""
    signal: Literal["red", "amber", "green", "over-refined", "unknown"]
    text: Text


class RunwaysPart(Part):
    """The ready runway of the product and of each team."""

    product: RunwayPart | None
    teams: tuple[RunwayPart, ...]


class ActionPart(Part):
    """One of the best actions, and its gain."""

    text: Text
    keys: tuple[Text, ...]
    gain: Figure
    """Points of the DEEP score."""
    runway_gain: Figure
    """Sprints of ready work."""


class DeepPart(Part):
    """The four letters, their measures, the runway, the actions."""

    score: Figure | None
    grade: Text
    confidence: Text
    letters: tuple[LetterPart, ...]
    runway: RunwaysPart
    actions: tuple[ActionPart, ...]
