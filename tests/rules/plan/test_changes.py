"""What readyline can write at all."""

from dataclasses import fields
from typing import get_args

from rules.plan.changes import KINDS, Change


def test_no_change_moves_an_issue_in_the_order_or_writes_its_text_creates_a_task_or_assigns_a_person() -> None:
    written = {name for kind in get_args(Change) for name in (field.name for field in fields(kind))}

    assert set(KINDS.values()) == {
        "add-label",
        "remove-label",
        "put-comment",
        "delete-comment",
        "move-to-sprint",
        "move-to-backlog",
        "put-page",
    }
    assert not written & {"rank", "title", "description", "assignee", "parent", "points", "due"}
