"""What an undo and a run that was cut short have done, on the terminal and as Markdown."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from rules.plan.changes import ChangePlan
from rules.plan.outcome import Outcome
from sync.reports import format as wording
from sync.reports.base import CutRun
from sync.reports.blocks import grid_of, heading, line, with_reason
from sync.reports.markdown import escape, table_head, table_row
from sync.reports.redact import shared
from sync.sanitize import clip

Row = tuple[str, str, str, str]
"""The key of an issue, what was written there, how it ended, and why."""


def undo(undoes: str, plan: ChangePlan, outcomes: Sequence[Outcome]) -> RenderableType:
    """What of a run was undone, and what was kept because somebody changed it since."""
    title, ended = _undo_title(undoes, outcomes)
    return Group(heading(title, ended), _grid((*_rows(outcomes), *_kept(plan))))


def undo_markdown(undoes: str, plan: ChangePlan, outcomes: Sequence[Outcome]) -> str:
    """The same as Markdown."""
    title, ended = _undo_title(undoes, outcomes)
    return _page(title, ended, (*_rows(outcomes), *_kept(plan)), ())


def cut_run(cut: CutRun) -> RenderableType:
    """What a run that was cut short had done until then, and how to go on."""
    outcomes = _outcomes_of(cut)
    title, ended = _cut_title(cut, outcomes)
    grid = [_grid(tuple(_rows(outcomes)))] if outcomes else []
    return Group(heading(title, ended), *grid, *map(line, cut.how_to_go_on))


def cut_run_markdown(cut: CutRun) -> str:
    """The same as Markdown."""
    outcomes = _outcomes_of(cut)
    return _page(*_cut_title(cut, outcomes), tuple(_rows(outcomes)), cut.how_to_go_on)


def _undo_title(undoes: str, outcomes: Sequence[Outcome]) -> tuple[str, str]:
    return f"Undo of run {undoes}", wording.ended(outcomes) if outcomes else "nothing to undo"


def _cut_title(cut: CutRun, outcomes: Sequence[Outcome]) -> tuple[str, str]:
    return f"Run {cut.run} was cut short", wording.ended(outcomes) if outcomes else "nothing was written"


def _outcomes_of(cut: CutRun) -> Sequence[Outcome]:
    return shared(cut.report).outcomes if cut.report is not None else ()


def _rows(outcomes: Sequence[Outcome]) -> Iterator[Row]:
    for one in outcomes:
        yield one.change.key, wording.verb(one.change), wording.RESULTS[one.result], one.reason


def _kept(plan: ChangePlan) -> Iterator[Row]:
    for conflict in plan.left_as_is:
        yield conflict.key, "kept", conflict.what, conflict.why


def _grid(rows: Sequence[Row]) -> RenderableType:
    grid = grid_of(8, 14, None)
    for key, verb, result, why in rows:
        grid.add_row(Text(clip(key, 40)), Text(verb), with_reason(result, why))
    return Padding(grid, (0, 0, 0, 2))


def _page(title: str, ended: str, rows: Sequence[Row], after: Sequence[str]) -> str:
    lines = [f"## {escape(title)}", "", f"{escape(wording.sentence(ended))}"]
    if rows:
        lines += ["", *table_head("Issue", "Change", "Outcome", "Why")]
        lines += [table_row(*map(escape, row)) for row in rows]
    for sentence in after:
        lines += ["", escape(sentence)]
    return "\n".join(lines) + "\n"
