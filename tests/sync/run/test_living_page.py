"""The living page over whole runs, on a Jira of each kind."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from rules.plan.changes import PutPage
from rules.plan.page_body import BEGIN, END
from rules.plan.policy import CommentZone, SprintMode
from sync.config.write_back_settings import LivingPageSettings
from sync.fake_jira.records import Body, Record
from sync.reports.base import RunReport
from sync.reports.planned_writes import written_texts
from sync.run.history import history_of
from tests.journeys.model import ANA, STRANGER, Workplace
from tests.thorough import in_turn

pytestmark = pytest.mark.journey

WEEK = timedelta(days=7)
AGREEMENT = "Our working agreement: be kind."


@pytest.fixture(params=in_turn("cloud", "datacenter"))
def place(request: pytest.FixtureRequest) -> Iterator[Workplace]:
    workplace = Workplace(request.param)
    yield workplace
    workplace.close()


@pytest.fixture
def page(place: Workplace) -> Record:
    """The issue that people made for the page; the backlog query has it, too."""
    record = place.state.create("SHOP", "Task", "Where we are", by=ANA.id, description=Body(AGREEMENT))
    place.witness.page = record.id
    configure(place, issue=record.key, sprints=SprintMode.PROPOSE)
    return record


def configure(place: Workplace, *, issue: str = "", **write_back: Any) -> None:
    settings = place.settings
    allowed = settings.write_back.model_copy(update=write_back)
    product = settings.product.model_copy(update={"account": accounts(place)["Ana"]})
    update = {"write_back": allowed, "product": product}
    if issue:
        update |= {"living_page": LivingPageSettings(issue=issue)}
    place.settings = settings.model_copy(update=update)


def accounts(place: Workplace) -> Mapping[str, str]:
    return {"Ana": ANA.id if place.jira.dialect == "cloud" else ANA.name}


def text(record: Record) -> str:
    return str(record.description.adf or record.description.wiki)


def pages(report: RunReport) -> list[PutPage]:
    return [change for change in report.plan.changes if isinstance(change, PutPage)]


def descriptions_sent(place: Workplace) -> list[str]:
    """The issues whose description a request would write."""
    return [
        write.path.rpartition("/")[2]
        for write in place.jira.writes
        if isinstance(write.body, dict)
        and ("description" in (write.body.get("fields") or {}) or "description" in (write.body.get("update") or {}))
    ]


def test_the_description_of_the_page_is_the_only_one_that_is_written_and_only_when_it_changes(
    place: Workplace, page: Record
) -> None:
    before = {key: record.description for key, record in place.state.issues.items() if key != page.id}
    first = place.run()
    assert [change.key for change in pages(first)] == [page.key]
    assert AGREEMENT in text(page)
    assert BEGIN in text(page)
    assert f"{place.jira.url}/browse/SHOP-7" in text(page)
    assert page.labels == []
    assert page.remarks == []
    assert page.key not in first.judgement.by_key

    assert pages(place.run()) == []
    assert descriptions_sent(place) == [page.id]
    assert {key: record.description for key, record in place.state.issues.items() if key != page.id} == before

    issue = next(record for record in place.state.issues.values() if record.key != page.key and record.points == 3.0)
    place.state.edit(issue.key, points=None, by=ANA.id)
    assert len(pages(place.run())) == 1
    assert descriptions_sent(place) == [page.id, page.id]
    assert text(page).count(BEGIN) == text(page).count(END) == 1


def test_what_people_write_during_a_run_stays_and_a_lost_store_or_a_new_key_finds_the_page_again(
    place: Workplace, page: Record
) -> None:
    place.run()
    place.state.rename(page.key, "TEAM-1", by=ANA.id)
    place.lose_store()
    assert pages(place.run()) == []
    assert descriptions_sent(place) == [page.id]


def test_an_undo_takes_the_page_back_and_it_stays_so_until_somebody_resumes(place: Workplace, page: Record) -> None:
    run = place.run().run
    place.undo(run)
    assert BEGIN not in text(page)
    assert AGREEMENT in text(page)
    assert [one.what for one in place.run().plan.left_as_is if one.key == page.key] == ["page"]
    place.resume()
    assert len(pages(place.run())) == 1
    assert BEGIN in text(page)


def test_the_plan_and_the_history_show_what_the_page_says(place: Workplace, page: Record) -> None:
    report = place.run()
    (change,) = pages(report)
    texts = written_texts(report)
    assert texts[change].splitlines()[:2] == [change.page.title, change.page.lines[0]]
    with place.context() as context:
        written = history_of(context.store, report.run).written
    assert [(one.before, one.after) for one in written if one.mark == "page"] == [("", texts[change])]


def test_a_page_that_does_not_exist_is_named_and_stops_nothing(place: Workplace) -> None:
    configure(place, issue="SHOP-999")
    report = place.run()
    assert any("[living_page] issue" in one.why for one in report.plan.left_as_is if one.key == "SHOP-999")
    assert report.outcomes


def test_mails_of_the_page_count_and_wait_where_the_week_is_full(place: Workplace, page: Record) -> None:
    place.state.rights -= {"ADMINISTER", "ADMINISTER_PROJECTS"}
    configure(place, labels=False, mails_per_week=1, comments=CommentZone.OFF)
    place.run()
    with place.context() as context:
        assert {sent.mail.about for sent in context.store.mails.since(place.now() - WEEK)} == {"page"}
    issue = next(record for record in place.state.issues.values() if record.key != page.key and record.points == 3.0)
    place.state.edit(issue.key, points=None, by=ANA.id)
    report = place.run()
    assert pages(report) == []
    assert any("mails_per_week" in one.why for one in report.plan.left_as_is if one.key == page.key)


def tick(place: Workplace, page: Record, by: str) -> None:
    """A person ticks all boxes of the page."""
    adf = page.description.adf
    assert adf is not None
    content = [
        {**node, "content": [item | {"attrs": item["attrs"] | {"state": "DONE"}} for item in node["content"]]}
        if node["type"] == "taskList"
        else node
        for node in adf["content"]
    ]
    place.state.edit(page.key, description=Body(adf={**adf, "content": content}), by=by)


def test_on_cloud_a_ticked_box_accepts_and_on_data_center_the_page_names_the_command(
    place: Workplace, page: Record
) -> None:
    configure(place, sprints=SprintMode.ACCEPTED)
    report = place.run()
    offered = [box.key for box in pages(report)[0].page.boxes]
    assert offered
    if place.jira.dialect == "datacenter":
        assert "comment &#47;ready accept" in text(page) or "comment /ready accept" in text(page)
        return
    tick(place, page, STRANGER.id)
    refused = place.run()
    assert refused.commands.accepted == frozenset()
    assert "'state': 'DONE'" not in text(page)

    tick(place, page, ANA.id)
    accepted = place.run()
    moved = [one.change.key for one in accepted.outcomes if type(one.change).__name__ == "MoveToSprint"]
    assert moved == offered
    assert "'state': 'DONE'" not in text(page)


def test_a_dry_run_plans_the_page_once_and_writes_nothing(place: Workplace, page: Record) -> None:
    configure(place, enabled=False)
    assert len(pages(place.run())) == 1
    report = place.run()
    assert report.go_live is not None
    assert report.go_live.entries == len(report.plan.changes)
    assert text(page).count(BEGIN) == 0
    assert descriptions_sent(place) == []
