"""Checks of a GitHub: the token, the Project with its fields, the repositories, the sprints and the backlog."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.plan.policy import SprintMode
from rules.wording import agreeing, many
from sync.config import Settings, product_of
from sync.doctor.check import AWAY, PARTLY, WRONG, Check, State, fine, listed, unanswered, unasked, warning
from sync.errors import BadQuery, Forbidden, NotFound, TrackerError
from sync.trackers.github.api import ISSUES_A_QUERY, GithubApi
from sync.trackers.github.filters import matches, read_filters
from sync.trackers.github.payloads import RawIssue
from sync.trackers.github.pull import sprints_of
from sync.trackers.github.settings import GithubSettings
from sync.trackers.github.site import Site, learn
from sync.trackers.github.timeline import remarks_of, signed_comments

ENOUGH = frozenset({"repo", "public_repo", "project", "read:project", "read:org", "read:user", "user:email"})
"""What a classic token needs at most."""
TOO_MUCH = ("admin", "delete", "site_admin", "manage")
"""The beginnings of scopes with which a stolen token does great harm."""
MAY_WRITE = {"ADMIN", "MAINTAIN", "WRITE", "TRIAGE"}
TYPES: Mapping[str, tuple[str, ...]] = {
    "points": ("NUMBER",),
    "sprint": ("ITERATION",),
    "status": ("SINGLE_SELECT",),
    "priority": ("SINGLE_SELECT",),
    "component": ("SINGLE_SELECT", "TEXT"),
    "acceptance": ("TEXT",),
}
"""The types a field of the Project may have for each of its roles."""
MOST_REPOSITORIES = 10  # that are looked at


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen of the site: its Project and fields, its open issues, and the first of them whole."""

    site: Site
    ids: Sequence[str]
    sample: Sequence[RawIssue]


def examine(
    api: GithubApi, settings: Settings, tracker: GithubSettings, now: datetime
) -> tuple[tuple[Check, ...], str, str]:
    """All checks of the site, and the account twice: its login is its name. Nothing is written."""
    try:
        login = str((api.site().get("viewer") or {}).get("login") or "")
        scopes = api.scopes()
    except TrackerError as error:
        rest = ("project", "repositories", "sprints", "backlog", "fields")
        return (unanswered("token", error), *map(unasked, rest)), "", ""
    token = _token(login, scopes, tracker)
    try:
        looked = _look(api, settings, tracker)
    except TrackerError as error:
        failed = "backlog" if isinstance(error, BadQuery) else "project" if tracker.project else "repositories"
        rest = ("project", "repositories", "sprints", "backlog", "fields")
        unread = (unasked(name) for name in rest if name != failed)
        return (*token, unanswered(failed, error), *unread), login, login
    checks = (
        *token,
        *_project(looked.site, settings),
        *_repositories(api, settings, looked),
        *_sprints(api, settings, looked.site, now),
        _backlog(settings, looked),
        *_fields(looked.site),
        *_by_hand(looked, login),
    )
    return checks, login, login


def _look(api: GithubApi, settings: Settings, tracker: GithubSettings) -> Looked:
    """The site, the ids of the open issues, and some of them whole. Raises `BadQuery` and `NotFound`."""
    read_filters(settings.product.backlog)
    site = learn(api, tracker)
    if site.project:
        listed_items = api.items(site.project.id, site.known, site.roles)
        ids = [str(content["id"]) for _, content, _ in listed_items if content.get("state") == "OPEN"]
    else:
        open_ones = (api.issues(name, site.known, states=["OPEN"]) for name in tracker.repositories)
        ids = [str(raw["id"]) for raws in open_ones for raw in raws]
    sample = [RawIssue.model_validate(raw) for raw in api.details(ids[:ISSUES_A_QUERY], site.known, site.asked)]
    return Looked(site, ids, sample)


def _token(login: str, scopes: Sequence[str] | None, tracker: GithubSettings) -> Iterator[Check]:
    """Whether the token is accepted, and whether a classic one may do what is needed and no more."""
    if scopes is None:
        yield fine("token", f"belongs to {login}")
        return
    missing = [] if {"repo", "public_repo"} & set(scopes) else ["repo"]
    if tracker.project and not {"project", "read:project"} & set(scopes):
        missing.append("project")
    if missing:
        todo = "make a classic token with them, or a fine-grained one (docs/github.md says with which rights)"
        sentence = f"the token of {login} lacks the {agreeing(len(missing), 'scope', 'scopes')} {listed(missing)}"
        yield Check("token", State.FAILED, sentence, todo, AWAY)
        return
    much = sorted(scope for scope in scopes if scope.startswith(TOO_MUCH))
    more = sorted(set(scopes) - ENOUGH - set(much))
    todo = "make a token with the scopes repo and project only"
    if much:
        sentence = f"the token of {login} may do far too much: {listed(much)}"
        yield Check("token", State.FAILED, sentence, todo, WRONG)
    elif more:
        yield warning("token", f"the token of {login} may do more than is needed: {listed(more)}", todo)
    else:
        yield fine("token", f"belongs to {login}")


