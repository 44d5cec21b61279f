"""What every tracker must do: pull what is there, write what is asked, and twice is once.

A tracker that cannot show a sentence is named with the reason.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rules.backlog.own_edits import last_human_edit, without_own_edits
from rules.model import NO_MARKS, Category, Issue, LinkKind, OwnMarks, SprintState
from rules.plan.changes import AddLabel, Change, DeleteComment, MoveToBacklog, MoveToSprint, PutComment, RemoveLabel
from rules.plan.comment import CommentBody, Fix
from rules.plan.marks import after
from rules.plan.outcome import GONE, Outcome, Result
from sync.errors import LoggedOut, Unreachable
from sync.store.mirror import Mirror
from sync.trackers.base import RemovesDoubles
from sync.trackers.signed_comments import OTHERS
from tests.contract.lost_answers import cut_off, lost_answers, somebody_is_faster, writes_sent
from tests.contract.tracker_fixtures import Place, cannot

pytestmark = pytest.mark.journey

NOTE = CommentBody(headline="Not ready yet: one thing is missing.", fixes=(Fix("no criteria", "add two", must=True),))
OTHER = CommentBody(headline="Ready: nothing is missing any more.")
SO = {Result.DONE, Result.ALREADY_SO}
READY, NOT_READY = "readyline-ready", "readyline-not-ready"

NO_PEOPLE = {"memory": "people write no comments there"}
NO_REQUESTS = {"memory": "nothing is sent, so nothing is lost, refused or overtaken"}
NO_PROPERTY = dict.fromkeys(("github", "gitlab"), "only the comment has a place for our marks")
NO_AUTHORS = dict.fromkeys(("memory", "cloud", "datacenter"), "an issue has one date of its last change")
AUTHORS = dict.fromkeys(("github", "gitlab", "redmine", "real-redmine"), "each change has an author")
NOT_COMPARED = dict.fromkeys(
    ["cloud", "datacenter"], "an edit names what to add and remove, and a run compares before it"
)
BY_HUNDREDS = dict.fromkeys(("cloud", "datacenter", "github"), "issues come by hundreds")
JUST_MADE = {"real-redmine": "its issues were made a moment ago, and what changed so lately is read again"}
NO_PAGE = {"memory": "a comment is a digest there"}

HOSTILE = (
    "/close",
    "/label ~urgent",
    "@ana @all @acme/team look",
    "see #1, ##2, !2, $3, %4, &5, ~bug, ^alert#6, acme/shop#7, *iteration:8, GH-4, user#5, user:ana, version:S1, r12",
    "GL-9 and ABC-12 and 0a1b2c3 and " + "deadbeef" * 5 + " :tada: commit:abc1234 [[Wiki]] source:x",
    "{{include(Wiki)}} {{collapse}}x}} {html}<b>x</b>{html} [~ana] [~accountid:712020:ana]",
    "[vulnerability:1] [x](http://evil.example) ![](http://evil.example/p.png) <http://evil.example> [l]: http://e.vil",
    'http://evil.example/x www.evil.example ana@evil.example !http://evil.example/y.png! "l":http://evil.example',
    "<script>alert(1)</script> <b onclick=x>b</b> <!-- readyline a b --> <img src=x onerror=alert(1)> - [ ] tick",
    "1. one\n> quote\n# head\n---\n[^1]: note\n- [x] ticked\nh1. Head\nbq. quote",
    "`code` ```fence``` <pre>x</pre> **bold** ~~struck~~ ??c?? %{color:red}x% | a | b |\n|---|---|",
    "\\@ana \\#12 &#64;ana &lt;b&gt;",
)


def issue_of(place: Place, key: str) -> Issue:
    issue = place.tracker.read(place.id(key))
    assert issue is not None
    return issue


def pulled(place: Place, key: str) -> Issue:
    """As in a run: then the sprints are known, too."""
    return place.tracker.pull(place.scope).by_key[place.key(key)]


def put(issue: Issue, note: CommentBody = NOTE, comment: str | None = None) -> PutComment:
    return PutComment(issue=issue.id, key=issue.key, note=note, why="it is not ready", comment=comment)


def label(issue: Issue, name: str = READY) -> AddLabel:
    return AddLabel(issue=issue.id, key=issue.key, label=name, why="")


def read(place: Place, issue: Issue) -> Issue:
    fresh = place.tracker.read(issue.id)
    assert fresh is not None
    return fresh


def apply_one(place: Place, change: Change, marks: OwnMarks = NO_MARKS) -> Outcome:
    [outcome] = place.tracker.apply([change], {change.issue: marks})
    return outcome


def test_a_pull_maps_what_is_there(place: Place) -> None:
    snapshot = place.tracker.pull(place.scope)
    by_key = {key: snapshot.by_key[place.key(key)] for key in ("T-1", "T-2", "T-3", "T-4")}
    pay = by_key["T-1"]
    assert pay.points == 3.0
    assert pay.labels == place.theirs
    assert pay.category is Category.TODO
    assert [(link.kind, link.key, link.category) for link in pay.links] == [
        (LinkKind.BLOCKED_BY, place.key("T-5"), Category.TODO)
    ]
    assert by_key["T-2"].flagged
    assert by_key["T-3"].sprint == "2"
    assert by_key["T-4"].category is Category.DONE
    assert place.key("T-4") not in {issue.key for issue in snapshot.issues}
    assert {sprint.id: sprint.state for sprint in snapshot.sprints}["3"] is SprintState.FUTURE
    assert snapshot.taken_at.tzinfo is not None


def test_the_order_is_the_rank(place: Place) -> None:
    wanted = [place.key(f"T-{number}") for number in (5, 1, 2, 3, 6, 7)]
    assert [issue.key for issue in place.tracker.pull(place.scope).issues] == wanted


def test_two_pulls_of_an_unchanged_product_are_equal(place: Place) -> None:
    first, second = place.tracker.pull(place.scope), place.tracker.pull(place.scope)
    assert replace(first, taken_at=second.taken_at) == second


def test_an_issue_read_afresh_is_the_issue_that_was_pulled(place: Place) -> None:
    first = pulled(place, "T-1")
    assert place.tracker.read(first.id) == first
    assert first.marks == NO_MARKS


def test_an_issue_that_is_gone_reads_as_none(place: Place) -> None:
    issue = issue_of(place, "T-2")
    place.person_deletes("T-2")
    assert place.tracker.read(issue.id) is None


def test_labels_are_added_and_removed_and_other_peoples_stay(place: Place) -> None:
    issue = issue_of(place, "T-1")
    place.person_labels("T-1", "readyline-not-ready")
    place.person_labels("T-1", "urgent")
    changes: list[Change] = [
        RemoveLabel(issue=issue.id, key="T-1", label="readyline-not-ready", why=""),
        AddLabel(issue=issue.id, key="T-1", label="readyline-ready", why=""),
    ]
    for _ in range(2):
        outcomes = place.tracker.apply(changes, {})
        assert [outcome.change for outcome in outcomes] == changes
        assert {outcome.result for outcome in outcomes} <= SO
        assert place.labels("T-1") == place.theirs | {"urgent", "readyline-ready"}


def test_a_comment_put_twice_is_there_once(place: Place) -> None:
    issue = issue_of(place, "T-1")
    first, second = apply_one(place, put(issue)), apply_one(place, put(issue))
    assert first.result is Result.DONE
    assert first.comment is not None
    assert (second.result, second.comment) == (Result.ALREADY_SO, first.comment)
    assert len(place.comments("T-1")) == 1


def test_a_known_comment_is_changed_in_its_place(place: Place) -> None:
    issue = issue_of(place, "T-1")
    first = apply_one(place, put(issue))
    before = place.comments("T-1")
    second = apply_one(place, put(issue, OTHER, first.comment))
    assert (second.result, second.comment) == (Result.DONE, first.comment)
    assert len(place.comments("T-1")) == 1
    assert place.comments("T-1") != before


def test_a_comment_whose_id_was_forgotten_is_found_by_its_mark(place: Place) -> None:
    issue = issue_of(place, "T-1")
    first = apply_one(place, put(issue))
    second = apply_one(place, put(issue, OTHER))
    assert (second.result, second.comment) == (Result.DONE, first.comment)
    assert len(place.comments("T-1")) == 1


def test_a_comment_that_a_person_deleted_is_not_written_again(place: Place) -> None:
    issue = issue_of(place, "T-1")
    first = apply_one(place, put(issue))
    place.person_deletes_our_comment("T-1")
    outcome = apply_one(place, put(issue, OTHER, first.comment))
    assert outcome.result is Result.SKIPPED
    assert "deleted" in outcome.reason
    assert place.comments("T-1") == []


@cannot(NO_PEOPLE)
@pytest.mark.parametrize("text", ["", "My own words"], ids=["emptied", "rewritten"])
def test_a_comment_that_a_person_changed_is_theirs_or_gone(place: Place, text: str) -> None:
    """A run plans no change of it."""
    issue = issue_of(place, "T-1")
    comment = apply_one(place, put(issue)).comment
    place.person_edits_our_comment("T-1", text)
    fresh = read(place, issue)
    assert comment in fresh.changed_by or comment not in fresh.own_comments


@cannot(NO_PEOPLE | dict.fromkeys(["cloud", "datacenter"], "only a run knows there what a person edited"))
@pytest.mark.parametrize("text", ["", "My own words"], ids=["emptied", "rewritten"])
def test_no_write_touches_a_comment_that_a_person_changed(place: Place, text: str) -> None:
    issue = issue_of(place, "T-1")
    comment = str(apply_one(place, put(issue)).comment)
    place.person_edits_our_comment("T-1", text)
    left = place.comments("T-1")
    deletion = DeleteComment(issue=issue.id, key="T-1", comment=comment, why="")
    for change in (put(issue, OTHER, comment), deletion, put(issue, NOTE, comment)):
        assert apply_one(place, change).result in {Result.SKIPPED, Result.ALREADY_SO}
    assert place.comments("T-1") == left


@cannot(NO_PEOPLE)
def test_a_comment_of_a_person_with_our_stored_id_is_never_touched(place: Place) -> None:
    """As in a run, the issue is read right before the write."""
    issue = issue_of(place, "T-1")
    (theirs, *_) = issue.comments
    deletion = DeleteComment(issue=issue.id, key="T-1", comment=theirs.id, why="")
    for change in (put(issue, OTHER, theirs.id), deletion):
        assert place.tracker.read(issue.id) is not None
        outcome = apply_one(place, change)
        assert (outcome.result, outcome.reason) == (Result.SKIPPED, OTHERS)
    assert read(place, issue).comments == issue.comments
    assert place.comments("T-1") == []


def test_a_comment_taken_away_twice_is_gone_once(place: Place) -> None:
    issue = issue_of(place, "T-1")
    comment = apply_one(place, put(issue)).comment
    assert comment is not None
    change = DeleteComment(issue=issue.id, key="T-1", comment=comment, why="")
    assert apply_one(place, change).result is Result.DONE
    assert apply_one(place, change).result is Result.ALREADY_SO
    assert place.comments("T-1") == []


def test_a_reading_shows_what_has_our_mark(place: Place) -> None:
    issue = issue_of(place, "T-1")
    outcome = apply_one(place, put(issue), after(NO_MARKS, put(issue)))
    fresh = read(place, issue)
    assert (fresh.marks.comment, fresh.marks.comment_digest) == (outcome.comment, NOTE.digest)
    assert all(comment.id != outcome.comment for comment in fresh.comments)


@cannot(NO_PROPERTY)
def test_what_is_ours_is_remembered_in_the_property(place: Place) -> None:
    issue = issue_of(place, "T-1")
    marks = OwnMarks(labels=frozenset({"readyline-ready"}), refused=(("comment", "must"),), reasons=(("x", "y"),))
    place.tracker.apply([AddLabel(issue=issue.id, key="T-1", label="readyline-ready", why="")], {issue.id: marks})
    assert read(place, issue).marks == marks


def test_issues_move_into_a_future_sprint_and_back(place: Place) -> None:
    one, two = pulled(place, "T-1"), issue_of(place, "T-2")
    moves = [MoveToSprint(issue=each.id, key=each.key, sprint="3", why="") for each in (one, two)]
    for _ in range(2):
        assert {outcome.result for outcome in place.tracker.apply(moves, {})} <= SO
        assert read(place, one).sprint == read(place, two).sprint == "3"
    back = [MoveToBacklog(issue=one.id, key="T-1", sprint="3", why="")]
    for _ in range(2):
        assert {outcome.result for outcome in place.tracker.apply(back, {})} <= SO
        assert read(place, one).sprint is None


@pytest.mark.parametrize("sprint", ["1", "2"], ids=["closed", "active"])
def test_nothing_moves_into_a_sprint_that_is_not_in_the_future(place: Place, sprint: str) -> None:
    issue = pulled(place, "T-1")
    [outcome] = place.tracker.apply([MoveToSprint(issue=issue.id, key="T-1", sprint=sprint, why="")], {})
    assert outcome.result is Result.SKIPPED
    assert read(place, issue).sprint is None


def test_a_change_to_an_issue_that_is_gone_is_one_skipped_outcome(place: Place) -> None:
    issue = issue_of(place, "T-2")
    place.person_deletes("T-2")
    [outcome] = place.tracker.apply([AddLabel(issue=issue.id, key="T-2", label="readyline-ready", why="")], {})
    assert (outcome.result, outcome.reason) == (Result.SKIPPED, GONE)


def test_every_call_is_counted(place: Place) -> None:
    before = place.tracker.requests
    place.tracker.pull(place.scope)
    assert place.tracker.requests > before


@cannot(AUTHORS)
def test_our_own_writes_are_no_activity_by_what_a_run_remembers(place: Place) -> None:
    before = pulled(place, "T-1")
    write_everything(place, before)
    remembered = {before.id: last_human_edit(before, "readyline-", read(place, before).updated)}
    snapshot = without_own_edits(place.tracker.pull(place.scope), remembered, "readyline-")
    assert snapshot.by_key[before.key].last_human_edit == before.last_human_edit


@cannot(NO_AUTHORS)
def test_our_own_writes_are_no_activity_by_who_made_them(place: Place) -> None:
    first = place.tracker.pull(place.scope)
    issue = first.by_key[place.key("T-1")]
    write_everything(place, issue)
    second = place.tracker.pull(place.scope)
    assert second.by_key[issue.key].last_human_edit == issue.last_human_edit
    assert second.edits.get(issue.id) == first.edits.get(issue.id)
    assert second.by_key[issue.key].changed_by == issue.changed_by


def write_everything(place: Place, issue: Issue) -> None:
    move = MoveToSprint(issue=issue.id, key=issue.key, sprint="3", why="")
    for change in (label(issue), put(issue), move):
        assert apply_one(place, change).result is Result.DONE


# on the way to the site


@cannot(NO_REQUESTS)
def test_all_labels_of_an_issue_change_in_one_write(place: Place) -> None:
    issue = issue_of(place, "T-1")
    for name in (READY, NOT_READY):  # a label that is not known there yet may have to be made
        apply_one(place, label(issue, name))
    both: list[Change] = [RemoveLabel(issue=issue.id, key="T-1", label=name, why="") for name in (READY, NOT_READY)]
    with writes_sent(place.dialect) as sent:
        place.tracker.apply(both, {})
    assert len(sent) == 1


@cannot(NO_REQUESTS | NOT_COMPARED)
def test_what_is_so_already_is_not_written(place: Place) -> None:
    """A write that changes nothing may still look like activity."""
    issue = pulled(place, "T-1")
    comment = apply_one(place, put(issue)).comment
    move = MoveToSprint(issue=issue.id, key="T-1", sprint="3", why="")
    changes: tuple[Change, ...] = (label(issue), move, put(issue, comment=comment))
    for change in changes:
        apply_one(place, change)
    with writes_sent(place.dialect) as sent:
        for change in changes:
            assert apply_one(place, change).result is Result.ALREADY_SO
    assert sent == []


@cannot(NO_REQUESTS | BY_HUNDREDS | JUST_MADE)
def test_a_pull_that_was_cut_goes_on_where_it_stopped(place: Place, tmp_path: Path) -> None:
    whole = place.worker()
    wanted = whole.pull(place.scope)
    mirror = Mirror.open(tmp_path / "mirror.db")
    with cut_off(after=whole.requests - 2), pytest.raises(Unreachable):
        place.worker(mirror=mirror).pull(place.scope)
    again = place.worker(mirror=mirror)
    assert again.pull(place.scope).issues == wanted.issues
    assert again.requests < whole.requests - 2


@cannot(NO_REQUESTS)
@pytest.mark.parametrize("is_written", [True, False], ids=["written", "not-written"])
def test_a_lost_answer_to_any_write_leaves_each_change_made_once(place: Place, *, is_written: bool) -> None:
    issue = pulled(place, "T-1")
    who: dict[str, Any] = {"issue": issue.id, "key": issue.key, "why": ""}
    place.person_labels("T-1", NOT_READY)
    with lost_answers(place.dialect, is_written=is_written) as lost:
        labels: list[Change] = [RemoveLabel(**who, label=NOT_READY), label(issue)]
        assert {outcome.result for outcome in place.tracker.apply(labels, {})} <= SO
        comment = apply_one(place, put(issue)).comment
        assert len(place.comments("T-1")) == 1
        assert apply_one(place, put(issue, OTHER, comment)).result in SO
        assert apply_one(place, MoveToSprint(**who, sprint="3")).result in SO
    assert len(lost) >= 4
    assert place.labels("T-1") == place.theirs | {READY}
    assert len(place.comments("T-1")) == 1
    fresh = read(place, issue)
    assert (fresh.sprint, fresh.marks.comment, fresh.marks.comment_digest) == ("3", comment, OTHER.digest)
    with lost_answers(place.dialect, is_written=is_written) as lost:
        assert apply_one(place, DeleteComment(**who, comment=str(comment))).result in SO
        assert apply_one(place, MoveToBacklog(**who, sprint="3")).result in SO
    assert len(lost) >= 2
    assert place.comments("T-1") == []
    assert read(place, issue).sprint is None


@cannot(NO_REQUESTS)
def test_two_workers_at_the_same_moment_leave_one_comment_and_the_labels_of_both(place: Place) -> None:
    issue, other = issue_of(place, "T-1"), place.worker()
    other.pull(place.scope)
    with somebody_is_faster(place.dialect, lambda: other.apply([label(issue, NOT_READY)], {})):
        assert apply_one(place, label(issue)).result is Result.DONE
    assert place.labels("T-1") == place.theirs | {READY, NOT_READY}
    with somebody_is_faster(place.dialect, lambda: other.apply([put(issue)], {})):
        assert apply_one(place, put(issue)).result in SO
    assert isinstance(place.tracker, RemovesDoubles)
    assert place.tracker.remove_doubles(read(place, issue)) is not None
    assert len(place.comments("T-1")) == 1
    assert place.tracker.remove_doubles(read(place, issue)) is None
    assert apply_one(place, put(issue)).result is Result.ALREADY_SO
    place.person_deletes("T-1")
    assert place.tracker.remove_doubles(issue) is None


@cannot(NO_REQUESTS)
def test_a_wrong_token_ends_a_pull(place: Place) -> None:
    with pytest.raises(LoggedOut, match=r"does not accept the (API token|token|API key)"):
        place.worker("nonsense").pull(place.scope)


@cannot(NO_REQUESTS)
def test_without_the_right_to_change_issues_labels_and_moves_fail_with_what_to_do(place: Place) -> None:
    issue, reader = issue_of(place, "T-1"), place.reader()
    reader.pull(place.scope)
    for change in (label(issue), MoveToSprint(issue=issue.id, key=issue.key, sprint="3", why="")):
        [outcome] = reader.apply([change], {})
        assert outcome.result is Result.FAILED
        assert "`readyline doctor` says " in outcome.reason
    assert place.labels("T-1") == place.theirs
    assert read(place, issue).sprint is None


# what may be in an issue


@cannot(NO_PAGE)
def test_a_comment_with_hostile_text_is_shown_and_never_read(place: Place) -> None:
    issue, comment = issue_of(place, "T-1"), None
    fixes = tuple(Fix(text, f"b\r\n{text}", must=must) for text in HOSTILE for must in (True, False))
    for headline, summary, footer in zip(HOSTILE[2::3], HOSTILE[::3], HOSTILE[1::3], strict=True):
        note = CommentBody(headline=headline, summary=summary, fixes=fixes, answers=HOSTILE, footer=f"a\n{footer}")
        comment = apply_one(place, put(issue, note, comment)).comment
        assert place.live("T-1") == []
    assert read(place, issue).category is Category.TODO
