"""A store that moves from a file into another place: all that it holds but the mirror, which is filled again there."""

from collections.abc import Mapping
from contextlib import closing

from sync.errors import StoreError
from sync.store import days, dry_run_log
from sync.store.database import Database, Place, Schema
from sync.store.schema import DAYS, DRY_RUN_LOG, STORE
from sync.store.sqlite import FilePlace


def copy(source: FilePlace, target: Place) -> Mapping[str, int]:
    """Copy every row, and say how many there are by the kind of store. The source stays as it is.

    The store itself comes last: a copy that was cut short leaves the target without one. Raises `StoreError` where
    there is nothing to copy or the target holds something, and `Locked` where a run works with the target.
    """
    if not source.exists():
        raise StoreError(f'there is no store at "{source}"')
    source.verify(STORE)
    rows: dict[str, int] = {}
    with target.held(STORE) as store:
        _refuse_content(store, target)
        for schema, place_of in ((DRY_RUN_LOG, dry_run_log.place_of), (DAYS, days.place_of)):
            if place_of(source).exists():
                with closing(place_of(target).open(schema)) as database:
                    rows[schema.name] = _copied(place_of(source), schema, database)
        return {STORE.name: _copied(source, STORE, store), **rows}


def _copied(source: Place, schema: Schema, target: Database) -> int:
    """The number of rows that were copied, in place of what an earlier attempt left."""
    copied = 0
    with closing(source.reading(schema)) as original, target.transaction():
        for table in reversed(target.tables()):  # rows that others refer to go last, and come first
            target.write(f"DELETE FROM {table}")  # noqa: S608 - our own names
        for table in original.tables():
            columns = original.columns(table)
            rows = original.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY rowid")  # noqa: S608
            target.fill(table, columns, rows)
            copied += len(rows)
    return copied


def _refuse_content(store: Database, place: Place) -> None:
    if any(store.rows(f"SELECT 1 FROM {table} LIMIT 1") for table in store.tables()):  # noqa: S608 - our own
        raise StoreError(f'the store "{place}" holds something already; name another one in {place.setting}')
