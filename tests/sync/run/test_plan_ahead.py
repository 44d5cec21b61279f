"""What a run keeps of the sprints after the next one."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from rules.planning.look_ahead import PlannedBefore
from sync.config import product_of
from sync.reports import as_text
from sync.reports.base import RunReport
from sync.run.context import context_of
from sync.run.run import execute_run
from sync.store import Store
from tests.sync.run.test_as_of import Shop


def kept_by(shop: Shop, *, shows: bool) -> tuple[PlannedBefore, ...]:
    """What is kept after a run whose reports show the sprints after the next one, or do not."""
    with closing(Store.open(shop.settings.store.path)) as store:
        context = context_of(shop.settings, store, shop.tracker, product_of(shop.settings))
        publish = _show if shows else _ignore
        execute_run(replace(context, clock=shop.clock, publisher=lambda: publish))
        return store.planned_ahead.all()


def _show(report: RunReport) -> None:
    as_text.plan(report)


def _ignore(_: RunReport) -> None:
    pass


def test_a_run_keeps_what_its_reports_showed_of_later_sprints(tmp_path: Path) -> None:
    shop = Shop(tmp_path)

    assert kept_by(shop, shows=False) == ()
    shown = kept_by(shop, shows=True)
    assert {one.team for one in shown} == {"Payments"}
    assert kept_by(shop, shows=False) == shown


def test_nothing_is_kept_while_a_team_is_left_out(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shown = kept_by(shop, shows=True)
    shop.change(stopped={shop.settings.teams[0].name: "the board cannot be read"})

    assert kept_by(shop, shows=True) == shown
