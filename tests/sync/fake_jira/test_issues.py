"""One issue over HTTP: reading it, editing it, its history, and what the site says about itself."""

from datetime import datetime
from typing import Any

import pytest

from tests.sync.fake_jira.conftest import NOW, Browser, Clock

LABELS = {"update": {"labels": [{"add": "a"}, {"add": "b"}]}}


def labels(web: Browser, issue: str = "T-1") -> list[str]:
    return list(web.get(f"api/issue/{issue}", fields="labels")["fields"]["labels"])


def test_an_issue_is_found_by_id_key_old_key_and_in_any_case(web: Browser) -> None:
    web.jira.state.rename("T-1", "NEW-1")

    assert {web.get(f"api/issue/{name}")["key"] for name in ("10001", "T-1", "t-1", "NEW-1")} == {"NEW-1"}


def test_a_missing_issue_is_404_in_jiras_shape(web: Browser) -> None:
    answer = web.ask("GET", "api/2/issue/T-99")

    assert answer.status_code == 404
    assert answer.json()["errorMessages"] == ["Issue does not exist or you do not have permission to see it."]


def test_moments_carry_the_accounts_offset_without_a_colon(web: Browser) -> None:
    created = web.get("api/issue/T-1", fields="created")["fields"]["created"]

    assert created == "2026-11-20T03:30:00.000-0600"
    assert datetime.fromisoformat(created) == NOW


def test_times_are_seconds_and_their_totals_include_sub_tasks(web: Browser) -> None:
    state = web.jira.state
    state.edit("T-1", remaining_seconds=3600)
    task = state.create("T", "Sub-task", "Part", parent=state.issue("T-1").id, remaining_seconds=7200)

    wanted = "timeestimate,aggregatetimeestimate,timespent"
    assert web.get("api/issue/T-1", fields=wanted)["fields"] == {
        "timeestimate": 3600,
        "aggregatetimeestimate": 10800,
        "timespent": None,
    }
    assert web.get(f"api/issue/{task.key}", fields="aggregatetimeestimate")["fields"] == {"aggregatetimeestimate": 7200}


def test_descriptions_are_adf_on_cloud_v3_and_wiki_elsewhere(web: Browser) -> None:
    web.jira.state.edit("T-1", description="h3. Goal\n* pay")

    latest = web.get("api/issue/T-1", fields="description")["fields"]["description"]
    second = web.get("api/2/issue/T-1", fields="description")["fields"]["description"]

    assert second == "h3. Goal\n* pay"
    assert (
        latest == second if not web.cloud else [node["type"] for node in latest["content"]] == ["heading", "bulletList"]
    )


def test_labels_are_added_and_removed_without_complaint_about_what_is_so_already(web: Browser) -> None:
    first = web.put("api/issue/T-1", LABELS)
    again = web.put("api/issue/T-1", LABELS)
    gone = web.put("api/issue/T-1", {"update": {"labels": [{"remove": "a"}, {"remove": "never-there"}]}})

    assert (first.status_code, again.status_code, gone.status_code) == (204, 204, 204)
    assert labels(web) == ["b"]


def test_an_edit_that_changes_nothing_leaves_no_trace(web: Browser, clock: Clock) -> None:
    web.put("api/issue/T-1", LABELS)
    before = web.jira.state.issue("T-1").updated
    clock.pass_by(minutes=1)

    web.put("api/issue/T-1", LABELS)

    assert web.jira.state.issue("T-1").updated == before
    assert len(web.jira.state.issue("T-1").history) == 1


def test_updated_moves_on_every_edit_even_within_one_moment(web: Browser) -> None:
    seen = []
    for label in "abc":
        web.put("api/issue/T-1", {"update": {"labels": [{"add": label}]}})
        seen.append(web.jira.state.issue("T-1").updated)

    assert seen == sorted(set(seen))


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"update": {"labels": [{"add": "two words"}]}}, "labels", "contains spaces which is invalid"),
    ({"update": {"labels": [{"add": "tab\there"}]}}, "labels", "contains spaces which is invalid"),
    ({"update": {"labels": [{"add": "x" * 256}]}}, "labels", "too long"),
    ({"update": {"labels": [{"addd": "x"}]}}, "labels", "Operation 'addd' is not supported"),
    ({"update": {"labels": {"add": "x"}}}, "labels", "must be a list"),
    ({"fields": {"labels": ["a"]}, "update": {"labels": [{"add": "b"}]}}, "labels", "cannot appear in both"),
    ({"fields": {"customfield_99999": 1}}, "customfield_99999", "not on the appropriate screen, or unknown"),
    ({"fields": {"summary": ""}}, "summary", "You must specify a summary"),
    ({"fields": {"summary": "x" * 256}}, "summary", "255"),
    ({"fields": {"priority": {"name": "Soonish"}}}, "priority", "invalid"),
    ({"update": {"components": [{"add": {"name": "nope"}}]}}, "components", "not valid"),
]


