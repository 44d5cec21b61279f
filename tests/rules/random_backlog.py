"""Backlogs of any kind, each made from a seed: what tests compare two ways of working something out on."""

import random
from collections.abc import Sequence
from datetime import timedelta

from rules.model import Category, Edit, EditField, Issue, Kind, LinkKind, Priority, Snapshot, SprintState
from tests.factories import NOW, STORY, document, edit, finished, issue, link, product, snapshot, sprint, team

BODIES = (STORY, "Shoppers choose a card they used before.", "TODO", "")
TITLES = ("Pay with a saved card", "Refund a whole order", "Search by brand", "Show the price with tax")
KINDS = (Kind.STORY, Kind.STORY, Kind.STORY, Kind.BUG, Kind.TASK, Kind.SPIKE, Kind.EPIC, Kind.SUBTASK)
SIZES = (None, None, 0.0, 1.0, 3.0, 5.0, 8.0, 13.0, 100.0)
AGES = (0, 20, 60, 200, 800)
DOCUMENTS = {body: document(body) for body in BODIES}


def crowd(chance: random.Random, number: int) -> list[Issue]:
    """So many issues of every kind, in rank order, linked in every way."""
    keys = [f"SHOP-{place}" for place in range(1, number + 1)]
    return [member(chance, key, keys) for key in keys]


def member(chance: random.Random, key: str, keys: Sequence[str]) -> Issue:
    """One of them, as it is or after any edit."""
    age = timedelta(days=chance.choice(AGES))
    return issue(
        key,
        title=f"{chance.choice(TITLES)}{chance.choice(['', f' {key}'])}",
        document=DOCUMENTS[chance.choice(BODIES)],
        kind=chance.choice(KINDS),
        points=chance.choice(SIZES),
        category=chance.choice([Category.TODO] * 6 + [Category.DOING, Category.DONE]),
        priority=chance.choice([None, *(Priority(f"P{order}", order, 5) for order in range(5))]),
        sprint=chance.choice([None] * 6 + ["101", "102", "103"]),
        parent=chance.choice([None] * 5 + [chance.choice(keys)]),
        components=chance.choice([(), ("payments",), ("search",), ("payments", "search")]),
        links=tuple(
            link(chance.choice([*keys, "PAY-9"]), kind)
            for kind in chance.choices(list(LinkKind), k=chance.randint(0, 1))
        ),
        labels=frozenset(chance.choices(["must", "could", "api"], k=chance.randint(0, 1))),
        created=NOW - age - timedelta(days=5),
        updated=NOW - age,
    )


def past(chance: random.Random, issues: Sequence[Issue]) -> dict[str, tuple[Edit, ...]]:
    """The past changes of most of them."""
    fields = [EditField.PRIORITY, EditField.ESTIMATE, EditField.RANK]
    known = [one.id for one in issues if chance.random() < 0.9]
    return {
        number: tuple(
            edit(chance.choice(fields), number, days_ago=days)
            for days in sorted(chance.sample(range(1, 90), k=chance.randint(0, 2)), reverse=True)
        )
        for number in known
    }


def world(chance: random.Random, issues: Sequence[Issue]) -> Snapshot:
    """Two teams with six closed sprints, a running and two coming ones."""
    closed, done = finished(6)
    coming = (
        sprint("101", SprintState.ACTIVE, start=NOW - timedelta(days=3), end=NOW + timedelta(days=11)),
        sprint("102", SprintState.FUTURE, start=NOW + timedelta(days=11), end=NOW + timedelta(days=25)),
        sprint("103", SprintState.FUTURE),
    )
    return snapshot(
        *issues,
        product=product(team("Payments"), team("Search", board=13)),
        sprints=(*closed, *coming),
        history=tuple(done),
        edits=past(chance, issues),
    )
