"""What the order of the near issues rests on, counted by hand."""

from typing import Any

import pytest

from rules.inventory.options import ChannelOptions, ContentsOptions
from rules.inventory.order_grounds import OrderGrounds
from rules.inventory.work import contents
from rules.model import Issue, Kind
from tests.factories import issue, product
from tests.rules.inventory.judged import judged

PLAIN = "Pay with a saved card."


def grounds(*issues: Issue, served: tuple[str, ...] = (), field: str = "") -> OrderGrounds | None:
    near = tuple(one.key for one in issues)
    backlog, judgement = judged(*issues, near=near, product=product(value_field=field))
    return contents(backlog, judgement, ContentsOptions(), ChannelOptions(), served).grounds


def story(key: str, body: str = PLAIN, **values: Any) -> Issue:
    return issue(key, body, **({"parent": None} | values))


@pytest.mark.parametrize(
    ("body", "values", "counts"),
    [
        (PLAIN, {}, (0, 0, 0)),
        ("As a guest, I want to pay by card so that checkout takes seconds.", {}, (1, 0, 0)),
        ("Pay.\n\n## Value\n\nFewer lost carts", {}, (1, 0, 0)),
        ("Pay.\n\n## Value", {}, (0, 0, 0)),
        (PLAIN, {"fields": {"Value": "8"}}, (1, 0, 0)),
        (PLAIN, {"fields": {"Value": "0"}}, (0, 0, 0)),
        (PLAIN, {"parent": "SHOP-100"}, (0, 1, 0)),
        (PLAIN, {"labels": frozenset({"customer"})}, (0, 0, 1)),
    ],
)
def test_each_sign_counts_by_itself(body: str, values: dict[str, Any], counts: tuple[int, int, int]) -> None:
    found = grounds(story("A-1", body, **values), field="Value")
    assert found is not None

    assert (found.value, found.goal, found.stakeholders) == counts
    assert found.without == (() if any(counts) else ("A-1",))


def test_an_issue_that_serves_a_sprint_goal_has_a_goal_and_a_field_that_nobody_names_is_no_value() -> None:
    found = grounds(story("A-1", fields={"Value": "8"}), served=("A-1",))

    assert found == OrderGrounds(issues=1, value=0, goal=1, stakeholders=0, without=())


def test_a_defect_needs_no_reason_and_an_empty_horizon_has_none() -> None:
    defect = grounds(story("A-1", kind=Kind.BUG))

    assert defect == OrderGrounds(issues=0, value=0, goal=0, stakeholders=0, without=())
    assert grounds() is None
