"""Trackers: where issues come from, and where labels, comments and sprints are written.

`TRACKERS` is the table of kinds. Another package adds one under the entry-point group `readyline.trackers`: the
name is the kind, the object a `TrackerKind`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from sync.errors import ConfigError
from sync.extras import installing
from sync.plugins import with_installed
from sync.trackers.github.settings import GithubSettings
from sync.trackers.gitlab.settings import GitlabSettings
from sync.trackers.jira.settings import CloudSettings, DatacenterSettings
from sync.trackers.redmine.settings import RedmineSettings
from sync.trackers.token import token_variable

if TYPE_CHECKING:
    from sync.store.mirror import Mirror
    from sync.trackers.base import Tracker

GROUP = "readyline.trackers"


@dataclass(frozen=True, slots=True)
class TrackerKind:
    """A kind of tracker: the model of its `[tracker]` table, and how it is opened.

    `open` takes that model, the token and the mirror (`None`: keep nothing between runs); it makes no request.
    """

    settings: type[BaseModel]
    open: "Callable[[Any, str, Mirror | None], Tracker]"


def _open_cloud(settings: CloudSettings, token: str, mirror: "Mirror | None") -> "Tracker":
    from sync.trackers.jira.tracker import JiraCloud

    return JiraCloud(settings, token, mirror)


def _open_datacenter(settings: DatacenterSettings, token: str, mirror: "Mirror | None") -> "Tracker":
    from sync.trackers.jira.tracker import JiraDatacenter

    return JiraDatacenter(settings, token, mirror)


def _open_gitlab(settings: GitlabSettings, token: str, mirror: "Mirror | None") -> "Tracker":
    try:
        from sync.trackers.gitlab.tracker import GitlabTracker
    except ModuleNotFoundError as missing:
        raise ConfigError(f'[tracker] kind = "gitlab" needs a library; {installing("gitlab")}') from missing
    return GitlabTracker(settings, token, mirror)


def _open_redmine(settings: RedmineSettings, token: str, mirror: "Mirror | None") -> "Tracker":
    try:
        from sync.trackers.redmine.tracker import RedmineTracker
    except ModuleNotFoundError as missing:
        raise ConfigError(f'[tracker] kind = "redmine" needs a library; {installing("redmine")}') from missing
    return RedmineTracker(settings, token, mirror)


def _open_github(settings: GithubSettings, token: str, mirror: "Mirror | None") -> "Tracker":
    from sync.trackers.github.tracker import GithubTracker

    return GithubTracker(settings, token, mirror)


TRACKERS: Mapping[str, TrackerKind] = {
    "jira-cloud": TrackerKind(CloudSettings, _open_cloud),
    "jira-datacenter": TrackerKind(DatacenterSettings, _open_datacenter),
    "github": TrackerKind(GithubSettings, _open_github),
    "gitlab": TrackerKind(GitlabSettings, _open_gitlab),
    "redmine": TrackerKind(RedmineSettings, _open_redmine),
}


def tracker_kinds() -> Mapping[str, TrackerKind]:
    """All kinds: ours, and those of installed packages. Raises `ConfigError` naming the package's entry."""
    return with_installed(TRACKERS, GROUP, "tracker", TrackerKind)


def open_tracker(settings: BaseModel, token: str, mirror: "Mirror | None" = None) -> "Tracker":
    """The tracker of these settings; no request is made yet. Raises `ConfigError`."""
    # Looking for installed packages reads many files: only what is not ours needs it.
    kind = _kind_of(settings, TRACKERS) or _kind_of(settings, tracker_kinds())
    if kind is None:
        raise ConfigError(f'[tracker] kind = "{getattr(settings, "kind", "")}" is not an installed tracker')
    return kind.open(settings, _checked(token.strip(), token_variable(settings)), mirror)


def _kind_of(settings: BaseModel, kinds: Mapping[str, TrackerKind]) -> TrackerKind | None:
    return next((kind for kind in kinds.values() if type(settings) is kind.settings), None)


def _checked(token: str, variable: str) -> str:
    """The token, checked here because a library's error about a bad header would repeat it."""
    if not token:
        raise ConfigError(f"the token is missing: put it into the environment variable {variable}")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise ConfigError(
            f"{variable} has a character that no token has (a space, a line break, a non-ASCII letter); copy the "
            "token again, without anything else"
        )
    return token
