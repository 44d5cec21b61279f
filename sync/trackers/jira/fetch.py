"""Fetching only what changed: the mirror's issues, brought up to date, as our `Issue`s."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from rules.model import Category, Issue, Link, LinkKind
from sync.errors import TrackerError
from sync.store.mirror import Mirror
from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.fields import FieldMap
from sync.trackers.jira.issue_ids import Swept, in_order, stale
from sync.trackers.jira.parse import Site
from sync.trackers.jira.parsed_cache import read_all, recall
from sync.trackers.jira.payloads import SYSTEM_FIELDS, Json, RawIssue

log = structlog.get_logger()

MOST_HIDDEN = 0.2  # of the issues known; when more can no longer be seen, a right was lost rather than issues deleted
FEW_HIDDEN = 10  # so few may always be gone


@dataclass(slots=True)
class Harvest:
    """Issues by id; `fetched` are those that came from the site in this very pass."""

    issues: dict[str, Issue] = field(default_factory=dict)
    fetched: set[str] = field(default_factory=set)


def wanted_fields(fields: FieldMap) -> tuple[str, ...]:
    """The ids of all fields that are read."""
    return (*SYSTEM_FIELDS, *fields.ids)


def fetch_issues(
    api: JiraApi, site: Site, mirror: Mirror | None, found: Mapping[str, Swept], started: datetime
) -> Harvest:
    """Every swept issue, from the mirror where that is still right, else from the site.

    `found` holds what each query holds; the first is the backlog, whose texts are read. Raises `TrackerError` when so
    many issues can no longer be seen that a right must have been lost.
    """
    swept = in_order(tuple(found.values()))
    described = frozenset(next(iter(found.values())).ids)
    known = dict(mirror.known()) if mirror is not None else {}
    _check_hidden(api, known.keys() - set(swept), len(known))
    to_fetch = stale(api, mirror, found, known)
    harvest = Harvest()
    with closing(api.fetch([each for each in swept if each in to_fetch], wanted_fields(site.fields))) as portions:
        for portion in portions:  # read while the next ones are on their way
            if mirror is not None:
                mirror.keep(portion)
            _add_fetched(harvest, portion, site, mirror, described)
    harvest.fetched = set(harvest.issues)
    if mirror is not None:
        _add_kept(harvest, [each for each in swept if each not in to_fetch], site, mirror, described)
        mirror.finish(harvest.issues.keys(), started)
    log.debug(
        "tracker.pulled",
        issues=len(harvest.issues),
        fetched=len(harvest.fetched),
        gone=len(swept) - len(harvest.issues),
    )
    return harvest


def shape_of(api: JiraApi, fields: FieldMap) -> str:
    """A name for the fields that are read: a mirror filled with others is of no use."""
    return hashlib.sha256("\n".join((api.version, *sorted(wanted_fields(fields)))).encode()).hexdigest()[:16]


def with_fresh_links(
    api: JiraApi, issues: Sequence[Issue], history: Sequence[Issue], *, fetched: Collection[str]
) -> tuple[Issue, ...]:
    """The issues with their links as the other ends are now.

    A link carries the title and state its other end had when the issue was fetched, and that end changes without
    touching the issue. Ends within the snapshot tell it themselves; of the others, blockers are asked for, together.
    """
    ends = {issue.key: (issue.category, issue.title) for issue in (*history, *issues)}
    unsure = {
        link.key: link.title
        for issue in issues
        if issue.id not in fetched
        for link in issue.links
        if link.kind is LinkKind.BLOCKED_BY and link.key not in ends
    }
    for raw in api.statuses(sorted(unsure)):
        other = RawIssue.model_validate(raw)
        if other.key in unsure:
            ends[other.key] = (other.fields.status.category, unsure[other.key])
    return tuple(_relinked(issue, ends) for issue in issues)


def _relinked(issue: Issue, ends: Mapping[str, tuple[Category, str]]) -> Issue:
    links = tuple(_up_to_date(link, ends) for link in issue.links)
    return issue if links == issue.links else replace(issue, links=links)


def _up_to_date(link: Link, ends: Mapping[str, tuple[Category, str]]) -> Link:
    category, title = ends.get(link.key, (link.category, link.title))
    return replace(link, category=category, title=title)


def _check_hidden(api: JiraApi, vanished: Collection[str], known: int) -> None:
    """Look up by id what is no longer found: most issues have just left the scope; some are deleted or hidden."""
    if not vanished:
        return
    found = {str(raw["id"]) for portion in api.fetch(sorted(vanished), ("status",)) for raw in portion}
    hidden = len(set(vanished) - found)
    if hidden > max(FEW_HIDDEN, MOST_HIDDEN * known):
        raise TrackerError(
            f"{hidden} of {known} issues can no longer be seen, and nothing was done: this account has most likely "
            "lost a right (ask for Browse Projects back); if they really are gone, delete the mirror file and run again"
        )
    if hidden:
        log.info("tracker.issues_gone", hidden=hidden)


def _add_fetched(
    harvest: Harvest, portion: Sequence[Json], site: Site, mirror: Mirror | None, described: Collection[str]
) -> None:
    for texts in (True, False):
        raws = [raw for raw in portion if (str(raw["id"]) in described) is texts]
        harvest.issues |= {issue.id: issue for issue in read_all(raws, site, mirror, texts=texts)}


def _add_kept(harvest: Harvest, kept: Sequence[str], site: Site, mirror: Mirror, described: Collection[str]) -> None:
    renamed = mirror.renamed()
    for texts in (True, False):
        for issue in recall([each for each in kept if (each in described) is texts], site, mirror, texts=texts):
            harvest.issues[issue.id] = _with_new_keys(issue, renamed) if renamed else issue


def _with_new_keys(issue: Issue, renamed: Mapping[str, str]) -> Issue:
    """The issue with the others it names under the keys they have now."""
    return replace(
        issue,
        parent=renamed.get(issue.parent, issue.parent) if issue.parent else None,
        subtasks=tuple(renamed.get(key, key) for key in issue.subtasks),
        links=tuple(replace(link, key=renamed.get(link.key, link.key)) for link in issue.links),
    )
