"""Checks of what the configuration names: the backlog, the boards and their sprints, the fields."""

from collections.abc import Iterator, Mapping, Sequence

from rules.capacity.days import parked_among
from rules.model import Sprint, SprintState
from rules.wording import agreeing, many
from sync.config import opt_out_of
from sync.doctor.check import AWAY, PARTLY, WRONG, Check, State, fine, listed, unanswered, warning
from sync.doctor.probe import Probe
from sync.errors import Forbidden, NotFound, Rejected, TrackerError
from sync.trackers.jira.boards import fault_and_remedy
from sync.trackers.jira.fields import ROLES, Choice, FieldMap, discover
from sync.trackers.jira.jql import order_of
from sync.trackers.jira.settings import FieldNames
from sync.trackers.jira.site_info import Backlog, BoardLook, unknown_links
from sync.trackers.tolerant import Json

NEEDED = {"points": "estimates", "sprint": "sprints", "rank": "the order of the backlog"}
"""What cannot be read without a field, for the fields that a run needs; the others are optional."""
WITHOUT = {
    "epic": "epics are read from an issue's parent",
    "team": "needed only where [teams.takes] names a field",
    "flagged": "no issue counts as flagged",
    "acceptance": "acceptance criteria are read from the description",
}
MOST_NAMED = 20
"""So many accounts are asked for; of more it is not known whether they exist."""
_UNSET = {"none", "null"}


def checks(probe: Probe) -> Iterator[Check]:
    """All checks of the site's content."""
    yield backlog(probe)
    for team in probe.settings.teams:
        yield board(probe, team.name, team.board)
        yield from sprints(probe, team.name, team.board)
    yield from fields(probe)
    yield priorities(probe)
    yield links(probe)
    yield from opt_out(probe)


def backlog(probe: Probe) -> Check:
    """Whether the query is valid, and what it finds."""
    answer = probe.backlog
    if isinstance(answer, TrackerError):
        return unanswered("backlog", answer, "correct [product] backlog")
    if not answer.projects:
        todo = "check [product] backlog, and that this account may browse the project"
        return warning("backlog", "the query finds no issues", todo)
    about = "" if answer.exact else "about "
    sentence = f"the query finds {about}{many(answer.count, 'issue')} in {listed(answer.projects)}"
    order = order_of(probe.settings.product.backlog)
    if order and "rank" not in order.lower():
        return warning("backlog", f"{sentence}; its {order} is ignored: the order of the backlog is the rank")
    return fine("backlog", sentence)


def board(probe: Probe, team: str, number: int) -> Check:
    """Whether a team's board exists and has sprints."""
    name, look = f"board of {team}", probe.boards[number]
    if fault := _fault(probe, number):
        stops_all = all(_fault(probe, one) for one in probe.boards)
        fact, todo = fault_and_remedy(number, fault)
        return Check(name, State.FAILED, fact, todo, AWAY if stops_all else PARTLY)
    if isinstance(look, TrackerError):
        return unanswered(name, look)
    sentence = f'{number} is the {look.kind or "unknown kind of"} board "{look.name}"{_by(probe, look)}'
    if probe.sprints[number] is None and _has_sprints(probe, team):
        todo = "name the team's scrum board in [[teams]] board, or set sprints = false for a team without sprints"
        return warning(name, f"{sentence}; it has no sprints", todo)
    return fine(name, sentence)


def _fault(probe: Probe, number: int) -> TrackerError | None:
    """What is wrong with a board alone, as it stops a run for its team; `None` where the site itself did not answer."""
    answers = (probe.boards[number], probe.sprints[number])
    return next((one for one in answers if isinstance(one, NotFound | Forbidden | Rejected)), None)


def sprints(probe: Probe, team: str, number: int) -> Iterator[Check]:
    """Whether a team has one active sprint, and future ones with dates."""
    name, planned = f"sprints of {team}", probe.sprints[number]
    if not _has_sprints(probe, team):
        yield fine(name, "the team works without sprints; periods of its sprint_days count instead")
        return
    if isinstance(probe.boards[number], TrackerError) or _fault(probe, number) or planned is None:
        return
    if isinstance(planned, TrackerError):
        yield unanswered(name, planned)
        return
    active = [sprint for sprint in planned if sprint.state is SprintState.ACTIVE]
    future = [sprint for sprint in planned if sprint.state is SprintState.FUTURE]
    troubles = list(_troubles(active, future, probe))
    for sentence, todo in troubles:
        yield warning(name, sentence, todo)
    if not troubles:
        yield fine(name, f"{_which(active, future)}{_skipped(active, future)}")


