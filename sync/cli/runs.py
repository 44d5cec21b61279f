"""The commands that write: `run`, `undo`, `resume`, and the runs of `demo`."""

import sys
from collections.abc import Mapping
from datetime import datetime, time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer
from rich.text import Text

from rules.plan.outcome import Result
from sync.cli.exit_codes import PARTLY_FAILED, REFUSED
from sync.cli.formats import Form
from sync.cli.looking import day_of, warn_if_empty
from sync.cli.terminal import Terminal
from sync.errors import UsageError
from sync.extras import installing
from sync.reports import RENDERERS, make_room, write
from sync.reports.json_models import dump
from sync.stopping import StopRequest, asked_by_signals, heeding

if TYPE_CHECKING:
    from sync.reports.base import CutRun, RunReport
    from sync.run.context import RunContext
    from sync.run.unchanged import Unchanged


def run(terminal: Terminal, expect: str | None) -> None:
    """Run once, and print what it did."""
    stop = StopRequest()
    with asked_by_signals(stop), heeding(stop), terminal.context(stopping=stop) as context:
        from sync.run.unchanged import Unchanged

        terminal.make_room()
        report = _carry_out(context, expect, terminal)
        if not isinstance(report, Unchanged):
            warn_if_empty(report, context, terminal)
    if isinstance(report, Unchanged):
        _show_unchanged(report, terminal)
        return
    from sync.reports import as_json, as_markdown, as_text

    terminal.answer(
        text=lambda: as_text.summary(report),
        json=lambda: dump(as_json.run_document(report)),
        markdown=lambda: as_markdown.render(report),
    )
    _exit_by(report)


def _carry_out(context: "RunContext", expect: str | None, terminal: Terminal) -> "RunReport | Unchanged":
    """One run. Markdown is the whole report, for which the backlog is judged in any case."""
    from sync.run.unchanged import run_if_changed

    if terminal.form is not Form.MARKDOWN:
        return run_if_changed(context, expect=expect, on_cut=lambda cut: _show_cut(cut, terminal))
    from sync.run.run import execute_run

    return execute_run(context, expect=expect, on_cut=lambda cut: _show_cut(cut, terminal))


def _show_unchanged(report: "Unchanged", terminal: Terminal) -> None:
    """Print that nothing changed, and whose result still holds."""
    from sync.reports import as_json, as_text

    terminal.answer(
        text=lambda: as_text.unchanged(report.standing.run, report.standing.at),
        json=lambda: dump(as_json.unchanged_document(report.standing.document, report.run)),
    )


_DEMO_NEEDS: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "jira": ("its local Jira", ("werkzeug",), "demo"),
    "gitlab": ("its local GitLab", ("werkzeug", "gitlab"), "demo,gitlab"),
    "github": ("its local GitHub", ("werkzeug",), "demo"),
    "redmine": ("a library", ("werkzeug", "redminelib"), "demo,redmine"),
}
"""What the demo of each tracker needs: in words, as libraries, and the extras with them."""


def demo(terminal: Terminal, tracker: str, dialect: str, url: str, out: Path, *, keep: bool) -> None:
    """Run twice against a tracker with an invented company, and print both. Raises `UsageError` without its extra."""
    need, libraries, extras = _DEMO_NEEDS[tracker]
    if any(find_spec(library) is None for library in libraries):
        raise UsageError(f"The demo needs {need}; {installing(extras)}")
    from sync.demo.tour import Asked, as_document, demo_of
    from sync.reports import as_markdown, as_text
    from sync.run.context import open_context
    from sync.run.run import execute_run

    make_room(out)
    reports = []
    with demo_of(tracker, Asked(dialect, url)) as place:
        for name, heading in (("first", "First run"), ("second", "Second run, nothing changed in between")):
            terminal.heading(heading)
            with open_context(place.settings()) as context, terminal.busy("Working"):
                report = execute_run(context)
            reports.append(report)
            paths = write(report, RENDERERS, out / f"{name}-run")
            terminal.aside(as_text.summary(report, paths))
        terminal.answer(
            text=lambda: Text(f"\nOpen this page first: {out / 'first-run' / 'readyline.html'}"),
            json=lambda: as_document(reports),
            markdown=lambda: "\n".join(map(as_markdown.render, reports)),
        )
        if keep:
            terminal.aside(Text(place.directions()))
            place.wait()
    _exit_by(report)


def undo(terminal: Terminal, name: str, pause_until: str | None, *, force: bool) -> None:
    """Undo what a run wrote, and print it; ends with 5 where some of it failed. Raises `UsageError`."""
    until = _pause_end(terminal, pause_until) if pause_until else None
    with terminal.context() as context:
        from sync.run.undo import undo_run

        taken = undo_run(context, name, pause_until=until, force=force)
    from sync.reports import as_json, outcomes

    terminal.answer(
        text=lambda: outcomes.undo(taken.undoes, taken.plan, taken.outcomes),
        json=lambda: dump(as_json.undo_document(taken.run, taken.undoes, taken.plan, taken.outcomes)),
        markdown=lambda: outcomes.undo_markdown(taken.undoes, taken.plan, taken.outcomes),
    )
    if any(outcome.result is Result.FAILED for outcome in taken.outcomes):
        raise typer.Exit(PARTLY_FAILED)


def resume(terminal: Terminal) -> None:
    """End the pauses that an undo left."""
    from sync.reports.json_models.results import ResumeDocument

    with terminal.context() as context:
        paused = context.store.pauses.end(context.clock())
    text = f"Pauses ended: {paused}. The next run writes there again." if paused else "Nothing was paused."
    terminal.print_result(text, lambda: ResumeDocument(resumed=paused))


def _show_cut(cut: "CutRun", terminal: Terminal) -> None:
    """Print what a run had done when it was cut short."""
    from sync.reports import as_json, outcomes

    terminal.answer(
        text=lambda: outcomes.cut_run(cut),
        json=lambda: dump(as_json.cut_run_document(cut)),
        markdown=lambda: outcomes.cut_run_markdown(cut),
    )


def _exit_by(report: "RunReport") -> None:
    if report.refused:
        sys.stderr.write(f"{report.refused}\n")
        raise typer.Exit(REFUSED)
    if report.snapshot.stopped or any(outcome.result is Result.FAILED for outcome in report.outcomes):
        raise typer.Exit(PARTLY_FAILED)


def _pause_end(terminal: Terminal, day: str) -> datetime:
    return datetime.combine(day_of(day, "--pause-until"), time(), ZoneInfo(terminal.settings().schedule.timezone))
