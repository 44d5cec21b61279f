"""Public holidays by country and region, observed days included, with a company's own changes.

Dates come from the `holidays` library; its data changes between versions, so the explanation lists the dates used.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from rules.capacity.options import HolidayChanges


def is_known(country: str, region: str = "") -> bool:
    """Whether holidays are known for a country ("DE") and its region ("BY", "" for none); no country is known too."""
    return not country or _public(country, region, 2026) is not None


def is_holiday(day: date, country: str, region: str, changes: Mapping[str, HolidayChanges]) -> bool:
    """Whether nobody works there that day. The narrowest change wins: region, then country, then "*"."""
    for place in (f"{country}-{region}", country, "*"):
        change = changes.get(place)
        if change is not None and day in change.add:
            return True
        if change is not None and day in change.remove:
            return False
    return bool(country) and day in (_public(country, region, day.year) or frozenset())


@lru_cache(maxsize=4096)
def _public(country: str, region: str, year: int) -> frozenset[date] | None:
    """The public holidays of a year, moved ones on the day they are observed; `None` for a place nobody knows."""
    from holidays import country_holidays

    try:
        return frozenset(country_holidays(country.upper(), subdiv=region or None, years=year, observed=True))
    except NotImplementedError:
        return None
