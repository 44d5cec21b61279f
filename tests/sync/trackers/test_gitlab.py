"""What is particular about GitLab: what is ours without a place for it, editions, moving pages, commands in notes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import ValidationError

from rules.model import NO_MARKS, EditField, Issue, Kind, SprintState, TeamFilter
from rules.plan.changes import AddLabel, Change, MoveToBacklog, MoveToSprint, PutComment, RemoveLabel
from rules.plan.comment import CommentBody
from rules.plan.outcome import Outcome, Result
from sync.errors import BadQuery, Forbidden, NotFound, TrackerError
from sync.fake_gitlab.faults import moved, too_many
from sync.fake_gitlab.quick_actions import Reading, named_in, split
from sync.fake_gitlab.records import GUEST, Account, Record
from sync.fake_http.faults import Answer
from sync.store.mirror import Mirror
from sync.trackers.base import Scope
from sync.trackers.gitlab.api import filters_of
from sync.trackers.gitlab.settings import GitlabSettings
from sync.trackers.gitlab.tracker import GitlabTracker
from sync.trackers.note_text import MARKDOWN, write_note
from tests import factories as make
from tests.contract.gitlab_place import CADENCE, GROUP, PATH, PROJECT, SCOPE, GitlabPlace, gitlab_place, tracker_for

pytestmark = pytest.mark.journey

NOTE = CommentBody(headline="Not ready yet: one thing is missing.")
OTHER = CommentBody(headline="Ready: nothing is missing any more.")
FIRST = f"{PROJECT}:1"
READY = AddLabel(issue=FIRST, key=f"{PATH}#1", label="readyline-ready", why="")


@pytest.fixture
def place() -> Iterator[GitlabPlace]:
    with gitlab_place() as found:
        yield found


def put(note: CommentBody = NOTE, comment: str | None = None) -> PutComment:
    return PutComment(issue=FIRST, key=f"{PATH}#1", note=note, why="", comment=comment)


def applied(tracker: GitlabTracker, change: Change) -> Outcome:
    [outcome] = tracker.apply([change], {})
    return outcome


def read(tracker: GitlabTracker, issue: str = FIRST) -> Issue:
    found = tracker.read(issue)
    assert found is not None
    return found


def first(place: GitlabPlace) -> Record:
    return place.record("T-1")


# what is ours


def test_without_a_store_our_labels_and_moves_are_known_by_who_made_them(place: GitlabPlace) -> None:
    place.tracker.pull(SCOPE)
    applied(place.tracker, READY)
    applied(place.tracker, MoveToSprint(issue=FIRST, key="", sprint="3", why=""))
    place.person_labels("T-1", "urgent")
    marks = read(tracker_for(place.gitlab)).marks
    assert (marks.labels, marks.sprint) == (frozenset({"readyline-ready"}), "3")


def test_a_label_that_a_person_took_away_is_still_known_as_ours_and_who_did_it(place: GitlabPlace) -> None:
    applied(place.tracker, READY)
    place.gitlab.state.label(first(place), by="ana", remove=("readyline-ready",))
    issue = read(place.tracker)
    assert "readyline-ready" in issue.marks.labels - issue.labels
    assert issue.changed_by["readyline-ready"] == "Ana Alvarez changed it"


def test_what_we_took_away_ourselves_is_not_ours_any_more(place: GitlabPlace) -> None:
    place.tracker.pull(SCOPE)
    applied(place.tracker, READY)
    applied(place.tracker, RemoveLabel(issue=FIRST, key="", label="readyline-ready", why=""))
    applied(place.tracker, MoveToSprint(issue=FIRST, key="", sprint="3", why=""))
    applied(place.tracker, MoveToBacklog(issue=FIRST, key="", sprint="3", why=""))
    assert read(place.tracker).marks == NO_MARKS


def test_a_sign_that_somebody_copied_does_not_make_a_comment_ours(place: GitlabPlace) -> None:
    applied(place.tracker, put())
    place.gitlab.state.comment(first(place), first(place).notes[-1].body, by="ana")
    assert len(read(place.tracker).own_comments) == 1


# labels


def test_a_label_in_another_case_is_not_made_a_second_time(place: GitlabPlace) -> None:
    place.person_labels("T-2", "Readyline-Ready")
    outcome = applied(place.tracker, READY)
    assert (outcome.result, place.gitlab.writes) == (Result.FAILED, [])
    assert 'as in "readyline-ready" = "Readyline-Ready"' in outcome.reason


def test_a_project_with_both_cases_gets_the_label_that_is_configured(place: GitlabPlace) -> None:
    place.gitlab.state.projects[PROJECT].labels += ["READYLINE-READY", "readyline-ready", "Readyline-Ready"]
    assert applied(place.tracker, READY).result is Result.DONE
    applied(place.tracker, RemoveLabel(issue=FIRST, key="", label="readyline-ready", why=""))
    assert len([one for one in place.gitlab.requests if one.path.endswith("/labels")]) == 1


def test_a_label_has_the_name_that_the_project_has_for_it(place: GitlabPlace) -> None:
    tracker = tracker_for(place.gitlab, label_names={"readyline-ready": "Ready"})
    assert applied(tracker, READY).result is Result.DONE
    assert "Ready" in first(place).labels
    assert "readyline-ready" in read(tracker).labels
    assert read(tracker).marks.labels == {"readyline-ready"}
    assert applied(tracker, READY).result is Result.ALREADY_SO


# editions


def test_an_edition_without_weights_has_neither_estimates_nor_links() -> None:
    with gitlab_place("ce") as place:
        snapshot = place.tracker.pull(SCOPE)
        assert {"points", "links"} <= snapshot.unavailable
        assert snapshot.by_key[f"{PATH}#1"].links == ()
        assert not any("weight" in one.path or one.path.endswith("/links") for one in place.gitlab.requests)
        assert read(place.tracker).points is None


def test_without_types_of_its_own_a_scoped_label_names_the_kind_of_work() -> None:
    with gitlab_place("free", types={}) as place:
        place.gitlab.state.edit(first(place), by="ana", labels=["ios", "type::bug"])
        issue = place.tracker.pull(SCOPE).by_key[f"{PATH}#1"]
        assert (issue.kind, issue.type) == (Kind.BUG, "type::bug")


@pytest.mark.parametrize(
    ("values", "change", "points"),
    [
        ({"points": "label", "points_label": "size::"}, {"labels": ["size::8", "size::x"]}, 8.0),
        ({"points": "time"}, {"seconds": 5400}, 1.5),
        ({"points": "time"}, {}, None),
    ],
    ids=["label", "time", "no time"],
)
def test_an_estimate_may_be_a_label_or_a_time(values: Any, change: Any, points: float | None) -> None:
    with gitlab_place("free", **values) as place:
        place.gitlab.state.edit(first(place), by="ana", **change)
        snapshot = place.tracker.pull(SCOPE)
        assert snapshot.by_key[f"{PATH}#1"].points == points
        assert "points" not in snapshot.unavailable


def test_iterations_are_sprints_and_issues_move_into_them() -> None:
    team = make.team("Payments", board=CADENCE, takes=TeamFilter(labels=frozenset({"payments"})))
    scope = Scope(backlog="issue_type=issue", product=make.product(team))
    with gitlab_place(group="acme", sprints="iterations") as place:
        snapshot = place.tracker.pull(scope)
        states = {sprint.id: sprint.state for sprint in snapshot.sprints}
        assert states["12"] is SprintState.ACTIVE
        assert states["13"] is SprintState.FUTURE
        assert snapshot.by_key[f"{PATH}#3"].sprint == "12"
        into = MoveToSprint(issue=FIRST, key="", sprint="13", why="")
        assert [applied(place.tracker, into).result for _ in range(2)] == [Result.DONE, Result.ALREADY_SO]
        assert read(place.tracker).sprint == "13"
        assert read(place.tracker).marks.sprint == "13"
        out = MoveToBacklog(issue=FIRST, key="", sprint="13", why="")
        assert applied(place.tracker, out).result is Result.DONE
        assert read(place.tracker).sprint is None


def test_an_undo_takes_an_issue_out_of_a_sprint_without_a_pull_before(place: GitlabPlace) -> None:
    place.tracker.pull(SCOPE)
    applied(place.tracker, MoveToSprint(issue=FIRST, key="", sprint="3", why=""))
    out = MoveToBacklog(issue=FIRST, key="", sprint="3", why="")
    assert applied(tracker_for(place.gitlab), out).result is Result.DONE
    assert read(place.tracker).sprint is None


def test_a_cadence_that_is_not_there_names_the_team() -> None:
    scope = Scope(backlog="issue_type=issue", product=make.product(make.team("Payments", board=CADENCE)))
    with gitlab_place(group="acme", sprints="iterations") as place:
        place.gitlab.state.groups.clear()
        with pytest.raises(NotFound):
            place.tracker.pull(scope)


def test_milestones_of_a_group_are_sprints(place: GitlabPlace) -> None:
    for box in place.gitlab.state.boxes.values():
        box.place, box.owner = "groups", GROUP
    scope = Scope(backlog="issue_type=issue", product=make.product(make.team("Payments", board=GROUP)))
    snapshot = tracker_for(place.gitlab, group="acme", sprints="group-milestones").pull(scope)
    assert len(snapshot.sprints) == 8
    assert snapshot.by_key[f"{PATH}#3"].sprint == "2"


# reading


def test_the_order_types_and_priorities_come_from_the_board_and_labels(place: GitlabPlace) -> None:
    labels = [*first(place).labels, "p::2", "doing"]
    place.gitlab.state.edit(first(place), by="ana", labels=labels)
    snapshot = tracker_for(place.gitlab, priorities=["p::1", "p::2"], doing=["doing"]).pull(SCOPE)
    assert [issue.key.rpartition("#")[2] for issue in snapshot.issues] == ["5", "1", "2", "3", "6", "7"]
    pay = snapshot.by_key[f"{PATH}#1"]
    assert pay.priority is not None
    assert (pay.priority.name, pay.priority.order, pay.priority.levels) == ("p::2", 1, 2)
    assert (pay.status, pay.kind) == ("doing", Kind.STORY)
    assert snapshot.by_key[f"{PATH}#2"].kind is Kind.BUG
    assert snapshot.by_key[f"{PATH}#5"].restricted
    assert "rank" in tracker_for(place.gitlab, rank="created_at").pull(SCOPE).unavailable


def test_past_changes_have_the_values_before_and_after(place: GitlabPlace) -> None:
    state, record = place.gitlab.state, first(place)
    state.edit(record, by="ana", weight=5)
    state.edit(record, by="ana", weight=None)
    state.edit(record, by="ana", milestone=state.boxes[3])
    state.edit(record, by="ana", milestone=state.boxes[4])
    state.edit(record, by="ana", title="Pay with a card", description="New")
    state.label(record, by="ana", add=("doing", "p::1"))
    state.edit(record, by="ana", closed=state.clock())
    state.edit(record, by="ana", closed=None)
    snapshot = tracker_for(place.gitlab, doing=["doing"], priorities=["p::1"]).pull(SCOPE)
    edits = snapshot.edits[FIRST]
    values = [(edit.field, edit.before, edit.after) for edit in edits]
    for expected in (
        (EditField.ESTIMATE, "", "5"),
        (EditField.ESTIMATE, "5", ""),
        (EditField.SPRINT, "", "3"),
        (EditField.SPRINT, "3", "4"),
        (EditField.TITLE, "Pay by card", "Pay with a card"),
        (EditField.DESCRIPTION, "", ""),
        (EditField.STATUS, "opened", "doing"),
        (EditField.PRIORITY, "", "p::1"),
        (EditField.STATUS, "doing", "closed"),
        (EditField.STATUS, "closed", "doing"),
    ):
        assert expected in values
    assert [edit.at for edit in edits] == sorted(edit.at for edit in edits)


def test_an_issue_that_left_a_sprint_at_its_end_was_in_it(place: GitlabPlace) -> None:
    state, record = place.gitlab.state, first(place)
    now = state.clock()
    state.edit(record, by="ana", milestone=state.boxes[1], at=now - timedelta(days=15))
    state.edit(record, by="ana", milestone=state.boxes[3], at=now)
    state.edit(record, by="ana", milestone=state.boxes[2], at=now)
    assert read_in_pull(place).sprints == ("1", "2")


def read_in_pull(place: GitlabPlace) -> Issue:
    return place.tracker.pull(SCOPE).by_key[f"{PATH}#1"]


def test_only_possible_commands_of_people_are_read(place: GitlabPlace) -> None:
    place.gitlab.state.comment(first(place), "/ready recheck", by="ana")
    issue = read(place.tracker)
    assert [len(comment.document.blocks) for comment in issue.comments] == [0, 1]
    assert read(tracker_for(place.gitlab, last_comments=0)).comments == ()


def test_a_list_that_moves_between_two_pages_is_read_again(place: GitlabPlace) -> None:
    state = place.gitlab.state
    for number in range(150):
        state.create(PROJECT, f"Issue {number}", by="ana")
    state.before_page = lambda _: close_once()

    def close_once() -> None:
        state.before_page = None
        state.edit(place.record("T-2"), by="ana", closed=state.clock())

    listed = place.tracker.api.issues({"state": "opened", "order_by": "relative_position", "sort": "asc"})
    wanted = [record for record in state.issues.values() if not record.closed]
    assert {raw["iid"] for raw in listed} == {record.iid for record in wanted}
    assert len(listed) == len(wanted)


def test_a_list_that_never_holds_still_is_taken_as_it_is(place: GitlabPlace) -> None:
    state = place.gitlab.state
    for number in range(150):
        state.create(PROJECT, f"Issue {number}", by="ana")

    def one_more(_page: int) -> None:
        state.create(PROJECT, "One more", by="ana")

    state.before_page = one_more
    listed = place.tracker.api.issues({"sort": "desc"})
    assert len({raw["iid"] for raw in listed}) == len(listed) >= 150


def test_with_a_mirror_only_changed_issues_are_asked_for_notes_and_events(place: GitlabPlace, tmp_path: Path) -> None:
    tracker = tracker_for(place.gitlab, Mirror.open(tmp_path / "mirror.db"))
    whole = tracker.pull(SCOPE)
    for record in place.gitlab.state.issues.values():
        record.updated = min(record.updated, datetime.now(UTC) - timedelta(days=1))
    tracker.pull(SCOPE)
    before = tracker.requests
    again = tracker.pull(SCOPE)
    quiet = tracker.requests - before
    assert again.by_key.keys() == whole.by_key.keys()
    assert again.by_key[f"{PATH}#1"].links == whole.by_key[f"{PATH}#1"].links
    first(place).labels.append("without-a-date")  # a label may change without moving the date
    before = tracker.requests
    assert "without-a-date" in tracker.pull(SCOPE).by_key[f"{PATH}#1"].labels
    assert tracker.requests - before == quiet + 6


def test_an_issue_that_goes_away_while_it_is_read_is_left_out(place: GitlabPlace) -> None:
    place.gitlab.faults.on(Answer(404, "{}"), path="issues/2/notes")
    assert f"{PATH}#2" not in place.tracker.pull(SCOPE).by_key
    place.gitlab.faults.on(Answer(404, "{}"), path="issues/1/notes")
    assert place.tracker.read(FIRST) is None


def test_blockers_that_are_not_in_the_backlog_are_asked_for(place: GitlabPlace) -> None:
    scope = Scope(backlog="labels=Web", product=SCOPE.product)
    [link] = place.tracker.pull(scope).by_key[f"{PATH}#1"].links
    assert (link.key, link.title) == (f"{PATH}#5", "Comes first")


def test_people_who_take_part_get_mail_about_a_comment_and_nobody_about_labels(place: GitlabPlace) -> None:
    issues = place.tracker.pull(SCOPE).issues
    audience = place.tracker.audience(issues[:2])
    assert audience.silent == {PATH}
    assert audience.watchers[FIRST] == {"6"}
    assert audience.names == {"6": "Ana Alvarez"}
    place.person_deletes("T-1")
    assert FIRST not in place.tracker.audience(issues[:2]).watchers


# faults


@pytest.mark.parametrize("fault", [too_many(), too_many(20), too_many(20, "throttle_authenticated_api")])
def test_a_limit_is_waited_out(place: GitlabPlace, fault: Answer) -> None:
    place.gitlab.faults.on(fault, method="POST")
    assert applied(place.tracker, put()).result is Result.DONE
    assert len(place.comments("T-1")) == 1
    assert sum(place.tracker.api.transport.waited.values()) >= 20


def test_a_project_that_was_renamed_says_so(place: GitlabPlace) -> None:
    place.gitlab.faults.on(moved(PROJECT), path="/issues", times=None)
    with pytest.raises(NotFound, match="was renamed or moved"):
        place.tracker.pull(SCOPE)


def test_nothing_is_written_to_an_archived_project_or_with_a_token_that_only_reads(place: GitlabPlace) -> None:
    state = place.gitlab.state
    reader = state.enrol(Account(id=9, username="r", name="R", token="reads", scopes=("read_api",)))
    state.projects[PROJECT].roles[reader.id] = GUEST
    assert "insufficient_scope" in applied(tracker_for(place.gitlab, token="reads"), put()).reason
    state.projects[PROJECT].is_archived = True
    assert "archived" in applied(place.tracker, READY).reason
    assert place.comments("T-1") == []
    assert place.labels("T-1") == place.theirs


@pytest.mark.parametrize(
    "body",
    [
        '{"message":"no TOKEN"}',
        '{"message":{"base":["no TOKEN"]}}',
        '{"error":"insufficient_scope","error_description":"no TOKEN"}',
        '{"error":"no TOKEN"}',
    ],
)
def test_a_refusal_is_shown_in_each_of_its_shapes_and_never_with_the_token(place: GitlabPlace, body: str) -> None:
    place.gitlab.faults.on(Answer(403, body.replace("TOKEN", place.gitlab.token)), method="PUT")
    reason = applied(place.tracker, READY).reason
    assert "no [secret]" in reason
    assert place.gitlab.token not in reason


def test_a_move_that_gitlab_ignores_or_refuses_is_failed(place: GitlabPlace) -> None:
    into = MoveToSprint(issue=FIRST, key="", sprint="3", why="")
    place.tracker.pull(SCOPE)
    place.gitlab.faults.on(Answer(200, "{}"), method="PUT")
    assert applied(place.tracker, into).result is Result.FAILED
    place.gitlab.faults.on(Answer(400, '{"message":{"milestone_id":["is invalid"]}}'), method="PUT")
    assert "milestone_id: is invalid" in applied(place.tracker, into).reason
    place.gitlab.state.edit(first(place), by="ana", milestone=place.gitlab.state.boxes[4])
    assert applied(place.tracker, into).reason == "a person put it into another sprint"
    del place.gitlab.state.boxes[3]
    assert applied(place.tracker, into).reason == "the sprint is deleted by now"
    assert applied(place.tracker, MoveToSprint(issue=FIRST, key="", sprint="99", why="")).result is Result.SKIPPED


def test_an_answer_that_is_no_list_or_object_says_what_to_check(place: GitlabPlace) -> None:
    for answer in ("[]", "{}"):
        place.gitlab.faults.on(Answer(200, answer), path="user" if answer == "[]" else "issues")
        with pytest.raises(TrackerError, match=r"check \[tracker\] url and kind"):
            place.tracker.pull(SCOPE)


# hostile texts

HOSTILE = (
    "/close",
    "/label ~urgent",
    "@ana @all look",
    "see #1, !2, $3, %4, &5, ~bug, ^alert#6, acme/shop#7, *iteration:8",
    "GL-9 and ABC-12 and r12 and 0a1b2c3 and " + "deadbeef" * 5,
    "[vulnerability:1] [x](http://evil.example) ![](http://evil.example/p.png)",
    "<script>alert(1)</script> <!-- readyline a b --> - [ ] tick",
)


@given(st.text(alphabet=st.sampled_from(list("/@#!~%&$^[]{}*_`\\<>|-:. \n\r\tabcdef0123xZclose"))))
@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_becomes_a_command_a_mention_or_a_reference(text: str) -> None:
    body = write_note(CommentBody(headline=text, summary=text, footer=text), MARKDOWN)
    assert split(body)[1] == []
    assert list(named_in(body)) == []


def test_the_local_gitlab_would_notice_a_leak(place: GitlabPlace) -> None:
    """Else the tests above prove nothing."""
    place.gitlab.state.comment(first(place), "Hi @ana, see #2\n/close", by="ana")
    assert place.gitlab.state.read == Reading([("close", "")], ["ana"], ["#2"])
    assert first(place).closed is not None


def test_a_note_on_a_service_desk_issue_is_never_mailed_outside(place: GitlabPlace) -> None:
    first(place).is_from_outside = True
    assert applied(place.tracker, put()).result is Result.DONE
    assert place.gitlab.state.mailed_outside == []
    assert first(place).notes[-1].is_internal


# settings and filters


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "either the project"),
        ({"project": "a/b", "group": "a"}, "either the project"),
        ({"project": "a/b", "sprints": "iterations"}, "iterations belong to a group"),
        ({"project": "a/b", "points": "label"}, "points_label"),
    ],
    ids=["nothing", "both", "iterations", "label"],
)
def test_settings_that_do_not_fit_together_are_refused(values: Any, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        GitlabSettings.model_validate(values)


def test_a_backlog_query_takes_only_filters_that_gitlab_knows() -> None:
    assert filters_of("labels=a,b & not[labels]=c") == {"issue_type": "issue", "labels": "a,b", "not[labels]": "c"}
    for query in ("labelz=x", "state=all", "not[x]=1", "labels="):
        with pytest.raises(BadQuery, match=r"correct \[product\] backlog"):
            filters_of(query)


def test_a_refusal_of_graphql_is_an_error_on_either_level(place: GitlabPlace) -> None:
    api = tracker_for(place.gitlab, group="acme", sprints="iterations").api
    with pytest.raises(TrackerError, match="Iteration not found"):
        api.set_iteration(PATH, FIRST, "99")
    place.gitlab.state.edition = "free"
    with pytest.raises(TrackerError, match="doesn't exist on type"):
        api.iterations("acme", CADENCE)


def test_a_note_that_gitlab_executed_and_dropped_is_an_error(place: GitlabPlace) -> None:
    with pytest.raises(TrackerError, match="made no note"):
        place.tracker.api.add_note(FIRST, "/label ~x", internal=False)


def test_what_the_account_may_not_see_stops_only_that(place: GitlabPlace) -> None:
    place.gitlab.faults.on(Answer(403, '{"error":"no"}'), path="participants")
    assert place.tracker.audience(place.tracker.pull(SCOPE).issues[:1]).watchers == {}
    place.gitlab.faults.on(Answer(403, '{"message":"403 Forbidden"}'), path="milestones", times=None)
    with pytest.raises(Forbidden, match="of team"):
        place.tracker.pull(SCOPE)
