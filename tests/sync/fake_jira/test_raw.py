"""Filling the local Jira from raw Jira JSON: what is in the file is what the site answers."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from sync.fake_jira.raw import loader
from sync.fake_jira.server import FakeJira
from tests.external_data import SHARED, needs
from tests.sync.fake_jira.conftest import Browser
from tests.thorough import in_turn

RAW = SHARED / "data" / "jira-raw" / "MOD" / "issues.jsonl.gz"

STATUS = {
    "id": "1",
    "name": "Open",
    "statusCategory": {"id": 2, "key": "new", "name": "To Do", "colorName": "blue-gray"},
}
CLOSED = {"id": "6", "name": "Closed", "statusCategory": {"id": 3, "key": "done", "name": "Done", "colorName": "green"}}
BLOCKS = {"id": "1", "name": "Blocks", "inward": "is blocked by", "outward": "blocks"}
PERSON = {"name": "kim", "key": "kim", "displayName": "Kim", "active": True, "timeZone": "Asia/Tokyo"}


def sprint(number: int, state: str, board: int | None = 5) -> dict[str, Any]:
    return {
        "id": number,
        "state": state,
        "name": f"2016 Sprint {number} (13-Oct > 26-Oct)",
        "startDate": "2016-10-13T22:25:43.407Z",
        "endDate": "2016-10-26T01:00:00.000Z",
    } | ({"originBoardId": board} if board else {})


def raw(number: int, **fields: Any) -> dict[str, Any]:
    usual = {
        "summary": f"Issue {number}",
        "issuetype": {"id": "7", "name": "Story", "subtask": False},
        "project": {"id": "1", "key": "OLD", "name": "Old project"},
        "status": STATUS,
        "created": "2012-09-25T03:39:02.000+0000",
        "updated": "2013-01-01T00:00:00.000+0000",
        "description": "line one\r\nline two",
        "reporter": PERSON,
    }
    return {"id": str(500 + number), "key": f"OLD-{number}", "fields": usual | fields}


ISSUES = [
    raw(2, issuetype={"id": "5", "name": "Epic", "subtask": False}, priority={"id": "3", "name": "Medium"}),
    raw(
        1,
        priority={"id": "1", "name": "Critical"},
        epic={"id": 502, "key": "OLD-2", "name": "Epic"},
        closedSprints=[sprint(1, "closed"), sprint(2, "closed")],
        sprint=sprint(3, "active"),
        labels=["ios,", "q&a"],
        components=[{"id": "9", "name": "iOS"}],
        flagged=True,
        issuelinks=[{"id": "70", "type": BLOCKS, "outwardIssue": {"id": "503", "key": "OLD-3", "fields": {}}}],
        comment={
            "comments": [{"id": "900", "author": PERSON, "body": "Hi", "created": "2012-10-01T00:00:00.000+0000"}],
            "total": 9,
        },
    ),
    raw(
        3,
        status=CLOSED,
        resolution={"id": "1", "name": "Fixed"},
        resolutiondate="2012-12-24T00:00:00.000+0000",
        priority=None,
        closedSprints=[sprint(4, "closed", board=None)],
        issuelinks=[
            {"id": "70", "type": BLOCKS, "inwardIssue": {"id": "501", "key": "OLD-1", "fields": {}}},
            {"id": "71", "type": BLOCKS, "inwardIssue": {"id": "1", "key": "ELSE-1", "fields": {"summary": "Far"}}},
        ],
    ),
]


@pytest.fixture(params=in_turn("cloud", "datacenter"))
def web(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    path = tmp_path / "issues.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(each) + "\n" for each in ISSUES)
    with FakeJira(request.param, loader(path)) as jira:
        browser = Browser(jira)
        yield browser
        browser.session.close()


def field(web: Browser, name: str) -> str:
    return next(str(each["id"]) for each in web.get("api/field") if each["name"] == name)


def test_the_order_of_the_file_is_the_rank(web: Browser) -> None:
    assert web.keys("project = OLD ORDER BY Rank ASC") == ["OLD-2", "OLD-1", "OLD-3"]
    assert web.keys("project = OLD AND statusCategory != Done ORDER BY Rank") == ["OLD-2", "OLD-1"]


def test_sprints_become_the_sprint_field_and_boards(web: Browser) -> None:
    values = web.get("api/issue/OLD-1")["fields"][field(web, "Sprint")]

    assert len(values) == 3
    assert [each["id"] for each in web.get("agile/1.0/board")["values"]] == [5]
    assert [each["state"] for each in web.get("agile/1.0/board/5/sprint")["values"]] == ["closed", "closed", "active"]
    assert web.keys("sprint in openSprints()") == ["OLD-1"]


def test_epics_links_and_flags_are_kept(web: Browser) -> None:
    first, last = (web.get(f"api/issue/{key}")["fields"] for key in ("OLD-1", "OLD-3"))

    assert first[field(web, "Epic Link")] == "OLD-2"
    assert first[field(web, "Flagged")][0]["value"] == "Impediment"
    assert first["issuelinks"][0]["outwardIssue"]["fields"]["status"]["name"] == "Closed"
    assert [each["inwardIssue"]["key"] for each in last["issuelinks"]] == ["OLD-1", "ELSE-1"]


def test_descriptions_keep_their_lines(web: Browser) -> None:
    shown = web.get("api/issue/OLD-1", fields="description")["fields"]["description"]

    if web.cloud:
        assert [node.get("text") for node in shown["content"][0]["content"]] == ["line one", None, "line two"]
    else:
        assert shown == "line one\r\nline two"


def test_priorities_are_the_files_own_the_most_urgent_first(web: Browser) -> None:
    assert [each["name"] for each in web.get("api/priority")] == ["Critical", "Medium"]
    assert web.keys("priority is EMPTY") == ["OLD-3"]
    assert web.keys("priority > Medium") == ["OLD-1"]


def test_comments_labels_and_dates_are_kept_and_new_ids_are_new(web: Browser) -> None:
    page = web.get("api/issue/OLD-1/comment")
    made = web.post("api/issue/OLD-1/comment", {"body": web.text("x")}).json()

    assert (page["total"], page["comments"][0]["author"]["displayName"]) == (1, "Kim")
    assert int(made["id"]) > 900
    assert web.get("api/issue/OLD-1")["fields"]["labels"] == ["ios,", "q&a"]
    assert web.keys("resolved >= 2012-12-01") == ["OLD-3"]


@needs(RAW)
@pytest.mark.parametrize("dialect", in_turn("cloud", "datacenter"))
def test_a_real_archive_is_served_whole(dialect: str) -> None:
    with gzip.open(RAW, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    still_open = {row["key"] for row in rows if row["fields"]["status"]["statusCategory"]["key"] != "done"}

    with FakeJira(dialect, loader(RAW)) as jira:
        browser = Browser(jira)
        found = browser.find("project = MOD AND statusCategory != Done ORDER BY Rank", fields=["*all"], maxResults=100)
        browser.session.close()

    assert {each["key"] for each in found} == still_open
    summaries = {row["key"]: row["fields"]["summary"] for row in rows}
    assert all(each["fields"]["summary"] == summaries[each["key"]] for each in found)
