"""Which issues a query finds, and in which order: all pages, or for a long list only the changes.

A sweep of a hundred thousand issues takes twenty requests on Cloud and a hundred on Data Center, in every run. So a
long list is stored, and between two full sweeps a run asks only for added and removed issues and for the
head of the order, where people move issues. A count that does not match causes a full sweep at once.
A mirror that is only read, because another process writes to it, counts as complete.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from sync.store.mirror import Mirror
from sync.trackers.jira.api import JiraApi

log = structlog.get_logger()

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


def sweep(api: JiraApi, mirror: Mirror | None, jql: str, rank: str, started: datetime) -> Swept:
    """The present result of the query; stored for the next run."""
    remembered = mirror.order_of(jql) if mirror is not None else None
    if mirror is None or remembered is None:
        return _in_full(api, mirror, jql, rank, started)
    ids, swept_at = remembered
    if mirror.as_of is not None:
        return Swept(ids=ids, changed=frozenset())
    if len(ids) <= LONG * api.page or started - swept_at >= SWEEP_EVERY:
        return _in_full(api, mirror, jql, rank, started)
    since = int(mirror.cutoff(OVERLAP).timestamp() * 1000)
    changed = api.changed(jql, since)
    left = api.changed(f"NOT ({jql})", since)
    head = api.head(jql, rank)
    present = dict.fromkeys(issue for issue in (*head, *ids, *changed) if issue not in left)
    if len(present) != api.count(jql):
        log.debug("tracker.swept_again", remembered=len(present))
        return _in_full(api, mirror, jql, rank, started)
    mirror.keep_order(jql, tuple(present), swept_at)
    return Swept(ids=tuple(present), changed=changed)


def as_of(mirror: Mirror | None, jql: str, started: datetime) -> datetime:
    """When the query's issues are as `sweep` finds them: now, or when a mirror that is only read was last filled."""
    if mirror is None or mirror.as_of is None or mirror.order_of(jql) is None:
        return started
    return mirror.as_of


def _in_full(api: JiraApi, mirror: Mirror | None, jql: str, rank: str, started: datetime) -> Swept:
    rows = api.sweep(jql, rank)
    ids = tuple(dict.fromkeys(row.id for row in rows))
    if mirror is not None:
        mirror.keep_order(jql, ids, started)
    return Swept(ids=ids, updated={row.id: row.updated for row in rows if row.updated})


def stale(
    api: JiraApi, mirror: Mirror | None, queries: Mapping[str, Swept], stored: Mapping[str, str]
) -> frozenset[str]:
    """Ids of the issues to fetch: unknown ones, and those that changed since the last run."""
    everything = frozenset(issue for swept in queries.values() for issue in swept.ids)
    if mirror is None or not stored:
        return everything
    since = int(mirror.cutoff(OVERLAP).timestamp() * 1000)
    changed = frozenset[str]().union(*(_changed(api, jql, swept, stored, since) for jql, swept in queries.items()))
    return (everything - stored.keys()) | (changed & everything)


def _changed(api: JiraApi, jql: str, swept: Swept, stored: Mapping[str, str], since: int) -> frozenset[str]:
    if swept.changed is not None:
        return swept.changed
    if swept.updated or not swept.ids:
        return frozenset(issue for issue, updated in swept.updated.items() if stored.get(issue) != updated)
    return api.changed(jql, since)


def in_order(results: Sequence[Swept]) -> tuple[str, ...]:
    """All ids of several queries, each once."""
    return tuple(dict.fromkeys(issue for swept in results for issue in swept.ids))
