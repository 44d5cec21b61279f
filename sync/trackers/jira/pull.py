"""Everything a run needs: the backlog in rank order, the boards' sprints, the issues of their history."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

import structlog

from rules.model import Issue, Snapshot, Sprint, SprintState
from sync.errors import BadQuery
from sync.store.mirror import Mirror
from sync.trackers.base import Scope
from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.boards import BoardReader
from sync.trackers.jira.changelog import Edits, fetch_edits, reordered
from sync.trackers.jira.fetch import fetch_issues, shape_of, with_fresh_links
from sync.trackers.jira.fields import discover
from sync.trackers.jira.issue_ids import Swept, as_of, sweep
from sync.trackers.jira.jql import any_of, order_of, without_order
from sync.trackers.jira.parse import Site
from sync.trackers.jira.payloads import User
from sync.trackers.jira.settings import JiraSettings

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Pulled:
    """A snapshot, and what is known of the site."""

    snapshot: Snapshot
    site: Site


def learn(api: JiraApi, settings: JiraSettings, boards: BoardReader) -> Site:
    """Read our account, the meaning of the fields, and the priorities.

    From here on every response must be for this account.
    """
    me = User.model_validate(api.myself())
    api.transport.account = me.account
    estimates = boards.estimates()
    fields = discover(api.fields(), settings.fields, boards=estimates, extra=boards.fields_of_teams)
    return Site(
        url=settings.url,
        fields=fields,
        account=me.account,
        account_name=me.shown,
        priorities=api.priorities(),
        types=settings.types,
        last_comments=settings.last_comments,
        links=settings.links,
    )


def pull(api: JiraApi, settings: JiraSettings, scope: Scope, mirror: Mirror | None) -> Pulled:
    """Read everything in the scope. Raises the errors of `sync.errors`; the next run then continues from there."""
    with _no_search_for_cycles():
        return _pull(api, settings, scope, mirror)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Pause Python's garbage collector: scanning a million new values finds nothing and takes half the time."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def _pull(api: JiraApi, settings: JiraSettings, scope: Scope, mirror: Mirror | None) -> Pulled:
    boards = BoardReader(api, scope.product.teams)
    site = learn(api, settings, boards)
    started = api.transport.server_now()
    sprints = boards.sprints(scope.closed_sprints)
    stopped = boards.stopped()
    site = replace(site, states={sprint.id: sprint.state for sprint in sprints})
    past = [sprint.id for sprint in sprints if sprint.state is not SprintState.FUTURE]
    flow = boards.finished_query(scope.closed_sprints)
    queries = [_backlog(scope), *([any_of("sprint", past)] if past else []), *([flow] if flow else [])]
    if mirror is not None:
        mirror.begin(site=site.url, account=site.account, shape=shape_of(api, site.fields), started=started)
    taken_at = as_of(mirror, queries[0], started)
    try:
        results = {query: sweep(api, mirror, query, site.fields["rank"], started) for query in queries}
    except BadQuery as error:  # of the two, only the backlog's is written by a person
        raise BadQuery(f"{error} Correct [product] backlog: {' '.join(scope.backlog.split())}") from error
    loaded = fetch_issues(api, site, mirror, results)
    issues, *rest = (
        [loaded.issues[issue] for issue in swept.ids if issue in loaded.issues] for swept in results.values()
    )
    history = list({issue.id: issue for issue in chain.from_iterable(rest)}.values())
    edits = _edits(api, site, mirror, results, [*(one for one in issues if one.is_open), *history], started)
    if mirror is not None:
        mirror.finish(loaded.issues.keys(), started)
    return Pulled(
        Snapshot(
            taken_at=taken_at,
            product=scope.product,
            issues=with_fresh_links(api, issues, history, fetched=loaded.fetched),
            history=tuple(history),
            sprints=tuple(sprints),
            unavailable=_blind(site, sprints) | (frozenset({"changelog"}) if edits is None else frozenset()),
            stopped=stopped,
            edits=edits or {},
            renamed=loaded.renamed,
        ),
        site,
    )


def _edits(
    api: JiraApi,
    site: Site,
    mirror: Mirror | None,
    results: Mapping[str, Swept],
    issues: Sequence[Issue],
    started: datetime,
) -> Edits | None:
    """The past changes of these issues; who moved an issue within the backlog is known only from its history."""
    backlog, swept = next(iter(results.items()))
    earlier = mirror.order_of(backlog) if mirror is not None else None
    moved = reordered(earlier[0], swept.ids) if earlier is not None else frozenset()
    wanted = dict.fromkeys(issue.id for issue in issues)
    return fetch_edits(api, site, mirror, wanted, moved=moved, now=started)


def _backlog(scope: Scope) -> str:
    order = order_of(scope.backlog)
    if order and "rank" not in order.lower():
        log.warning("tracker.order_left_out", order=order, instead="rank")
    return without_order(scope.backlog)


def _blind(site: Site, sprints: Sequence[Sprint]) -> frozenset[str]:
    """What this site does not provide, as in `Snapshot.unavailable`."""
    fields = site.fields
    lacking = {
        "points": not fields.points,
        "sprints": not fields["sprint"] or not sprints,
        "acceptance-field": not fields["acceptance"],
        "priority": not site.priorities,
    }
    return frozenset(name for name, unavailable in lacking.items() if unavailable)
