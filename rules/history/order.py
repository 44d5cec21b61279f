"""Who changed the order of the backlog: the Product Owner decides it alone (The Scrum Guide, 2020)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from rules.model import EditField, Issue, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The last time that somebody else than the Product Owner gave an issue a new rank; `name` may be ""."""

    issue: Issue
    name: str
    at: datetime


def owner_accounts(snapshot: Snapshot) -> frozenset[str]:
    """The accounts of the Product Owner: the configured one, else those that changed issues under that name."""
    product = snapshot.product
    if product.account:
        return frozenset({product.account})
    owner = _words(product.owner)
    edits = (edit for edits in snapshot.edits.values() for edit in edits)
    return frozenset(edit.account for edit in edits if edit.account and _words(edit.name) == owner)


def moves_by_others(
    snapshot: Snapshot, issues: Iterable[Issue], owner: Collection[str], since: datetime
) -> tuple[Move, ...]:
    """The issues that people other than the Product Owner moved since then, the latest move first."""
    moves = [
        Move(issue=issue, name=last.name, at=last.at)
        for issue in issues
        if (ranked := [edit for edit in snapshot.edits.get(issue.id, ()) if edit.field is EditField.RANK])
        and (last := ranked[-1]).at >= since
        and last.by_person
        and last.account not in owner
    ]
    return tuple(sorted(moves, key=lambda move: (move.at, move.issue.key), reverse=True))


def _words(name: str) -> frozenset[str]:
    """The words of a name: "Alvarez, Ana" is Ana Alvarez."""
    return frozenset(name.casefold().replace(",", " ").split())
