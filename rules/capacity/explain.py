"""The explanation of a team's capacity: sentences from days to points, with every number that is used."""

from collections.abc import Iterator
from math import fsum
from statistics import median

from rules.capacity.days import TeamDays, day_text
from rules.capacity.forecast import at_usual_presence, spread
from rules.capacity.hours import Hours
from rules.capacity.inputs import CapacityInputs
from rules.capacity.levels import HIGH, LOW, MEANT
from rules.capacity.meeting_warnings import planning_text, refinement_text
from rules.capacity.model import CapacitySplit, percent, week_range
from rules.capacity.options import FOCUS_HIGH, FOCUS_LOW, REFINEMENT_HIGH, REFINEMENT_LOW, CapacityOptions
from rules.capacity.points import middle_of
from rules.capacity.record import held, known
from rules.capacity.scales import scale_of
from rules.capacity.time_boxes import weeks_of
from rules.model import Unit
from rules.wording import agreeing, many


def explain(basis: CapacityInputs, options: CapacityOptions, split: CapacitySplit) -> tuple[str, ...]:
    """From the sprint's days over hours to points, in the order in which they are computed."""
    return (
        *_days(basis),
        *_weeks(basis),
        *_hours(basis.days, basis.hours, options),
        *(_planning(basis) if basis.days.people else ()),
        *([refinement_text(basis)] if basis.refinements.held else ()),
        *([planning_text(basis)] if basis.plannings.held else ()),
        *([basis.unit_why] if basis.unit_why else ()),
        *_points(basis, options),
        *_split(split, options),
        *_record(basis),
        *_committed(basis),
        *_carry_over(basis),
        *_load(basis),
    )


def _days(basis: CapacityInputs) -> Iterator[str]:
    days, window = basis.days, basis.days.window
    assumed = " (assumed)" if window.assumed else ""
    dates = f"{day_text(window.first)} to {day_text(window.last)}"
    yield f"{basis.name}: {dates}{assumed}, {many(window.weekdays, 'weekday')}."
    if not days.people:
        yield "No people are configured for the team, so there are no person-days and no hours."
        return
    away, free = fsum(p.away for p in days.people), fsum(p.holiday for p in days.people)
    new, helping = fsum(p.ramp_up for p in days.people), fsum(p.mentoring for p in days.people)
    less = [f"{away:g} of absences", f"{free:g} of holidays"]
    less += [f"{round(new, 4):g} of ramp-up and handover"] if new else []
    less += [f"{round(helping, 4):g} of mentoring"] if helping else []
    yield (
        f"{many(len(days.people), 'person', 'people')}: {many(days.gross, 'person-day')}, minus {', '.join(less[:-1])} "
        f"and {less[-1]}: {days.net:g} ({percent(days.availability)})."
    )
    absent = [f"{p.person.name} {p.away:g}" for p in days.people if p.away]
    if absent:
        yield f"Days absent: {', '.join(absent)}."
    holidays = sorted({day for person in days.people for day in person.free})
    if holidays:
        yield f"Holidays and team days off: {', '.join(map(day_text, holidays))}."


def _weeks(basis: CapacityInputs) -> Iterator[str]:
    """What a team without sprints finishes in a week, and what its sprints are."""
    if basis.team.has_sprints:
        return
    weeks = weeks_of(basis.team)
    yield f"{basis.team.name} works without sprints: weeks are counted{f', {weeks} in a period' if weeks > 1 else ''}."
    week = week_range(basis.weekly)
    if week is not None:
        done = ", ".join(f"{amount:g}" for amount in basis.weekly)
        yield (
            f"A week finishes {many(week.p50, basis.unit.one)}: 85 of 100 weeks reach {week.p15:g}, 15 of 100 reach "
            f"{week.p85:g} ({many(len(basis.weekly), 'week')}: {done})."
        )


