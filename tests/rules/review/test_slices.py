"""Whether the parts of an epic are cut by layers, so that none is usable alone."""

from dataclasses import replace

import pytest

from rules.review.slices import layers_of
from rules.verdict import Judgement
from tests.factories import facts
from tests.rules.planning.judged import judged
from tests.rules.planning.world import story

NOTHING = Judgement(verdicts=())


@pytest.mark.parametrize(
    ("titles", "layers"),
    [
        (("Backend for vouchers", "Vouchers: frontend"), ("backend", "frontend")),
        (("[UI] Vouchers", "Voucher API", "voucher database", "Voucher endpoint"), ("frontend", "API", "database")),
        (("Back-end", "Datenbank"), ("backend", "database")),
        (("Backend for vouchers", "Enter a voucher"), ()),
        (("Expose the API", "Expose the UI API"), ()),
        (("Backend for vouchers", "Backend for refunds"), ()),
        (("Guidance for shoppers", "Rapid search"), ()),
        (("Backend for vouchers",), ()),
        ((), ()),
    ],
)
def test_parts_are_cut_by_layers_where_each_title_names_one_and_they_differ(
    titles: tuple[str, ...], layers: tuple[str, ...]
) -> None:
    assert layers_of([story(f"A-{n}", title=title) for n, title in enumerate(titles)], NOTHING) == layers


def test_a_part_that_says_what_it_is_good_for_is_usable() -> None:
    parts = [story("A-1", title="Voucher API"), story("A-2", title="Voucher frontend")]
    plain, useful = (
        Judgement(verdicts=tuple(replace(one, facts=facts(story_benefit=said)) for one in judged(parts).verdicts))
        for said in ("no", "yes")
    )
    assert layers_of(parts, plain) == ("API", "frontend")
    assert layers_of(parts, useful) == ()
