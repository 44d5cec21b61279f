"""What every tracker must be able to do: pull a snapshot, read one issue afresh, apply one batch of changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rules.model import Issue, OwnMarks, Product, Snapshot
from rules.plan.changes import Change
from rules.plan.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a pass asks for: the backlog (the tracker's own query language) and the product whose teams have boards.

    `closed_sprints` is how many closed sprints a board are worth reading for velocity.
    """

    backlog: str
    product: Product
    closed_sprints: int = 8


class Tracker(Protocol):
    """A tracker behind three verbs. Every error it raises is one of `sync.errors`."""

    @property
    def requests(self) -> int:
        """How many calls were made so far."""
        ...

    def pull(self, scope: Scope) -> Snapshot:
        """Read everything the scope names. Nothing is written."""
        ...

    def read(self, issue_id: str) -> Issue | None:
        """One issue as it is this moment, `None` if it is gone or hidden."""
        ...

    def apply(self, batch: Sequence[Change], marks: Mapping[str, OwnMarks]) -> tuple[Outcome, ...]:
        """Carry out one batch (see `rules.plan.changes.batches`) and tell how each change ended.

        `marks` is, by issue id, what each issue will bear of us once the batch is done; a tracker that can keep it
        beside the issue does so in the same request. Applying a batch twice equals applying it once.
        """
        ...