@pytest.mark.parametrize(("body", "field", "words"), REFUSED)
def test_a_bad_edit_is_400_by_field_and_changes_nothing(
    web: Browser, body: dict[str, Any], field: str, words: str
) -> None:
    both = {"fields": {"summary": "Changed"} | body.get("fields", {}), "update": body.get("update", {})}

    answer = web.put("api/issue/T-1", both)

    assert answer.status_code == 400
    assert words in answer.json()["errors"][field]
    assert (web.jira.state.issue("T-1").summary, labels(web)) == ("Pay by card", [])


def test_labels_a_number_and_a_property_go_in_one_request(web: Browser) -> None:
    points = (web.jira.dialect == "cloud" and "customfield_10028") or "customfield_10106"
    body = {"fields": {points: 5}, "properties": [{"key": "readyline", "value": {"hash": "1"}}]} | LABELS

    assert web.put("api/issue/T-1", body).status_code == 204

    issue = web.get("api/issue/T-1", properties="readyline")
    assert (issue["fields"][points], issue["fields"]["labels"]) == (5.0, ["a", "b"])
    assert web.get("api/issue/T-1/properties/readyline")["value"] == {"hash": "1"}
    assert issue["properties"] == {"readyline": {"hash": "1"}}


def test_the_sprint_field_takes_a_number_and_records_one_change(web: Browser) -> None:
    field = "customfield_10020" if web.cloud else "customfield_10104"

    moved = web.put("api/issue/T-1", {"fields": {field: 3}})
    closed = web.put("api/issue/T-1", {"fields": {field: 1}})

    assert (moved.status_code, closed.status_code) == (204, 400)
    assert [item.after_text for row in web.jira.state.issue("T-1").history for item in row.items] == ["Sprint 3"]


def test_data_center_forbids_silence_without_the_right_and_cloud_ignores_the_wish(web: Browser) -> None:
    web.jira.state.rights -= {"ADMINISTER", "ADMINISTER_PROJECTS"}

    answer = web.put("api/issue/T-1", LABELS, notifyUsers="false")

    assert answer.status_code == (204 if web.cloud else 403)
    assert labels(web) == (["a", "b"] if web.cloud else [])


def test_silence_is_granted_to_an_administrator(web: Browser) -> None:
    assert web.put("api/issue/T-1", LABELS, notifyUsers="false").status_code == 204


def test_editing_needs_the_right(web: Browser) -> None:
    web.jira.state.rights.discard("EDIT_ISSUES")

    assert web.put("api/issue/T-1", LABELS).status_code == 403
    assert (
        web.get("api/mypermissions", permissions="EDIT_ISSUES,ADD_COMMENTS")["permissions"]["EDIT_ISSUES"][
            "havePermission"
        ]
        is False
    )


def test_history_shows_who_changed_what(web: Browser) -> None:
    web.put("api/issue/T-1", LABELS)
    web.jira.state.edit("T-1", by="ana", summary="Pay with a card", points=3.0)
    web.jira.state.move_to_sprint("T-1", 3, by="ana")

    rows = web.get("api/issue/T-1", expand="changelog")["changelog"]["histories"]

    told = [
        (row["author"]["displayName"], [(i["field"], i["fromString"], i["toString"]) for i in row["items"]])
        for row in rows
    ]
    assert told == [
        ("Ana", [("Sprint", "", "Sprint 3")]),
        ("Ana", [("summary", "Pay by card", "Pay with a card"), ("Story Points", None, "3")]),
        ("Bot", [("labels", "", "a b")]),
    ]


