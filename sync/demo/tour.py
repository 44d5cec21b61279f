"""The demo: a local tracker with the invented company, its configuration and a store, all deleted afterwards."""

import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sync.config import Settings, load
from sync.demo import reactions, sprint_starts
from sync.demo.company import absences_csv, config_toml, fill
from sync.demo.people import EMAIL
from sync.errors import UsageError
from sync.fake_jira.server import FakeJira
from sync.reports import as_json
from sync.reports.base import RunReport
from sync.reports.json_models import dump
from sync.reports.json_models.results import DemoDocument


@dataclass(frozen=True, slots=True)
class Place:
    """A running tracker, the token for it, the configuration file, and the key of an issue to ask about."""

    title: str
    url: str
    token: str
    config: Path
    key: str

    def settings(self) -> Settings:
        """The configuration, with the tracker's token as if from the environment."""
        return load(self.config, {**os.environ, "READYLINE_TOKEN": self.token})

    def directions(self) -> str:
        """Commands to try in another terminal."""
        return (
            f"\nThe {self.title} runs at {self.url} until you press Ctrl-C. In another terminal:\n"
            f"  export READYLINE_TOKEN={self.token}\n"
            f"  readyline check -c {self.config}\n"
            f"  readyline why {self.key} -c {self.config}\n"
        )

    def wait(self) -> None:
        """Keep the tracker running until Ctrl-C."""
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


def as_document(reports: Sequence[RunReport]) -> str:
    """The runs as JSON."""
    return dump(DemoDocument(passes=tuple(map(as_json.run_document, reports))))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for: the kind of Jira ("cloud", "datacenter"), and the address of a real site."""

    dialect: str = "cloud"
    url: str = ""


@contextmanager
def jira(here: Path, now: datetime, asked: Asked) -> Iterator[Place]:
    """The shop on a local Jira."""
    with FakeJira(asked.dialect, fill, email=EMAIL, now=now) as site:
        reactions.plant(here / "readyline.db", now)
        sprint_starts.plant(here / "readyline.db", site.state, now)
        config = config_toml(site.url, asked.dialect, email=site.email)
        yield Place("local Jira", site.url, site.token, _written(here, config), "SHOP-101")


@contextmanager
def gitlab(here: Path, now: datetime, asked: Asked) -> Iterator[Place]:  # noqa: ARG001 - as all of the table
    """The shop on a local GitLab."""
    from sync.demo import gitlab_shop
    from sync.fake_gitlab.server import FakeGitlab

    with FakeGitlab(gitlab_shop.fill, now=now) as site:
        config = gitlab_shop.config_toml(site.url)
        yield Place("local GitLab", site.url, site.token, _written(here, config), f"'{gitlab_shop.PATH}#101'")


@contextmanager
def github(here: Path, now: datetime, asked: Asked) -> Iterator[Place]:  # noqa: ARG001 - as all of the table
    """The shop on a local GitHub."""
    from sync.demo import github_shop
    from sync.fake_github.server import FakeGithub

    with FakeGithub(github_shop.fill, now=now) as site:
        config = github_shop.config_toml(site.url)
        yield Place("local GitHub", site.url, site.token, _written(here, config), f"'{github_shop.SHOP}#101'")


@contextmanager
def redmine(here: Path, now: datetime, asked: Asked) -> Iterator[Place]:  # noqa: ARG001 - as all of the table
    """The small product that `.ci/redmine` makes, on a real Redmine: there is no simulator of one."""
    if not asked.url:
        raise UsageError("the demo on Redmine needs a server: name it with --url, with its key in READYLINE_TOKEN")
    token = os.environ.get("READYLINE_TOKEN", "")
    yield Place("Redmine", asked.url, token, _written(here, REDMINE.format(url=asked.url)), "'#1'")


def _written(here: Path, config: str) -> Path:
    (here / "config.toml").write_text(config, encoding="utf-8")
    return here / "config.toml"


REDMINE = """\
[tracker]
kind = "redmine"
url = "{url}"
markup = "common_mark"
read_labels = ["Tags"]
[tracker.fields]
points = "Story points"
rank = "Rank"
flagged = "Impeded"
version_start = "Start"
[tracker.label_fields]
"readyline-ready" = "RL ready"
"readyline-not-ready" = "RL not-ready"
[product]
name = "Test"
owner = "Ana Alvarez"
backlog = "project_id=test&status_id=open"
[[teams]]
name = "Payments"
board = 1
[write_back]
enabled = true
comments = "all"
[write_back.limits]
max_share = 1.0
"""
Demo = Callable[[Path, datetime, Asked], AbstractContextManager[Place]]
DEMOS: Mapping[str, Demo] = {"jira": jira, "gitlab": gitlab, "github": github, "redmine": redmine}
"""The demo of each tracker: it is given a folder, the time, and what the command line asks for."""


@contextmanager
def demo_of(tracker: str, asked: Asked) -> Iterator[Place]:
    """Start a tracker with its invented company. Raises `UsageError` where the command line does not fit."""
    if asked.url and tracker != "redmine":
        raise UsageError(f"--url names a real server, and the demo on {tracker} brings its own: leave it out")
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="readyline-") as folder:
        here = Path(folder)
        (here / "absences.csv").write_text(absences_csv(now), encoding="utf-8")
        with DEMOS[tracker](here, now, asked) as place:
            yield place
