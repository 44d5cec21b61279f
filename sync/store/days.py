"""Earlier days as their last runs saw them, in a file of its own: what a run was given, so that it can be made again.

A day is many small parts: an issue, its past changes, its verdict, a row of the store, the order. A part is kept only
when it changed, as its difference from the version before, with the first and the last day that it holds for. The file
holds texts of issues, so only its owner may read it. Losing it costs the earlier days, nothing else.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sync.store.database import Database, Place
from sync.store.deltas import packed, unpacked
from sync.store.places import place
from sync.store.schema import DAYS

PartName = tuple[str, str]
"""The kind of a part, and which one of it: ("issue", "10023")."""

WHOLE_EVERY = 30
"""After so many differences a part is kept whole, so that reading it stays short."""


def place_of(store: Place | Path) -> Place:
    """Where the days of a store are."""
    return place(store).beside("days")


@dataclass(frozen=True, slots=True)
class _Version:
    """A version of a part that holds for the newest day: its first day, its digest, its place in the differences."""

    first: int
    digest: bytes
    depth: int


class Days:
    """The file. Every error is a `StoreError` that names it; days are numbered in the order they were added."""

    def __init__(self, database: Database) -> None:
        self._db = database

    @classmethod
    def open(cls, store: Place | Path) -> "Days":
        """Open the file next to this store, or make it."""
        return cls(place_of(store).open(DAYS))

    @classmethod
    def read_only(cls, store: Place | Path) -> "Days":
        """The file next to this store, which is not changed; empty where there is none."""
        return cls(place_of(store).reading(DAYS))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def known(self) -> tuple[date, ...]:
        """The stored days, oldest first."""
        return tuple(date.fromisoformat(day) for (day,) in self._db.rows("SELECT day FROM days ORDER BY number"))

    def add(self, at: datetime, parts: Mapping[PartName, bytes], *, keep_days: int) -> None:
        """Keep the day of this moment, in place of an earlier run of the same day; a day before the newest is left out.

        Days that are older than `keep_days` are dropped.
        """
        day = at.date()
        with self._db.transaction():
            newest = next(iter(self._db.rows("SELECT number, day FROM days ORDER BY number DESC LIMIT 1")), (0, ""))
            if newest[1] > day.isoformat():
                return
            number = newest[0] if newest[1] == day.isoformat() else newest[0] + 1
            self._db.write("INSERT INTO days VALUES (?, ?) ON CONFLICT DO NOTHING", (number, day.isoformat()))
            self._add(number, parts)
            self._drop_before(day - timedelta(days=keep_days))

    def parts(self, day: date) -> Mapping[PartName, bytes] | None:
        """Every part of a day; `None` where the day is not stored."""
        number = self._number(day)
        if number is None:
            return None
        rows = self._db.rows(
            "SELECT kind, id, coalesce(last, ?) >= ?, depth, content FROM parts WHERE first <= ? "
            "ORDER BY kind, id, first",
            (number, number, number),
        )
        parts: dict[PartName, bytes] = {}
        before = b""
        for kind, name, holds, depth, pack in rows:
            before = self._unpacked(pack, before if depth else None)
            if holds:
                parts[kind, name] = before
        return parts

    def versions(self, kind: str, name: str, *, before: date) -> Iterator[tuple[date, bytes]]:
        """One part on each day before this one that has it, oldest first."""
        rows = self._db.rows(
            "SELECT day, first, depth, content FROM parts JOIN days ON number >= first AND number <= coalesce(last, "
            "number) WHERE kind = ? AND id = ? ORDER BY first, number",
            (kind, name),
        )
        held, content = 0, b""
        for day, first, depth, pack in rows:
            if first != held:
                held, content = first, self._unpacked(pack, content if depth else None)
            if date.fromisoformat(day) < before:
                yield date.fromisoformat(day), content

    def _number(self, day: date) -> int | None:
        rows = self._db.rows("SELECT number FROM days WHERE day = ?", (day.isoformat(),))
        return next((number for (number,) in rows), None)

    def _add(self, number: int, parts: Mapping[PartName, bytes]) -> None:
        rows = self._db.rows("SELECT kind, id, first, digest, depth FROM parts WHERE last IS NULL")
        current = {(kind, name): _Version(first, digest, depth) for kind, name, first, digest, depth in rows}
        for part, content in parts.items():
            version, digest = current.pop(part, None), hashlib.blake2b(content, digest_size=12).digest()
            if version is None or version.digest != digest:
                self._end(part, version, number)
                self._insert(part, number, digest, content)
        for part, version in current.items():
            self._end(part, version, number)

    def _end(self, part: PartName, version: _Version | None, number: int) -> None:
        """From this day on the version does not hold; one of an earlier run of this day never did."""
        if version is None:
            return
        if version.first == number:
            self._db.write("DELETE FROM parts WHERE kind = ? AND id = ? AND first = ?", (*part, number))
        else:
            self._db.write(
                "UPDATE parts SET last = ? WHERE kind = ? AND id = ? AND first = ?", (number - 1, *part, version.first)
            )

    def _insert(self, part: PartName, number: int, digest: bytes, content: bytes) -> None:
        before, depth = self._latest(part, number)
        if depth >= WHOLE_EVERY:
            before, depth = None, 0
        self._db.write(
            "INSERT INTO parts VALUES (?, ?, ?, NULL, ?, ?, ?)",
            (*part, number, digest, depth, packed(content, before)),
        )

    def _latest(self, part: PartName, number: int) -> tuple[bytes | None, int]:
        """The last version of a part before this day, whether it holds still or not, and the depth of the next one."""
        rows = self._db.rows(
            "SELECT depth, content FROM parts WHERE kind = ? AND id = ? AND first < ? ORDER BY first", (*part, number)
        )
        content = None
        for depth, pack in rows:
            content = self._unpacked(pack, content if depth else None)
        return content, (rows[-1][0] + 1 if rows else 0)

    def _drop_before(self, day: date) -> None:
        """Drop earlier days, and what holds only for them; what was a difference from that is kept whole."""
        oldest = self._db.rows("SELECT min(number) FROM days WHERE day >= ?", (day.isoformat(),))[0][0]
        self._db.write("DELETE FROM days WHERE number < ?", (oldest,))
        for kind, name in self._db.rows("SELECT DISTINCT kind, id FROM parts WHERE last < ?", (oldest,)):
            later = self._db.rows(
                "SELECT min(first) FROM parts WHERE kind = ? AND id = ? AND coalesce(last, ?) >= ?",
                (kind, name, oldest, oldest),
            )[0][0]
            whole = None if later is None else self._latest((kind, name), later + 1)[0]
            self._db.write("DELETE FROM parts WHERE kind = ? AND id = ? AND last < ?", (kind, name, oldest))
            if whole is not None:
                self._db.write(
                    "UPDATE parts SET depth = 0, content = ? WHERE kind = ? AND id = ? AND first = ?",
                    (packed(whole, None), kind, name, later),
                )

    def _unpacked(self, pack: bytes, before: bytes | None) -> bytes:
        try:
            return unpacked(pack, before)
        except (zlib.error, struct.error) as error:
            raise self._db.damaged(str(error)) from error
