"""CSV: one line per finding, for spreadsheets. No cell can become a formula there.

A cell that starts like a formula gets an apostrophe in front, as advised by
https://owasp.org/www-community/attacks/CSV_Injection. So does the text after a semicolon, because some spreadsheets
start a new cell there.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from rules.rule import Finding
from rules.verdict import Verdict
from sync.reports import format as wording
from sync.reports.base import RunReport
from sync.reports.old_issues import states_of
from sync.reports.redact import shared
from sync.sanitize import visible

COLUMNS = (
    "rank", "issue", "type", "title", "points", "teams", "distance", "verdict", "score",
    "rule", "severity", "message", "hint", "evidence", "line", "waived", "fingerprint", "due", "left_alone",
    "part_of", "unit", "old_issues",
)  # fmt: skip

# The formula starts of every spreadsheet, their full-width forms, and quotes or blanks that would be skipped first.
_FORMULA = re.compile(r"""(^|;)([\s"']*[=+\-@＝＋－＠|%])""")


def render(report: RunReport) -> str:
    """Every finding in rank order, with what is not due yet; an issue without either has one line of its own."""
    return table(COLUMNS, _rows(shared(report)))


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A CSV text with a line of names above its rows; no cell is a formula."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows(map(cell, row) for row in rows)
    return stream.getvalue()


def _rows(report: RunReport) -> Iterator[tuple[str, ...]]:
    answers = states_of(report)
    for rank, verdict in enumerate(report.judgement.verdicts, start=1):
        teams = " and ".join(team.name for team in report.snapshot.teams_of(verdict.issue))
        left_alone = report.plan.left_alone.get(verdict.issue.key, "")
        rows: list[tuple[Finding | None, str]] = [(finding, "") for finding in verdict.findings]
        rows += [(one.finding, wording.due_when(one, verdict.distance)) for one in verdict.due]
        for finding, due in rows or [(None, "")]:
            part_of = finding.part_of if finding else ""
            state = answers.get(verdict.issue.key, "")
            row = _row(rank, teams, verdict, finding)
            yield (*row, due, left_alone, part_of, report.snapshot.unit, state)


def cell(text: str) -> str:
    """The text on one line; the start of a formula gets an apostrophe."""
    return _FORMULA.sub(r"\1'\2", visible(text))


def _row(rank: int, teams: str, verdict: Verdict, finding: Finding | None) -> tuple[str, ...]:
    issue = verdict.issue
    return (
        str(rank),
        issue.key,
        issue.type,
        issue.title,
        "" if issue.points is None else f"{issue.points:g}",
        teams,
        "" if verdict.distance is None else f"{verdict.distance:.2f}",
        verdict.state.value,
        wording.score_of(verdict),
        *_finding(finding),
    )


def _finding(finding: Finding | None) -> tuple[str, ...]:
    if finding is None:
        return ("",) * 8
    quote = finding.evidence[0] if finding.evidence else None
    return (
        finding.rule,
        finding.severity.value,
        finding.message,
        finding.hint,
        quote.text if quote else "",
        str(quote.line) if quote else "",
        finding.waived,
        finding.fingerprint,
    )
