"""The invented company at work: a stand-in, a configuration for it, and a place for the store, all gone afterwards."""

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
from sync.demo.company import absences_csv, config_toml, fill
from sync.demo.people import EMAIL
from sync.fake_jira.server import FakeJira
from sync.reports import as_json
from sync.reports.base import RunReport


@dataclass(frozen=True, slots=True)
class Place:
    """A running stand-in and the configuration file that points at it."""

    jira: FakeJira
    config: Path

    def settings(self) -> Settings:
        """The configuration, with the stand-in's token from the environment as ever."""
        return load(self.config, {**os.environ, "READYLINE_TOKEN": self.jira.token})

    def directions(self) -> str:
        """How to look around in another terminal."""
        return (
            f"\nThe stand-in answers at {self.jira.url} until you press Ctrl-C. In another terminal:\n"
            f"  export READYLINE_TOKEN={self.jira.token}\n"
            f"  readyline check -c {self.config}\n"
            f"  readyline why SHOP-101 -c {self.config}\n"
        )

    def wait(self) -> None:
        """Keep the stand-in running until the person has seen enough."""
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


def as_document(reports: Sequence[RunReport]) -> str:
    """What the passes wrote, as JSON."""
    passes = [json.loads(as_json.dump(as_json.run_document(report))) for report in reports]
    return json.dumps({"schema": "readyline/demo/1", "passes": passes}, indent=2, ensure_ascii=False)


@contextmanager
def shop_at_work(dialect: str) -> Iterator[Place]:
    """Open the shop: "cloud" or "datacenter"."""
    now = datetime.now(UTC)
    with (
        tempfile.TemporaryDirectory(prefix="readyline-") as folder,
        FakeJira(dialect, fill, email=EMAIL, now=now) as jira,
    ):
        here = Path(folder)
        (here / "absences.csv").write_text(absences_csv(now), encoding="utf-8")
        config = here / "config.toml"
        config.write_text(config_toml(jira.url, dialect, email=jira.email), encoding="utf-8")
        yield Place(jira, config)
