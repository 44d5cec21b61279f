"""What is particular about GitHub: changes without a sign, hidden items, lost answers, milestones without a Project."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rules.model import Category, Issue, Kind, LinkKind, SprintState, TeamFilter
from rules.plan.changes import AddLabel, Change, DeleteComment, MoveToBacklog, MoveToSprint, PutComment, RemoveLabel
from rules.plan.comment import CommentBody
from rules.plan.marks import COMMENT_REASON
from rules.plan.outcome import Outcome, Result
from sync.errors import BadQuery, NotFound, Unreachable
from sync.fake_github.faults import graphql_error, graphql_limit, hourly_limit, refused, secondary_limit
from sync.fake_github.server import FakeGithub
from sync.fake_github.state import BOT, MODERN, Home, Milestone, State, node_id
from sync.fake_http.faults import broken
from sync.store.mirror import Mirror
from sync.trackers.github.tracker import GithubTracker
from sync.trackers.github.write import ARCHIVED, NO_ITEM
from tests import factories as make
from tests.contract.github_place import NOW, SCOPE, SHOP, settings, small_site, tracker_for

pytestmark = pytest.mark.journey

ONE = f"{SHOP}#1"
NOTE = CommentBody(headline="Not ready yet: one thing is missing.")
OTHER = CommentBody(headline="Ready: nothing is missing any more.")
REPOSITORIES: dict[str, Any] = {"project": "", "repositories": [SHOP], "fields": {}, "points_label": "size: "}
BY_MILESTONE = replace(SCOPE, product=make.product(make.team("Payments", board=1)))


@pytest.fixture
def github() -> Iterator[FakeGithub]:
    with FakeGithub(small_site, now=NOW, clock=lambda: NOW) as site:
        yield site


@pytest.fixture
def tracker(github: FakeGithub) -> GithubTracker:
    return tracker_for(github)


def node(github: FakeGithub, key: str = ONE) -> str:
    return github.state.issues[key].id


def who(github: FakeGithub, key: str = ONE) -> dict[str, Any]:
    return {"issue": node(github, key), "key": key, "why": ""}


def put(github: FakeGithub, note: CommentBody = NOTE, comment: str | None = None) -> PutComment:
    return PutComment(**who(github), note=note, comment=comment)


def applied(tracker: GithubTracker, change: Change) -> Outcome:
    [outcome] = tracker.apply([change], {})
    return outcome


def read(tracker: GithubTracker, github: FakeGithub, key: str = ONE) -> Issue:
    issue = tracker.read(node(github, key))
    assert issue is not None
    return issue


def ours(github: FakeGithub) -> list[str]:
    return [one.body for one in github.state.issues[ONE].remarks if one.author == BOT]


# reading


def test_what_github_cannot_tell_is_named(github: FakeGithub) -> None:
    always = {"sprint-history", "changelog"}
    assert tracker_for(github).pull(SCOPE).unavailable == {*always, "acceptance-field", "priority"}
    github.state.known = MODERN - {"blockedBy", "blocking"}
    milestones = tracker_for(github, **{**REPOSITORIES, "points_label": ""}).pull(BY_MILESTONE)
    assert milestones.unavailable == {*always, "acceptance-field", "priority", "rank", "points", "sprints", "links"}


def test_an_issue_has_its_parts(github: FakeGithub, tracker: GithubTracker) -> None:
    under = tracker.pull(SCOPE).by_key[f"{SHOP}#7"]
    assert (under.parent, under.kind, under.sprint, under.sprints) == (f"{SHOP}#6", Kind.STORY, "3", ("3",))
    epic = read(tracker, github, f"{SHOP}#6")
    assert (epic.kind, epic.subtasks) == (Kind.EPIC, (f"{SHOP}#7",))


def test_a_priority_is_an_option_of_a_field_and_the_first_is_the_most_urgent(github: FakeGithub) -> None:
    board = github.state.board
    board.fields |= {"Priority": "SINGLE_SELECT", "Notes": "TEXT"}
    board.options["Priority"] = ["P0", "P1"]
    board.items[1].values |= {"Priority": "P1", "Status": "in Progress", "Notes": "* It works"}
    fields = {"priority": "priority", "acceptance": "Notes", "points": "Story points"}
    issue = tracker_for(github, fields=fields).pull(SCOPE).by_key[ONE]
    assert issue.priority is not None
    assert (issue.priority.name, issue.priority.order, issue.priority.levels) == ("P1", 1, 2)
    assert (issue.category, issue.status) == (Category.DOING, "in Progress")
    assert issue.acceptance is not None
    assert issue.acceptance.prose == "It works"


def test_a_team_may_be_named_by_a_field(github: FakeGithub) -> None:
    team = make.team("Payments", board=7, takes=TeamFilter(field="Component"))
    snapshot = tracker_for(github).pull(replace(SCOPE, product=make.product(team)))
    assert snapshot.by_key[ONE].fields == {"Component": "payments"}


def test_without_a_type_a_label_names_the_kind_of_work(github: FakeGithub) -> None:
    state = github.state
    state.create(SHOP, "Crash", by="ana", values={}, labels=["help wanted", "bug"])
    state.create(SHOP, "Idea", by="ana", values={}, labels=["wish"])
    by_title = {issue.title: issue for issue in tracker_for(github, types={"Wish": "spike"}).pull(SCOPE).issues}
    assert (by_title["Crash"].kind, by_title["Crash"].type) == (Kind.BUG, "bug")
    assert by_title["Idea"].kind is Kind.SPIKE


def test_a_hidden_item_is_left_out_and_not_taken_for_deleted(github: FakeGithub, tracker: GithubTracker) -> None:
    github.state.board.items[0].hidden = True
    assert f"{SHOP}#5" not in tracker.pull(SCOPE).by_key
    assert tracker.pull(SCOPE).by_key[ONE].links[0].category is Category.TODO


def test_an_issue_that_goes_away_between_two_pages_hides_no_other(github: FakeGithub, tracker: GithubTracker) -> None:
    for number in range(150):
        github.state.create(SHOP, f"More {number}", by="ana", values={})

    def delete_one(asked: Any) -> None:
        if asked.path.endswith("Items") and sum(one.operation == "Items" for one in github.requests) == 2:
            github.state.delete(f"{SHOP}#2")

    github.faults.hook = delete_one
    assert {issue.title for issue in tracker.pull(SCOPE).issues} >= {f"More {number}" for number in range(150)}


def test_archived_items_count_where_their_repository_is_named(github: FakeGithub) -> None:
    done = f"{SHOP}#4"
    github.state.item_of(done).archived = True  # type: ignore[union-attr]
    github.state.issues[done].updated = NOW
    assert done not in tracker_for(github).pull(SCOPE).by_key
    named = tracker_for(github, repositories=[SHOP]).pull(SCOPE)
    assert named.by_key[done].sprints == ("1",)
    assert named.by_key[done].points == 5


def test_a_pull_that_was_cut_goes_on_where_it_stopped(github: FakeGithub, tmp_path: Path) -> None:
    for number in range(60):
        github.state.create(SHOP, f"More {number}", by="ana", values={}, created=NOW - timedelta(days=9))
    github.faults.on(broken(502), path="Details", skip=1, times=None)
    with pytest.raises(Unreachable):
        tracker_for(github, Mirror.open(tmp_path / "mirror")).pull(SCOPE)
    github.faults.clear()
    github.requests.clear()
    assert len(tracker_for(github, Mirror.open(tmp_path / "mirror")).pull(SCOPE).issues) == 66
    asked = [one.body["variables"]["ids"] for one in github.requests if one.operation == "Details"]
    assert sum(map(len, asked)) < 67


def test_a_transferred_issue_is_gone_and_a_new_one(github: FakeGithub, tracker: GithubTracker) -> None:
    old = node(github)
    github.state.homes["acme/other"] = Home("acme/other")
    github.state.transfer(ONE, "acme/other")
    assert tracker.read(old) is None
    assert "acme/other#1" in tracker.pull(SCOPE).by_key


def test_only_changed_issues_are_asked_for_again(github: FakeGithub, tmp_path: Path) -> None:
    tracker = tracker_for(github, Mirror.open(tmp_path / "mirror"))
    first = tracker.pull(SCOPE)
    later = NOW + timedelta(hours=1)
    github.state.clock = lambda: later
    tracker.pull(SCOPE)  # the first answer tells the time
    tracker.pull(SCOPE)  # what had changed just before the first pull is read again
    github.requests.clear()
    github.state.issues[f"{SHOP}#2"].updated += timedelta(days=1)
    second = tracker.pull(SCOPE)
    asked = [request.body["variables"]["ids"] for request in github.requests if request.operation == "Details"]
    assert asked == [[node(github, f"{SHOP}#2")]]
    assert [issue.id for issue in second.issues] == [issue.id for issue in first.issues]
    assert second.issues[1] == first.issues[1]


def test_a_new_dependency_is_seen_although_the_issue_did_not_change(github: FakeGithub, tmp_path: Path) -> None:
    tracker = tracker_for(github, Mirror.open(tmp_path / "mirror"))
    tracker.pull(SCOPE)
    github.state.issues[f"{SHOP}#2"].blockers.append(f"{SHOP}#5")
    links = tracker.pull(SCOPE).by_key[f"{SHOP}#2"].links
    assert [(link.kind, link.key) for link in links] == [(LinkKind.BLOCKED_BY, f"{SHOP}#5")]


def test_an_answer_that_github_gives_up_on_is_asked_for_in_halves(github: FakeGithub, tracker: GithubTracker) -> None:
    github.state.rejected_size = 2
    assert len(tracker.pull(SCOPE).issues) == 6


def test_closed_issues_of_no_sprint_that_counts_are_not_asked_for(github: FakeGithub, tracker: GithubTracker) -> None:
    for number in range(30):
        github.state.create(SHOP, f"Done {number}", by="ana", values={}, closed=NOW)
    tracker.pull(SCOPE)
    asked = [one.body["variables"]["ids"] for one in github.requests if one.operation == "Details"]
    assert sum(map(len, asked)) == 7


def test_our_comment_is_found_among_hundreds(github: FakeGithub, tracker: GithubTracker) -> None:
    comment = applied(tracker, put(github)).comment
    for number in range(230):
        github.state.comment(ONE, f"Chat {number}", by="ana")
    issue = read(tracker, github)
    assert issue.marks.comment == comment
    assert len(issue.comments) == 20
    assert applied(tracker, put(github, OTHER)).comment == comment


def test_commands_of_people_are_read_and_other_comments_are_not(github: FakeGithub, tracker: GithubTracker) -> None:
    github.state.comment(ONE, "/ready recheck", by="ana")
    plain, command = read(tracker, github).comments
    assert (plain.document.prose, command.document.prose) == ("", "/ready recheck")
    assert (command.author, command.author_name) == ("ana", "Ana Alvarez")


@pytest.mark.parametrize(
    ("query", "numbers"),
    [("state=open&type=bug|epic", [2, 6]), ("label=web", [1]), ("repository=acme/attic", []), ("assignee=ana", [3])],
)
def test_the_backlog_may_be_narrowed(github: FakeGithub, query: str, numbers: list[int]) -> None:
    github.state.issues[f"{SHOP}#3"].assignees = ["ana"]
    issues = tracker_for(github).pull(replace(SCOPE, backlog=query)).issues
    assert [issue.key for issue in issues] == [f"{SHOP}#{number}" for number in numbers]


@pytest.mark.parametrize("query", ["is:open", "state=closed", "label=", "", "labelz=x"])
def test_a_query_that_means_nothing_is_refused(tracker: GithubTracker, query: str) -> None:
    with pytest.raises(BadQuery):
        tracker.pull(replace(SCOPE, backlog=query))


def test_a_board_that_is_not_there_leaves_its_team_out(github: FakeGithub) -> None:
    two = make.product(make.team("Payments", board=7), make.team("Gone", board=9))
    assert list(tracker_for(github).pull(replace(SCOPE, product=two)).stopped) == ["Gone"]
    with pytest.raises(NotFound, match="board 9"):
        tracker_for(github).pull(replace(SCOPE, product=make.product(make.team("Gone", board=9))))
    with pytest.raises(NotFound, match="is not the place of a repository"):
        tracker_for(github, **REPOSITORIES).pull(replace(SCOPE, product=make.product(make.team("Gone", board=9))))


def test_a_project_or_repository_that_is_hidden_is_named(github: FakeGithub) -> None:
    with pytest.raises(NotFound, match="Project acme/8"):
        tracker_for(github, project="acme/8").pull(SCOPE)
    with pytest.raises(NotFound):
        tracker_for(github, **{**REPOSITORIES, "repositories": ["acme/none"]}).pull(BY_MILESTONE)


# limits and lost answers


def waited(tracker: GithubTracker) -> float:
    return sum(tracker.api.transport.waited.values())


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (secondary_limit(30), 30),
        (secondary_limit(), 60),
        (secondary_limit(status=429), 60),
        (hourly_limit(NOW.timestamp() + 600), 600),
    ],
    ids=["with-wait", "without-wait", "429", "hourly"],
)
@pytest.mark.parametrize("path", ["Relabel", "/comments"])
def test_a_limit_is_waited_out_and_each_write_is_made_once(
    github: FakeGithub, tracker: GithubTracker, fault: Any, seconds: float, path: str
) -> None:
    tracker.pull(SCOPE)
    github.faults.on(fault, path=path)
    assert applied(tracker, AddLabel(**who(github), label="ready")).result is Result.DONE
    assert applied(tracker, put(github)).result is Result.DONE
    assert (len(ours(github)), "ready" in github.state.issues[ONE].labels) == (1, True)
    assert waited(tracker) >= seconds


def test_a_limit_inside_a_good_status_is_waited_out(github: FakeGithub, tracker: GithubTracker) -> None:
    github.faults.on(graphql_limit(NOW.timestamp() + 300), path="Items")
    assert len(tracker.pull(SCOPE).issues) == 6
    assert waited(tracker) >= 300


def test_a_refusal_is_no_limit(github: FakeGithub, tracker: GithubTracker) -> None:
    github.faults.on(refused(403, "Resource not accessible by personal access token"), path="/comments")
    outcome = applied(tracker, put(github))
    assert outcome.result is Result.FAILED
    assert "Resource not accessible" in outcome.reason
    assert waited(tracker) < 5


def test_comments_keep_to_the_pace_of_an_hour(github: FakeGithub) -> None:
    tracker = tracker_for(github, comments_an_hour=2)
    for number in (1, 2, 3):
        change = PutComment(**who(github, f"{SHOP}#{number}"), note=NOTE)
        assert applied(tracker, change).result is Result.DONE
    assert tracker.api.transport.waited["content-rate"] > 3500


# writing


def test_labels_are_one_request_and_a_label_that_is_missing_is_made(github: FakeGithub, tracker: GithubTracker) -> None:
    tracker.pull(SCOPE)
    changes: list[Change] = [AddLabel(**who(github), label="ready"), RemoveLabel(**who(github), label="web")]
    github.requests.clear()
    assert {outcome.result for outcome in tracker.apply(changes, {})} == {Result.DONE}
    assert [(one.method, one.operation or one.path.rpartition("/")[2]) for one in github.writes] == [
        ("POST", "labels"),
        ("POST", "Relabel"),
    ]
    github.requests.clear()
    assert {outcome.result for outcome in tracker.apply(changes, {})} == {Result.ALREADY_SO}
    assert github.writes == []


def test_a_label_that_another_worker_makes_first_is_found(github: FakeGithub, tracker: GithubTracker) -> None:
    def make_it_first(asked: Any) -> None:
        if asked.method == "POST" and asked.path.endswith("/labels"):
            github.state.homes[SHOP].labels.append("Ready")

    github.faults.hook = make_it_first
    assert applied(tracker, AddLabel(**who(github), label="ready")).result is Result.DONE
    assert github.state.issues[ONE].labels == ["Web", "ios,", "Ready"]


def test_after_a_lost_store_the_timeline_says_what_people_took_away(github: FakeGithub, tracker: GithubTracker) -> None:
    """Our comment, deleted by a person, and our label, removed by one; a label of theirs is not ours."""
    added = [AddLabel(**who(github), label=label) for label in ("readyline-ready", "readyline-not-ready")]
    tracker.apply(added, {})
    tracker.apply([RemoveLabel(**who(github), label="readyline-ready")], {})
    comment = applied(tracker, put(github)).comment
    github.state.label(ONE, "readyline-not-ready", by="ana", on=False)
    github.state.delete_comment(int(comment or 0), by="ana")
    marks = read(tracker, github).marks
    assert (marks.labels, marks.comment) == (frozenset({"readyline-not-ready"}), None)
    assert marks.has_refused("comment", COMMENT_REASON)
    applied(tracker, put(github))
    assert read(tracker, github).marks.refused == ()


def test_a_comment_that_we_deleted_ourselves_is_not_refused(github: FakeGithub, tracker: GithubTracker) -> None:
    comment = applied(tracker, put(github)).comment
    applied(tracker, DeleteComment(**who(github), comment=comment or ""))
    assert read(tracker, github).marks.refused == ()


def test_a_person_who_changes_a_label_is_named(github: FakeGithub, tracker: GithubTracker) -> None:
    applied(tracker, AddLabel(**who(github), label="ready"))
    github.state.label(ONE, "ready", by="ana", on=False)
    assert read(tracker, github).changed_by == {"ready": "ana changed it"}


def test_nothing_is_written_to_an_archived_repository(github: FakeGithub, tracker: GithubTracker) -> None:
    github.state.homes[SHOP].archived = True
    for change in (AddLabel(**who(github), label="ready"), put(github), MoveToSprint(**who(github), sprint="3")):
        outcome = applied(tracker, change)
        assert (outcome.result, outcome.reason) == (Result.FAILED, ARCHIVED)
    assert github.writes == []


def test_an_issue_that_is_transferred_just_before_the_write_fails_and_nothing_follows(
    github: FakeGithub, tracker: GithubTracker
) -> None:
    github.state.homes["acme/other"] = Home("acme/other")
    tracker.pull(SCOPE)
    change = put(github)

    def transfer(asked: Any) -> None:
        if asked.path.endswith("/comments") and ONE in github.state.issues:
            github.state.transfer(ONE, "acme/other")

    github.faults.hook = transfer
    outcome = applied(tracker, change)
    assert outcome.result is Result.FAILED
    assert "was transferred" in outcome.reason


# sprints


def test_an_issue_that_a_person_put_into_another_sprint_is_not_moved(
    github: FakeGithub, tracker: GithubTracker
) -> None:
    tracker.pull(SCOPE)
    github.state.board.items[1].values["Sprint"] = "4"
    assert applied(tracker, MoveToSprint(**who(github), sprint="3")).result is Result.SKIPPED
    assert github.writes == []


def test_an_issue_of_a_past_sprint_may_move_on(github: FakeGithub, tracker: GithubTracker) -> None:
    tracker.pull(SCOPE)
    github.state.board.items[1].values["Sprint"] = "1"
    assert applied(tracker, MoveToSprint(**who(github), sprint="3")).result is Result.DONE


def test_an_iteration_that_is_taken_away_gets_nothing(github: FakeGithub, tracker: GithubTracker) -> None:
    tracker.pull(SCOPE)
    github.state.board.iterations.pop()
    assert "deleted" in applied(tracker, MoveToSprint(**who(github), sprint="4")).reason


def test_an_issue_that_left_the_project_is_not_moved(github: FakeGithub, tracker: GithubTracker) -> None:
    tracker.pull(SCOPE)
    github.state.board.items.pop(1)
    assert applied(tracker, MoveToSprint(**who(github), sprint="3")).reason == NO_ITEM


def with_milestones(state: State, now: Any) -> None:
    small_site(state, now)
    last = (now - timedelta(days=5)).date()
    state.homes[SHOP].milestones = [
        Milestone(1, "M1", last, closed=True),
        Milestone(2, "M2", last + timedelta(days=14)),
        Milestone(3, "M3", last + timedelta(days=28)),
        Milestone(4, "Some day", None),
    ]
    state.issues[f"{SHOP}#4"].milestone = 1
    state.issues[f"{SHOP}#3"].milestone = 2
    state.label(ONE, "size: 3", by="ana")


@pytest.fixture
def dated() -> Iterator[FakeGithub]:
    with FakeGithub(with_milestones, now=NOW, clock=lambda: NOW) as site:
        yield site


def milestone(number: int) -> str:
    return node_id("MI", f"{SHOP}/{number}")


def test_without_a_project_milestones_are_the_sprints(dated: FakeGithub) -> None:
    snapshot = tracker_for(dated, **REPOSITORIES).pull(BY_MILESTONE)
    assert [(sprint.name, sprint.state) for sprint in snapshot.sprints] == [
        ("M1", SprintState.CLOSED),
        ("M2", SprintState.ACTIVE),
        ("M3", SprintState.FUTURE),
        ("Some day", SprintState.FUTURE),
    ]
    assert [issue.key for issue in snapshot.issues] == [f"{SHOP}#{number}" for number in (1, 2, 3, 5, 6, 7)]
    assert {issue.key for issue in snapshot.history} == {f"{SHOP}#3", f"{SHOP}#4"}
    assert snapshot.by_key[ONE].points == 3
    assert snapshot.by_key[f"{SHOP}#2"].points is None
    assert "rank" in snapshot.unavailable


def test_issues_move_into_a_milestone_and_back(dated: FakeGithub) -> None:
    tracker = tracker_for(dated, **REPOSITORIES)
    tracker.pull(BY_MILESTONE)
    move = MoveToSprint(**who(dated), sprint=milestone(3))
    assert [applied(tracker, move).result, applied(tracker, move).result] == [Result.DONE, Result.ALREADY_SO]
    assert dated.state.issues[ONE].milestone == 3
    assert applied(tracker, MoveToBacklog(**who(dated), sprint=milestone(3))).result is Result.DONE
    assert dated.state.issues[ONE].milestone is None
    assert "active" in applied(tracker, MoveToSprint(**who(dated), sprint=milestone(2))).reason


def test_an_issue_of_another_repository_cannot_take_a_milestone(dated: FakeGithub) -> None:
    dated.state.homes["acme/app"] = Home("acme/app")
    dated.state.create("acme/app", "Elsewhere", by="ana")
    tracker = tracker_for(dated, **{**REPOSITORIES, "repositories": [SHOP, "acme/app"]})
    tracker.pull(BY_MILESTONE)
    outcome = applied(tracker, MoveToSprint(**who(dated, "acme/app#1"), sprint=milestone(3)))
    assert (outcome.result, "acme/app#1 is not in" in outcome.reason) == (Result.FAILED, True)


def test_a_milestone_that_is_closed_meanwhile_gets_nothing(dated: FakeGithub) -> None:
    tracker = tracker_for(dated, **REPOSITORIES)
    tracker.pull(BY_MILESTONE)
    dated.state.homes[SHOP].milestones[2].closed = True
    assert "closed" in applied(tracker, MoveToSprint(**who(dated), sprint=milestone(3))).reason


def test_an_error_of_a_query_is_an_error(github: FakeGithub, tracker: GithubTracker) -> None:
    github.faults.on(graphql_error("Your token has not been granted", "INSUFFICIENT_SCOPES"), path="Project")
    with pytest.raises(Exception, match="has not been granted"):
        tracker.pull(SCOPE)


def test_the_addresses_follow_from_the_one_in_the_browser() -> None:
    cloud, own = settings("https://github.com"), settings("https://git.example/base")
    assert (cloud.rest, cloud.graphql) == ("https://api.github.com", "https://api.github.com/graphql")
    assert (own.rest, own.graphql) == ("https://git.example/base/api/v3", "https://git.example/base/api/graphql")
    assert settings("https://acme.ghe.com").rest == "https://api.acme.ghe.com"


def test_an_app_is_the_same_account_with_and_without_its_ending(github: FakeGithub) -> None:
    github.state.me = "helper[bot]"
    tracker = tracker_for(github)
    applied(tracker, AddLabel(**who(github), label="ready"))
    for event in github.state.issues[ONE].events:
        event.actor = event.actor.removesuffix("[bot]")
    assert read(tracker, github).changed_by == {}


def test_labels_of_a_repository_are_read_once_a_run(github: FakeGithub, tracker: GithubTracker) -> None:
    tracker.pull(SCOPE)
    for number in (1, 2, 3):
        applied(tracker, AddLabel(**who(github, f"{SHOP}#{number}"), label="ready"))
    asked = [one.method for one in github.requests if one.path.endswith("/labels")]
    assert asked == ["GET", "POST"]
