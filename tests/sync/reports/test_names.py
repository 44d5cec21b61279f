"""Reports call people by name: also where a text that a finding quotes mentions them by account."""

from dataclasses import replace

import pytest

from rules.plan.changes import AddLabel, ChangePlan
from rules.plan.grounds import Ground
from rules.text import Quote
from sync.reports import as_csv, as_json, as_markdown, as_text
from sync.reports.names import named, with_named_grounds, with_names
from tests.sync.reports.page import all_pages
from tests.sync.reports.sample import sample

NAMES = {"ana.alvarez": "Ana Alvarez", "712020:5b10": "Bo Berg", "cy@example.com": "Cy Chen"}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Ask @ana.alvarez about it", "Ask @Ana Alvarez about it"),
        ("Is it @ana.alvarez?", "Is it @Ana Alvarez?"),
        ("It is @ana.alvarez.", "It is @Ana Alvarez."),
        ("@712020:5b10: please", "@Bo Berg: please"),
        ("@cy@example.com and @712020:5b10", "@Cy Chen and @Bo Berg"),
        ("@nobody, ana.alvarez, x@ana.alvarez.example", "@nobody, ana.alvarez, x@ana.alvarez.example"),
        ("no mention", "no mention"),
    ],
)
def test_a_mention_gets_the_name_and_nothing_else_changes(text: str, right: str) -> None:
    assert named(text, NAMES) == right


def test_the_journal_gets_the_name_of_somebody_a_rule_quotes() -> None:
    quote = Quote("Does @ana.alvarez decide?", 4)
    grounds = (Ground(rule="ready.open_questions", says="Open question: @ana.alvarez?", evidence=(quote,)),)
    change = AddLabel(issue="1", key="SHOP-1", label="readyline-not-ready", why="w", grounds=grounds)

    for plan in (ChangePlan(changes=(change,)), ChangePlan(held=(change,))):
        [kept] = (*(with_name := with_named_grounds(plan, NAMES)).changes, *with_name.held)
        assert kept.grounds[0].says == "Open question: @Ana Alvarez?"
        assert kept.grounds[0].evidence == (Quote("Does @Ana Alvarez decide?", 4),)


def test_every_report_shows_the_name_of_somebody_a_finding_quotes() -> None:
    report = sample()
    asked = next(issue for issue in report.snapshot.issues if not issue.restricted)
    people = tuple(
        replace(issue, reporter="ana.alvarez", reporter_name="Ana Alvarez") if issue.key == asked.key else issue
        for issue in report.snapshot.issues
    )
    seen = replace(report.snapshot, issues=people)
    report = replace(report, backlog=replace(report.backlog, snapshot=seen))
    question = "Does @ana.alvarez decide?"
    verdicts = tuple(
        replace(
            verdict,
            findings=tuple(
                replace(one, message=question, evidence=(Quote(text=question, line=1),)) for one in verdict.findings
            ),
        )
        for verdict in report.judgement.verdicts
    )
    report = with_names(replace(report, judgement=replace(report.judgement, verdicts=verdicts)))
    for render in (as_text.render, as_json.render, as_markdown.render, all_pages, as_csv.render):
        page = " ".join(render(report).split())
        assert "Alvarez decide?" in page, render.__module__
        assert "ana.alvarez" not in page, render.__module__
    prints = {finding.fingerprint for verdict in verdicts for finding in verdict.findings}
    assert {one.fingerprint for verdict in report.judgement.verdicts for one in verdict.findings} == prints
