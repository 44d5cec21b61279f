"""Boards, sprints, moves and ranks over HTTP: `/rest/agile/1.0` on both, `/rest/software/1.0` on Cloud."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

from sync.fake_jira.call import Call, Refused, Reply, Route, page, routes
from sync.fake_jira.dialect import Json
from sync.fake_jira.operands import FIRST_FILTER
from sync.fake_jira.parts import board, project, sprint
from sync.fake_jira.records import Board, Record, Sprint
from sync.fake_jira.rendering import issue
from sync.fake_jira.search import IDS_A_PAGE, by_token

A_PAGE = 50
MOST_MOVED = 50


def boards(call: Call) -> Reply:
    """The boards, 50 a page whatever is asked."""
    state = call.view.state
    kinds = set(call.listed("type"))
    name, key = call.query.get("name", "").casefold(), call.query.get("projectKeyOrId", "")
    rows = [
        row
        for row in sorted(state.boards.values(), key=lambda row: row.id)
        if (not kinds or row.kind in kinds) and name in row.name.casefold() and key in {"", row.project}
    ]
    if key and key not in state.projects:
        raise Refused(400, f"No project could be found with key '{key}'.")
    return _values(call, [] if call.anonymous else [board(call.view, row) for row in rows])


def one_board(call: Call, number: int) -> Reply:
    """A board."""
    return Reply(board(call.view, call.board(number)))


def configuration(call: Call, number: int) -> Reply:
    """A board's filter, columns, estimation and ranking."""
    target, view = call.board(number), call.view
    columns = {"To Do": "new", "In Progress": "indeterminate", "Done": "done"}
    shown: Json = {
        "id": target.id,
        "name": target.name,
        "type": target.kind,
        "self": f"{view.base}/rest/agile/1.0/board/{target.id}/configuration",
        "filter": {"id": str(FIRST_FILTER + target.id), "self": view.link(f"filter/{FIRST_FILTER + target.id}")},
        "columnConfig": {
            "columns": [{"name": name, "statuses": _statuses(call, category)} for name, category in columns.items()],
            "constraintType": "none",
        },
        "ranking": {"rankCustomFieldId": int(view.fields.id_of["rank"].rpartition("_")[2])},
    }
    if target.kind != "kanban":
        field = view.fields.by_id[view.fields.id_of[target.points]]
        shown["estimation"] = {"type": "field", "field": {"fieldId": field.id, "displayName": field.name}}
    return Reply(shown)


def _statuses(call: Call, category: str) -> list[Json]:
    mine = [status for status in call.view.state.statuses.values() if status.category == category]
    return [{"id": status.id, "self": call.view.link(f"status/{status.id}")} for status in mine]


def sprints(call: Call, number: int) -> Reply:
    """A board's sprints: closed ones first, then active, then future, 50 a page whatever is asked."""
    board = call.board(number)
    if board.kind == "kanban":
        raise Refused(400, "The board does not support sprints")
    states = set(call.listed("state"))
    if unknown := states - {"future", "active", "closed"}:
        raise Refused(400, f"Unsupported sprint state: {min(unknown)}")
    order = ("closed", "active", "future")
    mine = [one for one in call.view.state.sprints.values() if one.board == number]
    mine.sort(key=lambda one: (order.index(one.state), one.start is None, one.start or _NEVER, one.id))
    return _values(call, [sprint(call.view, one) for one in mine if not states or one.state in states])


def projects_of(call: Call, number: int) -> Reply:
    """The projects a board draws from."""
    return _values(call, [project(call.view, call.board(number).project)])


def saved_filter(call: Call, number: int) -> Reply:
    """The saved query of a board."""
    board = call.board(number - FIRST_FILTER)
    parts = ", ".join(json.dumps(name, ensure_ascii=False) for name in board.components)  # JQL escapes as JSON does
    within = f" AND component in ({parts})" if parts else ""
    jql = f"project = {board.project}{within} ORDER BY Rank ASC"
    shown = {
        "id": str(number),
        "self": call.view.link(f"filter/{number}"),
        "name": f"Filter for {board.name}",
        "jql": jql,
    }
    return Reply(shown)


