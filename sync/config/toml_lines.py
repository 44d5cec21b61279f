"""Paths into TOML: the value at a path, and its line in the text.

`tomllib` gives values without lines. The scanner gives lines without values: it reads a text that `tomllib` has already
accepted. So it only needs to find where keys and values begin and end.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any

TomlPath = tuple[str | int, ...]
"""Keys and list positions from the top of the file: ("teams", 0, "people", 1, "share")."""


class _Nothing:
    """Stands for "no value", which differs from an empty one."""


NOTHING = _Nothing()

_SPACE = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)+")
_BLANK = re.compile(r"[ \t]*")
_KEY = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[^\s=.\[\]{},#\"']+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})|\'\'\'.*?\'\'\'\'{0,2}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL
)
_BARE = re.compile(r"[^,\]}\s#][^,\]}\n#]*")
_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(["\\]))')


def step(data: object, part: str | int) -> object:
    """The value under one key or position of a table or list, `NOTHING` if there is none."""
    if isinstance(data, Mapping) and part in data:
        return data[part]
    if isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data):
        return data[part]
    return NOTHING


def value_at(data: object, path: TomlPath) -> object:
    """The value at a path, `NOTHING` if there is none."""
    for part in path:
        data = step(data, part)
    return data


def leaves(data: object, path: TomlPath = ()) -> Iterator[tuple[TomlPath, object]]:
    """Every value that is neither table nor list, with its path, in the order of the file."""
    pairs: Any = ()
    if isinstance(data, Mapping):
        pairs = data.items()
    elif isinstance(data, list):
        pairs = enumerate(data)
    else:
        yield path, data
    for part, value in pairs:
        yield from leaves(value, (*path, part))


class Places:
    """The line of every path in a TOML text that `tomllib` accepts."""

    def __init__(self, text: str) -> None:
        self._lines = _Scanner(text).scan()

    def line_of(self, path: TomlPath) -> int:
        """The 1-based line of a path, or of the nearest table or list around it in the text; 1 for the whole text."""
        for length in range(len(path), 0, -1):
            line = self._lines.get(path[:length])
            if line is not None:
                return line
        return 1

    def holds(self, path: TomlPath) -> bool:
        """Whether the text has a key, table or list entry at this path."""
        return path in self._lines


class _Scanner:
    def __init__(self, text: str) -> None:
        # A line ending of two characters counts once, as in tomllib.
        self.text = text.replace("\r\n", "\n")
        self.at = 0
        self.ends = [place for place, char in enumerate(self.text) if char == "\n"]
        self.lines: dict[TomlPath, int] = {}
        self.arrays: dict[TomlPath, int] = {}

    def scan(self) -> Mapping[TomlPath, int]:
        table: TomlPath = ()
        self._skip()
        while self.at < len(self.text):
            if self._peek() == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip()
        return self.lines

    def _header(self) -> TomlPath:
        listed = self.text.startswith("[[", self.at)
        line = self._line()
        self.at += 2 if listed else 1
        path = self._resolve(self._keys(), last=not listed)
        self.at += 2 if listed else 1
        if listed:
            number = self.arrays.get(path, -1) + 1
            self.arrays[path] = number
            self._note((), path, line)
            path = (*path, number)
        self._note((), path, line)
        return path

    def _resolve(self, keys: TomlPath, *, last: bool) -> TomlPath:
        """The path a header means: below a list of tables it means the last entry of the list."""
        path: TomlPath = ()
        for place, key in enumerate(keys):
            path = (*path, key)
            if path in self.arrays and (last or place < len(keys) - 1):
                path = (*path, self.arrays[path])
        return path

    def _pair(self, table: TomlPath) -> None:
        line = self._line()
        path = (*table, *self._keys())
        self._note(table, path, line)
        self.at += 1  # the equals sign
        self._blank()
        self._value(path)

    def _value(self, path: TomlPath) -> None:
        match self._peek():
            case "[":
                self._list(path)
            case "{":
                self._inline(path)
            case '"' | "'":
                self._take(_STRING)
            case _:
                self._take(_BARE)

    def _list(self, path: TomlPath) -> None:
        self.at += 1
        number = 0
        self._skip()
        while self._peek() not in ("]", ""):
            self._note((), (*path, number), self._line())
            self._value((*path, number))
            number += 1
            self._comma()
        self.at += 1

    def _inline(self, path: TomlPath) -> None:
        self.at += 1
        self._skip()
        while self._peek() not in ("}", ""):
            self._pair(path)
            self._comma()
        self.at += 1

    def _keys(self) -> TomlPath:
        keys: list[str] = []
        while True:
            self._blank()
            keys.append(_unquoted(self._take(_KEY)))
            self._blank()
            if self._peek() != ".":
                return tuple(keys)
            self.at += 1

    def _note(self, table: TomlPath, path: TomlPath, line: int) -> None:
        """Record the first line of a path, and of the tables it creates on its way."""
        for length in range(len(table) + 1, len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def _comma(self) -> None:
        self._skip()
        if self._peek() == ",":
            self.at += 1
            self._skip()

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None or not match.group():  # never on a text that tomllib accepts; still, no endless loop
            self.at += 1
            return ""
        self.at = match.end()
        return match.group()

    def _skip(self) -> None:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _blank(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _line(self) -> int:
        return bisect_left(self.ends, self.at) + 1


def _unquoted(key: str) -> str:
    if key[:1] == "'":
        return key[1:-1]
    if key[:1] == '"':
        return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else m[3], key[1:-1])
    return key
