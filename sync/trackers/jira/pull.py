"""Everything a run needs: the backlog in rank order, the boards' sprints, the issues of their history."""

import gc
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import structlog

from rules.model import Snapshot, Sprint, SprintState, Team
from sync.errors import BadQuery, NotFound, Rejected
from sync.store.mirror import Mirror
from sync.trackers.base import Scope
from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.fetch import fetch_issues, shape_of, with_fresh_links
from sync.trackers.jira.fields import discover
from sync.trackers.jira.issue_ids import as_of, sweep
from sync.trackers.jira.jql import any_of, order_of, without_order
from sync.trackers.jira.parse import Site
from sync.trackers.jira.payloads import User, read_sprint
from sync.trackers.jira.settings import JiraSettings

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Pulled:
    """A snapshot, and what is known of the site."""

    snapshot: Snapshot
    site: Site


def learn(api: JiraApi, settings: JiraSettings, teams: Sequence[Team]) -> Site:
    """Read our account, the meaning of the fields, and the priorities.

    Raises `NotFound` for a board that does not exist. From here on every response must be for this account.
    """
    me = User.model_validate(api.myself())
    api.transport.account = me.account
    boards = {team.board: _estimation(api, team) for team in teams}
    fields = discover(
        api.fields(),
        settings.fields,
        boards={board: name for board, name in boards.items() if name},
        extra=(team.takes.field for team in teams),
    )
    return Site(
        url=settings.url,
        fields=fields,
        account=me.account,
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
    site = learn(api, settings, scope.product.teams)
    started = api.transport.server_now()
    sprints = _sprints(api, scope)
    site = replace(site, states={sprint.id: sprint.state for sprint in sprints})
    past = [sprint.id for sprint in sprints if sprint.state is not SprintState.FUTURE]
    queries = [_backlog(scope), *([any_of("sprint", past)] if past else [])]
    if mirror is not None:
        mirror.begin(site=site.url, account=site.account, shape=shape_of(api, site.fields), started=started)
    taken_at = as_of(mirror, queries[0], started)
    try:
        results = {query: sweep(api, mirror, query, site.fields["rank"], started) for query in queries}
    except BadQuery as error:  # of the two, only the backlog's is written by a person
        raise BadQuery(f"{error} Correct [product] backlog: {' '.join(scope.backlog.split())}") from error
    loaded = fetch_issues(api, site, mirror, results, started)
    issues, *rest = (
        [loaded.issues[issue] for issue in swept.ids if issue in loaded.issues] for swept in results.values()
    )
    history = rest[0] if rest else []
    return Pulled(
        Snapshot(
            taken_at=taken_at,
            product=scope.product,
            issues=with_fresh_links(api, issues, history, fetched=loaded.fetched),
            history=tuple(history),
            sprints=tuple(sprints),
            unavailable=_blind(site, sprints),
        ),
        site,
    )


def _backlog(scope: Scope) -> str:
    order = order_of(scope.backlog)
    if order and "rank" not in order.lower():
        log.warning("tracker.order_left_out", order=order, instead="rank")
    return without_order(scope.backlog)


def _estimation(api: JiraApi, team: Team) -> str:
    try:
        board = api.board(team.board)
    except NotFound as error:
        raise NotFound(
            f'board {team.board} of team "{team.name}" does not exist, or this account cannot see it; '
            "put the number from the board's address into [[teams]] board"
        ) from error
    estimation = board.get("estimation") or {}
    return str((estimation.get("field") or {}).get("fieldId") or "") if estimation.get("type") == "field" else ""


def _sprints(api: JiraApi, scope: Scope) -> list[Sprint]:
    """Active and future sprints of the teams' boards and the newest closed ones, each once; future ones as listed.

    A sprint belongs to the board it was created on if that is a team's board, else to the board that lists it: a
    recreated board lists the sprints of the old one.
    """
    by_id: dict[str, Sprint] = {}
    boards = tuple(dict.fromkeys(team.board for team in scope.product.teams))
    for board in boards:
        try:
            sprints = [
                sprint
                for state in ("active,future", "closed")
                for raw in api.sprints(board, state)
                if (sprint := read_sprint(raw, _board_of(raw, board, boards))) is not None
            ]
        except Rejected:
            log.warning("tracker.board_without_sprints", board=board)  # a Kanban board
            continue
        closed = sorted((sprint for sprint in sprints if sprint.state is SprintState.CLOSED), key=_ended, reverse=True)
        unclosed = [sprint for sprint in sprints if sprint.state is not SprintState.CLOSED]
        by_id |= {
            sprint.id: sprint for sprint in (*unclosed, *closed[: scope.closed_sprints]) if sprint.id not in by_id
        }
    begun = [sprint for sprint in by_id.values() if sprint.state is not SprintState.FUTURE]
    future = [sprint for sprint in by_id.values() if sprint.state is SprintState.FUTURE]
    return [*sorted(begun, key=lambda sprint: int(sprint.id) if sprint.id.isdigit() else 0), *future]


def _board_of(raw: Mapping[str, Any], listed_by: int, boards: Collection[int]) -> int:
    origin = raw.get("originBoardId")
    return int(origin) if origin and int(origin) in boards else listed_by


def _ended(sprint: Sprint) -> float:
    moment = sprint.completed or sprint.end or sprint.start
    return moment.timestamp() if moment else 0.0


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
