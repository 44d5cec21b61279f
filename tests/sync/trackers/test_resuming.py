"""A pull that is cut short goes on where it was cut; and an issue that was read once is not read again."""

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rules.model import Issue, Snapshot
from sync.errors import Unreachable
from sync.fake_jira import faults
from sync.fake_jira.records import Body
from sync.store.mirror import Mirror
from sync.trackers.jira import cloud as jira_cloud
from sync.trackers.jira import datacenter as jira_datacenter
from sync.trackers.jira import parsed_cache as recall
from sync.trackers.jira.parse import read_issue
from tests.contract.tracker_fixtures import SCOPE
from tests.sync.trackers.conftest import Jira

pytestmark = pytest.mark.journey

PORTION, PORTIONS = 20, 10

KILLED = """
import os, sys
from pathlib import Path
from sync.store.mirror import Mirror
from sync.trackers import open_tracker
from sync.trackers.jira import cloud, datacenter
from sync.trackers.jira.settings import CloudSettings, DatacenterSettings
from tests.contract.tracker_fixtures import SCOPE

kind, url, email, token, path, portion, cut = sys.argv[1:]
cloud.FEW = datacenter.IDS_A_QUERY = int(portion)
mirror, keep, left = Mirror.open(Path(path)), Mirror.keep, iter(range(int(cut)))
Mirror.keep = lambda *given: keep(*given) if next(left, None) is not None else os._exit(9)
settings = CloudSettings(url=url, email=email) if kind == "cloud" else DatacenterSettings(url=url)
open_tracker(settings, token, mirror).pull(SCOPE)
"""


@pytest.fixture(autouse=True)
def crowd(jira: Jira, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred issues that nobody touched lately, fetched in ten portions."""
    for index in range(PORTION * PORTIONS - len(jira.state.issues)):
        jira.state.create("T", "Story", f"Story {index}", description=Body(f"h2. Story {index}\n\nSome *text*."))
    for record in jira.state.issues.values():
        record.updated = datetime.now(UTC) - timedelta(days=2)
    monkeypatch.setattr(jira_cloud, "FEW", PORTION)
    monkeypatch.setattr(jira_datacenter, "IDS_A_QUERY", PORTION)


@pytest.fixture
def reopened(tmp_path: Path) -> Iterator[Callable[[], Mirror]]:
    """Open the mirror's file once more."""
    found: list[Mirror] = []

    def opened() -> Mirror:
        found.append(Mirror.open(tmp_path / "mirror.db"))
        return found[-1]

    yield opened
    for each in found:
        each.close()


def asked_for(jira: Jira, since: int = 0) -> list[str]:
    """The ids asked for in full since a request's number."""
    ids: list[str] = []
    for each in jira.jira.requests[since:]:
        if each.path.endswith("/issue/bulkfetch"):
            ids += each.body["issueIdsOrKeys"]
        elif each.path.endswith("/search") and "id in (" in each.body["jql"] and not each.body["expand"]:
            ids += each.body["jql"].partition("(")[2].rstrip(")").split(", ")
    return ids


def same(one: Snapshot, other: Snapshot) -> bool:
    return replace(one, taken_at=other.taken_at) == other


def finishes_from(jira: Jira, mirror: Mirror) -> None:
    """The next pull fetches what the mirror lacks and no more, and the one after it nothing."""
    kept, since = mirror.known().keys(), len(jira.jira.requests)
    everything = {record.id for record in jira.state.issues.values()}
    found = jira.open(mirror).pull(SCOPE)
    assert sorted(asked_for(jira, since)) == sorted(everything - kept)
    since = len(jira.jira.requests)
    assert same(jira.open(mirror).pull(SCOPE), found)
    assert asked_for(jira, since) == []
    assert same(found, jira.open().pull(SCOPE))


@pytest.mark.parametrize("cut", [0, 3, PORTIONS - 1])
def test_a_first_pull_that_is_interrupted_keeps_what_it_has_and_goes_on_from_there(
    jira: Jira, reopened: Callable[[], Mirror], monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    keep, left = Mirror.keep, iter(range(cut))

    def kept(mirror: Mirror, issues: Iterable[Mapping[str, Any]]) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        keep(mirror, issues)

    monkeypatch.setattr(Mirror, "keep", kept)
    with pytest.raises(KeyboardInterrupt):
        jira.open(reopened()).pull(SCOPE)
    monkeypatch.setattr(Mirror, "keep", keep)
    mirror = reopened()
    assert len(mirror.known()) == cut * PORTION
    finishes_from(jira, mirror)


def test_a_process_that_is_killed_leaves_what_it_fetched(
    jira: Jira, reopened: Callable[[], Mirror], tmp_path: Path
) -> None:
    site = jira.jira
    options = (site.dialect, site.url, site.email, site.token, str(tmp_path / "mirror.db"))
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, *options, str(PORTION), "4"], cwd=Path(__file__).parents[3], check=False
    )
    assert ended.returncode == 9
    mirror = reopened()
    assert len(mirror.known()) == 4 * PORTION
    finishes_from(jira, mirror)


