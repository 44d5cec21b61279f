"""What is known of a GitLab: our account, the edition, the sprints, and what the labels mean."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rules.model import Category, Sprint, SprintState
from sync.trackers.gitlab.api import GitlabApi
from sync.trackers.gitlab.payloads import Box, RawIssue
from sync.trackers.gitlab.settings import Estimate, GitlabSettings, SprintSource
from sync.trackers.tolerant import Json

TYPES = ("issue", "incident", "task", "test_case")
"""GitLab's own types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is needed to read and write issues.

    `is_premium` is whether issues have weights and links that block: GitLab Free leaves these keys out. `sprints` are
    those of the teams, by their numbers. `group_path` is the path of the group, "" where a project is read.
    """

    settings: GitlabSettings
    account: str
    account_name: str
    group_path: str = ""
    is_premium: bool = False
    sprints: Mapping[str, Sprint] = field(default_factory=dict)

    @property
    def has_iterations(self) -> bool:
        """Whether iterations are the sprints, and not milestones."""
        return self.settings.sprints is SprintSource.ITERATIONS

    @property
    def milestones_of(self) -> str:
        """What the milestones of a team belong to, as in an address."""
        return "groups" if self.settings.sprints is SprintSource.GROUP_MILESTONES else "projects"

    def box(self, raw: RawIssue) -> Box:
        """The milestone or iteration of an issue."""
        return raw.iteration if self.has_iterations else raw.milestone

    def open_sprint(self, raw: RawIssue) -> str | None:
        """The milestone or iteration as a sprint, `None` if it is closed. One of another team counts as open."""
        number = self.box(raw).id
        known = self.sprints.get(number)
        return None if not number or (known and known.state is SprintState.CLOSED) else number

    def labels(self, names: Iterable[str]) -> frozenset[str]:
        """Labels as readyline calls them: those that it writes by its own names."""
        ours = self.settings.own_names
        return frozenset(ours.get(name, name) for name in names)

    def status(self, labels: Collection[str], *, is_closed: bool) -> str:
        """The status: "closed", a label of started work, or "opened"."""
        return "closed" if is_closed else _first(self.settings.doing, labels) or "opened"

    def category(self, labels: Collection[str], *, is_closed: bool) -> Category:
        """The category of the status."""
        if is_closed:
            return Category.DONE
        return Category.DOING if _first(self.settings.doing, labels) else Category.TODO

    def priority(self, labels: Collection[str]) -> str:
        """The most urgent label of priority, "" for none."""
        return _first(self.settings.priorities, labels)

    def points(self, labels: Iterable[str], weight: float | None, seconds: float | None) -> float | None:
        """The estimate: the weight, the time in hours, or the number in a label."""
        match self.settings.points:
            case Estimate.WEIGHT:
                return weight
            case Estimate.TIME:
                return seconds / 3600 if seconds else None
            case Estimate.LABEL:
                return next(iter(self._numbers(labels)), None)

    def _numbers(self, labels: Iterable[str]) -> Sequence[float]:
        begin = self.settings.points_label
        values = (label.removeprefix(begin).strip() for label in sorted(labels) if label.startswith(begin))
        return [float(value) for value in values if value.replace(".", "", 1).isdecimal()]


def learn(api: GitlabApi, settings: GitlabSettings) -> Site:
    """Ask who we are, and for the group where one is read. Raises `LoggedOut` and `NotFound`."""
    me = api.me()
    path = str(api.source().get("full_path", "")) if settings.group else ""
    return Site(
        settings=settings,
        account=str(me.get("id", "")),
        account_name=str(me.get("name") or me.get("username") or ""),
        group_path=path,
    )


def shows_weights(raws: Iterable[Json]) -> bool:
    """Whether issues have weights, also empty ones."""
    return any("weight" in raw for raw in raws)


def _first(wanted: Iterable[str], labels: Collection[str]) -> str:
    return next((label for label in wanted if label in labels), "")
