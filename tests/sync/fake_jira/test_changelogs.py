"""The history of issues over HTTP: what an entry says in each dialect, and Cloud's bulk answer with its limits."""

from typing import Any

import pytest

from tests.sync.fake_jira.conftest import Browser

BULK = "api/changelog/bulkfetch"


def entries(web: Browser, key: str) -> list[Any]:
    """The items of an issue's history, the oldest first."""
    rows = web.get(f"api/issue/{key}", expand="changelog")["changelog"]["histories"]
    return [item for row in reversed(rows) for item in row["items"]]


def bulk(web: Browser, **asked: Any) -> Any:
    answer = web.post(BULK, {"issueIdsOrKeys": ["T-1", "T-2"], **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


def titles(page: Any) -> list[str]:
    """The titles that a page's entries set, issue by issue."""
    logs = page["issueChangeLogs"]
    return [item["toString"] for log in logs for row in log["changeHistories"] for item in row["items"]]


def test_a_new_rank_says_the_direction_only_and_leaves_the_date_of_the_last_change(web: Browser) -> None:
    before = web.jira.state.issue("T-2").updated

    web.jira.state.rank(["T-2"], before="T-1")

    (item,) = entries(web, "T-2")
    assert (item["field"], item["from"], item["fromString"], item["to"]) == ("Rank", "", "", "")
    assert item["toString"] == "Ranked higher"
    assert web.jira.state.issue("T-2").updated == before
    assert web.jira.state.mails == []


def test_each_link_has_an_entry_of_its_own(web: Browser) -> None:
    state = web.jira.state
    bond = state.link("T-1", "Blocks", "T-2")
    with state.changing(state.issue("T-2"), state.me) as record:
        record.bonds = [each for each in record.bonds if each.id != bond.id]

    added, removed = entries(web, "T-2")
    assert (added["field"], added["to"], added["toString"]) == ("Link", "T-1", "This issue is blocked by T-1")
    assert (removed["from"], removed["to"], removed["toString"]) == ("T-1", None, None)


def test_a_parent_is_named_as_its_dialect_names_it(web: Browser) -> None:
    epic = web.jira.state.create("T", "Epic", "Guests")
    web.jira.state.edit("T-1", parent=epic.id)

    (item,) = entries(web, "T-1")
    assert item["field"] == ("IssueParentAssociation" if web.cloud else "Epic Link")
    assert (item["to"], item["toString"]) == (epic.id, epic.key)
    assert "fieldId" not in item


def test_texts_are_wiki_markup_in_both_dialects(web: Browser) -> None:
    heading = [{"type": "heading", "attrs": {"level": 3}, "content": [{"type": "text", "text": "Why"}]}]
    text: Any = {"type": "doc", "version": 1, "content": heading} if web.cloud else "h3. Why"

    assert web.put("api/issue/T-1", {"fields": {"description": text}}).status_code == 204

    assert entries(web, "T-1")[-1]["toString"].strip() == "h3. Why"


def test_only_cloud_names_a_field_by_its_id(web: Browser) -> None:
    web.jira.state.edit("T-1", points=3.0)

    (item,) = entries(web, "T-1")
    assert (item["field"], item["fieldtype"], item["toString"]) == ("Story Points", "custom", "3")
    assert item.get("fieldId") == ("customfield_10028" if web.cloud else None)


def test_cloud_fetches_the_history_of_many_issues_by_field(cloud: Browser) -> None:
    cloud.jira.state.add_label("T-1", "urgent")
    cloud.jira.state.edit("T-2", summary="Changed")

    assert [log["issueId"] for log in bulk(cloud, fieldIds=["labels"])["issueChangeLogs"]] == ["10001"]
    assert [log["issueId"] for log in bulk(cloud)["issueChangeLogs"]] == ["10001", "10002"]


def test_the_bulk_history_goes_by_date_over_all_issues_page_by_page(cloud: Browser) -> None:
    for number in range(3):
        cloud.jira.state.edit("T-1", summary=f"One {number}")
        cloud.jira.state.edit("T-2", summary=f"Two {number}")

    first = bulk(cloud, maxResults=4)
    second = bulk(cloud, maxResults=4, nextPageToken=first["nextPageToken"])

    assert titles(first) == ["One 0", "One 1", "Two 0", "Two 1"]
    assert titles(second) == ["One 2", "Two 2"]
    assert "nextPageToken" not in second


def test_the_bulk_history_has_milliseconds_and_leaves_out_what_is_gone(cloud: Browser) -> None:
    cloud.jira.state.edit("T-1", summary="Changed")
    cloud.jira.state.delete("T-2")

    (log,) = bulk(cloud)["issueChangeLogs"]

    moment = cloud.jira.state.issue("T-1").history[0].created
    assert log["changeHistories"][0]["created"] == round(moment.timestamp() * 1000)


@pytest.mark.parametrize(
    "asked",
    [
        {"issueIdsOrKeys": []},
        {"issueIdsOrKeys": [str(number) for number in range(1_001)]},
        {"fieldIds": [f"customfield_{number}" for number in range(11)]},
        {"maxResults": 10_001},
        {"maxResults": 0},
        {"nextPageToken": "unknown"},
    ],
)
def test_cloud_refuses_more_than_its_limits(cloud: Browser, asked: dict[str, Any]) -> None:
    assert cloud.post(BULK, {"issueIdsOrKeys": ["T-1"], **asked}).status_code == 400


def test_data_center_has_no_bulk_history(datacenter: Browser) -> None:
    assert datacenter.post(BULK, {"issueIdsOrKeys": ["T-1"]}).status_code == 404
