"""Regular expressions that are compiled when they are first used.

A program that reads texts in a dozen languages has hundreds of them. Compiling all takes a third of a second at every
start, and most commands use a few.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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


def holds_one(text: str, parts: Iterable[str]) -> bool:
    """Whether one of the parts is in the text: a loop, since it is asked for each line of each text."""
    for part in parts:  # noqa: SIM110 - `any` with a generator takes twice as long
        if part in text:
            return True
    return False


@dataclass(frozen=True, slots=True)
class CaselessPattern:
    """A pattern for which case makes no difference. Ask its matches for places: their words may be in lower case.

    The engine is faster where it need not compare two forms of each letter, nor ask Unicode what a letter is. So a text
    of ASCII signs is put into lower case first; in other texts that may shift places. To look for a piece of text is
    faster still: without one of the `parts`, if there are any, such a text is not searched.
    """

    everywhere: re.Pattern[str]
    in_ascii: re.Pattern[str]
    parts: tuple[str, ...] = ()

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first match from `start` on."""
        if not text.isascii():
            return self.everywhere.search(text, start)
        low = text.lower()
        if self.parts and not holds_one(low, self.parts):
            return None
        return self.in_ascii.search(low, start)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The match at `start`."""
        if not text.isascii():
            return self.everywhere.match(text, start)
        low = text.lower()
        if self.parts and not holds_one(low, self.parts):
            return None
        return self.in_ascii.match(low, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text."""
        if not text.isascii():
            return self.everywhere.fullmatch(text)
        low = text.lower()
        if self.parts and not holds_one(low, self.parts):
            return None
        return self.in_ascii.fullmatch(low)

    def findall(self, text: str) -> list[str]:
        """The texts of all matches, in lower case."""
        if not text.isascii():
            return [match.lower() for match in self.everywhere.findall(text)]
        return self.in_ascii.findall(text.lower())

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches, one after the other."""
        if not text.isascii():
            return self.everywhere.finditer(text)
        low = text.lower()
        return self.in_ascii.finditer(low) if not self.parts or holds_one(low, self.parts) else iter(())


def caseless(pattern: str, flags: int = 0, *, in_ascii: str | None = None, parts: str = "") -> CaselessPattern:
    """A pattern in lower case that ignores case; `in_ascii` is a shorter one for texts of ASCII signs alone.

    `parts` are pieces of text in lower case with bars between them: in a text of ASCII signs, every match must hold one
    of them. `tests/rules/test_lazy_regex.py` proves it of each pattern.
    """
    # Python takes a dotless i for an i without regard to case.
    shorter = (pattern if in_ascii is None else in_ascii).replace("ı", "i")
    pieces = tuple(parts.split("|")) if parts else ()
    return CaselessPattern(regex(pattern, flags | re.IGNORECASE), regex(shorter, flags | re.ASCII), pieces)