def _has_sprints(probe: Probe, team: str) -> bool:
    return next(one.sprints for one in probe.settings.teams if one.name == team)


def _which(active: Sequence[Sprint], future: Sequence[Sprint]) -> str:
    """Which sprint is active and which is planned next.

    Whether an undated one is a parking lot is known from the sprints that have begun. Where none is active, these are
    closed ones, which are not asked for: then only a first one with dates is named.
    """
    if active:
        parked = parked_among(future, active)
        following = next((sprint for sprint in future if sprint not in parked), None)
        first = f'"{active[0].name}" is active'
    else:
        following = future[0] if future[0].start else None
        first = "none is active"
    planned = f'"{following.name}" is planned next' if following else "none is next" if active else ""
    return f"{', '.join(filter(None, (first, planned)))} (of {len(future)} in the future)"


def _skipped(active: Sequence[Sprint], future: Sequence[Sprint]) -> str:
    parked = parked_among(future, active)
    if not parked:
        return ""
    are = agreeing(len(parked), "is", "are")
    return f"; {_named(parked)} {are} not planned: no dates, and older than the active one"


def _troubles(active: Sequence[Sprint], future: Sequence[Sprint], probe: Probe) -> Iterator[tuple[str, str]]:
    if len(active) > 1:
        todo = "complete the sprint that has ended; a Scrum Team works in one sprint at a time"
        yield f"more than one sprint is active at once: {_named(active)}", todo
    if late := [sprint for sprint in active if sprint.end and sprint.end < probe.now]:
        yield f"{_named(late)} should have ended but is still active", "complete it in Jira"
    if not future:
        yield "no future sprint, so there is none to plan", "create the next sprint on the board"
    undated = [sprint for sprint in future if sprint.start is None or sprint.end is None]
    if undated and len(undated) == len(future):
        verb = agreeing(len(undated), "has", "have")
        yield (
            f"{_named(undated)} {verb} no dates; they are assumed to follow the sprint before",
            "set the dates of the next one",
        )


def fields(probe: Probe) -> Iterator[Check]:
    """Which field is used for what, and why; for several estimate fields also by which team."""
    if isinstance(probe.fields, TrackerError):
        yield unanswered("fields", probe.fields)
        return
    overrides = probe.settings.tracker.fields
    wrong = dict(_wrong_overrides(probe.fields, overrides))
    chosen = _choose(probe, probe.fields, overrides.model_copy(update=dict.fromkeys(wrong, "")))
    for role in ROLES:
        yield wrong.get(role) or _field(role, chosen, probe, probe.fields)
    yield from _more_fields(probe, probe.fields)


def priorities(probe: Probe) -> Check:
    """The site's priorities, the most urgent first."""
    names = probe.priorities
    if isinstance(names, TrackerError):
        return unanswered("priorities", names)
    if not names:
        return warning("priorities", "the site has none, so rules about priorities are not applicable")
    unset = [name for name in names if name.casefold() in _UNSET]
    aside = f'; "{unset[0]}" counts as not set' if unset else ""
    return fine("priorities", f"{', '.join(names)}, the most urgent first{aside}")


def links(probe: Probe) -> Check:
    """Whether it is known what the site's types of link say of the order of two issues."""
    types = probe.links
    if isinstance(types, TrackerError):
        return unanswered("link types", types)
    unknown = [f'"{phrase}"' for phrase in unknown_links(types, probe.settings.tracker.links)]
    if unknown:
        sentence = f"the meaning of {listed(unknown)} is not known; such links count as no dependency"
        return warning("link types", sentence, "say in [tracker.links] what it means: blocked_by, blocks or relates")
    return fine("link types", f"{many(len(types), 'type')}, the meaning of each is known")


def opt_out(probe: Probe) -> Iterator[Check]:
    """Who and what [opt_out] leaves alone, by name, and what of it does not exist."""
    name, settings, shown = "opt-out", probe.settings.opt_out, probe.opted_out
    if not (settings.projects or settings.people):
        return
    if isinstance(shown, TrackerError):
        yield unanswered(name, shown)
        return
    accounts = {user.account: user.shown for user in shown}
    wanted = sorted(opt_out_of(probe.settings).people)
    if unknown := [account for account in wanted if account not in accounts][: MOST_NAMED - len(accounts)]:
        yield warning(name, f"this site shows no account {listed(unknown)}", "correct [opt_out] people")
    projects = probe.backlog.projects if isinstance(probe.backlog, Backlog) else ()
    if projects and (absent := sorted(settings.projects.difference(projects))):
        yield warning(name, f"the backlog has no issue of {listed(absent)}", "correct [opt_out] projects")
    people = sorted(accounts[account] for account in wanted if account in accounts)
    if alone := [*sorted(settings.projects.intersection(projects)), *people]:
        yield fine(name, f"nothing is written to issues of {listed(alone)}")


