"""The running sprint over HTTP: the start is rebuilt where the worker was away, and the Product Owner acknowledges."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sync.demo.people import CREWS, OWNER
from sync.fake_jira.records import Record
from tests.journeys.app_harness import Office, office

pytestmark = pytest.mark.journey

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEAM = CREWS[0].name
SECOND = CREWS[0].members[0]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path, "cloud", clock=lambda: MONDAY) as shop:
        shop.write_config(f'owner = "{OWNER.name}"', f'owner = "{OWNER.name}"\naccount = "{OWNER.account.id}"')
        shop.write_config(f'name = "{SECOND.name}",', f'name = "{SECOND.name}", account = "{SECOND.account.id}",')
        yield shop


def seen(place: Office) -> Any:
    (one,) = place.run("sprint", "--team", TEAM, "--format", "json").document["sprints"]
    return one


def test_scope_that_changed_while_the_worker_was_away_is_listed_until_the_product_owner_acknowledges_it(
    place: Office,
) -> None:
    state = place.jira.state
    box = next(one for one in state.sprints.values() if one.state == "active" and one.name.startswith(TEAM))
    inside = [
        r for r in state.issues.values() if box.id in r.sprints and r.status.category != "done" and r.type.level == 0
    ]
    free = [r for r in state.issues.values() if not r.sprints and r.status.category != "done" and r.type.level == 0]
    added, removed = min(free, key=_rank), max(inside, key=_rank)
    state.move_to_sprint(added.key, box.id, by=SECOND.name)
    state.move_to_sprint(removed.key, None, by=OWNER.name)

    first = seen(place)
    assert first["start_known"]
    assert removed.key in {one["key"] for one in first["start"]}
    assert added.key not in {one["key"] for one in first["start"]}
    changes = {one["issue"]: (one["kind"], one["who"], one["acknowledged"]) for one in first["scope"]}
    assert changes[added.key] == ("added", SECOND.name, "")
    assert changes[removed.key] == ("removed", OWNER.name, "")

    state.comment(added.key, "/ready scope ok", by=SECOND.name)
    state.comment(removed.key, "/ready scope ok", by=OWNER.name)
    assert place.run("run").code == 0
    again = {one["issue"]: one["acknowledged"] for one in seen(place)["scope"]}
    assert again[added.key] == ""
    assert again[removed.key] == f'{OWNER.name} acknowledged that this issue was removed from "{box.name}".'
    state.comment(added.key, "/ready scope ok", by=OWNER.name)
    assert place.run("run").code == 0
    assert f"{OWNER.name} acknowledged that this issue was added to" in str(seen(place)["scope"])


def _rank(record: Record) -> int:
    return record.rank
