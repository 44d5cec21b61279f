"""What is particular about Redmine: silent refusals, journals that are ours or not, changes without a sign."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from requests import PreparedRequest

from rules.history.texts import issue_at
from rules.model import EditField, Issue, Kind, LinkKind, SprintState
from rules.plan.changes import AddLabel, Change, MoveToSprint, PutComment
from rules.plan.comment import CommentBody
from rules.plan.outcome import Outcome, Result
from sync.errors import BadQuery, NotFound
from sync.store.mirror import Mirror
from sync.trackers.redmine.tracker import RedmineTracker
from sync.trackers.redmine.write import IGNORED
from tests import factories as make
from tests.contract.redmine_place import SCOPE, tracker_for
from tests.contract.small_redmine import (
    ANA,
    BOT,
    MARK,
    READY,
    TAGS,
    Answer,
    Note,
    Record,
    SmallRedmine,
    served,
    small_site,
)

NOTE = CommentBody(headline="Not ready yet: one thing is missing.")
OTHER = CommentBody(headline="Ready: nothing is missing any more.")
READY_LABEL = AddLabel(issue="1", key="#1", label="readyline-ready", why="")
OLD = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[SmallRedmine]:
    small = small_site(datetime.now(UTC).replace(microsecond=0))
    with served(small):
        yield small


@pytest.fixture
def tracker(site: SmallRedmine) -> RedmineTracker:
    return tracker_for()


def put(note: CommentBody = NOTE, comment: str | None = None) -> PutComment:
    return PutComment(issue="1", key="#1", note=note, why="", comment=comment)


def applied(tracker: RedmineTracker, change: Change) -> Outcome:
    [outcome] = tracker.apply([change], {})
    return outcome


def read(tracker: RedmineTracker, number: str = "1") -> Issue:
    issue = tracker.read(number)
    assert issue is not None
    return issue


def notes_on(site: SmallRedmine, user: int = BOT) -> list[str]:
    return [note.notes for note in site.journals if note.user == user and note.notes]


def test_a_comment_and_its_edits_send_no_mail(site: SmallRedmine, tracker: RedmineTracker) -> None:
    first = applied(tracker, put())
    applied(tracker, put(OTHER, first.comment))
    assert len(notes_on(site)) == 1
    assert site.mails == 0


def test_a_note_of_our_account_without_our_field_is_not_ours(site: SmallRedmine, tracker: RedmineTracker) -> None:
    site.journals.append(Note(2, 1, BOT, "Written by hand", [], OLD))
    assert applied(tracker, put(comment="2")).result is Result.SKIPPED
    assert notes_on(site) == ["Written by hand"]


def test_a_comment_on_another_issue_is_not_edited(site: SmallRedmine, tracker: RedmineTracker) -> None:
    """Redmine's notes are not bound to an issue, and numbers of deleted ones come again."""
    elsewhere = applied(tracker, replace(put(), issue="2", key="#2"))
    before = notes_on(site)
    assert applied(tracker, put(OTHER, elsewhere.comment)).result is Result.SKIPPED
    assert notes_on(site) == before


def test_a_run_that_stopped_between_the_two_steps_goes_on_with_its_journal(
    site: SmallRedmine, tracker: RedmineTracker
) -> None:
    class Stop(Exception):
        pass

    def stop(request: PreparedRequest, _answer: Answer | None) -> None:
        if "/journals/" in str(request.url):
            raise Stop

    site.hook = stop
    with pytest.raises(Stop):
        applied(tracker, put())
    site.hook = lambda _request, _answer: None
    [begun] = [note for note in site.journals if note.user == BOT]
    outcome = applied(tracker_for(), put())
    assert outcome.comment == str(begun.id)
    assert len(notes_on(site)) == 1


