"""Invented issues as large as real ones: texts, comments, links and a past of the size that public ones have.

The means are those of public data. Descriptions have 1,100 characters, half of them fewer than 514. An issue has 3.8
comments of 358 characters, half of them fewer than 130 (the 22,371 issues of TIMOB). It has 12 past changes and 0.4
links (32 million changes and 1 million links of 2.7 million issues, https://arxiv.org/abs/2201.08368). The words are
invented, from a seed.
"""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count, pairwise

from sync.demo.company import fill
from sync.demo.people import CREWS, OWNER
from sync.fake_jira.records import Account, Body, Bond, Entry, Item, Record, Remark, Status
from sync.fake_jira.state import State
from sync.fake_jira.world import RANK_STEP, next_named

SEED, FIRST_ID, FIRST_PART = 13, 1_000_000, 50_000_000
OPEN, DAYS = 0.6, 700
VOCABULARY, TEXTS = 20_000, 5_000  # words, and texts of comments
DESCRIPTION, COMMENT = (514, 1_100), (130, 358)  # characters: the median and the mean
LONGEST = 30_000  # characters: Jira's own limit is little more
COMMENTS, LINKS = 3.8, 0.4  # the mean of each issue; a link has two ends
EDITS = 6.0  # the mean of those changes that leave nothing behind: moves, labels, versions
REOPENED, TRIED, RESIZED, REWRITTEN, RENAMED = 0.15, 0.3, 0.3, 0.5, 0.2  # parts of the issues
KINDS = ("Relates",) * 13 + ("Duplicate",) * 3 + ("Cloners",) * 2 + ("Blocks",) * 2
PASSING = (
    Item("Rank", "rank", "", "", "", "Ranked higher"),
    Item("Rank", "rank", "", "", "", "Ranked lower"),
    Item("labels", "labels", None, "", None, "later"),
    Item("labels", "labels", None, "later", None, ""),
    Item("Fix Version", "fixVersions", None, None, None, "next"),
    Item("Fix Version", "fixVersions", None, "next", None, None),
)


def crowd(state: State, now: datetime, issues: int) -> None:
    """The shop, and as many issues as are lacking, each with words and a past of its own."""
    fill(state, now)
    writer = Writer(state, now)
    models = [one for one in state.issues.values() if one.type.level == 0 and len(one.description.wiki) < LONGEST]
    waiting, done = ([one for one in models if one.status.category == category] for category in ("new", "done"))
    for number in range(FIRST_ID + len(state.issues), FIRST_ID + issues):
        state.hold(writer.copy(waiting if writer.chance.random() < OPEN else done, number))
    state.version += 1


