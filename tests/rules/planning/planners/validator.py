"""Whether a plan keeps the rules, worked out from the problem alone: it shares no code with the planners."""

from collections.abc import Iterator

from rules.planning.planners.model import Item, Problem, Seats

CLOSE = 1e-6


def violations(problem: Problem, seats: Seats) -> list[str]:
    """A sentence for each rule that a plan breaks."""
    return [*_places(problem, seats), *_room(problem, seats), *_needs(problem, seats), *_would_fit(problem, seats)]


def shortfall(problem: Problem, seats: Seats) -> float:
    """What all kinds of work lack in all sprints, of what they should have there at least."""
    inside: dict[tuple[object, str], float] = {}
    for item in problem.items:
        if item.key in seats:
            where = (seats[item.key], item.kind)
            inside[where] = inside.get(where, 0.0) + item.size
    return sum(
        max(0.0, least - inside.get(((box.team, box.depth), kind), 0.0))
        for box in problem.boxes
        for kind, least in box.floors.items()
    )


def _places(problem: Problem, seats: Seats) -> Iterator[str]:
    known = {item.key for item in problem.items}
    yield from (f"{key} is not in the problem" for key in seats if key not in known)
    for item in problem.items:
        place = seats.get(item.key)
        if item.pin is not None and place != item.pin:
            yield f"{item.key} left its place {item.pin} for {place}"
        if item.pin is None and place is not None and place not in item.boxes:
            yield f"{item.key} may not go to {place}"


def _room(problem: Problem, seats: Seats) -> Iterator[str]:
    for box in problem.boxes:
        inside = [item for item in problem.items if seats.get(item.key) == box.name]
        chosen = [item for item in inside if item.pin is None and item.size > 0]
        if chosen and sum(item.size for item in inside) > box.room + CLOSE:
            yield f"{box.name} has room for {box.room} and gets {sum(item.size for item in inside)}"


def _needs(problem: Problem, seats: Seats) -> Iterator[str]:
    for item in problem.items:
        place = seats.get(item.key)
        if place is not None and item.pin is None and not _in_time(problem, seats, item, place):
            yield f"{item.key} in {place} comes before what it needs"


def _in_time(problem: Problem, seats: Seats, item: Item, place: tuple[str, int]) -> bool:
    days = {(box.team, box.depth): (box.first, box.last) for box in problem.boxes}
    for need in item.needs:
        where = seats.get(need)
        if where is None:
            return False
        ends, begins = days[where][1], days[place][0]
        if where[0] == place[0]:
            if where[1] > place[1]:
                return False
        elif ends is None or begins is None or ends >= begins:
            return False
    return True


def _would_fit(problem: Problem, seats: Seats) -> Iterator[str]:
    left = {(box.team, box.depth): box.room for box in problem.boxes}
    for item in problem.items:
        if item.key in seats:
            left[seats[item.key]] -= item.size
    for item in problem.items:
        for place in () if item.key in seats else item.boxes:
            if item.size <= left[place] - CLOSE and _in_time(problem, seats, item, place):
                yield f"{item.key} would fit into {place}"
