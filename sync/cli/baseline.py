"""The command `baseline`: show the findings it will silence, ask for the reason, accept them; list them, clear them."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import typer
from rich.text import Text

from rules.plan.left_alone import held_by_baseline
from rules.rule import Finding
from rules.verdict import Judgement
from sync.cli.formats import Form
from sync.cli.looking import planned
from sync.cli.terminal import Terminal
from sync.errors import UsageError
from sync.reports.base import RunReport
from sync.reports.json_models import dump
from sync.reports.redact import shared
from sync.store.baseline import Accepted

if TYPE_CHECKING:
    from sync.run.context import RunContext

NO_REASON = 'a baseline needs a reason: add --because "TEXT", or --dry-run to see what it would accept'
UNCHANGED = "Nothing was changed."
TO_ACCEPT, ACCEPTED, NO_LONGER = "to accept", "accepted", "no longer accepted"
"""What the listed findings are."""


def accept(terminal: Terminal, because: str, *, dry_run: bool) -> None:
    """Accept every open finding for a reason, which is asked for on a terminal. Raises `UsageError` without one."""
    asks = terminal.form is Form.TEXT and sys.stdin.isatty()
    if not (because or dry_run or asks):
        raise UsageError(NO_REASON)
    with _context(terminal, dry_run=dry_run) as context:
        report = planned(context)
        findings = _open_findings(shared(report).judgement)
        _list(terminal, _rows(findings), TO_ACCEPT)
        if not dry_run:
            because = because or typer.prompt("Why are these accepted?").strip()
            if not because:
                raise UsageError(NO_REASON)
            _accept(report, findings, because, context)
    done = "Accepted. From now on only new findings are reported. What is not ready stays not ready."
    rows = _rows(findings, because)
    if dry_run:
        _conclude(terminal, rows, TO_ACCEPT, UNCHANGED, accepted=0)
    else:
        _conclude(terminal, rows, ACCEPTED, done, accepted=len(findings))


def show(terminal: Terminal) -> None:
    """List what is accepted."""
    with terminal.look() as context:
        accepted = context.store.baseline.accepted()
    _list(terminal, accepted, ACCEPTED)
    _conclude(terminal, accepted, ACCEPTED, UNCHANGED, accepted=len(accepted))


def clear(terminal: Terminal, *, dry_run: bool) -> None:
    """Accept nothing any more: what is still missing is reported again from the next run on."""
    with _context(terminal, dry_run=dry_run) as context:
        accepted = context.store.baseline.accepted()
        if not dry_run:
            context.store.baseline.clear()
    _list(terminal, accepted, NO_LONGER)
    done = "Cleared. What is still missing is reported again from the next run on."
    _conclude(terminal, accepted, NO_LONGER, UNCHANGED if dry_run else done, accepted=len(accepted) if dry_run else 0)


@contextmanager
def _context(terminal: Terminal, *, dry_run: bool) -> "Iterator[RunContext]":
    """A context that only looks in a dry run."""
    opened = terminal.look() if dry_run else terminal.context()
    with opened as context:
        yield context


def _open_findings(judgement: Judgement) -> tuple[Finding, ...]:
    return tuple(finding for verdict in judgement.verdicts for finding in verdict.open_findings)


def _accept(report: RunReport, findings: Sequence[Finding], because: str, context: "RunContext") -> None:
    store = context.store.baseline
    store.accept(findings, because, report.started)
    silenced = tuple(
        replace(verdict, findings=tuple(replace(one, waived=one.waived or because) for one in verdict.findings))
        for verdict in report.judgement.verdicts
    )
    store.hold(held_by_baseline(Judgement(verdicts=silenced), report.proposal))


def _rows(findings: Sequence[Finding], because: str = "") -> tuple[Accepted, ...]:
    return tuple(
        Accepted(one.fingerprint, key=one.subject, rule=one.rule, phrase=one.phrase, because=because)
        for one in findings
    )


def _list(terminal: Terminal, rows: Sequence[Accepted], state: str) -> None:
    """Show a person the findings before anything is asked or changed."""
    from sync.reports import baseline as page

    terminal.aside(page.as_text(rows, state))


def _conclude(terminal: Terminal, rows: Sequence[Accepted], state: str, sentence: str, *, accepted: int) -> None:
    from sync.reports import baseline as page
    from sync.reports.as_json import baseline_document

    terminal.answer(
        text=lambda: Text(sentence),
        json=lambda: dump(baseline_document(rows, accepted)),
        markdown=lambda: page.as_markdown(rows, state, sentence),
    )
