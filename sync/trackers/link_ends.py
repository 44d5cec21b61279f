"""The other ends of links: their state and title, which trackers do not send along, or only as of an earlier day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rules.model import Category, Issue, Link, LinkKind

Ends = Mapping[str, tuple[Category, str]]
"""The category and title of issues, by key."""


def ends_among(issues: Iterable[Issue]) -> dict[str, tuple[Category, str]]:
    """These issues as the other ends of links."""
    return {issue.key: (issue.category, issue.title) for issue in issues}


def unknown_blockers(issues: Sequence[Issue], ends: Ends) -> list[str]:
    """The keys of issues that block these and are not known, sorted."""
    blockers = (link.key for issue in issues for link in issue.links if link.kind is LinkKind.BLOCKED_BY)
    return sorted(set(blockers) - ends.keys())


def with_ends(issues: Iterable[Issue], ends: Ends) -> list[Issue]:
    """The issues with the state and title of the issues they link to, as far as they are known."""
    return [replace(issue, links=tuple(_with_end(link, ends) for link in issue.links)) for issue in issues]


def _with_end(link: Link, ends: Ends) -> Link:
    category, title = ends.get(link.key, (link.category, link.title))
    return replace(link, category=category, title=title)
