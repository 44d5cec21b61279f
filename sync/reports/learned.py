"""What the past teaches the teams, in sentences that are the same in every report.

Figures of teams, in the order of the configuration: nothing about persons, and no ranking.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.learning.late_debate import DebateKind, SprintDebate, TeamDebate
from sync.reports import format as wording
from sync.reports.base import RunReport

TITLE = "What we learned"
UNKNOWN = "Not known: the tracker does not show past changes."
LATE = (
    "Changes of issues from the working day before the sprint until its planning is over. "
    "The aim is 0: what is not known belongs to refinement."
)
_KINDS = {
    DebateKind.TEXT: ("change of text", "changes of text"),
    DebateKind.CRITERIA: ("change of criteria", "changes of criteria"),
    DebateKind.ESTIMATE: ("estimate", "estimates"),
    DebateKind.COMMENTS: ("comment", "comments"),
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """One thing that was learned: a title, what it is about, and some sentences on each team."""

    title: str
    about: str
    sentences: tuple[str, ...]


def chapters(report: RunReport) -> tuple[Chapter, ...]:
    """Everything that was learned; empty where nobody asked for it or nothing is there to learn from."""
    learned = report.learned
    if learned is None:
        return ()
    if not learned.known:
        return (Chapter("Past changes", UNKNOWN, ()),)
    made = (Chapter("Late debate", LATE, tuple(_debates(report, learned.debates))),)
    return tuple(chapter for chapter in made if chapter.sentences)


def sprint_name(report: RunReport, sprint: str) -> str:
    """A sprint's name as it is now."""
    known = report.snapshot.sprint_by_id.get(sprint)
    return known.name if known else f"sprint {sprint}"


def _debates(report: RunReport, debates: tuple[TeamDebate, ...]) -> Iterator[str]:
    for one in debates:
        yield f"{one.team}, {sprint_name(report, one.latest.sprint)}: {_debate(one.latest)} {_usual(one)}"


def _debate(sprint: SprintDebate) -> str:
    when = f"from {wording.day(sprint.begins)} to {wording.day(sprint.ends)}"
    if not sprint.total:
        return f"no late change, {when}."
    changes = wording.many(sprint.total, "late change")
    issues = f"on {sprint.changed} of {wording.many(sprint.issues, 'issue')}"
    parts = ", ".join(
        wording.many(sprint.counts[kind], *_KINDS[kind]) for kind in DebateKind if sprint.counts.get(kind)
    )
    return f"{changes} {issues}, {when} ({parts})."


def _usual(debate: TeamDebate) -> str:
    earlier = ", ".join(str(one.total) for one in debate.before)
    if debate.usual is None:
        return f"Too few sprints before it to compare ({earlier or 'none'})."
    return f"Usual in the sprints before: {wording.figure(debate.usual)} ({earlier})."
