"""Versions as sprints. A version has a last day only; its first one is a field, or follows from the one before."""

from collections.abc import Sequence
from datetime import date

from rules.model import Sprint
from sync.trackers.dated_sprints import TimeBox
from sync.trackers.dated_sprints import read_sprints as sprints_of
from sync.trackers.redmine.payloads import CustomValue
from sync.trackers.redmine.settings import RedmineSettings
from sync.trackers.tolerant import Day, Json, Payload, Word, read_day


class _Version(Payload):
    id: Word = ""
    name: Word = ""
    description: Word = ""
    status: Word = ""
    due_date: Day = None


def read_sprints(raws: Sequence[Json], board: int, settings: RedmineSettings, today: date) -> list[Sprint]:
    """The versions of a project as sprints, in the order of their last days; those without one come last."""
    return sprints_of((_box(raw, settings) for raw in raws), board, today, settings.sprint_days)


def _box(raw: Json, settings: RedmineSettings) -> TimeBox:
    """Locked versions refuse new issues, so they run."""
    version = _Version.model_validate(raw)
    return TimeBox(
        id=version.id,
        name=version.name,
        first=_first_day(raw, settings),
        last=version.due_date,
        is_closed=version.status == "closed",
        has_begun=version.status == "locked",
        goal=version.description,
    )


def _first_day(raw: Json, settings: RedmineSettings) -> date | None:
    fields = [CustomValue.model_validate(field) for field in raw.get("custom_fields") or [] if isinstance(field, dict)]
    named = settings.fields.version_start
    return next((read_day(field.value) for field in fields if named and named in {field.id, field.name}), None)
