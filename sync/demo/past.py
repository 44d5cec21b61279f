"""What happened to the invented shop's issues before today: who changed which field, and when.

Most of it follows from an issue itself: it was estimated, prioritised, ranked and planned. What a report should find
is in `shop/past.toml`: texts that changed after the estimate, a debate just before a planning, moves by others.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count, pairwise
from typing import Any

from sync.demo.people import CREWS, OWNER, Crew
from sync.fake_jira.records import Account, Entry, Item, Record, Sprint
from sync.fake_jira.state import State
from sync.fake_jira.world import next_named

USUAL = "Medium"  # the priority that new issues get
BEFORE_START = timedelta(hours=3)  # plannings are in the morning
FIRST_ENTRY = 30_000_000
QUIET = "search"
"""The component that nobody refined for a month, for its team dealt with an outage."""
QUIET_DAYS = 29
_RANKED = 40  # issues at the top, of which some were moved lately

Step = tuple[datetime, Account, Item]


class Past:
    """Writes the histories of one site; short-lived, and always the same for the same site."""

    def __init__(
        self,
        state: State,
        people: Mapping[str, Account],
        now: datetime,
        start: datetime,
        planted: Sequence[Mapping[str, Any]],
    ) -> None:
        """Prepare for the site at `now`, whose running sprints began at `start`; `planted` is `shop/past.toml`."""
        self._state, self._people, self._planted_steps = state, people, planted
        self._now, self._start = now, start
        self._numbers = count(FIRST_ENTRY)

    def finished(
        self, record: Record, sprints: Sequence[Sprint], row: Mapping[str, Any], by: Account, former: str
    ) -> None:
        """The past of a finished issue: it was estimated and planned, maybe carried over, and done.

        `started` is the estimate it had when the last sprint started, `joined` the day of the sprint on which it came,
        `former` the text it had when the first one started.
        """
        first = sprints[-1].start
        assert first is not None
        steps: list[Step] = []
        if record.points is not None:
            sized = row.get("started", record.points)
            steps.append((record.created + timedelta(days=2), by, _points(None, sized)))
            if sized != record.points:
                steps.append((first + timedelta(days=1), by, _points(sized, record.points)))
        inside: list[Sprint] = []
        for sprint in sprints:
            assert sprint.start is not None
            at = sprint.start + timedelta(days=row["joined"]) if "joined" in row else sprint.start - BEFORE_START
            steps.append((at, self._people[OWNER.nick], _sprint(inside, [*inside, sprint])))
            inside.append(sprint)
        statuses = [self._state.status(name) for name in ("To Do", "In Progress", "Done")]
        began = max(first + timedelta(hours=2), record.updated - timedelta(hours=10 + 9 * (record.points or 1)))
        moments = (began, record.updated)
        for at, (before, after) in zip(moments, pairwise(statuses), strict=True):
            steps.append((at, by, Item("status", "status", before.id, before.name, after.id, after.name)))
        if former != record.description.wiki:
            start = sprints[0].start
            assert start is not None
            text = Item("description", "description", None, former, None, record.description.wiki)
            at = max(start + timedelta(days=1), start + (record.updated - start) / 2)
            steps.append((at, self._people[OWNER.nick], text))
        self._write(record, steps)

    def waiting(self, record: Record, entry: Mapping[str, Any], crew: Crew | None, rank: int) -> None:
        """The past of an open issue: its estimate, its priority where somebody set one, its sprints, its moves."""
        member = (crew or CREWS[0]).members[rank % 3]
        by = self._people[member.nick]
        planted = [step for step in self._planted_steps if step["slug"] == entry.get("slug")]
        steps: list[Step] = []
        if record.points is not None and not any("points" in step for step in planted):
            steps.append((self._after(record, 4 / 5), by, _points(None, record.points)))
        if entry.get("priority"):
            steps += self._prioritised(record)
        steps += self._planned(record)
        steps += self._worked_on(record, by)
        moved = any("rank" in step for step in planted)
        if rank <= _RANKED and rank % 4 == 0 and QUIET not in record.components and not moved:
            steps.append((self._now - timedelta(days=rank % 9 + 1, hours=2), self._people[OWNER.nick], _rank("higher")))
        self._write(record, [*steps, *self._planted(record, planted)])

    def _after(self, record: Record, part: float) -> datetime:
        """The moment after this part of the time from the creation to the last change."""
        return record.created + (record.updated - record.created) * part

    def _prioritised(self, record: Record) -> Iterator[Step]:
        """The Product Owner set it; one that is the usual one was another one before."""
        usual, high = (next_named(self._state.priorities.values(), name) for name in (USUAL, "High"))
        chosen = record.priority or usual
        path = [usual, chosen] if chosen != usual else [usual, high, usual]
        for part, (before, after) in zip((1 / 6, 1 / 4), pairwise(path), strict=False):
            item = Item("priority", "priority", before.id, before.name, after.id, after.name)
            yield self._after(record, part), self._people[OWNER.nick], item

    def _planned(self, record: Record) -> Iterator[Step]:
        inside: list[Sprint] = []
        for number in record.sprints:
            sprint = self._state.sprints[number]
            assert sprint.start is not None
            at = sprint.start - BEFORE_START if sprint.state != "future" else self._after(record, 1)
            yield at, self._people[OWNER.nick], _sprint(inside, [*inside, sprint])
            inside.append(sprint)

    def _worked_on(self, record: Record, by: Account) -> Iterator[Step]:
        """It came into the status that it has: by way of "In Progress", where it is further."""
        before, doing = self._state.status("To Do"), self._state.status("In Progress")
        path = [] if record.status == before else [doing] if record.status == doing else [doing, record.status]
        for part, after in zip((9 / 10, 1), path, strict=False):
            yield (
                self._after(record, part),
                by,
                Item("status", "status", before.id, before.name, after.id, after.name),
            )
            before = after

    def _planted(self, record: Record, planted: Sequence[Mapping[str, Any]]) -> Iterator[Step]:
        texts = [step["text"].strip("\n") for step in planted if "text" in step]
        later = iter([*texts[1:], record.description.wiki])
        for step in planted:
            since, days = (self._now, step["ago"]) if "ago" in step else (self._start, step["before_start"])
            at = since - timedelta(days=days)
            by = self._people[step["by"]]
            if "points" in step:
                yield at, by, _points(*(value or None for value in step["points"]))
            if "text" in step:
                yield at, by, Item("description", "description", None, step["text"].strip("\n"), None, next(later))
            if "rank" in step:
                yield at, by, _rank(step["rank"])

    def _write(self, record: Record, steps: Sequence[Step]) -> None:
        """Put the steps into the issue's history; one after its last change is its last change, but for a move."""
        for at, by, item in sorted(steps, key=lambda step: step[0]):
            record.history.append(Entry(str(next(self._numbers)), by, at, (item,)))
            if item.field_id != "rank":
                record.updated = max(record.updated, at)


def _points(before: float | None, after: float | None) -> Item:
    old, new = (None if value is None else f"{value:g}" for value in (before, after))
    return Item("Story Points", "points", None, old, None, new)


def _sprint(before: Sequence[Sprint], after: Sequence[Sprint]) -> Item:
    return Item("Sprint", "sprint", _ids(before), _names(before), _ids(after), _names(after))


def _ids(sprints: Sequence[Sprint]) -> str:
    return ", ".join(str(sprint.id) for sprint in sprints)


def _names(sprints: Sequence[Sprint]) -> str:
    return ", ".join(sprint.name for sprint in sprints)


def _rank(direction: str) -> Item:
    return Item("Rank", "rank", "", "", "", f"Ranked {direction}")