class Writer:
    """Writes issues after those of the shop; short-lived, and always the same for the same site."""

    def __init__(self, state: State, now: datetime) -> None:
        self.chance = random.Random(SEED)
        self._state, self._now = state, now
        self._words = [_word(self.chance) for _ in range(VOCABULARY)]
        self._texts = [Body(self._text(_length(self.chance, COMMENT))) for _ in range(TEXTS)]
        self._people = [state.account(one.user) for one in (OWNER, *(one for crew in CREWS for one in crew.members))]
        self._usual = next_named(state.priorities.values(), "Medium")
        self._kinds = [next_named(state.link_types.values(), name) for name in KINDS]
        self._parts = map(str, count(FIRST_PART))
        self._written: list[Record] = []

    def copy(self, models: Sequence[Record], number: int) -> Record:
        """An issue after one of these: with its title and text, and words of its own in both."""
        chance, model = self.chance, self.chance.choice(models)
        own = max(_length(chance, DESCRIPTION) - len(model.description.wiki), 30)
        created = self._now - timedelta(days=chance.uniform(1, DAYS))
        record = replace(
            model,
            id=str(number),
            key=f"{model.project}-{number}",
            summary=f"{model.summary} {self._text(16)}",
            description=Body(f"{model.description.wiki}\n\n{self._text(own)}"),
            created=created,
            updated=created + (self._now - created) * chance.random(),
            resolved=None,
            components=[chance.choice(CREWS).component],
            sprints=[],
            rank=number * RANK_STEP,
            bonds=[],
            remarks=[],
            history=[],
        )
        if model.resolved is not None:
            record.resolved = record.updated
        for _ in range(_number(chance, LINKS / 2)):
            self._link(record)
        record.remarks = list(self._remarks(record))
        record.history = list(self._past(record))
        self._written.append(record)
        return record

    def _text(self, length: int) -> str:
        """So many characters of words, in lines that are not longer than a paragraph's."""
        words = self.chance.choices(self._words, k=max(1, length // 7))
        return "\n".join(" ".join(words[first : first + 60]) for first in range(0, len(words), 60))

    def _moment(self, record: Record) -> datetime:
        return record.created + (record.updated - record.created) * self.chance.random()

    def _link(self, record: Record) -> None:
        """A link to an earlier issue, so that nothing waits for itself."""
        if not self._written:
            return
        other, kind, number = self.chance.choice(self._written), self.chance.choice(self._kinds), next(self._parts)
        if any(bond.other == other.id for bond in record.bonds):
            return
        record.bonds.append(Bond(number, kind, outward=False, other=other.id))
        other.bonds.append(Bond(number, kind, outward=True, other=record.id))
        at = max(other.updated, record.created)
        other.updated = at
        other.history.append(self._entry(at, _linked(kind.outward, record)))

    def _remarks(self, record: Record) -> Iterator[Remark]:
        for at in sorted(self._moment(record) for _ in range(_number(self.chance, COMMENTS))):
            author, body = self.chance.choice(self._people), self.chance.choice(self._texts)
            yield Remark(id=next(self._parts), author=author, editor=author, body=body, created=at, updated=at)

    def _past(self, record: Record) -> Iterator[Entry]:
        """What led to the issue as it is, the oldest first; the last change of a done one is that it was done."""
        items = [*self._changes(record), *self._states(record)]
        moments = sorted(self._moment(record) for _ in items)
        if record.resolved is not None:
            moments[-1] = record.resolved
        return (self._entry(at, *item) for at, item in zip(moments, items, strict=True))

    def _changes(self, record: Record) -> Iterator[tuple[Item, ...]]:
        """Estimate, priority, texts and people, each from what it was to what it is; and what left nothing behind."""
        chance, chosen = self.chance, record.priority or self._usual
        if record.points is not None:
            sizes = [None, *([record.points * 2] if chance.random() < RESIZED else []), record.points]
            yield from ((_valued("Story Points", "points", *pair),) for pair in pairwise(sizes))
        if chosen != self._usual:
            yield (Item("priority", "priority", self._usual.id, self._usual.name, chosen.id, chosen.name),)
        if chance.random() < REWRITTEN:
            text = record.description.wiki
            yield (Item("description", "description", None, text[: len(text) // 2], None, text),)
        if chance.random() < RENAMED:
            yield (Item("summary", "summary", None, record.summary.rpartition(" ")[0], None, record.summary),)
        yield from ((_linked(bond.type.inward, self._state.issues[bond.other]),) for bond in record.bonds)
        people = [None, *chance.choices(self._people, k=chance.randint(0, 2)), record.assignee]
        yield from ((_assigned(*pair),) for pair in pairwise(people) if pair[0] != pair[1])
        yield from ((chance.choice(PASSING),) for _ in range(_number(chance, EDITS)))

    def _states(self, record: Record) -> Iterator[tuple[Item, ...]]:
        """The way to the status that an issue has: a done one was worked on, an open one perhaps once."""
        todo, doing, review = (self._state.status(name) for name in ("To Do", "In Progress", "In Review"))
        if record.status.category != "done":
            tried = [todo, doing, todo] if self.chance.random() < TRIED else []
            yield from ((_moved(*pair),) for pair in pairwise(tried))
            return
        again = [doing, review] if self.chance.random() < REOPENED else []
        path = [todo, doing, review, *again]
        yield from ((_moved(*pair),) for pair in pairwise(path))
        yield _moved(review, record.status), Item("resolution", "resolution", None, None, None, record.resolution)

    def _entry(self, at: datetime, *items: Item) -> Entry:
        return Entry(next(self._parts), self.chance.choice(self._people), at, items)


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))


def _length(chance: random.Random, median_and_mean: tuple[float, float]) -> int:
    """A length of the log-normal distribution with this median and mean."""
    median, mean = median_and_mean
    return min(int(chance.lognormvariate(math.log(median), math.sqrt(2 * math.log(mean / median)))), LONGEST)


def _number(chance: random.Random, mean: float) -> int:
    """How many of something, of the geometric distribution with this mean."""
    return int(math.log(1 - chance.random()) / math.log(mean / (1 + mean)))


def _valued(name: str, field: str, before: float | None, after: float | None) -> Item:
    old, new = (None if value is None else f"{value:g}" for value in (before, after))
    return Item(name, field, None, old, None, new)


def _moved(before: Status, after: Status) -> Item:
    return Item("status", "status", before.id, before.name, after.id, after.name)


def _assigned(before: Account | None, after: Account | None) -> Item:
    old, new = ((None, None) if one is None else (one.id, one.display) for one in (before, after))
    return Item("assignee", "assignee", *old, *new)


def _linked(phrase: str, other: Record) -> Item:
    return Item("Link", "issuelinks", None, None, other.key, f"This issue {phrase} {other.key}")
