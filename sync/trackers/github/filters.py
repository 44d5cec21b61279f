"""The backlog query: which of the open issues are the backlog.

It is written as "label=shop&type=Story|Bug". It is applied here and not by GitHub, so that it means the same for
repositories and for a Project.
"""

from collections.abc import Mapping

from sync.errors import BadQuery
from sync.trackers.github.payloads import RawIssue

ALLOWED = ("assignee", "label", "repository", "state", "type")


def read_filters(query: str) -> Mapping[str, frozenset[str]]:
    """The values that each part of a query allows, in lower case. Raises `BadQuery`."""
    filters: dict[str, frozenset[str]] = {}
    for part in filter(None, (one.strip() for one in query.replace("\n", "&").split("&"))):
        name, _, value = (piece.strip() for piece in part.partition("="))
        values = frozenset(one.strip().casefold() for one in value.split("|") if one.strip())
        if name not in ALLOWED or not values or (name == "state" and values != {"open"}):
            names = ", ".join(one for one in ALLOWED if one != "state")
            wrong = f'"{part}" is not state=open, or NAME=VALUE with one of the names {names}'
            raise BadQuery(f"{wrong}; correct [product] backlog")
        filters[name] = values
    if not filters:
        raise BadQuery('[product] backlog is empty: write "state=open" for all open issues')
    return filters


def matches(raw: RawIssue, filters: Mapping[str, frozenset[str]]) -> bool:
    """Whether an issue has one of the values of each part."""
    has = {
        "assignee": {person.login for person in raw.assignees},
        "label": raw.label_names,
        "repository": {raw.repository.name_with_owner},
        "state": {raw.state},
        "type": {raw.issue_type.name},
    }
    return all(values & {one.casefold() for one in has[name]} for name, values in filters.items())
