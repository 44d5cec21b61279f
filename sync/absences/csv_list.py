"""Absences from a CSV list with the columns name, from, to and optionally fraction and kind."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rules.model import Absence
from sync.absences.half_days import absences_of
from sync.absences.model import Entry, LeftOut, Reason, Source
from sync.errors import ConfigError
from sync.sanitize import clip

COLUMNS = ("name", "from", "to", "fraction", "kind")
LONG = timedelta(days=366)
"""Parts of days in longer absences are not added to those of others."""


@dataclass(frozen=True, slots=True)
class _Row:
    written: str
    name: str | None
    absence: Absence
    kind: str
    line: int = field(default=0, compare=False)


def read_csv(source: Source) -> tuple[dict[str, list[Absence]], list[LeftOut], list[Entry]]:
    """The absences by person, the names that no person has, and every row.

    Raises `ConfigError` with all faults of the file.
    """
    rows = list(dict.fromkeys(_rows(source)))
    known: dict[str, list[_Row]] = {}
    for row in rows:
        if row.name is not None:
            known.setdefault(row.name, []).append(row)
    unknown = [row.written for row in rows if row.name is None]
    listed = {name: list(_added_up(of_one)) for name, of_one in known.items()}
    return listed, _unknown(unknown, source), [_entry(row, source) for row in rows]


def write_template(path: Path) -> Path | None:
    """Write a list without rows, with every column that is read; `None` where the file is already there."""
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow(COLUMNS)
    except FileExistsError:
        return None
    return path


def _entry(row: _Row, source: Source) -> Entry:
    """A row as it is listed: the working days that the person is away by it alone."""
    absence, days = row.absence, {}
    if row.name is not None:
        length = (absence.last - absence.first).days + 1
        every = (absence.first + timedelta(n) for n in range(length))
        number = sum(source.people.is_expected_on(row.name, day, source.options.holidays) for day in every)
        days = {row.name: round(number * absence.fraction, 6)}
    return Entry(
        file=str(source.path),
        line=row.line,
        first=absence.first,
        last=absence.last,
        days=days,
        reason=None if days else Reason.UNKNOWN_NAME,
        written=clip(row.written),
    )


def _unknown(written: Sequence[str], source: Source) -> list[LeftOut]:
    if not written:
        return []
    names = tuple(dict.fromkeys(clip(name) for name in written))
    guess = source.people.nearest(names[0]) if len(names) == 1 else ""
    return [
        LeftOut(file=str(source.path), reason=Reason.UNKNOWN_NAME, count=len(written), names=names, guess=guess),
    ]


def _added_up(rows: Sequence[_Row]) -> Iterator[Absence]:
    """Absences of one person: parts of the same day are added up, whole days stay as they are."""
    parts: dict[date, float] = {}
    for row in rows:
        absence = row.absence
        if absence.fraction == 1 or absence.last - absence.first > LONG:
            yield absence
            continue
        for number in range((absence.last - absence.first).days + 1):
            day = absence.first + timedelta(number)
            parts[day] = min(1.0, round(parts.get(day, 0.0) + absence.fraction, 6))
    yield from absences_of(parts)


def _rows(source: Source) -> Iterator[_Row]:
    header = source.text.split("\n", 1)[0]
    rows = csv.DictReader(io.StringIO(source.text), delimiter=";" if ";" in header else ",", strict=True)
    columns = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    _check_columns(columns, source.path)
    rows.fieldnames = columns
    faults: list[str] = []
    checked: list[_Row] = []
    try:
        for row in rows:
            try:
                read = _row(row, f"{source.path}, line {rows.line_num}", source)
                checked.append(replace(read, line=rows.line_num))
            except ConfigError as error:
                faults += error.faults
    except csv.Error as error:
        faults.append(f"{source.path}, line {rows.line_num}: not CSV ({error})")
    if faults:
        raise ConfigError(*faults)
    yield from checked


def _check_columns(columns: Sequence[str], path: Path) -> None:
    missing = [name for name in ("name", "from", "to") if name not in columns]
    unknown = [name for name in columns if name not in COLUMNS]
    if missing or unknown:
        odd = f"column {missing[0]!r} is missing" if missing else f"column {unknown[0]!r} is unknown"
        raise ConfigError(f"{path}, line 1: {odd}; the columns are name, from, to and optionally fraction and kind")


def _row(row: Mapping[str | None, Any], where: str, source: Source) -> _Row:
    if None in row:
        raise ConfigError(f"{where}: more values than columns; put values with a separator into quotes")
    values = {str(column): (value or "").strip() for column, value in row.items()}
    if not values["name"]:
        raise ConfigError(f"{where}: the name is missing")
    first = _day(values["from"], "from", where)
    last = _day(values["to"], "to", where) if values["to"] else first
    if last < first:
        raise ConfigError(f"{where}: to {last} is before from {first}; swap them")
    absence = Absence(first=first, last=last, fraction=_fraction(values.get("fraction", ""), where))
    return _Row(values["name"], source.people.find(values["name"]), absence, values.get("kind", ""))


def _day(value: str, column: str, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ConfigError(f"{where}: {column} {value!r} is not a date; write it like 2026-03-09") from None


def _fraction(value: str, where: str) -> float:
    try:
        fraction = float(value or 1)
    except ValueError:
        fraction = 0.0
    if not 0 < fraction <= 1:
        raise ConfigError(f"{where}: fraction {value!r} must be above 0 and at most 1; half a day is 0.5")
    return fraction