_NEVER = datetime.max.replace(tzinfo=UTC)


def one_sprint(call: Call, number: int) -> Reply:
    """A sprint."""
    return Reply(sprint(call.view, call.sprint(number)))


def update_sprint(call: Call, number: int) -> Reply:
    """Change parts of a sprint; starting one needs both dates, a closed one keeps its dates and its state."""
    target = call.sprint(number)
    call.require("MANAGE_SPRINTS_PERMISSION")
    given = call.body if isinstance(call.body, dict) else {}
    if target.state == "closed" and given.keys() - {"name", "goal"}:
        raise Refused(400, "Only the name and the goal of a closed sprint can be changed.")
    start, end = (_moment(given[key]) if given.get(key) else None for key in ("startDate", "endDate"))
    wanted = str(given.get("state", target.state)).lower()
    if (target.state, wanted) not in {(target.state, target.state), ("future", "active"), ("active", "closed")}:
        raise Refused(400, f"A sprint cannot go from {target.state} to {wanted}.")
    if wanted == "active" and target.state == "future" and not ((start or target.start) and (end or target.end)):
        raise Refused(400, "A sprint needs a start and an end date to be started.")
    target.name, target.goal = str(given.get("name", target.name)), str(given.get("goal", target.goal))
    target.start, target.end = start or target.start, end or target.end
    if (target.state, wanted) == ("active", "closed"):
        call.view.state.close_sprint(number)
    elif wanted == "active":
        target.state = "active"
    return Reply(sprint(call.view, target))


def _moment(given: str) -> datetime:
    try:
        return datetime.fromisoformat(given)
    except ValueError:
        raise Refused(400, f"'{given}' is not a date.") from None


def move_to_sprint(call: Call, number: int) -> Reply:
    """Move up to 50 issues into a future or active sprint: all of them or none."""
    target = call.sprint(number)
    if target.state == "closed":
        raise Refused(400, "Issues can only be moved to open or active sprints.")
    for record in _moving(call):
        call.view.state.move_to_sprint(record.id, number)
    _rank_if_asked(call)
    return Reply(status=204)


def move_to_backlog(call: Call, board_number: int | None = None) -> Reply:
    """Take up to 50 issues out of their future or active sprints."""
    if board_number is not None:
        call.board(board_number)
    for record in _moving(call):
        call.view.state.move_to_sprint(record.id, None)
    _rank_if_asked(call)
    return Reply(status=204)


def rank(call: Call) -> Reply:
    """Rank up to 50 issues before or after another one."""
    _moving(call)
    if not _rank_if_asked(call):
        raise Refused(400, "Either rankBeforeIssue or rankAfterIssue must be given.")
    return Reply(status=204)


def _moving(call: Call) -> list[Record]:
    call.require("SCHEDULE_ISSUES")
    keys = call.body.get("issues") if isinstance(call.body, dict) else None
    if not isinstance(keys, list) or not keys:
        raise Refused(400, "At least one issue must be given.")
    if len(keys) > MOST_MOVED:
        raise Refused(400, f"The maximum number of issues that can be moved in one operation is {MOST_MOVED}.")
    return [call.issue(str(key)) for key in keys]


def _rank_if_asked(call: Call) -> bool:
    before, after = call.value("rankBeforeIssue"), call.value("rankAfterIssue")
    if not before and not after:
        return False
    anchor = call.issue(str(before or after))
    if anchor in _moving(call):
        raise Refused(400, "An issue cannot be ranked before or after itself.")
    call.view.state.rank([str(key) for key in call.body["issues"]], before=before, after=None if before else after)
    return True


def _values(call: Call, shown: list[Json]) -> Reply:
    rows, numbers = page(shown, call, most=A_PAGE, default=A_PAGE)
    last = numbers["startAt"] + len(rows) >= len(shown)
    return Reply(numbers | {"isLast": last, "values": rows})


# Which issues a board, its backlog or a sprint holds


def _of_board(board: Board) -> Callable[[Record], bool]:
    def belongs(record: Record) -> bool:
        return record.project == board.project and (
            not board.components or bool(set(board.components) & {*record.components})
        )

    return belongs