def _hours(days: TeamDays, hours: Hours, options: CapacityOptions) -> Iterator[str]:
    if not days.people:
        return
    yield (
        f"Available: {many(days.net, 'day')} of {options.hours_per_day:g} h, {_h(hours.available)} h "
        f"({_h(hours.gross)} h without absences and holidays)."
    )
    if options.hours_mode == "top-down":
        yield (
            f"Plannable: {_h(hours.plannable)} h at focus factor {options.focus:g} ({_h(hours.low)} to {_h(hours.high)}"
            f" h at {FOCUS_LOW:.2f} to {FOCUS_HIGH:.2f}). The rest is the buffer."
        )
    else:
        yield (
            f"Plannable: {_h(hours.plannable)} h after meetings, refinement and {percent(options.unplanned_share)} for "
            f"unplanned work (the focus factor alone gives {_h(hours.other)} h)."
        )
    where = "part of the buffer" if options.refinement == "inside" else "subtracted before the buffer"
    yield (
        f"Refinement reserve: {_h(hours.refinement)} h, {percent(options.refinement_share, 1)} of the available hours, "
        f"{where}. Usual is 5 to 10 %: {_h(hours.available * REFINEMENT_LOW)} to "
        f"{_h(hours.available * REFINEMENT_HIGH)} h ({_h(hours.gross * REFINEMENT_LOW)} to "
        f"{_h(hours.gross * REFINEMENT_HIGH)} h of gross hours)."
    )
    if hours.buffer:
        parts = ", ".join(f"{name} {amount:g}" for name, amount in hours.buffer)
        yield f"Buffer: {_h(fsum(amount for _, amount in hours.buffer))} h, of them {parts}."


def _planning(basis: CapacityInputs) -> Iterator[str]:
    if basis.team.has_sprints:
        yield f"Sprint Planning: at most {basis.hours.timebox:g} h, both parts together."


def _committed(basis: CapacityInputs) -> Iterator[str]:
    """What the running sprint probably finishes, from its plan and from what is usual."""
    committed = basis.committed
    if committed is not None:
        expected, planned = committed.expected, many(round(committed.planned, 1), basis.unit.one)
        kept = f"{100 * committed.kept:.3g} %"
        yield (
            f'The running sprint "{committed.sprint.name}" began with {planned}; usually {kept} of a plan is finished. '
            f"Its person-days usually finish {round(committed.usual, 1):g}. The middle of both (geometric mean) is "
            f"{expected.p50:g}: 85 of 100 such sprints reach {expected.p15:g}, 15 of 100 reach {expected.p85:g}."
        )


def _carry_over(basis: CapacityInputs) -> Iterator[str]:
    load = basis.load
    if load.carry_over:
        yield (
            f"Carry-over: probably {load.carry_over:g} of {many(load.running, f'open {basis.unit.one}')} of the active "
            f"sprint, as usually {percent(load.spill)} of a sprint. They count as load."
        )


LISTED = 12
"""So many issues of a sprint are named in a sentence."""


def _load(basis: CapacityInputs) -> Iterator[str]:
    """What is in the sprint already, issue by issue."""
    load = basis.load
    if load.total:
        sizes = ", ".join(f"{key} {points:g}" for key, points in load.sized[:LISTED])
        more = f" and {len(load.sized) - LISTED} more" if len(load.sized) > LISTED else ""
        inside = f"{many(load.points, basis.unit.one)} in it{f' ({sizes}{more})' if sizes else ''}"
        yield f"Already planned: {inside} and {load.carry_over:g} carried over: {round(load.total, 1):g}."


def _h(hours: float) -> str:
    return f"{round(hours, 1):g}"


def _points(basis: CapacityInputs, options: CapacityOptions) -> Iterator[str]:
    velocity, points, box = basis.velocity, basis.points, basis.box
    if points is None:
        guess = ", and no points_per_day" if basis.unit is Unit.POINTS else ""
        yield f"{basis.unit.capitalize()} are unknown: no closed {box} with finished {basis.unit}{guess}."
        return
    yield from _scale(basis)
    yield from _source(basis, options)
    width = f" (spread {spread(velocity):.3f})" if velocity.used else ""
    reached = f"85 of 100 such {box}s reach {points.p15:g}, 15 of 100 reach {points.p85:g}{width}"
    guess = f"first {box}s end between {points.p15:g} and {points.p85:g}"
    yield f"{basis.name} takes {many(points.p50, basis.unit.one)}: {reached if velocity.used else guess}."
    for reason, number in sorted(velocity.skipped.items()):
        yield f"Skipped: {many(number, f'closed {box}')} {reason}."
    if velocity.used and not options.buffer_on_points:
        yield f"No buffer on {basis.unit}: velocity already contains meetings and interruptions."


