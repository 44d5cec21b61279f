"""What a GitLab has: the project or group, its sprints, and what its labels seem to mean."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pydantic import ValidationError

from rules.issue_kinds import kind_of_type
from rules.model import Kind, Sprint
from rules.wording import many
from sync.errors import NotFound, Rejected, UsageError
from sync.init.discover import sprint_days
from sync.init.template import environment
from sync.init.wanted import Wanted
from sync.sanitize import clip
from sync.trackers import open_tracker
from sync.trackers.gitlab.api import GitlabApi
from sync.trackers.gitlab.pull import sprints_of
from sync.trackers.gitlab.settings import Estimate, GitlabSettings, SprintSource
from sync.trackers.gitlab.site import Site, shows_weights
from sync.trackers.gitlab.tracker import GitlabTracker
from sync.trackers.tolerant import Json

_LONGEST_NAME = 80
_PRIORITY = re.compile(r"prio(rity)?\b", re.IGNORECASE)
_URGENT = ("blocker", "critical", "urgent", "highest", "high", "medium", "normal", "low", "lowest")
_DOING = re.compile(r"\b(doing|in progress|in dev(elopment)?|in review|wip)\b", re.IGNORECASE)
_SIZE = re.compile(r"^(?P<begin>(?:weight|size|points?|story points|sp|estimate)\W+)\d+(?:\.\d+)?$", re.IGNORECASE)
_TYPE = re.compile(r"^(?:type|kind)\W+(?P<name>\w.*)$", re.IGNORECASE)
_TEAM = re.compile(r"^(?:team|squad)\W+(?P<name>\w.*)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class GitlabTeam:
    """A team as it seems: its board, the label of its issues ("" for none), and its usual sprint length in days."""

    name: str
    board: int
    label: str
    sprint_days: int | None
    sprints: int


class Board(NamedTuple):
    """A project, group or cadence with its sprints."""

    number: int
    name: str
    sprints: list[Sprint]


@dataclass(frozen=True, slots=True, kw_only=True)
class GitlabFindings:
    """Everything found on a site; `why` says where the estimates are from."""

    settings: GitlabSettings
    version: str
    product: str
    teams: tuple[GitlabTeam, ...]
    why: str

    @property
    def place(self) -> str:
        """The path of the project or group."""
        return self.settings.project or self.settings.group

    @property
    def sentence(self) -> str:
        """What was found, in one sentence."""
        names = ", ".join(f'"{team.name}"' for team in self.teams)
        return f"{self.product} is on GitLab {self.version}; {many(len(self.teams), 'team')}, from {names}."

    def texts(self) -> list[str]:
        """The configuration, and the same with numbers where it refuses a name of the site."""
        numbered = [replace(team, name=f"Team {place}") for place, team in enumerate(self.teams, start=1)]
        return [self._text(self.product, self.teams), self._text("Product", numbered)]

    def _text(self, product: str, teams: Sequence[GitlabTeam]) -> str:
        words = {"found": self, "settings": self.settings, "product": product, "teams": teams}
        return environment().get_template("gitlab.toml.j2").render(words)


def discover_gitlab(wanted: Wanted, token: str) -> GitlabFindings:
    """Ask the site. Raises `UsageError`, `ConfigError` and the errors of the tracker."""
    if not wanted.project:
        raise UsageError("GitLab has many projects: add --project with the path of a project or group")
    tracker, source = _opened(wanted, token)
    api, settings = tracker.api, tracker.settings
    raws = api.issues({"state": "opened", "issue_type": "issue"})
    names = _labels(api, settings, raws)
    sprints, boards = _sprints(api, settings, source)
    points, begin, why = _estimate(raws, names)
    values = {
        "sprints": sprints,
        "points": points,
        "points_label": begin,
        "types": _types(names),
        "priorities": _priorities(names),
        "doing": tuple(name for name in names if _DOING.search(name)),
    }
    return GitlabFindings(
        settings=settings.model_copy(update=values),
        version=str(api.version().get("version") or "unknown"),
        product=clip(str(source.get("name") or wanted.project)),
        teams=tuple(_teams(boards, names)),
        why=why,
    )


def _opened(wanted: Wanted, token: str) -> tuple[GitlabTracker, Json]:
    """The tracker of the project with this path, else of the group, and what GitLab says about it."""
    for place in ("project", "group"):
        try:
            settings = GitlabSettings.model_validate({"url": wanted.url, place: wanted.project})
        except ValidationError as error:
            raise UsageError(f"--url: {error.errors()[0]['msg'].removeprefix('Value error, ')}") from error
        tracker = open_tracker(settings, token)
        assert isinstance(tracker, GitlabTracker), "these settings open no other"
        try:
            return tracker, tracker.api.source()
        except NotFound:
            continue
    raise UsageError(f"--project {wanted.project}: no project or group has this path, or the account is not a member")


def _labels(api: GitlabApi, settings: GitlabSettings, raws: Sequence[Json]) -> list[str]:
    projects = [settings.project] if settings.project else [str(raw.get("project_id")) for raw in raws[:1]]
    return [name for project in projects for name in api.labels(project)]


def _sprints(api: GitlabApi, settings: GitlabSettings, source: Json) -> tuple[SprintSource, list[Board]]:
    """Iterations where the group has cadences, else the milestones of the project or group."""
    if not settings.group:
        kind, boards = SprintSource.PROJECT_MILESTONES, [source]
    elif cadences := _cadences(api, settings.group):
        kind, boards = SprintSource.ITERATIONS, cadences
    else:
        kind, boards = SprintSource.GROUP_MILESTONES, [source]
    chosen = settings.model_copy(update={"sprints": kind})
    site = Site(settings=chosen, account="", account_name="", group_path=settings.group)
    now = api.transport.server_now()
    named = ((int(raw["id"]), str(raw.get("title") or raw.get("name") or "")) for raw in boards)
    return kind, [Board(number, name, sprints_of(api, site, number, now)) for number, name in named]


def _cadences(api: GitlabApi, group: str) -> list[Json]:
    """The cadences of a group; GitLab Free has none."""
    try:
        return api.cadences(group)
    except Rejected:
        return []


def _teams(boards: Sequence[Board], labels: Iterable[str]) -> Iterator[GitlabTeam]:
    """A team for each cadence, or for each label of a team on the only board."""
    by_name = {name: label for label in labels if (name := _part(_TEAM, label))}
    for board in boards:
        days, count = sprint_days(board.sprints, "UTC")
        named = list(by_name) if len(boards) == 1 and by_name else [board.name]
        for name in named:
            label = next((label for other, label in by_name.items() if other.casefold() == name.casefold()), "")
            shown = clip(name, _LONGEST_NAME) or f"Board {board.number}"
            yield GitlabTeam(name=shown, board=board.number, label=label, sprint_days=days, sprints=count)


def _estimate(raws: Sequence[Json], labels: Iterable[str]) -> tuple[Estimate, str, str]:
    """What holds the estimates, the beginning of their labels, and why."""
    weighted = sum(raw.get("weight") is not None for raw in raws)
    begins = Counter(begin for label in labels if (begin := _part(_SIZE, label)))
    timed = sum(bool((raw.get("time_stats") or {}).get("time_estimate")) for raw in raws)
    if weighted or (shows_weights(raws) and not begins and not timed):
        return Estimate.WEIGHT, "", f"{many(weighted, 'open issue')} with a weight"
    if begins:
        [(begin, count)] = begins.most_common(1)
        return (
            Estimate.LABEL,
            begin,
            f"{many(count, 'label')} begin with it" if count > 1 else "one label begins with it",
        )
    if timed:
        return Estimate.TIME, "", f"{many(timed, 'open issue')} with a time estimate"
    return Estimate.WEIGHT, "", "CHECK: no estimates were found"


def _types(labels: Iterable[str]) -> Mapping[str, Kind]:
    """The kinds of work that labels name: "type::bug", and plain "bug"."""
    kinds = {label: kind_of_type(label) for label in labels}
    return {label: kind for label, kind in kinds.items() if kind is not Kind.TASK or _part(_TYPE, label)}


def _priorities(labels: Iterable[str]) -> tuple[str, ...]:
    """Labels of urgency, the most urgent one first: by their number, or by a known word."""
    return tuple(sorted((label for label in labels if _PRIORITY.match(label)), key=_urgency))


def _urgency(label: str) -> tuple[int, str]:
    number = _NUMBER.search(label)
    words = [place for place, word in enumerate(_URGENT) if word in label.casefold()]
    return (int(number[0]) if number else min(words, default=len(_URGENT)), label)


def _part(pattern: re.Pattern[str], label: str) -> str:
    match = pattern.match(label)
    return match[1] if match else ""
