"""What the store held when the run of an earlier day began, as far as a run reads it before it writes.

Rows that change or go are kept with the day; the others have dates.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from rules.deep.model import BacklogState
from sync.store.database import Database

KEYS: Mapping[str, tuple[str, ...]] = {
    "marks": ("issue",),
    "human_edits": ("issue",),
    "baseline": ("fingerprint",),
    "baseline_marks": ("issue", "mark"),
    "answers": ("seq",),
    "paused": ("subject", "mark"),
    "waiting": ("issue", "about"),
    "addresses": ("address",),
    "forecasts": ("team", "sprint"),
    "sprint_starts": ("team", "sprint"),
    "planned_ahead": ("issue",),
    "topics": ("number",),
    "seen_ahead": ("team",),
}
"""The tables whose rows change or go, with the columns that name a row."""


def rows_of(database: Database) -> Mapping[tuple[str, str], bytes]:
    """Every row that a day keeps, by its table and the values that name it, as JSON."""
    return {
        (table, json.dumps([row[key] for key in keys])): json.dumps(row, sort_keys=True).encode()
        for table, keys in KEYS.items()
        for row in _rows(database, table)
    }


def go_back(
    database: Database,
    rows: Iterable[tuple[str, bytes]],
    backlogs: Iterable[BacklogState],
    *,
    started: datetime,
    taken_at: datetime,
) -> None:
    """Make a copy of the store what it was when a run began, whose issues were read at `taken_at`.

    Reactions to findings are those that its report had. `rows` are pairs of a table and a row of it, `backlogs` the
    orders of earlier days. Columns that this version does not have any more are left out.
    """
    begun, seen = started.isoformat(), taken_at.isoformat()
    with database.transaction():
        for table in KEYS:
            database.write(f"DELETE FROM {table}")  # noqa: S608 - our own names
        for table, row in rows:
            _insert(database, table, json.loads(row))
        database.write("DELETE FROM writes WHERE at >= ?", (begun,))
        database.write("DELETE FROM runs WHERE started >= ?", (begun,))
        database.write("DELETE FROM mails WHERE at >= ?", (begun,))
        database.write("DELETE FROM sprint_scopes WHERE seen > ?", (seen,))
        database.write("DELETE FROM run_figures WHERE at >= ?", (seen,))
        database.write("DELETE FROM shown_findings WHERE first > ?", (seen,))
        database.write("UPDATE shown_findings SET reaction = NULL, at = NULL WHERE at > ?", (seen,))
        for state in backlogs:
            day, items = state.at.date().isoformat(), json.dumps(state.items)
            database.put("backlogs", {"day": day, "at": state.at.isoformat(), "items": items}, key=("day",))


def _rows(database: Database, table: str) -> Iterable[dict[str, object]]:
    names = database.columns(table)
    query = f"SELECT {', '.join(names)} FROM {table}"  # noqa: S608 - our own names
    return (dict(zip(names, row, strict=True)) for row in database.rows(query))


def _insert(database: Database, table: str, row: Mapping[str, object]) -> None:
    names = [name for name in database.columns(table) if name in row]
    columns, places = ", ".join(names), ", ".join("?" * len(names))
    database.write(
        f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 - our own names
        [row[name] for name in names],
    )
