"""A problem of planning as an integer program: what a solver maximises, and how its answer is a plan again.

The model is that of Golfarelli, Rizzi and Turricchia (Journal of Systems and Software 86, 2013) for several teams: an
item in a box is a column of 0 or 1. docs/planning.md has the rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rules.planning.planners.model import Box, BoxName, Item, Problem
from rules.planning.planners.score import (
    EPIC_TEAM,
    FURTHER_CHANGE,
    HAND_OFF,
    SPRINT_CHANGE,
    TEAM_CHANGE,
    gain,
    shortfall_penalty,
)

Terms = Iterable[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Row:
    """The sum of `factors` times the `columns` is at most `limit`."""

    columns: tuple[int, ...]
    factors: tuple[float, ...]
    limit: float


@dataclass(slots=True)
class Program:
    """What is to be maximised: `gains` times the columns, plus `constant`.

    A column is between 0 and its `upper` end; the first `whole` of them are whole numbers.
    """

    gains: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    whole: int = 0
    constant: float = 0.0

    def column(self, gained: float, upper: float = 1.0) -> int:
        """A new column."""
        self.gains.append(gained)
        self.upper.append(upper)
        return len(self.gains) - 1

    def row(self, terms: Terms, limit: float) -> None:
        """A new row; without terms there is nothing to keep."""
        pairs = tuple(terms)
        if pairs:
            self.rows.append(Row(tuple(one for one, _ in pairs), tuple(factor for _, factor in pairs), limit))


@dataclass(frozen=True, slots=True)
class Effort:
    """When a solver stops: at this gap between its plan and its bound, or after so many nodes; never by the clock."""

    gap: float
    nodes: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The values of the columns, and what no plan can exceed."""

    columns: Sequence[float]
    bound: float


Solve = Callable[[Program, Effort], Answer | None]
"""Solves a program; `None` where it found no plan."""


