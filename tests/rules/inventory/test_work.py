"""The kind of work and the channel of an issue, and their shares, counted by hand."""

from datetime import timedelta
from typing import Any

import pytest

from rules.inventory.options import ChannelOptions, ContentsOptions, Recognised
from rules.inventory.work import Area, Contents, Portion, channels_of, contents, kinds_of
from rules.model import Kind, SprintState
from tests.factories import NOW, issue, person, product, sprint, team
from tests.rules.inventory.judged import judged

KINDS, CHANNELS = ContentsOptions(), ChannelOptions()
SHOP = product(team(people=(person("Bo", account="acc-bo"),)))


def made(*issues: Any, near: tuple[str, ...] = (), **world: Any) -> Contents:
    backlog, judgement = judged(*issues, near=near, **({"product": SHOP} | world))
    return contents(backlog, judgement, KINDS, CHANNELS)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({}, "story"),
        ({"kind": Kind.BUG}, "bug"),
        ({"kind": Kind.BUG, "labels": frozenset({"Tech-Debt"})}, "debt"),
        ({"labels": frozenset({"ux", "retro"})}, "action"),
        ({"kind": Kind.TASK, "type": "technical debt"}, "debt"),
        ({"kind": Kind.TASK, "type": "Change Request"}, "request"),
        ({"kind": Kind.TASK}, ""),
        ({"kind": Kind.SPIKE}, ""),
    ],
)
def test_the_first_table_that_recognises_an_issue_wins(values: dict[str, Any], kind: str) -> None:
    assert kinds_of(KINDS, SHOP).name(issue(**values)) == kind


def test_a_component_and_a_reporter_come_before_the_kind_of_the_type() -> None:
    options = ContentsOptions(
        design=Recognised(components=frozenset({"Look"})), request=Recognised(reporters=frozenset({"Kim Park"}))
    )
    kind_of = kinds_of(options, SHOP)
    assert kind_of.name(issue(components=("look",), reporter_name="Kim Park")) == "design"
    assert kind_of.name(issue(reporter="acc-kim", reporter_name="kim park")) == "request"
    assert kind_of.name(issue(reporter_name="Ana")) == "story"


@pytest.mark.parametrize(
    ("values", "channel"),
    [
        ({"reporter": "acc-bo"}, "team"),
        ({"reporter": "acc-9", "reporter_name": "Bo"}, "team"),
        ({"reporter": "acc-bo", "labels": frozenset({"customer"})}, "stakeholder"),
        ({"reporter": "acc-bo", "labels": frozenset({"pi-objective", "customer"})}, "art"),
        ({"reporter": "acc-9", "reporter_name": "Somebody"}, ""),
        ({}, ""),
    ],
)
def test_the_channel_is_found_by_label_or_type_and_then_by_the_reporter(values: dict[str, Any], channel: str) -> None:
    assert channels_of(CHANNELS, SHOP).name(issue(**values)) == channel


def test_shares_are_by_size_in_the_horizon_and_in_the_sprints() -> None:
    """Stories of 5 and 3 points and a bug of 2 are near: 8 of 10 and 2 of 10. The bug alone is in a sprint."""
    issues = [
        issue("SHOP-1", points=5.0),
        issue("SHOP-2", points=3.0),
        issue("SHOP-3", points=2.0, kind=Kind.BUG, sprint="4", sprints=("4",)),
        issue("SHOP-4", points=90.0),
        issue("SHOP-5", kind=Kind.EPIC, points=None),
        issue("SHOP-6", sprint="9", sprints=("9",)),
    ]
    near = ("SHOP-1", "SHOP-2", "SHOP-3", "SHOP-5")
    closed = sprint("9", SprintState.CLOSED)
    horizon, sprints = made(*issues, near=near, sprints=(sprint("4"), closed)).kinds
    shares = {one.name: (one.issues, horizon.share(one)) for one in horizon.portions if one.issues}
    assert shares == {"story": (2, 0.8), "bug": (1, 0.2)}
    assert {one.name: one.issues for one in sprints.portions if one.issues} == {"bug": 1}
    assert [one.name for one in horizon.portions] == ["action", "request", "design", "debt", "bug", "story", ""]


def test_where_nothing_has_a_size_shares_are_by_number() -> None:
    area = Area("sprints", (Portion("bug", 1, 0.0), Portion("story", 3, 0.0)))
    assert [area.share(one) for one in area.portions] == [0.25, 0.75]
    nothing = Area("sprints", (Portion("bug", 0, 0.0),))
    assert nothing.share(nothing.portions[0]) == 0


def test_issues_without_a_kind_are_named_by_their_type() -> None:
    issues = [
        issue("SHOP-1", kind=Kind.TASK, type="Chore"),
        issue("SHOP-2", kind=Kind.TASK, type="Chore"),
        issue("SHOP-3"),
        issue("SHOP-4", kind=Kind.TASK),
    ]
    assert made(*issues, near=("SHOP-1", "SHOP-2", "SHOP-3")).unmapped == {"Chore": ("SHOP-1", "SHOP-2")}


def test_an_action_of_a_retrospective_without_an_owner_or_from_long_ago_is_named() -> None:
    """Two sprints of ten working days are 28 days."""
    retro: dict[str, Any] = {"labels": frozenset({"retro"})}
    issues = [
        issue("SHOP-1", assignee="acc-bo", created=NOW - timedelta(days=27), **retro),
        issue("SHOP-2", created=NOW - timedelta(days=27), **retro),
        issue("SHOP-3", assignee="acc-bo", created=NOW - timedelta(days=29), **retro),
        issue("SHOP-4", created=NOW - timedelta(days=99)),
    ]
    actions = made(*issues).actions
    assert [(one.issue.key, one.has_owner, one.is_late) for one in actions] == [
        ("SHOP-2", False, False),
        ("SHOP-3", True, True),
    ]
