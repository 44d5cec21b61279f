import csv
import re
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from rules.capacity.model import Level, WarningCode
from rules.capacity.model import Warning as CapacityWarning
from rules.model import Kind
from rules.verdict import Due
from sync.reports import as_csv, as_markdown, as_text
from sync.reports import format as wording
from sync.reports.base import Threshold
from sync.reports.issue import as_markdown as issue_markdown
from sync.reports.issue.page import IssuePage
from sync.reports.selection import Selection
from tests.sync.reports.page import all_pages
from tests.sync.reports.sample import HIDDEN, SECRET, hostile, sample

TRICK = "[bold red]x[/] [link=https://evil.example]y[/link] :bomb: \x1b[31m \x9b2J \u202e \x07 a\nb"


def shown(report: object) -> str:
    """What a colour terminal would get."""
    stream = StringIO()
    Console(file=stream, force_terminal=True, color_system="truecolor", width=200).print(report)
    return stream.getvalue()


def test_a_terminal_gets_colour() -> None:
    """Colour codes go to a terminal."""
    assert "\x1b[32m" in shown(as_text.check(sample()))


def test_a_pipe_gets_none() -> None:
    """Plain text holds no escape character and no trailing blanks."""
    text = as_text.render(sample())
    assert "\x1b" not in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_markup_stays_text() -> None:
    """What looks like markup of the terminal library is shown as it was written."""
    text = as_text.plain(as_text.check(hostile(TRICK)), 200)
    assert "[bold red]x[/] [link=https://evil.example]y[/link] :bomb: ␛[31m" in text


def test_controls_become_pictures() -> None:
    """Only our own colour codes reach a terminal, never an escape, a bell or a turn of direction from an issue."""
    text = shown(as_text.plan(hostile(TRICK)))
    assert "␛[31m" in text
    assert not {"\x9b", "\u202e", "\x07", "\x1b[2J"} & set(text)


def test_a_restricted_issue() -> None:
    """A restricted issue is there by its key alone."""
    text = as_text.render(sample())
    assert HIDDEN in text
    assert SECRET not in text


def test_why_shows_everything() -> None:
    """The page of one issue withholds nothing from the person who asked for it."""
    assert SECRET in as_text.plain(as_text.why(IssuePage(sample().judgement.by_key[HIDDEN])))


def test_narrow() -> None:
    """Lines fold where the terminal ends, and nothing is cut."""
    text = as_text.plain(as_text.check(sample()), 40)
    assert max(map(len, text.splitlines())) <= 40
    title = sample().judgement.by_key["SHOP-137"].issue.title
    assert set(title.split()) <= set(text.split())


def test_refused() -> None:
    """A refused plan is said in the plan and in the summary."""
    report = sample(refused="51 changes, 50 are allowed.", outcomes=())
    assert "Refused: 51 changes, 50 are allowed." in as_text.plain(as_text.plan(report))
    assert "Refused    51 changes, 50 are allowed." in as_text.plain(as_text.summary(report))


def test_an_empty_plan() -> None:
    """A run with nothing to do says so."""
    report = sample(outcomes=())
    report = replace(report, plan=replace(report.plan, changes=()))
    assert "Changes    Nothing to write: the tracker is up to date" in as_text.plain(as_text.summary(report))
    assert "Nothing to write: the tracker is up to date." in as_text.plain(as_text.plan(report))


def test_a_dry_run() -> None:
    """What was only planned is never called written."""
    text = as_text.plain(as_text.summary(sample(writes=False, outcomes=())))
    assert "Planned    4 labels to add" in text
    assert "writing is off" in text
    assert "added" not in text


def test_capacity_of_one_team() -> None:
    """Only the given teams are shown."""
    text = as_text.plain(as_text.capacity(sample(capacities=sample().capacities[:1])))
    assert "Payments" in text
    assert "Search" not in text


