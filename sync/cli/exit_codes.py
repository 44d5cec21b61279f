"""What the exit code of a command means, where its error does not say it (`sync.errors`)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rules.verdict import Verdict

FINDINGS = 1
"""A finding has at least the severity of --fail-on, or more verdicts change than --max-flips allows."""
REFUSED = 3
"""The plan is beyond a limit."""
PARTLY_FAILED = 5
"""Some changes failed, or a team was left out."""
FAULT = 70
"""An internal error; EX_SOFTWARE of sysexits.h."""


def findings_code(verdicts: "Sequence[Verdict]", level: str | None) -> int:
    """1 if an open finding has at least this severity, "must" or "should", else 0; without a level always 0."""
    if level is None:
        return 0
    from rules.rule import Severity

    counting = {Severity.MUST, Severity(level)}
    return FINDINGS * any(finding.severity in counting for verdict in verdicts for finding in verdict.open_findings)


def end(code: int) -> None:
    """End the command with this code, unless it is 0."""
    if code:
        raise typer.Exit(code)
