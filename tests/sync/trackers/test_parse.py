"""Jira's JSON as issues: odd shapes, missing parts, translated names, and nothing that is not there."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from rules.model import Category, Effort, Kind, LinkKind, Priority, SprintState
from sync.trackers.jira.fields import ROLES, Choice, FieldMap
from sync.trackers.jira.parse import Site, plain_text, read_issue
from sync.trackers.jira.payloads import open_sprint, read_sprint, sprint_ids
from sync.trackers.tolerant import read_moment

JAVA = (
    "com.atlassian.greenhopper.service.sprint.Sprint@1bf75fd[id=37,rapidViewId=4,state=ACTIVE,name=A, [b] id=99,"
    "goal=state=CLOSED,startDate=<null>,sequence=37]"
)
CHOSEN = {"sprint": "cf_sprint", "flagged": "cf_flag", "acceptance": "cf_ac", "epic": "cf_epic"}


def site(**values: Any) -> Site:
    choices = {role: Choice(role, CHOSEN.get(role, ""), "", "") for role in ROLES}
    fields = FieldMap(choices=choices, points=("cf_a", "cf_b"), extra=values.pop("extra", {}))
    return Site(**{"url": "https://jira.example", "fields": fields, "account": "bot", **values})


def raw(**fields: Any) -> dict[str, Any]:
    return {"id": "1", "key": "T-1", "fields": fields}


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        (None, ()),
        ([], ()),
        ("", ()),
        (7, ("7",)),
        ([{"id": 3, "state": "closed"}, {"id": 4, "state": "active"}], ("3", "4")),
        ([{"id": 3}, {"id": 3}, {"name": "no id"}, None, "nonsense", True], ("3",)),
        ([JAVA], ("37",)),
        ([JAVA.replace("id=37", "id=2"), JAVA], ("2", "37")),
    ],
)
def test_sprints_are_read_in_every_shape(value: object, ids: tuple[str, ...]) -> None:
    assert sprint_ids(value) == ids


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ([{"id": 3, "state": "closed"}, {"id": 4, "state": "FUTURE"}], "4"),
        ([{"id": 4, "state": "active"}, {"id": 3, "state": "closed"}], "4"),
        ([JAVA], "37"),
        ([JAVA.replace("ACTIVE", "CLOSED")], None),
        (None, None),
    ],
)
def test_the_open_sprint_is_recognised_by_its_state(value: object, number: str | None) -> None:
    assert open_sprint(value) == number


def test_a_sprint_that_its_board_calls_closed_is_not_open_whatever_the_issue_says() -> None:
    issue = read_issue(raw(cf_sprint=[JAVA]), site(states={"37": SprintState.CLOSED}))
    assert (issue.sprint, issue.sprints) == (None, ("37",))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-11-29T10:44:51.887-0800", datetime(2024, 11, 29, 10, 44, 51, 887000, timezone(-timedelta(hours=8)))),
        ("2024-11-29T10:44:51.887Z", datetime(2024, 11, 29, 10, 44, 51, 887000, UTC)),
        ("2024-11-29T10:44:51+05:30", datetime(2024, 11, 29, 10, 44, 51, 0, timezone(timedelta(hours=5.5)))),
        ("yesterday", None),
        ("", None),
        (None, None),
        (17, None),
    ],
)
def test_moments_are_read_as_any_jira_writes_them(text: object, moment: datetime | None) -> None:
    assert read_moment(text) == moment


SERVER = [{"id": "1", "name": "Блокер"}, {"id": "9", "name": "None"}, {"id": "3", "name": "Minor"}]


@pytest.mark.parametrize(
    ("given", "priority"),
    [
        ({"id": "1", "name": "Блокер"}, Priority("Блокер", 0, 2)),
        ({"id": "3", "name": "Minor"}, Priority("Minor", 1, 2)),
        ({"id": "9", "name": "None"}, None),
        ({"name": "null"}, None),
        (None, None),
        ({"id": "77", "name": "Retired"}, Priority("Retired", 2, 3)),
    ],
)
def test_priorities_go_by_the_servers_order(given: object, priority: Priority | None) -> None:
    assert read_issue(raw(priority=given), site(priorities=SERVER)).priority == priority


@pytest.mark.parametrize(
    ("fields", "points"),
    [
        ({"cf_a": 3, "cf_b": 8}, 3.0),
        ({"cf_a": None, "cf_b": 8.5}, 8.5),
        ({"cf_b": 0}, 0.0),
        ({"cf_a": True, "cf_b": "5"}, None),
        ({}, None),
    ],
)
def test_points_come_from_the_first_field_that_has_any_and_are_never_summed(
    fields: dict[str, Any], points: float | None
) -> None:
    assert read_issue(raw(**fields), site()).points == points


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"cf_a": {"value": "M", "id": "10"}}, "M"),
        ({"cf_a": None, "cf_b": " XL "}, "XL"),
        ({"cf_a": {"value": "M"}, "cf_b": 5}, ""),
        ({"cf_a": True, "cf_b": [1]}, ""),
        ({}, ""),
    ],
)
def test_a_size_may_be_the_name_of_an_option_where_no_number_is_there(fields: dict[str, Any], name: str) -> None:
    assert read_issue(raw(**fields), site()).size_name == name


def test_times_are_read_in_hours_with_their_totals_over_sub_tasks() -> None:
    times = {"timeoriginalestimate": 28800, "timeestimate": 5400, "timespent": 0, "aggregatetimeestimate": 12600}

    assert read_issue(raw(**times), site()).hours == Effort(original=8, remaining=1.5, spent=0, total_remaining=3.5)


@pytest.mark.parametrize("odd", ["28800", True, -1, 10**12, {}, None])
def test_a_time_that_is_no_number_of_seconds_is_absent(odd: object) -> None:
    assert read_issue(raw(timeestimate=odd), site()).hours == Effort()


@pytest.mark.parametrize(
    ("kind", "side", "outward", "inward", "expected"),
    [
        ("Blocks", "inwardIssue", "blocks", "is blocked by", LinkKind.BLOCKED_BY),
        ("Blocks", "outwardIssue", "blocks", "is blocked by", LinkKind.BLOCKS),
        ("Depends", "outwardIssue", "depends on", "is dependent of", LinkKind.BLOCKED_BY),
        ("Depends", "inwardIssue", "depends on", "is dependent of", LinkKind.BLOCKS),
        ("Dependency", "inwardIssue", "depends upon", "is depended upon by", LinkKind.BLOCKS),
        ("Blockiert", "inwardIssue", "blockiert", "wird blockiert von", LinkKind.BLOCKED_BY),
        ("Duplicate", "inwardIssue", "duplicates", "is duplicated by", LinkKind.DUPLICATE),
        ("Cloners", "inwardIssue", "clones", "is cloned by", LinkKind.RELATES),
        ("Not related", "inwardIssue", "do not relates to", "has nothing to", LinkKind.RELATES),
        ("Gantt: start-finish", "outwardIssue", "is triggering", "is triggered by", LinkKind.RELATES),
    ],
)
def test_a_link_says_what_its_phrase_says(kind: str, side: str, outward: str, inward: str, expected: LinkKind) -> None:
    other = {"key": "T-9", "fields": {"summary": "Other", "status": {"statusCategory": {"key": "done"}}}}
    link = {"type": {"name": kind, "inward": inward, "outward": outward}, side: other}
    [found] = read_issue(raw(issuelinks=[link]), site()).links
    assert (found.kind, found.key, found.category, found.title) == (expected, "T-9", Category.DONE, "Other")


def test_status_goes_by_its_category_and_never_by_its_name() -> None:
    status = {"name": "Done", "statusCategory": {"key": "indeterminate", "name": "Erledigt"}}
    assert read_issue(raw(status=status), site()).category is Category.DOING


@pytest.mark.parametrize(
    ("votes", "count"),
    [({"votes": 3, "hasVoted": False}, 3), ({"votes": 3, "hasVoted": True}, 2), (None, None), ({}, None)],
)
def test_votes_are_those_of_others_and_none_where_the_site_has_no_voting(votes: Any, count: int | None) -> None:
    assert read_issue(raw(votes=votes), site()).votes == count


@pytest.mark.parametrize("odd", [None, [], "text", 7, {"name": None}])
def test_an_odd_value_anywhere_is_no_crash(odd: Any) -> None:
    names = ("issuetype", "status", "priority", "assignee", "parent", "subtasks", "issuelinks", "components", "comment")
    issue = read_issue(
        raw(**dict.fromkeys((*names, "watches", "votes", "attachment", "cf_sprint", "cf_ac", "cf_a"), odd)), site()
    )
    assert (issue.id, issue.key, issue.category) == ("1", "T-1", Category.TODO)


def test_an_issue_without_fields_is_still_an_issue() -> None:
    issue = read_issue({"id": 5, "key": "T-5"}, site())
    assert (issue.id, issue.title, issue.kind, issue.marks.comment) == ("5", "", Kind.TASK, None)


def test_the_acceptance_field_is_none_only_where_the_site_has_none() -> None:
    assert read_issue(raw(cf_ac=None), site()).acceptance is not None
    choices = {role: Choice(role, "", "", "") for role in ROLES}
    without = Site(url="", fields=FieldMap(choices=choices), account="bot")
    assert read_issue(raw(cf_ac="x"), without).acceptance is None


def test_comments_are_those_of_people_the_newest_last() -> None:
    said: list[dict[str, Any]] = [
        {"id": str(n), "author": {"accountId": who, "displayName": who.title()}, "body": f"number {n}"}
        for n, who in enumerate(["ana", "bot", "ana", "cy"])
    ]
    said.append({"id": "9", "author": {"name": "ana"}, "properties": [{"key": "readyline", "value": {"said": "x"}}]})
    issue = read_issue(raw(comment={"comments": said, "total": 5}), site(last_comments=2))
    assert [comment.id for comment in issue.comments] == ["2", "3"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("Blue", "Blue"),
        (3, "3"),
        ({"value": "Payments", "child": {"value": "x"}}, "Payments"),
        ({"id": "1", "name": "Payments"}, "Payments"),
        ([{"value": "a"}, {"value": "b"}], "a, b"),
        (
            {
                "type": "doc",
                "version": 1,
                "content": [{"type": "paragraph", "content": [{"type": "text", "text": "x"}]}],
            },
            "x",
        ),
        ({"name": "ana.alvarez", "key": "JIRAUSER10100", "displayName": "Ana Alvarez"}, "Ana Alvarez"),
        ({"odd": 1}, ""),
    ],
)
def test_any_field_reads_as_a_person_would_read_it(value: object, text: str) -> None:
    assert plain_text(value) == text


def test_a_sprint_of_a_board_keeps_what_it_has_and_no_more() -> None:
    sprint = read_sprint({"id": 4, "state": "FUTURE", "name": None, "startDate": "soon"}, 12)
    assert sprint is not None
    assert (sprint.id, sprint.name, sprint.board, sprint.start, sprint.goal) == ("4", "", 12, None, "")
    assert read_sprint({"id": 4, "state": "strange"}, 12) is None
    assert read_sprint({"state": "future"}, 12) is None


def adf(*nodes: dict[str, Any]) -> dict[str, Any]:
    return {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": list(nodes)}]}


@pytest.mark.parametrize(
    ("body", "reads"),
    [
        ("/ready accept", True),
        ("{{/ready accept}}", False),
        ("`/ready accept`", False),
        (adf({"type": "text", "text": "/ready accept"}), True),
        (adf({"type": "text", "text": "/ready accept", "marks": [{"type": "strong"}]}), True),
        (adf({"type": "text", "text": "/ready accept", "marks": [{"type": "code"}]}), False),
        (adf(), False),
    ],
)
def test_a_command_that_is_shown_as_code_is_not_read(body: object, *, reads: bool) -> None:
    said = [{"id": "1", "author": {"accountId": "a", "displayName": "Ana"}, "body": body}]
    (comment,) = read_issue(raw(comment={"comments": said, "total": 1}), site()).comments
    assert (comment.document.prose == "/ready accept") is reads


def test_a_command_in_the_innermost_of_very_many_lists_stops_nothing() -> None:
    body: dict[str, Any] = adf({"type": "text", "text": "/ready accept"})
    for _ in range(300):
        body = {"type": "bulletList", "content": [body]}
    said = [{"id": "1", "author": {"accountId": "a", "displayName": "Ana"}, "body": body}]
    assert len(read_issue(raw(comment={"comments": said, "total": 1}), site()).comments) == 1


def test_equal_values_of_two_issues_are_one_value_in_memory() -> None:
    said = [{"id": "1", "author": {"accountId": "712020:7", "displayName": "Ana Alvarez"}, "body": "x"}]
    fields = {"priority": {"id": "3", "name": "Minor"}, "created": "2026-11-15T14:05:52.739+0100"}
    first, second = (
        read_issue(raw(comment={"comments": said, "total": 1}, **fields), site(priorities=SERVER)) for _ in range(2)
    )
    assert first.priority is second.priority
    assert first.created.tzinfo is second.created.tzinfo
    assert first.changed_by is second.changed_by
    assert first.comments[0].author_name is second.comments[0].author_name


def test_somebody_without_a_name_to_show_is_called_by_what_there_is() -> None:
    said = [{"id": "1", "author": {"name": "ana.alvarez"}, "body": "x"}, {"id": "2", "author": None, "body": "x"}]
    issue = read_issue(raw(comment={"comments": said, "total": 2}), site())
    assert [comment.author_name for comment in issue.comments] == ["ana.alvarez", "somebody"]
