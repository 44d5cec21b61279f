"""Checks of a GitLab: the token, the projects and the account's role there, sprints, backlog, edition and labels."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from rules.wording import many
from sync.config import Settings, policy_of, product_of
from sync.doctor.check import AWAY, PARTLY, WRONG, Check, State, fine, listed, unanswered, unasked, warning
from sync.errors import BadQuery, Forbidden, NotFound, TrackerError
from sync.trackers.gitlab.api import GitlabApi, filters_of
from sync.trackers.gitlab.history import own_comments, remarks_of
from sync.trackers.gitlab.payloads import RawIssue
from sync.trackers.gitlab.pull import sprints_of, why_not_read
from sync.trackers.gitlab.settings import Estimate, GitlabSettings, Order
from sync.trackers.gitlab.site import Site, learn, shows_weights
from sync.trackers.gitlab.write import misspelt
from sync.trackers.tolerant import Json, read_day

REPORTER, MAINTAINER = 20, 40
"""GitLab's numbers of roles."""
WRITE, READ = "api", "read_api"
TOO_MUCH = {"sudo", "admin_mode"}
SOON = timedelta(days=14)
MOST_PROJECTS, MOST_ISSUES = 10, 5  # that are looked at


def examine(
    api: GitlabApi, settings: Settings, tracker: GitlabSettings, now: datetime
) -> tuple[tuple[Check, ...], str, str]:
    """All checks of the site, the number of the account, and its name. Nothing is written."""
    rest = ("project", "sprints", "backlog", "edition", "labels")
    try:
        me = api.me()
        account, name = str(me.get("id", "")), str(me.get("name") or "")
        token = tuple(_token(api, settings, me, now.date()))
    except TrackerError as error:
        return (unanswered("token", error), *map(unasked, rest)), "", ""
    try:
        site = learn(api, tracker)
        raws = api.issues({**filters_of(settings.product.backlog), "state": "opened", "order_by": "updated_at"})
    except TrackerError as error:
        failed = "backlog" if isinstance(error, BadQuery) else "project"
        return (*token, _closed(failed, error), *(unasked(one) for one in rest if one != failed)), account, name
    checks = (
        *token,
        *_projects(api, settings, tracker, raws),
        *_sprints(api, settings, site, now),
        _backlog(raws),
        *_edition(api, tracker, raws),
        *_labels(api, settings, tracker, raws),
        *_by_hand(api, site, raws),
    )
    return checks, account, name


def _token(api: GitlabApi, settings: Settings, me: Json, today: date) -> Iterator[Check]:
    """Whether the token may do what is needed and no more, and how long it is valid."""
    name = str(me.get("name") or me.get("username") or "")
    if me.get("is_admin") is True:
        sentence = f"the token belongs to {name}, an administrator, who may change everything on this site"
        yield Check("token", State.FAILED, sentence, "make an account of its own without administrator rights", WRONG)
        return
    try:
        token = api.token()
    except (NotFound, Forbidden):
        yield fine("token", f"belongs to {name}; the site does not say what it may do")
        return
    scopes = {scope for scope in token.get("scopes") or [] if isinstance(scope, str)}
    todo = f"make a token with the scope {WRITE} only"
    if much := sorted(scopes & TOO_MUCH):
        yield Check("token", State.FAILED, f"the token of {name} may do far too much: {listed(much)}", todo, WRONG)
    elif WRITE not in scopes and (settings.write_back.enabled or READ not in scopes):
        needed = WRITE if settings.write_back.enabled else READ
        sentence = f"the token of {name} lacks the scope {needed}; it has {listed(sorted(scopes)) or 'none'}"
        yield Check("token", State.FAILED, sentence, f"make a token with the scope {needed}", AWAY)
    else:
        later = "" if WRITE in scopes else f"before you switch write-back on, {todo}"
        yield fine("token", f"belongs to {name}, with the scope {listed(sorted(scopes))}", later)
    last = read_day(token.get("expires_at"))
    if last is not None and last - today <= SOON:
        yield warning("token's last day", f"the token expires on {last:%Y-%m-%d}", "make a new one before that day")


def _closed(name: str, error: TrackerError) -> Check:
    if isinstance(error, NotFound | Forbidden) and "renamed" not in str(error):
        sentence = "the project or group does not exist, or the account is not a member of it"
        todo = "correct [tracker] project or group, or add the account to its members"
        return Check(name, State.FAILED, sentence, todo, AWAY)
    return unanswered(name, error)


def _projects(api: GitlabApi, settings: Settings, tracker: GitlabSettings, raws: Sequence[Json]) -> Iterator[Check]:
    """For each project with issues, whether it can be written to, and the account's role there."""
    seen = [str(raw.get("project_id")) for raw in raws]
    names = [tracker.project] if tracker.project else list(dict.fromkeys(seen))
    for name in names[:MOST_PROJECTS]:
        try:
            raw = api.project(name)
        except TrackerError as error:
            yield unanswered(f"project {name}", error)
            continue
        yield _project(raw, enabled=settings.write_back.enabled)