class Model:
    """A problem with its program: a column for each item and box, more columns for what is subtracted."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.program = Program()
        self._penalty = problem.penalty
        self._pinned: defaultdict[BoxName, list[Item]] = defaultdict(list)
        for item in problem.items:
            if item.pin is not None:
                self._pinned[item.pin].append(item)
        self._columns: dict[str, dict[BoxName, int]] = {
            item.key: {box: self.program.column(self._gain(item, box)) for box in self._open(item)}
            for item in problem.items
            if item.pin is None
        }
        self.program.whole = len(self.program.gains)
        self.program.constant = sum(map(self._certain, problem.items))
        for item in problem.items:
            self._once(item)
            self._needs(item)
            self._hand_offs(item)
        for box in problem.boxes:
            self._room(box)
            self._floors(box)
        self._epics()
        self._further_changes()

    def plan(self, answer: Answer) -> dict[str, BoxName]:
        """The plan that an answer means, with what is pinned."""
        chosen = {
            key: box
            for key, columns in self._columns.items()
            for box, column in columns.items()
            if answer.columns[column] > 0.5
        }
        return chosen | {item.key: item.pin for item in self.problem.items if item.pin is not None}

    # Columns

    def columns(self, key: str) -> dict[BoxName, int]:
        """The column of an item in each box that it may go to; none for a pinned one."""
        return self._columns.get(key, {})

    def _open(self, item: Item) -> Iterator[BoxName]:
        """The boxes that are large enough for an item, and in time for what it needs and is pinned."""
        if not all(key in self.problem.item for key in item.needs):
            return
        pins = [need.pin for need in (self.problem.item[key] for key in item.needs) if need.pin is not None]
        for name in item.boxes:
            box = self.problem.box[name]
            if item.size <= self._free(box) and all(self._is_in_time(pin, box) for pin in pins):
                yield name

    def _free(self, box: Box) -> float:
        return max(0.0, box.room - sum(item.size for item in self._pinned[box.name]))

    def _is_in_time(self, earlier: BoxName, box: Box) -> bool:
        return self.problem.box[earlier].is_in_time_for(box)

    def _gain(self, item: Item, box: BoxName) -> float:
        """What an item in a box is worth, with what it does not change and the hand-offs that are certain."""
        stays = TEAM_CHANGE if item.prior is not None and item.prior.team == box.team else 0
        moves = SPRINT_CHANGE if stays and item.prior != box else 0
        pins = (self.problem.item[key].pin for key in item.needs if item.pin is None)
        crossing = HAND_OFF * sum(pin is not None and pin.team != box.team for pin in pins)
        return gain(self.problem, item, box) + self._penalty * (stays - moves - crossing)

    def _certain(self, item: Item) -> float:
        """What an item adds whatever is planned: a prior place counts as left, a pinned item as where it is."""
        left = self._penalty * TEAM_CHANGE if item.prior is not None else 0.0
        return (0.0 if item.pin is None else self._gain(item, item.pin)) - left

    # Rows

    def _once(self, item: Item) -> None:
        """An item is planned at most once."""
        self.program.row(((column, 1.0) for column in self.columns(item.key).values()), 1.0)

    def _room(self, box: Box) -> None:
        """The items in a box fit into what is left of it."""
        inside = ((columns[box.name], item.size) for item, columns in self._planned() if box.name in columns)
        self.program.row(((column, size) for column, size in inside if size), self._free(box))

    def _planned(self) -> Iterator[tuple[Item, dict[BoxName, int]]]:
        return ((self.problem.item[key], columns) for key, columns in self._columns.items())

    def _needs(self, item: Item) -> None:
        """By the end of each sprint of a team, an item is planned there only if what it needs is planned in time.

        For several teams also: by each day, an item is planned at most as often as what it needs.
        """
        mine = self.columns(item.key)
        for key in item.needs:
            theirs = self.columns(key)
            if key not in self._columns:
                continue
            for name in mine:
                box = self.problem.box[name]
                so_far = [column for one, column in mine.items() if one.team == box.team and one.depth <= box.depth]
                self._at_most(so_far, [column for one, column in theirs.items() if self._is_in_time(one, box)])
            if len({team for team, _ in mine}) > 1:
                self._by_day(mine, theirs)

    def _by_day(self, mine: dict[BoxName, int], theirs: dict[BoxName, int]) -> None:
        days = {name: self.problem.box[name].last for name in (*mine, *theirs)}
        known = {name: day for name, day in days.items() if day is not None}
        for end in sorted({known[name] for name in mine if name in known}):
            before = {name for name, day in known.items() if day <= end}
            ahead = [column for name, column in theirs.items() if name in before or name not in known]
            self._at_most([column for name, column in mine.items() if name in before], ahead)

    def _at_most(self, some: Iterable[int], others: Iterable[int], limit: float = 0.0) -> None:
        """The sum of some columns is at most that of others, plus a limit."""
        self.program.row([*((one, 1.0) for one in some), *((one, -1.0) for one in others)], limit)

    # What is subtracted

    def _hand_offs(self, item: Item) -> None:
        """A column that is 1 where an item and what it needs are in different teams; pinned needs are certain."""
        for key in item.needs:
            mine, theirs = self.columns(item.key), self.columns(key)
            if not mine or key not in self._columns:
                continue
            crossing = self.program.column(-self._penalty * HAND_OFF)
            for team in dict.fromkeys(team for team, _ in mine):
                here = [column for one, column in mine.items() if one.team == team]
                there = [column for one, column in theirs.items() if one.team == team]
                self._at_most(here, [*there, crossing])

    def _epics(self) -> None:
        """A column for each epic and team that is 1 where the team joins the epic."""
        groups: defaultdict[tuple[str, str], list[list[int]]] = defaultdict(list)
        for item, columns in self._planned():
            for team in dict.fromkeys(team for team, _ in columns):
                if item.epic:
                    groups[item.epic, team].append([column for one, column in columns.items() if one.team == team])
        there = {(item.epic, box.team) for box, items in self._pinned.items() for item in items if item.epic}
        self.program.constant -= self._penalty * EPIC_TEAM * len(there - self.problem.engaged)
        for pair, items in groups.items():
            if pair not in there | self.problem.engaged:
                joins = self.program.column(-self._penalty * EPIC_TEAM)
                for columns_of_one in items:
                    self._at_most(columns_of_one, [joins])

    def _further_changes(self) -> None:
        """A column that counts the places of before that change beyond the easy ones."""
        known = [item for item in self.problem.items if item.prior is not None]
        free = [item for item in known if item.pin is None]
        most = len(free) + sum(item.pin != item.prior for item in known if item.pin is not None)
        if most > self.problem.changes:
            further = self.program.column(-self._penalty * FURTHER_CHANGE, most - self.problem.changes)
            stay = [column for item in free for box, column in self.columns(item.key).items() if box == item.prior]
            self.program.row([*((column, -1.0) for column in stay), (further, -1.0)], self.problem.changes - most)

    def _floors(self, box: Box) -> None:
        """A column for what a kind of work lacks in a box."""
        for kind, floor in box.floors.items():
            short = floor - sum(item.size for item in self._pinned[box.name] if item.kind == kind)
            if short > 0:
                lack = self.program.column(-shortfall_penalty(self.problem, box.name), short)
                inside = [
                    (columns[box.name], -item.size)
                    for item, columns in self._planned()
                    if item.kind == kind and box.name in columns
                ]
                self.program.row([*inside, (lack, -1.0)], -short)
