"""The summary of a dry run, the same sentences in every report."""

from dataclasses import replace

import pytest

from rules.plan.dry_run import Page, Post, go_live
from sync.reports import as_json, as_markdown, as_text
from sync.reports.go_live import sentences
from tests.sync.reports.page import all_pages
from tests.sync.reports.sample import DRY_RUN, STARTED, sample

CARD = DRY_RUN["go_live"]


def test_a_dry_run_without_changes_says_so_and_still_gives_advice() -> None:
    empty = go_live([], [], since=STARTED, until=STARTED, in_scope=4, findings=1)

    first, second, third, _ = sentences(empty)
    assert first == "Since 2 March 2026, 09:00 UTC, no change would have been written."
    assert second == "Nobody would have got mail."
    assert "max_changes = 10, max_share = 0.05" in third


def test_one_run_is_compared_with_no_other() -> None:
    one = go_live([Page(at=STARTED, changes=3, issues=2)], [], since=STARTED, until=STARTED, in_scope=4, findings=0)

    assert "The first run had 3 changes on 2 issues." in sentences(one)


def test_the_limits_let_the_first_run_pass_and_smaller_ones_follow() -> None:
    advice = sentences(CARD)[-2]

    assert "set max_changes = 50, max_share = 1 and enabled = true. The first run will write about 33 changes" in advice
    assert "After it, set max_changes = 20, max_share = 0.25: that is enough for ordinary runs." in advice


def test_one_pair_of_limits_is_named_where_it_does_for_all_runs() -> None:
    small = go_live([], [], since=STARTED, until=STARTED, in_scope=100, findings=0, wave=(1, 1))

    assert sentences(small)[-2].endswith("The first run will write about 1 change on 1 issue.")


def test_five_people_are_named_and_the_rest_counted() -> None:
    post = tuple(Post(person=name, busiest=9 - place, total=9) for place, name in enumerate("ABCDEFG"))

    line = next(line for line in sentences(replace(CARD, post=post)) if line.startswith("Mails"))
    assert line.endswith("A 9, B 8, C 7, D 6, E 5, 2 more at most 4 each.")


@pytest.mark.parametrize("render", [as_text.render, as_markdown.render, all_pages, as_json.render])
def test_every_report_has_it_in_a_dry_run_only(render: object) -> None:
    with_card, without = (render(sample(**values)) for values in (DRY_RUN, {}))  # type: ignore[operator]
    figure = '"max_changes": 20' if render is as_json.render else "max_changes"

    assert figure in with_card.replace("\\_", "_")
    assert figure not in without.replace("\\_", "_")
