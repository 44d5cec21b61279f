"""Everything a run needs from a GitHub.

The list of issues comes whole and lean: the order, the fields of a Project and dependencies change without a sign.
Whole issues are asked for only where the list says that they changed; all others come from the mirror.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from rules.model import Category, Issue, Snapshot, Sprint, SprintState, Team
from sync.errors import Forbidden, NotFound
from sync.logs import get_logger
from sync.store.mirror import Mirror
from sync.trackers.base import Scope
from sync.trackers.concurrency import map_ordered
from sync.trackers.dated_sprints import recent
from sync.trackers.github.api import ISSUES_A_QUERY, GithubApi
from sync.trackers.github.filters import matches, read_filters
from sync.trackers.github.parse import read_issue
from sync.trackers.github.payloads import End, Item, Milestone, RawIssue
from sync.trackers.github.settings import GithubSettings
from sync.trackers.github.site import Site, field_of, learn
from sync.trackers.github.sprints import from_iterations, from_milestones
from sync.trackers.link_ends import Ends, ends_among, unknown_blockers, with_ends
from sync.trackers.tolerant import Json

log = get_logger()

SHAPE = "github-1"  # of what the mirror keeps
JUST_NOW = timedelta(minutes=2)
"""Dates have whole seconds, and clocks differ: an issue that changed so lately is read again."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """A snapshot, and what is known of the site."""

    snapshot: Snapshot
    site: Site


@dataclass(frozen=True, slots=True)
class Listed:
    """An issue as the list has it: what would differ if it changed, when that was, and its item of the Project.

    `item` is `None` where the list does not have it: the issue itself names an item that was archived.
    """

    version: str
    updated: str
    item: Item | None


def pull(api: GithubApi, settings: GithubSettings, scope: Scope, mirror: Mirror | None) -> Pulled:
    """Read everything in the scope. Raises the errors of `sync.errors`."""
    started = api.transport.server_now()
    filters = read_filters(scope.backlog)
    site = learn(api, settings, scope.product.fields)
    site, stopped = _with_sprints(api, site, scope, started)
    listed = _listed(api, site)
    if mirror is not None:
        mirror.begin(site=settings.url, account=site.login, shape=_shape(site), started=started)
    raws = _with_details(api, site, mirror, listed, started)
    if mirror is not None:
        mirror.finish(raws.keys(), started)
    read = [(raw, read_issue(raw, listed[number].item or site.item_of(raw), site)) for number, raw in raws.items()]
    backlog = [issue for raw, issue in read if issue.is_open and matches(raw, filters)]
    history = [issue for _, issue in read if _is_past(issue, site)]
    ends = _all_ends(api, [raw for raw, _ in read], [issue for _, issue in read], backlog)
    return Pulled(
        Snapshot(
            taken_at=started,
            product=scope.product,
            issues=tuple(with_ends(backlog, ends)),
            history=tuple(with_ends(history, ends)),
            sprints=tuple(site.sprints.values()),
            unavailable=_unavailable(site),
            stopped=stopped,
        ),
        site,
    )


def ends_in(raws: Iterable[RawIssue]) -> dict[str, tuple[Category, str]]:
    """The category and title of the issues that these link to, by key, as of when these were read."""
    return {end.key: _category_and_title(end) for raw in raws for end in (*raw.blocked_by, *raw.blocking)}


def _all_ends(api: GithubApi, raws: Sequence[RawIssue], known: Sequence[Issue], issues: Sequence[Issue]) -> Ends:
    """The category and title of the issues that these link to, by key; blockers that are not known are asked for."""
    ids = {end.key: end.id for raw in raws for end in raw.blocked_by}
    fresh = ends_among(known)
    asked = map(End.model_validate, api.ends([ids[key] for key in unknown_blockers(issues, fresh)]))
    return {**ends_in(raws), **fresh, **{end.key: _category_and_title(end) for end in asked}}


def _category_and_title(end: End) -> tuple[Category, str]:
    return (Category.DONE if end.state == "CLOSED" else Category.TODO), end.title


def _shape(site: Site) -> str:
    """What the mirror keeps depends on what was asked for."""
    return json.dumps([SHAPE, list(site.known), dict(site.roles)])


def _listed(api: GithubApi, site: Site) -> dict[str, Listed]:
    """The issues by their ids: those of the Project in its order, else those of the repositories by age."""
    return _in_project(api, site) if site.project else _in_repositories(api, site)


def _in_project(api: GithubApi, site: Site) -> dict[str, Listed]:
    assert site.project is not None, "the caller knows"
    listed: dict[str, Listed] = {}
    hidden = 0
    for kind, content, item in api.items(site.project.id, site.known, site.roles):
        if content.get("id") and _is_wanted(content, item, site):
            listed[str(content["id"])] = _entry(content, item)
        hidden += kind == "REDACTED" or (kind == "ISSUE" and not content)
    if hidden:
        log.warning("tracker.hidden_items", project=site.settings.project, items=hidden)
    for raw in _closed_lately(api, site):
        listed.setdefault(str(raw["id"]), _entry(raw, None))
    return listed


def _is_wanted(content: Json, item: Item, site: Site) -> bool:
    """Whether an issue is open, or may belong to a sprint that counts: an old Project holds thousands of others."""
    return content.get("state") != "CLOSED" or not site.settings.has_iterations or item.iteration in site.sprints


def _closed_lately(api: GithubApi, site: Site) -> Iterator[Json]:
    """The closed issues of the repositories since the first sprint that counts: a Project hides archived items."""
    starts = [sprint.start for sprint in site.sprints.values() if sprint.start and sprint.state is SprintState.CLOSED]
    if starts:
        for repository in site.settings.repositories:
            yield from api.issues(repository, site.known, states=["CLOSED"], since=min(starts).isoformat())


def _in_repositories(api: GithubApi, site: Site) -> dict[str, Listed]:
    """The open issues, and those of milestones that run or ended lately."""
    listed: dict[str, Listed] = {}
    for repository in site.settings.repositories:
        open_ones: dict[str, Any] = {"states": ["OPEN"]}
        past = ({"milestoneNumber": str(number)} for number in _past_milestones(site, repository))
        for filters in (open_ones, *past):
            for raw in api.issues(repository, site.known, **filters):
                listed.setdefault(str(raw["id"]), _entry(raw, None))
    return listed


def _past_milestones(site: Site, repository: str) -> Iterator[int]:
    for sprint in site.sprints.values():
        where, number = site.milestones.get(sprint.id, ("", 0))
        if where == repository and sprint.state is not SprintState.FUTURE:
            yield number


def _entry(raw: Json, item: Item | None) -> Listed:
    return Listed(json.dumps(raw, sort_keys=True), str(raw.get("updatedAt")), item)


def _with_details(
    api: GithubApi, site: Site, mirror: Mirror | None, listed: Mapping[str, Listed], started: datetime
) -> dict[str, RawIssue]:
    """The listed issues in their order; those that were deleted or hidden in between are left out."""
    known = mirror.known() if mirror is not None else {}
    to_fetch = [number for number, entry in listed.items() if known.get(number) != entry.version]
    portions = [to_fetch[first : first + ISSUES_A_QUERY] for first in range(0, len(to_fetch), ISSUES_A_QUERY)]
    raws: dict[str, RawIssue] = {}
    with closing(
        map_ordered(lambda ids: list(api.details(ids, site.known, site.asked)), portions, api.transport.breadth.most)
    ) as answers:
        for answer in answers:
            raws |= {str(raw["id"]): RawIssue.model_validate(raw) for raw in answer}
            if mirror is not None:
                mirror.keep([_kept(raw, listed[str(raw["id"])], started) for raw in answer])
    if mirror is not None:
        fetched = set(to_fetch)
        for kept in mirror.issues(number for number in listed if number not in fetched):
            raws[kept["id"]] = RawIssue.model_validate(kept["issue"])
    log.debug("tracker.pulled", issues=len(raws), fetched=len(to_fetch))
    return {number: raws[number] for number in listed if number in raws}


def _kept(raw: Json, entry: Listed, started: datetime) -> Json:
    """What the mirror keeps of an issue; one that changed just now is kept without its version, so it is read again."""
    updated = RawIssue.model_validate(raw).updated_at
    is_settled = updated is not None and updated < started - JUST_NOW and raw.get("updatedAt") == entry.updated
    fields = {"updated": entry.version if is_settled else ""}
    return {"id": str(raw["id"]), "key": RawIssue.model_validate(raw).key, "fields": fields, "issue": raw}


def _with_sprints(api: GithubApi, site: Site, scope: Scope, now: datetime) -> tuple[Site, dict[str, str]]:
    """The site with the sprints of the teams, and why a team is left out. Raises where that leaves no team."""
    sprints: dict[str, Sprint] = {}
    milestones: dict[str, tuple[str, int]] = {}
    stopped: dict[str, str] = {}
    for team in scope.product.teams:
        try:
            of_team, numbers = sprints_of(api, site, team, now)
        except (NotFound, Forbidden) as error:
            stopped[team.name] = str(error)
            log.warning("tracker.team_left_out", team=team.name, why=stopped[team.name])
            if len(stopped) == len(scope.product.teams):
                raise
            continue
        milestones |= numbers
        for sprint in recent(of_team, scope.closed_sprints):
            sprints.setdefault(sprint.id, sprint)
    return replace(site, sprints=sprints, milestones=milestones), stopped


def sprints_of(
    api: GithubApi, site: Site, team: Team, now: datetime
) -> tuple[list[Sprint], dict[str, tuple[str, int]]]:
    """The sprints of a team in time order; those that are milestones with their repository and number.

    Raises `NotFound` where the team's board is neither the Project nor one of the repositories.
    """
    settings, today = site.settings, now.date()
    if settings.has_iterations:
        _, number = settings.owner_and_number
        if team.board != number:
            raise NotFound(f'board {team.board} of team "{team.name}" is not the number of Project {settings.project}')
        field = field_of(site, "sprint")
        return (from_iterations(field.configuration, team.board, settings, today) if field else []), {}
    if not settings.repositories:
        return [], {}
    if team.board > len(settings.repositories):
        many = f"there are {len(settings.repositories)} in [tracker] repositories"
        raise NotFound(f'board {team.board} of team "{team.name}" is not the place of a repository: {many}')
    repository = settings.repositories[team.board - 1]
    raws = [Milestone.model_validate(raw) for raw in api.milestones(repository)]
    numbers = {raw.node_id: (repository, raw.number) for raw in raws}
    return from_milestones(raws, team.board, settings, today), numbers


def _is_past(issue: Issue, site: Site) -> bool:
    """Whether an issue belongs to a sprint that runs or ended lately."""
    states = {site.sprints[sprint].state for sprint in issue.sprints if sprint in site.sprints}
    return bool(states - {SprintState.FUTURE})


def _unavailable(site: Site) -> frozenset[str]:
    """What this site does not provide, as in `Snapshot.unavailable`."""
    lacking = {
        "points": "points" not in site.roles and not site.settings.points_label,
        "rank": site.project is None,
        "sprints": not site.sprints,
        "sprint-history": True,
        "acceptance-field": "acceptance" not in site.roles,
        "priority": "priority" not in site.roles,
        "links": "blockedBy" not in site.known,
        "changelog": True,
    }
    return frozenset(name for name, is_lacking in lacking.items() if is_lacking)
