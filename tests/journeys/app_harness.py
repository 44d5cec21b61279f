"""A local Jira, a configuration that points at it, and the program itself: what journeys are made of."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from sync.cli.commands import app
from sync.demo.company import absences_csv, config_toml, fill
from sync.demo.people import EMAIL
from sync.fake_jira.faults import Asked
from sync.fake_jira.server import FakeJira
from sync.fake_jira.state import State
from sync.fake_jira.world import utc_now
from tests.postgresql import DATABASE, in_database
from tests.thorough import in_turn

DIALECTS = ("cloud", "datacenter")
EACH_DAY = in_turn(*DIALECTS)
"""Data Center is among the long runs; what it alone writes has tests of its own that run each day."""
TOP = 8


EndState = dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]]
"""What a site has of us: by issue key, our labels, our comments' texts, and the sprints."""


@dataclass(frozen=True)
class Whole:
    """What the small shop has after a run that nothing disturbed, and how many requests and writes that took."""

    end_state: EndState
    requests: int
    writes: int


Undisturbed = Callable[[str], Whole]
"""That of each dialect."""


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it said where."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document on stdout, which must hold nothing else."""
        return json.loads(self.out)


@dataclass
class Office:
    """Where a journey takes place."""

    jira: FakeJira
    folder: Path
    config: Path
    environ: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str) -> Ended:
        """Call a command in this process."""
        runner = CliRunner()
        ended = runner.invoke(app, [*words, "-c", str(self.config)], env=self.environ)
        if ended.exception is not None and not isinstance(ended.exception, SystemExit):
            raise ended.exception
        return Ended(ended.exit_code, ended.stdout, ended.stderr)

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Start the program as a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "sync", *words, "-c", str(self.config)],
            env={**os.environ, **self.environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def write_config(self, old: str, new: str) -> None:
        """Change a piece of the configuration, which must be there."""
        text = self.config.read_text(encoding="utf-8")
        assert old in text, old
        self.config.write_text(text.replace(old, new), encoding="utf-8")

    def write_reports(self, *kinds: str) -> None:
        """Let every run from now on write these kinds of reports; a run that writes none is a third faster."""
        tables = (f'\n[[reports]]\nkind = "{kind}"\npath = "reports/"\n' for kind in kinds)
        self.config.write_text(self.config.read_text(encoding="utf-8") + "".join(tables), encoding="utf-8")

    def ours(self) -> dict[str, list[str]]:
        """By issue key, the texts of the comments written by our account."""
        state = self.jira.state
        with state.lock:
            return {
                record.key: [_text(remark.body) for remark in record.remarks if remark.author.id == state.me.id]
                for record in state.issues.values()
            }

    def end_state(self) -> EndState:
        """What the site has of us: by key, our labels, our comments' texts, and the sprints."""
        ours = self.ours()
        with self.jira.state.lock:
            return {
                record.key: (
                    tuple(sorted(label for label in record.labels if label.startswith("readyline-"))),
                    tuple(ours[record.key]),
                    tuple(record.sprints),
                )
                for record in self.jira.state.issues.values()
            }


def is_write(asked: Asked) -> bool:
    """Whether a request changes something on the issue or its sprint."""
    writes_by_post = asked.path.endswith(("/comment", "/issue")) and "/search" not in asked.path
    return asked.method in ("PUT", "DELETE") or (asked.method == "POST" and writes_by_post)


def _text(body: Any) -> str:
    return body.wiki or json.dumps(body.adf, sort_keys=True)


def small(state: State, now: datetime) -> None:
    """The shop with only the top of its backlog, so that a run takes a moment."""
    fill(state, now)
    waiting = [r for r in state.issues.values() if r.status.category != "done" and not state.open_sprint(r)]
    for record in sorted(waiting, key=lambda record: record.rank)[TOP:]:
        state.delete(record.key)


@contextmanager
def office(
    folder: Path, dialect: str, *, company: Any = small, clock: Callable[[], datetime] = utc_now, database: str = ""
) -> Iterator[Office]:
    """Open a local Jira and write a configuration without reports into `folder`; `clock` is the site's.

    The store is in a schema of its own where the address of a `database` is given, a file otherwise.
    """
    now = clock()
    with FakeJira(dialect, company, email=EMAIL, now=now, clock=clock) as jira:
        (folder / "absences.csv").write_text(absences_csv(now), encoding="utf-8")
        config = folder / "config.toml"
        text, _, _ = config_toml(jira.url, dialect, email=jira.email).partition("[[reports]]")
        config.write_text(text, encoding="utf-8")
        place = Office(jira, folder, config, {"READYLINE_TOKEN": jira.token})
        if database:
            place.write_config("[store]\n", f"[store]\n{in_database(database)}")
            place.environ[DATABASE] = database
        yield place
