"""Search: Cloud by token, Data Center by offset."""

import itertools
import secrets

from sync.fake_jira.call import Call, Refused, Reply, Route, page, routes
from sync.fake_jira.dialect import Json
from sync.fake_jira.records import Record
from sync.fake_jira.rendering import Wanted, issue

IDS_A_PAGE = 5_000
ISSUES_A_PAGE = 100
SERVER_CAP = 1_000
MOST_PROPERTIES = 5
MOST_RECONCILED = 50
TOKENS_KEPT = 200
BULK = 100
BULK_LIGHT = 1_000
HEAVY_FIELDS = frozenset({"comment", "worklog", "attachment"})
REMOVED = (
    "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline "
    "is available at https://developer.atlassian.com/changelog/#CHANGE-2046"
)


def search_jql(call: Call) -> Reply:
    """`search/jql`: ids only unless fields are named; the last page has no token."""
    _check_limits(call)
    wanted = call.wanted("id")
    most = ISSUES_A_PAGE if wanted.heavy else IDS_A_PAGE
    rows, token = by_token(call, str(call.value("jql") or ""), most=most)
    properties, expand = call.listed("properties"), call.expand()
    shown = [_row(call, row, wanted, properties, expand) for row in rows]
    return Reply({"issues": shown, "isLast": token is None} | ({"nextPageToken": token} if token else {}))


def by_token(
    call: Call, jql: str, *, most: int, within: frozenset[str] | None = None
) -> tuple[list[Record], str | None]:
    """One page of a query and the token of the next; a token keeps the ids of the first request."""
    size = max(1, min(call.number("maxResults", 50), most))
    if token := call.value("nextPageToken"):
        ids = call.pages.get(str(token))
        if ids is None:
            raise Refused(400, "The provided next page token is invalid or expired.")
    else:
        test = None if within is None else (lambda record: record.id in within)
        ids = tuple(record.id for record in call.find(jql, bounded=within is None, within=test))
    rows = [_seen(call, number) for number in ids[:size]]
    return [row for row in rows if row is not None], keep_for_next_page(call, ids[size:])


def _seen(call: Call, issue_id: str) -> Record | None:
    """The issue as in the search index, which may lag behind."""
    state = call.view.state
    if issue_id in state.stale and issue_id not in call.listed("reconcileIssues"):
        return state.stale[issue_id][0]
    return state.issues.get(issue_id)


def keep_for_next_page(call: Call, rest: tuple[str, ...]) -> str | None:
    """The token by which the next request finds these, `None` where nothing is left."""
    if not rest:
        return None
    token = secrets.token_urlsafe(12)
    call.pages[token] = rest
    for old in list(itertools.islice(call.pages, max(0, len(call.pages) - TOKENS_KEPT))):
        del call.pages[old]
    return token


def _row(call: Call, record: Record, wanted: Wanted, properties: list[str], expand: str) -> Json:
    if not wanted.heavy and not properties and not expand:
        return {"id": record.id} | ({"key": record.key} if "key" in wanted.names else {})
    return issue(call.view, record, wanted, properties=properties, expand=expand)


def _check_limits(call: Call) -> None:
    if len(call.listed("properties")) > MOST_PROPERTIES:
        raise Refused(400, f"At most {MOST_PROPERTIES} properties can be asked for.")
    if len(call.listed("reconcileIssues")) > MOST_RECONCILED:
        raise Refused(400, f"At most {MOST_RECONCILED} issues can be reconciled.")
    if isinstance(call.body, dict) and not isinstance(call.body.get("expand", ""), str):
        raise Refused(400, "Invalid request payload. Refer to the REST API documentation and try again.")


def approximate_count(call: Call) -> Reply:
    """How many issues a query finds."""
    return Reply({"count": len(call.find(str(call.value("jql") or ""), bounded=True))})


def bulk_fetch(call: Call) -> Reply:
    """`issue/bulkfetch`: by id or key, in the order of the ids; deleted issues are left out."""
    asked = call.listed("issueIdsOrKeys")
    wanted, properties, expand = call.wanted("*navigable"), call.listed("properties"), call.expand()
    light = bool(wanted.names) and not (wanted.everything or wanted.navigable or expand or wanted.names & HEAVY_FIELDS)
    if not asked or len(asked) > (BULK_LIGHT if light else BULK):
        raise Refused(400, f"Between 1 and {BULK_LIGHT if light else BULK} issue ids or keys must be given.")
    if len(properties) > MOST_PROPERTIES:
        raise Refused(400, f"At most {MOST_PROPERTIES} properties can be asked for.")
    records: dict[str, Record] = {}
    for key in asked:
        try:
            record = call.issue(key)
        except Refused:
            continue
        records[record.id] = record
    rows = sorted(records.values(), key=lambda record: int(record.id))
    shown = [issue(call.view, row, wanted, properties=properties, expand=expand) for row in rows]
    return Reply({"issues": shown, "issueErrors": []})


def removed(call: Call) -> Reply:  # noqa: ARG001 - the answer is always the same
    """The search that Cloud has removed."""
    raise Refused(410, REMOVED)


def search(call: Call) -> Reply:
    """Data Center's search: by offset, with a total and the cap in the response."""
    rows, numbers = page(call.find(str(call.value("jql") or "")), call, most=SERVER_CAP, default=50)
    wanted, expand = call.wanted("*navigable"), call.expand()
    shown = [issue(call.view, row, wanted, expand=expand) for row in rows]
    return Reply({"expand": "schema,names"} | numbers | {"issues": shown})


CLOUD: tuple[Route, ...] = routes(
    "/rest/api/<any('2','3'):version>",
    (
        ("GET POST", "/search/jql", search_jql),
        ("POST", "/search/approximate-count", approximate_count),
        ("GET POST", "/search", removed),
        ("POST", "/issue/bulkfetch", bulk_fetch),
    ),
)
DATACENTER: tuple[Route, ...] = routes("/rest/api/<any('2'):version>", (("GET POST", "/search", search),))
