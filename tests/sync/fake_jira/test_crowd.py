"""The invented issues of the benchmarks: as large as real ones, and each with a past that led to what it is."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from statistics import mean

import pytest

from sync.fake_jira.records import Item, Record
from sync.fake_jira.state import State
from tests.benchmarks.crowd import FIRST_ID, crowd

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def issues() -> list[Record]:
    state = State()
    crowd(state, NOW, 3_000)
    return [one for one in state.issues.values() if int(one.id) >= FIRST_ID]


def test_they_are_as_large_as_public_issues(issues: list[Record]) -> None:
    assert mean(len(one.description.wiki) for one in issues) == pytest.approx(1_100, rel=0.1)
    assert mean(len(one.remarks) for one in issues) == pytest.approx(3.8, rel=0.1)
    assert mean(len(remark.body.wiki) for one in issues for remark in one.remarks) == pytest.approx(358, rel=0.1)
    assert mean(sum(len(entry.items) for entry in one.history) for one in issues) == pytest.approx(12, rel=0.1)
    assert mean(len(one.bonds) for one in issues) == pytest.approx(0.4, rel=0.2)


def test_the_past_of_each_leads_to_its_status_and_estimate(issues: list[Record]) -> None:
    for one in issues:
        states = list(_changes(one, "status"))
        assert all(before.after == after.before for before, after in pairwise(states))
        assert [item.after for item in states[-1:]] in ([], [one.status.id])
        estimates = [item.after_text for item in _changes(one, "points")]
        assert estimates[-1:] == ([] if one.points is None else [f"{one.points:g}"])


def test_each_was_changed_after_it_came_and_before_now(issues: list[Record]) -> None:
    for one in issues:
        moments = [entry.created for entry in one.history]
        assert moments == sorted(moments)
        moments += [remark.created for remark in one.remarks]
        assert all(one.created <= moment <= one.updated <= NOW for moment in moments)


def test_a_done_one_was_done_when_its_past_says_so(issues: list[Record]) -> None:
    done = [one for one in issues if one.status.category == "done"]
    assert done
    for one in done:
        assert one.resolved in {entry.created for entry in one.history if _ends(entry.items, one)}


def _changes(record: Record, field: str) -> Iterator[Item]:
    return (item for entry in record.history for item in entry.items if item.field_id == field)


def _ends(items: tuple[Item, ...], record: Record) -> bool:
    return any(item.field_id == "status" and item.after == record.status.id for item in items)
