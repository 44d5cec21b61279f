"""Which issues a query holds, and in which order: all pages of it, or, where it is long, only what moved.

A sweep of a hundred thousand issues is twenty requests on Cloud and a hundred on Data Center, at every pass, for
nothing. So a long list is remembered, and between two full sweeps a pass asks only for what came, what left, and the
head of the order, which is where people move issues about. A count that does not fit means a full sweep at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from sync.store.mirror import Mirror
from sync.trackers.jira.api import JiraApi

log = structlog.get_logger()

OVERLAP = timedelta(minutes=15)
"""Cloud's search index lags by seconds to minutes, longer after bulk edits: look back further than the last pass."""
LONG = 3  # pages; a list that is no longer is swept at every pass
SWEEP_EVERY = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What a query holds.

    `ids` are in rank order. `updated` tells when each issue changed, where the sweep told it; `changed` are those that
    changed since the last pass, where that was asked for.
    """

    ids: tuple[str, ...]
    updated: Mapping[str, str] = field(default_factory=dict)
    changed: frozenset[str] | None = None


def sweep(api: JiraApi, mirror: Mirror | None, jql: str, rank: str, started: datetime) -> Swept:
    """What the query holds now; remembered for the next pass."""
    remembered = mirror.order_of(jql) if mirror is not None else None
    if mirror is None or remembered is None:
        return _in_full(api, mirror, jql, rank, started)
    ids, swept_at = remembered
    if len(ids) <= LONG * api.page or started - swept_at >= SWEEP_EVERY:
        return _in_full(api, mirror, jql, rank, started)
    since = int(mirror.cutoff(OVERLAP).timestamp() * 1000)
    changed = api.changed(jql, since)
    left = api.changed(f"NOT ({jql})", since)
    head = api.head(jql, rank)
    present = dict.fromkeys(each for each in (*head, *ids, *changed) if each not in left)
    if len(present) != api.count(jql):
        log.debug("tracker.swept_again", remembered=len(present))
        return _in_full(api, mirror, jql, rank, started)
    mirror.keep_order(jql, tuple(present), swept_at)
    return Swept(ids=tuple(present), changed=changed)


def _in_full(api: JiraApi, mirror: Mirror | None, jql: str, rank: str, started: datetime) -> Swept:
    rows = api.sweep(jql, rank)
    ids = tuple(dict.fromkeys(row.id for row in rows))
    if mirror is not None:
        mirror.keep_order(jql, ids, started)
    return Swept(ids=ids, updated={row.id: row.updated for row in rows if row.updated})


def stale(api: JiraApi, mirror: Mirror | None, found: Mapping[str, Swept], known: Mapping[str, str]) -> frozenset[str]:
    """Ids of the issues that must be fetched: unknown ones, and those that changed since the last pass."""
    everything = frozenset(each for swept in found.values() for each in swept.ids)
    if mirror is None or not known:
        return everything
    since = int(mirror.cutoff(OVERLAP).timestamp() * 1000)
    changed = frozenset[str]().union(*(_changed(api, jql, swept, known, since) for jql, swept in found.items()))
    return (everything - known.keys()) | (changed & everything)


def _changed(api: JiraApi, jql: str, swept: Swept, known: Mapping[str, str], since: int) -> frozenset[str]:
    if swept.changed is not None:
        return swept.changed
    if swept.updated or not swept.ids:
        return frozenset(each for each, updated in swept.updated.items() if known.get(each) != updated)
    return api.changed(jql, since)


def in_order(found: Sequence[Swept]) -> tuple[str, ...]:
    """Every id of several queries, each once."""
    return tuple(dict.fromkeys(each for swept in found for each in swept.ids))
