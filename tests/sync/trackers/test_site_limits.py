"""Products of one site share its limits: what one sends counts for the others."""

import random
from collections.abc import Callable

import pytest

from sync.errors import Unreachable
from sync.trackers.http import Transport
from sync.trackers.jira.dialect import JIRA, RATES
from sync.trackers.rate_limit import BURST
from sync.trackers.site_limits import SiteLimits, sharing
from tests.sync.trackers.http_stub import FakeClock, Script, answer, caller

SHOP, PAY = "https://shop.example", "https://pay.example"
SEARCH = "/rest/api/3/search/jql"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch, clock: FakeClock) -> Callable[..., Script]:
    return lambda *answers: Script(monkeypatch, clock, *answers)


def transport(site: str, clock: FakeClock, patience: float = 1000.0) -> Transport:
    return Transport(JIRA, site=site, clock=clock, chance=random.Random(7), patience=patience)


def test_a_wait_that_the_site_asks_of_one_product_holds_for_all_others_of_that_site(
    clock: FakeClock, script: Callable[..., Script]
) -> None:
    asked = script(answer(429, Retry_After="40"), answer())
    with sharing(SiteLimits()):
        hasty, other, elsewhere = transport(SHOP, clock, patience=1), transport(SHOP, clock), transport(PAY, clock)
    with pytest.raises(Unreachable, match="asks to wait"):
        caller(hasty)("GET", SEARCH)

    caller(elsewhere)("GET", SEARCH)
    assert asked.moments == [0, 0]
    caller(other)("GET", SEARCH)
    assert asked.moments[-1] >= 40


def test_two_products_together_stay_within_the_rate_of_their_site(
    clock: FakeClock, script: Callable[..., Script]
) -> None:
    number = 2 * int(RATES["GET"]) * 3
    asked = script(answer())
    with sharing(SiteLimits()):
        calls = [caller(transport(SHOP, clock)) for _ in range(2)]
    for turn in range(number):
        calls[turn % 2]("GET", SEARCH)
    assert asked.moments[-1] - asked.moments[0] >= number / RATES["GET"] - BURST - 1


def test_without_sharing_each_transport_has_limits_of_its_own(clock: FakeClock) -> None:
    assert transport(SHOP, clock)._pace is not transport(SHOP, clock)._pace
