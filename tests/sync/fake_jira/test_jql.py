"""JQL as a table: what each query finds on a small site, and how the site says no."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sync.fake_jira.clauses import compile_query, sort_records
from sync.fake_jira.cloud import Cloud
from sync.fake_jira.jql import BadJql, parse
from sync.fake_jira.operands import Scene
from sync.fake_jira.records import Account, Board, Sprint
from sync.fake_jira.state import State

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
CUSTOM = Cloud().fields(acceptance=True).ours


@pytest.fixture(scope="module")
def site() -> State:
    """Five issues that differ in everything a query may ask for."""
    state = State(clock=lambda: NOW)
    state.log_in_as(Account(id="712020:bot", name="bot", display="Bot", zone="America/Chicago"))
    state.enrol(Account(id="ana", name="ana", display="Ana Alvarez"))
    state.add_board(Board(id=1, name="B", project="SHOP"))
    state.add_board(Board(id=2, name="C", project="OPS", components=("platform",)))
    for number, phase in ((1, "closed"), (2, "active"), (3, "future")):
        state.add_sprint(Sprint(id=number, board=1, name=f"Sprint {number}", state=phase))  # type: ignore[arg-type]
    rows: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("SHOP", "Story", "Pay by card", {"labels": ["a", "b"], "components": ["payments"], "points": 5.0}),
        ("SHOP", "Bug", "Wrong total", {"labels": ["a"], "sprints": [1, 2], "components": ["search"]}),
        ("SHOP", "Epic", "Guests", {"sprints": [3]}),
        ("SHOP", "Sub-task", "Translate", {"points": 2.0, "flagged": True}),
        ("OPS", "Task", "Rotate keys", {"labels": ["c"], "components": ["platform"]}),
    )
    for place, (project, kind, summary, values) in enumerate(rows):
        when = NOW - timedelta(hours=10 - place)
        state.create(project, kind, summary, by="ana", created=when, updated=when, **values)
    high, low = state.priorities["2"], state.priorities["4"]
    state.edit("SHOP-1", priority=high, updated=NOW - timedelta(hours=10))
    state.edit("SHOP-2", priority=low)
    state.transition("SHOP-4", "Done")
    state.transition("OPS-1", "In Progress")
    state.edit("SHOP-4", parent=state.issue("SHOP-1").id)
    for record in state.issues.values():
        record.updated = record.created
    return state


def ask(site: State, jql: str, *, lenient: bool = False) -> list[str]:
    query = parse(jql)
    test = compile_query(query, Scene(site, NOW, lenient), CUSTOM)
    found = [record for record in site.issues.values() if test(record)]
    return [record.key for record in sort_records(found, query, site, CUSTOM)]


def millis(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


FOUND = [
    ("project = SHOP ORDER BY key", "SHOP-1 SHOP-2 SHOP-3 SHOP-4"),
    ("project = shop order by key asc", "SHOP-1 SHOP-2 SHOP-3 SHOP-4"),
    ("project in (SHOP, OPS) AND statusCategory != Done ORDER BY Rank", "SHOP-1 SHOP-2 SHOP-3 OPS-1"),
    ("project != SHOP", "OPS-1"),
    ("project not in (OPS) and key > SHOP-2 order by key", "SHOP-3 SHOP-4"),
    ("key = SHOP-1 OR issuekey = OPS-1 ORDER BY project, key", "OPS-1 SHOP-1"),
    ("issue in (SHOP-2, shop-3) ORDER BY key DESC", "SHOP-3 SHOP-2"),
    ("statusCategory = Done", "SHOP-4"),
    ("statusCategory in ('To Do', 4) ORDER BY id", "SHOP-1 SHOP-2 SHOP-3 OPS-1"),
    ('statusCategory = "new" AND project = SHOP ORDER BY id', "SHOP-1 SHOP-2 SHOP-3"),
    ('status = "In Progress"', "OPS-1"),
    ("status = 10004", "SHOP-4"),
    ("issuetype = Bug", "SHOP-2"),
    ("type in (Story, Epic) ORDER BY key", "SHOP-1 SHOP-3"),
    ("issuetype in subTaskIssueTypes()", "SHOP-4"),
    ("issuetype not in (Epic, Sub-task) AND project = SHOP ORDER BY key", "SHOP-1 SHOP-2"),
    ("labels = a ORDER BY key", "SHOP-1 SHOP-2"),
    ("labels = A", ""),
    ("labels = a AND labels = b", "SHOP-1"),
    # As on Jira, != leaves out issues without any label.
    ("labels != a ORDER BY key", "OPS-1"),
    ("NOT labels = a ORDER BY project, key", "OPS-1 SHOP-3 SHOP-4"),
    ("labels not in (a, b)", "OPS-1"),
    ("labels is EMPTY ORDER BY key", "SHOP-3 SHOP-4"),
    ("labels is not EMPTY ORDER BY id", "SHOP-1 SHOP-2 OPS-1"),
    ("labels in (c, EMPTY) ORDER BY id", "SHOP-3 SHOP-4 OPS-1"),
    ("(labels is EMPTY OR labels not in (a)) AND project = SHOP ORDER BY id", "SHOP-3 SHOP-4"),
    ("component = payments", "SHOP-1"),
    ("component in (payments, search) ORDER BY id", "SHOP-1 SHOP-2"),
    ("sprint = 2", "SHOP-2"),
    ("sprint in (1, 3) ORDER BY key", "SHOP-2 SHOP-3"),
    ('sprint = "Sprint 3"', "SHOP-3"),
    ("sprint in openSprints()", "SHOP-2"),
    ("sprint in closedSprints()", "SHOP-2"),
    ("sprint in futureSprints()", "SHOP-3"),
    ("sprint is EMPTY AND project = SHOP ORDER BY key", "SHOP-1 SHOP-4"),
    ("sprint not in openSprints()", "SHOP-3"),
    ("priority = High", "SHOP-1"),
    ("priority > Low", "SHOP-1"),
    ("priority is EMPTY ORDER BY id", "SHOP-3 SHOP-4 OPS-1"),
    ("priority in (High, Low) ORDER BY priority DESC", "SHOP-1 SHOP-2"),
    ('"Story Points" > 2', "SHOP-1"),
    ("cf[10028] = 5", "SHOP-1"),
    ("flagged = Impediment", "SHOP-4"),
    ("parent = SHOP-1", "SHOP-4"),
    ("reporter = ana AND project = OPS", "OPS-1"),
    ("reporter = currentUser()", ""),
    ("resolution = Unresolved AND project = SHOP ORDER BY key", "SHOP-1 SHOP-2 SHOP-3"),
    ("text ~ card", "SHOP-1"),
    ('summary ~ "total wrong"', "SHOP-2"),
    ("summary !~ card AND type = Story", ""),
    (f"updated >= {millis(NOW - timedelta(hours=7))} ORDER BY id", "SHOP-4 OPS-1"),
    (f"updated < {millis(NOW - timedelta(hours=7, minutes=1))} ORDER BY updated DESC", "SHOP-3 SHOP-2 SHOP-1"),
    ("updated >= -8h ORDER BY key", "OPS-1 SHOP-3 SHOP-4"),
    ("updated >= -1w AND type = Bug", "SHOP-2"),
    ('updated >= "-7h 30m" ORDER BY id', "SHOP-4 OPS-1"),
    # Quoted dates are read in the account's zone: 20:30 in Chicago is 02:30 UTC.
    ('created >= "2026-11-19 20:30" ORDER BY id', "SHOP-4 OPS-1"),
    ("created >= '2026/11/19 20:31' ORDER BY id", "OPS-1"),
    ('created >= "2026-11-20" ORDER BY id', ""),
    ("created < now() AND project = OPS", "OPS-1"),
    ("created >= startOfDay(-1d) AND project = OPS", "OPS-1"),
    ("resolved is not EMPTY", "SHOP-4"),
    ("NOT (project = SHOP OR type = Epic)", "OPS-1"),
    ("! project = SHOP", "OPS-1"),
    ("project = SHOP && (type = Bug || type = Story) ORDER BY type", "SHOP-2 SHOP-1"),
    ("project = OPS OR project = SHOP AND type = Bug ORDER BY key", "OPS-1 SHOP-2"),
    ("id > 0 AND project = OPS", "OPS-1"),
    ("filter = 10001 AND type = Bug", "SHOP-2"),
    ("filter in (10001, 10002) ORDER BY key", "OPS-1 SHOP-1 SHOP-2 SHOP-3 SHOP-4"),
    ("filter = 10002", "OPS-1"),
]


@pytest.mark.parametrize(("jql", "keys"), FOUND)
def test_a_query_finds_and_orders(site: State, jql: str, keys: str) -> None:
    assert ask(site, jql) == keys.split()


REFUSED = [
    ("colour = red", "Field 'colour' does not exist"),
    ("project = NOPE", "The value 'NOPE' does not exist for the field 'project'."),
    ("status = Nope", "The value 'Nope' does not exist for the field 'status'."),
    ("component = nope", "The value 'nope' does not exist for the field 'component'."),
    ("issuetype = Nope", "The value 'Nope' does not exist for the field 'issuetype'."),
    ("filter = 10077", "The value '10077' does not exist for the field 'filter'."),
    ("key = SHOP-99", "An issue with key 'SHOP-99' does not exist for field 'key'."),
    ("id in (10001, 424242)", "An issue with key '424242' does not exist for field 'id'."),
    ("sprint = 77", "Sprint with id '77' does not exist"),
    ("sprint in sleepingSprints()", "Unable to find JQL function 'sleepingSprints()'."),
    ("updated >= tomorrow", "Date value 'tomorrow' for field 'updated' is invalid."),
    ('updated >= "1732877091000"', "Date value '1732877091000' for field 'updated' is invalid."),
    ("project > SHOP", "The operator '>' is not supported by the 'project' field."),
    ("labels ~ a", "The operator '~' is not supported by the 'labels' field."),
    ("points > many", "'many' is an invalid value for the 'points' field."),
    ("project = SHOP ORDER BY colour", "Not able to sort using field 'colour'."),
    ("ORDER BY key, id, created, updated, rank, summary, priority, status", "ordered by at most 7 fields"),
    ("project = SHOP project = OPS", "Expecting either 'OR' or 'AND' but got 'project'. (line 1, character 16)"),
    ("project =", "before the end of the query"),
    ("= SHOP", "Expecting a field name"),
    ("project SHOP", "Expecting either '='"),
    ("(project = SHOP", "Expecting ')'"),
    ("labels in (a, b", "Expecting ')'"),
    ("labels is a", "only supports EMPTY"),
    ('project = "SHOP', "reserved JQL character"),
]


@pytest.mark.parametrize(("jql", "words"), REFUSED)
def test_a_query_is_refused_in_jiras_words(site: State, jql: str, words: str) -> None:
    with pytest.raises(BadJql) as refused:
        ask(site, jql)

    assert words in str(refused.value)


def test_without_validation_unknown_names_match_nothing(site: State) -> None:
    assert ask(site, "key in (SHOP-99, SHOP-1) OR type = Bug ORDER BY key", lenient=True) == ["SHOP-1", "SHOP-2"]
    assert ask(site, "key > SHOP-99", lenient=True) == []
    assert ask(site, "colour = red", lenient=True) == []
