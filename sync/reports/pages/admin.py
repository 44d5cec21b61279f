"""The page of those who administer readyline: what was written and why, what was not, mails, rules, and health."""

from collections.abc import Iterator

from rules.plan.outcome import Result
from sync.reports import as_html, go_live, learned, planned_writes
from sync.reports import format as wording
from sync.reports.address import Link
from sync.reports.base import RunReport


def render(report: RunReport, navigation: tuple[Link, ...]) -> str:
    """The page, without the texts of restricted issues where the report has none."""
    values = {
        "state": state(report),
        "written": written(report),
        "failed": [one for one in report.outcomes if one.result is Result.FAILED],
        "answers": planned_writes.answers(report),
        "left_as_is": report.plan.left_as_is,
        "left_alone": planned_writes.left_alone(report),
        "outcome_of": planned_writes.outcome_of(report),
        "dry_run": go_live.sentences(report.go_live) if report.go_live else (),
        "mails": report.go_live.post if report.go_live else (),
        "undelivered": tuple(undelivered(report)),
        "rules": learned.of_rules(report),
        "health": tuple(health(report)),
    }
    return as_html.page("admin.html.j2", as_html.SHEETS, as_html.frame(report, navigation) | values)


def state(report: RunReport) -> str:
    """The answer of the page: what this run did to the tracker."""
    failed = sum(one.result is Result.FAILED for one in report.outcomes)
    if report.refused and report.writes:
        return "Plan refused: nothing was written"
    if failed:
        return f"{wording.many(failed, 'change')} failed"
    if report.outcomes:
        return f"{wording.many(len(report.outcomes), 'change')} written"
    if not report.plan.changes:
        return wording.idle(report)
    return f"{wording.many(len(report.plan.changes), 'change')} planned" if report.writes else "Writing is off"


def written(report: RunReport) -> str:
    """How many changes of which kind, on how many issues; what is to say where there are none."""
    plan = report.plan
    if not plan.changes:
        return f"{wording.idle(report)}."
    what = (
        wording.ended(report.outcomes)
        if report.outcomes
        else f"{wording.intended(plan.changes)}{wording.unwritten(report)}"
    )
    return f"{what}, on {len(plan.touched)} of {wording.many(plan.in_scope, 'issue')}."


def undelivered(report: RunReport) -> Iterator[tuple[str, str]]:
    """Who did not get a message, and what came in answer, how often it was tried, and when it is sent again."""
    for late in report.undelivered:
        for target, why in late.missing.items():
            again = f"next try from {wording.moment(late.next_try)}"
            yield str(target), f"{why}; {wording.many(late.tries, 'try', 'tries')}, {again}"


def health(report: RunReport) -> Iterator[tuple[str, str]]:
    """Facts of the run, each with its name."""
    seconds = round((report.finished - report.started).total_seconds(), 1)
    yield "Run", report.run
    yield "Started", wording.moment(report.started)
    yield "Took", wording.many(seconds, "second")
    yield "Requests to the tracker", str(report.requests)
    yield "Errors of rules", str(len(report.judgement.errors))
    yield "Teams left out", str(len(report.snapshot.stopped))
    yield "Writing", "on" if report.writes else "off"
    if report.quiet_until is not None:
        yield "Quiet hours", f"until {wording.moment(report.quiet_until)}"
    yield "Plan digest", report.plan.digest
