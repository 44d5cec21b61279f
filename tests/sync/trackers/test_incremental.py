"""Pulling again: only what changed is fetched, nothing that changed is missed, and no loss passes for a deletion."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rules.model import Category, Snapshot
from rules.plan.changes import AddLabel
from sync.errors import LoggedOut, TrackerError, Unreachable
from sync.fake_jira import faults
from sync.store.mirror import Mirror
from sync.trackers.jira import datacenter as jira_datacenter
from sync.trackers.jira import issue_ids as sweeping
from sync.trackers.jira.site_answers import ASK_EVERY
from tests.contract.tracker_fixtures import SCOPE
from tests.sync.trackers.conftest import Jira

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True, params=["short", "long"])
def length(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A list that is swept at every run, and one of which only the moves are asked for."""
    if request.param == "long":
        monkeypatch.setattr(sweeping, "LONG", 0)
    return str(request.param)


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    found = Mirror.open(tmp_path / "mirror.db")
    yield found
    found.close()


def pull(jira: Jira, mirror: Mirror | None) -> Snapshot:
    return jira.open(mirror).pull(SCOPE)


def same(one: Snapshot, other: Snapshot) -> bool:
    return replace(one, taken_at=other.taken_at) == other


def fetched(jira: Jira, since: int) -> set[str]:
    """The ids asked for in full since a request's number."""
    ids: set[str] = set()
    for each in jira.jira.requests[since:]:
        if each.path.endswith("/issue/bulkfetch"):
            ids |= set(each.body["issueIdsOrKeys"])
        elif each.path.endswith("/search") and "id in (" in each.body["jql"] and not each.body["expand"]:
            ids |= set(each.body["jql"].partition("(")[2].rstrip(")").split(", "))
    return ids


def long_ago(jira: Jira) -> None:
    """Let everything be older than the overlap."""
    for record in jira.state.issues.values():
        record.updated = datetime.now(UTC) - timedelta(days=2)


def test_the_second_run_fetches_nothing_when_nothing_changed(jira: Jira, mirror: Mirror) -> None:
    long_ago(jira)
    first = pull(jira, mirror)
    since = len(jira.jira.requests)
    assert same(pull(jira, mirror), first)
    assert fetched(jira, since) == set()
    assert len(jira.jira.requests) - since <= 7


def test_with_and_without_the_mirror_the_snapshot_is_the_same(jira: Jira, mirror: Mirror) -> None:
    pull(jira, mirror)
    jira.state.edit("T-2", summary="Very wrong total", by="ana")
    jira.state.rank(["T-2"], before="T-5")
    jira.state.transition("T-3", "Done", by="ana")
    jira.state.rename("T-7", "ELSE-1", by="ana")
    jira.state.rename("T-1", "T-99", by="ana")
    for _ in range(2):
        assert same(pull(jira, mirror), pull(jira, None))


def test_only_what_changed_is_fetched(jira: Jira, mirror: Mirror) -> None:
    long_ago(jira)
    pull(jira, mirror)
    jira.state.edit("T-2", summary="Very wrong total", by="ana")
    since = len(jira.jira.requests)
    assert pull(jira, mirror).by_key["T-2"].title == "Very wrong total"
    assert fetched(jira, since) == {jira.state.issue("T-2").id}


def test_a_new_rank_alone_is_noticed(jira: Jira, mirror: Mirror) -> None:
    pull(jira, mirror)
    updated = {key: record.updated for key, record in jira.state.issues.items()}
    jira.state.rank(["T-2"], before="T-5")
    for key, moment in updated.items():
        jira.state.issues[key].updated = moment
    assert [issue.key for issue in pull(jira, mirror).issues][:2] == ["T-2", "T-5"]


def test_a_change_in_the_very_millisecond_of_the_last_run_is_not_missed(jira: Jira, mirror: Mirror) -> None:
    long_ago(jira)
    started = pull(jira, mirror).taken_at
    record = jira.state.issue("T-2")
    jira.state.edit("T-2", summary="Changed just then", by="ana")
    record.updated = started
    assert pull(jira, mirror).by_key["T-2"].title == "Changed just then"


