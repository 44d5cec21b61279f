"""Checks of a Redmine: the key, the account's rights, the teams' projects, the fields and the backlog."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.wording import many
from sync.config import Settings
from sync.doctor.check import AWAY, PARTLY, WRONG, Check, State, fine, listed, unanswered, unasked, warning
from sync.errors import BadQuery, Forbidden, NotFound, TrackerError
from sync.trackers.redmine.api import RedmineApi, filters_of
from sync.trackers.redmine.settings import HOURS, RedmineSettings
from sync.trackers.redmine.site import fields_on, find_fields, name_of
from sync.trackers.tolerant import Json

READ = {"view_issues": "View issues"}
WRITE = {"edit_issues": "Edit issues", "edit_own_issue_notes": "Edit own notes"}
BETTER = {"view_private_notes": "View private notes", "view_issue_watchers": "View watchers list"}
TOO_MUCH = "edit_issue_notes"
"""The right to edit anybody's notes."""
REMEDY = "a Redmine administrator grants {rights} to the account's role, under Administration, Roles and permissions"


@dataclass(frozen=True, slots=True)
class Me:
    """The account of the key: its number and name, and its memberships."""

    id: str
    name: str
    is_admin: bool
    memberships: Sequence[Json]

    def roles_in(self, project: int) -> tuple[str, ...]:
        """The numbers of the account's roles in a project."""
        return tuple(
            str(role.get("id"))
            for membership in self.memberships
            if (membership.get("project") or {}).get("id") == project
            for role in membership.get("roles") or []
        )


def examine(api: RedmineApi, settings: Settings, tracker: RedmineSettings) -> tuple[tuple[Check, ...], str, str]:
    """All checks of the site, the number of the account, and its name. Nothing is written."""
    try:
        me = _me(api.me())
    except TrackerError as error:
        rest = ("rights", "projects", "backlog", "fields")
        return (unanswered("token", error), *map(unasked, rest)), "", ""
    checks = (_token(me), *_projects(api, settings, me), _backlog(api, settings), *_fields(api, tracker))
    return checks, me.id, me.name


def _me(raw: Json) -> Me:
    memberships = [one for one in raw.get("memberships") or [] if isinstance(one, dict)]
    return Me(str(raw.get("id", "")), name_of(raw), raw.get("admin") is True, memberships)


def _token(me: Me) -> Check:
    if me.is_admin:
        sentence = f"the key belongs to {me.name}, an administrator, who may change the comments of everybody"
        return Check("token", State.FAILED, sentence, "make an account of its own without administrator rights", WRONG)
    return fine("token", f"belongs to {me.name}")


def _projects(api: RedmineApi, settings: Settings, me: Me) -> Iterator[Check]:
    """For each team, whether its project can be read, and which rights are missing there."""
    faults = 0
    for team in settings.teams:
        name = f"project of {team.name}"
        try:
            project = api.project(team.board)
            versions = api.versions(team.board)
        except (Forbidden, NotFound) as error:
            faults += 1
            yield _closed(name, team.board, error, AWAY if faults == len(settings.teams) else PARTLY)
            continue
        except TrackerError as error:
            yield unanswered(name, error)
            continue
        sentence = f'{team.board} is "{project.get("name")}", with {many(len(versions), "version")} as sprints'
        if project.get("status") == 5:
            sentence = (
                f'{team.board} is "{project.get("name")}", which is closed: Redmine lets nobody change its issues'
            )
            yield Check(name, State.FAILED, sentence, "reopen the project, or take the team out of [[teams]]", PARTLY)
            continue
        yield fine(name, sentence)
        if not me.is_admin:
            yield from _rights(api, settings, me, team.board, team.name)