def _of_backlog(call: Call, board: Board) -> Callable[[Record], bool]:
    mine, state = _of_board(board), call.view.state
    return lambda record: mine(record) and record.status.category != "done" and state.open_sprint(record) is None


def _of_sprint(sprint: Sprint) -> Callable[[Record], bool]:
    return lambda record: sprint.id in record.sprints


def _listing(call: Call, within: Callable[[Record], bool]) -> Reply:
    jql = call.query.get("jql") or "ORDER BY Rank ASC"
    if call.token_paging:
        ids = frozenset(record.id for record in call.find("", within=within))
        rows, token = by_token(call, jql, most=IDS_A_PAGE, within=ids)
        numbers: Json = {"isLast": token is None} | ({"nextPageToken": token} if token else {})
    else:
        rows, numbers = page(call.find(jql, within=within), call, most=1_000, default=50)
    wanted, expand = call.wanted("*navigable"), call.expand()
    return Reply(
        {"expand": "names,schema"}
        | numbers
        | {"issues": [_agile(call, record, issue(call.view, record, wanted, expand=expand)) for record in rows]}
    )


def _agile(call: Call, record: Record, shown: Json) -> Json:
    """The agile API adds open and closed sprints, the flag and the epic to the other fields."""
    state = call.view.state
    sprints = [state.sprints[number] for number in record.sprints if number in state.sprints]
    current = state.open_sprint(record)
    own = {
        "sprint": sprint(call.view, current) if current else None,
        "closedSprints": [sprint(call.view, one) for one in sprints if one.state == "closed"],
        "flagged": record.flagged,
    }
    wanted = call.wanted("*navigable")
    shown["fields"] = shown.get("fields", {}) | {
        key: value for key, value in own.items() if wanted.takes(key) and value is not None
    }
    return shown


def board_issues(call: Call, number: int) -> Reply:
    """The issues of a board."""
    return _listing(call, _of_board(call.board(number)))


def board_backlog(call: Call, number: int) -> Reply:
    """The open issues of a board that are in no open sprint."""
    return _listing(call, _of_backlog(call, call.board(number)))


def board_sprint_issues(call: Call, number: int, sprint_number: int) -> Reply:
    """The issues of a board in one sprint."""
    mine, inside = _of_board(call.board(number)), _of_sprint(call.sprint(sprint_number))
    return _listing(call, lambda record: mine(record) and inside(record))


def sprint_issues(call: Call, number: int) -> Reply:
    """The issues of a sprint, done ones too."""
    return _listing(call, _of_sprint(call.sprint(number)))


def board_count(call: Call, number: int) -> Reply:
    """About how many issues a board has."""
    return Reply({"count": len(call.find("", within=_of_board(call.board(number))))})


_LISTINGS = (
    ("GET", "/board/<int:number>/issue", board_issues),
    ("GET", "/board/<int:number>/backlog", board_backlog),
    ("GET", "/board/<int:number>/sprint/<int:sprint_number>/issue", board_sprint_issues),
    ("GET", "/sprint/<int:number>/issue", sprint_issues),
)
SHARED: tuple[Route, ...] = routes(
    "/rest/agile/1.0",
    (
        ("GET", "/board", boards),
        ("GET", "/board/<int:number>", one_board),
        ("GET", "/board/<int:number>/configuration", configuration),
        ("GET", "/board/<int:number>/sprint", sprints),
        ("GET", "/board/<int:number>/project", projects_of),
        ("GET", "/sprint/<int:number>", one_sprint),
        ("POST", "/sprint/<int:number>", update_sprint),
        ("POST", "/sprint/<int:number>/issue", move_to_sprint),
        ("POST", "/backlog/issue", move_to_backlog),
        ("POST", "/backlog/<int:board_number>/issue", move_to_backlog),
        ("PUT", "/issue/rank", rank),
        *_LISTINGS,
    ),
) + routes("/rest/api/<any('2','3'):version>", (("GET", "/filter/<int:number>", saved_filter),))
CLOUD: tuple[Route, ...] = routes(
    "/rest/software/1.0", (*_LISTINGS, ("GET", "/board/<int:number>/issue/approximate-count", board_count))
)
