"""How figures, days and changes are said, the same in every report."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from rules.capacity.model import Range
from rules.changes import AddLabel, Change, DeleteComment, MoveToSprint, PutComment, RemoveLabel
from rules.deep.model import Measure, Runway
from rules.model import Snapshot

_COUNTED = {
    AddLabel: ("label", "added", "to add"),
    RemoveLabel: ("label", "taken off", "to take off"),
    PutComment: ("comment", "written", "to write"),
    DeleteComment: ("comment", "removed", "to remove"),
    MoveToSprint: ("issue", "moved", "to move"),
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
    """How long ready work lasts, as a clause."""
    if one.sprints is None:
        return f"{many(one.ready_points, 'ready point')}; no pace is known, so no day can be told"
    until = f", runs dry on {day(one.dry_on)}" if one.dry_on else ""
    return f"{many(one.sprints, 'sprint')} of ready work{until}"


def measured(measure: Measure) -> str:
    """A measure's value with its unit, `–` where it could not be measured."""
    if measure.value is None:
        return "–"
    return f"{figure(measure.value)} {measure.unit}".strip()


def verb(change: Change) -> str:
    """What the change does, without its object."""
    match change:
        case AddLabel():
            return "add label"
        case RemoveLabel():
            return "take label off"
        case PutComment(comment=None):
            return "write comment"
        case PutComment():
            return "change comment"
        case DeleteComment():
            return "remove comment"
        case MoveToSprint():
            return "move to sprint"


def what(change: Change, snapshot: Snapshot) -> str:
    """The object of the change: the label, what the comment says, the sprint's name."""
    match change:
        case AddLabel(label=label) | RemoveLabel(label=label):
            return label
        case PutComment(note=note):
            return f"“{note.headline}”"
        case DeleteComment():
            return ""
        case MoveToSprint(sprint=sprint):
            known = snapshot.sprint_by_id.get(sprint)
            return known.name if known else sprint


def done(changes: Iterable[Change]) -> str:
    """`2 labels added, 1 comment written`, "" for no changes."""
    numbers = Counter(map(type, changes))
    return ", ".join(f"{many(numbers[kind], noun)} {did}" for kind, (noun, did, _) in _COUNTED.items() if numbers[kind])


def intended(changes: Iterable[Change]) -> str:
    """`2 labels to add, 1 comment to write`, "" for no changes."""
    numbers = Counter(map(type, changes))
    return ", ".join(f"{many(numbers[kind], noun)} {to}" for kind, (noun, _, to) in _COUNTED.items() if numbers[kind])
