"""The history of runs: which writes were made or not, and why, as text, Markdown, table and JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from rules.plan.grounds import Ground
from rules.plan.outcome import Result
from sync.reports import format as wording
from sync.reports.base import HistoryEntry, PastRun, RunHistory
from sync.reports.blocks import BAD, GOOD, QUIET, SOON, grid_of, heading, line
from sync.reports.markdown import escape, table_head, table_row
from sync.sanitize import clip

if TYPE_CHECKING:
    from sync.reports.json_models import contract as doc

ENTRIES = (
    "run", "at", "issue", "kind", "mark", "value", "decision", "reason", "http_status", "why", "rules", "evidence",
    "before", "after",
)  # fmt: skip
RUNS = ("run", "at", "undoes", "done", "already_so", "skipped", "failed", "unknown", "not_written")
NOT_KEPT = "Writes that were not made are not known: an earlier version of readyline did not keep them."
NO_RUN = "No run is known yet."
WRITTEN, UNWRITTEN = "Written", "Not written"
_STYLES = {"done": GOOD, "already-so": GOOD, "failed": BAD, "unknown": BAD}


def page(history: RunHistory) -> RenderableType:
    """One run: first what it wrote, then what it did not write, each with the decision and the rules behind it."""
    written = list(_section(WRITTEN, history.written))
    unwritten = [line(NOT_KEPT)] if history.not_written is None else _section(UNWRITTEN, history.not_written)
    return Group(heading(f"Run {history.run}", _about(history)), *written, *unwritten)


def markdown(history: RunHistory) -> str:
    """The same as Markdown."""
    head = (f"## Run {escape(history.run)}", "", escape(wording.sentence(_about(history))))
    written = _markdown_section(WRITTEN, history.written)
    unwritten = ("", NOT_KEPT) if history.not_written is None else _markdown_section(UNWRITTEN, history.not_written)
    return "\n".join((*head, *written, *unwritten)) + "\n"


def _about(history: RunHistory) -> str:
    """When it began, which run it undoes, and whether it was cut off."""
    undoes = f", undo of {history.undoes}" if history.undoes else ""
    ended = "" if history.finished or not history.written else ", cut off"
    return f"{wording.moment(history.started)}{undoes}{ended}"


def list_page(runs: Sequence[PastRun]) -> RenderableType:
    """The latest runs in figures, the newest first."""
    if not runs:
        return line(NO_RUN)
    grid = grid_of(22, None, None)
    grid.add_row(*(Text(name, QUIET) for name in ("Run", "Started", "Writes")))
    for one in runs:
        grid.add_row(Text(clip(one.run)), line(wording.moment(one.at)), line("; ".join(_figures(one))))
    return Group(grid, line("`readyline history RUN` shows each write of a run and why it was made or not.", QUIET))


def list_markdown(runs: Sequence[PastRun]) -> str:
    """The same as a table."""
    rows = (table_row(*map(escape, (one.run, wording.moment(one.at), "; ".join(_figures(one))))) for one in runs)
    return "\n".join((*table_head("Run", "Started", "Writes"), *rows) if runs else (NO_RUN,)) + "\n"


def csv_of(history: RunHistory) -> str:
    """One line a write that was made or not; no cell is a formula."""
    from sync.reports.as_csv import table

    return table(ENTRIES, (_cells(history.run, one) for one in history.entries))


def csv_of_runs(runs: Iterable[PastRun]) -> str:
    """One line a run, the newest first."""
    from sync.reports.as_csv import table

    return table(RUNS, map(_figure_cells, runs))


def _section(title: str, entries: Sequence[HistoryEntry]) -> Iterator[RenderableType]:
    yield Text()
    yield heading(title, _counts(entries))
    grid = grid_of(8, 14, None)
    for one in entries:
        decision = line(_decision(one), _STYLES.get(one.decision, SOON))
        grid.add_row(Text(clip(one.issue, 40)), Text(_what(one)), decision.append(f"  {clip(one.reason)}", QUIET))
        for detail in _details(one):
            grid.add_row("", "", line(detail, QUIET))
    yield Padding(grid, (0, 0, 0, 2))


def _markdown_section(title: str, entries: Sequence[HistoryEntry]) -> Iterator[str]:
    yield from ("", f"### {title}: {escape(_counts(entries))}")
    if entries:
        yield from ("", *table_head("Issue", "Change", "Decision", "Details"))
    for one in entries:
        decided = ": ".join(filter(None, (_decision(one), one.reason)))
        details = " · ".join(map(escape, _details(one)))
        yield table_row(*map(escape, (one.issue, _what(one), decided)), details)


def _counts(entries: Iterable[HistoryEntry]) -> str:
    numbers = Counter(one.decision for one in entries)
    return ", ".join(f"{count} {decision}" for decision, count in numbers.items()) or "nothing"


def _decision(one: HistoryEntry) -> str:
    return f"{one.decision} (HTTP {one.status})" if one.status is not None else one.decision


def _what(one: HistoryEntry) -> str:
    return wording.verb_of(one.kind) if one.kind else "no change"


def _details(one: HistoryEntry) -> Iterator[str]:
    rules = _rules(one.grounds) or _passing(one.grounds)
    if one.why and one.why not in rules:
        yield f"why: {one.why}"
    if rules:
        yield f"rules: {rules}"
    if evidence := _evidence(one.grounds):
        yield f"evidence: {evidence}"
    before, after = (_first_line(text) for text in (one.before, one.after))
    yield f"{one.mark}: {before}" if before == after else f"{one.mark}: {before} → {after}"


def _first_line(text: str | None) -> str:
    if text is None:
        return "not known"
    return text.partition("\n")[0] or "nothing"


def _rules(grounds: Iterable[Ground]) -> str:
    """`ready.estimated: The estimate is missing.`: the rules that have something to say, or that fail."""
    return "; ".join(f"{one.rule}: {one.says}".removesuffix(": ") for one in grounds if one.says or not one.passed)


def _passing(grounds: Sequence[Ground]) -> str:
    """`ready.described passes`, `20 rules pass`: for a page; a spreadsheet gets all names."""
    if len(grounds) == 1:
        return f"{grounds[0].rule} passes"
    return f"{wording.many(len(grounds), 'rule')} pass" if grounds else ""


def _evidence(grounds: Iterable[Ground]) -> str:
    quotes = chain.from_iterable(one.evidence for one in grounds)
    return "; ".join(f"{f'line {quote.line}' if quote.line else 'title'}: “{quote.text}”" for quote in quotes)


def _cells(run: str, one: HistoryEntry) -> tuple[str, ...]:
    return (
        run,
        one.at.isoformat() if one.at else "",
        one.issue,
        one.kind,
        one.mark,
        one.value,
        one.decision,
        one.reason,
        "" if one.status is None else str(one.status),
        one.why,
        _rules(one.grounds) or f"passed: {', '.join(ground.rule for ground in one.grounds)}",
        _evidence(one.grounds),
        one.before,
        "unknown" if one.after is None else one.after,
    )


def _figures(one: PastRun) -> Iterator[str]:
    if one.undoes:
        yield f"undo of {one.undoes}"
    numbers = ((f"{count} {result.value if result else 'unknown'}") for result, count in one.results.items() if count)
    yield ", ".join(numbers) or "nothing written"
    if one.not_written:
        yield f"{one.not_written} not made"


def _figure_cells(one: PastRun) -> tuple[str, ...]:
    results = (*Result, None)
    return (
        one.run,
        one.at.isoformat(),
        one.undoes or "",
        *(str(one.results.get(result, 0)) for result in results),
        "" if one.not_written is None else str(one.not_written),
    )


def document(history: RunHistory) -> "doc.HistoryDocument":
    """What one run wrote and did not write."""
    from sync.reports.json_models import contract as doc

    unwritten = history.not_written
    return doc.HistoryDocument(
        run=history.run,
        started=history.started,
        finished=history.finished,
        digest=history.digest,
        undoes=history.undoes,
        written=tuple(map(_entry, history.written)),
        not_written=None if unwritten is None else tuple(map(_entry, unwritten)),
    )


def _entry(entry: HistoryEntry) -> "doc.HistoryEntryPart":
    from sync.reports.json_models import contract as doc

    rules = tuple(doc.RulePart.model_validate(ground) for ground in entry.grounds)
    fields = {name: getattr(entry, name) for name in doc.HistoryEntryPart.model_fields if name != "rules"}
    return doc.HistoryEntryPart(**fields, rules=rules)


def runs_document(runs: Iterable[PastRun]) -> "doc.RunsDocument":
    """The latest runs in figures."""
    from sync.reports.json_models import contract as doc

    return doc.RunsDocument(runs=tuple(map(_past_run, runs)))


def _past_run(run: PastRun) -> "doc.PastRunPart":
    from sync.reports.json_models import contract as doc

    return doc.PastRunPart(
        run=run.run,
        at=run.at,
        undoes=run.undoes,
        done=run.results.get(Result.DONE, 0),
        already_so=run.results.get(Result.ALREADY_SO, 0),
        skipped=run.results.get(Result.SKIPPED, 0),
        failed=run.results.get(Result.FAILED, 0),
        unknown=run.results.get(None, 0),
        not_written=run.not_written,
    )
