"""What a Redmine has: the project, its versions as sprints, and what its fields and trackers seem to mean.

Redmine shows the list of its fields to administrators only, so they are found on issues, by their names and values.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from rules.issue_kinds import kind_of_type
from rules.model import Kind
from rules.wording import many
from sync.errors import NotFound, UsageError
from sync.init.discover import sprint_days
from sync.init.template import environment
from sync.init.wanted import Wanted
from sync.sanitize import clip
from sync.trackers import open_tracker
from sync.trackers.redmine.settings import HOURS, RedmineFields, RedmineSettings
from sync.trackers.redmine.tracker import RedmineTracker
from sync.trackers.redmine.versions import read_sprints
from sync.trackers.tolerant import Json

_LONGEST_NAME = 80
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_YES_NO = re.compile(r"[01]?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ROLES: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "points": (re.compile(r"points?\b|\bsize\b|punkte|puntos|aufwand", re.IGNORECASE), _NUMBER),
    "rank": (re.compile(r"\brank|\brang\b|position|reihenfolge|orden\b", re.IGNORECASE), _NUMBER),
    "flagged": (re.compile(r"imped|blocked|flag|blockiert|bloquead", re.IGNORECASE), _YES_NO),
    "acceptance": (re.compile(r"accept|criteri|akzeptanz|crit[eè]r", re.IGNORECASE), re.compile(r"(?s).*")),
}
"""What the name of a field for each purpose looks like, and its values."""
_START = re.compile(r"start|begin|d[eé]but|inicio", re.IGNORECASE)
_READY = re.compile(r"^(?P<not>.*\bnot\b|.*\bnicht\b|.*\bun)?.*(?:ready|bereit)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedmineTeam:
    """A team as it seems: the project with its versions, and its usual sprint length in working days."""

    name: str
    board: int
    sprint_days: int | None
    sprints: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RedmineFindings:
    """Everything found on a site; `place` is the identifier of the project."""

    settings: RedmineSettings
    place: str
    product: str
    teams: tuple[RedmineTeam, ...]

    @property
    def sentence(self) -> str:
        """What was found, in one sentence."""
        (team,) = self.teams
        return f"{self.product} is a project on a Redmine, with {many(team.sprints, 'version')} as sprints."

    def texts(self) -> list[str]:
        """The configuration, and the same with other names where it refuses that of the project."""
        return [self._text(self.product), self._text("Product")]

    def _text(self, product: str) -> str:
        words = {"found": self, "settings": self.settings, "product": product, "team": self.teams[0]}
        return environment().get_template("redmine.toml.j2").render(words)


def discover_redmine(wanted: Wanted, token: str) -> RedmineFindings:
    """Ask the site. Raises `UsageError`, `ConfigError` and the errors of the tracker."""
    if not wanted.project:
        raise UsageError("Redmine has many projects: add --project with the identifier in the project's address")
    try:
        settings = RedmineSettings.model_validate({"url": wanted.url})
    except ValidationError as error:
        raise UsageError(f"--url: {error.errors()[0]['msg'].removeprefix('Value error, ')}") from error
    tracker = open_tracker(settings, token)
    assert isinstance(tracker, RedmineTracker), "these settings open no other"
    api = tracker.api
    api.me()
    try:
        project = api.project(wanted.project)
    except NotFound as error:
        raise UsageError(
            f"--project {wanted.project}: no project has this identifier, or the account is not a member"
        ) from error
    number, versions, issues = int(project["id"]), api.versions(project["id"]), api.newest()
    values = {
        "fields": _fields(issues, versions),
        "label_fields": _label_fields(issues),
        "types": _types(str(raw.get("name") or "") for raw in api.trackers()),
    }
    settings = settings.model_copy(update=values)
    today = api.transport.server_now().date()
    days, _ = sprint_days(read_sprints(versions, number, settings, today), "UTC")
    name = clip(str(project.get("name") or wanted.project), _LONGEST_NAME)
    team = RedmineTeam(name=f"Team {name}"[:_LONGEST_NAME], board=number, sprint_days=days, sprints=len(versions))
    place = str(project.get("identifier") or wanted.project)
    return RedmineFindings(settings=settings, place=place, product=name, teams=(team,))


def _fields(issues: Sequence[Json], versions: Iterable[Json]) -> RedmineFields:
    """The field of each purpose, "" for one that was not found."""
    values = _values_of(issues)
    names = {
        role: next((one for one, texts in values.items() if name.search(one) and _fit(texts, form)), "")
        for role, (name, form) in _ROLES.items()
    }
    if not names["points"] and any(raw.get("estimated_hours") for raw in issues):
        names["points"] = HOURS
    dates = _values_of(versions)
    names["version_start"] = next((one for one, texts in dates.items() if _START.search(one) and _fit(texts, _DAY)), "")
    return RedmineFields.model_validate(names)


def _label_fields(issues: Sequence[Json]) -> Mapping[str, str]:
    """The yes/no fields whose names say "ready" and "not ready"."""
    fields: dict[str, str] = {}
    for name, texts in _values_of(issues).items():
        match = _READY.search(name)
        if match and _fit(texts, _YES_NO):
            fields.setdefault("readyline-not-ready" if match["not"] else "readyline-ready", name)
    return fields


def _values_of(raws: Iterable[Json]) -> Mapping[str, list[str]]:
    """The values of each custom field that has one value, by its name."""
    values: dict[str, list[str]] = {}
    for raw in raws:
        for field in raw.get("custom_fields") or []:
            if isinstance(field, dict) and not isinstance(field.get("value"), list):
                values.setdefault(str(field.get("name") or ""), []).append(str(field.get("value") or ""))
    return values


def _fit(texts: Iterable[str], form: re.Pattern[str]) -> bool:
    return all(form.fullmatch(text.strip()) for text in texts if text.strip())


def _types(names: Iterable[str]) -> Mapping[str, Kind]:
    """The kinds of the site's trackers; one of an unknown name is a task."""
    return {name: kind_of_type(name) for name in names if name}
