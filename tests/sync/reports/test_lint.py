"""What `lint` prints of its verdicts."""

from dataclasses import replace

from rules.rule import Severity
from rules.text.model import Quote
from rules.verdict import Verdict
from sync.reports.lint import Linted, Tally, findings, tallies
from tests.sync.reports.sample import sample


def failing(quote: Quote | None = None) -> Verdict:
    """A verdict with an open finding, which quotes a line."""
    verdict = sample().judgement.by_key["SHOP-128"]
    first, *others = verdict.findings
    return replace(verdict, findings=(replace(first, evidence=(quote,) if quote else ()), *others))


def places(one: Linted) -> list[str]:
    return [line.plain.split(" ")[0] for line in findings([one]) if line.plain.startswith(one.file)]


def test_a_finding_is_at_the_line_it_quotes() -> None:
    assert places(Linted(failing(Quote("TBD", 14)), "a.md", 9, is_whole_file=True)) == [
        "a.md:9:",
        "a.md:14:",
        "a.md:9:",
    ]


def test_a_finding_that_quotes_the_title_or_nothing_is_where_the_issue_begins() -> None:
    for quote in (Quote("Login", 0), None):
        assert set(places(Linted(failing(quote), "a.md", 9, is_whole_file=True))) == {"a.md:9:"}


def test_lines_of_a_cell_are_no_lines_of_the_file() -> None:
    assert set(places(Linted(failing(Quote("TBD", 14)), "a.csv", 3, is_whole_file=False))) == {"a.csv:3:"}


def test_each_rule_is_counted_once_an_issue_and_what_is_waived_is_not() -> None:
    verdict = failing()
    waived = replace(verdict, findings=(replace(verdict.findings[0], waived="agreed"),))
    twice = replace(verdict, findings=(verdict.findings[0], verdict.findings[0]))
    checked = [Linted(one, "a.md", 1, is_whole_file=True) for one in (verdict, twice, waived)]

    assert tallies(checked) == (
        Tally("ready.estimated", Severity.MUST, 2),
        Tally("ready.has_team", Severity.SHOULD, 1),
    )


def test_a_name_of_a_file_cannot_steer_the_terminal() -> None:
    (first, *_) = findings([Linted(failing(), "a\x1b[2J.md", 1, is_whole_file=True)])
    assert "\x1b" not in first.plain