def test_portions_other_than_the_one_that_fails_are_kept(jira: Jira, reopened: Callable[[], Mirror]) -> None:
    bad = jira.state.issue("T-50").id

    def trouble(asked: faults.Asked) -> faults.Fault | None:
        body = str(jira.jira.requests[asked.number - 1].body)
        return faults.broken(500) if bad in body and asked.path.endswith(("/bulkfetch", "/search")) else None

    jira.jira.faults.hook = trouble
    mirror = reopened()
    with pytest.raises(Unreachable):
        jira.open(mirror).pull(SCOPE)
    jira.jira.faults.clear()
    assert len(mirror.known()) >= 2 * PORTION
    assert bad not in mirror.known()
    finishes_from(jira, mirror)


def test_a_cut_run_does_not_move_the_watermark(jira: Jira, reopened: Callable[[], Mirror]) -> None:
    mirror = reopened()
    jira.open(mirror).pull(SCOPE)
    before = mirror.cutoff(timedelta())
    for record in jira.state.issues.values():
        jira.state.edit(record.id, summary=f"{record.summary}, anew", by="ana")
    jira.jira.faults.on(faults.broken(500), path="/bulkfetch|/search$", skip=5, times=None)
    with pytest.raises(Unreachable):
        jira.open(mirror).pull(SCOPE)
    jira.jira.faults.clear()
    assert mirror.cutoff(timedelta()) == before
    jira.state.clock = lambda: datetime.now(UTC) + timedelta(minutes=1)  # a site tells whole seconds
    assert same(jira.open(mirror).pull(SCOPE), jira.open().pull(SCOPE))
    assert mirror.cutoff(timedelta()) > before


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of issues as they are read, one after the other."""
    keys: list[str] = []

    def noted(raw: Mapping[str, Any], *given: Any, **options: Any) -> Issue:
        keys.append(raw["key"])
        return read_issue(raw, *given, **options)

    monkeypatch.setattr(recall, "read_issue", noted)
    return keys


def test_an_issue_that_nobody_changed_is_not_read_again(
    jira: Jira, reopened: Callable[[], Mirror], read: list[str]
) -> None:
    first = jira.open(reopened()).pull(SCOPE)
    assert sorted(read) == sorted(jira.state.keys)
    read.clear()
    jira.state.edit("T-9", description="h2. Other\n\n* words", by="ana")
    again = jira.open(reopened()).pull(SCOPE)
    assert read == ["T-9"]
    changed = again.by_key["T-9"]
    assert changed.document != first.by_key["T-9"].document
    assert same(again, jira.open().pull(SCOPE))


def test_what_the_site_says_of_a_sprint_is_read_into_the_issues_again(
    jira: Jira, reopened: Callable[[], Mirror], read: list[str]
) -> None:
    assert jira.open(reopened()).pull(SCOPE).by_key["T-3"].sprint == "2"
    read.clear()
    jira.state.sprints[2].state = "closed"
    again = jira.open(reopened()).pull(SCOPE)
    assert again.by_key["T-3"].sprint is None
    assert len(read) == len(jira.state.issues)


def test_another_version_of_the_program_reads_for_itself(
    jira: Jira, reopened: Callable[[], Mirror], read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = jira.open(reopened()).pull(SCOPE)
    read.clear()
    monkeypatch.setattr(recall, "source_key", lambda: "another")
    assert same(jira.open(reopened()).pull(SCOPE), first)
    assert len(read) == len(jira.state.issues)