def _choose(probe: Probe, site_fields: Sequence[Json], overrides: FieldNames) -> FieldMap:
    looks = probe.boards.items()
    estimates = {number: look.estimate for number, look in looks if isinstance(look, BoardLook) and look.estimate}
    return discover(site_fields, overrides, boards=estimates)


def _wrong_overrides(site_fields: Sequence[Json], overrides: FieldNames) -> Iterator[tuple[str, Check]]:
    for role in ROLES:
        if asked := getattr(overrides, role):
            try:
                discover(site_fields, FieldNames.model_validate({role: asked}), boards={})
            except NotFound as error:
                yield role, unanswered(_title(role), error)


def _field(role: str, chosen: FieldMap, probe: Probe, site_fields: Sequence[Json]) -> Check:
    choice = chosen.choices[role]
    if choice.id:
        because = f"{_called(choice.id, site_fields)}, because {choice.why}"
        return _points(because, choice, chosen, probe) if role == "points" else fine(_title(role), because)
    if role not in NEEDED:
        return fine(_title(role), f"{choice.why}; {WITHOUT[role]}")
    sentence = f"{choice.why}, so {NEEDED[role]} cannot be read"
    if role == "points":
        todo = "a Jira administrator adds a Story Points field; or name yours in [tracker.fields] points"
        return Check(_title(role), State.FAILED, sentence, todo, WRONG)
    return warning(_title(role), sentence, f"name it in [tracker.fields] {role}, or ask a Jira administrator for it")


def _points(because: str, choice: Choice, chosen: FieldMap, probe: Probe) -> Check:
    """The field for estimates; several are each named with the teams and projects that use them."""
    site_fields = () if isinstance(probe.fields, TrackerError) else probe.fields
    if unread := [field for field in dict.fromkeys(chosen.boards.values()) if field not in chosen.points]:
        unread_fields = listed(_called(field, site_fields) + _users(field, chosen, probe) for field in unread)
        todo = "remove [tracker.fields] points, so that every board's own field is read"
        return warning(_title("points"), f"{because}; but {unread_fields} is not read", todo)
    others = [f"{_called(field, site_fields)}{_users(field, chosen, probe)}" for field in choice.others]
    if not others:
        return fine(_title("points"), because)
    sentence = f"{because}{_users(choice.id, chosen, probe)}; also {listed(others)}"
    return fine(_title("points"), f"{sentence}; an issue's estimate is the first of them with a value")


def _users(field: str, chosen: FieldMap, probe: Probe) -> str:
    teams = [
        f"{team.name} in {_projects(probe, team.board)}"
        for team in probe.settings.teams
        if chosen.boards.get(team.board) == field
    ]
    return f" (used by {listed(teams)})" if teams else " (used by no team's board)"


def _more_fields(probe: Probe, site_fields: Sequence[Json]) -> Iterator[Check]:
    settings = probe.settings
    for team in settings.teams:
        yield from _field_named(team.takes.field, f"field of {team.name}", "names the team of an issue", site_fields)
    yield from _field_named(settings.product.value_field, "field for value", "has the value of an issue", site_fields)


def _field_named(name: str, check: str, meaning: str, site_fields: Sequence[Json]) -> Iterator[Check]:
    """Whether the site has a field that the configuration names; nothing where it names none."""
    if not name:
        return
    try:
        field = discover(site_fields, FieldNames(), boards={}, extra=(name,)).extra[name]
    except NotFound as error:
        yield unanswered(check, error)
    else:
        yield fine(check, f"{_called(field, site_fields)} {meaning}")


def _by(probe: Probe, look: BoardLook) -> str:
    if not look.estimate:
        return ", which estimates by no field"
    site_fields = () if isinstance(probe.fields, TrackerError) else probe.fields
    return f", which estimates by {_called(look.estimate, site_fields)}"


def _called(field: str, site_fields: Sequence[Mapping[str, object]]) -> str:
    names = {str(raw.get("id")): str(raw.get("name")) for raw in site_fields}
    return f'"{names[field]}" ({field})' if field in names else field


def _projects(probe: Probe, number: int) -> str:
    look = probe.boards[number]
    keys = look.projects if isinstance(look, BoardLook) else ()
    return listed(keys) or f"board {number}"


def _named(sprints: Sequence[Sprint]) -> str:
    return listed(f'"{sprint.name}"' for sprint in sprints)


def _title(role: str) -> str:
    return f"field for {role}"
