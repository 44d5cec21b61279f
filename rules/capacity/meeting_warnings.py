"""What to know of a team's refinement and Sprint Planning before a sprint, where its calendar is read."""

from collections.abc import Iterator

from rules.capacity.days import day_text
from rules.capacity.inputs import CapacityInputs
from rules.capacity.meetings import AROUND_START, MIDDLE, Meetings, place_in
from rules.capacity.model import Level, Warning, WarningCode, percent  # noqa: A004 - the word of the domain
from rules.capacity.options import REFINEMENT_HIGH, REFINEMENT_LOW, CapacityOptions
from rules.wording import agreeing, many
from rules.workdays import Holidays, is_worked

PARTS = 2
"""Sprint Planning has a part for all teams and one in each team."""


def meeting_warnings(basis: CapacityInputs, options: CapacityOptions) -> Iterator[Warning]:
    """Warnings about both kinds of meetings; none where no calendar of meetings is configured."""
    if basis.team.meetings is None or not basis.team.people:
        return
    yield from _refinement(basis, options)
    if basis.team.has_sprints:
        yield from _planning(basis, options.holidays)


def _refinement(basis: CapacityInputs, options: CapacityOptions) -> Iterator[Warning]:
    if not basis.refinements.held:
        most = many(options.refinement_minutes, "minute")
        text = f"The calendar has no refinement of {basis.team.name} in {basis.name}. Enter one of at most {most}."
        yield Warning(WarningCode.REFINEMENT_TIME, Level.AMBER, text)
        return
    available, taken = basis.hours.available, basis.refinements.person_hours
    if not available * REFINEMENT_LOW - 1e-9 <= taken <= available * REFINEMENT_HIGH + 1e-9:
        yield Warning(WarningCode.REFINEMENT_TIME, Level.AMBER, refinement_text(basis))
    yield from _long(basis.refinements, options.refinement_minutes)
    yield from _middle(basis)


def _long(refinements: Meetings, most: int) -> Iterator[Warning]:
    """Long refinements: for information, as their length has no limit."""
    for one in refinements.held:
        if one.minutes > most:
            length = f"lasts {many(one.minutes, 'minute')}; {many(most, 'minute')} at most is meant"
            text = f"The refinement on {day_text(one.day)} {length}. Split it into several."
            yield Warning(WarningCode.REFINEMENT_TIME, Level.INFO, text)


def _middle(basis: CapacityInputs) -> Iterator[Warning]:
    """That all refinements are at the begin or the end of the sprint."""
    begins = [one.begin for one in basis.refinements.held]
    if not any(MIDDLE[0] <= place_in(basis.days.window, begin) <= MIDDLE[1] for begin in begins):
        days = ", ".join(dict.fromkeys(day_text(begin.date()) for begin in begins))
        text = f"No refinement of {basis.team.name} is in the middle of {basis.name}, only on {days}."
        yield Warning(WarningCode.REFINEMENT_TIME, Level.INFO, f"{text} Issues are then ready late, or wait long.")


def refinement_text(basis: CapacityInputs) -> str:
    """The hours of the refinements of a sprint, compared with the reserve, with every number that is used."""
    meetings, hours = basis.refinements, basis.hours
    share = f", {percent(meetings.person_hours / hours.available, 1)}" if hours.available else ""
    low, high = (round(hours.available * part, 1) for part in (REFINEMENT_LOW, REFINEMENT_HIGH))
    return (
        f"Refinement of {basis.team.name} in the calendar: {_each(meetings)}, together "
        f"{many(round(meetings.person_hours, 1), 'person-hour')}{share} of {round(hours.available, 1):g} h. "
        f"Reserved {agreeing(round(hours.refinement, 1), 'is', 'are')} {round(hours.refinement, 1):g} h; "
        f"usual is 5 to 10 %, {low:g} to {high:g} h."
    )


def _each(meetings: Meetings) -> str:
    """Each meeting with its length and its people: "10 March 60 min × 5 people"."""
    return "; ".join(
        f"{day_text(one.day)} {one.minutes} min × {many(one.participants, 'person', 'people')}" for one in meetings.held
    )


def planning_text(basis: CapacityInputs) -> str:
    """The length of Sprint Planning in the calendar, both parts together, and its time box."""
    meetings = basis.plannings
    return (
        f"Sprint Planning of {basis.team.name} in the calendar: {_each(meetings)}, together {meetings.hours:g} h of at "
        f"most {basis.hours.timebox:g} h."
    )


def _planning(basis: CapacityInputs, changes: Holidays) -> Iterator[Warning]:
    first = basis.days.window.first
    if not basis.plannings.held:
        between = f"from {day_text(first - AROUND_START)} to {day_text(first + AROUND_START)}"
        text = f"The calendar has no Sprint Planning of {basis.team.name} {between}. Enter it."
        yield Warning(WarningCode.PLANNING_TIME, Level.INFO, text)
        return
    if basis.plannings.hours > basis.hours.timebox + 1e-9:
        yield Warning(WarningCode.PLANNING_TIME, Level.AMBER, planning_text(basis))
    yield from _once(basis, changes)


def _once(basis: CapacityInputs, changes: Holidays) -> Iterator[Warning]:
    """That Sprint Planning is held more often than its two parts, or not on the first day that anybody works."""
    held, days = basis.plannings.held, basis.days.window.days
    if len(held) > PARTS:
        text = f"The calendar has {many(len(held), 'Sprint Planning')} of {basis.team.name}: {_each(basis.plannings)}."
        yield Warning(WarningCode.PLANNING_TIME, Level.INFO, f"{text} There are two parts at most.")
    first = next((day for day in days if is_worked(basis.team, day, changes)), None)
    if first is not None and all(one.day != first for one in held):
        when = ", ".join(dict.fromkeys(day_text(one.day) for one in held))
        text = f"Sprint Planning of {basis.team.name} is on {when}, not on {day_text(first)}, the first day of work."
        yield Warning(WarningCode.PLANNING_TIME, Level.INFO, text)
