"""Queries built from the one in the configuration, of which only the ORDER BY is parsed."""

import re
from collections.abc import Iterable, Sequence

_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")
_PROJECTS = re.compile(r"\bproject\s*(?:=|in)\s*(\([^)]*\)|\"[^\"]*\"|'[^']*'|[\w-]+)", re.IGNORECASE)
_ORDER = re.compile(r"\border\s+by\b", re.IGNORECASE)


def without_order(jql: str) -> str:
    """The query without its ORDER BY; quoted words stay."""
    blanked = _QUOTED.sub(lambda match: " " * len(match.group()), jql)
    match = _ORDER.search(blanked)
    return (jql[: match.start()] if match else jql).strip()


def order_of(jql: str) -> str:
    """The ORDER BY of a query, "" for none."""
    return jql[len(without_order(jql)) :].strip()


def both(jql: str, clause: str) -> str:
    """Issues that match both the query and the clause."""
    return f"({jql}) AND {clause}" if jql else clause


def any_query(queries: Sequence[str]) -> str:
    """Issues that match at least one of the queries."""
    return " OR ".join(f"({jql})" for jql in queries)


def any_of(field: str, values: Iterable[str]) -> str:
    """Issues whose field has one of these values, which must be numbers or keys."""
    return f"{field} in ({', '.join(values)})"


def projects_named(jql: str) -> tuple[str, ...]:
    """The keys or names of the projects that a query names, as far as they are plain to see."""
    named = (word.strip(" ()\"'") for group in _PROJECTS.findall(jql) for word in group.split(","))
    return tuple(dict.fromkeys(filter(None, named)))
