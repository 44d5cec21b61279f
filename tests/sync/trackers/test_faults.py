"""Trouble at random, with seeds: a run ends right or stops with one of our errors; nothing doubles or is lost."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rules.plan.changes import AddLabel, MoveToSprint, PutComment
from rules.plan.outcome import Result
from sync.errors import LoggedOut, TrackerError, Unreachable
from sync.fake_jira import faults
from sync.store.mirror import Mirror
from tests.contract.tracker_fixtures import SCOPE
from tests.sync.trackers.conftest import NOTE, Jira

pytestmark = pytest.mark.journey

PASSING: list[faults.Fault] = [
    faults.too_many("jira-burst-based", retry_after=3),
    faults.too_many("jira-per-issue-on-write", retry_after=2),
    faults.too_many("jira-quota-tenant-based", retry_after=40),
    faults.too_many("something-new", retry_after=None),
    faults.unavailable(5),
    faults.unavailable(),
    faults.broken(500),
    faults.broken(502),
    faults.broken(504),
    faults.reset_before(),
    faults.reset_after(),
    faults.Truncate(clean=True),
    faults.Truncate(clean=False),
]
SEEDS = range(6)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_pull_through_trouble_is_the_same_pull(jira: Jira, seed: int, tmp_path: Path) -> None:
    calm = jira.open().pull(SCOPE)
    jira.jira.faults.at_random(seed=seed, share=0.2, among=PASSING)
    mirror = Mirror.open(tmp_path / "mirror.db")
    for _ in range(2):
        found = jira.open(mirror).pull(SCOPE)
        assert replace(found, taken_at=calm.taken_at) == calm
    mirror.close()


@pytest.mark.parametrize("seed", SEEDS)
def test_writes_through_trouble_leave_what_calm_ones_would(jira: Jira, seed: int) -> None:
    tracker = jira.open()
    issues = tracker.pull(SCOPE).issues
    jira.jira.faults.at_random(seed=seed, share=0.25, among=PASSING)
    for issue in issues[:4]:
        who: dict[str, Any] = {"issue": issue.id, "key": issue.key}
        results = [
            *tracker.apply([AddLabel(**who, label="readyline-ready", why="")], {}),
            *tracker.apply([PutComment(**who, note=NOTE, why="")], {}),
            *tracker.apply([MoveToSprint(**who, sprint="4", why="")], {}),
        ]
        assert {outcome.result for outcome in results} <= {Result.DONE, Result.ALREADY_SO}
    for issue in issues[:4]:
        record = jira.state.issue(issue.key)
        assert "readyline-ready" in record.labels
        assert [r.author.id for r in record.remarks].count(jira.state.me.id) == 1
        assert 4 in record.sprints


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_asks_an_endpoint_again_before_its_time(jira: Jira, seed: int) -> None:
    chance = random.Random(seed)
    waits = [chance.choice([1, 7, 33, 1847]) for _ in range(3)]
    for skip, seconds in enumerate(waits):
        jira.jira.faults.on(faults.too_many("jira-quota-global-based", retry_after=seconds), skip=skip * 2)
    jira.open().pull(SCOPE)
    assert sum(jira.clock.slept) >= sum(waits)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.html_page(), LoggedOut),
        (faults.captcha(), LoggedOut),
        (faults.logged_out(), LoggedOut),
        (faults.Anonymous(), TrackerError),
        (faults.broken(503), Unreachable),
        (faults.Truncate(clean=True), Unreachable),
    ],
    ids=["web-page", "captcha", "revoked", "stranger", "503-for-ever", "cut-for-ever"],
)
@pytest.mark.parametrize("skip", [0, 1, 4, 7])
def test_trouble_that_stays_stops_the_run_with_our_error_wherever_it_begins(
    jira: Jira, fault: faults.Fault, error: type[TrackerError], skip: int
) -> None:
    jira.jira.faults.on(fault, skip=skip, times=None)
    with pytest.raises(error):
        jira.open().pull(SCOPE)


def test_an_issue_deleted_between_the_sweep_and_the_fetch_is_left_out(jira: Jira) -> None:
    fetch = 1 if jira.is_cloud else 3  # Data Center sweeps the backlog and the history by the same call
    tail = "/bulkfetch" if jira.is_cloud else "/search"

    def delete(asked: faults.Asked) -> None:
        if asked.path.endswith(tail) and len(jira.asked("POST", tail)) == fetch:
            jira.state.delete("T-2")

    jira.jira.faults.hook = delete
    assert [issue.key for issue in jira.open().pull(SCOPE).issues] == ["T-5", "T-1", "T-3", "T-6", "T-7"]


def test_a_page_token_that_expires_means_to_begin_again_once(cloud: Jira, monkeypatch: pytest.MonkeyPatch) -> None:
    from sync.trackers.jira import cloud as jira_cloud

    monkeypatch.setattr(jira_cloud, "PAGE_OF_IDS", 2)
    calm = cloud.open().pull(SCOPE)
    cloud.jira.faults.on(faults.expired_page(), path="/search/jql", skip=1)
    assert replace(cloud.open().pull(SCOPE), taken_at=calm.taken_at) == calm
    for skip in (1, 2):  # the second is met by the sweep that began again
        cloud.jira.faults.on(faults.expired_page(), path="/search/jql", skip=skip)
    with pytest.raises(TrackerError, match="expired"):
        cloud.open().pull(SCOPE)
