"""How much was still discussed while a sprint was planned: unknowns belong to refinement, before the planning.

Counted are changes by people of what an issue asks for, and their comments. That is from the start of the working day
before the sprint until its planning is over: until its time box has passed since the sprint started. A first estimate
in that time counts, too. What apps and readyline change does not count.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import chain
from statistics import median
from zoneinfo import ZoneInfo

from rules.capacity.days import window_of
from rules.capacity.hours import planning_timebox
from rules.capacity.options import CapacityOptions
from rules.commands.grammar import COMMAND
from rules.history.replay import Edits, sprint_members, sprints_at
from rules.history.texts import issue_at, reading_at
from rules.learning.reader import PastReader
from rules.learning.sprints import begun, issues_of
from rules.model import Comment, Edit, EditField, Issue, Snapshot, Sprint, Team
from rules.text import Reading
from rules.workdays import is_worked, working_days_before

WORKING_DAYS = 1
"""Before the day on which the sprint starts."""
LEAST = 3
"""With fewer earlier sprints, what is usual is not known."""
_INSTANT = timedelta(microseconds=1)


class DebateKind(StrEnum):
    """What was discussed late."""

    TEXT = "text"
    CRITERIA = "criteria"
    ESTIMATE = "estimate"
    COMMENTS = "comments"


_KINDS: Mapping[EditField, DebateKind] = {
    EditField.TITLE: DebateKind.TEXT,
    EditField.DESCRIPTION: DebateKind.TEXT,
    EditField.ACCEPTANCE: DebateKind.CRITERIA,
    EditField.ESTIMATE: DebateKind.ESTIMATE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintDebate:
    """The late changes of one sprint, from `begins` until `ends`.

    `sprint` is its id. `counts` says how many changes there were of each kind, on `changed` of its `issues`. `unclear`
    of them had an open question or a placeholder in their text when it began.
    """

    sprint: str
    begins: datetime
    ends: datetime
    counts: Mapping[DebateKind, int]
    changed: int
    issues: int
    unclear: int = 0

    @property
    def total(self) -> int:
        """All late changes."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDebate:
    """The late changes of a team's latest planned sprint, and of those before it, oldest first."""

    team: str
    latest: SprintDebate
    before: tuple[SprintDebate, ...]

    @property
    def usual(self) -> float | None:
        """The median number of late changes in the sprints before; `None` where they are too few."""
        return median(one.total for one in self.before) if len(self.before) >= LEAST else None


def late_debates(snapshot: Snapshot, options: CapacityOptions, reader: PastReader) -> tuple[TeamDebate, ...]:
    """The late changes of each team whose last planning is known, in the order of the configuration.

    Sprints without usable dates, and those with an issue whose past is not known, are left out.
    """
    members = sprint_members(snapshot)

    def debate(team: Team, sprint: Sprint) -> SprintDebate | None:
        return _debate(snapshot, team, sprint, members.get(sprint.id, ()), options, reader)

    def of(team: Team) -> TeamDebate | None:
        known = tuple(filter(None, (debate(team, sprint) for sprint in begun(snapshot, team))))
        return TeamDebate(team=team.name, latest=known[-1], before=known[:-1]) if known else None

    return tuple(filter(None, map(of, snapshot.product.teams)))


def planning_time(team: Team, sprint: Sprint, options: CapacityOptions) -> tuple[datetime, datetime] | None:
    """From when until when changes are late for this sprint; `None` without usable dates."""
    window = window_of(sprint, options.timezone)
    if window is None or sprint.start is None:
        return None
    zone = ZoneInfo(options.timezone) if options.timezone else sprint.start.tzinfo
    first = sprint.start.astimezone(zone).date()
    day = working_days_before(first, WORKING_DAYS, lambda day: is_worked(team, day, options.holidays))
    ends = sprint.start + timedelta(hours=planning_timebox(window))
    return datetime.combine(day, time(0), zone), ends.astimezone(zone)


def _debate(
    snapshot: Snapshot,
    team: Team,
    sprint: Sprint,
    members: Sequence[Issue],
    options: CapacityOptions,
    reader: PastReader,
) -> SprintDebate | None:
    times = planning_time(team, sprint, options)
    pasts = [(issue, snapshot.edits.get(issue.id)) for issue in issues_of(snapshot, team, members)]
    if times is None or times[1] > snapshot.taken_at or any(edits is None for _, edits in pasts):
        return None
    begins, ends = times
    inside = [(issue, edits or ()) for issue, edits in pasts if _was_planned(issue, edits or (), sprint, begins, ends)]
    late = [tuple(_late(issue, edits, begins, ends)) for issue, edits in inside]
    return SprintDebate(
        sprint=sprint.id,
        begins=begins,
        ends=ends,
        counts=Counter(chain.from_iterable(late)),
        changed=sum(bool(kinds) for kinds in late),
        issues=len(inside),
        unclear=sum(_is_unclear(issue, edits, begins, reader) for issue, edits in inside),
    )


def _is_unclear(issue: Issue, edits: Edits, moment: datetime, reader: PastReader) -> bool:
    """Whether the text left something open at that moment, as far as the issue was there and its text is known."""
    then = issue_at(issue, edits, moment) if issue.created <= moment else None
    if then is None:
        return False
    facts = reader.read(then).facts
    return "yes" in {facts.open_question, facts.placeholder}


def _was_planned(issue: Issue, edits: Edits, sprint: Sprint, begins: datetime, ends: datetime) -> bool:
    """Whether the issue was in the sprint at any moment of its planning: one that was taken out was discussed, too."""
    moments = (begins, *(edit.at for edit in edits if begins < edit.at <= ends))
    return any(sprint.id in sprints_at(issue, edits, moment) for moment in moments)


def _late(issue: Issue, edits: Edits, begins: datetime, ends: datetime) -> Iterator[DebateKind]:
    for edit in edits:
        if edit.field in _KINDS and edit.by_person and begins <= edit.at <= ends:
            yield DebateKind.CRITERIA if _is_about_criteria(issue, edits, edit) else _KINDS[edit.field]
    yield from (DebateKind.COMMENTS for one in issue.comments if begins <= one.created <= ends and not _is_command(one))


def _is_command(comment: Comment) -> bool:
    return comment.document.prose.lstrip().lower().startswith(COMMAND)


def _is_about_criteria(issue: Issue, edits: Edits, edit: Edit) -> bool:
    """Whether a change of the description changed the acceptance criteria in it."""
    if edit.field is not EditField.DESCRIPTION:
        return False
    before, after = reading_at(issue, edits, edit.at - _INSTANT), reading_at(issue, edits, edit.at)
    return before is not None and after is not None and _criteria(before) != _criteria(after)


def _criteria(reading: Reading) -> list[str]:
    return [criterion.quote.text for criterion in reading.criteria]
