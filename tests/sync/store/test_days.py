"""Earlier days: every stored day gives back what was put in, however little of it is kept."""

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.errors import DamagedStore
from sync.store.database import Place
from sync.store.days import Days, PartName
from sync.store.deltas import packed, unpacked

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FOREVER = 4000

TEXTS = st.one_of(st.binary(max_size=40), st.integers(0, 60).map(lambda n: b"abc " * n + b"end"))
PARTS = st.dictionaries(st.tuples(st.sampled_from(["issue", "verdict"]), st.sampled_from("123")), TEXTS, max_size=4)


@given(TEXTS, st.none() | TEXTS)
def test_a_difference_gives_back_its_text(content: bytes, before: bytes | None) -> None:
    assert unpacked(packed(content, before), before) == content


def test_a_text_that_changed_a_little_takes_little_room() -> None:
    """One number of 200,000 different bytes: far more than what zlib looks back."""
    before = b" ".join(b"%d" % (number * 7919) for number in range(30_000))
    after = before.replace(b" 118785000 ", b" 1 ")
    assert after != before
    assert len(packed(after, before)) < 40


@given(st.lists(st.tuples(st.integers(0, 3), PARTS), max_size=12), st.sampled_from([2, 5, FOREVER]))
@settings(max_examples=60, deadline=None)
def test_every_day_gives_back_what_its_last_run_put_in(
    tmp_path_factory: pytest.TempPathFactory, runs: list[tuple[int, Mapping[PartName, bytes]]], keep: int
) -> None:
    """Runs are 0 to 3 days apart; only the last of a day counts, and only days that are not too old."""
    store = tmp_path_factory.mktemp("days") / "readyline.db"
    expected, at = {}, START
    with closing(Days.open(store)) as days:
        for gap, parts in runs:
            at += timedelta(days=gap)
            days.add(at, parts, keep_days=keep)
            expected[at.date()] = parts
    kept = {day: parts for day, parts in expected.items() if day >= at.date() - timedelta(days=keep)}
    with closing(Days.read_only(store)) as days:
        assert days.known() == tuple(kept)
        assert {day: days.parts(day) for day in kept} == kept
        later = at.date() + timedelta(days=1)
        versions = {day: parts["issue", "1"] for day, parts in kept.items() if ("issue", "1") in parts}
        assert dict(days.versions("issue", "1", before=later)) == versions


def test_many_small_changes_stay_readable(place: Place) -> None:
    """More than are kept as differences in a row."""
    with closing(Days.open(place)) as days:
        for day in range(70):
            days.add(START + timedelta(days=day), {("issue", "1"): b"text %d" % day}, keep_days=FOREVER)
        assert [content for _, content in days.versions("issue", "1", before=(START + timedelta(days=99)).date())] == [
            b"text %d" % day for day in range(70)
        ]


def test_a_day_before_the_newest_one_is_not_put_in(place: Place) -> None:
    with closing(Days.open(place)) as days:
        days.add(START, {("issue", "1"): b"new"}, keep_days=FOREVER)
        days.add(START - timedelta(days=1), {("issue", "1"): b"old"}, keep_days=FOREVER)
        assert days.known() == (START.date(),)
        assert days.parts(START.date()) == {("issue", "1"): b"new"}


def test_where_there_is_no_file_no_day_is_known_and_none_is_made(tmp_path: Path) -> None:
    with closing(Days.read_only(tmp_path / "readyline.db")) as days:
        assert (days.known(), days.parts(START.date())) == ((), None)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_part_is_one_sentence(place: Place) -> None:
    with closing(Days.open(place)) as days:
        days.add(START, {("issue", "1"): b"text"}, keep_days=FOREVER)
        days._db.write("UPDATE parts SET content = ?", (b"\0",))
        with pytest.raises(DamagedStore, match=r"days\" cannot be read"):
            days.parts(START.date())
