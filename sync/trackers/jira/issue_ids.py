"""Which issues a query finds, and in which order: all pages, or for a long list only the changes.

A sweep of a hundred thousand issues takes twenty requests on Cloud and a hundred on Data Center, in every run. So a
long list is stored, and between two full sweeps a run asks only for added and removed issues and for the
head of the order, where people move issues. A count that does not match causes a full sweep at once.
A mirror that is only read, because another process writes to it, counts as complete.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sync.logs import get_logger
from sync.store.mirror import Mirror
from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.jql import any_query

log = get_logger()

OVERLAP = timedelta(minutes=15)
"""Cloud's search index lags by seconds to minutes, longer after bulk edits, so look back further than the last run."""
LONG = 3  # pages; a list of at most this length is swept in every run
SWEEP_EVERY = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """The result of a query.

    `ids` are in rank order. `updated` is when each issue changed, where the sweep shows it; `changed` are those that
    changed since the last run, where that was asked for.
    """

    ids: tuple[str, ...]
    updated: Mapping[str, str] = field(default_factory=dict)
    changed: frozenset[str] | None = None


class Sweeper:
    """Finds what queries hold, and stores it for the next run.

    Where one of them is long, what changed on the whole site is asked for, once. If that is nothing, a short list which
    comes after it is as it was.
    """

    def __init__(self, api: JiraApi, mirror: Mirror | None, rank: str, started: datetime) -> None:
        self._api, self._mirror, self._rank, self._started = api, mirror, rank, started
        self._moved: frozenset[str] | None = None

    def sweep(self, jql: str) -> Swept:
        """The present result of the query."""
        remembered = self._mirror.order_of(jql) if self._mirror is not None else None
        if self._mirror is None or remembered is None:
            return self._in_full(jql)
        ids, swept_at = remembered
        if self._mirror.as_of is not None:
            return Swept(ids=ids, changed=frozenset())
        is_due = self._started - swept_at >= SWEEP_EVERY
        swept = None if is_due else self._brought_up_to_date(jql, ids, _since(self._mirror))
        if swept is None:
            return self._in_full(jql)
        self._mirror.keep_order(jql, swept.ids, swept_at)
        return swept

    def _brought_up_to_date(self, jql: str, ids: tuple[str, ...], since: int) -> Swept | None:
        """A stored list as it is now; `None` where it must be read in full."""
        if len(ids) <= LONG * self._api.page:
            return Swept(ids=ids, changed=self._moved) if self._moved == frozenset() else None
        if self._moved is None:
            self._moved = self._api.changed("", since)
        changed = self._api.changed(jql, since) if self._moved else self._moved
        left = self._moved - changed
        head = self._api.head(jql, self._rank)
        present = dict.fromkeys(issue for issue in (*head, *ids, *changed) if issue not in left)
        if len(present) == self._api.count(jql):
            return Swept(ids=tuple(present), changed=changed)
        log.debug("tracker.swept_again", remembered=len(present))
        return None

    def _in_full(self, jql: str) -> Swept:
        rows = self._api.sweep(jql, self._rank)
        ids = tuple(dict.fromkeys(row.id for row in rows))
        if self._mirror is not None:
            self._mirror.keep_order(jql, ids, self._started)
        return Swept(ids=ids, updated={row.id: row.updated for row in rows if row.updated})


def as_of(mirror: Mirror | None, jql: str, started: datetime) -> datetime:
    """When the query's issues are as `sweep` finds them: now, or when a mirror that is only read was last filled."""
    if mirror is None or mirror.as_of is None or mirror.order_of(jql) is None:
        return started
    return mirror.as_of


def stale(
    api: JiraApi, mirror: Mirror | None, queries: Mapping[str, Swept], stored: Mapping[str, str]
) -> frozenset[str]:
    """Ids of the issues to fetch: unknown ones, and those that changed since the last run."""
    everything = frozenset(issue for swept in queries.values() for issue in swept.ids)
    if mirror is None or not stored:
        return everything
    changed = [
        _otherwise_dated(swept, stored) if swept.changed is None else swept.changed for swept in queries.values()
    ]
    unsure = [jql for jql, swept in queries.items() if swept.changed is None and swept.ids and not swept.updated]
    if unsure:
        changed.append(api.changed(any_query(unsure), _since(mirror)))
    return (everything - stored.keys()) | (everything & frozenset[str]().union(*changed))


def _otherwise_dated(swept: Swept, stored: Mapping[str, str]) -> frozenset[str]:
    return frozenset(issue for issue, updated in swept.updated.items() if stored.get(issue) != updated)


def _since(mirror: Mirror) -> int:
    """Since when changes are asked for, in milliseconds of the epoch."""
    return int(mirror.cutoff(OVERLAP).timestamp() * 1000)


def in_order(results: Sequence[Swept]) -> tuple[str, ...]:
    """All ids of several queries, each once."""
    return tuple(dict.fromkeys(issue for swept in results for issue in swept.ids))