def _project(site: Site, settings: Settings) -> Iterator[Check]:
    project, name = site.project, f"Project {site.settings.project}"
    if project is None:
        todo = "name a Project in [tracker] project for an order"
        yield warning("rank", "without a Project, issues are in the order of their age", todo)
        return
    moves = settings.write_back.sprints in {SprintMode.ACCEPTED, SprintMode.ASSIGN}
    if moves and site.settings.has_iterations and not project.viewer_can_update:
        sentence = f'{name} "{project.title}" cannot be changed with this token, so no issue can be moved'
        todo = "grant Projects read and write to the token, and the role Write to its account in the Project"
        yield Check("project", State.FAILED, sentence, todo, AWAY)
    elif project.closed:
        yield warning("project", f'{name} "{project.title}" is closed', "reopen it, or name another one")
    else:
        yield fine("project", f'{name} is "{project.title}"')


def _repositories(api: GithubApi, settings: Settings, looked: Looked) -> Iterator[Check]:
    """Whether each repository can be read, and written to."""
    seen = (raw.repository.name_with_owner for raw in looked.sample)
    names = list(dict.fromkeys((*looked.site.settings.repositories, *seen)))
    for name in names[:MOST_REPOSITORIES]:
        try:
            raw = api.repository(name)
        except TrackerError as error:
            yield unanswered(f"repository {name}", error)
            continue
        yield _repository(name, raw, enabled=settings.write_back.enabled)


def _repository(name: str, raw: Mapping[str, object], *, enabled: bool) -> Check:
    title, permission = f"repository {name}", str(raw.get("viewerPermission") or "no role")
    if raw.get("isArchived"):
        sentence = f"{name} is archived: nobody can write to its issues"
        return Check(title, State.FAILED, sentence, "unarchive it, or take it out of the backlog", PARTLY)
    if not raw.get("hasIssuesEnabled"):
        sentence = f"issues are switched off in {name}"
        return Check(title, State.FAILED, sentence, "switch them on in its settings, or take it out", PARTLY)
    grant = "grant Issues read and write to the token, and the role Triage or Write to its account"
    if permission not in MAY_WRITE:
        if enabled:
            sentence = f"this account has {permission} in {name}, which allows no labels and comments"
            return Check(title, State.FAILED, sentence, grant, AWAY)
        return fine(title, f"{name} can be read", f"before you switch write-back on, {grant}")
    if permission == "ADMIN":
        todo = "give it the role Write: readyline needs no more"
        return warning(title, f"this account administers {name}", todo)
    return fine(title, f"{name} can be read, and this account has {permission} there")


def _sprints(api: GithubApi, settings: Settings, site: Site, now: datetime) -> Iterator[Check]:
    for team in product_of(settings).teams:
        name = f"sprints of {team.name}"
        try:
            boxes, _ = sprints_of(api, site, team, now)
        except (NotFound, Forbidden) as error:
            yield Check(name, State.FAILED, str(error), "correct [[teams]] board", PARTLY)
            continue
        except TrackerError as error:
            yield unanswered(name, error)
            continue
        kind = "iteration" if site.settings.has_iterations else "milestone"
        if boxes:
            yield fine(name, f"the board has {many(len(boxes), kind)}")
        else:
            yield warning(name, f"there are no {kind}s", f"make {kind}s, or correct [tracker.fields] sprint")


def _backlog(settings: Settings, looked: Looked) -> Check:
    filters = read_filters(settings.product.backlog)
    if not looked.ids:
        todo = "check [product] backlog, and that this token may see the issues"
        return warning("backlog", "there are no open issues", todo)
    if looked.sample and not any(matches(raw, filters) for raw in looked.sample):
        todo = "correct [product] backlog if that is not meant"
        return warning("backlog", f"none of the first {many(len(looked.sample), 'open issue')} matches the query", todo)
    return fine("backlog", f"there are {many(len(looked.ids), 'open issue')} to choose from")


def _fields(site: Site) -> Iterator[Check]:
    """Whether the Project has each configured field, of a type that fits."""
    if site.project is None:
        return
    wanted = {role: name for role, name in site.settings.fields.model_dump().items() if name}
    missing = [name for role, name in wanted.items() if role not in site.roles and role != "status"]
    fields = {role: site.project.field(name) for role, name in site.roles.items() if role in TYPES}
    odd = [field.name for role, field in fields.items() if field and field.data_type not in TYPES[role]]
    if missing:
        yield warning("fields", f"the Project has no field {listed(missing)}", "correct its name in [tracker.fields]")
    if odd:
        todo = "choose a field of the type that docs/github.md names"
        yield warning("fields", f"{listed(odd)} {agreeing(len(odd), 'is', 'are')} of a type that cannot be read", todo)
    if not missing and not odd:
        yield fine("fields", f"all configured fields are there, of {many(len(site.project.fields), 'field')}")


def _by_hand(looked: Looked, login: str) -> Iterator[Check]:
    """Whether somebody also comments with the account, whose comments count as those of a program."""
    for raw in looked.sample:
        own = {one.id for one in remarks_of(raw) if one.by_us}
        if own - {one.id for one in signed_comments(raw)}:
            todo = "make an account for readyline alone: comments are known by their author"
            yield warning("account", f"somebody comments with the account {login} by hand, on {raw.key}", todo)
            return
