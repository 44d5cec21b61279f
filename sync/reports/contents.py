"""What is new in the backlog and what it is made of, in sentences that are the same in every report.

Issues are named by their keys only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rules.inventory.new_issues import NewIssue, NewIssues, Wait
from rules.inventory.work import Area, Contents
from rules.wording import agreeing, agreeing_of
from sync.reports import format as wording
from sync.reports.base import RunReport
from sync.reports.learned import Chapter
from sync.sanitize import clip

TITLE = "New issues, kinds of work and channels"
MOST = 10
"""Issues that a sentence describes; the JSON output has all."""


def chapters(report: RunReport) -> tuple[Chapter, ...]:
    """What is new, and of what the backlog is made; empty where nobody looked or nothing is there."""
    made = (*_of_new(report.new_issues), *_of_contents(report.contents))
    return tuple(chapter for chapter in made if chapter.sentences)


def _of_new(new: NewIssues | None) -> Iterator[Chapter]:
    if new is not None:
        yield Chapter("Since the last run and the last planning", SINCE, tuple(_latest(new)))
        days = wording.many(new.days, "day")
        yield Chapter("From new to ranked and estimated", WAITS.format(days=days), tuple(_waits(new)))
        yield Chapter("From feedback to a place and to done", FEEDBACK.format(days=days), tuple(_feedback(new)))


def _of_contents(made: Contents | None) -> Iterator[Chapter]:
    if made is not None:
        kinds = (*_shares(made.kinds, KINDS), *_unmapped(made), *_late_actions(made))
        yield Chapter("Kinds of work", MADE_OF, kinds)
        yield Chapter("What the order rests on", ORDER, tuple(_grounds(made)))
        channels = (*_shares(made.channels, CHANNELS), *_taken_part(made))
        yield Chapter("Where the work comes from", CAME_FROM, channels)


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


FEEDBACK = "Issues of stakeholders that were created, or done, in the last {days}. [channels.stakeholder] says which."


def _feedback(new: NewIssues) -> Iterator[str]:
    of = new.feedback
    if of.ranked.issues:
        yield _wait("ranked", of.ranked)
    if of.done:
        count = f"{wording.many(of.done, 'issue')} {agreeing(of.done, 'was', 'were')} done"
        usual = None if of.median_days is None else wording.many(of.median_days, "day")
        yield f"{count}: too few for a usual time." if usual is None else f"{count}, half of these within {usual}."


ORDER = (
    "Issues in the ready horizon, without defects. Value: in the field, the story sentence or a section. Goal: an "
    "epic, or a Sprint Goal that the issue serves. Stakeholders: the issue or a comment is theirs, or its text names "
    "a talk."
)


def _grounds(made: Contents) -> Iterator[str]:
    """How many near issues have each of the three, and the first that have none."""
    if (of := made.grounds) is not None and of.issues:
        shares = f"value {of.value}, goal {of.goal}, stakeholders {of.stakeholders}"
        none = f" None of the three: {wording.keys(of.without)}." if of.without else ""
        yield f"Of {wording.many(of.issues, 'issue')}: {shares}.{none}"


def _taken_part(made: Contents) -> Iterator[str]:
    """How many near issues show the part of stakeholders, and the first that do not."""
    if (part := made.taken_part) is not None:
        show = agreeing_of(part.evident, part.issues, "shows", "show")
        others = f" Not yet: {wording.keys(part.without)}." if part.without else ""
        near = f"{part.evident} of {wording.many(part.issues, 'issue')} in the ready horizon"
        yield f"{near} {show} that stakeholders took part in the content.{others}"


MADE_OF = (
    "Shares of the size. What has no estimate counts with its assumed size. [contents] says how kinds are recognised."
)
CAME_FROM = "Shares of the size by the channel that issues came through. [channels] says how channels are recognised."
KINDS = {
    "story": "stories",
    "bug": "bugs",
    "design": "design",
    "debt": "debt",
    "request": "requests",
    "action": "retrospective actions",
    "": "no kind",
}
CHANNELS = {"art": "ART", "team": "teams", "stakeholder": "stakeholders", "": "channel unknown"}


def _shares(areas: Iterable[Area], names: Mapping[str, str]) -> Iterator[str]:
    """One sentence an area: `In the ready horizon (49 issues): stories 60 %, bugs 40 %, ...`."""
    for area in areas:
        if area.issues:
            by_name = {one.name: one for one in area.portions}
            shares = (f"{text} {round(100 * area.share(by_name[name]))} %" for name, text in names.items())
            yield f"In the {area.name} ({wording.many(area.issues, 'issue')}): {', '.join(shares)}."


def _unmapped(made: Contents) -> Iterator[str]:
    for name, keys in made.unmapped.items():
        issues = wording.many(len(keys), "issue")
        have = agreeing(len(keys), "has", "have")
        yield f"{issues} of the type {clip(name, 40)} {have} no kind of work: {wording.keys(keys)}."


def _late_actions(made: Contents) -> Iterator[str]:
    for one in made.actions[:MOST]:
        faults = [*([] if one.has_owner else ["has no owner"]), *(["is older than two sprints"] if one.is_late else [])]
        yield f"{one.issue.key}, an action of a retrospective, {' and '.join(faults)}."
