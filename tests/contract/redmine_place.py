"""The small product on a Redmine, with a person who uses its REST interface."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from rules.model import Product, TeamFilter
from sync.trackers.base import Scope
from sync.trackers.redmine.settings import RedmineSettings
from sync.trackers.redmine.tracker import RedmineTracker
from tests import factories as make
from tests.contract.small_redmine import BOT, NOT_READY, READY, TAGS, URL, SmallRedmine, served, small_site

PRODUCT: Product = make.product(
    make.team("Payments", board=1, takes=TeamFilter(components=frozenset({"payments"}))), name="Test", owner="Ana"
)
SCOPE = Scope(backlog="project_id=test&status_id=open", product=PRODUCT)
LABELS = {"readyline-ready": READY, "readyline-not-ready": NOT_READY}


def settings(url: str = URL, **values: Any) -> RedmineSettings:
    """The settings of the small product."""
    fields = {"points": "Story points", "rank": "Rank", "flagged": "Impeded", "version_start": "Start"}
    return RedmineSettings.model_validate(
        {
            "url": url,
            "markup": "common_mark",
            "fields": fields,
            "label_fields": {"readyline-ready": "RL ready", "readyline-not-ready": "RL not-ready"},
            "read_labels": ["Tags"],
            "types": {"Story": "story", "Epic": "epic"},
            **values,
        }
    )


@dataclass
class RedminePlace:
    """A Redmine, a tracker that looks at it, and the keys of its accounts.

    `bot` is the number of our account; `site` is set for the Redmine in this process.
    """

    url: str
    tracker: RedmineTracker
    keys: dict[str, str]
    bot: int = BOT
    site: SmallRedmine | None = None
    scope: Scope = SCOPE
    theirs: frozenset[str] = frozenset({"Web", "ios,"})

    def key(self, key: str) -> str:
        return f"#{self._number(key)}"

    def _number(self, key: str) -> str:
        return key.rpartition("-")[2]

    def _as_ana(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"X-Redmine-API-Key": self.keys["ana"]}
        answer = requests.request(method, f"{self.url}/{path}", json=body, headers=headers, timeout=20)
        assert answer.status_code < 300, (path, answer.status_code, answer.text)
        return answer.json() if answer.text.strip() else None

    def issue(self, key: str) -> Any:
        return self._as_ana("GET", f"issues/{self._number(key)}.json?include=journals")["issue"]

    def edit(self, key: str, **values: Any) -> None:
        self._as_ana("PUT", f"issues/{self._number(key)}.json", {"issue": values})

    def edit_note(self, journal: int, text: str) -> None:
        self._as_ana("PUT", f"journals/{journal}.json", {"journal": {"notes": text}})

    def our_notes(self, key: str) -> list[Any]:
        return [one for one in self.issue(key)["journals"] if one["user"]["id"] == self.bot and one["notes"]]

    def comments(self, key: str) -> list[str]:
        return [str(one["notes"]) for one in self.our_notes(key)]

    def labels(self, key: str) -> set[str]:
        values = {field["id"]: field["value"] for field in self.issue(key)["custom_fields"]}
        return {label for label, number in LABELS.items() if values[number] == "1"} | set(values[TAGS])

    def person_labels(self, key: str, label: str) -> None:
        if label in LABELS:
            self.edit(key, custom_fields=[{"id": LABELS[label], "value": "1"}])
        else:
            theirs = sorted(self.labels(key) - LABELS.keys())
            self.edit(key, custom_fields=[{"id": TAGS, "value": [*theirs, label]}])

    def person_deletes_our_comment(self, key: str) -> None:
        for note in self.our_notes(key):
            self.edit_note(note["id"], "")

    def person_empties_our_comment(self, key: str) -> None:
        self.person_deletes_our_comment(key)

    def person_deletes(self, key: str) -> None:
        self._as_ana("DELETE", f"issues/{self._number(key)}.json")


@contextmanager
def redmine_place() -> Iterator[RedminePlace]:
    """The product on the Redmine in this process."""
    site = small_site(datetime.now(UTC).replace(microsecond=0))
    with served(site) as url:
        keys = {"bot": "key-of-bot", "ana": "key-of-ana", "reader": "key-of-reader", "admin": "key-of-admin"}
        yield RedminePlace(url, RedmineTracker(settings(url), keys["bot"]), keys, site=site)


SERVER = "READYLINE_REDMINE"
"""The environment variable with the path of a file about a real Redmine; `.ci/redmine` makes both."""


def described() -> Any:
    """Where the real Redmine is, its files and its keys; tests are skipped where there is none."""
    if not (path := os.environ.get(SERVER)):
        pytest.skip(f"needs a real Redmine: .ci/redmine starts one and writes the file for {SERVER}")
    return json.loads(Path(path).read_text(encoding="utf-8"))


@contextmanager
def real_place() -> Iterator[RedminePlace]:
    """The product on a real Redmine, as it was seeded."""
    server = described()
    # Into the same file: the server keeps it open.
    with Path(server["template"]).open("rb") as template, Path(server["database"]).open("r+b") as database:
        shutil.copyfileobj(template, database)
        database.truncate()
    keys = {name: server[name] for name in ("bot", "ana", "reader", "admin")}
    tracker = RedmineTracker(settings(server["url"]), keys["bot"])
    yield RedminePlace(server["url"], tracker, keys, bot=server["users"]["bot"])