def test_a_run_that_stopped_before_an_edit_makes_it_later(site: SmallRedmine, tracker: RedmineTracker) -> None:
    """The record is written first, and the old text is still ours."""

    class Stop(Exception):
        pass

    def stop(request: PreparedRequest, _answer: Answer | None) -> None:
        if "/journals/" in str(request.url):
            raise Stop

    comment = applied(tracker, put()).comment
    before = notes_on(site)
    site.hook = stop
    with pytest.raises(Stop):
        applied(tracker, put(OTHER, comment))
    site.hook = lambda _request, _answer: None
    assert read(tracker).marks.comment_digest == ""
    assert read(tracker).changed_by == {}
    assert applied(tracker, put(OTHER, comment)).result is Result.DONE
    assert notes_on(site) != before


def test_a_label_that_the_role_may_not_write_is_a_failure(site: SmallRedmine, tracker: RedmineTracker) -> None:
    """Redmine answers with success all the same."""
    site.ignored = {READY}
    outcome = applied(tracker, READY_LABEL)
    assert (outcome.result, outcome.reason) == (Result.FAILED, IGNORED)


def test_a_comment_needs_our_field_and_says_so(site: SmallRedmine, tracker: RedmineTracker) -> None:
    site.ignored = {MARK}
    outcome = applied(tracker, put())
    assert outcome.result is Result.FAILED
    assert '"readyline"' in outcome.reason
    assert notes_on(site) == []


def test_a_label_without_a_field_of_its_own_is_a_failure(site: SmallRedmine, tracker: RedmineTracker) -> None:
    outcome = applied(tracker, replace(READY_LABEL, label="readyline-accepted"))
    assert outcome.result is Result.FAILED
    assert "label_fields" in outcome.reason
    assert site.writes == []


def test_a_person_who_changes_a_label_is_named(site: SmallRedmine, tracker: RedmineTracker) -> None:
    detail = {"property": "cf", "name": str(READY), "old_value": "1", "new_value": "0"}
    site.journals.append(Note(2, 1, ANA, "", [detail], OLD))
    assert read(tracker).changed_by == {"readyline-ready": "Ana Alvarez changed it"}
    [edit] = tracker.pull(SCOPE).edits["1"]
    assert (edit.field, edit.before, edit.after) == (EditField.LABELS, "Web ios, readyline-ready", "Web ios,")


def test_past_labels_are_all_labels_of_that_moment(site: SmallRedmine, tracker: RedmineTracker) -> None:
    """A journal names only what it changed: one value of a field of people, or a yes/no field of ours."""
    begun = {"property": "cf", "name": str(TAGS), "new_value": "to be done"}
    site.issues[1].values[TAGS] = ["Web", "to be done"]
    applied(tracker, READY_LABEL)
    moment = site.now
    for user, detail in (
        (ANA, begun),
        (BOT, {"property": "cf", "name": str(READY), "old_value": "1", "new_value": "0"}),
        (ANA, {"property": "cf", "name": str(TAGS), "old_value": "ios,"}),
    ):
        moment += timedelta(minutes=1)
        site.journals.append(Note(len(site.journals) + 1, 1, user, "", [detail], moment))
    site.issues[1].values[READY] = "0"
    snapshot = tracker.pull(SCOPE)
    past = [issue_at(snapshot.by_key["#1"], snapshot.edits["1"], moment - timedelta(minutes=gap)) for gap in (0, 1, 3)]
    assert [issue.labels for issue in past if issue] == [
        {"Web", "to be done"},
        {"Web", "ios,", "to be done"},
        {"Web", "ios,", "readyline-ready"},
    ]


def test_an_issue_that_a_person_put_into_another_sprint_is_not_moved(
    site: SmallRedmine, tracker: RedmineTracker
) -> None:
    tracker.pull(SCOPE)
    site.issues[1].version = 4
    outcome = applied(tracker, MoveToSprint(issue="1", key="#1", sprint="3", why=""))
    assert outcome.result is Result.SKIPPED
    assert site.writes == []


