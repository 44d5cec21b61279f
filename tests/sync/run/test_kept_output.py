"""What a command printed is printed again while nothing it rests on has changed, and not a moment longer."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rules.plan.pauses import Pause
from rules.verdict import Judgement, RuleError
from sync.config import product_of
from sync.reports.base import RunReport
from sync.run.context import RunContext, context_of
from sync.run.kept_output import KeptOutputs
from sync.run.run import plan_run
from sync.store import Store
from sync.store.mirror import Mirror, packed, unpacked
from sync.trackers.memory import MemoryTracker
from tests.factories import NOW, snapshot
from tests.sync.run.test_as_of import Shop
from tests.sync.run.test_unchanged import Looking

ASKED, PRINTED = "check", "ä document\n" * 9


@pytest.fixture
def context(tmp_path: Path) -> Iterator[RunContext]:
    """A context that looks at a small shop, with a copy of the store."""
    shop = Shop(tmp_path)
    shop.tracker.__class__ = Looking
    shop.clock.now = NOW.replace(hour=9)
    shop.change(taken_at=shop.clock.now)
    with closing(Store.copy_of(Path("none"))) as store, closing(Mirror.empty()) as mirror:
        made = context_of(shop.settings, store, shop.tracker, product_of(shop.settings))
        yield replace(made, clock=shop.clock, mirror=mirror, inputs=lambda: "as configured")


def kept(context: RunContext, change: Callable[[RunReport], RunReport] = lambda report: report) -> None:
    """Print as a command does that finds nothing to print again."""
    outputs = KeptOutputs(context)
    assert found(context, outputs) is None
    report = change(plan_run(replace(context, store=Store.copy_of(Path("none")))))
    outputs.keep(ASKED, report, packed([PRINTED]), 1)


def found(context: RunContext, outputs: KeptOutputs | None = None, asked: str = ASKED) -> tuple[str, int] | None:
    output = (outputs or KeptOutputs(context)).find(asked)
    return None if output is None else ("".join(unpacked(output.content)), output.code)


def test_the_same_is_printed_again_with_the_same_exit_code_and_nothing_is_loaded(context: RunContext) -> None:
    kept(context)
    assert found(context) == (PRINTED, 1)
    assert isinstance(context.tracker, Looking)
    assert context.tracker.stood == 1


def another_state(context: RunContext) -> RunContext:
    assert isinstance(context.tracker, Looking)
    context.tracker.state = "another"
    return context


def paused(context: RunContext) -> RunContext:
    context.store.pauses.add([Pause(subject="3", mark="label", run="r", until=None)])
    return context


OTHERWISE: dict[str, Callable[[RunContext], RunContext]] = {
    "the tracker": another_state,
    "the store": paused,
    "the configuration": lambda context: replace(context, inputs=lambda: "as configured later"),
    "an hour later": lambda context: replace(context, clock=lambda: NOW.replace(hour=9) + timedelta(hours=1)),
    "a living page": lambda context: replace(context, page="SHOP-1"),
    "no mirror": lambda context: replace(context, mirror=None),
    "another kind of tracker": lambda context: replace(context, tracker=MemoryTracker(snapshot())),
}


@pytest.mark.parametrize("what", OTHERWISE)
def test_where_anything_is_another_the_backlog_is_judged(context: RunContext, what: str) -> None:
    kept(context)
    assert found(OTHERWISE[what](context)) is None


def test_each_command_with_its_options_has_an_output_of_its_own(context: RunContext) -> None:
    kept(context)
    assert found(context, asked="plan") is None


def broken(report: RunReport) -> RunReport:
    return replace(report, judgement=Judgement(verdicts=(), errors=(RuleError(rule="r", subject="1", error="e"),)))


UNSAFE: dict[str, Callable[[RunReport], Any]] = {
    "a broken rule": broken,
    "a team that is left out": lambda report: replace(
        report, backlog=replace(report.backlog, snapshot=replace(report.snapshot, stopped={"Payments": "no board"}))
    ),
    "an empty backlog": lambda report: replace(
        report, backlog=replace(report.backlog, snapshot=replace(report.snapshot, issues=()))
    ),
}


@pytest.mark.parametrize("what", UNSAFE)
def test_what_may_be_over_at_any_time_is_not_kept(context: RunContext, what: str) -> None:
    kept(context, UNSAFE[what])
    assert found(context) is None