def test_a_warning_of_several_teams_is_shown_once() -> None:
    same = CapacityWarning(WarningCode.SHARED_BOARD, Level.AMBER, "Board 12 is that of Payments and Search.")
    own = CapacityWarning(WarningCode.SHARED_BOARD, Level.AMBER, "Board 13 is empty.")
    teams = [replace(one, warnings=(same,)) for one in sample().capacities]
    teams[0] = replace(teams[0], warnings=(same, own))
    text = as_text.plain(as_text.capacity(sample(capacities=tuple(teams))))

    assert text.count("Board 12 is that of Payments and Search.") == 1
    assert text.index("Board 13 is empty.") < text.index("Storefront") < text.index("Several teams")
    assert "Several teams" not in as_text.plain(as_text.capacity(sample(capacities=(teams[0],))))


def test_what_waits_is_said_and_not_called_done() -> None:
    """A plan that is empty because everything waits is not a sign that all is well."""
    plan = sample().plan
    some = as_text.plain(as_text.summary(sample(plan=replace(plan, held=plan.changes[5:6]))))
    all_of_it = sample(plan=replace(plan, changes=(), held=plan.changes[5:6]), outcomes=())
    assert "Waiting    1 comment to write, in a later run" in some
    assert "Waiting    1 comment to write, in a later run" in as_text.plain(as_text.summary(all_of_it))
    assert "up to date" not in as_text.plain(as_text.summary(all_of_it))
    assert "1 comment to write, in a later run." in as_text.plain(as_text.plan(all_of_it))


def test_a_whole_backlog_shows_what_blocks_in_full_and_the_rest_in_short() -> None:
    """Sentences that many issues share are phrases in the list, counted below it."""
    finding = next(one for one in sample().judgement.by_key["SHOP-112"].findings if one.rule == "ready.has_team")
    blocking = sample().judgement.by_key["SHOP-129"].blocking[0]
    text = " ".join(as_text.plain(as_text.check(sample()), 200).split())

    assert finding.hint not in text
    assert wording.phrase(finding) in text
    assert f"{wording.phrase(finding)} (" in text.partition("Most frequent:")[2]
    assert f"{blocking.message} {blocking.hint}" in text


def test_chosen_issues_are_shown_in_full() -> None:
    """`check KEY` shows message and hint of every finding."""
    text = " ".join(as_text.plain(as_text.check(sample(), Selection(keys=frozenset({"SHOP-112"}))), 200).split())
    findings = sample().judgement.by_key["SHOP-112"].findings

    assert findings
    assert all(f"{one.message} {one.hint}" in text for one in findings)


def test_what_is_due_later_is_named() -> None:
    """An issue that is not due yet shows what it lacks, and in full when that is due."""
    missing = sample().judgement.by_key["SHOP-116"].blocking[0]
    verdict = replace(
        sample().judgement.by_key["SHOP-158"], findings=(), due=(Due(finding=missing, within=2.0),), distance=2.5
    )
    report = sample(judgement=replace(sample().judgement, verdicts=(verdict,)))

    due = "no estimate: due 2 sprints before its sprint, now 2.5 away"
    assert re.search(rf"later +{due}$", as_text.plain(as_text.check(report)), re.MULTILINE)
    assert "1 issue: 0 ready (0 %), 1 not due yet." in as_text.plain(as_text.check(report))
    assert due in as_text.plain(as_text.check(report, Selection(keys=frozenset({"SHOP-158"}))), 200)
    why = as_text.plain(as_text.why(IssuePage(verdict)), 200)
    assert f"Not due yet: no estimate. Smallest fix: {missing.hint}" in why
    assert re.search(rf"Due later +{due}$", why, re.MULTILINE)
    assert f"**Not due yet**: no estimate. Smallest fix: {missing.hint}" in issue_markdown.why(IssuePage(verdict))
    assert f"- [SHOP-158](https://shop.example.net/browse/SHOP-158) {verdict.issue.title}: {due}" in (
        as_markdown.render(report)
    )
    assert due in all_pages(report)
    (row,) = csv.DictReader(StringIO(as_csv.render(report)))
    assert (row["verdict"], row["rule"], row["due"]) == ("not-due", "ready.estimated", due.partition(": ")[2])


