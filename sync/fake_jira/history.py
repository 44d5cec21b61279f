"""The entries of Jira's change history for an edit: field, from, to, each as value and as text.

Jira writes no rank down, only the direction ("Ranked higher"), and one entry for each link that came or went.
"""

from collections.abc import Callable, Iterator
from typing import Protocol

from sync.fake_jira.records import Bond, Item, Record, Sprint
from sync.fake_jira.text import as_wiki

Shown = tuple[str | None, str | None]


class Known(Protocol):
    """What a site knows of other records, by which an entry names them."""

    sprints: dict[int, Sprint]
    issues: dict[str, Record]


Read = Callable[[Known, Record], Shown]


def differences(site: Known, before: Record, after: Record) -> tuple[Item, ...]:
    """One `Item` for every field that differs, in a stable order; links have one each."""
    items = []
    for name, field_id, read in FIELDS:
        old, new = read(site, before), read(site, after)
        if old != new:
            items.append(Item(name, field_id, *old, *new))
    return (*items, *_ranked(before, after), *_linked(site, before, after))


def _ranked(before: Record, after: Record) -> Iterator[Item]:
    if before.rank != after.rank:
        yield Item("Rank", "rank", "", "", "", "Ranked higher" if after.rank < before.rank else "Ranked lower")


def _linked(site: Known, before: Record, after: Record) -> Iterator[Item]:
    was, now = ({bond.id: bond for bond in record.bonds} for record in (before, after))
    for number in sorted(was.keys() - now.keys()):
        yield Item("Link", "issuelinks", *_bond(site, was[number]), None, None)
    for number in sorted(now.keys() - was.keys()):
        yield Item("Link", "issuelinks", None, None, *_bond(site, now[number]))


def _bond(site: Known, bond: Bond) -> Shown:
    other = site.issues.get(bond.other)
    key = other.key if other is not None else str((bond.stub or {}).get("key") or bond.other)
    return key, f"This issue {bond.type.outward if bond.outward else bond.type.inward} {key}"


def _text(pick: Callable[[Record], str]) -> Read:
    return lambda _, record: (None, pick(record) or None)


def _number(pick: Callable[[Record], float | None]) -> Read:
    return lambda _, record: (None, None if (value := pick(record)) is None else f"{value:g}")


def _seconds(pick: Callable[[Record], int | None]) -> Read:
    def read(_: Known, record: Record) -> Shown:
        value = pick(record)
        return (None, None) if value is None else (str(value), str(value))

    return read


def _sprints(site: Known, record: Record) -> Shown:
    ids = [number for number in record.sprints if number in site.sprints]
    return ", ".join(map(str, ids)), ", ".join(site.sprints[number].name for number in ids)


def _parent(site: Known, record: Record) -> Shown:
    parent = site.issues.get(record.parent or "")
    return (parent.id, parent.key) if parent is not None else (None, None)


def _assignee(_: Known, record: Record) -> Shown:
    return (record.assignee.id, record.assignee.display) if record.assignee else (None, None)


def _priority(_: Known, record: Record) -> Shown:
    return (record.priority.id, record.priority.name) if record.priority else (None, None)


FIELDS: tuple[tuple[str, str, Read], ...] = (
    ("summary", "summary", _text(lambda record: record.summary)),
    ("description", "description", _text(lambda record: as_wiki(record.description))),
    ("Acceptance Criteria", "acceptance", _text(lambda record: as_wiki(record.acceptance))),
    ("labels", "labels", lambda _, record: ("", " ".join(record.labels))),
    ("Component", "components", _text(lambda record: ", ".join(record.components))),
    ("Fix Version", "fixVersions", _text(lambda record: ", ".join(record.fix_versions))),
    ("Sprint", "sprint", _sprints),
    ("Story Points", "points", _number(lambda record: record.points)),
    ("Story point estimate", "team_points", _number(lambda record: record.team_points)),
    ("timeoriginalestimate", "timeoriginalestimate", _seconds(lambda record: record.original_seconds)),
    ("timeestimate", "timeestimate", _seconds(lambda record: record.remaining_seconds)),
    ("timespent", "timespent", _seconds(lambda record: record.spent_seconds)),
    ("status", "status", lambda _, record: (record.status.id, record.status.name)),
    ("resolution", "resolution", _text(lambda record: record.resolution or "")),
    ("issuetype", "issuetype", lambda _, record: (record.type.id, record.type.name)),
    ("priority", "priority", _priority),
    ("assignee", "assignee", _assignee),
    ("Flagged", "flagged", _text(lambda record: "Impediment" if record.flagged else "")),
    ("Team", "team", _text(lambda record: record.team or "")),
    ("Parent", "parent", _parent),
    ("Key", "key", _text(lambda record: record.key)),
)
