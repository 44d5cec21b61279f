"""A SQLite file whose every error is one sentence: what journal, history and mirror stand on."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sync.errors import StoreError


class Database:
    """A SQLite file with its tables made. Outside `transaction` each statement is one of its own."""

    def __init__(self, path: Path | str, schema: str) -> None:
        self._path = str(path)
        with self._told():
            # The scheduler runs passes in a thread of its own, one at a time.
            self._connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA synchronous = FULL")  # an intent is on disk before its write goes out
            self._connection.executescript(schema)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query."""
        with self._told():
            return self._connection.execute(query, values).fetchall()

    def write(self, statement: str, values: Sequence[object] = ()) -> int:
        """Carry out one statement and return the number of the row it made, 0 if it made none."""
        with self._told():
            return self._connection.execute(statement, values).lastrowid or 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside take hold together or not at all."""
        self.write("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        self.write("COMMIT")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(
                f'the store "{self._path}" cannot be used ({error}); check that its folder exists, is writable '
                "and has room, or name another file in [store] path"
            ) from error
