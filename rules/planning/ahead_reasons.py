"""Why an issue is in a later sprint, and why one of the higher-ranked ones is in none.

The reasons use only the plan and the data, not how the plan was computed. So they are right for any planner.
"""

from collections.abc import Iterator, Mapping

from rules.capacity.days import day_text
from rules.model import Issue
from rules.planning.model import LeftOut, LeftOutCode
from rules.planning.planners.filling import Filling
from rules.planning.planners.model import EPSILON, Box, BoxName, Item
from rules.planning.slots import Slot
from rules.wording import number


def label(slot: Slot) -> str:
    """The sprint's name; for one that is not on the board yet, its first day."""
    if slot.sprint is not None:
        return slot.sprint.name
    return f"sprint from {day_text(slot.first)}" if slot.first is not None else "a later sprint"


def when_and_where(filling: Filling, key: str) -> str:
    """One short reason for the place of an issue, "" where only rank and room decided it."""
    item, (team, _) = filling.problem.item[key], filling.seats[key]
    if item.needs:
        return f"after {', '.join(item.needs)}"
    if item.prior == filling.seats[key]:
        return "as planned before"
    has_choice = len({one for one, _ in item.boxes}) > 1
    return f"{team} works on {item.epic}" if has_choice and _works_on(team, item, filling) else ""


def _works_on(team: str, item: Item, filling: Filling) -> bool:
    """Whether a team works on the epic of an item, without that item."""
    if (item.epic, team) in filling.problem.engaged:
        return True
    mates = (one.key for one in filling.problem.items if item.epic and one.epic == item.epic and one.key != item.key)
    return any(key in filling.placed and filling.placed[key].box[0] == team for key in mates)


def left_out(filling: Filling, slots: Mapping[BoxName, Slot], issues: Mapping[str, Issue]) -> Iterator[LeftOut]:
    """The issues that are in no sprint though one ranked below them is, each with the first reason that applies."""
    items = filling.problem.items
    last = max((place for place, item in enumerate(items) if item.key in filling.placed), default=-1)
    for item in items[: last + 1]:
        if item.key not in filling.placed:
            code, why = _reason(item, filling, slots)
            yield LeftOut(issue=issues[item.key], code=code, why=why)


def _reason(item: Item, filling: Filling, slots: Mapping[BoxName, Slot]) -> tuple[LeftOutCode, str]:
    missing = [need for need in item.needs if need not in filling.placed]
    if missing:
        return LeftOutCode.BLOCKED, f"Depends on {', '.join(missing)}, not planned in these sprints."
    boxes = [filling.problem.box[name] for name in item.boxes]
    in_time = [box for box in boxes if all(filling.is_in_time(need, box) for need in item.needs)]
    if not in_time:
        late = f"Depends on {', '.join(item.needs)}, planned too late" if item.needs else "Its blockers come too late"
        return LeftOutCode.DEP_TIMING, f"{late} for these sprints."
    largest = max(in_time, key=lambda box: (box.limit, box.name))
    if item.size > largest.limit + EPSILON:
        takes = f"the largest of these sprints takes {number(largest.limit)} ({label(slots[largest.name])})"
        return LeftOutCode.TOO_BIG, f"Too big: {number(item.size)}; {takes}."
    for box in in_time:
        if displaced := _displaced(item, box, filling):
            name = label(slots[box.name])
            return LeftOutCode.CAPACITY_SWAP, f"It would displace {' and '.join(displaced)} in {name}."
    left = max(max(0.0, filling.left(box.name)) for box in in_time)
    return LeftOutCode.CAPACITY_HIGHER, f"Does not fit: needs {number(item.size)}, at most {number(left)} left."


def _displaced(item: Item, box: Box, filling: Filling) -> tuple[str, ...]:
    """The items ranked lower that would have to leave a box, the lowest first and none that need not.

    There are none where all of them together are not enough.
    """
    items = filling.problem.items
    lower = [
        one
        for one in reversed(items[items.index(item) + 1 :])
        if one.pin is None and one.key in filling.placed and filling.placed[one.key].box == box.name
    ]
    room, leaving = filling.left(box.name), list[Item]()
    for one in lower:
        if item.size <= room + EPSILON:
            break
        room += one.size
        leaving.append(one)
    if item.size > room + EPSILON:
        return ()
    for one in tuple(leaving):
        if item.size <= room - one.size + EPSILON:
            room -= one.size
            leaving.remove(one)
    return tuple(one.key for one in leaving)
