"""Whether what the configuration names is there: the backlog, the boards and their sprints, the fields."""

from collections.abc import Iterator, Mapping, Sequence

from rules.model import Sprint, SprintState
from sync.doctor.check import WRONG, Check, State, fine, listed, unanswered, warning
from sync.doctor.probe import Probe
from sync.errors import NotFound, TrackerError
from sync.trackers.jira.fields import ROLES, Choice, FieldMap, discover
from sync.trackers.jira.jql import order_of
from sync.trackers.jira.payloads import Json
from sync.trackers.jira.settings import FieldNames
from sync.trackers.jira.site_info import BoardLook

NEEDED = {"points": "estimates", "sprint": "sprints", "rank": "the order of the backlog"}
"""What cannot be read without a field, for the fields that a pass wants; the others are welcome."""
WITHOUT = {
    "epic": "epics are read from an issue's parent",
    "team": "needed only where [teams.takes] names a field",
    "flagged": "no issue counts as stuck",
    "acceptance": "acceptance criteria are read from the description",
}
_UNSET = {"none", "null"}


def checks(visit: Probe) -> Iterator[Check]:
    """Everything the site holds for us."""
    yield backlog(visit)
    for team in visit.settings.teams:
        yield board(visit, team.name, team.board)
        yield from sprints(visit, team.name, team.board)
    yield from fields(visit)
    yield priorities(visit)


def backlog(visit: Probe) -> Check:
    """Whether the query is understood, and what it finds."""
    found = visit.backlog
    if isinstance(found, TrackerError):
        return unanswered("backlog", found, "mend [product] backlog")
    if not found.projects:
        todo = "look at [product] backlog, and whether this account may browse the project"
        return warning("backlog", "the query finds no issue", todo)
    about = "" if found.exact else "about "
    noun = "issue" if found.count == 1 else "issues"
    sentence = f"the query finds {about}{found.count} {noun} in {listed(found.projects)}"
    order = order_of(visit.settings.product.backlog)
    if order and "rank" not in order.lower():
        return warning("backlog", f"{sentence}; its {order} is left out: the backlog's order is the rank")
    return fine("backlog", sentence)


def board(visit: Probe, team: str, number: int) -> Check:
    """Whether a team's board exists and has sprints."""
    name, found = f"board of {team}", visit.boards[number]
    if isinstance(found, TrackerError):
        return unanswered(name, found, "put the number from the board's address into [[teams]] board")
    sentence = f'{number} is the {found.kind or "unknown kind of"} board "{found.name}"{_by(visit, found)}'
    if visit.sprints[number] is None:
        todo = "name the team's scrum board in [[teams]] board; without sprints there is no capacity to tell"
        return warning(name, f"{sentence}; it has no sprints", todo)
    return fine(name, sentence)


def sprints(visit: Probe, team: str, number: int) -> Iterator[Check]:
    """Whether a team has one running sprint, planned ones after it, and dates for them."""
    name, found = f"sprints of {team}", visit.sprints[number]
    if isinstance(visit.boards[number], TrackerError) or found is None:
        return
    if isinstance(found, TrackerError):
        yield unanswered(name, found)
        return
    active = [sprint for sprint in found if sprint.state is SprintState.ACTIVE]
    future = [sprint for sprint in found if sprint.state is SprintState.FUTURE]
    troubles = list(_troubles(active, future, visit))
    for sentence, todo in troubles:
        yield warning(name, sentence, todo)
    if not troubles:
        running = f'"{active[0].name}" runs' if active else "none runs"
        yield fine(name, f"{running}, {len(future)} {'is' if len(future) == 1 else 'are'} planned")


def _troubles(active: Sequence[Sprint], future: Sequence[Sprint], visit: Probe) -> Iterator[tuple[str, str]]:
    if len(active) > 1:
        todo = "complete the sprint that has ended; a Scrum Team works in one sprint at a time"
        yield f"{len(active)} sprints run at once: {_named(active)}", todo
    if late := [sprint for sprint in active if sprint.end and sprint.end < visit.now]:
        yield f"{_named(late)} should have ended, and still runs", "complete it in Jira"
    if not future:
        yield "no sprint is planned, so there is none to propose issues for", "create the next sprint on the board"
    undated = [sprint for sprint in future if sprint.start is None or sprint.end is None]
    if undated and len(undated) == len(future):
        verb = "has" if len(undated) == 1 else "have"
        yield (
            f"{_named(undated)} {verb} no dates; they are counted on from the sprint before",
            "give the next one dates",
        )


