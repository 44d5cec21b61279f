from datetime import timedelta

from rules.plan.changes import AddLabel, Change, ChangePlan, DeleteComment, MoveToSprint, PutComment, RemoveLabel
from rules.plan.comment import CommentBody
from rules.plan.write_loop_guard import WINDOW, PastWrite, hold_contested, reversals
from tests.factories import NOW

READY, NOT_READY = "readyline-ready", "readyline-not-ready"
ONE = AddLabel(issue="1", key="SHOP-1", label=READY, why="w")
SAME = PutComment(issue="1", key="SHOP-1", note=CommentBody(headline="h"), why="w")
OTHER = RemoveLabel(issue="2", key="SHOP-2", label=READY, why="w")
PLAN = ChangePlan(changes=(ONE, SAME, OTHER), in_scope=2)


def test_after_the_third_reversal_in_a_day_it_is_still_written() -> None:
    assert hold_contested(PLAN, {("1", READY): 3, ("2", NOT_READY): 3}) == PLAN


def test_after_more_than_three_reversals_of_one_mark_the_whole_issue_waits_and_it_is_said() -> None:
    parked = hold_contested(PLAN, {("1", NOT_READY): 4})

    assert (parked.changes, parked.held) == ((OTHER,), (ONE, SAME))
    assert {(one.key, one.what) for one in parked.left_as_is} == {("SHOP-1", READY), ("SHOP-1", "comment")}
    assert all("reversed readyline-not-ready 4 times within 24 hours" in one.why for one in parked.left_as_is)


def test_marks_that_people_want_gone_go_all_the_same() -> None:
    assert hold_contested(PLAN, {("1", READY): 9}, spared={"1"}) == PLAN


def test_a_parked_issue_without_changes_is_not_spoken_of() -> None:
    assert hold_contested(PLAN, {("3", READY): 9}) == PLAN


def counted(*changes: Change, undoes: bool = False) -> dict[tuple[str, str], int]:
    """How often these writes, one an hour, restored what somebody else had reversed."""
    writes = [
        PastWrite(at=NOW + timedelta(hours=number), change=change, undoes=undoes)
        for number, change in enumerate(changes)
    ]
    return dict(reversals(writes, NOW - WINDOW))


def test_our_own_change_of_mind_is_no_reversal() -> None:
    gone = RemoveLabel(issue="1", key="SHOP-1", label=READY, why="w")

    assert counted(ONE, gone, ONE, gone, ONE, gone, ONE) == {}
    assert counted(SAME, PutComment(issue="1", key="SHOP-1", note=SAME.note, why="w", comment="9")) == {}
    assert counted(SAME, DeleteComment(issue="1", key="SHOP-1", comment="9", why="w"), SAME) == {}


def test_what_we_write_again_without_having_taken_it_back_was_reversed_by_somebody_else() -> None:
    move = MoveToSprint(issue="1", key="SHOP-1", sprint="5", why="w")

    assert counted(ONE, ONE, ONE) == {("1", READY): 2}
    assert counted(SAME, SAME) == {("1", "comment"): 1}
    assert counted(move, move) == {("1", "sprint"): 1}


def test_what_an_undo_writes_does_not_count() -> None:
    assert counted(ONE, ONE, undoes=True) == {}


def test_reversals_of_earlier_days_do_not_count() -> None:
    writes = [PastWrite(at=NOW, change=ONE), PastWrite(at=NOW, change=ONE)]

    assert reversals(writes, NOW) == {}
