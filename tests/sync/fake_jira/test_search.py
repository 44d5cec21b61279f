"""Search over HTTP: pages, fields, limits and the lag of the index, in each dialect's own way."""

from typing import Any

import pytest

from tests.sync.fake_jira.conftest import Browser, Clock


def many(web: Browser, number: int) -> None:
    for place in range(number):
        web.jira.state.create("T", "Story", f"Story {place}")


def test_cloud_names_ids_only_unless_fields_are_asked_for(cloud: Browser) -> None:
    page = cloud.post("api/search/jql", {"jql": "project = T ORDER BY key"}).json()

    assert page == {"issues": [{"id": "10001"}, {"id": "10002"}, {"id": "10003"}], "isLast": True}


def test_cloud_gives_the_same_answer_to_get_and_post(cloud: Browser) -> None:
    asked = {"jql": "project = T ORDER BY key", "fields": "summary,status", "maxResults": 2}

    by_get = cloud.get("api/search/jql", **asked)
    by_post = cloud.post("api/search/jql", asked | {"fields": ["summary", "status"]}).json()

    assert by_get["issues"] == by_post["issues"]
    assert [sorted(each["fields"]) for each in by_get["issues"]] == [["status", "summary"]] * 2


def test_cloud_pages_by_token_until_there_is_none(cloud: Browser) -> None:
    many(cloud, 150)
    body: dict[str, Any] = {"jql": "project = T ORDER BY key", "fields": ["summary"], "maxResults": 5000}
    sizes, keys = [], []

    while True:
        page = cloud.post("api/search/jql", body).json()
        sizes.append(len(page["issues"]))
        keys += [each["key"] for each in page["issues"]]
        if "nextPageToken" not in page:
            break
        body["nextPageToken"] = page["nextPageToken"]

    assert sizes == [100, 53]
    assert page["isLast"] is True
    assert len(set(keys)) == 153


def test_cloud_gives_up_to_5000_ids_a_page(cloud: Browser) -> None:
    many(cloud, 300)

    page = cloud.post("api/search/jql", {"jql": "project = T", "fields": ["id"], "maxResults": 9000}).json()

    assert len(page["issues"]) == 303


def test_an_unknown_page_token_is_refused(cloud: Browser) -> None:
    answer = cloud.post("api/search/jql", {"jql": "project = T", "nextPageToken": "stale"})

    assert answer.status_code == 400


@pytest.mark.parametrize("jql", ["", "ORDER BY key"])
def test_cloud_refuses_a_query_without_bounds(cloud: Browser, jql: str) -> None:
    answer = cloud.post("api/search/jql", {"jql": jql})

    assert answer.status_code == 400
    assert "Unbounded JQL queries are not allowed here" in answer.json()["errorMessages"][0]


@pytest.mark.parametrize("version", ["2", "3"])
def test_the_search_that_cloud_has_removed_is_gone(cloud: Browser, version: str) -> None:
    answer = cloud.ask("GET", f"api/{version}/search", params={"jql": "project = T"})

    assert answer.status_code == 410
    assert "migrate to the /rest/api/3/search/jql" in answer.json()["errorMessages"][0]


def test_cloud_counts_approximately(cloud: Browser) -> None:
    assert cloud.post("api/search/approximate-count", {"jql": "type = Bug"}).json() == {"count": 1}


def test_cloud_limits_properties_and_takes_expand_as_a_string(cloud: Browser) -> None:
    too_many = {"jql": "project = T", "properties": list("abcdef")}
    as_list = {"jql": "project = T", "fields": ["summary"], "expand": ["changelog"]}

    assert cloud.post("api/search/jql", too_many).status_code == 400
    assert cloud.post("api/search/jql", as_list).status_code == 400


def test_bulkfetch_finds_by_id_old_key_and_any_case_once_each_in_order_of_id(cloud: Browser) -> None:
    cloud.jira.state.rename("T-1", "NEW-1")

    body = {"issueIdsOrKeys": ["t-3", "T-1", "10001", "T-99"], "fields": ["summary"]}
    found = cloud.post("api/issue/bulkfetch", body).json()

    assert [each["key"] for each in found["issues"]] == ["NEW-1", "T-3"]
    assert found["issueErrors"] == []


