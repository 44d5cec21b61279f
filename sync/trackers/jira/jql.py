"""Putting queries together from the one in the configuration, without reading more of it than its ORDER BY."""

import re
from collections.abc import Iterable

_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")
_ORDER = re.compile(r"\border\s+by\b", re.IGNORECASE)


def without_order(jql: str) -> str:
    """The query without its ORDER BY; the words inside quotes stay."""
    blanked = _QUOTED.sub(lambda found: " " * len(found.group()), jql)
    found = _ORDER.search(blanked)
    return (jql[: found.start()] if found else jql).strip()


def order_of(jql: str) -> str:
    """What a query orders by, "" if it does not say."""
    return jql[len(without_order(jql)) :].strip()


def both(jql: str, clause: str) -> str:
    """Issues that match the query and the clause; an `OR` in the query stays whole."""
    return f"({jql}) AND {clause}" if jql else clause


def any_of(field: str, values: Iterable[str]) -> str:
    """Issues whose field holds one of these values, which must be numbers or keys."""
    return f"{field} in ({', '.join(values)})"
