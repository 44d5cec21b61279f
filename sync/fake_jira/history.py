"""The entries of Jira's change history for an edit: field, from, to, each as value and as text."""

from collections.abc import Callable, Mapping

from sync.fake_jira.records import Item, Record, Sprint

Sprints = Mapping[int, Sprint]
Shown = tuple[str | None, str | None]


def differences(sprints: Sprints, before: Record, after: Record) -> tuple[Item, ...]:
    """One `Item` for every field that differs, in a stable order."""
    items = []
    for name, field_id, read in FIELDS:
        old, new = read(sprints, before), read(sprints, after)
        if old != new:
            items.append(Item(name, field_id, *old, *new))
    return tuple(items)


def _text(pick: Callable[[Record], str]) -> Callable[[Sprints, Record], Shown]:
    return lambda _, record: (None, pick(record) or None)


def _number(pick: Callable[[Record], float | None]) -> Callable[[Sprints, Record], Shown]:
    return lambda _, record: (None, None if (value := pick(record)) is None else f"{value:g}")


def _sprints(sprints: Sprints, record: Record) -> Shown:
    ids = [number for number in record.sprints if number in sprints]
    return ", ".join(map(str, ids)), ", ".join(sprints[number].name for number in ids)


def _body(record: Record) -> str:
    return record.description.wiki or (str(record.description.adf) if record.description.adf else "")


def _assignee(_: Sprints, record: Record) -> Shown:
    return (record.assignee.id, record.assignee.display) if record.assignee else (None, None)


def _priority(_: Sprints, record: Record) -> Shown:
    return (record.priority.id, record.priority.name) if record.priority else (None, None)


FIELDS: tuple[tuple[str, str, Callable[[Sprints, Record], Shown]], ...] = (
    ("summary", "summary", _text(lambda record: record.summary)),
    ("description", "description", _text(_body)),
    ("Acceptance Criteria", "acceptance", _text(lambda record: record.acceptance.wiki)),
    ("labels", "labels", lambda _, record: ("", " ".join(record.labels))),
    ("Component", "components", _text(lambda record: ", ".join(record.components))),
    ("Fix Version", "fixVersions", _text(lambda record: ", ".join(record.fix_versions))),
    ("Sprint", "sprint", _sprints),
    ("Story Points", "points", _number(lambda record: record.points)),
    ("Story point estimate", "team_points", _number(lambda record: record.team_points)),
    ("status", "status", lambda _, record: (record.status.id, record.status.name)),
    ("resolution", "resolution", _text(lambda record: record.resolution or "")),
    ("issuetype", "issuetype", lambda _, record: (record.type.id, record.type.name)),
    ("priority", "priority", _priority),
    ("assignee", "assignee", _assignee),
    ("Flagged", "flagged", _text(lambda record: "Impediment" if record.flagged else "")),
    ("Team", "team", _text(lambda record: record.team or "")),
    ("Parent", "parent", _text(lambda record: record.parent or "")),
    ("Rank", "rank", _number(lambda record: float(record.rank))),
    ("Key", "key", _text(lambda record: record.key)),
    ("Link", "issuelinks", _text(lambda record: " ".join(sorted(bond.id for bond in record.bonds)))),
)
