"""What trackers' JSON has in common, read tolerantly: missing values are empty, invalid ones are left out.

The models of a tracker have only the fields we use; nothing is trusted.
"""

from datetime import UTC, date, datetime, tzinfo
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict

Json = dict[str, Any]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ZONES: dict[tzinfo, tzinfo] = {}
"""One of each offset for all moments: `fromisoformat` makes one for each moment, twice as large as the moment."""


def read_moment(value: object) -> datetime | None:
    """A time in any ISO form: with or without fractions, offset with or without a colon (UTC without one)."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    zone = moment.tzinfo or UTC
    return moment if moment.tzinfo is UTC else moment.replace(tzinfo=_ZONES.setdefault(zone, zone))


def read_day(value: object) -> date | None:
    """A day such as 2026-12-01, `None` for anything else."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def read_object(value: object) -> object:
    """An object, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def read_objects(value: object) -> object:
    """The objects of a list; anything else is left out."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _word(value: object) -> object:
    return "" if value is None or isinstance(value, dict | list) else str(value)


# A text is taken as it is: of a hundred values of an issue nearly all are texts, and a call for each takes longest.
Word = Annotated[Annotated[str, Strict()] | Annotated[str, BeforeValidator(_word)], Field(union_mode="left_to_right")]
Moment = Annotated[datetime | None, BeforeValidator(read_moment)]
Day = Annotated[date | None, BeforeValidator(read_day)]


class Payload(BaseModel):
    """A value from a tracker; unknown keys are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Named(Payload):
    """Anything with an id and a name."""

    id: Word = ""
    name: Word = ""
