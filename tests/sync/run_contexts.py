"""A context over a tracker in memory: for tests of whole runs."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rules.capacity.options import CapacityOptions
from rules.document import EMPTY
from rules.model import Issue, Snapshot
from rules.plan.guard import Limits
from rules.plan.policy import Policy
from sync.config import default_ruleset
from sync.run.context import RunContext
from sync.store import Store
from sync.trackers.base import Scope
from sync.trackers.memory import MemoryTracker
from tests.factories import NOW, document, issue, snapshot

OPEN = Policy(limits=Limits(changes=1000, share=1.0))
"""Everything the defaults allow, and no guard."""


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        """Go ahead by hours, days, minutes."""
        self.now += timedelta(**span)


def backlog(*issues: Issue) -> Snapshot:
    """Two issues that are ready and two that are not, unless others are given."""
    ready = (issue("SHOP-1"), issue("SHOP-2", title="Show the voucher on the receipt"))
    unready = (bad("SHOP-3"), bad("SHOP-4", title="Say on the order page who handles a return"))
    return snapshot(*(issues or (*ready, *unready)))


def bad(key: str, **values: Any) -> Issue:
    """An issue that nobody could start."""
    return issue(key, **({"document": document("Soon."), "points": None, "title": "Something else"} | values))


def empty(key: str, **values: Any) -> Issue:
    """An issue without a description."""
    return issue(key, **({"document": EMPTY} | values))


@contextmanager
def context(folder: Path, tracker: MemoryTracker, clock: Clock | None = None, **values: Any) -> Iterator[RunContext]:
    """A context with a store in the folder; write-back is on unless told otherwise."""
    defaults: dict[str, Any] = {
        "ruleset": default_ruleset(),
        "capacity": CapacityOptions(),
        "policy": OPEN,
        "site": "https://shop.example.net",
        "writes": True,
        "health": folder / "readyline.db.health.json",
        "clock": clock or Clock(),
    }
    product = tracker.pull(Scope(backlog="", product=backlog().product)).product
    with closing(Store.open(folder / "readyline.db")) as store:
        yield RunContext(
            tracker=tracker,
            store=store,
            scope=Scope(backlog="", product=product, closed_sprints=8),
            **defaults | values,
        )