def test_an_issue_that_left_a_sprint_on_its_last_day_was_carried_over(
    site: SmallRedmine, tracker: RedmineTracker
) -> None:
    """One that left earlier was only planned for it."""
    end = datetime.fromisoformat(f"{site.versions[1]['due_date']}T15:00:00+00:00")
    for number, (moment, version) in enumerate(((end - timedelta(days=3), 2), (end, 1)), start=2):
        detail = {"property": "attr", "name": "fixed_version_id", "old_value": str(version), "new_value": "3"}
        site.journals.append(Note(number, 1, ANA, "", [detail], moment))
    tracker.pull(SCOPE)
    assert read(tracker).sprints == ("1",)


def test_only_changed_issues_are_read_in_full_again(site: SmallRedmine, tmp_path: Path) -> None:
    tracker = tracker_for(mirror=Mirror.open(tmp_path / "mirror"))
    first = tracker.pull(SCOPE)
    before = tracker.requests
    site.issues[2].updated += timedelta(days=1)
    second = tracker.pull(SCOPE)
    assert tracker.requests - before == 9  # eight for the site and its lists, one for the issue
    assert [issue.id for issue in second.issues] == [issue.id for issue in first.issues]
    assert second.issues[1] == first.issues[1]


def test_a_list_of_several_pages_comes_whole_and_each_issue_once(site: SmallRedmine, tracker: RedmineTracker) -> None:
    for number in range(8, 231):
        site.issues[number] = Record(number, 4, f"More {number}", {})
    listed = [raw["id"] for raw in tracker.api.issues({"project_id": "test", "status_id": "*"})]
    assert sorted(listed) == list(range(1, 231))


def test_a_new_relation_is_seen_although_the_issue_did_not_change(site: SmallRedmine, tmp_path: Path) -> None:
    tracker = tracker_for(mirror=Mirror.open(tmp_path / "mirror"))
    tracker.pull(SCOPE)
    site.relations.append({"id": 2, "issue_id": 5, "issue_to_id": 2, "relation_type": "blocks"})
    links = tracker.pull(SCOPE).by_key["#2"].links
    assert [(link.kind, link.key) for link in links] == [(LinkKind.BLOCKED_BY, "#5")]


def test_without_a_field_for_the_rank_it_is_named_as_unavailable(site: SmallRedmine) -> None:
    assert tracker_for().pull(SCOPE).unavailable == {"acceptance-field"}
    unranked = tracker_for(fields={"points": "estimated_hours"}).pull(SCOPE)
    assert [issue.key for issue in unranked.issues] == ["#1", "#2", "#3", "#5", "#6", "#7"]
    assert unranked.unavailable == {"acceptance-field", "rank"}


def test_versions_are_sprints(tracker: RedmineTracker) -> None:
    snapshot = tracker.pull(SCOPE)
    states = [sprint.state for sprint in snapshot.sprints]
    assert states == [SprintState.CLOSED, SprintState.ACTIVE, SprintState.FUTURE, SprintState.FUTURE]
    assert snapshot.by_key["#4"].sprint is None
    assert snapshot.by_key["#6"].kind is Kind.EPIC
    assert snapshot.by_key["#5"].restricted


def test_a_version_without_a_first_day_begins_after_the_one_before(site: SmallRedmine) -> None:
    dated = tracker_for().pull(SCOPE).sprints
    undated = tracker_for(fields={"rank": "Rank"}).pull(SCOPE).sprints
    assert [sprint.start for sprint in undated] == [sprint.start for sprint in dated]


def test_a_project_that_is_hidden_leaves_its_team_out(site: SmallRedmine) -> None:
    two = make.product(make.team("Payments", board=1), make.team("Gone", board=9))
    snapshot = tracker_for().pull(replace(SCOPE, product=two))
    assert list(snapshot.stopped) == ["Gone"]
    with pytest.raises(NotFound, match="project 9"):
        tracker_for().pull(replace(SCOPE, product=make.product(make.team("Gone", board=9))))


@pytest.mark.parametrize("query", ["labelz=x&project_id=test", "status_id=open", "project_id=", "project = TEST"])
def test_a_query_with_an_unknown_filter_is_refused(site: SmallRedmine, query: str) -> None:
    """Redmine would ignore it and answer with every issue."""
    with pytest.raises(BadQuery):
        tracker_for().pull(replace(SCOPE, backlog=query))
