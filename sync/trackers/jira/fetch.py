"""Fetch only what changed: the issues of the mirror, updated, as our `Issue`s."""

import hashlib
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from rules.model import Category, Issue, Link, LinkKind
from rules.wording import agreeing_of, many
from sync import progress
from sync.errors import TrackerError
from sync.logs import get_logger
from sync.store.mirror import Mirror
from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.fields import FieldMap
from sync.trackers.jira.issue_ids import Swept, in_order, stale
from sync.trackers.jira.parse import Site
from sync.trackers.jira.parsed_cache import read_all, recall
from sync.trackers.jira.payloads import SYSTEM_FIELDS, RawIssue

log = get_logger()

MOST_HIDDEN = 0.2  # of the known issues; above it a permission was lost, and not issues deleted
FEW_HIDDEN = 10  # so few may be deleted at any time


@dataclass(slots=True)
class LoadedIssues:
    """Issues by id; `fetched` are those that came from the site in this run. `renamed` maps earlier keys to present."""

    issues: dict[str, Issue] = field(default_factory=dict)
    fetched: set[str] = field(default_factory=set)
    renamed: Mapping[str, str] = field(default_factory=dict)


def wanted_fields(fields: FieldMap) -> tuple[str, ...]:
    """The ids of all fields that are read."""
    return (*SYSTEM_FIELDS, *fields.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Ids of swept issues: `to_fetch` are not in the mirror as they are now.

    `fetched` have just been put there, and `gone` were asked for in vain.
    """

    to_fetch: frozenset[str]
    fetched: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()


def refresh(api: JiraApi, site: Site, mirror: Mirror | None, results: Mapping[str, Swept]) -> Missing:
    """Bring a filled mirror up to date; where there is none, or it is empty, everything is still to fetch.

    `results` has what each query gave. Raises `TrackerError` when so many issues are no longer visible that a
    permission must have been lost.
    """
    swept = in_order(tuple(results.values()))
    updated = dict(mirror.known()) if mirror is not None else {}
    if mirror is not None and mirror.as_of is None:
        _check_hidden(api, updated.keys() - set(swept), len(updated))
    to_fetch = stale(api, mirror, results, updated)
    if mirror is None or not updated:
        return Missing(to_fetch=to_fetch)
    fetched: set[str] = set()
    with closing(api.fetch([issue for issue in swept if issue in to_fetch], wanted_fields(site.fields))) as portions:
        for portion in portions:
            mirror.keep(portion)
            fetched |= {str(raw["id"]) for raw in portion}
            progress.report("Reading", len(fetched), len(to_fetch))
    return Missing(to_fetch=frozenset(), fetched=frozenset(fetched), gone=to_fetch - fetched)


def load_issues(
    api: JiraApi, site: Site, mirror: Mirror | None, results: Mapping[str, Swept], missing: Missing
) -> LoadedIssues:
    """All swept issues, from the mirror, and from the site where they are still to fetch."""
    swept = [issue for issue in in_order(tuple(results.values())) if issue not in missing.gone]
    to_fetch = [issue for issue in swept if issue in missing.to_fetch]
    loaded = LoadedIssues()
    with closing(api.fetch(to_fetch, wanted_fields(site.fields))) as portions:
        for portion in portions:  # read while the next ones are on their way
            if mirror is not None:
                mirror.keep(portion)
            loaded.issues |= {issue.id: issue for issue in read_all(portion, site, mirror)}
            progress.report("Reading", len(loaded.issues), len(to_fetch))
    loaded.fetched = set(loaded.issues) | missing.fetched
    if mirror is not None:
        _add_kept(loaded, [issue for issue in swept if issue not in missing.to_fetch], site, mirror)
    log.debug(
        "tracker.pulled",
        issues=len(loaded.issues),
        fetched=len(loaded.fetched),
        gone=len(missing.gone) + len(swept) - len(loaded.issues),
    )
    return loaded


def shape_of(api: JiraApi, fields: FieldMap) -> str:
    """Cache key over the fields that are read: a mirror with others is not usable."""
    return hashlib.sha256("\n".join((api.version, *sorted(wanted_fields(fields)))).encode()).hexdigest()[:16]


def with_fresh_links(
    api: JiraApi, issues: Sequence[Issue], history: Sequence[Issue], *, fetched: Collection[str]
) -> tuple[Issue, ...]:
    """The issues with their links in the present state of the other ends.

    A link has the title and state of its other end at the time of the fetch, and that end changes without
    changing the issue. Ends in the snapshot are current; of the others, blockers are asked for in one query.
    """
    ends = {issue.key: (issue.category, issue.title) for issue in (*history, *issues)}
    unsure = {link.key: link.title for issue in issues if issue.id not in fetched for link in outside(issue, ends)}
    for raw in api.statuses(sorted(unsure)):
        other = RawIssue.model_validate(raw)
        if other.key in unsure:
            ends[other.key] = (other.fields.status.category, unsure[other.key])
    return tuple(_relinked(issue, ends) for issue in issues)


def outside(issue: Issue, inside: Container[str]) -> Iterator[Link]:
    """The links of an issue to blockers that are not in the snapshot, whose keys are `inside`."""
    return (link for link in issue.links if link.kind is LinkKind.BLOCKED_BY and link.key not in inside)


def _relinked(issue: Issue, ends: Mapping[str, tuple[Category, str]]) -> Issue:
    links = tuple(_up_to_date(link, ends) for link in issue.links)
    return issue if links == issue.links else replace(issue, links=links)


def _up_to_date(link: Link, ends: Mapping[str, tuple[Category, str]]) -> Link:
    category, title = ends.get(link.key, (link.category, link.title))
    return replace(link, category=category, title=title)


def _check_hidden(api: JiraApi, vanished: Collection[str], total: int) -> None:
    """Look up missing issues by id: most have left the scope, some are deleted or hidden."""
    if not vanished:
        return
    visible = {str(raw["id"]) for portion in api.fetch(sorted(vanished), ("status",)) for raw in portion}
    hidden = len(set(vanished) - visible)
    if hidden > max(FEW_HIDDEN, MOST_HIDDEN * total):
        are = agreeing_of(hidden, total, "is", "are")
        raise TrackerError(
            f"{hidden} of {many(total, 'issue')} {are} no longer visible, and nothing was "
            "done: this account has probably lost a permission (ask for Browse Projects); if they are deleted, delete "
            "the mirror file and run again"
        )
    if hidden:
        log.info("tracker.issues_gone", hidden=hidden)


def _add_kept(loaded: LoadedIssues, unchanged: Sequence[str], site: Site, mirror: Mirror) -> None:
    renamed = loaded.renamed = mirror.renamed()
    for issue in recall(unchanged, site, mirror):
        loaded.issues[issue.id] = _with_new_keys(issue, renamed) if renamed else issue


def _with_new_keys(issue: Issue, renamed: Mapping[str, str]) -> Issue:
    """The issue, with the present keys of the issues it names."""
    return replace(
        issue,
        parent=renamed.get(issue.parent, issue.parent) if issue.parent else None,
        subtasks=tuple(renamed.get(key, key) for key in issue.subtasks),
        links=tuple(replace(link, key=renamed.get(link.key, link.key)) for link in issue.links),
    )