def fields(visit: Probe) -> Iterator[Check]:
    """Which field was chosen for what, and why; two fields for estimates are told with who uses which."""
    if isinstance(visit.fields, TrackerError):
        yield unanswered("fields", visit.fields)
        return
    overrides = visit.settings.tracker.fields
    wrong = dict(_wrong_overrides(visit.fields, overrides))
    chosen = _choose(visit, visit.fields, overrides.model_copy(update=dict.fromkeys(wrong, "")))
    for role in ROLES:
        yield wrong.get(role) or _field(role, chosen, visit, visit.fields)
    yield from _fields_of_teams(visit, visit.fields)


def priorities(visit: Probe) -> Check:
    """The site's priorities, the most urgent first."""
    found = visit.priorities
    if isinstance(found, TrackerError):
        return unanswered("priorities", found)
    if not found:
        return warning("priorities", "the site has none, so no rule can look at them")
    unset = [name for name in found if name.casefold() in _UNSET]
    aside = f'; "{unset[0]}" counts as not set' if unset else ""
    return fine("priorities", f"{', '.join(found)}, the most urgent first{aside}")


def _choose(visit: Probe, known: Sequence[Json], overrides: FieldNames) -> FieldMap:
    looks = visit.boards.items()
    estimates = {number: look.estimate for number, look in looks if isinstance(look, BoardLook) and look.estimate}
    return discover(known, overrides, boards=estimates)


def _wrong_overrides(known: Sequence[Json], overrides: FieldNames) -> Iterator[tuple[str, Check]]:
    for role in ROLES:
        if asked := getattr(overrides, role):
            try:
                discover(known, FieldNames.model_validate({role: asked}), boards={})
            except NotFound as error:
                yield role, unanswered(_title(role), error)


def _field(role: str, chosen: FieldMap, visit: Probe, known: Sequence[Json]) -> Check:
    choice = chosen.choices[role]
    if choice.id:
        because = f"{_called(choice.id, known)}, because {choice.why}"
        return _points(because, choice, chosen, visit) if role == "points" else fine(_title(role), because)
    if role not in NEEDED:
        return fine(_title(role), f"{choice.why}; {WITHOUT[role]}")
    sentence = f"{choice.why}, so {NEEDED[role]} cannot be read"
    if role == "points":
        todo = "a Jira administrator adds a Story Points field; or name yours in [tracker.fields] points"
        return Check(_title(role), State.FAILED, sentence, todo, WRONG)
    return warning(_title(role), sentence, f"name it in [tracker.fields] {role}, or ask a Jira administrator for it")


def _points(because: str, choice: Choice, chosen: FieldMap, visit: Probe) -> Check:
    """The estimate; where several fields may hold one, each is named with the teams and projects that use it."""
    known = () if isinstance(visit.fields, TrackerError) else visit.fields
    if unread := [each for each in dict.fromkeys(chosen.boards.values()) if each not in chosen.points]:
        sentence = f"{because}; but {listed(_called(each, known) + _users(each, chosen, visit) for each in unread)}"
        todo = "leave [tracker.fields] points out, so that every board's own field is read"
        return warning(_title("points"), f"{sentence} is not read", todo)
    beside = [f"{_called(each, known)}{_users(each, chosen, visit)}" for each in choice.others]
    if not beside:
        return fine(_title("points"), because)
    told = f"{because}{_users(choice.id, chosen, visit)}; beside it there is {listed(beside)}"
    return fine(_title("points"), f"{told}; an issue's estimate is the first of them that is filled")


def _users(field: str, chosen: FieldMap, visit: Probe) -> str:
    teams = [
        f"{team.name} in {_projects(visit, team.board)}"
        for team in visit.settings.teams
        if chosen.boards.get(team.board) == field
    ]
    return f" (used by {listed(teams)})" if teams else " (used by no team's board)"


def _fields_of_teams(visit: Probe, known: Sequence[Json]) -> Iterator[Check]:
    for team in visit.settings.teams:
        if team.takes.field:
            try:
                found = discover(known, FieldNames(), boards={}, extra=(team.takes.field,)).extra[team.takes.field]
            except NotFound as error:
                yield unanswered(f"field of {team.name}", error)
            else:
                yield fine(f"field of {team.name}", f"{_called(found, known)} tells its issues")


def _by(visit: Probe, look: BoardLook) -> str:
    if not look.estimate:
        return ", which estimates by no field"
    known = () if isinstance(visit.fields, TrackerError) else visit.fields
    return f", which estimates by {_called(look.estimate, known)}"


def _called(field: str, known: Sequence[Mapping[str, object]]) -> str:
    names = {str(each.get("id")): str(each.get("name")) for each in known}
    return f'"{names[field]}" ({field})' if field in names else field


def _projects(visit: Probe, number: int) -> str:
    look = visit.boards[number]
    keys = look.projects if isinstance(look, BoardLook) else ()
    return listed(keys) or f"board {number}"


def _named(found: Sequence[Sprint]) -> str:
    return listed(f'"{sprint.name}"' for sprint in found)


def _title(role: str) -> str:
    return f"field for {role}"
