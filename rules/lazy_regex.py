"""Regular expressions that are compiled when they are first used.

A program that reads texts in a dozen languages has hundreds of them. Compiling all takes a third of a second at every
start, and most commands use a few.
"""

import re
from typing import Any, cast


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` returns, compiled at the first use; a faulty pattern raises `re.error` only then."""
    return cast("re.Pattern[str]", LazyRegex(pattern, flags))


class LazyRegex:
    """A pattern in waiting. Its methods become its own attributes at their first use, so later uses cost nothing."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._wanted = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)  # copying and pickling ask for what no pattern has
        value = getattr(self._compiled(), name)
        setattr(self, name, value)
        return value

    def _compiled(self) -> re.Pattern[str]:
        return re.compile(*self._wanted)