def _project(raw: Json, *, enabled: bool) -> Check:
    path = str(raw.get("path_with_namespace") or raw.get("id"))
    title, role = f"project {path}", _role(raw)
    if raw.get("archived"):
        sentence = f"{path} is archived: GitLab lets nobody change its issues"
        return Check(title, State.FAILED, sentence, "unarchive it, or take it out of the backlog", PARTLY)
    if raw.get("issues_access_level") == "disabled":
        sentence = f"issues are switched off in {path}"
        return Check(title, State.FAILED, sentence, "switch them on in its settings, or name another project", AWAY)
    grant = "give the account the role Reporter in the project"
    if role < REPORTER:
        sentence = f"the account's role in {path} is too small to change labels, milestones and comments"
        return (
            Check(title, State.FAILED, sentence, grant, AWAY)
            if enabled
            else fine(title, f"{path} can be read", f"before you switch write-back on, {grant}")
        )
    if role >= MAINTAINER:
        todo = "give it the role Reporter; readyline needs no more"
        return warning(title, f"the account's role in {path} lets it change the comments of everybody", todo)
    return fine(title, f"{path} can be read, and the account's role is large enough")


def _role(raw: Json) -> int:
    """The account's role in a project: its own, or that in the group."""
    levels = [one.get("access_level") for one in (raw.get("permissions") or {}).values() if isinstance(one, dict)]
    return max((level for level in levels if isinstance(level, int)), default=0)


def _sprints(api: GitlabApi, settings: Settings, site: Site, now: datetime) -> Iterator[Check]:
    faults = 0
    for team in product_of(settings).teams:
        name = f"sprints of {team.name}"
        try:
            sprints = sprints_of(api, site, team.board, now)
        except (NotFound, Forbidden):
            faults += 1
            code = AWAY if faults == len(settings.teams) else PARTLY
            yield Check(name, State.FAILED, why_not_read(team, site), "", code)
            continue
        except TrackerError as error:
            yield unanswered(name, error)
            continue
        kind = "iteration" if site.has_iterations else "milestone"
        if sprints:
            yield fine(name, f"the board has {many(len(sprints), kind)}")
        else:
            yield warning(name, f"there are no {kind}s", f"make {kind}s, or correct [tracker] sprints")


def _backlog(raws: Sequence[Json]) -> Check:
    if not raws:
        todo = "check [product] backlog, and that this account may see the issues"
        return warning("backlog", "the query finds no open issues", todo)
    return fine("backlog", f"the query finds {many(len(raws), 'open issue')}")


def _edition(api: GitlabApi, tracker: GitlabSettings, raws: Sequence[Json]) -> Iterator[Check]:
    """Whether issues have weights where these are the estimates; no part of GitLab's API names the edition."""
    try:
        version = str(api.version().get("version") or "unknown")
    except TrackerError as error:
        yield unanswered("edition", error)
        return
    if raws and tracker.points is Estimate.WEIGHT and not shows_weights(raws):
        sentence = f"GitLab {version} has no weights here, so issues have no estimates: weights need GitLab Premium"
        todo = 'use labels or times: [tracker] points = "label" or "time"'
        yield warning("edition", sentence, todo)
    elif raws and not shows_weights(raws):
        yield fine("edition", f"GitLab {version} without weights and without links that block")
    else:
        yield fine("edition", f"GitLab {version}")
    if tracker.rank is not Order.BOARD:
        todo = 'sort the list of issues by "Manual", and leave out [tracker] rank'
        yield warning("rank", "issues are in the order of their age, which is not a priority", todo)


def _labels(api: GitlabApi, settings: Settings, tracker: GitlabSettings, raws: Sequence[Json]) -> Iterator[Check]:
    """Whether the project has one of our labels in another case, and each label that the configuration names."""
    projects = [tracker.project] if tracker.project else [str(raw.get("project_id")) for raw in raws[:1]]
    try:
        names = [label for project in projects for label in api.labels(project)]
    except TrackerError as error:
        yield unanswered("labels", error)
        return
    by_case = {name.casefold(): name for name in names}
    ours = {label: tracker.spelled(label) for label in policy_of(settings).own_labels}
    spelled = {label: by_case.get(name.casefold(), name) for label, name in ours.items()}
    odd = [misspelt(label, there) for label, there in spelled.items() if there != ours[label]]
    wanted = (*tracker.doing, *tracker.priorities, *filter(None, [tracker.flagged]), *tracker.label_names.values())
    missing = [name for name in dict.fromkeys(wanted) if name not in names]
    yield from (warning("labels", sentence) for sentence in odd)
    if missing:
        yield warning("labels", f"there is no label {listed(missing)}", "correct its name in [tracker], or make it")
    if not odd and not missing:
        yield fine("labels", f"all configured labels are there, of {many(len(names), 'label')}")


def _by_hand(api: GitlabApi, site: Site, raws: Sequence[Json]) -> Iterator[Check]:
    """Whether somebody also comments with the account, whose comments count as those of a program."""
    for raw in raws[:MOST_ISSUES]:
        issue = RawIssue.model_validate(raw)
        try:
            issue = RawIssue.model_validate({**raw, "notes": api.notes(issue.id)})
        except TrackerError:
            continue
        own = {one.id for one in remarks_of(issue.notes, site.account) if one.by_us}
        if own - {one.id for one in own_comments(issue, site)}:
            todo = "make an account for readyline alone: comments are known by their author"
            sentence = f"somebody comments with the account {site.account_name} by hand, on {issue.references.full}"
            yield warning("account", sentence, todo)
            return