def test_a_score_is_shown_only_where_all_its_rules_are_due() -> None:
    """Not due with 100 of 100 would look like ready."""
    missing = sample().judgement.by_key["SHOP-116"].blocking[0]
    verdict = replace(
        sample().judgement.by_key["SHOP-158"], score=100, findings=(), due=(Due(finding=missing, within=2),)
    )
    report = sample(judgement=replace(sample().judgement, verdicts=(verdict,)))

    for text in (as_text.check(report, Selection(keys=frozenset({"SHOP-158"}))), as_text.why(IssuePage(verdict))):
        assert "100" not in as_text.plain(text)
    (row,) = csv.DictReader(StringIO(as_csv.render(report)))
    assert row["score"] == ""


THRESHOLDS = (
    Threshold(rule="ready.small_enough", option="max_share", value="0.5", origin="default"),
    Threshold(rule="ready.small_enough", option="max_points", value="13", origin="config.toml:41"),
    Threshold(rule="ready.described", option="min_words", value="10", origin="default"),
)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_why_shows_the_thresholds_of_what_failed_and_their_origin(width: int) -> None:
    """At every width, those with a default value too."""
    verdict = sample().judgement.by_key["SHOP-151"]
    page = as_text.plain(as_text.why(IssuePage(verdict, thresholds=THRESHOLDS)), width)
    lines = [line.strip() for line in page.splitlines()]

    assert {"max_share = 0.5 (default)", "max_points = 13 (config.toml:41)"} <= set(lines)


def test_why_of_one_rule_shows_only_that_rule() -> None:
    """Its result in words, its finding and its thresholds."""
    verdict = sample().judgement.by_key["SHOP-151"]
    failed = as_text.plain(as_text.why_rule(IssuePage(verdict, thresholds=THRESHOLDS), "ready.small_enough"))
    passed = as_text.plain(as_text.why_rule(IssuePage(verdict, thresholds=THRESHOLDS), "ready.described"))

    assert "size: failed  rule ready.small_enough" in failed
    assert "The estimate of 40 points is more than 50 %" in failed
    assert "max_points = 13 (config.toml:41)" in failed
    assert "Acceptance criteria" not in failed
    assert "description: passed" in passed
    assert "min_words = 10 (default)" in passed


def test_findings_with_one_cause_are_shown_as_one() -> None:
    """The first in full, the others by their phrase; asked for by its rule, each is shown for itself."""
    verdict = sample().judgement.by_key["SHOP-151"]
    part = next(finding for finding in verdict.findings if finding.rule == "ready.blind_estimate")

    check = as_text.plain(as_text.check(sample(), Selection(keys=frozenset({"SHOP-151"}))), 300)
    why = as_text.plain(as_text.why(IssuePage(verdict)), 300)

    assert "Acceptance criteria are missing. Add two to seven testable criteria. Same cause: " in check
    assert f"Same cause: {part.phrase}" in why
    assert f"rule ready.blind_estimate, fingerprint {part.fingerprint}" in why
    assert part.message not in check + why
    assert part.message in as_text.plain(as_text.why_rule(IssuePage(verdict), "ready.blind_estimate"), 300)


def test_check_and_why_say_why_an_issue_is_left_alone() -> None:
    """An issue of the horizon that is not written to."""
    note, report = "in the running sprint: left alone", sample()
    report = replace(report, plan=replace(report.plan, left_alone={"SHOP-110": note}))

    assert re.search(r"note +In the running sprint: left alone\.", as_text.plain(as_text.check(report)))
    page = as_text.why(IssuePage(report.judgement.by_key["SHOP-110"], left_alone=note))
    assert "In the running sprint: left alone." in as_text.plain(page)


def test_epics_and_sub_tasks_are_not_counted() -> None:
    """The share is of the issues that a label could be on."""
    verdict = sample().judgement.by_key["SHOP-110"]
    parts = [
        replace(verdict, issue=replace(verdict.issue, kind=kind)) for kind in (Kind.STORY, Kind.EPIC, Kind.SUBTASK)
    ]

    assert wording.counts(parts) == "1 issue: 1 ready (100 %). 2 epics and sub-tasks not counted."
