"""The mirror: what counts as known, since when changes are asked for, and that losing it loses only time."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog

from sync.errors import DamagedStore, TrackerError
from sync.store.database import Place
from sync.store.mirror import PORTION, KeptOutput, Mirror, packed, unpacked

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
OVERLAP = timedelta(minutes=15)


@pytest.fixture
def mirror(place: Place) -> Iterator[Mirror]:
    found = Mirror.open(place)
    yield found
    found.close()


def raw(number: int, updated: str = "2026-11-20T08:00:00.000+0000", **fields: Any) -> dict[str, Any]:
    return {"id": str(number), "key": f"T-{number}", "fields": {"updated": updated, **fields}}


def begin(mirror: Mirror, started: datetime = START, **other: str) -> None:
    mirror.begin(**{"site": "https://jira.example", "account": "bot", "shape": "a", **other}, started=started)


def a_pass(mirror: Mirror, *issues: dict[str, Any], started: datetime = START) -> None:
    begin(mirror, started)
    mirror.keep(issues)
    mirror.finish([each["id"] for each in issues], started)


def test_what_a_run_kept_is_known_to_the_next_one(mirror: Mirror) -> None:
    a_pass(mirror, raw(1), raw(2, summary="ümlaut\n"))
    begin(mirror)
    assert mirror.known() == {"1": raw(1)["fields"]["updated"], "2": raw(2)["fields"]["updated"]}
    assert list(mirror.issues(["2", "3"])) == [raw(2, summary="ümlaut\n")]


def test_an_issue_is_kept_however_deep_its_lists_are(mirror: Mirror) -> None:
    deep: list[Any] = []
    for _ in range(400):
        deep = [deep]
    a_pass(mirror, raw(1, description=deep))
    assert list(mirror.issues(["1"])) == [raw(1, description=deep)]


def test_changes_are_asked_for_since_the_last_finished_run_less_the_overlap(mirror: Mirror) -> None:
    a_pass(mirror, raw(1))
    begin(mirror, START + timedelta(hours=1))
    assert mirror.cutoff(OVERLAP) == START - OVERLAP


def test_a_run_cut_short_moves_no_cutoff_but_what_it_fetched_is_known(mirror: Mirror) -> None:
    a_pass(mirror, raw(1))
    begin(mirror, START + timedelta(hours=1))
    mirror.keep([raw(2)])
    begin(mirror, START + timedelta(hours=2))
    assert mirror.known().keys() == {"1", "2"}
    assert mirror.cutoff(OVERLAP) == START - OVERLAP


def test_a_first_run_cut_short_is_taken_up_from_where_it_began(mirror: Mirror) -> None:
    begin(mirror)
    mirror.keep([raw(1)])
    begin(mirror, START + timedelta(hours=3))
    assert mirror.known().keys() == {"1"}
    assert mirror.cutoff(OVERLAP) == START - OVERLAP


def test_what_left_the_scope_is_dropped_and_must_be_fetched_when_it_returns(mirror: Mirror) -> None:
    a_pass(mirror, raw(1), raw(2))
    a_pass(mirror, raw(1), started=START + timedelta(hours=1))
    begin(mirror, START + timedelta(hours=2))
    assert mirror.known().keys() == {"1"}


def test_once_a_day_changes_are_asked_for_since_the_day_before(mirror: Mirror) -> None:
    for hour in range(26):
        a_pass(mirror, raw(1), started=START + timedelta(hours=hour))
        begin(mirror, START + timedelta(hours=hour, minutes=30))
        expected = START if hour == 24 else START + timedelta(hours=hour)
        assert mirror.cutoff(OVERLAP) == expected - OVERLAP


def test_a_moved_issue_keeps_its_id_under_its_new_key(mirror: Mirror) -> None:
    a_pass(mirror, raw(1))
    a_pass(mirror, raw(1) | {"key": "OTHER-9"})
    assert [each["key"] for each in mirror.issues(["1"])] == ["OTHER-9"]


def test_an_issue_we_wrote_to_is_fetched_again(mirror: Mirror) -> None:
    a_pass(mirror, raw(1), raw(2))
    mirror.forget(["1"])
    begin(mirror)
    assert mirror.known().keys() == {"2"}


def test_other_fields_empty_the_mirror(mirror: Mirror) -> None:
    a_pass(mirror, raw(1))
    begin(mirror, START + timedelta(hours=1), shape="b")
    assert mirror.known() == {}
    assert mirror.cutoff(OVERLAP) == START + timedelta(hours=1) - OVERLAP


@pytest.mark.parametrize("other", [{"account": "stranger"}, {"site": "https://else.example"}])
def test_another_account_or_site_is_an_alarm_and_loses_nothing(mirror: Mirror, other: dict[str, str]) -> None:
    a_pass(mirror, raw(1))
    with pytest.raises(TrackerError, match="delete the mirror file"):
        begin(mirror, START, **other)
    begin(mirror)
    assert mirror.known().keys() == {"1"}


def test_it_survives_being_closed_and_deleted(tmp_path: Path) -> None:
    path = tmp_path / "mirror.db"
    first = Mirror.open(path)
    a_pass(first, raw(1))
    first.close()
    second = Mirror.open(path)
    begin(second)
    assert second.known().keys() == {"1"}
    second.close()
    for each in tmp_path.iterdir():
        each.unlink()
    third = Mirror.open(path)
    begin(third)
    assert third.known() == {}
    third.close()


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    Mirror.open(tmp_path / "mirror.db").close()
    assert (tmp_path / "mirror.db").stat().st_mode & 0o077 == 0


def test_a_history_is_kept_for_the_issue_as_it_is_now(mirror: Mirror) -> None:
    begin(mirror)
    mirror.keep([raw(1), raw(2)])
    mirror.keep_histories("way", [("1", b"[1]"), ("2", b"[2]"), ("3", b"of an issue that is not kept")])
    assert mirror.with_history("way") == {"1", "2"}
    assert mirror.with_history("another way") == frozenset()

    mirror.keep([raw(1, "2026-11-21T08:00:00.000+0000")])
    assert mirror.with_history("way") == {"2"}
    assert dict(mirror.histories(["1", "2", "3"])) == {"1": b"[1]", "2": b"[2]"}


def test_a_history_goes_with_its_issue_but_stays_where_we_only_wrote_to_it(mirror: Mirror) -> None:
    begin(mirror)
    mirror.keep([raw(1), raw(2)])
    mirror.keep_histories("way", [("1", b"[1]"), ("2", b"[2]")])
    mirror.finish(["1"], START)
    assert dict(mirror.histories(["1", "2"])) == {"1": b"[1]"}

    mirror.forget(["1"])
    mirror.keep([raw(1)])
    assert mirror.with_history("way") == {"1"}
    begin(mirror, shape="b")
    assert dict(mirror.histories(["1"])) == {}


def garbage(path: Path) -> None:
    path.write_bytes(b"this is no database at all, only text" * 1000)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version = 999")


@pytest.mark.parametrize("damage", [garbage, cut, newer])
def test_a_mirror_that_cannot_be_read_is_set_aside_and_made_again_with_one_log_line(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / "mirror.db"
    with closing(Mirror.open(path)) as mirror:
        a_pass(mirror, *(raw(number, summary=os.urandom(400).hex()) for number in range(200)))
    damage(path)
    before = path.read_bytes()
    for number in (1, 2):
        with structlog.testing.capture_logs() as logs, closing(Mirror.open(path)) as mirror:
            begin(mirror)
            assert mirror.known() == {}
        assert [line["event"] for line in logs] == ["mirror.rebuilt"]
        assert (tmp_path / f"mirror.db.unreadable-{number}").read_bytes() == before
        assert path.stat().st_mode & 0o077 == 0
        path.write_bytes(before)


def test_a_page_that_turns_out_to_be_lost_sets_the_mirror_aside_when_it_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "mirror.db"
    with closing(Mirror.open(path)) as mirror:
        a_pass(mirror, raw(1))
        mirror._db.write("UPDATE kept SET raw = X'00'")
        with pytest.raises(DamagedStore) as raised:
            list(mirror.issues(["1"]))
        mirror.rebuild(raised.value)
        begin(mirror)
        assert mirror.known() == {}
    assert (tmp_path / "mirror.db.unreadable-1").exists()


def test_a_copy_gives_what_the_last_finished_pull_left_and_never_changes_the_file(place: Place) -> None:
    path = place
    with closing(Mirror.open(path)) as writer:
        begin(writer)
        writer.keep([raw(1), raw(2)])
        writer.keep_order("all", ["2", "1"], START)
        writer.finish(["1", "2"], START)
        writer.keep([raw(3)])  # the next pull is under way
        with closing(Mirror.copy_of(path)) as copy:
            assert copy.as_of == START
            assert copy.order_of("all") == (("2", "1"), START)
            copy.forget(["1"])
            assert copy.known().keys() == {"2", "3"}
        assert writer.known().keys() == {"1", "2", "3"}


def test_a_copy_of_a_mirror_that_is_not_there_or_cannot_be_read_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "mirror.db"
    for _ in range(2):
        with closing(Mirror.copy_of(path)) as copy:
            assert (copy.as_of, copy.known()) == (None, {})
        garbage(path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["mirror.db"]


def test_content_that_came_as_it_was_keeps_its_name_and_its_readings(mirror: Mirror) -> None:
    a_pass(mirror, raw(1), raw(2))
    mirror.keep_readings("w", [("1", b"read")])
    mirror.keep_histories("w", [("1", b"past")])
    name = mirror.generation
    assert name
    a_pass(mirror, raw(1), raw(2), started=START + timedelta(hours=1))
    mirror.keep_histories("w", [("1", b"past")])
    assert mirror.generation == name
    assert list(mirror.readings("w", ["1"])) == [("1", b"read")]


@pytest.mark.parametrize("issues", [(1, 2, 3), (1,), ()])
def test_issues_that_came_or_left_give_the_content_another_name(mirror: Mirror, issues: tuple[int, ...]) -> None:
    a_pass(mirror, raw(1), raw(2))
    name = mirror.generation
    a_pass(mirror, *map(raw, issues), started=START + timedelta(hours=1))
    assert mirror.generation != name


def test_an_issue_or_a_history_that_changed_gives_the_content_another_name(mirror: Mirror) -> None:
    a_pass(mirror, raw(1))
    mirror.keep_readings("w", [("1", b"read")])
    mirror.keep_histories("w", [("1", b"past")])
    names = [mirror.generation]
    mirror.keep([raw(1, summary="changed")])
    assert not list(mirror.readings("w", ["1"]))
    names.append(mirror.generation)
    mirror.keep_histories("w", [("1", b"changed")])
    assert len({*names, mirror.generation}) == 3


def test_a_note_goes_with_the_content_it_belongs_to(mirror: Mirror) -> None:
    a_pass(mirror, raw(1))
    mirror.note("standing", "r1")
    assert mirror.noted("standing") == "r1"
    begin(mirror, START + timedelta(hours=1), shape="b")
    assert not mirror.noted("standing")


LATER = KeptOutput(inputs="of today", until=START, code=1, content=packed(["first"]))


def printed(mirror: Mirror, name: str, inputs: str) -> str | None:
    kept = mirror.output(name, inputs)
    return None if kept is None else "".join(unpacked(kept.content))


def test_an_output_is_kept_until_one_rests_on_other_inputs(mirror: Mirror) -> None:
    mirror.keep_output("check", replace(LATER, content=packed(["second"])))
    mirror.keep_output("check", LATER)
    mirror.keep_output("plan", LATER)
    assert mirror.output("plan", "of today") == LATER
    assert printed(mirror, "check", "of today") == "first"
    assert printed(mirror, "check", "of another day") is None
    mirror.keep_output("plan", replace(LATER, inputs="of another day"))
    assert printed(mirror, "check", "of today") is None


def test_a_long_text_is_packed_and_unpacked_in_portions() -> None:
    text = "äß" * PORTION
    portions = list(unpacked(packed([text, "\n", text])))
    assert "".join(portions) == f"{text}\n{text}"
    assert max(map(len, portions)) <= PORTION


def test_a_damaged_output_is_found_before_it_is_printed(mirror: Mirror) -> None:
    mirror.keep_output("check", replace(LATER, content=b"garbage"))
    with pytest.raises(DamagedStore):
        mirror.output("check", "of today")


def test_the_order_of_a_very_long_query_is_kept(mirror: Mirror) -> None:
    long = " OR ".join(f'summary ~ "{os.urandom(8).hex()}"' for _ in range(500))
    begin(mirror)
    mirror.keep_order(long, ["2", "1"], START)
    mirror.finish([], START)
    assert mirror.order_of(long) == (("2", "1"), START)
    assert mirror.order_of(f"{long} ") is None
