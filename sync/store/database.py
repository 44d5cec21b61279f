"""A SQLite file with a version: one connection for everything kept in it, and every error as one sentence."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync.errors import DamagedStore, StoreError

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_ERROR_CLASS = 0xFF  # the low byte of an extended SQLite error code is the code it extends


@dataclass(frozen=True, slots=True)
class Schema:
    """What a kind of file is called, and the steps that build it.

    Step n takes a file from version n to n + 1 (`PRAGMA user_version`); a file without a version is empty or from the
    first release. A step that was released never changes: a new one is added behind it. `unreadable` says what becomes
    of a file that cannot be read.
    """

    name: str
    steps: tuple[tuple[str, ...], ...]
    unreadable: str

    def damaged(self, path: Path, why: str) -> DamagedStore:
        """The error of a file that cannot be read."""
        return DamagedStore(f'the {self.name} "{path}" cannot be read ({why}); {self.unreadable}')


class Database:
    """One connection to a file of a `Schema`. Outside `transaction` each statement is a transaction of its own."""

    def __init__(self, path: Path, schema: Schema, connection: sqlite3.Connection) -> None:
        self._path, self._schema, self._connection = path, schema, connection

    @classmethod
    def open(cls, path: Path | str, schema: Schema) -> "Database":
        """Open the file, make it where it is missing, and migrate it to the newest version.

        Raises `DamagedStore` for a file that is not a database, is cut, or has a newer version; it is left as it is.
        """
        with _one_sentence(Path(path), schema):
            # The scheduler takes its runs in a thread of its own, one at a time.
            connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            database = cls(Path(path), schema, connection)
            try:
                database._check_version()
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")  # an intent is on disk before its write goes out
                database._migrate()
            except BaseException:
                connection.close()
                raise
        return database

    @classmethod
    def copy_of(cls, path: Path | str, schema: Schema) -> "Database":
        """A copy in memory of the file as it is now, migrated; empty where there is no file.

        The file is opened read-only, also while another process writes to it. What is written to the copy is gone
        when it is closed. Raises `DamagedStore`.
        """
        with _one_sentence(Path(path), schema):
            connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            database = cls(Path(path), schema, connection)
            try:
                if Path(path).exists():
                    with closing(_read_only(Path(path))) as file:
                        file.backup(connection)
                database._check_version()
                database._migrate()
            except BaseException:
                connection.close()
                raise
        return database

    @classmethod
    def reading(cls, path: Path, schema: Schema) -> "Database":
        """The file as it is now, which is not changed; one of an earlier version, or none, is copied as by `copy_of`.

        Raises `DamagedStore`.
        """
        with _one_sentence(path, schema):
            if path.exists():
                database = cls(path, schema, _read_only(path))
                database.write("BEGIN")  # what another process writes meanwhile is not seen
                if database._version() == len(schema.steps):
                    return database
                database.close()
        return cls.copy_of(path, schema)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query."""
        with _one_sentence(self._path, self._schema):
            return self._connection.execute(query, values).fetchall()

    def write(self, statement: str, values: Sequence[object] = ()) -> int:
        """Carry out one statement and return the number of the row it made, 0 if it made none."""
        with _one_sentence(self._path, self._schema):
            return self._connection.execute(statement, values).lastrowid or 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside are kept together or not at all."""
        self.write("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        self.write("COMMIT")

    def _version(self) -> int:
        return int(self.rows("PRAGMA user_version")[0][0])

    def _check_version(self) -> None:
        version, newest = self._version(), len(self._schema.steps)
        if version > newest:
            why = f"its version is {version}, of a newer readyline; this one reads versions up to {newest}"
            raise self._schema.damaged(self._path, why)

    def _migrate(self) -> None:
        newest = len(self._schema.steps)
        if self._version() < newest:
            with self.transaction():
                for step in self._schema.steps[self._version() :]:  # asked again: another process may have been faster
                    for statement in step:
                        self.write(statement)
                self.write(f"PRAGMA user_version = {newest}")
        self.write("PRAGMA foreign_keys = ON")


def verify(path: Path, schema: Schema) -> None:
    """Read a whole file without changing it. Raises `DamagedStore` where it cannot be read or is too new."""
    with _one_sentence(path, schema), closing(_read_only(path)) as file:
        Database(path, schema, file)._check_version()  # noqa: SLF001 - of this module
        faults = [fault for (fault,) in file.execute("PRAGMA quick_check(1)") if fault != "ok"]
        if faults:
            raise schema.damaged(path, " ".join(faults[0].split()))


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


@contextmanager
def _one_sentence(path: Path, schema: Schema) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & _ERROR_CLASS in _DAMAGED:
            raise schema.damaged(path, str(error)) from error
        raise StoreError(
            f'the {schema.name} "{path}" cannot be used ({error}); check that its folder exists, is writable '
            "and has room, or name another file in [store] path"
        ) from error
