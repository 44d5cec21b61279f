"""Versions as sprints. A version has a last day only; its first one is a field, or follows from the one before."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from rules.model import Sprint, SprintState
from sync.trackers.redmine.payloads import CustomValue
from sync.trackers.redmine.settings import RedmineSettings
from sync.trackers.tolerant import Day, Json, Payload, Word, read_day

NOON = time(12, tzinfo=UTC)
"""Days have no time: noon is on the same day in nearly every time zone."""


class _Version(Payload):
    id: Word = ""
    name: Word = ""
    description: Word = ""
    status: Word = ""
    due_date: Day = None


def read_sprints(raws: Sequence[Json], board: int, settings: RedmineSettings, today: date) -> list[Sprint]:
    """The versions of a project as sprints, in the order of their last days; those without one come last."""
    ordered = sorted(raws, key=lambda raw: (read_day(raw.get("due_date")) or date.max, int(raw.get("id") or 0)))
    return list(_sprints(ordered, board, settings, today))


def _sprints(raws: Sequence[Json], board: int, settings: RedmineSettings, today: date) -> Iterator[Sprint]:
    before: date | None = None
    for raw in raws:
        version = _Version.model_validate(raw)
        start, end = _first_day(raw, version.due_date, before, settings), version.due_date
        before = end or before
        state = _state(version.status, start, today)
        yield Sprint(
            id=version.id,
            name=version.name,
            state=state,
            board=board,
            start=_at_noon(start),
            end=_at_noon(end),
            completed=_at_noon(end) if state is SprintState.CLOSED else None,
            goal=version.description,
        )


def _first_day(raw: Json, end: date | None, before: date | None, settings: RedmineSettings) -> date | None:
    fields = [CustomValue.model_validate(field) for field in raw.get("custom_fields") or [] if isinstance(field, dict)]
    named = settings.fields.version_start
    given = next((read_day(field.value) for field in fields if named and named in {field.id, field.name}), None)
    if given is not None or end is None:
        return given
    usual = end - timedelta(days=settings.sprint_days - 1)
    return usual if before is None or before >= end else max(before + timedelta(days=1), usual)


def _state(status: str, start: date | None, today: date) -> SprintState:
    """Locked versions refuse new issues, so they run; open ones run from their first day on."""
    if status == "closed":
        return SprintState.CLOSED
    runs = status == "locked" or (start is not None and start <= today)
    return SprintState.ACTIVE if runs else SprintState.FUTURE


def _at_noon(day: date | None) -> datetime | None:
    return datetime.combine(day, NOON) if day else None
