"""The part of each day that a person is absent, from absences with times and without."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from rules.lazy_regex import regex
from rules.model import Absence
from sync.absences.options import AbsenceOptions

_DAY = r"(?:\w*tag(?:en|es|e|s)?|days?|d|jours?|journ[ée]es?|d[ií]as?|\w*dag(?:en)?|jornadas?)(?!\w)"
_ONE_WORD = r"(?:(?!half|halb|halv|demi|medi|mei)[^\W\d]+\s+)?"  # "2.5 vacation days"
_HALF = regex(
    rf"(?<![\d/.,])(?:½|1/2|0[.,]50?)(?:\s*-?\s*(?:an?\s+)?{_ONE_WORD}{_DAY}|\s*(?:$|[^\w\s.,½/-]))"
    rf"|\bhalf[\s-]*(?:an?\s+|the\s+)?(?:working\s+)?days?\b"
    rf"|\bhalb(?:er|en|es|e)?\s+(?:freie[rn]?\s+)?\w*tage?s?\b|\bhalbtag(?:s|ig|e)?\b|\bhalbt[äa]gig\w*"
    rf"|\bdemi[\s-]journ[ée]es?\b|\bdemi[\s-]jours?\b"
    rf"|\bmedio\s+d[ií]a\b|\bmedia\s+jornada\b|\bmeio[\s-]+(?:dia|per[ií]odo|expediente)\b|\bmeia\s+jornada\b"
    rf"|\bhalve\s+(?:vrije\s+)?\w*dag(?:en)?\b|\bhalfdaags\b",
    re.IGNORECASE,
)
_NUMBER = regex(
    rf"(?<![\d.,:/])(\d{{1,3}})(?:[.,](\d{{1,2}}))?\s*"
    rf"(½|1/2|and\s+a\s+half|und\s+ein(?:en)?\s+halbe[nr]?|einhalb|et\s+demie?|y\s+medi[oa]|e\s+mei[oa]|en\s+een\s+halve?)?"
    rf"\s*-?\s*{_ONE_WORD}{_DAY}(?:\s+(et\s+demie?|y\s+medi[oa]|e\s+mei[oa]))?",
    re.IGNORECASE,
)


def is_half(title: str) -> bool:
    """Whether a title says that the absence is half a day: "half day", "½ day", "halber Tag", not "half-term"."""
    return _HALF.search(_NUMBER.sub(_kept, title)) is not None


def _kept(number: re.Match[str]) -> str:
    """A number of days as it is where it is below one, else nothing: "2 and a half days" is not half a day."""
    return number[0] if number[1] == "0" else " "


def days_in(title: str) -> float | None:
    """The number of days a title names, such as 2.5; `None` without one."""
    number = _NUMBER.search(title)
    if number is None:
        return None
    whole = float(f"{number[1]}.{number[2] or 0}")
    return whole + 0.5 if number[3] or number[4] else whole


@dataclass(frozen=True, slots=True)
class Piece:
    """A day of one absence: from `begin` to `end` on the clock, or `part` of the day (0 to 1) without times.

    `event` identifies the absence: the same one in two calendars counts once.
    """

    event: tuple[object, ...]
    day: date
    part: float = 0.0
    begin: datetime | None = None
    end: datetime | None = None


def whole_days(
    title: str, event: tuple[object, ...], first: date, length: int, is_worked: Callable[[date], bool]
) -> list[Piece]:
    """The pieces of an absence of so many calendar days.

    A title that says half a day halves each day. A number of days in it (2.5) that ends within the last day shortens
    that day; where weekends lie between, the days that the person works are counted.
    """
    part = 0.5 if is_half(title) else 1.0
    pieces = [Piece(event, first + timedelta(number), part) for number in range(length)]
    number = days_in(title)
    if number is None:
        return pieces
    working = [n for n, piece in enumerate(pieces) if is_worked(piece.day)]
    for indexes in (range(length), working):
        if len(indexes) - 1 < number < len(indexes):
            last = indexes[-1]
            pieces[last] = replace(pieces[last], part=round(number - (len(indexes) - 1), 6))
            return [replace(piece, part=1.0) if piece is not pieces[last] else piece for piece in pieces]
    return pieces


def parts_of_days(pieces: Iterable[Piece], options: AbsenceOptions) -> dict[date, float]:
    """The absent part of each day, 0 to 1: times are united, parts without times are added up."""
    by_day: dict[date, set[Piece]] = {}
    for piece in pieces:
        by_day.setdefault(piece.day, set()).add(piece)
    return {
        day: min(1.0, timed_part([piece for piece in of_day if piece.begin], day, options) + _untimed(of_day))
        for day, of_day in by_day.items()
    }


def _untimed(pieces: Iterable[Piece]) -> float:
    return round(sum({piece.event: piece.part for piece in pieces}.values()), 6)


def timed_part(pieces: Iterable[Piece], day: date, options: AbsenceOptions) -> float:
    """The part of a day that absences with times take: each half of which they cover enough hours, or the whole."""
    begin = datetime.combine(day, options.working_day.begin)
    end = datetime.combine(day, options.working_day.end)
    middle = begin + (end - begin) / 2
    spans = sorted((piece.begin, piece.end) for piece in pieces if piece.begin and piece.end)
    halves = [_covered(spans, begin, middle), _covered(spans, middle, end)]
    enough = min(timedelta(hours=options.half_day_hours), middle - begin)
    if sum(halves, timedelta()) >= 2 * enough:
        return 1.0
    return 0.5 * sum(half >= enough for half in halves)


def _covered(spans: Iterable[tuple[datetime, datetime]], begin: datetime, end: datetime) -> timedelta:
    """How much of a span of time the sorted spans cover together."""
    covered, reached = timedelta(), begin
    for first, last in spans:
        first, last = max(first, reached), min(last, end)  # noqa: PLW2901
        if last > first:
            covered += last - first
            reached = last
    return covered


def absences_of(days: Mapping[date, float]) -> Iterator[Absence]:
    """Absences from consecutive days with the same part."""
    run: Absence | None = None
    for day, part in sorted(days.items()):
        if run is not None and run.last == day - timedelta(1) and run.fraction == part:
            run = replace(run, last=day)
            continue
        if run is not None:
            yield run
        run = Absence(first=day, last=day, fraction=part) if part > 0 else None
    if run is not None:
        yield run
