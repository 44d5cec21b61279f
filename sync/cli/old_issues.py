"""The commands `keep` and `release`: the Product Owner's answers about old issues, from the command line."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from rules.commands.answers import Answer, Commands
from rules.commands.grammar import LONGEST_REASON
from rules.commands.read import stay_text
from rules.plan.decisions import decided
from rules.release import Stay
from sync.cli.decisions import fresh_id, open_issue
from sync.cli.looking import planned
from sync.cli.terminal import Terminal
from sync.errors import UsageError
from sync.reports.base import RunReport
from sync.reports.json_models.results import DecisionsDocument, StayPart

if TYPE_CHECKING:
    from sync.run.context import RunContext


def keep(terminal: Terminal, keys: Sequence[str], *, until: str, by: str) -> None:
    """Record that these issues are kept, all of them or none. Raises `UsageError`."""
    with terminal.context() as context:
        report = planned(context)
        now = report.snapshot.taken_at
        last = _day(until, now.date()) if until else _silent(now, context.old_issues.keep_days)
        _record(terminal, context, report, keys, Stay(at=now, until=last), by=by)


def release(terminal: Terminal, keys: Sequence[str], *, because: str, by: str) -> None:
    """Record that these issues are released, and why. Raises `UsageError`."""
    reason = " ".join(because.split())[:LONGEST_REASON]
    if not reason:
        raise UsageError('a release needs a reason: add --because "TEXT"')
    with terminal.context() as context:
        report = planned(context)
        now = report.snapshot.taken_at
        in_sprint = [key for key in keys if open_issue(report, key).sprint is not None]
        if in_sprint:
            raise UsageError(f"{in_sprint[0]} is in a sprint; move it to the backlog first. Nothing was recorded")
        stay = Stay(at=now, until=_silent(now, context.old_issues.keep_days), because=reason)
        _record(terminal, context, report, keys, stay, by=by)


def _day(written: str, today: date) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise UsageError(f'"{written}" is not a day; write it as YYYY-MM-DD') from error
    if day < today:
        raise UsageError(f"{day} is over; name a day to come")
    return day


def _silent(now: datetime, days: int) -> date:
    return now.date() + timedelta(days=days)


def _record(
    terminal: Terminal, context: "RunContext", report: RunReport, keys: Sequence[str], stay: Stay, *, by: str
) -> None:
    issues = [open_issue(report, key) for key in keys]
    given = tuple(Answer(comment=fresh_id(), issue=one.id, text=stay_text(by, stay), stay=stay) for one in issues)
    answers = decided(Commands(answers=given, fresh=given), report.snapshot, report.proposal, context.policy).fresh
    context.store.commands.add(answers)
    terminal.print_result(
        "\n".join(f"{issue.key}: {answer.text}" for issue, answer in zip(issues, answers, strict=True)),
        lambda: DecisionsDocument(
            decisions=tuple(
                StayPart(
                    issue=issue.key,
                    kept=not stay.released,
                    until=stay.until,
                    because=stay.because,
                    text=str(answer.text),
                )
                for issue, answer in zip(issues, answers, strict=True)
            )
        ),
    )
