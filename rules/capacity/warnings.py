"""What to know about a team's capacity before planning, with numbers and an action. One function per subject."""

from collections.abc import Iterator, Sequence
from math import fsum
from statistics import median

from rules.capacity.days import day_text
from rules.capacity.forecast import chance_of, shift_of
from rules.capacity.inputs import CapacityInputs
from rules.capacity.meeting_warnings import meeting_warnings
from rules.capacity.model import Level, Warning, WarningCode, percent, pressing_first  # noqa: A004 - the word of the domain
from rules.capacity.options import REFINEMENT_HIGH, REFINEMENT_LOW, CapacityOptions
from rules.capacity.person_load import PersonLoad
from rules.capacity.points import Delivered
from rules.capacity.scales import scale_of
from rules.capacity.shared_boards import shared_boards
from rules.model import Person, Unit
from rules.wording import agreeing, many
from rules.workdays import is_known

NOTABLE_LOSS = 0.10
"""Absences from this part of the person-days on are an amber warning; below it, information."""
FAR_TOO_MUCH = 1.9
"""From so many times the usual points on, a sprint is over-committed however wide its range is."""
IN_A_ROW = 2
"""A single sprint planned above what was usual is an exception; so many in a row are a habit."""
CLEARLY_MORE = 1.10
"""A plan above what is usual by less than this factor is within the noise of estimates."""
LEAST_BEFORE = 3
"""Where no forecast was kept, so many sprints before say what was usual."""
MONTH_WEEKDAYS = range(20, 24)
"""How many weekdays a month may have: `sprint_days` cannot be right for all of them."""
MODES_APART = 0.10
"""Relative difference of top-down and bottom-up hours from which on they are compared in a warning."""


def warnings_for(
    basis: CapacityInputs, everyone: Sequence[CapacityInputs], options: CapacityOptions
) -> tuple[Warning, ...]:
    """All warnings about one team, the most urgent first; `everyone` are all teams, this one included."""
    warnings = [
        *_sprint(basis),
        *_ends(basis, everyone),
        *_people(basis, everyone),
        *_absences(basis),
        *(_shared_board(basis, everyone) or _confidence(basis)),
        *_shift(basis),
        *_buffer_planned(basis),
        *_scales(basis),
        *_load(basis),
        *_hours(basis, options),
        *meeting_warnings(basis, options),
    ]
    return pressing_first(warnings)


def _sprint(basis: CapacityInputs) -> Iterator[Warning]:
    window, days = basis.days.window, basis.days.window.weekdays
    if basis.sprint is None:
        yield Warning(
            WarningCode.NO_SPRINT,
            Level.AMBER,
            f"Board {basis.team.board} of {basis.team.name} has no future sprint. Create it. "
            f"Assumed until then: {many(days, 'weekday')} from {day_text(window.first)}.",
        )
    elif window.assumed:
        yield Warning(
            WarningCode.SPRINT_DATES,
            Level.INFO,
            f"{basis.name} has no usable dates. Assumed: {day_text(window.first)} to {day_text(window.last)} "
            f"({many(days, 'weekday')}).",
        )
    if basis.parked:
        names = ", ".join(f'"{sprint.name}"' for sprint in basis.parked)
        which = agreeing(len(basis.parked), "is", "are")
        yield Warning(
            WarningCode.SKIPPED_SPRINT,
            Level.INFO,
            f"{names} {which} not planned: no dates, and older than the active sprint of {basis.team.name}.",
        )
    is_month = basis.cadence.month_day and basis.team.sprint_days in MONTH_WEEKDAYS
    if basis.cadence.weekdays != basis.team.sprint_days and not is_month:
        yield Warning(
            WarningCode.SPRINT_DAYS,
            Level.INFO,
            f"The sprints of {basis.team.name} have {many(basis.cadence.weekdays, 'working day')}, sprint_days "
            f"says {basis.team.sprint_days}: {basis.cadence.weekdays} is used. Correct sprint_days.",
        )
    if not 5 <= days <= 23 or (window.last - window.first).days > 31:
        yield Warning(
            WarningCode.SPRINT_LENGTH,
            Level.AMBER,
            f"{basis.name} has {many(days, 'weekday')}. A sprint lasts one to four weeks (5 to 23 weekdays).",
        )


