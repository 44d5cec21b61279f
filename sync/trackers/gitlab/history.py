"""An issue's events and notes: its past changes, the sprints it was in, and who touched our marks.

GitLab remembers who added which label. So our marks are known without a store: our account made the last addition.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rules.history.kept import labels_text, number_text
from rules.model import Edit, EditField
from rules.plan.changes import SPRINT
from sync.trackers.gitlab.payloads import Event, Note, RawIssue, User
from sync.trackers.gitlab.site import Site
from sync.trackers.signed_comments import Remark, Signed, edited_among, ours_among
from sync.trackers.tolerant import EPOCH

ADDED = "add"
_TITLE = re.compile(r"changed title from \*\*(?P<before>.*)\*\* to \*\*(?P<after>.*)\*\*", re.DOTALL)
_MARKED = re.compile(r"\{([-+])(.*?)\1\}", re.DOTALL)
"""How GitLab marks what was removed from a title and what was added."""


@dataclass(frozen=True, slots=True)
class _State:
    """What events change about an issue: its labels, whether it is closed, its sprint and its weight."""

    labels: frozenset[str]
    is_closed: bool
    sprint: str
    weight: float | None


def own_comments(raw: RawIssue, site: Site) -> tuple[Signed, ...]:
    """Our comments on an issue, the oldest first."""
    return ours_among(remarks_of(raw.notes, site.account))


def remarks_of(notes: Iterable[Note], account: str) -> list[Remark]:
    """The notes that somebody wrote, the oldest first."""
    return [Remark(note.id, note.author.id == account, note.body) for note in notes if not note.system]


def changed_by(raw: RawIssue, site: Site) -> dict[str, str]:
    """Who but our account last changed a label or the sprint, or edited our comment."""
    changed: dict[str, str] = {}
    for mark, event in _marked(raw, site):
        changed.pop(mark, None)
        if event.user.id != site.account:
            changed[mark] = f"{event.user.name or 'a person'} changed it"
    return changed | edited_among(remarks_of(raw.notes, site.account))


def own_labels(raw: RawIssue, site: Site) -> frozenset[str]:
    """The labels that our account added and did not take away again, there or not."""
    last = {mark: event.action for mark, event in _ours(raw, site) if mark != SPRINT}
    return frozenset(label for label, action in last.items() if action == ADDED)


def own_sprint(raw: RawIssue, site: Site) -> str | None:
    """The sprint into which our account last moved the issue, `None` if it took it out again."""
    moves = [event for mark, event in _ours(raw, site) if mark == SPRINT]
    return _box_id(moves[-1], site) if moves and moves[-1].action == ADDED else None


def _ours(raw: RawIssue, site: Site) -> Iterator[tuple[str, Event]]:
    return ((mark, event) for mark, event in _marked(raw, site) if event.user.id == site.account)


def _marked(raw: RawIssue, site: Site) -> Iterator[tuple[str, Event]]:
    """The changes of labels and of the sprint, each with its mark; of one mark the oldest first."""
    for event in raw.label_events:
        yield from ((label, event) for label in site.labels([event.label.name]))
    yield from ((SPRINT, event) for event in raw.sprint_events)


def _box_id(event: Event, site: Site) -> str:
    return event.iteration.id if site.has_iterations else event.milestone.id


def sprints_of(raw: RawIssue, site: Site) -> tuple[str, ...]:
    """The sprints the issue was in at their end, and the present one; one that it left earlier does not count."""
    ids: list[str] = []
    for before, event in zip(["", *_sprints_after(raw, site)], raw.sprint_events, strict=False):
        if before and _stayed(event.created_at, before, site):
            ids.append(before)
    return tuple(dict.fromkeys((*ids, *filter(None, [site.box(raw).id]))))


def _sprints_after(raw: RawIssue, site: Site) -> list[str]:
    """The sprint after each of its events, "" for none."""
    return [_box_id(event, site) if event.action == ADDED else "" for event in raw.sprint_events]


def _stayed(left: datetime | None, number: str, site: Site) -> bool:
    sprint = site.sprints.get(number)
    if sprint is None or sprint.end is None or left is None:
        return sprint is None
    return left.date() >= sprint.end.date()


def last_change_by_people(raw: RawIssue, site: Site) -> datetime | None:
    """When somebody else than our account last changed or commented on an issue, its creation if nobody did."""
    events = (*raw.label_events, *raw.sprint_events, *raw.state_events, *raw.weight_events)
    theirs = [one.created_at for one in events if one.user.id != site.account]
    theirs += [note.created_at for note in raw.notes if note.author.id != site.account]
    return max(filter(None, theirs), default=raw.created_at)


def read_edits(raw: RawIssue, site: Site) -> list[Edit]:
    """The changes by anybody but our account, in time order."""
    edits = [*_edits_by_events(raw, site), *_edits_by_notes(raw)]
    return sorted((edit for edit in edits if edit.account != site.account), key=lambda edit: edit.at)


def _edits_by_events(raw: RawIssue, site: Site) -> Iterator[Edit]:
    """What each event changed: replayed backwards, from what the issue has now."""
    now = _State(frozenset(raw.labels), raw.is_closed, site.box(raw).id, raw.weight)
    for event, before in reversed(_steps(raw, site)):
        then = _State(
            now.labels - before.added | before.removed,
            now.is_closed if before.is_closed is None else before.is_closed,
            now.sprint if before.sprint is None else before.sprint,
            before.weight if before.has_weight else now.weight,
        )
        yield from _differences(raw, event, then, now, site)
        now = then


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """What an event changed, as it was before it, and the labels that it added or removed."""

    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    is_closed: bool | None = None
    sprint: str | None = None
    has_weight: bool = False
    weight: float | None = None


def _steps(raw: RawIssue, site: Site) -> list[tuple[Event, _Before]]:
    """All events in time order, with what was before each."""
    sprints, weights = ["", *_sprints_after(raw, site)], [None, *(event.weight for event in raw.weight_events)]
    steps = [
        *((event, _relabelled(event)) for event in raw.label_events if event.label.name),
        *((event, _Before(is_closed=event.state != "closed")) for event in raw.state_events),
        *((event, _Before(sprint=was)) for event, was in zip(raw.sprint_events, sprints, strict=False)),
        *(
            (event, _Before(has_weight=True, weight=was))
            for event, was in zip(raw.weight_events, weights, strict=False)
        ),
    ]
    return sorted(steps, key=lambda step: step[0].created_at or EPOCH)


def _relabelled(event: Event) -> _Before:
    names = frozenset({event.label.name})
    return _Before(added=names) if event.action == ADDED else _Before(removed=names)


def _differences(raw: RawIssue, event: Event, then: _State, now: _State, site: Site) -> Iterator[Edit]:
    before, after = _values(then, site), _values(now, site)
    for field in before:
        if before[field] != after[field]:
            yield _edit(raw.id, event.created_at, event.user, field, before[field], after[field])


def _values(state: _State, site: Site) -> Mapping[EditField, str]:
    points = site.points(state.labels, state.weight, None)
    return {
        EditField.LABELS: labels_text(site.labels(state.labels)),
        EditField.STATUS: site.status(state.labels, is_closed=state.is_closed),
        EditField.PRIORITY: site.priority(state.labels),
        EditField.SPRINT: state.sprint,
        EditField.ESTIMATE: "" if points is None else number_text(str(points)),
    }


def _edits_by_notes(raw: RawIssue) -> Iterator[Edit]:
    """What GitLab's own notes say: a new title with both values, of everything else only that it changed."""
    for note in raw.notes:
        if not note.system:
            continue
        if title := _TITLE.search(note.body):
            before, after = _unmarked(title["before"], "-"), _unmarked(title["after"], "+")
            yield _edit(raw.id, note.created_at, note.author, EditField.TITLE, before, after)
        else:
            field = EditField.DESCRIPTION if note.body.startswith("changed the description") else EditField.OTHER
            yield _edit(raw.id, note.created_at, note.author, field)


def _unmarked(title: str, sign: str) -> str:
    return _MARKED.sub(lambda part: part[2] if part[1] == sign else part[0], title)


def _edit(issue: str, at: datetime | None, by: User, field: EditField, before: str = "", after: str = "") -> Edit:
    return Edit(
        issue=issue,
        at=(at or EPOCH).astimezone(UTC),
        account=by.id,
        name=by.name,
        field=field,
        before=before,
        after=after,
        by_person=not by.is_bot,
    )


def by_people(raw: RawIssue, site: Site) -> Sequence[Note]:
    """The comments of people: notes that somebody wrote and that are not ours."""
    ours = {one.id for one in own_comments(raw, site)}
    return [note for note in raw.notes if not note.system and note.id not in ours]
