"""Plannable hours of a team, from person-days: top-down or bottom-up, never both (docs/capacity.md).

Top-down multiplies the available hours by a focus factor (Kniberg, Scrum and XP from the Trenches), which already
covers meetings, reviews, refinement and interruptions. Bottom-up subtracts each of these by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

from rules.capacity.days import TeamDays, Window
from rules.capacity.options import FOCUS_HIGH, FOCUS_LOW, CapacityOptions
from rules.capacity.tenths import in_tenths


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours of a team in a sprint.

    `gross` is before, `available` after absences and holidays. `plannable` is what may be filled
    with tasks, `low` to `high` the usual range for it. `refinement` is the reserve, `timebox` the most that Sprint
    Planning takes, both parts together. `other` is the result of the mode that is not chosen, for comparison. `buffer`
    has the hours of the buffer by its categories, in tenths. With the plannable hours, and the reserve where that is
    outside, they add up to the available ones, each rounded to tenths; empty without categories.
    """

    gross: float
    available: float
    plannable: float
    low: float
    high: float
    refinement: float
    timebox: float
    other: float
    buffer: tuple[tuple[str, float], ...] = ()


def team_hours(days: TeamDays, options: CapacityOptions) -> Hours:
    """The hours of a team in a sprint, summed over its people; only `timebox` is clock time."""
    available = days.net * options.hours_per_day
    refinement = available * options.refinement_share
    base = available - (refinement if options.refinement == "outside" else 0.0)
    top_down, bottom_up = base * options.focus, _bottom_up(days, options)
    chosen_top = options.hours_mode == "top-down"
    return Hours(
        gross=round(days.gross * options.hours_per_day, 4),
        available=round(available, 4),
        plannable=round(top_down if chosen_top else bottom_up, 4),
        low=round(base * FOCUS_LOW, 4),
        high=round(base * FOCUS_HIGH, 4),
        refinement=round(refinement, 4),
        timebox=planning_timebox(days.window),
        other=round(bottom_up if chosen_top else top_down, 4),
        buffer=_buffer(_in_figures(available, refinement, top_down, options), options.buffer),
    )


def _in_figures(available: float, refinement: float, top_down: float, options: CapacityOptions) -> float:
    """The hours of the buffer, from the figures that people see: those are rounded, and add up with it."""
    reserve = round(refinement, 1) if options.refinement == "outside" else 0.0
    return round(available, 1) - reserve - round(top_down, 1)


def _buffer(hours: float, categories: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """The hours of the buffer by category."""
    parts = in_tenths(hours, categories)
    return tuple((name, parts[name]) for name in categories)


def planning_timebox(window: Window) -> float:
    """The most hours Sprint Planning takes: two per week of the sprint, eight for a month (Scrum Guide 2020)."""
    return min(8.0, 2.0 * window.weekdays / 5)


def meeting_hours(window: Window) -> float:
    """Hours one person spends in a sprint's meetings: 10 for two weeks.

    Per week 2 h planning, 1 h review and 45 min retrospective; per working day a daily of 15 min.
    """
    weeks = window.weekdays / 5
    return (2 + 1 + 0.75) * weeks + 0.25 * window.weekdays


def _bottom_up(days: TeamDays, options: CapacityOptions) -> float:
    """Available hours minus meetings, refinement and unplanned work.

    Meetings shrink with absences but not with the share or a ramp-up: a person at 60 % attends all of them.
    """
    present = fsum(person.here / person.gross for person in days.people if person.gross)
    available = days.net * options.hours_per_day
    left = available - present * meeting_hours(days.window) - available * options.refinement_share
    return max(0.0, left) * (1 - options.unplanned_share)
