"""Comments and properties over HTTP."""

from typing import Any

import pytest

from tests.sync.fake_jira.conftest import Browser, Clock

MARK = [{"key": "readyline", "value": {"said": "abc"}}]


def write(web: Browser, words: str = "Hello", **more: Any) -> str:
    answer = web.post("api/issue/T-1/comment", {"body": web.text(words)} | more)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_a_comment_is_read_back_in_both_versions(web: Browser) -> None:
    comment = write(web, "Hello *you*")

    assert web.get(f"api/issue/T-1/comment/{comment}")["body"] == web.text("Hello *you*")
    assert web.get(f"api/2/issue/T-1/comment/{comment}")["body"] == "Hello *you*"


def test_the_same_comment_sent_twice_is_there_twice(web: Browser) -> None:
    write(web), write(web)

    assert web.get("api/issue/T-1/comment")["total"] == 2


def test_comments_are_paged_the_oldest_or_the_newest_first(web: Browser) -> None:
    ids = [write(web, f"number {place}") for place in range(3)]

    first = web.get("api/issue/T-1/comment", startAt=1, maxResults=1)
    newest = web.get("api/issue/T-1/comment", orderBy="-created", maxResults=1)

    assert ([each["id"] for each in first["comments"]], first["startAt"], first["total"]) == ([ids[1]], 1, 3)
    assert [each["id"] for each in newest["comments"]] == [ids[2]]


def test_cloud_shows_at_most_100_comments_a_page(cloud: Browser) -> None:
    for place in range(101):
        cloud.jira.state.comment("T-1", f"number {place}")

    page = cloud.get("api/issue/T-1/comment", maxResults=5000)

    assert (page["maxResults"], len(page["comments"]), page["total"]) == (100, 100, 101)


def test_a_comment_changes_in_place_and_moves_the_issue(web: Browser, clock: Clock) -> None:
    comment = write(web)
    before = web.jira.state.issue("T-1").updated
    clock.pass_by(minutes=3)

    changed = web.put(f"api/issue/T-1/comment/{comment}", {"body": web.text("Better"), "properties": MARK})

    assert (changed.status_code, changed.json()["id"]) == (200, comment)
    assert web.jira.state.issue("T-1").updated > before
    assert changed.json()["updated"] > changed.json()["created"]


def test_a_comment_is_deleted_once(web: Browser) -> None:
    comment = write(web)

    assert web.delete(f"api/issue/T-1/comment/{comment}").status_code == 204
    assert web.delete(f"api/issue/T-1/comment/{comment}").status_code == 404
    assert web.put(f"api/issue/T-1/comment/{comment}", {"body": web.text("x")}).status_code == 404


def test_a_comment_of_32768_characters_is_too_long(datacenter: Browser) -> None:
    write(datacenter, "x" * 32_767)

    answer = datacenter.post("api/issue/T-1/comment", {"body": "x" * 32_768})

    assert answer.status_code == 400
    assert "exceeds the allowed limit of 32,767 characters" in answer.json()["errors"]["comment"]


BAD_BODIES = [
    "wiki is no ADF",
    {"type": "doc", "content": []},
    {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": ""}]}]},
    None,
]


@pytest.mark.parametrize("body", BAD_BODIES)
def test_cloud_v3_takes_only_adf_without_empty_texts(cloud: Browser, body: Any) -> None:
    assert cloud.post("api/issue/T-1/comment", {"body": body}).status_code == 400
    assert cloud.jira.state.issue("T-1").remarks == []


@pytest.mark.parametrize("body", ["", "  ", {"type": "doc"}, None])
def test_data_center_takes_only_a_text(datacenter: Browser, body: Any) -> None:
    assert datacenter.post("api/issue/T-1/comment", {"body": body}).status_code == 400


def test_somebody_elses_comment_needs_the_right_to_edit_all(web: Browser) -> None:
    comment = web.jira.state.comment("T-1", "Mine", by="ana")
    web.jira.state.rights.discard("EDIT_ALL_COMMENTS")

    assert web.put(f"api/issue/T-1/comment/{comment}", {"body": web.text("x")}).status_code == 403
    assert web.delete(f"api/issue/T-1/comment/{comment}").status_code == 403


def test_properties_written_with_a_comment_are_found(web: Browser) -> None:
    comment = write(web, properties=MARK)

    assert web.get(f"api/comment/{comment}/properties/readyline") == MARK[0]
    assert [each["key"] for each in web.get(f"api/comment/{comment}/properties")["keys"]] == ["readyline"]


def test_cloud_lists_many_comments_with_their_properties(cloud: Browser) -> None:
    ours, other = write(cloud, properties=MARK), write(cloud)

    plain = cloud.post("api/comment/list", {"ids": [int(ours)]}).json()["values"]
    full = cloud.post("api/comment/list", {"ids": [int(ours), int(other), 999]}, expand="properties").json()

    assert "properties" not in plain[0]
    assert [each["properties"] for each in full["values"]] == [MARK, []]
    assert full["total"] == 2


def test_a_property_is_made_changed_and_deleted(web: Browser) -> None:
    for path in ("api/issue/T-1/properties/readyline", f"api/comment/{write(web)}/properties/readyline"):
        statuses = [web.put(path, {"a": 1}).status_code, web.put(path, {"a": 2}).status_code]

        assert statuses == [201, 200]
        assert web.get(path) == {"key": "readyline", "value": {"a": 2}}
        assert [web.delete(path).status_code, web.delete(path).status_code] == [204, 404]


@pytest.mark.parametrize(("key", "value"), [("k" * 256, 1), ("k", "x" * 32_768), ("k", "")])
def test_a_property_has_limits(web: Browser, key: str, value: Any) -> None:
    assert web.put(f"api/issue/T-1/properties/{key}", value).status_code == 400


def test_the_comment_field_of_cloud_in_bulk_stops_at_twenty(cloud: Browser) -> None:
    for place in range(25):
        cloud.jira.state.comment("T-1", f"number {place}")

    in_bulk = cloud.find("key = T-1", fields=["comment"])[0]["fields"]["comment"]
    alone = cloud.get("api/issue/T-1", fields="comment")["fields"]["comment"]

    assert (len(in_bulk["comments"]), in_bulk["total"]) == (20, 25)
    assert len(alone["comments"]) == 25