def _ends(basis: CapacityInputs, everyone: Sequence[CapacityInputs]) -> Iterator[Warning]:
    planned = [other for other in everyone if other.team.has_sprints and not other.days.window.assumed]
    dated = [other for other in planned if other.sprint is not None]
    if basis not in dated or len({other.days.window.last for other in dated}) < 2:
        return
    ends = ", ".join(f"{other.team.name} {day_text(other.days.window.last)}" for other in dated)
    yield Warning(WarningCode.SPRINT_ENDS, Level.AMBER, f"The teams' next sprints end on different days: {ends}.")


def _people(basis: CapacityInputs, everyone: Sequence[CapacityInputs]) -> Iterator[Warning]:
    if not basis.team.people:
        yield Warning(
            WarningCode.NO_PEOPLE,
            Level.INFO,
            f"{basis.team.name} has no people configured: no person-days, and absences cannot change its {basis.unit}. "
            "List them in [[teams]] people.",
        )
    for person in basis.team.people:
        parts = _fullest(person, basis, everyone)
        total = fsum(share for _, share in parts)
        if total > 1 + 1e-9:
            where = ", ".join(f"{name} {percent(share)}" for name, share in parts)
            yield Warning(WarningCode.PERSON_OVER, Level.RED, f"{person.name} is allocated {percent(total)}: {where}.")
        if not is_known(person.country, person.region):
            yield Warning(WarningCode.HOLIDAYS_UNKNOWN, Level.AMBER, _unknown_place(person))


def _fullest(
    person: Person, basis: CapacityInputs, everyone: Sequence[CapacityInputs]
) -> tuple[tuple[str, float], ...]:
    """The shares of a person by team on the day of the sprint on which they are most, the first of equals."""
    mine = [(other.team.name, p) for other in everyone for p in other.team.people if person.is_same_as(p)]
    days = [tuple((name, p.share) for name, p in mine if p.works_on(day)) for day in basis.days.window.days]
    return max(days, key=lambda parts: round(fsum(share for _, share in parts), 9))


def _unknown_place(person: Person) -> str:
    place = f"{person.country}-{person.region}" if person.region else person.country
    return (
        f"Public holidays of {place!r} ({person.name}) are unknown; none are subtracted. Use ISO codes like DE and BY."
    )


def _absences(basis: CapacityInputs) -> Iterator[Warning]:
    days = basis.days
    lost = 1 - days.availability
    if lost <= 1e-9:
        return
    of = f"{days.net:g} of {many(days.gross, 'person-day')}"
    text = f"{basis.team.name} has {of} in {basis.name} ({100 * lost:.3g} % less)"
    if basis.exact_points is not None and basis.full_points is not None and basis.scales and days.net:
        now, full = round(basis.exact_points, 1), round(basis.full_points, 1)
        text += f": {many(now, basis.unit.one)} instead of {full:g} ({round(full - now, 1):g} less)"
    yield Warning(WarningCode.AVAILABILITY, Level.AMBER if lost >= NOTABLE_LOSS else Level.INFO, f"{text}.")


def _shared_board(basis: CapacityInputs, everyone: Sequence[CapacityInputs]) -> tuple[Warning, ...]:
    """Why a team has neither velocity nor load on a board of several; it takes the place of a missing velocity."""
    return tuple(
        Warning(WarningCode.SHARED_BOARD, Level.AMBER, f"Board {one.board} {one.fact}. Name `takes` in [[teams]].")
        for one in shared_boards([other.team for other in everyone])
        if basis.team.name in one.silent
    )


