"""An undo takes back what nobody touched since, says who did, and what it took back stays so until somebody resumes."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from rules.plan.outcome import Result
from sync.errors import UsageError
from sync.fake_jira.records import Body, Record, Remark
from sync.reports.base import RunReport
from sync.run.undo import UndoResult, undo_run
from tests.journeys import model
from tests.journeys.model import ANA, BO, BOT, HANDS_OFF, NOT_READY, READY, Workplace
from tests.thorough import in_turn

pytestmark = pytest.mark.journey


@pytest.fixture(params=in_turn("cloud", "datacenter"))
def place(request: pytest.FixtureRequest) -> Iterator[Workplace]:
    workplace = Workplace(request.param)
    yield workplace
    workplace.close()


def ours(record: Record) -> list[Remark]:
    return [remark for remark in record.remarks if remark.author.id == BOT.id]


def commented(place: Workplace) -> Record:
    """An issue with our comment, in no sprint."""
    return next(record for record in place.state.issues.values() if ours(record))


def moved(place: Workplace, report: RunReport) -> Record:
    """An issue that a run moved into a sprint."""
    key = next(one.change.key for one in report.outcomes if type(one.change).__name__ == "MoveToSprint")
    return place.state.issue(key)


def why(result: UndoResult, record: Record, what: str) -> str:
    return next(one.why for one in result.plan.left_as_is if (one.key, one.what) == (record.key, what))


def edit(place: Workplace, record: Record) -> str:
    place.state.edit_comment(ours(record)[0].id, "I disagree: see the contract.", by=ANA.id)
    place.witness.heard(record)
    return "Ana Alvarez edited it"


def mention(place: Workplace, record: Record) -> str:
    """A person addresses our account."""
    place.state.comment(record.key, model.answer(place.jira.dialect), by=BO.id)
    place.witness.heard(record)
    return "Bo Berg answered it"


def quote(place: Workplace, record: Record) -> str:
    """A person quotes our comment."""
    words = "no acceptance criteria"
    assert words in json.dumps(ours(record)[0].body.adf or ours(record)[0].body.wiki)
    if place.jira.dialect == "cloud":
        lines = [
            {"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in (words, "They are in mail.")
        ]
        content = [{"type": "blockquote", "content": lines[:1]}, lines[1]]
        place.state.comment(record.key, Body(adf={"type": "doc", "version": 1, "content": content}), by=BO.id)
    else:
        place.state.comment(record.key, f"{{quote}}{words}{{quote}}\nThey are in the mail.", by=BO.id)
    place.witness.heard(record)
    return "Bo Berg answered it"


Deed = Callable[[Workplace, Record], str]
DEEDS = pytest.mark.parametrize("deed", [edit, mention, quote])


@DEEDS
def test_undo_never_deletes_a_comment_that_a_person_edited_or_answered(place: Workplace, deed: Deed) -> None:
    run = place.run().run
    record = commented(place)
    before = ours(record)[0].id
    sentence = deed(place, record)
    body = ours(record)[0].body
    result = place.undo(run)
    assert [(remark.id, remark.body) for remark in ours(record)] == [(before, body)]
    assert why(result, record, "comment") == sentence


@DEEDS
def test_hands_off_and_the_next_update_leave_it_alone_and_the_report_says_so(place: Workplace, deed: Deed) -> None:
    place.run()
    record = commented(place)
    sentence = deed(place, record)
    kept = [(remark.id, remark.body) for remark in ours(record)]
    place.state.edit(record.key, description="", by=ANA.id)
    said = [one.why for one in place.run().plan.left_as_is if one.key == record.key]
    assert any(sentence in text for text in said)
    place.state.add_label(record.key, HANDS_OFF, by=ANA.id)
    place.run()
    assert [(remark.id, remark.body) for remark in ours(record)] == kept
    assert NOT_READY not in record.labels


@DEEDS
def test_a_new_comment_is_written_only_once_the_issue_was_ready_in_between(place: Workplace, deed: Deed) -> None:
    place.run()
    record = commented(place)
    deed(place, record)
    for text, number in (("no criteria", 1), ("nothing", 1), ("ready", 1), ("no criteria", 2)):
        place.state.edit(record.key, description=model.body(text, 20), by=ANA.id)
        place.run()
        assert len(ours(record)) == number


def test_undo_leaves_a_label_and_a_sprint_that_a_person_took_away_and_set_again(place: Workplace) -> None:
    report = place.run()
    record = moved(place, report)
    sprint = place.state.open_sprint(record)
    assert sprint is not None
    place.state.remove_label(record.key, READY, by=ANA.id)
    place.state.add_label(record.key, READY, by=ANA.id)
    place.state.move_to_sprint(record.key, None, by=BO.id)
    place.state.move_to_sprint(record.key, sprint.id, by=BO.id)
    result = place.undo(report.run)
    assert READY in record.labels
    assert place.state.open_sprint(record) == sprint
    assert why(result, record, READY) == "Ana Alvarez changed it since"
    assert why(result, record, "sprint") == "Bo Berg changed it since"


def test_a_run_leaves_a_label_that_a_person_took_away_and_set_again(place: Workplace) -> None:
    place.run()
    record = commented(place)
    place.state.remove_label(record.key, NOT_READY, by=ANA.id)
    place.state.add_label(record.key, NOT_READY, by=ANA.id)
    place.state.edit(record.key, description=model.body("ready", 20), by=ANA.id)
    place.run()
    assert {READY, NOT_READY} <= set(record.labels)
    assert [one.key for one in place.plan().plan.left_as_is if one.what == NOT_READY] == [record.key]


def test_a_conflict_names_a_later_run_of_readyline(place: Workplace) -> None:
    first = place.run().run
    record = commented(place)
    place.state.edit(record.key, description=model.body("ready", 20), by=ANA.id)
    second = place.run().run
    result = place.undo(first)
    sentence = f"a later run of readyline ({second}) changed it"
    assert (why(result, record, NOT_READY), why(result, record, "comment")) == (sentence, sentence)


def test_a_conflict_names_the_person_who_took_a_label_off(place: Workplace) -> None:
    run = place.run().run
    record = commented(place)
    place.state.remove_label(record.key, NOT_READY, by=BO.id)
    assert why(place.undo(run), record, NOT_READY) == "Bo Berg changed it since"


def test_the_next_run_does_not_refill_what_was_undone_until_somebody_resumes(place: Workplace) -> None:
    report = place.run()
    sprint = place.state.open_sprint(moved(place, report))
    assert sprint is not None
    place.undo(report.run)
    for record in [one for one in place.state.issues.values() if READY not in one.labels and one.points == 3.0]:
        place.state.edit(record.key, points=1.0, by=ANA.id)  # so that there is room for one more
    model.new_issue(place.state, place.now(), 9, "ready")
    place.later += timedelta(days=1)
    later = place.run()
    filled = [record.key for record in place.state.issues.values() if sprint.id in record.sprints]
    assert filled == []
    assert any("until `readyline resume`" in one.why for one in later.plan.left_as_is if one.what == "sprint")
    with place.context() as context:
        context.store.pauses.end(place.now())
        place.witness.resumed()
    place.run()
    assert [record.key for record in place.state.issues.values() if sprint.id in record.sprints]


def test_what_was_undone_is_written_again_for_the_same_reason_once_somebody_resumes(place: Workplace) -> None:
    run = place.run().run
    before = {record.key: (set(record.labels), record.sprints) for record in place.state.issues.values()}
    place.undo(run)
    place.run()
    assert not [record for record in place.state.issues.values() if {READY, NOT_READY} & set(record.labels)]
    place.resume()
    place.run()
    assert {record.key: (set(record.labels), record.sprints) for record in place.state.issues.values()} == before
    assert ours(commented(place))


def test_pauses_outlive_the_store_and_resuming_ends_them_all_the_same(place: Workplace) -> None:
    run = place.run().run
    before = {record.key: (set(record.labels), record.sprints) for record in place.state.issues.values()}
    place.undo(run)
    place.lose_store()
    place.run()
    assert not [record for record in place.state.issues.values() if {READY, NOT_READY} & set(record.labels)]
    assert place.resume() > 0
    place.run()
    assert {record.key: (set(record.labels), record.sprints) for record in place.state.issues.values()} == before


def test_a_label_that_an_undo_put_back_stays_also_after_the_store_is_lost(place: Workplace) -> None:
    place.run()
    record = next(one for one in place.state.issues.values() if READY in one.labels)
    place.state.edit(record.key, description="", by=ANA.id)
    changed = place.run().run
    assert READY not in record.labels
    place.undo(changed)
    assert READY in record.labels
    place.lose_store()
    place.run()
    assert READY in record.labels
    place.resume()
    place.run()
    assert READY not in record.labels


def test_resuming_brings_nothing_back_that_a_person_took_away_by_hand(place: Workplace) -> None:
    run = place.run().run
    record = next(one for one in place.state.issues.values() if READY in one.labels)
    place.undo(run)
    place.state.add_label(record.key, READY, by=ANA.id)
    place.run()
    place.state.remove_label(record.key, READY, by=ANA.id)
    place.run()
    place.resume()
    place.run()
    assert READY not in record.labels


def test_labels_that_were_undone_stay_off_also_for_a_new_reason(place: Workplace) -> None:
    run = place.run().run
    record = commented(place)
    place.undo(run)
    place.state.edit(record.key, description="", by=ANA.id)
    place.run()
    assert NOT_READY not in record.labels
    assert ours(record) == []


def test_a_pause_ends_at_its_stated_time(place: Workplace) -> None:
    run = place.run().run
    record = commented(place)
    with place.context() as context:
        undo_run(context, run, pause_until=place.now() + timedelta(days=2))
        place.witness.look_around(undoing=True)
    place.state.edit(record.key, description="", by=ANA.id)
    place.run()
    assert NOT_READY not in record.labels
    place.later += timedelta(days=3)
    place.witness.resumed()
    place.run()
    assert NOT_READY in record.labels


def test_an_undo_that_is_undone_ends_its_pauses(place: Workplace) -> None:
    run = place.run().run
    place.undo(place.undo(run).run)
    with place.context() as context:
        assert context.store.pauses.all() == ()


def test_after_an_undo_of_an_undo_it_is_as_if_nothing_had_been_undone(place: Workplace) -> None:
    run = place.run().run
    before = {record.key: (set(record.labels), record.sprints) for record in place.state.issues.values()}
    record = commented(place)
    place.undo(place.undo(run).run)
    assert {one.key: (set(one.labels), one.sprints) for one in place.state.issues.values()} == before
    assert place.run().plan.changes == ()
    former = ours(record)[0].body
    place.state.edit(record.key, description="", by=ANA.id)
    place.run()
    assert ours(record)[0].body != former


def test_an_undo_of_an_undo_of_an_undo_pauses_again_until_somebody_resumes(place: Workplace) -> None:
    run = place.run().run
    undone = place.undo(place.undo(run).run)
    place.undo(undone.run)
    assert place.run().plan.changes == ()
    assert not [record for record in place.state.issues.values() if {READY, NOT_READY} & set(record.labels)]
    place.resume()
    place.run()
    assert [record for record in place.state.issues.values() if {READY, NOT_READY} & set(record.labels)]


def test_undo_obeys_the_switch_for_writing_unless_it_is_forced(place: Workplace) -> None:
    run = place.run().run
    writes = len(place.jira.writes)
    with place.context() as context:
        off = replace(context, writes=False)
        with pytest.raises(UsageError, match="--force"):
            undo_run(off, run)
        assert len(place.jira.writes) == writes
        forced = undo_run(off, run, force=True)
        place.witness.look_around(undoing=True)
    assert {outcome.result for outcome in forced.outcomes} == {Result.DONE}


def test_its_mails_count(place: Workplace) -> None:
    run = place.run().run
    record = commented(place)
    with place.context() as context:
        before = len(context.store.mails.since(place.now() - timedelta(days=7)))
        undone = undo_run(context, run)
        place.witness.look_around(undoing=True)
        mails = [
            one.mail for one in context.store.mails.since(place.now() - timedelta(days=7)) if one.run == undone.run
        ]
        assert len(context.store.mails.since(place.now() - timedelta(days=7))) == before + len(mails)
    assert (record.id, "comment") in {(mail.issue, mail.about) for mail in mails}
