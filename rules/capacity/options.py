"""The options of `[capacity]`, with their bounds and defaults (docs/capacity.md)."""

from collections.abc import Mapping
from math import fsum
from typing import Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from rules.model import Kind, Unit
from rules.options import Options
from rules.workdays import HolidayChanges

FOCUS_LOW = 0.70
FOCUS_HIGH = 0.80
REFINEMENT_LOW = 0.05
REFINEMENT_HIGH = 0.10


class Work(Options):
    """A kind of work and the share of a sprint that is reserved for it."""

    share: float = Field(ge=0, le=1)
    """The part of the team's capacity, 0 to 1; the shares of all kinds add up to 1."""
    kinds: frozenset[Kind] = frozenset()
    """Issues of these kinds belong here."""
    labels: frozenset[str] = frozenset()
    """Issues with one of these labels belong here, whatever their kind."""


def _usual_work() -> dict[str, Work]:
    return {
        "features": Work(share=0.60),
        "bugs": Work(share=0.20, kinds=frozenset({Kind.BUG})),
        "debt": Work(share=0.15, labels=frozenset({"debt", "tech-debt", "technical-debt", "refactoring"})),
        "support": Work(share=0.05, labels=frozenset({"support"})),
    }


class CapacityOptions(Options):
    """How capacity is computed. docs/capacity.md gives the source of every default."""

    hours_per_day: float = Field(default=8.0, gt=0, le=12)
    """Hours of a full working day."""
    focus: float = Field(default=0.75, gt=0, le=1)
    """Focus factor: the planned part of the available hours. The rest is the buffer for meetings and interruptions."""
    focus_reason: str = ""
    """Why `focus` is outside 0.70 to 0.80. Required there, and shown in the report."""
    hours_mode: Literal["top-down", "bottom-up"] = "top-down"
    """top-down: available hours times `focus`. bottom-up: the same minus meetings, refinement and unplanned work."""
    unplanned_share: float = Field(default=0.10, ge=0, le=0.5)
    """The part of the remaining hours that unplanned work takes. Used bottom-up only."""
    refinement_share: float = Field(default=0.075, ge=0, le=0.5)
    """The part of the available hours reserved for refinement. Usual is 0.05 to 0.10."""
    refinement_minutes: int = Field(default=60, ge=15, le=480)
    """The length of a refinement from which on it is said to be long."""
    buffer: Mapping[str, float] = Field(default_factory=dict)
    """What the buffer is for, with the share of the available hours of each; together 1 - focus. Top-down only."""
    refinement: Literal["inside", "outside"] = "inside"
    """inside: the refinement reserve is part of the buffer. outside: it is subtracted before the buffer."""
    history: int = Field(default=8, ge=1, le=26)
    """How many of the latest closed sprints the velocity is based on."""
    points_per_day: float | None = Field(default=None, gt=0)
    """Points per person-day, a guess for teams without closed sprints. Without it such teams have no points."""
    unit: Literal["auto", "points", "hours", "issues"] = "auto"
    """What work is counted in. auto: in issues where fewer than one in twenty finished issues has an estimate."""
    buffer_on_points: bool = False
    """Apply `focus` to points too. Velocity already contains the buffer, so `buffer_on_points_reason` is required."""
    buffer_on_points_reason: str = ""
    """Why the buffer is subtracted twice."""
    timezone: str = ""
    """Time zone of a sprint's first and last day, such as Europe/Berlin; "" uses the zone of the tracker's dates."""
    work: Mapping[str, Work] = Field(default_factory=_usual_work)
    """The kinds of work with their shares. The one kind without `kinds` and `labels` gets all other issues."""
    skills: Mapping[str, frozenset[str]] = Field(default_factory=dict)
    """The components and labels that need a skill: { ios = ["app", "ios"] }; without an entry, those of its name."""
    holidays: Mapping[str, HolidayChanges] = Field(default_factory=dict)
    """Changes to public holidays by country ("DE"), by country and region ("DE-BY"), or for everybody ("*")."""

    def in_unit(self, unit: Unit) -> Self:
        """The options for work in this unit: a guess in points says nothing about hours or issues."""
        return self if unit is Unit.POINTS else self.model_copy(update={"points_per_day": None})

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value or "UTC")
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"unknown time zone {value!r}; write it like Europe/Berlin") from error
        return value

    @field_validator("work")
    @classmethod
    def _whole(cls, value: Mapping[str, Work]) -> Mapping[str, Work]:
        total = sum(work.share for work in value.values())
        if value and abs(total - 1) > 1e-6:
            raise ValueError(f"the shares of the kinds of work add up to {total:.3g}; they must add up to 1")
        rest = [name for name, work in value.items() if not work.kinds and not work.labels]
        if value and len(rest) != 1:
            raise ValueError(f"exactly one kind of work must have neither kinds nor labels; here: {rest or 'none'}")
        return value

    @model_validator(mode="after")
    def _whole_buffer(self) -> Self:
        total = fsum(self.buffer.values())
        if self.buffer and self.hours_mode == "bottom-up":
            raise ValueError("buffer divides what the focus factor leaves; bottom-up hours have none: remove buffer")
        if self.buffer and (min(self.buffer.values()) < 0 or abs(total - (1 - self.focus)) > 1e-6):
            left = f"{1 - self.focus:.4g}, what focus {self.focus:g} leaves"
            raise ValueError(f"the shares of buffer add up to {total:.4g}; they must add up to {left}")
        return self

    @model_validator(mode="after")
    def _reasons(self) -> Self:
        if not FOCUS_LOW <= self.focus <= FOCUS_HIGH and not self.focus_reason.strip():
            raise ValueError(f"focus {self.focus:g} is outside 0.70 to 0.80: give a focus_reason, or change it")
        if self.hours_mode == "bottom-up" and "focus" in self.model_fields_set:
            raise ValueError(
                f"CAP-DOUBLE: bottom-up hours already subtract meetings and unplanned work; with focus {self.focus:g} "
                f"at most {100 * self.focus * (1 - self.unplanned_share):.0f} % would be left: "
                "remove focus, or use top-down"
            )
        if self.buffer_on_points and not self.buffer_on_points_reason.strip():
            raise ValueError(
                f"CAP-DOUBLE: velocity already contains the buffer; focus {self.focus:g} on top of it plans for "
                f"{100 * self.focus**2:.0f} % of the time: remove buffer_on_points, or give a buffer_on_points_reason"
            )
        return self
