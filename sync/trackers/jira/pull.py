"""Everything a run needs: the backlog in rank order, the boards' sprints, the issues of their history."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from types import MappingProxyType

from rules.model import Category, Issue, Snapshot, Sprint, SprintState
from sync.collector import no_search_for_cycles
from sync.errors import BadQuery
from sync.logs import get_logger
from sync.store.mirror import Mirror
from sync.trackers.base import Scope
from sync.trackers.dialect import Login
from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.boards import BoardReader
from sync.trackers.jira.changelog import Edits, fetch_edits, reordered
from sync.trackers.jira.fetch import Missing, load_issues, outside, refresh, shape_of, with_fresh_links
from sync.trackers.jira.fields import discover
from sync.trackers.jira.issue_ids import Sweeper, Swept, as_of, in_order
from sync.trackers.jira.jql import any_of, order_of, without_order
from sync.trackers.jira.parse import Site
from sync.trackers.jira.payloads import RawIssue, User
from sync.trackers.jira.settings import JiraSettings
from sync.trackers.jira.site_answers import SiteAnswers

log = get_logger()

OUTSIDE = "outside"
"""The note of the mirror with the keys of the blockers that are not in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a pull asked for before anything is loaded; `started` is the moment by the site's clock.

    `results` has what each query gave, the backlog's first.
    """

    site: Site
    started: datetime
    taken_at: datetime
    sprints: tuple[Sprint, ...]
    stopped: Mapping[str, str]
    results: Mapping[str, Swept]
    missing: Missing


@dataclass(frozen=True, slots=True)
class Pulled:
    """A snapshot, what is known of the site, and what was `looked` for: now nothing is missing.

    `blockers` has the state of those outside the snapshot, by key.
    """

    snapshot: Snapshot
    site: Site
    looked: Looked
    blockers: Mapping[str, Category | None]


def learn(
    api: JiraApi, settings: JiraSettings, answers: SiteAnswers, boards: BoardReader, more: Sequence[str] = ()
) -> Site:
    """Read our account, the meaning of the fields, and the priorities. `more` are the fields of the product.

    From here on every response must be for this account.
    """
    me = User.model_validate(api.myself())
    api.transport.login = Login(me.account, me.shown)
    estimates = boards.estimates()
    configured = (*settings.fields.model_dump().values(), *more)
    listed = answers.fields(configured)
    fields = discover(listed, settings.fields, boards=estimates, extra=more)
    return Site(
        url=settings.url,
        fields=fields,
        account=me.account,
        account_name=me.shown,
        priorities=answers.priorities(),
        types=settings.types,
        last_comments=settings.last_comments,
        links=settings.links,
    )


def look(api: JiraApi, settings: JiraSettings, scope: Scope, mirror: Mirror | None) -> Looked:
    """Ask what is in the scope, and bring a filled mirror up to date; `load` then reads it, or `stand` ends it here.

    Raises the errors of `sync.errors`; the next run then continues from there.
    """
    with no_search_for_cycles():
        return _look(api, settings, scope, mirror)


def load(api: JiraApi, scope: Scope, mirror: Mirror | None, looked: Looked) -> Pulled:
    """Read everything that was found. Raises the errors of `sync.errors`."""
    with no_search_for_cycles():
        return _load(api, scope, mirror, looked)


def digest_of(
    api: JiraApi,
    mirror: Mirror | None,
    looked: Looked,
    expected: Mapping[str, Category | None] = MappingProxyType({}),
) -> str:
    """A digest of what was found besides the content of the mirror; "" where not all issues are there.

    The blockers outside the mirror are asked for. It is also "" where one of them is not in its `expected` state.
    """
    blockers = mirror.noted(OUTSIDE) if mirror is not None and mirror.as_of is None else ""
    if mirror is None or not blockers or looked.missing.to_fetch:
        return ""
    raws = list(api.statuses(json.loads(blockers)))
    for one in map(RawIssue.model_validate, raws):
        if expected.get(one.key, one.fields.status.category) != one.fields.status.category:
            return ""
    ends = sorted((str(raw["key"]), str(raw.get("fields"))) for raw in raws)
    lists = [(query, swept.ids) for query, swept in looked.results.items()]
    day = looked.started.date()  # by the site's clock, which decides what is due, and may differ from ours
    facts = (day, looked.site, looked.sprints, looked.stopped, lists, sorted(looked.missing.gone), ends)
    return hashlib.sha256(repr(facts).encode(errors="replace")).hexdigest()


def stand(mirror: Mirror, looked: Looked) -> None:
    """End a pull of which nothing is loaded, because its state is known."""
    mirror.finish(frozenset(in_order(tuple(looked.results.values()))) - looked.missing.gone, looked.started)


def _look(api: JiraApi, settings: JiraSettings, scope: Scope, mirror: Mirror | None) -> Looked:
    answers = SiteAnswers(api, mirror)
    boards = BoardReader(answers, scope.product.teams)
    site = learn(api, settings, answers, boards, scope.product.fields)
    started = api.transport.server_now()
    sprints = boards.sprints(scope.closed_sprints)
    stopped = boards.stopped()
    site = replace(site, states={sprint.id: sprint.state for sprint in sprints})
    past = [sprint.id for sprint in sprints if sprint.state is not SprintState.FUTURE]
    flow = boards.finished_query(scope.closed_sprints)
    queries = [_backlog(scope), *([any_of("sprint", past)] if past else []), *([flow] if flow else [])]
    if mirror is not None:
        mirror.begin(site=site.url, account=site.account, shape=shape_of(api, site.fields), started=started)
        answers.keep()
    taken_at = as_of(mirror, queries[0], started)
    try:
        sweeper = Sweeper(api, mirror, site.fields["rank"], started)
        results = {query: sweeper.sweep(query) for query in queries}
    except BadQuery as error:  # of the two, only the backlog's is written by a person
        raise BadQuery(f"{error} Correct [product] backlog: {' '.join(scope.backlog.split())}") from error
    return Looked(
        site=site,
        started=started,
        taken_at=taken_at,
        sprints=tuple(sprints),
        stopped=stopped,
        results=results,
        missing=refresh(api, site, mirror, results),
    )


def _load(api: JiraApi, scope: Scope, mirror: Mirror | None, looked: Looked) -> Pulled:
    site, results, sprints, started = looked.site, looked.results, looked.sprints, looked.started
    loaded = load_issues(api, site, mirror, results, looked.missing)
    issues, *rest = (
        [loaded.issues[issue] for issue in swept.ids if issue in loaded.issues] for swept in results.values()
    )
    history = list({issue.id: issue for issue in chain.from_iterable(rest)}.values())
    edits = _edits(api, site, mirror, results, [*(one for one in issues if one.is_open), *history], started)
    if mirror is not None:
        mirror.finish(loaded.issues.keys(), started)
    linked = with_fresh_links(api, issues, history, fetched=loaded.fetched)
    inside = {issue.key for issue in (*issues, *history)}
    blockers = {link.key: link.category for issue in linked for link in outside(issue, inside)}
    if mirror is not None:
        mirror.note(OUTSIDE, json.dumps(sorted(blockers)))
    gone = frozenset(in_order(tuple(results.values()))) - loaded.issues.keys()
    return Pulled(
        Snapshot(
            taken_at=looked.taken_at,
            product=scope.product,
            issues=linked,
            history=tuple(history),
            sprints=sprints,
            unavailable=_blind(site, sprints) | (frozenset({"changelog"}) if edits is None else frozenset()),
            stopped=looked.stopped,
            edits=edits or {},
            renamed=loaded.renamed,
        ),
        site,
        replace(looked, missing=Missing(to_fetch=frozenset(), gone=gone)),
        blockers,
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
