"""What is kept between runs, as the classes of the store see it: a place, and one connection to what is kept there.

The same SQL and the same steps of a `Schema` serve two databases: a SQLite file (`sqlite.py`) and PostgreSQL
(`postgresql.py`). All that differs between the two is in these modules.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

from sync.errors import DamagedStore, StoreError
from sync.logs import get_logger

log = get_logger()


@dataclass(frozen=True, slots=True)
class Schema:
    """What a kind of store is called, and the steps that build it.

    Step n takes a store from version n to n + 1; one without a version is empty or from the first release. A step that
    was released never changes: a new one is added behind it. `unreadable` says what becomes of a file that cannot be
    read. A `cache` that cannot be read is set aside and begun again. One that is `private` holds texts of issues, so
    that only the owner may read its file.
    """

    name: str
    steps: tuple[tuple[str, ...], ...]
    unreadable: str
    cache: bool = False
    private: bool = False


class Database(ABC):
    """One connection to what is kept of a `Schema`. Outside `transaction` each statement is a transaction of its own.

    Statements are in the SQL that both databases understand, with `?` for each value. Without ORDER BY, rows come in no
    particular order. Every error is a `StoreError` that names the place.
    """

    BEGIN = "BEGIN"
    changes = 0
    """How many rows were written through this connection."""

    @abstractmethod
    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query, or of a statement with RETURNING."""

    @abstractmethod
    def write(self, statement: str, values: Sequence[object] = ()) -> None:
        """Carry out one statement."""

    @abstractmethod
    def write_each(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Carry out one statement for each of these rows of values; a transaction is open."""

    @abstractmethod
    def tables(self) -> tuple[str, ...]:
        """The names of all tables, sorted."""

    @abstractmethod
    def columns(self, table: str) -> tuple[str, ...]:
        """The names of a table's columns, in their order."""

    @abstractmethod
    def damaged(self, why: str) -> DamagedStore:
        """The error of a store whose content cannot be read."""

    @abstractmethod
    def start_again(self, error: DamagedStore) -> None:
        """Set aside what cannot be read, under another name that is logged, and go on with nothing."""

    @abstractmethod
    def close(self) -> None:
        """Close the connection."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside are kept together or not at all."""
        self.write(self.BEGIN)
        try:
            yield
        except BaseException:
            with suppress(StoreError):  # the reason for it is what counts
                self.write("ROLLBACK")
            raise
        self.write("COMMIT")

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Insert rows with the values of these columns, numbers included."""
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        self.write_each(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - our own names

    def put(self, table: str, row: Mapping[str, object], *, key: tuple[str, ...]) -> None:
        """Keep a row by the names of its columns, in place of one with the same values in the columns `key`."""
        self.write(_replacing(table, tuple(row), key), tuple(row.values()))


class Place(ABC):
    """Where a store is kept; as text it is named in messages."""

    setting: str
    """The setting that names it."""

    @abstractmethod
    def beside(self, name: str) -> "Place":
        """The place of what belongs to this store and is kept apart from it."""

    @abstractmethod
    def exists(self) -> bool:
        """Whether anything is kept there. Raises `StoreError`."""

    @abstractmethod
    def open(self, schema: Schema) -> Database:
        """Open it, make it where it is missing, and migrate it to the newest version.

        Raises `DamagedStore` where it cannot be read or has a newer version: it is left as it is, unless it is a cache.
        """

    @abstractmethod
    def held(self, schema: Schema, *, patience: float = 0) -> AbstractContextManager[Database]:
        """Open it for this process alone, until the end of the block or of the process, however that ends.

        Raises `Locked` where another process holds it for longer than `patience` seconds.
        """

    @abstractmethod
    def copy_of(self, schema: Schema) -> Database:
        """A copy in memory of what is kept now, migrated; empty where there is nothing.

        What is written to it is gone when it is closed. It is made without waiting for a process that writes to the
        original. Raises `DamagedStore`.
        """

    @abstractmethod
    def reading(self, schema: Schema) -> Database:
        """What is kept now, not to be changed; a copy of an earlier version, or of nothing. Raises `DamagedStore`."""

    @abstractmethod
    def verify(self, schema: Schema) -> None:
        """Read all that is kept, if anything, without changing it. Raises `DamagedStore` where it cannot be read."""

    @abstractmethod
    def condition(self, schema: Schema) -> str:
        """One sentence about whether it can be read and written; nothing is changed. Raises `StoreError` if not."""

    @abstractmethod
    def move(self, schema: Schema, to: "Place") -> None:
        """Move what is kept to another place of the same kind, in place of what is there. Raises `StoreError`."""


def log_set_aside(error: DamagedStore, kept: object) -> None:
    """Say that a cache, which is the mirror, is begun again, and where what it held is."""
    log.warning("mirror.rebuilt", why=str(error), kept=str(kept))


def too_new(version: int, schema: Schema) -> str:
    """Why a store of a newer release cannot be read."""
    return f"its version is {version}, of a newer readyline; this one reads versions up to {len(schema.steps)}"


@cache
def _replacing(table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    new = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in key)
    places = ", ".join("?" * len(columns))
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places}) "  # noqa: S608 - our own names
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {new}"
    )
