"""How many near issues are reviewed, ordered, estimated and detailed, and how many of them newly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rules.backlog.index import Backlog
from rules.deep.measures.fresh import Fresh
from rules.history.firsts import first_estimated, first_ranked
from rules.history.kept import TEXTS
from rules.history.texts import issue_at
from rules.model import Edit, Issue
from rules.text import Facts, read_issue
from rules.verdict import Judgement

FRESH = Fresh()
WEEK = timedelta(days=7)


class ActivityKind(StrEnum):
    """The four activities of refinement; the values are part of the JSON output."""

    REVIEWED = "reviewed"
    ORDERED = "ordered"
    ESTIMATED = "estimated"
    DETAILED = "detailed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Of how many near `issues` an activity is done, and of how many it was done since a moment: `newly`.

    `issues` leaves out those of which that is not known.
    """

    kind: ActivityKind
    issues: int
    done: int
    newly: int


_Done = tuple[bool, bool]
"""Whether it is done, and whether that was since the moment."""


def activities(
    backlog: Backlog, judgement: Judgement, team: str, since: datetime, fresh: Fresh = FRESH
) -> tuple[Activity, ...]:
    """The four activities for the issues in the ready horizon, of one team or, where `team` is "", of all.

    An issue that is `fresh` counts as reviewed. There is no counter of estimates where the tracker has none. Without
    past changes only reviews are counted.
    """
    near = [
        verdict.issue
        for verdict in judgement.near
        if not team or any(one.name == team for one in backlog.teams[verdict.issue.key])
    ]
    edits, of = backlog.snapshot.edits, _Activities(backlog, since, timedelta(days=fresh.days))
    known = [(issue, edits[issue.id]) for issue in near if issue.id in edits]
    counted = [_counted(ActivityKind.REVIEWED, [(issue, ()) for issue in near], of.reviewed)]
    if known:
        counted.append(_counted(ActivityKind.ORDERED, known, of.ordered))
        if "points" not in backlog.snapshot.unavailable:
            counted.append(_counted(ActivityKind.ESTIMATED, known, of.estimated))
        counted.append(_counted(ActivityKind.DETAILED, known, of.detailed))
    return tuple(counted) if near else ()


def _counted(
    kind: ActivityKind,
    issues: Sequence[tuple[Issue, Sequence[Edit]]],
    activity: Callable[[Issue, Sequence[Edit]], _Done],
) -> Activity:
    results = [activity(issue, edits) for issue, edits in issues]
    newly = sum(done and new for done, new in results)
    return Activity(kind=kind, issues=len(results), done=sum(done for done, _ in results), newly=newly)


@dataclass(frozen=True, slots=True)
class _Activities:
    backlog: Backlog
    since: datetime
    fresh: timedelta

    def reviewed(self, issue: Issue, _: Sequence[Edit]) -> _Done:
        """A person changed it lately."""
        touched = issue.last_human_edit
        return self.backlog.snapshot.taken_at - touched <= self.fresh, touched > self.since

    def ordered(self, issue: Issue, edits: Sequence[Edit]) -> _Done:
        """A person gave it a place in the order, or it was created in a sprint."""
        at = first_ranked(edits) or (issue.created if issue.sprints else None)
        return at is not None, at is not None and at > self.since

    def estimated(self, issue: Issue, edits: Sequence[Edit]) -> _Done:
        """It has an estimate; a later one counts as the same."""
        at = first_estimated(issue, edits)
        return issue.points is not None, at is not None and at > self.since

    def detailed(self, issue: Issue, edits: Sequence[Edit]) -> _Done:
        """Its text says what must be true at the end; nothing new is claimed where the former text was not kept."""
        is_now = is_detailed(self.backlog.readings[issue.key].facts)
        if issue.created > self.since:
            return is_now, True
        changed = any(edit.field in TEXTS and edit.at > self.since for edit in edits)
        then = issue_at(issue, edits, self.since) if changed else None
        return is_now, then is not None and not is_detailed(self._facts(then))

    def _facts(self, issue: Issue) -> Facts:
        vocabulary = self.backlog.vocabulary
        return read_issue(issue.title, issue.document, issue.kind, issue.acceptance, vocabulary).facts


def is_detailed(facts: Facts) -> bool:
    """Whether a text has acceptance criteria or, for the report of a defect, steps, expected and actual result."""
    return facts.acceptance in {"present", "na"} and "no" not in {facts.steps, facts.expected, facts.actual}
