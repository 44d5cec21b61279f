"""Each document says how complete the issues are that it rests on."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from rules.inventory.options import ChannelOptions
from rules.model import Snapshot
from rules.refinement.layers import Layer
from rules.refinement.options import RefinementOptions
from rules.review.options import IncrementOptions
from rules.verdict import Ruleset
from sync.reports import as_json, as_markdown, as_text, coverage
from sync.reports.ahead import as_json as ahead
from sync.reports.ahead import as_markdown as ahead_md
from sync.reports.ahead import as_text as ahead_text
from sync.reports.ahead.page import ahead_page
from sync.reports.base import RunReport
from sync.reports.epics import as_json as epics
from sync.reports.epics import as_markdown as epics_md
from sync.reports.epics import as_text as epics_text
from sync.reports.epics.page import epics_page
from sync.reports.planning import as_json as planning
from sync.reports.planning import as_markdown as planning_md
from sync.reports.planning import as_text as planning_text
from sync.reports.planning import running_as_json, team_as_json
from sync.reports.planning.part_one import part_one_page
from sync.reports.planning.running import sprint_page
from sync.reports.planning.team import team_page
from sync.reports.refinement import as_json as refinement
from sync.reports.refinement import as_markdown as refinement_md
from sync.reports.refinement import as_text as refinement_text
from sync.reports.refinement.page import Wanted, refinement_page
from sync.reports.review import as_json as review
from sync.reports.review import as_markdown as review_md
from sync.reports.review import as_text as review_text
from sync.reports.review.page import review_page
from sync.reports.selection import Selection
from tests.sync.reports.sample import STARTED, sample

pytestmark = pytest.mark.slow

Page = tuple[Any, Any, Any, Any]
"""What makes a page of a run, its document, its Markdown and its text."""


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


def team_of(report: RunReport) -> Any:
    return team_page(report, report.capacities[0].team.name)


def agenda_of(report: RunReport) -> Any:
    wanted = Wanted(layer=Layer.OVERALL, team="", timebox=60)
    return refinement_page(report, Ruleset(), RefinementOptions(), (), wanted)


def review_of(report: RunReport) -> Any:
    return review_page(report, {}, ChannelOptions())


def epics_of(report: RunReport) -> Any:
    return epics_page(report, IncrementOptions())


PAGES: Mapping[str, Page] = {
    "planning": (part_one_page, planning.part_one, planning_md.part_one, planning_text.part_one),
    "team": (team_of, team_as_json.team, planning_md.team, planning_text.team),
    "sprint": (sprint_page, running_as_json.running, planning_md.running, planning_text.running),
    "review": (review_of, review.document, review_md.render, review_text.render),
    "refinement": (agenda_of, refinement.document, refinement_md.render, refinement_text.render),
    "epics": (epics_of, epics.document, epics_md.render, epics_text.render),
    "forecast": (ahead_page, ahead.ahead, ahead_md.ahead, ahead_text.ahead),
}
"""The pages about plans and meetings."""


@pytest.mark.parametrize("name", PAGES)
def test_each_page_about_plans_and_meetings_says_how_complete_it_is_in_every_format(name: str) -> None:
    report = replace(resting_on(restricted=2, stopped={"Search": "board 13 does not exist"}), as_of=STARTED)
    page_of, document, markdown, text = PAGES[name]
    page = page_of(report)
    made = document(page)
    assert (made.coverage.state, made.coverage.restricted, made.as_of) == ("partial", 2, STARTED)
    for shown in (markdown(page), as_text.plain(text(page), 200)):
        assert "2 issues are restricted: only the key is shown." in shown.replace("\u2060", "")


def test_what_options_choose_is_said_on_pages_too() -> None:
    for page in (
        sprint_page(sample(), "Search"),
        epics_page(sample(), IncrementOptions(), ("SHOP-9",)),
        ahead_page(sample(), filtered=True),
    ):
        assert (page.coverage.state, page.coverage.sentences[-1]) == ("limited", coverage.CHOSEN)


def test_chosen_issues_are_no_whole_backlog() -> None:
    assert as_json.check_document(resting_on(), Selection(near=True)).coverage.state == "filtered"


def test_markdown_ends_with_what_it_rests_on() -> None:
    report = resting_on(restricted=2)
    end = as_markdown.render(report).rpartition("\n---\n")[2]
    assert "that the backlog query gives" in end
    assert "2 issues are restricted: only the key is shown." in end


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (0, "The backlog query gives no issue that readyline's account may see."),
        (1, "The one issue that the backlog query gives and readyline's account may see."),
        (2, "All 2 issues that the backlog query gives and readyline's account may see."),
    ],
)
def test_the_sentence_on_what_was_read_suits_the_number(count: int, sentence: str) -> None:
    base = sample()
    few = tuple(one for one in base.judgement.verdicts if one.issue.is_counted)[:count]

    assert sentence in coverage.coverage(replace(base, judgement=replace(base.judgement, verdicts=few))).sentences
