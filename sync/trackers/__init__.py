"""Where issues come from and where labels, comments and sprints go.

`TRACKERS` is the table of kinds. Another package adds its own under the entry-point group `readyline.trackers`: the
name is the kind, the object a `TrackerKind`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any

from pydantic import BaseModel

from sync.errors import ConfigError
from sync.store.mirror import Mirror
from sync.trackers.base import Tracker
from sync.trackers.jira.settings import CloudSettings, DatacenterSettings

GROUP = "readyline.trackers"


@dataclass(frozen=True, slots=True)
class TrackerKind:
    """A kind of tracker: the model of its `[tracker]` table, and how it is opened.

    `open` takes that model, the token and the mirror (`None`: keep nothing between passes); it makes no request.
    """

    settings: type[BaseModel]
    open: Callable[[Any, str, Mirror | None], Tracker]


def _open_cloud(settings: CloudSettings, token: str, mirror: Mirror | None) -> Tracker:
    from sync.trackers.jira.tracker import JiraCloud

    return JiraCloud(settings, token, mirror)


def _open_datacenter(settings: DatacenterSettings, token: str, mirror: Mirror | None) -> Tracker:
    from sync.trackers.jira.tracker import JiraDatacenter

    return JiraDatacenter(settings, token, mirror)


TRACKERS: Mapping[str, TrackerKind] = {
    "jira-cloud": TrackerKind(CloudSettings, _open_cloud),
    "jira-datacenter": TrackerKind(DatacenterSettings, _open_datacenter),
}


def tracker_kinds() -> Mapping[str, TrackerKind]:
    """Every kind there is: ours, and those of installed packages. Ours cannot be replaced."""
    found = {entry.name: entry for entry in entry_points(group=GROUP)}
    return {name: entry.load() for name, entry in found.items() if name not in TRACKERS} | dict(TRACKERS)


def open_tracker(settings: BaseModel, token: str, mirror: Mirror | None = None) -> Tracker:
    """The tracker that these settings are for; no request is made yet. Raises `ConfigError`."""
    for kind in tracker_kinds().values():
        if type(settings) is kind.settings:
            return kind.open(settings, _checked(token.strip()), mirror)
    raise ConfigError(f'[tracker] kind = "{getattr(settings, "kind", "")}" is no tracker that is installed')


def _checked(token: str) -> str:
    """The token; where a header could not carry it, the library's own error would repeat it."""
    if not token:
        raise ConfigError("there is no token: put it into the environment variable READYLINE_TOKEN")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise ConfigError(
            "READYLINE_TOKEN holds a sign that no token has (a blank, a line break, a letter beyond ASCII); copy the "
            "token again, alone"
        )
    return token
