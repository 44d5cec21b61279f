"""How figures, days and changes are said, the same in every report."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import assert_never

from rules.capacity.model import Range
from rules.deep.model import Runway, Trend
from rules.model import Snapshot
from rules.plan.changes import (
    AddLabel,
    Change,
    ChangePlan,
    DeleteComment,
    MoveToBacklog,
    MoveToSprint,
    PutComment,
    RemoveLabel,
)
from rules.plan.outcome import Outcome, Result
from sync.reports.base import RunReport

_WORDS: dict[type[Change], tuple[str, str, str, str]] = {  # noun, done, to do, verb
    AddLabel: ("label", "added", "to add", "add label"),
    RemoveLabel: ("label", "taken off", "to take off", "take label off"),
    PutComment: ("comment", "written", "to write", "write comment"),
    DeleteComment: ("comment", "removed", "to remove", "remove comment"),
    MoveToSprint: ("issue", "moved", "to move", "move to sprint"),
    MoveToBacklog: ("issue", "taken out of a sprint", "to take out of a sprint", "take out of"),
}


def figure(value: float | None, missing: str = "unknown") -> str:
    """A number with at most one decimal, `5` rather than `5.0`."""
    if value is None:
        return missing
    rounded = round(value, 1)
    return f"{rounded:.0f}" if rounded == int(rounded) else f"{rounded:.1f}"


def many(count: float, one: str, more: str = "") -> str:
    """`1 issue`, `2 issues`; `more` is the plural where it is not formed with an s."""
    return f"{figure(count)} {one if count == 1 else more or one + 's'}"


def percent(part: int, whole: int) -> str:
    """A share as `40 %`, `none` of nothing."""
    return f"{round(100 * part / whole)} %" if whole else "none"


def day(when: date) -> str:
    """`27 March 2026`, for people of any country."""
    return f"{when.day} {when:%B %Y}"


def moment(when: datetime) -> str:
    """`2 March 2026, 09:00 UTC`, in the zone the value is in."""
    return f"{day(when)}, {when:%H:%M} {when.tzname() or ''}".rstrip()


def away(distance: float | None) -> str:
    """How far an issue is: `next` for the next sprint, else its distance in sprints."""
    if distance is None:
        return "–"
    return "next" if distance < 1 else f"{distance:.1f}"


def spread(points: Range | None) -> str:
    """`18 points (14 to 22)`: the median and the range from 85 % to 15 % probability."""
    if points is None:
        return "no points known"
    return f"{many(points.p50, 'point')} ({figure(points.p15)} to {figure(points.p85)})"


def runway(one: Runway) -> str:
    """How long ready work lasts, or why that cannot be told."""
    if one.sprints is None:
        return one.text.rstrip(".") or f"{many(one.ready_points, 'point')} are ready; no pace is known"
    until = f", until {day(one.dry_on)}" if one.dry_on else ""
    return f"Ready work lasts {many(one.sprints, 'sprint')}{until}"


def verb(change: Change) -> str:
    """What the change does, without its object."""
    if isinstance(change, PutComment) and change.comment is not None:
        return "change comment"
    return _WORDS[type(change)][3]


def what(change: Change, snapshot: Snapshot) -> str:
    """The object of the change: the label, what the comment says, the name of the sprint."""
    match change:
        case AddLabel(label=label) | RemoveLabel(label=label):
            return label
        case PutComment(note=note):
            return f"“{note.headline}”"
        case DeleteComment():
            return ""
        case MoveToSprint(sprint=sprint) | MoveToBacklog(sprint=sprint):
            known = snapshot.sprint_by_id.get(sprint)
            return known.name if known else sprint
    assert_never(change)


def done(changes: Iterable[Change]) -> str:
    """`2 labels added, 1 comment written`, "" for no changes."""
    numbers = Counter(map(type, changes))
    return ", ".join(f"{many(numbers[kind], words[0])} {words[1]}" for kind, words in _WORDS.items() if numbers[kind])


def intended(changes: Iterable[Change]) -> str:
    """`2 labels to add, 1 comment to write`, "" for no changes."""
    numbers = Counter(map(type, changes))
    return ", ".join(f"{many(numbers[kind], words[0])} {words[2]}" for kind, words in _WORDS.items() if numbers[kind])


def ended(outcomes: Iterable[Outcome]) -> str:
    """`2 labels added, 1 already so, 1 skipped, 1 failed`."""
    told = tuple(outcomes)
    numbers = Counter(one.result for one in told)
    written = done(one.change for one in told if one.result is Result.DONE) or "nothing written"
    others = (Result.ALREADY_SO, Result.SKIPPED, Result.FAILED)
    rest = (f"{numbers[result]} {result.value.replace('-', ' ')}" for result in others if numbers[result])
    return ", ".join((written, *rest))


def idle(plan: ChangePlan) -> str:
    """What has to wait of a plan; where that is nothing either, that all is well."""
    if plan.held:
        return f"{intended(plan.held)}, later"
    return "nothing: the tracker bears what it should"


def unwritten(report: RunReport) -> str:
    """Why planned changes were not written: `; nothing was written, writing is off`, "" where they might have been."""
    if not report.writes:
        return "; nothing was written, writing is off"
    if report.quiet_until is not None and not report.outcomes:
        return f"; nothing is written in the quiet hours, until {moment(report.quiet_until)}"
    return ""


def since(before: Trend, now: Trend) -> str:
    """What has changed since the last pass, in one sentence."""
    news = [
        _difference(now.ready, before.ready, "ready"),
        _difference(now.issues, before.issues, "in the backlog"),
        _difference(now.runway, before.runway, "sprints of ready work"),
        _difference(now.score, before.score, "on the DEEP score"),
    ]
    told = ", ".join(filter(None, news)) or "nothing has changed"
    return f"Since {moment(before.at)}: {told}."


def _difference(now: float | None, before: float | None, words: str) -> str:
    """`+2 ready`, "" where nothing has changed or one side is unknown."""
    change = 0.0 if now is None or before is None else round(now - before, 1)
    return f"{'+' if change > 0 else '−'}{figure(abs(change))} {words}" if change else ""


def gain(points: float, sprints: float) -> str:
    """What an action gains: `+0.4 sprints of ready work, +3 on the DEEP score`."""
    gained = (_difference(sprints, 0.0, "sprints of ready work"), _difference(points, 0.0, "on the DEEP score"))
    return ", ".join(filter(None, gained))


def score(value: float | None) -> str:
    """A score from 0 to 100 as a whole number, `–` where nothing could be measured."""
    return "–" if value is None else f"{value:.0f}"
