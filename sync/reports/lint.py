"""What `lint` prints: each finding with its file and line, or how often each rule complains; as text or Markdown."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rules.causes import Cause, causes_of
from rules.rule import Finding, Severity
from rules.verdict import Verdict
from sync.reports import format as wording
from sync.reports.blocks import QUIET, STATE_STYLES, grid_of, weight
from sync.reports.markdown import escape, table_head, table_row
from sync.sanitize import clip


@dataclass(frozen=True, slots=True)
class Linted:
    """One checked text: its verdict, and where it is.

    `line` is the line of the file at which the issue begins; `is_whole_file` says that lines of its text are lines of
    the file.
    """

    verdict: Verdict
    file: str
    line: int
    is_whole_file: bool

    def line_of(self, finding: Finding) -> int:
        """The line that a finding quotes, where that is known; else the first one of the issue."""
        quoted = (quote.line for quote in finding.evidence if quote.line > 0)
        return next(quoted, self.line) if self.is_whole_file else self.line


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the texts have an open finding of a rule."""

    rule: str
    severity: Severity
    issues: int


def tallies(checked: Iterable[Linted]) -> tuple[Tally, ...]:
    """The rules that complain, the most frequent first."""
    counts: Counter[tuple[str, Severity]] = Counter()
    for one in checked:
        counts.update({(finding.rule, finding.severity) for finding in one.verdict.open_findings})
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Tally(rule, severity, number) for (rule, severity), number in ordered)


def findings(checked: Sequence[Linted]) -> Iterator[Text]:
    """A line for each issue and finding, as editors and pre-commit read them, then the count."""
    yield from (line for one in checked for line in _lines(one))
    yield Text()
    yield _count(checked)


def statistics(checked: Sequence[Linted]) -> RenderableType:
    """How many issues each rule complains about, then the count."""
    grid: Table = grid_of(5, 6, None)
    for tally in tallies(checked):
        grid.add_row(Text(f"{tally.issues:>5}"), Text(tally.severity.value), Text(tally.rule))
    return Group(grid, Text(), _count(checked))


def markdown(checked: Sequence[Linted]) -> str:
    """The issues with their findings as Markdown, then the count."""
    return "\n".join((*(line for one in checked for line in _markdown(one)), _count(checked).plain)) + "\n"


def statistics_markdown(checked: Sequence[Linted]) -> str:
    """How many issues each rule complains about as a table, then the count."""
    rows = (table_row(str(one.issues), one.severity.value, escape(one.rule)) for one in tallies(checked))
    return "\n".join((*table_head("Issues", "Severity", "Rule"), *rows, "", _count(checked).plain)) + "\n"


def _markdown(one: Linted) -> Iterator[str]:
    yield f"## {escape(one.verdict.issue.title)}"
    yield from ("", f"{escape(f'{one.file}:{one.line}')}: {_state(one.verdict)}.", "")
    for cause in causes_of(one.verdict.findings):
        line, text = one.line_of(cause.finding), escape(_finding(cause).plain)
        yield f"- Line {line}: {text}"
    if one.verdict.findings:
        yield ""


def _state(verdict: Verdict) -> str:
    """`not ready, score 60`."""
    state, score = wording.STATES[verdict.state], wording.score_of(verdict)
    return f"{state}, score {score}" if score else state


def _lines(one: Linted) -> Iterator[Text]:
    verdict = one.verdict
    about = f"{_state(verdict)}: "
    yield _at(one.file, one.line).append(about, STATE_STYLES[verdict.state]).append(clip(verdict.issue.title), "bold")
    for cause in causes_of(verdict.findings):
        yield _at(one.file, one.line_of(cause.finding)).append_text(_finding(cause))


def _finding(cause: Cause) -> Text:
    sentences = " ".join(map(clip, wording.sentences_of(cause)))
    return weight(cause.finding).append(f" {sentences} ").append(f"({wording.rule_name(cause.finding)})", QUIET)


def _at(file: str, line: int) -> Text:
    return Text(f"{clip(file)}:{line}: ")


def _count(checked: Sequence[Linted]) -> Text:
    files = len({one.file for one in checked})
    place = f" in {wording.many(files, 'file')}" if files > 1 else ""
    return Text(wording.counts([one.verdict for one in checked], place))
