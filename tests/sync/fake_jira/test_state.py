"""Acting as a person: the verbs of people leave the same traces as requests do."""

import pytest

from tests.sync.fake_jira.conftest import Browser


def test_a_persons_edit_is_recorded_as_that_persons(web: Browser) -> None:
    web.jira.state.add_label("T-1", "urgent", by="Ana")

    entry = web.jira.state.issue("T-1").history[0]

    assert (entry.author.display, entry.items[0].after_text) == ("Ana", "urgent")


def test_a_failed_edit_leaves_the_issue_as_it_was(web: Browser) -> None:
    state = web.jira.state
    before = state.issue("T-1").snapshot()

    def fail_halfway() -> None:
        with state.changing(state.issue("T-1"), state.me) as record:
            record.labels.append("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()

    assert state.issue("T-1") == before


def test_an_id_survives_a_move_and_is_never_given_twice(web: Browser) -> None:
    state = web.jira.state
    state.rename("T-1", "NEW-1")
    state.delete("T-3")

    made = state.create("T", "Story", "Another")

    assert (state.issue("NEW-1").id, state.issue("T-1").key) == ("10001", "NEW-1")
    assert (made.id not in {"10001", "10002", "10003"}, made.key) == (True, "T-4")


def test_closing_a_sprint_hands_on_what_is_not_done(web: Browser) -> None:
    state = web.jira.state
    for key in ("T-1", "T-2"):
        state.move_to_sprint(key, 2)
    state.transition("T-2", "Done")

    state.close_sprint(2, move_to=3)

    assert (state.issue("T-1").sprints, state.issue("T-2").sprints) == ([2, 3], [2])
    assert (state.sprints[2].state, state.sprints[2].completed) == ("closed", state.clock())


def test_starting_a_sprint_sets_its_dates(web: Browser) -> None:
    web.jira.state.start_sprint(3, days=10)

    assert [each["id"] for each in web.get("agile/1.0/board/1/sprint", state="active")["values"]] == [2, 3]


def test_a_person_writes_changes_and_deletes_comments(web: Browser) -> None:
    state = web.jira.state
    comment = state.comment("T-1", "First", by="ana")
    state.edit_comment(comment, "Second", by="ana")

    assert web.get(f"api/2/issue/T-1/comment/{comment}")["body"] == "Second"

    state.delete_comment(comment, by="ana")
    assert web.get("api/issue/T-1/comment")["total"] == 0


def test_finishing_an_issue_resolves_it_and_reopening_unresolves_it(web: Browser) -> None:
    state = web.jira.state

    state.transition("T-1", "Done")
    assert (state.issue("T-1").resolution, state.issue("T-1").resolved) == ("Done", state.clock())

    state.transition("T-1", "To Do")
    assert (state.issue("T-1").resolution, state.issue("T-1").resolved) == (None, None)
