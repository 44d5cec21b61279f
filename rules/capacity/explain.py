"""The sentences that lead from days to points, with every number that was used."""

from collections.abc import Iterator

from rules.capacity.days import TeamDays
from rules.capacity.hours import Hours
from rules.capacity.inputs import CapacityInputs
from rules.capacity.options import FOCUS_HIGH, FOCUS_LOW, REFINEMENT_HIGH, REFINEMENT_LOW, CapacityOptions
from rules.capacity.points import Velocity


def explain(basis: CapacityInputs, options: CapacityOptions) -> tuple[str, ...]:
    """From the sprint's days over hours to points, in the order in which they were computed."""
    return (
        *_days(basis),
        *_hours(basis.days, basis.hours, options),
        *_points(basis, options),
        *_carry_over(basis),
    )


def _days(basis: CapacityInputs) -> Iterator[str]:
    days, window = basis.days, basis.days.window
    told = "is taken to run" if window.assumed else "runs"
    yield f"{basis.name} {told} from {window.first} to {window.last}: {window.weekdays} weekdays."
    if not days.people:
        yield "Nobody is configured for the team, so there are no person-days and no hours."
        return
    away, free = sum(p.away for p in days.people), sum(p.holiday for p in days.people)
    yield (
        f"{len(days.people)} people give {days.gross:g} person-days; absences take {away:g} and holidays {free:g}: "
        f"{days.net:g} remain ({days.availability:.0%})."
    )
    absent = [f"{p.person.name} {p.away:g}" for p in days.people if p.away]
    if absent:
        yield f"Away, in days: {', '.join(absent)}."
    dates = sorted({day for person in days.people for day in person.free})
    if dates:
        yield f"Holidays and team days off used: {', '.join(str(day) for day in dates)}."


def _hours(days: TeamDays, hours: Hours, options: CapacityOptions) -> Iterator[str]:
    if not days.people:
        return
    yield (
        f"{days.net:g} days of {options.hours_per_day:g} h are {_h(hours.available)} h available, "
        f"of {_h(hours.gross)} h if everybody were there."
    )
    if options.hours_mode == "top-down":
        yield (
            f"{_h(hours.plannable)} h of them can be planned at focus {options.focus:g}; at {FOCUS_LOW:.2f} to "
            f"{FOCUS_HIGH:.2f} it is {_h(hours.low)} to {_h(hours.high)} h. The rest is the buffer."
        )
    else:
        yield (
            f"{_h(hours.plannable)} h of them can be planned once meetings, refinement and "
            f"{options.unplanned_share:.0%} for the unplanned are off; focus alone gives {_h(hours.other)} h."
        )
    where = "inside the buffer" if options.refinement == "inside" else "taken off before the buffer"
    yield (
        f"Refinement keeps {_h(hours.refinement)} h, {options.refinement_share:.1%} of the available hours, {where}; "
        f"5-10% is {_h(hours.available * REFINEMENT_LOW)}-{_h(hours.available * REFINEMENT_HIGH)} h of available, "
        f"{_h(hours.gross * REFINEMENT_LOW)}-{_h(hours.gross * REFINEMENT_HIGH)} h of gross hours."
    )
    yield f"Sprint Planning takes at most {hours.timebox:g} h, both parts together."


def _carry_over(basis: CapacityInputs) -> Iterator[str]:
    load = basis.load
    if load.carry_over:
        yield (
            f"{load.carry_over:g} of the {load.running:g} open points of the running sprint will probably be carried "
            f"over, as {load.spill:.0%} of a sprint usually are. They count as load."
        )


def _h(hours: float) -> str:
    """Hours to a tenth; nobody plans finer."""
    return f"{round(hours, 1):g}"


def _points(basis: CapacityInputs, options: CapacityOptions) -> Iterator[str]:
    velocity, points = basis.velocity, basis.points
    if points is None:
        yield "No closed sprint with finished points and no points_per_day: no points can be told."
        return
    yield from _source(basis, options)
    reached = f"{points.p15:g} are reached in 85 of 100 such sprints, {points.p85:g} in 15 of 100"
    guess = f"first sprints end anywhere from {points.p15:g} to {points.p85:g}"
    yield f"{basis.name} takes {points.p50:g} points: {reached if velocity.used else guess}."
    for reason, number in sorted(velocity.skipped.items()):
        yield f"Passed over: {number} closed {'sprint' if number == 1 else 'sprints'} {reason}."
    if velocity.used and not options.buffer_on_points:
        yield "No buffer is taken off points: velocity already contains meetings and interruptions."


def _source(basis: CapacityInputs, options: CapacityOptions) -> Iterator[str]:
    velocity = basis.velocity
    if not velocity.used:
        yield f"A guess: points_per_day {options.points_per_day:g} times {basis.days.net:g} person-days."
        return
    rate, net = velocity.rate, basis.days.net
    per_day = f", {rate:.3g} a person-day; {net:g} days are to come" if rate is not None else ""
    yield f"{_finished(velocity)} points, median {velocity.typical:g}{per_day}."
    if rate is None:
        yield "Person-days are not known, so absences do not change the points."


def _finished(velocity: Velocity) -> str:
    points = ", ".join(f"{d.points:g}" for d in velocity.used)
    number = len(velocity.used)
    which = "The last closed sprint" if number == 1 else f"The last {number} closed sprints"
    return f"{which} finished {points}"
