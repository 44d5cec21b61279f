"""Which days are worked: public holidays by country and region, with a company's own changes, and team days off.

Dates come from the `holidays` library; its data changes between versions, so the explanation lists the dates used.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from typing import TYPE_CHECKING

from rules.model import WORKWEEK, Person, Team
from rules.options import Options

if TYPE_CHECKING:
    from holidays import HolidayBase

FARTHEST = timedelta(days=366)
"""A team without a working day in a year is not waited for."""


class HolidayChanges(Options):
    """Days to add to, or take off, the public holidays of a country or region."""

    add: frozenset[date] = frozenset()
    """Days off that are not public holidays: bridging days, company days."""
    remove: frozenset[date] = frozenset()
    """Public holidays that are worked."""


Holidays = Mapping[str, HolidayChanges]
"""A company's changes to public holidays by place: "DE-BY", "DE", or "*" for everywhere."""


def is_known(country: str, region: str = "") -> bool:
    """Whether holidays are known for a country ("DE") and its region ("BY", "" for none); no country is known too."""
    return not country or _public(country, region, 2026) is not None


def is_holiday(day: date, country: str, region: str, changes: Holidays) -> bool:
    """Whether nobody works there that day. The narrowest change wins: region, then country, then "*"."""
    for place in (f"{country}-{region}", country, "*"):
        change = changes.get(place)
        if change is not None and day in change.add:
            return True
        if change is not None and day in change.remove:
            return False
    return bool(country) and day in (_public(country, region, day.year) or frozenset())


@cache
def calendar_of(country: str) -> "type[HolidayBase]":
    """The library's calendar of a country, by its code. Raises `NotImplementedError` for an unknown one.

    The library's own look-up loads the calendars of all countries, which takes a third of a start. So the module of the
    country is loaded here without the package around it.
    """
    import holidays
    from holidays.registry import COUNTRIES

    for module, (name, *codes) in COUNTRIES.items():
        if country in codes:
            folder = Path(holidays.__file__).parent / "countries"
            spec = PathFinder.find_spec(f"holidays.countries.{module}", [str(folder)])
            assert spec is not None
            assert spec.loader is not None
            loaded = module_from_spec(spec)
            spec.loader.exec_module(loaded)
            calendar: type[HolidayBase] = getattr(loaded, name)
            return calendar
    raise NotImplementedError(f"there is no calendar of {country}")


@lru_cache(maxsize=4096)
def _public(country: str, region: str, year: int) -> frozenset[date] | None:
    """The public holidays of a year, moved ones on the day they are observed; `None` for an unknown place."""
    try:
        return frozenset(calendar_of(country.upper())(subdiv=region or None, years=year, observed=True))
    except NotImplementedError:
        return None


def partial_holidays(country: str, region: str, year: int) -> Mapping[date, str]:
    """Days that are a public holiday only in parts of a region, with their names: 15 August in Bavaria.

    Whether they hold where somebody lives is unknown, so they are not counted. Known for Germany only, where they
    depend on the confession of most people in a municipality.
    """
    from holidays import CATHOLIC

    if country.upper() != "DE" or not region:
        return {}
    everywhere = _public(country, region, year) or frozenset()
    partly = calendar_of("DE")(subdiv=region, years=year, categories=(CATHOLIC,))
    return {day: name for day, name in sorted(partly.items()) if day not in everywhere}


def is_free(person: Person, team: Team, day: date, changes: Holidays) -> bool:
    """Whether a person of a team has that day off: a team day off or a public holiday where the person lives."""
    return day in team.days_off or is_holiday(day, person.country, person.region, changes)


def is_worked(team: Team, day: date, changes: Holidays) -> bool:
    """Whether somebody of the team works that day; Monday to Friday where nobody is configured."""
    if not team.people:
        return day.weekday() in WORKWEEK and day not in team.days_off
    return any(one.works_on(day) and not is_free(one, team, day, changes) for one in team.people)


def working_days_before(day: date, count: int, worked: Callable[[date], bool]) -> date:
    """The day so many working days earlier, at most `FARTHEST` back."""
    before = day
    while count > 0 and day - before < FARTHEST:
        before -= timedelta(days=1)
        count -= worked(before)
    return before