def _confidence(basis: CapacityInputs) -> Iterator[Warning]:
    number = len(basis.velocity.used)
    if basis.points is None:
        yield Warning(
            WarningCode.NO_VELOCITY,
            Level.AMBER,
            f"{basis.team.name} has no closed {basis.box} with finished {basis.unit}, so its {basis.unit} are unknown."
            + (" Set points_per_day for a guess." if basis.unit is Unit.POINTS else ""),
        )
    elif number < 3:
        source = f"is based on {many(number, f'closed {basis.box}')}" if number else "is a guess"
        yield Warning(
            WarningCode.LOW_CONFIDENCE,
            Level.INFO,
            f"The forecast of {basis.team.name} {source}. Plan nearer {basis.points.p15:g} "
            f"than {many(basis.points.p50, basis.unit.one)}.",
        )


def _scales(basis: CapacityInputs) -> Iterator[Warning]:
    if len(basis.ways) > 1:
        kinds = ", ".join(f"{many(number, 'issue')} in {way}" for way, number in basis.ways)
        yield Warning(
            WarningCode.MIXED_SCALES,
            Level.AMBER,
            f"The estimates of {basis.team.name} are of several kinds: {kinds}. Choose one: such sizes do not add up.",
        )
    unknown = {name: number for name, number in basis.named_sizes.items() if name.upper() not in scale_of(basis.team)}
    if unknown:
        names = ", ".join(f"{name} ({many(number, 'issue')})" for name, number in sorted(unknown.items()))
        yield Warning(
            WarningCode.MIXED_SCALES,
            Level.AMBER,
            f"Sizes of {basis.team.name} that are not on its scale: {names}. Add them to [[teams]] scale.",
        )


def _shift(basis: CapacityInputs) -> Iterator[Warning]:
    shift = shift_of(basis.velocity)
    if shift is None:
        return
    change = "less" if shift.recent < shift.before else "more"
    now, before = f"{round(shift.recent, 1):g}", f"{round(shift.before, 1):g}"
    yield Warning(
        WarningCode.PACE_SHIFT,
        Level.INFO,
        f"{basis.team.name} finishes {change} than before: {now} in the last three {basis.box}s, {before} before that "
        f"(medians at usual presence). The forecast counts all {many(len(basis.velocity.used), basis.box)}. "
        "Look at what changed.",
    )


def _buffer_planned(basis: CapacityInputs) -> Iterator[Warning]:
    """BUFFER-PLANNED where each of the latest sprints began with clearly more than the team usually finished."""
    used = basis.velocity.used
    latest = [(used[at], _usual_before(basis, at)) for at in range(len(used))][-IN_A_ROW:]
    over = [
        f"{round(one.planned, 1):g} where {round(usual, 1):g} {agreeing(usual, 'was', 'were')} usual"
        for one, usual in latest
        if one.planned is not None and usual is not None and one.planned > CLEARLY_MORE * usual
    ]
    if len(over) == IN_A_ROW:
        yield Warning(
            WarningCode.BUFFER_PLANNED,
            Level.AMBER,
            f"{basis.team.name} began its last two {basis.box}s with more {basis.unit} than it usually finishes: "
            f"{', then '.join(over)}. That leaves no buffer for the unexpected. Plan at most what is usual.",
        )


def _usual_before(basis: CapacityInputs, at: int) -> float | None:
    """What was usual before a closed sprint: its forecast, else the median of the sprints before it."""
    used: Sequence[Delivered] = basis.velocity.used
    for one in basis.forecasts:
        if one.sprint == used[at].sprint.id and one.team == basis.team.name and one.unit is basis.unit:
            return None if one.is_guess else one.expected.p50
    return median(done.points for done in used[:at]) if at >= LEAST_BEFORE else None


