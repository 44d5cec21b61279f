"""A text is read once: later runs take what was read in it from the mirror, until what it rests on changes."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rules.backlog import index
from rules.backlog.index import Backlog
from rules.model import Issue, Kind
from rules.text import STANDARD, Vocabulary
from sync.errors import DamagedStore
from sync.run import readings
from sync.run.readings import keep_readings, recall_readings
from sync.store.mirror import Mirror
from tests.factories import NOW, document, issue, snapshot

ISSUES = (
    issue("SHOP-1"),
    issue("SHOP-2", title="As a buyer I want a receipt, so that I can return it", document=document("h", "?")),
    issue("SHOP-3", kind=Kind.BUG, document=document("# Steps to reproduce", "1. Pay", "# Expected", "A receipt")),
)


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    """A mirror that holds the issues."""
    with closing(Mirror.open(tmp_path / "mirror.db")) as found:
        found.begin(site="s", account="a", shape="x", started=NOW)
        fetched(found, *ISSUES)
        yield found


def fetched(mirror: Mirror, *issues: Issue, parsed: str = "by this program") -> None:
    """Keep issues as a pull does: as they came, and how they were parsed."""
    mirror.keep({"id": one.id, "key": one.key, "fields": {"summary": one.title}} for one in issues)
    mirror.keep_readings(parsed, ((one.id, b"{}") for one in issues))


def kept(mirror: Mirror, vocabulary: Vocabulary = STANDARD) -> Backlog:
    """The backlog, whose readings are kept."""
    backlog = Backlog.of(snapshot(*ISSUES), vocabulary=vocabulary)
    keep_readings(mirror, backlog, {})
    return backlog


def test_what_was_read_is_read_from_the_mirror_and_nothing_is_read_again(
    mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    backlog = kept(mirror)
    known = recall_readings(mirror, ISSUES, STANDARD)
    assert known == backlog.readings
    monkeypatch.setattr(index, "read_issue", None)
    assert Backlog.of(snapshot(*ISSUES), known=known).readings == backlog.readings


def test_a_text_that_was_read_before_is_in_memory_once(mirror: Mirror) -> None:
    kept(mirror)
    for one in ISSUES:
        sections = recall_readings(mirror, ISSUES, STANDARD)[one.key].sections
        assert {id(block) for section in sections for block in section.blocks} <= set(map(id, one.document.blocks))


def test_an_issue_that_was_fetched_with_another_text_is_read_again(mirror: Mirror) -> None:
    kept(mirror)
    changed = replace(ISSUES[0], title="Another title")
    fetched(mirror, changed, *ISSUES[1:])
    assert set(recall_readings(mirror, (changed, *ISSUES[1:]), STANDARD)) == {"SHOP-2", "SHOP-3"}


def test_an_issue_that_was_parsed_in_another_way_is_read_again(mirror: Mirror) -> None:
    kept(mirror)
    fetched(mirror, ISSUES[0], parsed="with another field for the acceptance criteria")
    assert set(recall_readings(mirror, ISSUES, STANDARD)) == {"SHOP-2", "SHOP-3"}


def test_what_the_reader_makes_of_half_a_paragraph_is_kept(mirror: Mirror) -> None:
    one = issue("SHOP-4", kind=Kind.BUG, document=document("Expected: a receipt", "Actual: none"))
    fetched(mirror, one)
    backlog = Backlog.of(snapshot(one))
    assert backlog.readings["SHOP-4"].sections[0].blocks[0] not in one.document.blocks
    keep_readings(mirror, backlog, {})
    assert recall_readings(mirror, [one], STANDARD) == backlog.readings


def test_what_the_rules_do_not_read_changes_no_reading(mirror: Mirror) -> None:
    kept(mirror)
    moved = replace(ISSUES[0], key="WEB-9", labels=frozenset({"other"}), points=8.0)
    assert "WEB-9" in recall_readings(mirror, [moved], STANDARD)


def test_another_vocabulary_or_program_reads_again(mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(mirror)
    assert not recall_readings(mirror, ISSUES, Vocabulary(headings={"kriteerit": "acceptance"}))
    monkeypatch.setattr(readings, "source_key", lambda: "of the next release")
    assert not recall_readings(mirror, ISSUES, STANDARD)


def test_only_what_is_new_is_kept(mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    backlog = kept(mirror)
    written: list[str] = []
    monkeypatch.setattr(mirror, "keep_texts", lambda _way, texts: written.extend(one[0] for one in texts))
    keep_readings(mirror, backlog, backlog.readings)
    keep_readings(mirror, backlog, {key: one for key, one in backlog.readings.items() if key != "SHOP-2"})
    assert written == [ISSUES[1].id]


def test_a_damaged_mirror_costs_a_reading_and_no_run(mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(mirror)
    read, faults = mirror.texts, [DamagedStore("a page is garbage")]

    def broken(way: str, ids: dict[str, Issue]) -> Iterator[tuple[str, bytes]]:
        if faults:
            raise faults.pop()
        return read(way, ids)

    monkeypatch.setattr(mirror, "texts", broken)
    assert recall_readings(mirror, ISSUES, STANDARD) == {}


def test_without_a_mirror_every_text_is_read() -> None:
    assert recall_readings(None, ISSUES, STANDARD) == {}
    keep_readings(None, Backlog.of(snapshot(*ISSUES)), {})