def test_cloud_pages_the_history_the_oldest_first(cloud: Browser) -> None:
    for number in range(103):
        cloud.jira.state.edit("T-1", summary=f"Title {number}")

    page = cloud.get("api/issue/T-1/changelog", maxResults=1000)
    last = cloud.get("api/issue/T-1/changelog", startAt=100)

    assert (page["maxResults"], page["total"], page["isLast"], len(page["values"])) == (100, 103, False, 100)
    assert (len(last["values"]), last["isLast"]) == (3, True)
    assert page["values"][0]["items"][0]["toString"] == "Title 0"


def test_the_site_says_what_it_is(web: Browser) -> None:
    info = web.get("api/serverInfo")

    assert info["deploymentType"] == ("Cloud" if web.cloud else "Server")
    assert info["serverTime"] == "2026-11-20T09:30:00.000+0000"


def test_custom_fields_are_recognised_by_their_schema(web: Browser) -> None:
    web.jira.state.acceptance_field = True
    kinds = {each["schema"].get("custom", "").rpartition(":")[2]: each["id"] for each in web.get("api/field")}

    assert {
        "gh-sprint",
        "gh-lexo-rank",
        "jsw-story-points",
        "float",
        "gh-epic-link",
        "multicheckboxes",
        "textarea",
    } <= kinds.keys()


def test_sprints_are_objects_on_cloud_and_strings_on_data_center(web: Browser) -> None:
    web.jira.state.sprints[3].goal = "Fast, safe [beta]"
    web.jira.state.move_to_sprint("T-1", 3)
    field = "customfield_10020" if web.cloud else "customfield_10104"

    (value,) = web.get("api/issue/T-1")["fields"][field]

    if web.cloud:
        assert (value["id"], value["state"], value["boardId"]) == (3, "future", 1)
    else:
        assert value.startswith("com.atlassian.greenhopper.service.sprint.Sprint@")
        assert "[id=3,rapidViewId=1,state=FUTURE,name=Sprint 3," in value
        assert "completeDate=<null>" in value
        assert "goal=Fast, safe [beta]" in value


def test_epics_are_parents_on_cloud_and_links_on_data_center(web: Browser) -> None:
    epic = web.jira.state.create("T", "Epic", "Guests")
    web.jira.state.edit("T-1", parent=epic.id)

    fields = web.get("api/issue/T-1")["fields"]

    assert fields["customfield_10014" if web.cloud else "customfield_10100"] == epic.key
    assert (fields["parent"] or {}).get("key") == (epic.key if web.cloud else None)


def test_links_are_seen_from_both_ends(web: Browser) -> None:
    web.jira.state.link("T-1", "Blocks", "T-2")

    ((source,), (target,)) = (web.get(f"api/issue/{key}")["fields"]["issuelinks"] for key in ("T-1", "T-2"))

    assert (source["type"]["outward"], source["outwardIssue"]["key"]) == ("blocks", "T-2")
    assert (target["type"]["inward"], target["inwardIssue"]["key"]) == ("is blocked by", "T-1")
    assert target["inwardIssue"]["fields"]["status"]["statusCategory"]["key"] == "new"


def test_deleting_an_issue_takes_its_links_and_comments_along(web: Browser) -> None:
    web.jira.state.link("T-1", "Blocks", "T-2")
    comment = web.jira.state.comment("T-1", "Bye")

    assert web.delete("api/issue/T-1").status_code == 204
    assert web.get("api/issue/T-2")["fields"]["issuelinks"] == []
    assert web.ask("GET", f"api/2/comment/{comment}/properties/readyline").status_code == 404


def test_votes_are_counted_for_everybody_and_named_only_with_the_right(web: Browser) -> None:
    state = web.jira.state
    before = state.issue("T-1").updated
    state.issue("T-1").voters = {state.me.id}

    field = web.get("api/issue/T-1", fields="votes")["fields"]["votes"]
    assert (field["votes"], field["hasVoted"]) == (1, True)
    votes = web.get("api/issue/T-1/votes")
    assert (votes["votes"], votes["hasVoted"], len(votes["voters"])) == (1, True, 1)
    state.rights.discard("VIEW_VOTERS_AND_WATCHERS")
    assert web.get("api/issue/T-1/votes")["voters"] == []
    assert state.issue("T-1").updated == before
