"""What is new in the backlog, in sentences that are the same in every report. Issues are named by their keys only."""

from collections.abc import Iterator, Sequence

from rules.inventory.new_issues import NewIssue, NewIssues, Wait
from rules.wording import agreeing, agreeing_of
from sync.reports import format as wording
from sync.reports.base import RunReport
from sync.reports.learned import Chapter

TITLE = "New issues"
MOST = 10
"""Issues that a sentence describes; the JSON output has all."""


def chapters(report: RunReport) -> tuple[Chapter, ...]:
    """What is new; empty where nobody looked or nothing is."""
    new = report.new_issues
    if new is None:
        return ()
    made = (
        Chapter("Since the last run and the last planning", SINCE, tuple(_latest(new))),
        Chapter(
            "From new to ranked and estimated", WAITS.format(days=wording.many(new.days, "day")), tuple(_waits(new))
        ),
    )
    return tuple(chapter for chapter in made if chapter.sentences)


SINCE = "Open issues without epics and sub-tasks. Ranked means moved in the order, or put into a sprint, by a person."
WAITS = "Issues that were created in the last {days}, finished ones among them, as far as their past is known."


def _latest(new: NewIssues) -> Iterator[str]:
    if new.since_run is not None:
        yield from _listed(new.run, f"the last run ({wording.moment(new.since_run)})")
    if new.since_planning is not None:
        yield from _listed(new.planning, f"the last planning ({wording.day(new.since_planning)})")


def _listed(issues: Sequence[NewIssue], since: str) -> Iterator[str]:
    if not issues:
        yield f"No new issue since {since}."
        return
    yield f"{wording.many(len(issues), 'new issue')} since {since}."
    yield from (_described(one) for one in issues[:MOST])
    if len(issues) > MOST:
        yield f"And {len(issues) - MOST} more."


def _described(one: NewIssue) -> str:
    """An issue by its key: `SHOP-12: 5 days old, ranked after 0.5 days, not estimated yet.`."""
    age = f"{one.issue.key}: {wording.many(one.age, 'day')} old"
    if not one.known:
        return f"{age}, its past is not known."
    return f"{age}, {_after('ranked', one.ranked_after)}, {_after('estimated', one.estimated_after)}."


def _after(what: str, days: float | None) -> str:
    if days is None:
        return f"not {what} yet"
    return f"{what} after {wording.many(days, 'day')}" if days else f"{what} when it was created"


def _waits(new: NewIssues) -> Iterator[str]:
    if not new.ranked.issues:
        return
    yield _wait("ranked", new.ranked)
    if new.estimated is not None:
        yield _wait("estimated", new.estimated)
    if new.unranked:
        keys = wording.keys([one.issue.key for one in new.unranked])
        were = agreeing(len(new.unranked), "was", "were")
        issues = wording.many(len(new.unranked), "open issue")
        yield f"{issues} {were} not ranked for more than {wording.many(new.unranked_days, 'day')}: {keys}."


def _wait(what: str, wait: Wait) -> str:
    were = agreeing_of(wait.got, wait.issues, "was", "were")
    count = f"{wait.got} of {wording.many(wait.issues, 'issue')} {were} {what}"
    if wait.median_days is None:
        return f"{count}: too few for a usual wait."
    return f"{count}, half of these within {wording.many(wait.median_days, 'day')}."
