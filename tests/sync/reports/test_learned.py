"""What the section about learning says where there is little to learn from, and that its proposal can be pasted."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rules.learning.estimates import PlannedDone, SizeSpread, TeamEstimates
from rules.learning.late_debate import DebateKind, SprintDebate, TeamDebate
from rules.learning.learn import Learned
from rules.learning.reactions import RuleReactions
from rules.learning.readiness import Comparison, Readiness, Result, Trouble
from rules.learning.waits import TeamWait, Wait
from rules.model import Unit
from rules.rule import Severity
from sync.config import load, ruleset_of
from sync.demo.company import config_toml
from sync.reports import as_markdown, as_text, learned
from sync.reports.base import RunReport
from tests.sync.reports.page import all_pages
from tests.sync.reports.sample import STARTED, sample

DEBATE = SprintDebate(
    sprint="1110",
    begins=STARTED - timedelta(days=3),
    ends=STARTED,
    counts={DebateKind.ESTIMATE: 1, DebateKind.COMMENTS: 2},
    changed=2,
    issues=5,
)
CASE = Comparison(
    rules=("ready.estimated",),
    trouble=Trouble.NOT_FINISHED,
    failed=2,
    failed_hit=1,
    passed=20,
    passed_hit=3,
    chance=None,
    result=Result.TOO_FEW,
)
OVERRIDDEN = RuleReactions(
    rule="ready.testable",
    fixed_in_time=3,
    fixed_later=0,
    waived=9,
    label_removed=0,
    ignored=0,
    waiting=2,
    severity=Severity.INFO,
)


def spoken(**parts: object) -> tuple[str, ...]:
    report = sample(learn=lambda: replace(Learned(), **parts))  # type: ignore[arg-type]
    return tuple(sentence for chapter in learned.chapters(report) for sentence in chapter.all_sentences)


def test_a_report_that_learned_nothing_has_no_section() -> None:
    for report in (sample(learn=None), sample(learn=Learned)):
        assert learned.chapters(report) == ()
        assert learned.TITLE not in as_text.render(report) + as_markdown.render(report) + all_pages(report)


def test_a_tracker_without_past_changes_is_named() -> None:
    [chapter] = learned.chapters(sample(learn=lambda: Learned(known=False)))

    assert chapter.about == learned.UNKNOWN


def test_a_late_debate_names_what_changed_and_whether_that_is_usual() -> None:
    early = TeamDebate(team="Payments", latest=DEBATE, before=(DEBATE,))

    [sentence] = spoken(debates=(early,))

    assert sentence == (
        "Payments, Payments 42: 3 late changes on 2 of 5 issues, from 27 February 2026 to 2 March 2026 "
        "(1 estimate, 2 comments). Too few sprints before it to compare (3)."
    )
    assert "sprint 77" in spoken(debates=(replace(early, latest=replace(DEBATE, sprint="77")),))[0]


def test_rules_with_too_few_data_are_named_and_those_that_never_failed_are_not() -> None:
    never = replace(CASE, rules=("ready.titled",), failed=0, failed_hit=0)
    team = Readiness(team="Payments", issues=22, sprints=1, comparisons=(CASE, never))

    assert spoken(readiness=(team,)) == (
        "Payments, 22 issues of 1 sprint, too few data (fewer than 5 issues on a side): no estimate.",
    )


def test_few_sprints_few_sizes_and_few_waits_are_too_few_data() -> None:
    size = SizeSpread(size=1.0, issues=1, low=None, usual=None, high=None, estimated_again=1)
    sprints = (PlannedDone(sprint="1", planned=None, done=3.0),)
    sentences = spoken(
        estimates=(TeamEstimates(team="Payments", sprints=sprints, sizes=(size,)),),
        waits=(Wait(status="New", issues=1, usual=None, longest=(("SHOP-1", 4.2),)),),
        waits_before_work=(TeamWait(team="Payments", issues=1, usual=None),),
    )

    assert sentences == (
        (
            "Payments: unknown and 3. Too few sprints for a usual share. "
            "Issues finished in the sprint that they were planned for: 0 of 0."
        ),
        "Payments: 1 point: too few data (1 issue, 1 of them estimated again).",
        "New: 1 issue, too few data; longest SHOP-1 (4 days).",
        "Payments, until work began: too few data (1 finished issue).",
    )


def test_a_team_that_counts_issues_reads_of_issues() -> None:
    base = sample(learn=lambda: Learned(estimates=(TeamEstimates(team="A", sprints=(), sizes=()),)))
    report = replace(base, backlog=replace(base.backlog, snapshot=replace(base.snapshot, unit=Unit.ISSUES)))

    assert "in issues" in learned.chapters(report)[0].about


def test_findings_without_a_reaction_are_one_sentence() -> None:
    waiting = replace(OVERRIDDEN, rule="ready.titled", fixed_in_time=0, waived=0, severity=None)

    assert spoken(reactions=(OVERRIDDEN, waiting)) == (
        "No testable criterion: 9 of 12 overridden (3 fixed in time, 9 waived).",
        "Without a reaction yet: no testable criterion 2, unclear title 2.",
    )


@pytest.mark.parametrize("known", [True, False])
def test_the_proposed_lines_can_be_pasted_into_the_configuration(tmp_path: Path, known: bool) -> None:  # noqa: FBT001
    report: RunReport = sample(learn=lambda: Learned(known=known, reactions=(OVERRIDDEN,)))
    [patch] = [chapter.patch for chapter in learned.chapters(report) if chapter.patch]
    config = tmp_path / "config.toml"
    config.write_text(config_toml("https://shop.example.net", "cloud") + "\n".join(patch), encoding="utf-8")
    (tmp_path / "absences.csv").write_text("name,from,to\n", encoding="utf-8")

    rules = {rule.path: rule for rule in ruleset_of(load(config, {"READYLINE_TOKEN": "t"})).product}

    assert rules["ready.testable"].severity is Severity.INFO
    assert "\n\\[rules.ready.testable\\]\n" in as_markdown.render(report)
    assert "<pre>[rules.ready.testable]\n" in all_pages(report)
