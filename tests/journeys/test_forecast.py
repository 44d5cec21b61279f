"""`readyline forecast` on a whole site."""

import pytest

from tests.journeys.app_harness import Office

pytestmark = pytest.mark.journey


def test_the_forecast_of_the_shop_names_an_epic_by_its_issues_and_refuses_unknown_keys(shop: Office) -> None:
    document = shop.run("forecast", "--format", "json").document
    assert {team["team"] for team in document["teams"]} == {"Payments", "Search", "Storefront"}
    assert [len(team["stretches"]) for team in document["teams"]] == [4, 4, 4]

    when = shop.run("forecast", "shop-113", "--format", "json").document["when"]
    assert when["ahead"] == ["SHOP-113"]
    assert when["days"]["p50"] <= when["days"]["p95"]

    assert shop.run("forecast", "SHOP-113", "--format", "markdown").out.startswith("# SHOP-113: 1 open issue")
    assert "| Sprints | Until |" in shop.run("forecast", "--format", "markdown").out

    unknown = shop.run("forecast", "SHOP-99999")
    assert unknown.code == 2
    assert "SHOP-99999 is not in the backlog" in unknown.err
