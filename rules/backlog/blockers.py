"""Which open issues each issue waits for, read from both ends of every link."""

from collections.abc import Mapping

from rules.model import Category, Issue, Link, LinkKind, Snapshot

Blockers = Mapping[str, tuple[str, ...]]


def blockers_of(snapshot: Snapshot) -> Blockers:
    """Key to the keys of the open issues that block it, sorted. What nobody told to be done counts as open."""
    waits: dict[str, set[str]] = {}
    for issue in snapshot.by_key.values():
        for link in issue.links:
            if link.kind is LinkKind.BLOCKED_BY and _is_open(link, snapshot):
                waits.setdefault(issue.key, set()).add(link.key)
            elif link.kind is LinkKind.BLOCKS and issue.is_open:
                waits.setdefault(link.key, set()).add(issue.key)
    return {key: tuple(sorted(blocking)) for key, blocking in waits.items()}


def _is_open(link: Link, snapshot: Snapshot) -> bool:
    known: Issue | None = snapshot.by_key.get(link.key)
    return known.is_open if known is not None else link.category is not Category.DONE
