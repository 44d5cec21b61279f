"""The files that `refinement`, `review` and `epics` write, and the time of a session."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from rules.inventory.options import ChannelOptions
from rules.refinement.layers import Layer
from rules.refinement.options import RefinementOptions
from rules.review.options import IncrementOptions
from rules.verdict import Ruleset
from sync.cli import epics, refinement, review
from sync.errors import UsageError
from sync.reports.epics.page import epics_page
from sync.reports.refinement.page import Wanted, refinement_page
from sync.reports.review.page import review_page
from tests.factories import NOW
from tests.sync.reports.sample import sample

FORMATS = {"html", "md", "json", "txt"}


def endings(stem: str, *more: str) -> set[str]:
    return {f"{stem}.{one}" for one in {*FORMATS, *more}}


@pytest.mark.parametrize(("at", "more"), [(None, ()), (NOW + timedelta(days=1), ("ics",))])
def test_an_agenda_is_written_in_every_format_and_as_a_calendar_file_where_it_has_a_time(
    at: datetime | None, more: tuple[str, ...]
) -> None:
    wanted = Wanted(layer=Layer.OVERALL, team="", timebox=60, at=at)
    page = refinement_page(sample(), Ruleset(), RefinementOptions(), (), wanted)
    assert refinement.forms_of(page, "refinement-overall").files().keys() == endings("refinement-overall", *more)


def test_the_review_and_the_epics_are_written_in_every_format() -> None:
    assert review.forms_of(review_page(sample(), {}, ChannelOptions())).files().keys() == endings("review")
    assert epics.forms_of(epics_page(sample(), IncrementOptions())).files().keys() == endings("epics")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-04T10:00", datetime(2026, 3, 4, 10, tzinfo=timezone(timedelta(hours=1)))),
        ("2026-03-04 10:00+00:00", datetime(2026, 3, 4, 10, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_zone_is_in_the_zone_of_the_schedule(text: str, moment: datetime) -> None:
    assert refinement.moment_of(text, "Europe/Berlin") == moment


def test_what_is_not_a_time_says_how_to_write_one() -> None:
    with pytest.raises(UsageError, match="write a day and a time such as"):
        refinement.moment_of("tomorrow", "UTC")