def _load(basis: CapacityInputs) -> Iterator[Warning]:
    load, points = basis.load, basis.points
    if load.unestimated:
        some = ", ".join(load.unestimated[:5])
        number = len(load.unestimated)
        yield Warning(
            WarningCode.LOAD_UNKNOWN,
            Level.AMBER,
            f"{many(number, 'issue')} in {basis.name} without an estimate ({some}), so the load is above "
            f"{many(load.total, basis.unit.one)}. Estimate {agreeing(number, 'it', 'them')}.",
        )
    if points is None or load.total <= points.p50:
        return
    part = f" ({percent(load.total / points.p50)})" if points.p50 else ""
    carried = f", {load.carry_over:g} of them probably carried over" if load.carry_over else ""
    held = f"{basis.name} holds {many(load.total, basis.unit.one)}{carried}"
    text = f"{held}, {basis.team.name} usually finishes {points.p50:g}{part}"
    if not points.p85:
        action = f"Move about {many(max(1, round(load.total)), basis.unit.one)} out."
        yield Warning(WarningCode.OVER_COMMITTED, Level.RED, f"{held}, and nobody of {basis.team.name} works. {action}")
    elif load.total > points.p85 or load.total >= FAR_TOO_MUCH * points.p50:
        out = max(1, round(load.total - points.p50))
        action = f"15 of 100 {basis.box}s reach {points.p85:g}. Move about {many(out, basis.unit.one)} out."
        yield Warning(WarningCode.OVER_COMMITTED, Level.RED, f"{text}. {action}")
    else:
        chance = percent(chance_of(load.total, points))
        yield Warning(WarningCode.STRETCH, Level.AMBER, f"{text}; ambitious: about {chance} likely to finish.")


def personal_warnings(people: Sequence[PersonLoad], sprint: str, unit: Unit) -> Iterator[Warning]:
    """Who has clearly more than the own part, in points and in hours; `sprint` is its name for a sentence."""
    for one in people:
        if one.is_over:
            part = one.part or 0.0
            share = f"{percent(one.assigned / part)} of" if part else "more than"
            yield Warning(
                WarningCode.PERSON_LOAD,
                Level.AMBER,
                f"{many(one.assigned, unit.one)} in {sprint} {agreeing(one.assigned, 'is', 'are')} assigned to "
                f"{one.name}, {share} the {part:.1f} that match {one.days:g} of {many(one.team_days, 'person-day')}.",
            )
        if one.lacks_hours:
            yield Warning(
                WarningCode.PERSON_LOAD,
                Level.AMBER,
                f"{many(round(one.hours or 0.0, 1), 'hour')} in {sprint} {agreeing(one.hours or 0.0, 'is', 'are')} "
                f"assigned to {one.name}, who can plan {round(one.plannable, 1):g} in {many(one.days, 'day')}.",
            )


def _hours(basis: CapacityInputs, options: CapacityOptions) -> Iterator[Warning]:
    if not REFINEMENT_LOW <= options.refinement_share <= REFINEMENT_HIGH:
        yield Warning(
            WarningCode.REFINEMENT_SHARE,
            Level.AMBER,
            f"The refinement reserve is {percent(options.refinement_share, 1)} of the available hours. "
            "Usual is 5 to 10 %.",
        )
    if options.focus_reason and options.hours_mode == "top-down":
        yield Warning(
            WarningCode.FOCUS, Level.INFO, f"The focus factor is {options.focus:g}. Reason: {options.focus_reason}"
        )
    if options.buffer_on_points:
        yield Warning(
            WarningCode.CAP_DOUBLE,
            Level.RED,
            f"Focus factor {options.focus:g} is applied to velocity, which already contains it: "
            f"{percent(options.focus**2)} of the time is planned. Reason: {options.buffer_on_points_reason}",
        )
    hours = basis.hours
    if hours.plannable and abs(hours.other - hours.plannable) > MODES_APART * hours.plannable:
        other = "bottom-up" if options.hours_mode == "top-down" else "top-down"
        yield Warning(
            WarningCode.HOURS_APART,
            Level.INFO,
            f"Cross-check: {other} gives {round(hours.other, 1):g} h, not {round(hours.plannable, 1):g} h. "
            "Check focus factor, meetings, unplanned share.",
        )
