"""A store in a SQLite file, with its lock in a file next to it."""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from sync.errors import DamagedStore, Locked, StoreError
from sync.store.database import Database, Place, Schema, log_set_aside, too_new

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_ERROR_CLASS = 0xFF  # the low byte of an extended SQLite error code is the code it extends
_COMPANIONS = ("", "-wal", "-shm")  # the file, and what SQLite keeps next to it
_CHECK = "check that its folder exists, is writable and has room"
_BUSY = 0.2  # seconds to wait for another run that is writing


class SqliteDatabase(Database):
    """One connection to what is kept at a place, in SQLite."""

    BEGIN = "BEGIN IMMEDIATE"

    def __init__(self, place: Place, schema: Schema, connection: sqlite3.Connection) -> None:
        self._place, self._schema, self._connection = place, schema, connection

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query, or of a statement with RETURNING."""
        with _one_sentence(self._place, self._schema):
            return self._connection.execute(statement, values).fetchall()

    def write(self, statement: str, values: Sequence[object] = ()) -> None:
        """Carry out one statement."""
        with _one_sentence(self._place, self._schema):
            self._count(self._connection.execute(statement, values))

    def write_each(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Carry out one statement for each of these rows of values; a transaction is open."""
        with _one_sentence(self._place, self._schema):
            self._count(self._connection.executemany(statement, rows))

    def tables(self) -> tuple[str, ...]:
        """The names of all tables, sorted."""
        rows = self.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        return tuple(name for (name,) in rows)

    def columns(self, table: str) -> tuple[str, ...]:
        """The names of a table's columns, in their order."""
        return tuple(name for _, name, *_ in self.rows(f"PRAGMA table_info({table})"))

    def damaged(self, why: str) -> DamagedStore:
        """The error of a file whose content cannot be read."""
        return _damaged(self._place, self._schema, why)

    def version(self) -> int:
        """How many steps were taken."""
        return int(self.rows("PRAGMA user_version")[0][0])

    def check_version(self) -> None:
        """Raise `DamagedStore` where a newer release took steps that this one does not know."""
        if self.version() > len(self._schema.steps):
            raise self.damaged(too_new(self.version(), self._schema))

    def migrate(self, version: int) -> None:
        """Take the steps up to a version, all or none."""
        if self.version() < version:
            with self.transaction():
                for step in self._schema.steps[self.version() : version]:  # another process may have been faster
                    for statement in step:
                        self.write(statement)
                self.write(f"PRAGMA user_version = {version}")
        self.write("PRAGMA foreign_keys = ON")

    def _count(self, cursor: sqlite3.Cursor) -> None:
        self.changes += max(cursor.rowcount, 0)


class InMemory(SqliteDatabase):
    """A database that is gone when it is closed, at first without a table; messages name what it is a copy of."""

    def __init__(self, place: Place, schema: Schema) -> None:
        super().__init__(place, schema, _connected(":memory:"))

    def copy_from(self, file: Path) -> None:
        """Take over the whole content of a file."""
        with closing(_read_only(file)) as original:
            original.backup(self._connection)

    def start_again(self, error: DamagedStore) -> None:
        """Go on with nothing; the original stays as it is."""
        self.close()
        self._connection = _connected(":memory:")
        self.migrate(len(self._schema.steps))
        log_set_aside(error, self._place)


class FileDatabase(SqliteDatabase):
    """One connection to a file."""

    def __init__(self, file: "FilePlace", schema: Schema, connection: sqlite3.Connection) -> None:
        super().__init__(file, schema, connection)
        self._file = file

    def start_again(self, error: DamagedStore) -> None:
        """Rename the file, and go on with an empty one."""
        self.close()
        self._file.set_aside(error)
        self._connection = _connected(self._file.path)
        self.make_ready()

    def make_ready(self) -> None:
        """Make the file one to write to, of the newest version."""
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")  # an intent is on disk before its write goes out
        self.migrate(len(self._schema.steps))
        if self._schema.private:
            self._file.path.chmod(0o600)


