"""An undo restores our part of the page in Confluence, and keeps what people wrote around it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rules.plan.outcome import Result
from sync.reports.base import RunReport
from sync.reports.outcomes import undo_markdown
from sync.run.context import RunContext
from sync.run.history import history_of
from sync.run.undo import NOT_CONFIGURED, UndoResult, undo_run
from sync.trackers.memory import MemoryTracker
from tests.sync.confluence_server import OURS, Wiki, opened, wiki_server
from tests.sync.reports.sample import STARTED, sample
from tests.sync.run_contexts import Clock, backlog, context

PAGE = "page 7 in Confluence"
FIRST, SECOND = "https://reports.example/first.html", "https://reports.example/second.html"


@pytest.fixture
def wiki() -> Iterator[Wiki]:
    with wiki_server() as server:
        yield server


@pytest.fixture
def place(wiki: Wiki, tmp_path: Path) -> Iterator[RunContext]:
    """A context in which runs have written our part twice: one with each link, in runs of these names."""
    with context(tmp_path, MemoryTracker(backlog()), Clock(STARTED)) as place:
        opened(wiki, place.store, link=FIRST).write(run("first"))
        opened(wiki, place.store, link=SECOND).write(run("second"))
        yield replace(place, wiki=lambda: opened(wiki, place.store))


def run(name: str) -> RunReport:
    return replace(sample(), run=name)


def conflict(undone: UndoResult) -> str:
    (left,) = undone.plan.left_as_is
    assert (left.key, left.what) == (PAGE, "page")
    return left.why


def test_the_text_before_the_run_is_there_again_and_so_is_what_people_wrote(place: RunContext, wiki: Wiki) -> None:
    wiki.versions.append(f"{wiki.text}<p>Ana: see you on Monday.</p>")
    undone = undo_run(place, "second")
    assert [(one.change.key, one.result) for one in undone.outcomes] == [(PAGE, Result.DONE)]
    assert FIRST in wiki.text
    assert SECOND not in wiki.text
    assert wiki.text.startswith(OURS)
    assert wiki.text.endswith("<p>Ana: see you on Monday.</p>")
    assert f"| {PAGE} |" in undo_markdown(undone.undoes, undone.plan, undone.outcomes)


def test_undoing_the_first_run_too_leaves_the_page_as_people_had_it(place: RunContext, wiki: Wiki) -> None:
    undo_run(place, "second")
    undo_run(place, "first")
    assert wiki.text == OURS


def test_a_text_of_a_later_run_is_kept(place: RunContext, wiki: Wiki) -> None:
    assert conflict(undo_run(place, "first")) == "a later run of readyline (second) changed it"
    assert SECOND in wiki.text


def test_a_part_that_a_person_removed_is_not_written_again(place: RunContext, wiki: Wiki) -> None:
    wiki.versions.append(OURS)
    assert conflict(undo_run(place, "second")) == "the page has changed since"
    assert wiki.text == OURS


def test_what_somebody_saves_meanwhile_stays(place: RunContext, wiki: Wiki) -> None:
    def save_once() -> None:
        wiki.before_write = lambda: None
        wiki.versions.append(wiki.text.replace(OURS, "<p>Be kind. Always.</p>"))

    wiki.before_write = save_once
    undone = undo_run(place, "second")
    assert wiki.text.startswith("<p>Be kind. Always.</p>")
    assert FIRST in wiki.text
    decisions = [entry.decision for entry in history_of(place.store, undone.run).written]
    assert decisions == ["skipped", "done"]


def test_a_page_that_cannot_be_reached_is_a_failed_change_and_can_be_undone_later(
    place: RunContext, wiki: Wiki
) -> None:
    wiki.status = 503
    (outcome,) = undo_run(place, "second").outcomes
    assert outcome.result is Result.FAILED
    assert "status 503" in outcome.reason
    wiki.status = 200
    undo_run(place, "second")
    assert FIRST in wiki.text


def test_a_page_that_the_configuration_no_longer_names_is_left_as_it_is(place: RunContext, wiki: Wiki) -> None:
    assert conflict(undo_run(replace(place, wiki=lambda: None), "second")) == NOT_CONFIGURED
    assert SECOND in wiki.text


def write(wiki: Wiki, place: RunContext, link: str) -> None:
    opened(wiki, place.store, link=link).write(run("third"))


def resume(place: RunContext) -> None:
    place.store.pauses.end(STARTED)


def undo_the_undo(place: RunContext) -> None:
    undo_run(place, next(one.run for one in place.store.journal.runs() if one.undoes == "second"))


@pytest.mark.parametrize("go_on", [resume, undo_the_undo])
def test_runs_write_it_again_only_after_a_resume_or_an_undo_of_the_undo(
    place: RunContext, wiki: Wiki, go_on: Callable[[RunContext], None]
) -> None:
    undo_run(place, "second")
    write(wiki, place, SECOND)
    assert SECOND not in wiki.text
    go_on(place)
    write(wiki, place, SECOND)
    assert SECOND in wiki.text


def test_a_pause_ends_at_its_day(place: RunContext, wiki: Wiki) -> None:
    undo_run(place, "second", pause_until=STARTED + timedelta(days=2))
    later = replace(opened(wiki, place.store, link=SECOND), clock=lambda: STARTED + timedelta(days=2))
    later.write(run("third"))
    assert SECOND in wiki.text


def test_the_history_of_a_run_has_both_texts(place: RunContext) -> None:
    (entry,) = history_of(place.store, "second").written
    assert (entry.issue, entry.decision) == (PAGE, "done")
    assert FIRST in entry.before
    assert SECOND in (entry.after or "")


def test_a_write_whose_answer_was_lost_is_known_when_the_page_is_read_again(place: RunContext, wiki: Wiki) -> None:
    wiki.loses_answers = True
    write(wiki, place, FIRST)
    assert place.store.journal.unsettled() == ()
    assert [one.result for one in place.store.journal.writes_of("third")] == [None]
    wiki.loses_answers = False
    write(wiki, place, FIRST)
    assert [one.result for one in place.store.journal.writes_of("third")] == [Result.DONE]
