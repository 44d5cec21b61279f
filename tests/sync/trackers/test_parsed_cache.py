"""Issues as they were parsed are kept in the mirror, and come back the same and small."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from sync.store.mirror import Mirror
from sync.trackers.jira.parsed_cache import read_all, recall
from tests.sync.trackers.test_parse import raw, site

PLAIN = {"summary": "Pay", "updated": "2026-03-02T09:00:00.000+0000"}
WHOLE = PLAIN | {
    "description": "h3. Acceptance criteria\n* It takes one click\n\n|| a | b |",
    "labels": ["api"],
    "timeestimate": 3600,
    "priority": {"id": "2", "name": "High"},
    "assignee": {"accountId": "ana", "displayName": "Ana"},
    "issuelinks": [{"type": {"inward": "is blocked by"}, "inwardIssue": {"key": "T-2"}}],
}


def issues() -> list[dict[str, Any]]:
    return [raw(**PLAIN), {**raw(**WHOLE), "id": "2", "key": "T-2"}, {**raw(**PLAIN), "id": "3", "key": "T-3"}]


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    with closing(Mirror.empty()) as filled:
        filled.keep(issues())
        yield filled


def test_an_issue_comes_back_as_it_was_parsed(mirror: Mirror) -> None:
    parsed = read_all(issues(), site(), mirror)

    assert sorted(recall(["1", "2", "3"], site(), mirror), key=lambda one: one.id) == parsed


def test_what_many_issues_have_is_one_value_in_memory(mirror: Mirror) -> None:
    for first, _, third in (
        read_all(issues(), site(), mirror),
        sorted(recall("123", site(), mirror), key=lambda one: one.id),
    ):
        assert first.labels is third.labels
        assert first.hours is third.hours
        assert first.marks is third.marks