def test_a_machine_whose_clock_is_wrong_misses_nothing(
    jira: Jira, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago(jira)
    for off in (timedelta(days=3), timedelta(days=-3)):
        monkeypatch.setattr(jira.clock, "now", lambda off=off: datetime.now(UTC) + off)
        pull(jira, mirror)
        jira.state.edit("T-2", summary=f"Changed {off}", by="ana")
        assert pull(jira, mirror).by_key["T-2"].title == f"Changed {off}"


def test_a_search_index_that_lags_makes_a_change_late_and_never_lost(cloud: Jira, mirror: Mirror) -> None:
    long_ago(cloud)
    pull(cloud, mirror)
    cloud.jira.faults.search_lag = 8
    cloud.state.edit("T-2", summary="Very wrong total", by="ana")
    pull(cloud, mirror)
    cloud.jira.faults.search_lag = 0
    assert pull(cloud, mirror).by_key["T-2"].title == "Very wrong total"


def test_a_blocker_that_was_finished_does_not_block_an_issue_nobody_touched(jira: Jira, mirror: Mirror) -> None:
    long_ago(jira)
    [link] = pull(jira, mirror).by_key["T-1"].links
    assert link.category is Category.TODO
    untouched = jira.state.issue("T-1").updated
    jira.state.transition("T-5", "Done", by="ana")
    jira.state.issue("T-1").updated = untouched
    [link] = pull(jira, mirror).by_key["T-1"].links
    assert link.category is Category.DONE


def test_a_run_cut_short_is_taken_up_without_loss(jira: Jira, mirror: Mirror) -> None:
    crowd(jira, 300)
    long_ago(jira)
    path = "/issue/bulkfetch" if jira.is_cloud else "/search"
    jira.jira.faults.on(faults.broken(500), path=path, skip=2 if jira.is_cloud else 3, times=None)
    with pytest.raises(Unreachable):
        pull(jira, mirror)
    jira.jira.faults.clear()
    jira.state.edit("T-2", summary="Changed in between", by="ana")
    since = len(jira.jira.requests)
    found = pull(jira, mirror)
    assert 0 < len(fetched(jira, since)) < 300
    assert same(found, pull(jira, None))


def test_what_we_wrote_is_read_again(jira: Jira, mirror: Mirror) -> None:
    long_ago(jira)
    tracker = jira.open(mirror)
    issue = tracker.pull(SCOPE).by_key["T-1"]
    tracker.apply([AddLabel(issue=issue.id, key="T-1", label="readyline-ready", why="")], {})
    long_ago(jira)
    assert "readyline-ready" in tracker.pull(SCOPE).by_key["T-1"].labels


def crowd(jira: Jira, number: int = 40) -> None:
    for index in range(number):
        jira.state.create("T", "Story", f"Story {index}")


def test_issues_that_are_deleted_are_gone(jira: Jira, mirror: Mirror) -> None:
    pull(jira, mirror)
    jira.state.delete("T-2")
    assert "T-2" not in pull(jira, mirror).by_key


def test_many_issues_that_are_done_are_no_alarm(jira: Jira, mirror: Mirror) -> None:
    crowd(jira)
    pull(jira, mirror)
    for record in list(jira.state.issues.values()):
        jira.state.transition(record.key, "Done", by="ana")
    assert pull(jira, mirror).issues == ()


def test_many_issues_that_can_no_longer_be_seen_are_an_alarm_and_no_purge(jira: Jira, mirror: Mirror) -> None:
    crowd(jira)
    pull(jira, mirror)
    hidden = {key: record for key, record in jira.state.issues.items() if record.key not in {"T-1", "T-5"}}
    for key in hidden:
        del jira.state.issues[key]
    with pytest.raises(TrackerError, match=r"are no longer visible.*delete the mirror file"):
        pull(jira, mirror)
    jira.state.issues.update(hidden)
    assert len(pull(jira, mirror).issues) == 46


def test_an_anonymous_answer_is_an_alarm_and_purges_nothing(jira: Jira, mirror: Mirror) -> None:
    pull(jira, mirror)
    jira.jira.faults.on(faults.Anonymous(), path="/search", times=None)
    with pytest.raises(LoggedOut):
        pull(jira, mirror)
    jira.jira.faults.clear()
    assert len(pull(jira, mirror).issues) == 6


def test_another_account_is_an_alarm(jira: Jira, mirror: Mirror) -> None:
    pull(jira, mirror)
    jira.state.log_in_as(jira.state.account("ana"))
    with pytest.raises(TrackerError, match="account"):
        pull(jira, mirror)


def test_a_change_in_the_fields_that_are_read_fetches_everything_again(jira: Jira, mirror: Mirror) -> None:
    long_ago(jira)
    pull(jira, mirror)
    jira.state.acceptance_field = True
    jira.state.issue("T-1").acceptance = jira.state.issue("T-1").description
    later = jira.state.clock() + ASK_EVERY + timedelta(seconds=2)
    jira.state.clock = lambda: later
    since = len(jira.jira.requests)
    found: Any = pull(jira, mirror).by_key["T-1"].acceptance
    assert found is not None
    assert len(fetched(jira, since)) >= 6


def test_a_long_list_is_not_swept_again(datacenter: Jira, mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(datacenter, 60)
    long_ago(datacenter)
    monkeypatch.setattr(jira_datacenter, "PAGE", 3)
    monkeypatch.setattr(jira_datacenter, "IDS_A_QUERY", 100)
    first = pull(datacenter, mirror)
    since = len(datacenter.jira.requests)
    assert same(pull(datacenter, mirror), first)
    assert len(datacenter.jira.requests) - since < 25


def test_a_long_list_is_swept_in_full_once_the_last_time_is_long_ago(
    jira: Jira, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull(jira, mirror)
    monkeypatch.setattr(sweeping, "SWEEP_EVERY", timedelta(0))
    jira.state.rank(["T-7"], before="T-5")
    assert pull(jira, mirror).issues[0].key == "T-7"


def test_the_keys_that_issues_had_before_are_known(jira: Jira, mirror: Mirror) -> None:
    assert pull(jira, mirror).renamed == {}
    jira.state.rename("T-1", "T-99", by="ana")
    moved = pull(jira, mirror)
    assert (moved.renamed, moved.former_keys) == ({"T-1": "T-99"}, {"T-99": ("T-1",)})


def test_an_issue_made_or_taken_back_into_the_backlog_is_found(jira: Jira, mirror: Mirror) -> None:
    long_ago(jira)
    pull(jira, mirror)
    jira.state.create("T", "Story", "Brand new", by="ana")
    jira.state.transition("T-4", "To Do", by="ana")
    assert {"T-4", "T-8"} <= {issue.key for issue in pull(jira, mirror).issues}
