"""Machines that send to one site take turns: each limiter here stands for one machine."""

import time

import pytest

from sync.cluster.database import ClusterDatabase
from sync.cluster.pace import ClusterLimiter, ClusterLimits
from sync.trackers.github.dialect import GithubDialect
from sync.trackers.jira.dialect import JIRA
from sync.trackers.rate_limit import BURST
from sync.trackers.request_kind import Call

pytestmark = pytest.mark.journey

SITE = "https://shop.example"
READ = Call("GET", "api/3/search/jql")
WRITE = Call("PUT", "api/3/issue/{}", issue="SHOP-1", writes=True)


def machine(database: ClusterDatabase, site: str = SITE) -> ClusterLimiter:
    made = ClusterLimits(database).of(site, JIRA)
    assert isinstance(made, ClusterLimiter)
    return made


def test_machines_together_stay_within_the_rate_of_the_site(database: ClusterDatabase) -> None:
    one, other = machine(database), machine(database)
    rate, number = JIRA.rates["PUT"], 60
    began = time.monotonic()
    waits = [(one, other)[turn % 2]._take(WRITE) for turn in range(number)]
    took = time.monotonic() - began
    assert waits[0] == 0
    assert waits[-1] + took >= number / rate - BURST - 0.2
    assert waits[-1] <= number / rate - BURST + 0.2


def test_a_request_takes_its_turn_once_however_often_it_asks(database: ClusterDatabase) -> None:
    one = machine(database)
    for _ in range(200):
        one._take(WRITE)
    seconds, reason = one.wait(WRITE, 100.0)
    assert (seconds > 1, reason) == (True, "cluster-rate")
    assert one.wait(WRITE, 101.0)[0] == pytest.approx(seconds - 1)
    assert one.wait(WRITE, 101.0 + seconds)[0] == 0
    one.sent(WRITE, 101.0 + seconds)
    assert one._turns == {}


def test_a_wait_that_the_site_asks_of_one_machine_holds_for_all(database: ClusterDatabase) -> None:
    one, other, elsewhere = machine(database), machine(database), machine(database, "https://pay.example")
    one.block_until(time.monotonic() + 40, "asked")
    assert other._take(READ) == pytest.approx(40, abs=1)
    assert elsewhere._take(READ) == 0


def test_a_wait_for_one_endpoint_holds_for_this_endpoint_only(database: ClusterDatabase) -> None:
    one, other = machine(database), machine(database)
    one.block_endpoint_until(READ, time.monotonic() + 40, "asked")
    assert other._take(READ) == pytest.approx(40, abs=1)
    assert other._take(WRITE) == 0


def test_a_limit_of_new_content_counts_for_all_endpoints(database: ClusterDatabase) -> None:
    dialect = GithubDialect(400, 1.0)
    one = ClusterLimits(database).of(SITE, dialect)
    assert isinstance(one, ClusterLimiter)
    comments = [Call("POST", f"repos/{name}/comments", writes=True, creates=True) for name in ("a", "b", "c")]
    waits = [one._take(call) for call in comments]
    slowest = max(span / number for number, span in dialect.creations)
    assert waits[2] >= 2 * slowest - 0.5


def test_what_this_machine_alone_must_wait_for_comes_first(database: ClusterDatabase) -> None:
    one = machine(database)
    now = time.monotonic()
    one.block_issue_until(WRITE, now + 5, "issue")
    seconds, reason = one.wait(WRITE, now)
    assert (round(seconds), reason) == (5, "issue")
    assert database.rows("SELECT lane FROM readyline_pace") == []
