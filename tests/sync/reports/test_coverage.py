"""Each document says how complete the issues are that it rests on."""

from dataclasses import replace
from typing import Any

import pytest

from rules.model import Snapshot
from sync.reports import as_json, as_markdown, coverage
from sync.reports.base import RunReport
from sync.reports.selection import Selection
from tests.sync.reports.sample import sample


def resting_on(*, restricted: int = 0, **changed: Any) -> RunReport:
    """The sample with so many restricted issues, and with another snapshot."""
    report = sample()
    issues = tuple(replace(one, restricted=number < restricted) for number, one in enumerate(report.snapshot.issues))
    snapshot: Snapshot = replace(report.snapshot, issues=issues, **changed)
    return replace(report, backlog=replace(report.backlog, snapshot=snapshot))


@pytest.mark.parametrize(
    ("report", "filtered", "state"),
    [
        (resting_on(), False, "complete"),
        (resting_on(), True, "filtered"),
        (resting_on(restricted=2), True, "limited"),
        (resting_on(restricted=2, stopped={"Search": "board 13 does not exist"}), True, "partial"),
    ],
)
def test_the_first_state_that_holds_is_said(report: RunReport, filtered: bool, state: str) -> None:  # noqa: FBT001
    assert coverage.state(report, filtered=filtered) == state


def test_each_document_about_the_backlog_has_it() -> None:
    report = resting_on(restricted=2, stopped={"Search": "board 13 does not exist"})
    documents = (
        as_json.check_document(report),
        as_json.plan_document(report),
        as_json.capacity_document(report),
        as_json.report_document(report),
    )
    for document in documents:
        assert document.coverage.state == "partial"
        assert document.coverage.restricted == 2
        assert document.coverage.issues == len(report.judgement.verdicts)
        assert "Search is left out of this run" in document.coverage.missing[0]
        assert "2 issues are restricted: only the key is shown." in document.coverage.missing


def test_chosen_issues_are_no_whole_backlog() -> None:
    assert as_json.check_document(resting_on(), Selection(near=True)).coverage.state == "filtered"


def test_markdown_ends_with_what_it_rests_on() -> None:
    report = resting_on(restricted=2)
    end = as_markdown.render(report).rpartition("\n---\n")[2]
    assert "that the backlog query gives" in end
    assert "2 issues are restricted: only the key is shown." in end
