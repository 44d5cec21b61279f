"""What a GitHub has for a configuration: a Project with its fields, or a repository, its labels and its teams."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from rules.issue_kinds import kind_of_type
from rules.model import Kind, Sprint
from rules.wording import many
from sync.errors import NotFound, UsageError
from sync.init.discover import sprint_days
from sync.init.template import environment
from sync.init.wanted import Wanted
from sync.sanitize import clip
from sync.trackers import open_tracker
from sync.trackers.github.api import ISSUES_A_QUERY, GithubApi
from sync.trackers.github.payloads import Milestone, Project, ProjectField, RawIssue
from sync.trackers.github.settings import GithubFields, GithubSettings
from sync.trackers.github.site import Site, learn
from sync.trackers.github.sprints import from_iterations, from_milestones
from sync.trackers.github.tracker import GithubTracker

_LONGEST_NAME = 80
_ESTIMATE = re.compile(r"story points?|points?|estimate|size", re.IGNORECASE)
_PRIORITY = re.compile(r"prio(rity)?\b", re.IGNORECASE)
_COMPONENT = re.compile(r"components?|areas?|modules?", re.IGNORECASE)
_ACCEPTANCE = re.compile(r"acceptance( criteria)?", re.IGNORECASE)
_TEAM = re.compile(r"teams?|squads?", re.IGNORECASE)
_DOING = re.compile(r"\b(doing|in progress|in dev(elopment)?|in review|wip)\b", re.IGNORECASE)
_SIZE = re.compile(r"^(?P<begin>(?:size|points?|story points|sp|estimate)\W+)\d+(?:\.\d+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class GithubTeam:
    """A team as it seems: its name, its board, and the option of a field that its issues have, "" for none."""

    name: str
    board: int
    option: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GithubFindings:
    """Everything found on a site; `team_field` names the field with the teams, "" for none."""

    settings: GithubSettings
    product: str
    teams: tuple[GithubTeam, ...]
    team_field: str
    sprint_days: int | None
    sprints: int

    def texts(self) -> list[str]:
        """The configuration, and the same with numbers where it refuses a name of the site."""
        numbered = [replace(team, name=f"Team {place}") for place, team in enumerate(self.teams, start=1)]
        return [self._text(self.product, self.teams), self._text("Product", numbered)]

    @property
    def place(self) -> str:
        """The Project or repository."""
        return self.settings.project or self.settings.repositories[0]

    @property
    def sentence(self) -> str:
        """What was found, in a sentence."""
        names = ", ".join(f'"{team.name}"' for team in self.teams)
        return f"{self.product} is {self.place} on GitHub; {many(len(self.teams), 'team')}, from {names}."

    def _text(self, product: str, teams: Sequence[GithubTeam]) -> str:
        words = {"found": self, "settings": self.settings, "product": product, "teams": teams}
        return str(environment().get_template("github.toml.j2").render(words))


def discover_github(wanted: Wanted, token: str) -> GithubFindings:
    """Ask the site. Raises `UsageError`, `ConfigError` and the errors of the tracker."""
    if not wanted.project:
        raise UsageError("GitHub has many projects: add --project with a Project (acme/7) or repository (acme/shop)")
    tracker = _opened(wanted, token)
    api, settings = tracker.api, tracker.settings
    site = learn(api, settings)
    sample = _sample(api, site)
    fields, doing, team_field = _fields(site.project)
    labels = sorted({label for raw in sample for label in raw.label_names})
    begins = Counter(match["begin"] for label in labels if (match := _SIZE.match(label)))
    known = settings.model_copy(
        update={
            "fields": fields,
            "doing": doing or settings.doing,
            "points_label": "" if fields.points or not begins else begins.most_common(1)[0][0],
            "types": _types(labels, sample),
        }
    )
    sprints = _sprints(api, site, known)
    days, count = sprint_days(sprints, "UTC")
    name = clip(site.project.title if site.project else settings.repositories[0].partition("/")[2], _LONGEST_NAME)
    return GithubFindings(
        settings=known,
        product=name,
        teams=tuple(_teams(site.project, team_field, name)),
        team_field=team_field,
        sprint_days=days,
        sprints=count,
    )


def _opened(wanted: Wanted, token: str) -> GithubTracker:
    """The tracker of the Project with this owner and number, else of the repository with this name."""
    is_number = wanted.project.rpartition("/")[2].isdigit()
    place: Mapping[str, object] = {"project": wanted.project} if is_number else {"repositories": [wanted.project]}
    try:
        settings = GithubSettings.model_validate({"url": wanted.url, **place})
    except ValidationError as error:
        fault = error.errors()[0]
        option = "--url" if fault["loc"] == ("url",) else "--project"
        raise UsageError(f"{option}: {fault['msg'].removeprefix('Value error, ')}") from error
    tracker = open_tracker(settings, token)
    assert isinstance(tracker, GithubTracker), "these settings open no other"
    try:
        _ = tracker.api.project() if is_number else tracker.api.repository(wanted.project)
    except NotFound as error:
        raise UsageError(f"--project {wanted.project}: it does not exist, or this token cannot see it") from error
    return tracker


def _sample(api: GithubApi, site: Site) -> list[RawIssue]:
    """The first issues of the backlog, whole."""
    if site.project:
        listed = [raw for _, raw, _ in api.items(site.project.id, site.known, {}) if raw.get("state") == "OPEN"]
    else:
        listed = list(api.issues(site.settings.repositories[0], site.known, states=["OPEN"]))
    ids = [str(raw["id"]) for raw in listed if raw.get("id")][:ISSUES_A_QUERY]
    return [RawIssue.model_validate(raw) for raw in api.details(ids, site.known, site.asked)]


def _fields(project: Project | None) -> tuple[GithubFields, tuple[str, ...], str]:
    """The fields of the Project by their roles, the options that mean started work, and the field with the teams."""
    if project is None:
        return GithubFields(), (), ""
    status = project.field("Status")
    doing = tuple(option.name for option in status.options if _DOING.search(option.name)) if status else ()
    fields = GithubFields(
        points=_named(project, "NUMBER", _ESTIMATE),
        sprint=next((field.name for field in project.fields if field.data_type == "ITERATION"), ""),
        priority=_named(project, "SINGLE_SELECT", _PRIORITY),
        component=_named(project, "SINGLE_SELECT", _COMPONENT),
        acceptance=_named(project, "TEXT", _ACCEPTANCE),
    )
    return fields, doing, _named(project, "SINGLE_SELECT", _TEAM)


def _named(project: Project, kind: str, name: re.Pattern[str]) -> str:
    """The first field of a type with such a name, "" for none."""
    return next((one.name for one in project.fields if one.data_type == kind and name.fullmatch(one.name)), "")


def _types(labels: Iterable[str], sample: Iterable[RawIssue]) -> Mapping[str, Kind]:
    """The kinds of work of issue types, and of labels with a name that means one."""
    types = {raw.issue_type.name for raw in sample if raw.issue_type.name}
    kinds = {name: kind_of_type(name) for name in (*sorted(types), *labels)}
    return {name: kind for name, kind in kinds.items() if name in types or kind is not Kind.TASK}


def _sprints(api: GithubApi, site: Site, settings: GithubSettings) -> list[Sprint]:
    """The iterations of the Project, else the milestones of the repository."""
    today = api.transport.server_now().date()
    column: ProjectField | None = site.project.field(settings.fields.sprint) if site.project else None
    if column is not None:
        return from_iterations(column.configuration, 0, settings, today)
    milestones = (raw for name in settings.repositories for raw in api.milestones(name))
    return from_milestones(map(Milestone.model_validate, milestones), 0, settings, today)


def _teams(project: Project | None, field: str, product: str) -> Iterator[GithubTeam]:
    """A team for each option of the field with the teams, else one."""
    board = project.number if project else 1
    column = project.field(field) if project else None
    options = [option.name for option in column.options] if column else []
    for option in options or [""]:
        yield GithubTeam(name=clip(option or product, _LONGEST_NAME), board=board, option=option)