@dataclass(frozen=True, slots=True)
class FilePlace(Place):
    """A SQLite file."""

    path: Path
    setting = "[store] path"

    def __str__(self) -> str:
        return str(self.path)

    def beside(self, name: str) -> "FilePlace":
        """A file next to this one."""
        return FilePlace(self.path.with_name(f"{self.path.name}.{name}"))

    def exists(self) -> bool:
        """Whether there is a file."""
        return self.path.exists()

    def open(self, schema: Schema) -> FileDatabase:
        """Open the file, make it where it is missing, and migrate it to the newest version."""
        try:
            return self._open(schema)
        except DamagedStore as error:
            if not schema.cache:
                raise
            self.set_aside(error)
            return self._open(schema)

    @contextmanager
    def held(self, schema: Schema, *, patience: float = 0) -> Iterator[FileDatabase]:
        """Open the file while its lock is held."""
        with self._lock(patience), closing(self.open(schema)) as database:
            yield database

    def copy_of(self, schema: Schema) -> InMemory:
        """A copy in memory. The file is opened read-only, also while another process writes to it."""
        with _one_sentence(self, schema):
            database = InMemory(self, schema)
            try:
                if self.exists():
                    database.copy_from(self.path)
                database.check_version()
                database.migrate(len(schema.steps))
            except BaseException:
                database.close()
                raise
        return database

    def reading(self, schema: Schema) -> SqliteDatabase:
        """The file as it is now, opened read-only."""
        with _one_sentence(self, schema):
            if self.exists():
                database = FileDatabase(self, schema, _read_only(self.path))
                database.write("BEGIN")  # what another process writes meanwhile is not seen
                if database.version() == len(schema.steps):
                    return database
                database.close()
        return self.copy_of(schema)

    def verify(self, schema: Schema) -> None:
        """Read the whole file without changing it."""
        if not self.exists():
            return
        with _one_sentence(self, schema), closing(_read_only(self.path)) as file:
            FileDatabase(self, schema, file).check_version()
            faults = [fault for (fault,) in file.execute("PRAGMA quick_check(1)") if fault != "ok"]
            if faults:
                raise _damaged(self, schema, " ".join(faults[0].split()))

    def condition(self, schema: Schema) -> str:
        """Whether the file can be read and written, or made."""
        try:
            if not self.exists():
                with tempfile.TemporaryFile(dir=self.path.parent):
                    return f"{self} does not exist yet and can be created"
            self.verify(schema)
            return f"{self} is writable" if self._is_free() else f"{self} exists, and another run is writing to it"
        except (sqlite3.Error, OSError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            raise StoreError(
                f"{self} cannot be written ({why}); {_CHECK}, or name another file in {self.setting}"
            ) from error

    def move(self, schema: Schema, to: Place) -> None:
        """Rename the file."""
        assert isinstance(to, FilePlace), "a file becomes a file"
        self.open(schema).close()  # after a crash, what SQLite keeps in other files goes into this one first
        try:
            self.path.replace(to.path)
        except OSError as error:
            raise StoreError(
                f'the {schema.name} "{self}" cannot be moved away ({error.strerror}); move or delete it'
            ) from error

    def set_aside(self, error: DamagedStore) -> None:
        """Rename the file, and what SQLite keeps next to it, to the first free name."""
        free = (self.beside(f"unreadable-{number}").path for number in count(1))
        aside = next(path for path in free if not path.exists())
        try:
            for companion in _COMPANIONS:
                part = self.path.with_name(f"{self.path.name}{companion}")
                if part.exists():
                    part.replace(aside.with_name(f"{aside.name}{companion}"))
        except OSError as failure:
            raise StoreError(f"{error}; but it cannot be renamed ({failure.strerror}): move it away") from failure
        log_set_aside(error, aside)

    def _open(self, schema: Schema) -> FileDatabase:
        with _one_sentence(self, schema):
            database = FileDatabase(self, schema, _connected(self.path))
            try:
                database.check_version()
                database.make_ready()
            except BaseException:
                database.close()
                raise
        return database

    def _is_free(self) -> bool:
        """Whether nobody writes to the file this moment. Raises `sqlite3.Error` where it cannot be written."""
        with closing(sqlite3.connect(_uri(self.path, "rw"), uri=True, timeout=_BUSY)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                    return False
                raise
            connection.execute("ROLLBACK")
        return True

    @contextmanager
    def _lock(self, patience: float) -> Iterator[None]:
        lock = FileLock(f"{self.path}.lock")
        try:
            lock.acquire(timeout=patience)
        except Timeout as error:
            raise Locked(
                f'another run works with the store "{self}"; wait for it, or name another file in {self.setting}'
            ) from error
        except OSError as error:
            raise StoreError(
                f'the lock "{self}.lock" cannot be made ({error.strerror}); {_CHECK}, '
                f"or name another file in {self.setting}"
            ) from error
        try:
            yield
        finally:
            lock.release()


def in_memory(schema: Schema) -> InMemory:
    """A database with nothing in it, which is gone when it is closed."""
    database = InMemory(FilePlace(Path(":memory:")), schema)
    database.migrate(len(schema.steps))
    return database


def _connected(path: Path | str) -> sqlite3.Connection:
    # The scheduler takes its runs in a thread of its own, one at a time.
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(_uri(path, "ro"), uri=True, isolation_level=None)


def _uri(path: Path, mode: str) -> str:
    return f"{path.absolute().as_uri()}?mode={mode}"


def _damaged(place: Place, schema: Schema, why: str) -> DamagedStore:
    return DamagedStore(f'the {schema.name} "{place}" cannot be read ({why}); {schema.unreadable}')


@contextmanager
def _one_sentence(place: Place, schema: Schema) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & _ERROR_CLASS in _DAMAGED:
            raise _damaged(place, schema, str(error)) from error
        raise StoreError(
            f'the {schema.name} "{place}" cannot be used ({error}); {_CHECK}, or name another file in {place.setting}'
        ) from error
