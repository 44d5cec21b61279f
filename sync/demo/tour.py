"""The demo: a local Jira with the invented company, its configuration and a store, all deleted afterwards."""

import json
import os
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sync.config import Settings, load
from sync.demo import reactions, sprint_starts
from sync.demo.company import absences_csv, config_toml, fill
from sync.demo.people import EMAIL
from sync.fake_jira.server import FakeJira
from sync.reports import as_json
from sync.reports.base import RunReport
from sync.reports.json_models import dump


@dataclass(frozen=True, slots=True)
class Place:
    """A running local Jira and the configuration file for it."""

    jira: FakeJira
    config: Path

    def settings(self) -> Settings:
        """The configuration, with the local Jira's token as if from the environment."""
        return load(self.config, {**os.environ, "READYLINE_TOKEN": self.jira.token})

    def directions(self) -> str:
        """Commands to try in another terminal."""
        return (
            f"\nThe local Jira runs at {self.jira.url} until you press Ctrl-C. In another terminal:\n"
            f"  export READYLINE_TOKEN={self.jira.token}\n"
            f"  readyline check -c {self.config}\n"
            f"  readyline why SHOP-101 -c {self.config}\n"
        )

    def wait(self) -> None:
        """Keep the local Jira running until Ctrl-C."""
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


def as_document(reports: Sequence[RunReport]) -> str:
    """The runs as JSON."""
    runs = [json.loads(dump(as_json.run_document(report))) for report in reports]
    return json.dumps({"schema": "readyline/demo/1", "passes": runs}, indent=2, ensure_ascii=False)


@contextmanager
def shop_at_work(dialect: str) -> Iterator[Place]:
    """Start the local Jira; `dialect` is "cloud" or "datacenter"."""
    now = datetime.now(UTC)
    with (
        tempfile.TemporaryDirectory(prefix="readyline-") as folder,
        FakeJira(dialect, fill, email=EMAIL, now=now) as jira,
    ):
        here = Path(folder)
        (here / "absences.csv").write_text(absences_csv(now), encoding="utf-8")
        config = here / "config.toml"
        config.write_text(config_toml(jira.url, dialect, email=jira.email), encoding="utf-8")
        reactions.plant(here / "readyline.db", now)
        sprint_starts.plant(here / "readyline.db", jira.state, now)
        yield Place(jira, config)
