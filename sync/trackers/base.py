"""What every tracker does: pull a snapshot, read one issue again, apply one batch of changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from rules.inventory.old_issues import Interest
from rules.model import Issue, OwnMarks, Product, Snapshot
from rules.plan.changes import Change
from rules.plan.mail_budget import Audience
from rules.plan.outcome import Outcome

NO_PAGE = "only Jira has a living page; remove [living_page] issue"
"""Why a change of the living page fails on a tracker whose descriptions are never written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a run reads: the backlog (in the tracker's query language) and the product with its teams' boards.

    `closed_sprints` is how many closed sprints per board are read for velocity.
    """

    backlog: str
    product: Product
    closed_sprints: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubles:
    """Comments of ours that were on one issue: the oldest is kept, with its digest, the others are deleted."""

    kept: str
    digest: str
    deleted: tuple[str, ...]


@runtime_checkable
class RemovesDoubles(Protocol):
    """A tracker on which two workers with two stores may both have created a comment."""

    def remove_doubles(self, issue: Issue) -> Doubles | None:
        """Delete all but the oldest of our comments on an issue; `None` where there is at most one."""
        ...


@runtime_checkable
class NamesPeople(Protocol):
    """A tracker that knows the names of people who are on none of the issues it has read."""

    def names(self, accounts: Sequence[str]) -> Mapping[str, str]:
        """The names of these accounts, in one request where the tracker allows that; unknown ones are missing.

        The most important come first: where each costs a request, only so many are asked for.
        """
        ...


@runtime_checkable
class CountsInterest(Protocol):
    """A tracker on which votes and watchers change without changing the date of an issue's last change."""

    def interest(self, issues: Sequence[str]) -> Mapping[str, Interest]:
        """The votes and watchers of these issues as they are now, by id; deleted and hidden ones are missing."""
        ...


@runtime_checkable
class LooksFirst(Protocol):
    """A tracker that can say whether anything changed before it loads what it holds."""

    @property
    def state(self) -> str:
        """The digest of the last look. A pull that follows it may add to it, such as histories of issues."""
        ...

    def look(self, scope: Scope) -> str:
        """A digest of what is in the scope: equal ones mean equal snapshots, but for their moment. "" if not known.

        It is the first part of a pull: `pull` goes on from there, `stand` ends it.
        """
        ...

    def stand(self) -> None:
        """End the pull that `look` began without loading anything."""
        ...


class Tracker(Protocol):
    """A tracker with three operations. Every error it raises is one of `sync.errors`."""

    @property
    def requests(self) -> int:
        """Number of requests so far."""
        ...

    def pull(self, scope: Scope) -> Snapshot:
        """Read everything in the scope. Nothing is written."""
        ...

    def read(self, issue_id: str) -> Issue | None:
        """One issue as it is now, by its id or key; `None` if it is deleted or hidden."""
        ...

    def audience(self, issues: Sequence[Issue]) -> Audience:
        """Who gets mail about these issues, which are about to be written to."""
        ...

    def apply(self, batch: Sequence[Change], marks: Mapping[str, OwnMarks]) -> tuple[Outcome, ...]:
        """Apply one batch (see `rules.plan.changes.batches`); returns the outcome of each change.

        `marks` are, by issue id, our marks on each issue after the batch; a tracker that can store them
        with the issue does so in the same request. Applying a batch twice equals applying it once.
        """
        ...
