"""What the figures of a page rest on: which issues, how complete they are, and as of when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rules.model import Unit
from sync.reports import format as wording
from sync.reports.base import RunReport

State = Literal["complete", "filtered", "limited", "partial"]


CHOSEN = "Options chose a part of this, which is shown here."


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How complete the issues behind a page are.

    `issues` are those that the backlog query gives and the account may see, `counted` all of them but epics and
    sub-tasks, `restricted` those shown by their key only. `missing` has a sentence for each thing that is missing,
    `sentences` has all that a page says at its end. `as_of` is the moment of the issues where they were not read just
    now, else `None`.
    """

    state: State
    issues: int
    counted: int
    restricted: int
    missing: tuple[str, ...]
    sentences: tuple[str, ...]
    as_of: datetime | None


def coverage(report: RunReport, *, filtered: bool = False) -> Coverage:
    """What the pages of a run rest on. `filtered`: options chose some of the issues."""
    return Coverage(
        state=state(report, filtered=filtered),
        issues=len(report.judgement.verdicts),
        counted=len(report.judgement.counted),
        restricted=restricted(report),
        missing=tuple(missing(report)),
        sentences=(*sentences(report), *((CHOSEN,) if filtered else ())),
        as_of=report.as_of,
    )


def sentences(report: RunReport) -> tuple[str, ...]:
    """From what was read to what is missing, the same on every page."""
    return tuple(filter(None, (*_read(report), *missing(report))))


def _read(report: RunReport) -> Iterator[str]:
    snapshot = report.snapshot
    yield _counted(report)
    yield f"As of {wording.moment(snapshot.taken_at)}, from {wording.many(report.requests, 'request')} of this run."
    if report.as_of is not None:
        yield f"Another run was writing, so that the issues are those of {wording.moment(report.as_of)}."
    yield from earlier_day(report)
    if snapshot.unit is Unit.ISSUES:
        yield snapshot.unit_why


def earlier_day(report: RunReport) -> tuple[str, ...]:
    """Sentences about the earlier day that a report is of; none where it is of now."""
    earlier = report.earlier
    if earlier is None:
        return ()
    came = f": what run {earlier.run} was given" if earlier.run else ", rebuilt from the changelog"
    return (
        f"As of {wording.moment(earlier.taken_at)}{came}. The configuration and the absence files are those of today.",
        *(f"Not known: {one}." for one in earlier.unknown),
    )


def _counted(report: RunReport) -> str:
    """How many issues the backlog query gave, and how many of them are counted."""
    verdicts, counted = report.judgement.verdicts, report.judgement.counted
    if not verdicts:
        return "The backlog query gives no issue that readyline's account may see."
    all_of_them = "The one issue" if len(verdicts) == 1 else f"All {wording.many(len(verdicts), 'issue')}"
    read = f"{all_of_them} that the backlog query gives"
    apart = len(verdicts) - len(counted)
    rest = f", {wording.many(apart, 'epic or sub-task', 'epics and sub-tasks')} of them not counted" if apart else ""
    return f"{read} and readyline's account may see{rest}."


def state(report: RunReport, *, filtered: bool = False) -> State:
    """How complete the issues are; the first of the states that holds. `filtered`: options chose some of them."""
    if report.snapshot.left_out:
        return "partial"
    if restricted(report):
        return "limited"
    return "filtered" if filtered else "complete"


def restricted(report: RunReport) -> int:
    """How many issues are shown by their key only."""
    return sum(issue.restricted for issue in report.snapshot.issues)


def missing(report: RunReport) -> Iterator[str]:
    """A sentence for each thing that is missing: teams, texts, and what the tracker does not have."""
    yield from report.snapshot.left_out
    if hidden := restricted(report):
        yield f"{wording.many(hidden, 'issue')} {'is' if hidden == 1 else 'are'} restricted: only the key is shown."
    for absent, rules in sorted(report.judgement.unavailable.items()):
        yield wording.unchecked(absent, rules, report.snapshot)