def _split(split: CapacitySplit, options: CapacityOptions) -> Iterator[str]:
    """What is meant for each kind of work, in tenths that add up to the whole."""
    if len(split.shares) > 1:
        parts = ", ".join(
            f"{one.name} {one.amount:g} ({percent(options.work[one.name].share)})" for one in split.shares
        )
        yield f"By kind of work, of {split.total:g} {split.unit}: {parts}."


def _scale(basis: CapacityInputs) -> Iterator[str]:
    """What sizes that are names count."""
    if basis.named_sizes:
        counts = ", ".join(f"{name} {points:g}" for name, points in scale_of(basis.team).items())
        issues = many(sum(basis.named_sizes.values()), "issue")
        yield f"The sizes of {issues} count as points: {counts}."


RECALLED = 5
"""The latest forecasts that a sentence repeats."""


def _record(basis: CapacityInputs) -> Iterator[str]:
    """What was said before the team's last sprints, what came, and what the ranges follow from it."""
    mine = known(basis.forecasts, basis.team.name)
    if mine:
        recalled = "; ".join(
            f"{one.name} {one.expected.p50:g} ({one.expected.p15:g} to {one.expected.p85:g}), it was {one.came:g}"
            for one in mine[-RECALLED:]
        )
        low, high = held(mine)
        number = many(len(mine), basis.box)
        yield f"Said before the {basis.box}s: {recalled}."
        yield (
            f"Of {number}, {low} reached the low end ({percent(1 - LOW)} are meant), {high} the high end "
            f"({percent(1 - HIGH)} are meant)."
        )
    levels, counted = basis.velocity.levels, [one for one in known(basis.forecasts) if not one.is_guess]
    if levels != MEANT and basis.velocity.used:
        low, high = held(counted)
        yield (
            f"The ends of the range are at levels {levels.low:.3f} and {levels.high:.3f}, not {LOW:g} and {HIGH:g}: of "
            f"{many(len(counted), 'forecast')} for all teams, {len(counted) - low} ended below the low end and {high} "
            "reached the high end."
        )


def _source(basis: CapacityInputs, options: CapacityOptions) -> Iterator[str]:
    velocity = basis.velocity
    if not velocity.used:
        yield f"A guess: points_per_day {options.points_per_day:g} × {many(basis.days.net, 'person-day')}."
        return
    points = ", ".join(f"{d.points:g}" for d in velocity.used)
    number = len(velocity.used)
    box, usually = basis.box, middle_of(at_usual_presence(velocity.used, velocity.presence))
    sprints = f"The last closed {box}" if number == 1 else f"The last {many(number, f'closed {box}')}"
    rate, net = velocity.rate, basis.days.net
    per_day = f", {rate:.3g} per person-day. The next {box} has {many(net, 'person-day')}" if rate is not None else ""
    days = ", ".join(f"{d.net_days:g}" for d in velocity.used) if rate is not None else ""
    within = f" in {many(days, 'person-day')}" if days else ""
    finished = f"{sprints} finished {many(points, basis.unit.one)}{within}"
    yield f"{finished}: median {velocity.typical:g}, usually {usually:.3g}{per_day}."
    if rate is None:
        yield f"Person-days are unknown, so absences do not change the {basis.unit}."
    if velocity.presence != 1 and velocity.usual_days:
        yield (
            f"Absences count less than their share: (person-days ÷ {velocity.usual_days:g}) to the power of "
            f"{velocity.presence:g} forecasts these {box}s best."
        )
    planned = [(d.points, d.planned) for d in velocity.used if d.planned]
    if len(planned) == number:
        usual = median(done / points for done, points in planned)
        started = ", ".join(f"{points:g}" for _, points in planned)
        were = agreeing(number, "was", "were")
        planned_then = many(started, basis.unit.one)
        yield f"At their start {planned_then} {were} planned; usually {percent(usual)} of that was finished."
