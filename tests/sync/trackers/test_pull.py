"""Pulling from a Jira of each kind: everything the scope names, in order, and nothing twice."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from requests import PreparedRequest

from rules.commands.read import read_commands
from rules.document import EMPTY
from rules.model import Kind, TeamFilter
from rules.plan.changes import PutComment
from rules.plan.comment import CommentBody
from sync.errors import BadQuery, LoggedOut, NotFound, TrackerError, Unreachable
from sync.fake_jira import faults
from sync.fake_jira.records import Account, Board, Sprint
from sync.trackers.base import Scope
from sync.trackers.concurrency import AdaptiveLimit
from sync.trackers.http import Transport
from sync.trackers.jira import api as jira_api
from sync.trackers.jira import cloud as jira_cloud
from sync.trackers.jira import datacenter as jira_datacenter
from sync.trackers.jira.dialect import JIRA
from tests import factories as make
from tests.contract.tracker_fixtures import NOW, PRODUCT, SCOPE
from tests.sync.trackers.conftest import Jira, opened
from tests.thorough import in_turn

pytestmark = pytest.mark.journey


def keys(jira: Jira, scope: Scope = SCOPE) -> list[str]:
    return [issue.key for issue in jira.open().pull(scope).issues]


def test_the_backlog_comes_in_rank_order(jira: Jira) -> None:
    jira.state.rank(["T-3"], before="T-5")
    assert keys(jira) == ["T-3", "T-5", "T-1", "T-2", "T-6", "T-7"]


def test_an_order_in_the_query_gives_way_to_the_rank(jira: Jira) -> None:
    scope = replace(SCOPE, backlog=f"{SCOPE.backlog} ORDER BY created DESC")
    assert keys(jira, scope) == keys(jira)


def test_the_words_order_by_inside_quotes_are_no_order(jira: Jira) -> None:
    jira.state.edit("T-2", summary="Sort the list by date", by="ana")
    assert keys(jira, replace(SCOPE, backlog='project = T AND summary ~ "sort" ORDER BY Rank')) == ["T-2"]


def test_an_or_in_the_query_stays_whole(jira: Jira) -> None:
    assert keys(jira, replace(SCOPE, backlog="key = T-1 OR key = T-2")) == ["T-1", "T-2"]


def test_everything_of_an_issue_is_read(jira: Jira) -> None:
    snapshot = jira.open().pull(SCOPE)
    assert snapshot.by_key["T-5"].restricted
    assert not snapshot.by_key["T-1"].restricted
    assert snapshot.by_key["T-6"].kind is Kind.EPIC
    assert snapshot.by_key["T-7"].parent == "T-6"
    assert (snapshot.by_key["T-7"].sprints, snapshot.by_key["T-7"].sprint) == (("1", "3"), "3")
    assert snapshot.by_key["T-1"].components == ("payments",)
    assert [comment.author_name for comment in snapshot.by_key["T-1"].comments] == ["Ana"]
    assert {sprint.id for sprint in snapshot.sprints} == {"1", "2", "3", "4"}


def test_texts_of_finished_issues_are_read_too(jira: Jira) -> None:
    jira.state.edit("T-4", description="Shoppers pay with a saved card.", by="ana")
    [done] = [issue for issue in jira.open().pull(SCOPE).history if issue.key == "T-4"]
    assert done.document.prose == "Shoppers pay with a saved card."


def test_a_sprint_knows_its_dates_and_its_board(jira: Jira) -> None:
    first, *_ = jira.open().pull(SCOPE).sprints
    assert first.board == 1
    assert first.start == NOW - timedelta(days=18)
    assert first.completed == NOW - timedelta(days=4)


def test_only_the_newest_closed_sprints_are_read(jira: Jira) -> None:
    for number in range(100, 230):
        end = NOW - timedelta(days=1000 - number)
        jira.state.add_sprint(
            Sprint(id=number, board=1, name=f"Old {number}", state="closed", start=end, end=end, completed=end)
        )
    closed = [each.id for each in jira.open().pull(replace(SCOPE, closed_sprints=3)).sprints if each.state == "closed"]
    assert closed == ["1", "228", "229"]


def test_a_team_is_recognised_by_a_field_named_in_the_configuration(cloud: Jira) -> None:
    cloud.state.edit("T-1", team="Payments", by="ana")
    team = make.team("Payments", board=1, takes=TeamFilter(field="Team"))
    snapshot = cloud.open().pull(replace(SCOPE, product=make.product(team)))
    assert [issue.key for issue in snapshot.issues if team.recognises(issue)] == ["T-1"]


def test_the_field_with_the_value_of_an_issue_is_read(cloud: Jira) -> None:
    """The local Jira has no field with a number of its own; the field for teams is read in its place."""
    cloud.state.edit("T-1", team="8", by="ana")
    snapshot = cloud.open().pull(replace(SCOPE, product=replace(SCOPE.product, value_field="Team")))
    assert snapshot.by_key["T-1"].fields == {"Team": "8"}


def test_a_field_the_site_does_not_have_is_named(jira: Jira) -> None:
    team = make.team("Payments", board=1, takes=TeamFilter(field="Squad"))
    with pytest.raises(NotFound, match='"Squad"'):
        jira.open().pull(replace(SCOPE, product=make.product(team)))


def test_a_board_that_does_not_exist_is_named_with_its_team(jira: Jira) -> None:
    with pytest.raises(NotFound, match=r'board 99 of team "Payments".*\[\[teams\]\] board'):
        jira.open().pull(replace(SCOPE, product=make.product(make.team("Payments", board=99))))


def test_a_board_without_sprints_is_no_error(jira: Jira) -> None:
    jira.state.add_board(Board(id=2, name="Flow", project="T", kind="kanban"))
    snapshot = jira.open().pull(replace(SCOPE, product=make.product(make.team("Flow", board=2))))
    assert snapshot.sprints == ()
    assert "sprints" in snapshot.unavailable


def test_what_the_site_cannot_tell_is_named(jira: Jira) -> None:
    assert "acceptance-field" in jira.open().pull(SCOPE).unavailable
    jira.state.acceptance_field = True
    jira.state.edit("T-1", acceptance="* it works", by="ana")
    snapshot = jira.open().pull(SCOPE)
    assert "acceptance-field" not in snapshot.unavailable
    found = snapshot.by_key["T-1"].acceptance
    assert found is not None
    assert found.prose == "it works"


def test_a_type_may_be_given_another_kind(jira: Jira) -> None:
    snapshot = jira.open(types={"tidy": "story", "TASK": "spike"}).pull(SCOPE)
    assert snapshot.by_key["T-3"].kind is Kind.SPIKE


def test_a_backlog_of_no_issue_is_empty(jira: Jira) -> None:
    assert keys(jira, replace(SCOPE, backlog="project = T AND labels = nobody-has-this")) == []


def test_a_query_that_is_not_understood_is_reported(jira: Jira) -> None:
    with pytest.raises(BadQuery):
        keys(jira, replace(SCOPE, backlog="project = NOSUCH"))


def test_a_wrong_token_ends_the_run(jira: Jira) -> None:
    with pytest.raises(LoggedOut, match="READYLINE_TOKEN"):
        jira.open(token="wrong").pull(SCOPE)


def test_a_site_that_is_not_there_ends_the_run(jira: Jira) -> None:
    tracker = jira.open()
    jira.jira.close()
    with pytest.raises(Unreachable, match=r"\[tracker\] url"):
        tracker.pull(SCOPE)


def test_a_pull_asks_for_no_write(jira: Jira) -> None:
    tracker = jira.open()
    tracker.pull(SCOPE)
    tracker.read(jira.state.issue("T-1").id)
    assert jira.jira.writes == []


def many(number: int) -> Any:
    """A site with so many issues, all made in the same second."""

    def fill(state: Any, _now: Any) -> None:
        state.projects["T"] = "Test"
        state.log_in_as(Account(id="bot", name="bot", display="Bot", zone="Asia/Kolkata"))
        state.add_board(Board(id=1, name="Board", project="T"))
        for index in range(number):
            state.create("T", "Story", f"Story {index}", rank=(number - index) * 1000)

    return fill


@pytest.fixture(params=in_turn("cloud", "datacenter"))
def crowd(request: pytest.FixtureRequest) -> Iterator[Jira]:
    """A site with 230 issues."""
    yield from opened(request.param, many(230))


def test_a_backlog_of_many_pages_comes_whole_and_once(crowd: Jira, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jira_cloud, "PAGE_OF_IDS", 17)
    monkeypatch.setattr(jira_datacenter, "PAGE", 17)
    monkeypatch.setattr(jira_datacenter, "IDS_A_QUERY", 40)
    assert keys(crowd) == [f"T-{number}" for number in range(230, 0, -1)]


def test_a_site_that_gives_smaller_pages_than_asked_loses_nothing(datacenter: Jira) -> None:
    assert datacenter.open().pull(SCOPE).issues  # the echoed page size is what counts
    assert all(each.body["maxResults"] == jira_datacenter.PAGE for each in datacenter.asked("POST", "/search"))


def test_data_center_is_paged_in_windows_below_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    for site in opened("datacenter", many(230)):
        monkeypatch.setattr(jira_datacenter, "PAGE", 50)
        monkeypatch.setattr(jira_datacenter, "WINDOW", 100)
        for index, record in enumerate(site.state.issues.values()):
            record.created = NOW - timedelta(seconds=index // 7)
        assert keys(site) == [f"T-{number}" for number in range(230, 0, -1)]
        sweeps = [each.body for each in site.asked("POST", "/search") if "created" in each.body["jql"]]
        assert max(each["startAt"] for each in sweeps) < 100


def test_data_center_windows_that_cannot_move_on_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    for site in opened("datacenter", many(60)):
        monkeypatch.setattr(jira_datacenter, "PAGE", 10)
        monkeypatch.setattr(jira_datacenter, "WINDOW", 20)
        for record in site.state.issues.values():
            record.created = NOW
        with pytest.raises(TrackerError, match="without an end"):
            keys(site)


def test_a_page_token_that_comes_again_is_an_error(cloud: Jira, monkeypatch: pytest.MonkeyPatch) -> None:
    tracker = cloud.open()
    page = {"issues": [{"id": "1"}], "nextPageToken": "same"}
    monkeypatch.setattr(tracker.api._core, "search_and_reconsile_issues_using_jql_post", lambda **_: page)
    with pytest.raises(TrackerError, match="without an end"):
        tracker.api.sweep("project = T", "")


def test_a_thousand_issues_a_request_fall_back_to_a_hundred(cloud: Jira) -> None:
    for index in range(130):
        cloud.state.create("T", "Story", f"Story {index}")
    assert len(keys(cloud)) == 136
    sizes = [len(each.body["issueIdsOrKeys"]) for each in cloud.asked("POST", "/issue/bulkfetch") if each.status == 200]
    assert all(size <= 100 for size in sizes)
    assert sum(sizes) == 137


def test_comments_of_our_account_are_no_comments_of_people(jira: Jira) -> None:
    jira.state.comment("T-1", "I am the worker; write: /ready recheck")
    comments = jira.open().pull(SCOPE).by_key["T-1"].comments
    assert [comment.author_name for comment in comments] == ["Ana"]


def test_a_command_given_by_the_account_whose_token_we_bear_is_a_persons_word(jira: Jira) -> None:
    jira.state.comment("T-1", "/Ready recheck\n\nplease")
    *_, command = jira.open().pull(SCOPE).by_key["T-1"].comments
    assert command.author == jira.state.me.id if jira.is_cloud else jira.state.me.name
    assert command.document.blocks[0].text == "/Ready recheck"


def test_our_own_comment_is_never_taken_for_a_command_whatever_it_says(
    jira: Jira, put: Callable[..., PutComment]
) -> None:
    tracker = jira.open()
    issue = tracker.pull(SCOPE).by_key["T-1"]
    tracker.apply([put(issue, CommentBody(headline="/ready accept"))], {})
    note = tracker.pull(SCOPE).by_key["T-1"]
    assert read_commands(make.snapshot(note), allowed=frozenset({jira.state.me.id}), rules=(), given=()).fresh == ()


def test_what_people_say_to_each_other_is_not_read(jira: Jira) -> None:
    jira.state.comment("T-1", "see /ready recheck", by="ana")
    talk, command = jira.open().pull(SCOPE).by_key["T-1"].comments
    assert (talk.document, command.document.prose) == (EMPTY, "see /ready recheck")


def test_several_portions_are_fetched_at_once(jira: Jira, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jira_cloud, "FEW", 3)
    monkeypatch.setattr(jira_datacenter, "IDS_A_QUERY", 3)
    together, ask = threading.Barrier(2, timeout=10), Transport._attempt

    def attempt(transport: Transport, request: PreparedRequest, *rest: Any) -> Any:
        body = str(request.body)
        if "/issue/bulkfetch" in str(request.url) or ("id in (" in body and "changelog" not in body):
            together.wait()
        return ask(transport, request, *rest)

    wanted = keys(jira)
    jira.state.create("T", "Story", "An eighth, for a third portion")
    jira.state.create("T", "Story", "A ninth")
    jira.state.create("T", "Story", "A tenth, for a fourth")
    monkeypatch.setattr(Transport, "_attempt", attempt)
    assert keys(jira) == [*wanted, "T-8", "T-9", "T-10"]


def test_one_at_a_time_is_possible(jira: Jira, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Transport.to(jira.settings(parallel=1), JIRA).breadth.most == 1
    monkeypatch.setattr(jira_cloud, "FEW", 2)
    monkeypatch.setattr(jira_datacenter, "IDS_A_QUERY", 2)
    tracker = jira.open()
    tracker.api.transport.breadth = AdaptiveLimit(1)
    assert [issue.key for issue in tracker.pull(SCOPE).issues] == keys(jira)


@pytest.mark.parametrize("trouble", [faults.too_many(retry_after=30), faults.broken(502), faults.reset_before()])
def test_a_complaint_narrows_the_rest_of_the_run_and_loses_nothing(
    jira: Jira, monkeypatch: pytest.MonkeyPatch, trouble: faults.Fault
) -> None:
    wanted = jira.open().pull(SCOPE)
    monkeypatch.setattr(jira_cloud, "FEW", 2)
    monkeypatch.setattr(jira_datacenter, "IDS_A_QUERY", 2)
    jira.jira.faults.on(trouble, path="/bulkfetch" if jira.is_cloud else "/search", skip=1)
    tracker = jira.open()
    assert tracker.pull(SCOPE).issues == wanted.issues
    assert tracker.api.transport.breadth.now == 2


def test_sprint_pages_end_even_if_the_site_never_says_so(cloud: Jira, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jira_api, "MANY_PAGES", 5)
    tracker = cloud.open()
    page = {"values": [{"id": 1}], "isLast": False}
    monkeypatch.setattr(tracker.api._agile, "get_all_sprints", lambda *_, **__: page)
    with pytest.raises(TrackerError, match="board 7"):
        list(tracker.api.sprints(7, "active"))


def test_the_product_is_the_one_that_was_asked_for(jira: Jira) -> None:
    assert jira.open().pull(SCOPE).product is PRODUCT
