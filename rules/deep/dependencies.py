"""Which open issue waits for which, and whether the one it waits for stands below it."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.deep.view import View
from rules.model import Category, Issue, Link, LinkKind


@dataclass(frozen=True, slots=True, order=True)
class Wait:
    """One issue waits for another, both open. `inverted` says the other one comes later, or nobody knows when."""

    blocked: str
    blocker: str
    inverted: bool
    outside: bool = False


def waits(view: View) -> tuple[Wait, ...]:
    """Every open wait once, in rank order of the blocked issue, whichever end holds the link (B.4, 2).

    A blocker in a sprint comes in time; one outside this backlog that is not known to be done does not.
    """
    found = {(wait.blocked, wait.blocker): wait for wait in (*_told_by_blocked(view), *_told_by_blocker(view))}
    return tuple(sorted(found.values(), key=lambda wait: (view.rank[wait.blocked], wait.blocker)))


def _told_by_blocked(view: View) -> Iterator[Wait]:
    for issue, link in _links(view, LinkKind.BLOCKED_BY):
        place = view.rank.get(link.key)
        if place is not None:
            yield Wait(issue.key, link.key, inverted=place > view.rank[issue.key])
        elif (wait := _outside(view, issue, link)) is not None:
            yield wait


def _told_by_blocker(view: View) -> Iterator[Wait]:
    for issue, link in _links(view, LinkKind.BLOCKS):
        place = view.rank.get(link.key)
        if place is not None:
            yield Wait(link.key, issue.key, inverted=view.rank[issue.key] > place)


def _links(view: View, kind: LinkKind) -> Iterator[tuple[Issue, Link]]:
    return (
        (issue, link) for issue in view.issues for link in issue.links if link.kind is kind and link.key != issue.key
    )


def _outside(view: View, issue: Issue, link: Link) -> Wait | None:
    known = view.snapshot.by_key.get(link.key)
    if known is not None:
        return Wait(issue.key, link.key, inverted=False, outside=True) if known.is_open and known.sprint else None
    if link.category in (None, Category.DONE):
        return None
    return Wait(issue.key, link.key, inverted=True, outside=True)
