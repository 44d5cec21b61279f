"""Why an issue is in a later sprint, and why one of the higher-ranked ones is in none.

The reasons use only the plan and the data, not how the plan was computed. So they are right for any planner.
"""

from collections.abc import Iterator, Mapping, Sequence

from rules.backlog.index import Backlog
from rules.capacity.days import day_text
from rules.model import Issue
from rules.planning.model import LeftOut, LeftOutCode, as_is
from rules.planning.planners.filling import Filling
from rules.planning.planners.model import EPSILON, Box, BoxName, Item
from rules.planning.slots import Slot, sprint_of, was_refused
from rules.wording import number

AS_BEFORE = "as planned before"
"""The reason of what stays in its place; people need none for that."""


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
        return AS_BEFORE
    has_choice = len({one for one, _ in item.boxes}) > 1
    return f"{team} works on {item.epic}" if has_choice and _works_on(team, item, filling) else ""


def _works_on(team: str, item: Item, filling: Filling) -> bool:
    """Whether a team works on the epic of an item, without that item."""
    if (item.epic, team) in filling.problem.engaged:
        return True
    mates = (one.key for one in filling.problem.items if item.epic and one.epic == item.epic and one.key != item.key)
    return any(key in filling.placed and filling.placed[key].box.team == team for key in mates)


def left_out(filling: Filling, slots: Mapping[BoxName, Slot], backlog: Backlog) -> Iterator[LeftOut]:
    """The issues that are in no sprint though one ranked below them is, each with the first reason that applies."""
    items = filling.problem.items
    last = max((place for place, item in enumerate(items) if item.key in filling.placed), default=-1)
    for item in items[: last + 1]:
        if item.key not in filling.placed:
            issue = backlog.snapshot.by_key[item.key]
            code, why = _nowhere(item, issue, slots, backlog) or _reason(item, filling, slots, backlog.boxes.box)
            yield LeftOut(issue=issue, code=code, say=as_is(why))


_Reason = tuple[LeftOutCode, str]


def _nowhere(item: Item, issue: Issue, slots: Mapping[BoxName, Slot], backlog: Backlog) -> _Reason | None:
    """Why an issue may go to none of the sprints, whatever else is planned; `None` where it may go to one."""
    if item.boxes:
        return None
    if cycle := backlog.cycles.get(item.key):
        way = " → ".join((*cycle, cycle[0]))
        return LeftOutCode.BLOCKED, f"Circular dependency: {way}. Remove or reverse one link."
    teams = {team.name for team in backlog.teams[item.key]}
    later = [slot for slot in slots.values() if slot.depth and slot.team in teams]
    if not teams:
        return LeftOutCode.NO_TEAM, "No team takes it."
    if not later:
        return LeftOutCode.NO_CAPACITY, f"What {' and '.join(sorted(teams))} will finish is not known."
    if all(was_refused(issue, slot) for slot in later):
        return LeftOutCode.TAKEN_OUT, f"A person took it out of each of these {backlog.boxes.box}s."
    planned = [one.key for one in backlog.blockers_of(item.key) if sprint_of(one.key, backlog.snapshot) is not None]
    return LeftOutCode.DEP_TIMING, f"Depends on {', '.join(planned)}, planned too late for these {backlog.boxes.box}s."


def _reason(item: Item, filling: Filling, slots: Mapping[BoxName, Slot], name_of_box: str) -> _Reason:
    missing = [need for need in item.needs if need not in filling.placed]
    if missing:
        return LeftOutCode.BLOCKED, f"Depends on {', '.join(missing)}, not planned in these {name_of_box}s."
    boxes = [filling.problem.box[name] for name in item.boxes]
    if item.size > _largest(boxes).limit + EPSILON:
        return _too_big(item, _largest(boxes), f"the largest of these {name_of_box}s takes", slots)
    in_time = [box for box in boxes if all(filling.is_in_time(need, box) for need in item.needs)]
    if not in_time:
        late = [need for need in item.needs if not all(filling.is_in_time(need, box) for box in boxes)]
        return LeftOutCode.DEP_TIMING, f"Depends on {', '.join(late)}, planned too late for these {name_of_box}s."
    if item.size > _largest(in_time).limit + EPSILON:
        return _too_big(item, _largest(in_time), f"the largest {name_of_box} after its blockers takes", slots)
    for box in in_time:
        if displaced := _displaced(item, box, filling):
            name = label(slots[box.name])
            return LeftOutCode.CAPACITY_SWAP, f"It would displace {' and '.join(displaced)} in {name}."
    left = max(filling.left(box.name) for box in in_time)
    return LeftOutCode.CAPACITY_HIGHER, f"Does not fit: needs {number(item.size)}, at most {number(left)} left."


def _largest(boxes: Sequence[Box]) -> Box:
    return max(boxes, key=lambda box: (box.limit, box.name))


def _too_big(item: Item, largest: Box, takes: str, slots: Mapping[BoxName, Slot]) -> _Reason:
    most = f"{takes} {number(largest.limit)} ({label(slots[largest.name])})"
    return LeftOutCode.TOO_BIG, f"Too big: {number(item.size)}; {most}."


def _displaced(item: Item, box: Box, filling: Filling) -> tuple[str, ...]:
    """The items ranked lower that would have to leave a box, the lowest first and none that need not.

    An item that another planned one needs, or this one, does not leave. There are none where all of them together are
    not enough.
    """
    items = filling.problem.items
    needed = {need for one in (item, *(filling.problem.item[key] for key in filling.placed)) for need in one.needs}
    lower = [
        one
        for one in reversed(items[items.index(item) + 1 :])
        if one.pin is None
        and one.key not in needed
        and one.key in filling.placed
        and filling.placed[one.key].box == box.name
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