@pytest.mark.parametrize(
    ("fields", "number", "status"),
    [
        (["summary"], 1000, 200),
        (["summary"], 1001, 400),
        (["*all"], 100, 200),
        (["*all"], 101, 400),
        (["comment"], 101, 400),
    ],
)
def test_bulkfetch_takes_more_when_the_fields_are_light(
    cloud: Browser, fields: list[str], number: int, status: int
) -> None:
    body = {"issueIdsOrKeys": ["T-1"] * number, "fields": fields}

    assert cloud.post("api/issue/bulkfetch", body).status_code == status


def test_data_center_pages_by_offset_and_names_its_cap(datacenter: Browser) -> None:
    many(datacenter, 1100)
    body = {"jql": "project = T ORDER BY key", "fields": ["summary"], "maxResults": 5000}

    first = datacenter.post("api/search", body).json()
    second = datacenter.post("api/search", body | {"startAt": 1000}).json()

    assert (first["startAt"], first["maxResults"], first["total"], len(first["issues"])) == (0, 1000, 1103, 1000)
    assert (second["startAt"], len(second["issues"])) == (1000, 103)


def test_data_center_shows_navigable_fields_by_default(datacenter: Browser) -> None:
    shown = datacenter.get("api/search", jql="key = T-1")["issues"][0]["fields"]

    assert {"summary", "description", "customfield_10104"} <= shown.keys()
    assert "comment" not in shown


def test_data_center_counts_with_a_page_of_none(datacenter: Browser) -> None:
    page = datacenter.get("api/search", jql="project = T", maxResults=0)

    assert (page["total"], page["issues"]) == (3, [])


def test_data_center_has_none_of_clouds_calls(datacenter: Browser) -> None:
    for path in ("api/2/search/jql", "api/2/issue/bulkfetch", "api/2/comment/list", "api/2/changelog/bulkfetch"):
        assert datacenter.post(path, {}).status_code in {404, 405}
    assert datacenter.ask("GET", "api/3/myself").status_code == 404


def test_fields_can_be_all_or_all_but_some(web: Browser) -> None:
    everything = web.find("key = T-1", fields=["*all"])[0]["fields"]
    without = web.find("key = T-1", fields=["*all", "-comment", "-description"])[0]["fields"]

    assert everything.keys() - without.keys() == {"comment", "description"}


def test_an_unknown_field_in_a_query_is_a_400_with_jiras_words(web: Browser) -> None:
    answer = web.post("api/search/jql" if web.cloud else "api/search", {"jql": "colour = red"})

    assert answer.status_code == 400
    assert answer.json()["errorMessages"] == ["Field 'colour' does not exist or you do not have permission to view it."]


def test_the_index_lags_behind_edits_when_asked_to(web: Browser) -> None:
    web.jira.faults.search_lag = 3
    web.put("api/issue/T-1", {"update": {"labels": [{"add": "new"}]}})

    seen = [web.keys("labels = new") for _ in range(4)]

    assert seen == [[], [], [], ["T-1"]]


def test_reading_an_issue_does_not_wait_for_the_index(web: Browser) -> None:
    web.jira.faults.search_lag = 3

    web.put("api/issue/T-1", {"update": {"labels": [{"add": "new"}]}})

    assert web.get("api/issue/T-1")["fields"]["labels"] == ["new"]


def test_issues_can_be_reconciled_past_the_lag(cloud: Browser) -> None:
    cloud.jira.faults.search_lag = 5
    cloud.put("api/issue/T-1", {"update": {"labels": [{"add": "new"}]}})

    found = cloud.find("labels = new", reconcileIssues=[10001], fields=["labels"])

    assert [each["fields"]["labels"] for each in found] == [["new"]]


def test_a_deleted_issue_is_still_found_until_the_index_knows(web: Browser) -> None:
    web.jira.faults.search_lag = 2
    web.get("api/myself")
    web.jira.state.delete("T-2")

    seen = [web.keys("project = T ORDER BY key") for _ in range(3)]

    assert seen == [["T-1", "T-2", "T-3"], ["T-1", "T-2", "T-3"], ["T-1", "T-3"]]
    assert web.ask("GET", "api/2/issue/T-2").status_code == 404


def test_updated_in_epoch_milliseconds_finds_what_changed_since(web: Browser, clock: Clock) -> None:
    clock.pass_by(minutes=5)
    since = round(clock.now.timestamp() * 1000)
    web.jira.state.edit("T-2", by="ana", summary="Wrong total, again")

    assert web.keys(f"project = T AND updated >= {since} ORDER BY key") == ["T-2"]
