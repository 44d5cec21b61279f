"""The absences of the product's people, from all files."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from rules.model import Absence, Product
from sync.absences.calendar_file import read_ics
from sync.absences.csv_list import read_csv
from sync.absences.file_text import file_text
from sync.absences.half_days import Piece, absences_of, parts_of_days
from sync.absences.model import Absences, Entry, LeftOut, Source
from sync.absences.names import People
from sync.absences.options import AbsenceOptions
from sync.absences.titles import Titles
from sync.errors import ConfigError

_Item = TypeVar("_Item")


def read_absences(
    paths: Sequence[Path],
    product: Product,
    *,
    today: date,
    timezone: str = "UTC",
    options: AbsenceOptions | None = None,
) -> Absences:
    """The absences of the product's people from `.csv` and `.ics` files, and what of the files was left out.

    CSV files have the columns `name,from,to` and optionally `fraction` (0 to 1) and `kind`. Calendars are
    read around `today`; `timezone` applies to times in UTC. Raises `ConfigError` with all faults of all files.
    """
    options = options or AbsenceOptions()
    people = People.of(product)
    titles = Titles(people, options.words)
    faults: list[str] = []
    absences: dict[str, list[Absence]] = {}
    pieces: dict[str, list[Piece]] = {}
    left_out: list[LeftOut] = []
    entries: list[Entry] = []
    for path in paths:
        try:
            source = Source(
                path=path,
                text=_text(path),
                people=people,
                titles=titles,
                today=today,
                zone=ZoneInfo(timezone),
                options=options,
            )
            if path.suffix.lower() == ".csv":
                listed, missing, listing = read_csv(source)
                _extend(absences, listed)
            else:
                in_calendar, missing, listing = read_ics(source)
                _extend(absences, {name: _runs(of_person, options) for name, of_person in in_calendar.items()})
                _extend(pieces, in_calendar)
            left_out += missing
            entries += sorted(listing, key=lambda one: (one.first, one.last, one.line))
        except ConfigError as error:
            faults += error.faults
    if faults:
        raise ConfigError(*faults)
    _extend(absences, {name: _runs(_timed(of_person), options) for name, of_person in pieces.items()})
    by_name = {name: _tidy(days) for name, days in sorted(absences.items()) if days}
    return Absences(by_name, tuple(left_out), tuple(entries))


def _text(path: Path) -> str:
    if path.suffix.lower() not in {".csv", ".ics"}:
        raise ConfigError(f"{path}: absences are read from .csv and .ics files, not from {path.suffix or 'this'!r}")
    return file_text(path, "[capacity] absences")


def _extend(whole: dict[str, list[_Item]], part: Mapping[str, list[_Item]]) -> None:
    for name, items in part.items():
        whole.setdefault(name, []).extend(items)


def _timed(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with times, which add up over all calendars: a morning in one, an afternoon in another."""
    return [piece for piece in pieces if piece.begin is not None]


def _runs(pieces: Iterable[Piece], options: AbsenceOptions) -> list[Absence]:
    return list(absences_of(parts_of_days(pieces, options)))


def _tidy(absences: Iterable[Absence]) -> tuple[Absence, ...]:
    return tuple(sorted(set(absences), key=lambda absence: (absence.first, absence.last, absence.fraction)))
