from rules.plan.changes import AddLabel, ChangePlan, PutComment, RemoveLabel
from rules.plan.comment import CommentBody
from rules.plan.write_loop_guard import hold_contested

READY, NOT_READY = "readyline-ready", "readyline-not-ready"
ONE = AddLabel(issue="1", key="SHOP-1", label=READY, why="w")
SAME = PutComment(issue="1", key="SHOP-1", note=CommentBody(headline="h"), why="w")
OTHER = RemoveLabel(issue="2", key="SHOP-2", label=READY, why="w")
PLAN = ChangePlan(changes=(ONE, SAME, OTHER), in_scope=2)


def test_the_fourth_write_in_a_day_is_still_made() -> None:
    assert hold_contested(PLAN, {("1", READY): 3, ("2", NOT_READY): 3}) == PLAN


def test_after_more_than_three_writes_of_one_mark_the_whole_issue_waits_and_is_reported() -> None:
    parked = hold_contested(PLAN, {("1", NOT_READY): 4})

    assert (parked.changes, parked.held) == ((OTHER,), (ONE, SAME))
    assert {(one.key, one.what) for one in parked.left_as_is} == {("SHOP-1", READY), ("SHOP-1", "comment")}
    assert all("readyline-not-ready was written 4 times within 24 hours" in one.why for one in parked.left_as_is)


def test_marks_that_people_want_gone_go_all_the_same() -> None:
    assert hold_contested(PLAN, {("1", READY): 9}, spared={"1"}) == PLAN


def test_a_parked_issue_without_changes_is_not_spoken_of() -> None:
    assert hold_contested(PLAN, {("3", READY): 9}) == PLAN
