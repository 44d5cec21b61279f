"""The small product on a Redmine, with a person who uses its REST interface."""

import json
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from rules.model import Product, TeamFilter
from sync.store.mirror import Mirror
from sync.trackers.base import Scope
from sync.trackers.dialect import Dialect
from sync.trackers.http import Transport
from sync.trackers.redmine.dialect import REDMINE
from sync.trackers.redmine.settings import RedmineSettings
from sync.trackers.redmine.tracker import RedmineTracker
from tests import factories as make
from tests.contract.markdown_page import live_in
from tests.contract.small_redmine import BOT, NOT_READY, READY, TAGS, URL, SmallRedmine, served, small_site
from tests.sync.trackers.http_stub import HastyClock

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
    dialect: Dialect = REDMINE

    def worker(self, token: str = "", mirror: Mirror | None = None) -> RedmineTracker:
        return tracker_for(self.url, token or self.keys["bot"], mirror)

    def reader(self) -> RedmineTracker:
        return self.worker(self.keys["reader"])

    def key(self, key: str) -> str:
        return f"#{self.id(key)}"

    def id(self, key: str) -> str:
        return key.rpartition("-")[2]

    def _as_ana(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"X-Redmine-API-Key": self.keys["ana"]}
        answer = requests.request(method, f"{self.url}/{path}", json=body, headers=headers, timeout=20)
        assert answer.status_code < 300, (path, answer.status_code, answer.text)
        return answer.json() if answer.text.strip() else None

    def issue(self, key: str) -> Any:
        return self._as_ana("GET", f"issues/{self.id(key)}.json?include=journals")["issue"]

    def edit(self, key: str, **values: Any) -> None:
        self._as_ana("PUT", f"issues/{self.id(key)}.json", {"issue": values})

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
        self.person_edits_our_comment(key, "")

    def person_edits_our_comment(self, key: str, text: str) -> None:
        for note in self.our_notes(key):
            self.edit_note(note["id"], text)

    def person_deletes(self, key: str) -> None:
        self._as_ana("DELETE", f"issues/{self.id(key)}.json")

    def live(self, key: str) -> list[str]:
        if self.site is not None:
            return [sign for body in self.comments(key) for sign in live_in(body)]
        return [sign for note in self.our_notes(key) for sign in live_on_page(self.shown(key, note["id"]))]

    def shown(self, key: str, note: int) -> str:
        """The HTML that a real Redmine makes of a note."""
        headers = {"X-Redmine-API-Key": self.keys["bot"]}
        page = requests.get(f"{self.url}/issues/{self.id(key)}", headers=headers, timeout=20).text
        found = re.search(rf'<div id="journal-{note}-notes"[^>]*>(.*?)</div>', page, re.DOTALL)
        assert found is not None
        return found[1]


def live_on_page(shown: str) -> list[str]:
    """The elements on a page of Redmine that are not our own marks: links to people and issues, pictures, headings."""
    return sorted(set(re.findall(r"<(\w+)", shown)) - {"div", "p", "strong", "ul", "li"})


def tracker_for(url: str = URL, key: str = "key-of-bot", mirror: Mirror | None = None, **values: Any) -> RedmineTracker:
    """A tracker that waits on a clock of its own."""
    return RedmineTracker(settings(url, **values), key, mirror, Transport(REDMINE, clock=HastyClock()))


@contextmanager
def redmine_place() -> Iterator[RedminePlace]:
    """The product on the Redmine in this process."""
    site = small_site(datetime.now(UTC).replace(microsecond=0))
    with served(site) as url:
        keys = {"bot": "key-of-bot", "ana": "key-of-ana", "reader": "key-of-reader", "admin": "key-of-admin"}
        yield RedminePlace(url, tracker_for(url), keys, site=site)


SERVER = "READYLINE_REDMINE"
"""The environment variable with the path of a file about a real Redmine; `.ci/redmine` makes both."""


def described() -> Any:
    """Where the real Redmine is, its files and its keys; tests are skipped where there is none."""
    if not (path := os.environ.get(SERVER)):
        pytest.skip(f"needs a real Redmine: .ci/redmine starts one and writes the file for {SERVER}")
    return json.loads(Path(path).read_text(encoding="utf-8"))


def format_texts_as(markup: str) -> None:
    """As an administrator of the real Redmine would; it takes effect at once."""
    with closing(sqlite3.connect(described()["database"])) as database, database:
        query = (
            "UPDATE settings SET value = ?, updated_on = datetime('now', '+1 minute') WHERE name = 'text_formatting'"
        )
        database.execute(query, (markup,))


@contextmanager
def real_place() -> Iterator[RedminePlace]:
    """The product on a real Redmine, as it was seeded."""
    server = described()
    # The server keeps the file open and believes the pages that it remembers as long as the file's counter of changes
    # is the one that it saw. A copy of the file would set that counter back; a backup of SQLite counts on.
    with closing(sqlite3.connect(server["template"])) as template, closing(sqlite3.connect(server["database"])) as ours:
        template.backup(ours)
    keys = {name: server[name] for name in ("bot", "ana", "reader", "admin")}
    format_texts_as("common_mark")
    tracker = tracker_for(server["url"], keys["bot"])
    yield RedminePlace(server["url"], tracker, keys, bot=server["users"]["bot"])
