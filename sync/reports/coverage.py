"""What the figures of a page rest on: which issues, how complete they are, and as of when."""

from collections.abc import Iterator

from rules.model import Unit
from sync.reports import format as wording
from sync.reports import view_model
from sync.reports.base import RunReport


def sentences(report: RunReport) -> tuple[str, ...]:
    """From what was read to what is missing, the same on every page."""
    return tuple(filter(None, (*_read(report), *_missing(report))))


def _read(report: RunReport) -> Iterator[str]:
    snapshot = report.snapshot
    yield _counted(report)
    yield f"As of {wording.moment(snapshot.taken_at)}, from {wording.many(report.requests, 'request')} of this run."
    if report.as_of is not None:
        yield f"Another run was writing, so that the issues are those of {wording.moment(report.as_of)}."
    yield from view_model.earlier_day(report)
    if snapshot.unit is Unit.ISSUES:
        yield snapshot.unit_why


def _counted(report: RunReport) -> str:
    """How many issues the backlog query gave, and how many of them are counted."""
    verdicts, counted = report.judgement.verdicts, report.judgement.counted
    read = f"All {wording.many(len(verdicts), 'issue')} that the backlog query gives"
    apart = len(verdicts) - len(counted)
    rest = f", {wording.many(apart, 'epic or sub-task', 'epics and sub-tasks')} of them not counted" if apart else ""
    return f"{read} and readyline's account may see{rest}."


def _missing(report: RunReport) -> Iterator[str]:
    yield from report.snapshot.left_out
    hidden = sum(issue.restricted for issue in report.snapshot.issues)
    if hidden:
        yield f"{wording.many(hidden, 'issue')} {'is' if hidden == 1 else 'are'} restricted: only the key is shown."
    for missing, rules in sorted(report.judgement.unavailable.items()):
        yield wording.sentence(wording.unchecked(missing, rules, report.snapshot))
