"""Cloud's history of many issues at once, page by page over all of them."""

from collections.abc import Iterable, Sequence

from sync.fake_jira.call import Call, Refused, Reply, Route, routes
from sync.fake_jira.dialect import Json
from sync.fake_jira.records import Entry, Record
from sync.fake_jira.rendering import entry
from sync.fake_jira.search import keep_for_next_page

MOST_ISSUES, MOST_FIELDS = 1_000, 10
USUAL_PAGE, LONGEST_PAGE = 1_000, 10_000

Row = tuple[Record, Entry]


def bulk_fetch(call: Call) -> Reply:
    """`changelog/bulkfetch`: sorted by date and issue over all issues, so that one issue may be on several pages.

    Deleted and hidden issues are left out.
    """
    rows = _rows(call)
    if token := call.value("nextPageToken"):
        left = call.pages.get(str(token))
        if left is None:
            raise Refused(400, "The provided next page token is invalid or expired.")
        wanted = frozenset(left)
        rows = [row for row in rows if _name(row) in wanted]
    size = call.number("maxResults", USUAL_PAGE)
    if not 1 <= size <= LONGEST_PAGE:
        raise Refused(400, f"maxResults must be between 1 and {LONGEST_PAGE}.")
    token = keep_for_next_page(call, tuple(map(_name, rows[size:])))
    return Reply({"issueChangeLogs": _by_issue(call, rows[:size])} | ({"nextPageToken": token} if token else {}))


def _rows(call: Call) -> list[Row]:
    """All entries that are asked for, the oldest first."""
    asked, fields = call.listed("issueIdsOrKeys"), frozenset(call.listed("fieldIds"))
    if not 0 < len(asked) <= MOST_ISSUES:
        raise Refused(
            400, f"You may only load changelogs for a maximum of {MOST_ISSUES:,} issues by ID or key at a time."
        )
    if len(fields) > MOST_FIELDS:
        raise Refused(400, f"You may only filter changelogs by a maximum of {MOST_FIELDS} field IDs at a time.")
    records = {record.id: record for record in _found(call, asked)}
    rows = [(record, row) for record in records.values() for row in record.history]
    if fields:
        rows = [(record, row) for record, row in rows if fields & _fields_of(call, record, row)]
    return sorted(rows, key=lambda row: (row[1].created, int(row[0].id), int(row[1].id)))


def _found(call: Call, asked: Sequence[str]) -> Iterable[Record]:
    for key in asked:
        try:
            yield call.issue(key)
        except Refused:
            continue


def _fields_of(call: Call, record: Record, row: Entry) -> frozenset[str]:
    return frozenset(item["fieldId"] for item in entry(call.view, record, row)["items"] if "fieldId" in item)


def _name(row: Row) -> str:
    record, change = row
    return f"{record.id}/{change.id}"


def _by_issue(call: Call, rows: Sequence[Row]) -> list[Json]:
    logs: dict[str, list[Json]] = {}
    for record, row in rows:
        # The description says a date and time; the site sends milliseconds.
        shown = entry(call.view, record, row) | {"created": round(row.created.timestamp() * 1000)}
        logs.setdefault(record.id, []).append(shown)
    return [{"issueId": number, "changeHistories": shown} for number, shown in logs.items()]


CLOUD: tuple[Route, ...] = routes("/rest/api/<any('2','3'):version>", (("POST", "/changelog/bulkfetch", bulk_fetch),))