def _closed(name: str, board: int, error: TrackerError, code: int) -> Check:
    if isinstance(error, Forbidden):
        sentence = f"project {board} is archived, or the account is not a member of it"
        return Check(name, State.FAILED, sentence, "unarchive it, or add the account to its members", code)
    sentence = f"project {board} does not exist"
    return Check(name, State.FAILED, sentence, "put the project's number into [[teams]] board", code)


def _rights(api: RedmineApi, settings: Settings, me: Me, board: int, team: str) -> Iterator[Check]:
    name = f"rights of {team}"
    try:
        granted = {right for role in me.roles_in(board) for right in api.role(role).get("permissions") or []}
    except TrackerError as error:
        yield unanswered(name, error)
        return
    needed = {**READ, **WRITE} if settings.write_back.enabled else READ
    if missing := _missing(needed, granted):
        sentence = (
            f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} not granted to {me.name} in project {board}"
        )
        yield Check(name, State.FAILED, sentence, REMEDY.format(rights=listed(missing)), AWAY)
        return
    if TOO_MUCH in granted:
        todo = "take this right from the account's role; Edit own notes is enough"
        yield warning(name, f"{me.name} may edit the notes of everybody in project {board}", todo)
    later = _missing(WRITE, granted)
    lacking = _missing(BETTER, granted)
    if lacking:
        yield warning(
            name,
            f"without {listed(lacking)} some commands or watchers are not seen",
            REMEDY.format(rights=listed(lacking)),
        )
    if not lacking and TOO_MUCH not in granted:
        todo = f"before you switch write-back on, {REMEDY.format(rights=listed(later))}" if later else ""
        yield fine(name, f"all that this configuration needs is granted in project {board}", todo)


def _missing(wanted: Mapping[str, str], granted: set[str]) -> list[str]:
    return [title for right, title in wanted.items() if right not in granted]


def _backlog(api: RedmineApi, settings: Settings) -> Check:
    try:
        count = len(api.issues(filters_of(settings.product.backlog)))
    except BadQuery as error:
        return Check("backlog", State.FAILED, str(error), "", AWAY)
    except TrackerError as error:
        return unanswered("backlog", error, "correct [product] backlog")
    if not count:
        todo = "check [product] backlog, and that this account may see the project's issues"
        return warning("backlog", "the query finds no issues", todo)
    return fine("backlog", f"the query finds {many(count, 'issue')}")


def _fields(api: RedmineApi, tracker: RedmineSettings) -> Iterator[Check]:
    """Whether each configured field is on an issue; Redmine shows the list of fields to administrators only."""
    try:
        raws = api.newest()
    except TrackerError as error:
        yield unanswered("fields", error)
        return
    fields, names = find_fields(tracker, raws), tracker.fields
    named = {"points": names.points, "rank": names.rank, "flagged": names.flagged, "acceptance": names.acceptance}
    numbers = {"points": fields.points, "rank": fields.rank, "flagged": fields.flagged, "acceptance": fields.acceptance}
    missing = [name for role, name in named.items() if name not in {"", HOURS} and not numbers[role]]
    missing += [name for label, name in tracker.label_fields.items() if label not in fields.of_labels]
    missing += [
        name
        for name in tracker.read_labels
        if not find_fields(tracker.model_copy(update={"read_labels": (name,)}), raws).read_labels
    ]
    todo = "correct the name, or switch the field on for the project, its trackers and the account's role"
    if not fields.mark:
        sentence = f'no issue shows the field "{names.mark}", so no comment can be written'
        yield Check(
            "fields", State.FAILED, sentence, f"make a long text field for the account's role; else {todo}", AWAY
        )
    if missing:
        yield warning("fields", f"no issue shows {listed(missing)}", todo)
    if fields.mark and not missing:
        yield fine("fields", f"all configured fields are there, of {many(len(fields_on(raws)), 'field')} on issues")
    if not names.rank:
        todo = "make a numeric field for the order of the backlog, and name it in [tracker.fields] rank"
        yield warning("rank", "without a rank, issues are in the order of priority and number", todo)
