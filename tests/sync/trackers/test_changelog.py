"""The past of issues: read alike in both dialects, asked for only where something changed, never a reason to fail."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.document import EMPTY
from rules.history import kept as keeping
from rules.model import Edit, EditField, Snapshot
from rules.plan.changes import AddLabel
from sync.errors import TrackerError, Unreachable
from sync.fake_jira import datacenter as fake_datacenter
from sync.fake_jira import faults
from sync.fake_jira.dialect import Catalogue
from sync.fake_jira.records import Account
from sync.store.mirror import Mirror
from sync.trackers.jira import changelog as reading
from sync.trackers.jira import cloud as jira_cloud
from sync.trackers.jira.changelog import read_edits, reordered
from sync.trackers.jira.fields import FieldMap
from sync.trackers.jira.parse import Site
from tests.contract.tracker_fixtures import SCOPE
from tests.sync.trackers.conftest import Jira

pytestmark = pytest.mark.journey


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    found = Mirror.open(tmp_path / "mirror.db")
    yield found
    found.close()


def pull(jira: Jira, mirror: Mirror | None = None) -> Snapshot:
    return jira.open(mirror).pull(SCOPE)


def past(snapshot: Snapshot, key: str) -> tuple[Edit, ...]:
    return snapshot.edits[snapshot.by_key[key].id]


def said(edit: Edit) -> tuple[EditField, str, str]:
    return edit.field, edit.before, edit.after


def histories(jira: Jira, since: int = 0) -> list[set[str]]:
    """The ids of each request for histories since a request's number."""
    found = []
    for each in jira.jira.requests[since:]:
        if each.path.endswith("/changelog/bulkfetch"):
            found.append(set(each.body["issueIdsOrKeys"]))
        elif each.path.endswith("/search") and each.body["expand"]:
            found.append(set(each.body["jql"].partition("(")[2].rstrip(")").split(", ")))
    return found


def long_ago(jira: Jira) -> None:
    """Let everything be older than the overlap."""
    for record in jira.state.issues.values():
        record.updated = datetime.now(UTC) - timedelta(days=2)


def ids(jira: Jira, *keys: str) -> set[str]:
    return {jira.state.issue(key).id for key in keys}


def test_every_kind_of_change_is_read_the_same_in_both_dialects(jira: Jira) -> None:
    state = jira.state
    state.acceptance_field = True
    epic = state.issue("T-6").id
    state.edit("T-1", by="ana", points=5.0)
    state.edit("T-1", by="ana", summary="Pay by any card", description="h3. Why\nCards are common.")
    state.edit("T-1", by="ana", acceptance="* One\n* Two", parent=epic)
    state.edit("T-1", by="ana", priority=state.priorities["2"], flagged=True)
    state.move_to_sprint("T-1", 3, by="ana")
    state.transition("T-1", "In Progress", by="ana")
    state.add_label("T-1", "a", by="ana")
    state.rank(["T-1"], before="T-5")
    state.log_in_as(Account(id="712020:new", name="new", display="New"))  # who moved it is a person now

    edits = past(pull(jira), "T-1")

    assert [said(edit) for edit in edits if edit.name == "Ana"] == [
        (EditField.LINKS, "", "T-5"),
        (EditField.ESTIMATE, "3", "5"),
        (EditField.TITLE, "Pay by card", "Pay by any card"),
        (EditField.DESCRIPTION, "", ""),
        (EditField.ACCEPTANCE, "", ""),
        (EditField.PARENT, "", epic),
        (EditField.PRIORITY, "", "2"),
        (EditField.OTHER, "", ""),
        (EditField.SPRINT, "", "3"),
        (EditField.STATUS, "10000", "3"),
        (EditField.LABELS, "Web ios,", "Web ios, a"),
    ]
    assert [said(edit) for edit in edits if edit.name != "Ana"] == [(EditField.RANK, "", "")]
    assert {edit.account for edit in edits if edit.name == "Ana"} == {"712020:ana" if jira.is_cloud else "ana"}
    assert list(edits) == sorted(edits, key=lambda edit: edit.at)
    assert all(edit.by_person and edit.at.tzinfo for edit in edits)


def test_a_former_text_is_read_like_a_text_of_today(jira: Jira) -> None:
    jira.state.edit("T-1", by="ana", description="h3. Why\n* one\n* two")
    jira.state.edit("T-1", by="ana", description="Something else")

    first, second = (edit.former for edit in past(pull(jira), "T-1") if edit.field is EditField.DESCRIPTION)

    assert first == EMPTY
    assert second is not None
    assert [block.text for block in second.blocks] == ["Why", "one", "two"]


def test_a_former_text_of_great_length_is_not_kept(jira: Jira, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "LONGEST_TEXT", 10)
    for text in ("ten chars.", "eleven char", "short"):
        jira.state.edit("T-1", by="ana", description=text)

    *_, ten, eleven = (edit.former for edit in past(pull(jira), "T-1"))

    assert (ten is None, eleven is None) == (False, True)


def test_our_own_edits_are_left_out(jira: Jira, mirror: Mirror) -> None:
    tracker = jira.open(mirror)
    issue = tracker.pull(SCOPE).by_key["T-1"]
    before = past(pull(jira), "T-1")
    tracker.apply([AddLabel(issue=issue.id, key="T-1", label="readyline-ready", why="")], {})

    assert past(pull(jira, mirror), "T-1") == before


def test_what_an_app_does_is_not_done_by_a_person(cloud: Jira) -> None:
    cloud.state.enrol(Account(id="557058:auto", name="auto", display="Automation", is_app=True))
    cloud.state.edit("T-1", by="auto", points=8.0)
    cloud.state.edit("T-1", by="ana", points=5.0)

    assert [edit.by_person for edit in past(pull(cloud), "T-1")[-2:]] == [False, True]


def test_every_issue_in_scope_has_a_known_past_even_without_a_change(jira: Jira) -> None:
    snapshot = pull(jira)

    assert snapshot.edits.keys() == {issue.id for issue in (*snapshot.issues, *snapshot.history)}
    assert past(snapshot, "T-3") == ()
    assert "changelog" not in snapshot.unavailable


def test_an_unchanged_second_run_asks_for_no_history(jira: Jira, mirror: Mirror) -> None:
    long_ago(jira)
    first = pull(jira, mirror)
    since = len(jira.jira.requests)

    second = pull(jira, mirror)

    assert second.edits == first.edits
    assert any(second.edits.values())
    assert histories(jira, since) == []


def test_only_the_history_of_what_changed_is_asked_for(jira: Jira, mirror: Mirror) -> None:
    long_ago(jira)
    pull(jira, mirror)
    jira.state.edit("T-2", points=8.0, by="ana")
    since = len(jira.jira.requests)

    assert said(past(pull(jira, mirror), "T-2")[-1]) == (EditField.ESTIMATE, "2", "8")
    assert histories(jira, since) == [ids(jira, "T-2")]


def test_who_moved_an_issue_is_known_though_nothing_else_changed(jira: Jira, mirror: Mirror) -> None:
    long_ago(jira)
    pull(jira, mirror)
    jira.state.me, us = jira.state.account("ana"), jira.state.me
    jira.state.rank(["T-3"], before="T-1")
    jira.state.me = us
    since = len(jira.jira.requests)

    edits = past(pull(jira, mirror), "T-3")

    assert [(edit.field, edit.name) for edit in edits] == [(EditField.RANK, "Ana")]
    assert histories(jira, since) == [ids(jira, "T-1", "T-3", "T-6")]  # it, and those it left and came to


def test_where_only_few_ids_of_a_long_order_moved_few_are_asked_for() -> None:
    order = [str(number) for number in range(1000)]
    moved = [*order[:10], "500", *order[10:500], *order[501:]]

    assert reordered(order, moved) == {"500", "10", "501"}
    assert reordered(order, order) == frozenset()
    assert reordered(order, [*order[:3], "new", *order[5:]]) == frozenset()


def test_with_and_without_a_mirror_the_past_is_the_same(jira: Jira, mirror: Mirror) -> None:
    pull(jira, mirror)
    jira.state.edit("T-2", summary="Changed", by="ana")
    jira.state.edit("T-1", points=8.0, by="ana")

    assert pull(jira, mirror).edits == pull(jira).edits


def test_an_issue_that_left_is_forgotten_with_its_past(jira: Jira, mirror: Mirror) -> None:
    left = jira.state.issue("T-2").id
    pull(jira, mirror)
    assert [number for number, _ in mirror.histories([left])] == [left]

    jira.state.delete("T-2")

    assert left not in pull(jira, mirror).edits
    assert list(mirror.histories([left])) == []


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_site_that_refuses_is_a_blind_spot_and_all_else_goes_on(cloud: Jira, mirror: Mirror, status: int) -> None:
    named = {"X-AACCOUNTID": cloud.state.me.id}
    refusal = faults.Answer(status, '{"errorMessages":["No."]}', named)
    cloud.jira.faults.on(refusal, path="/changelog/", times=None)

    with structlog.testing.capture_logs() as logs:
        snapshot = pull(cloud, mirror)

    assert "changelog" in snapshot.unavailable
    assert snapshot.edits == {}
    assert len(snapshot.issues) == 6
    assert [line["event"] for line in logs if line["log_level"] == "warning"] == ["tracker.changelog_refused"]
    cloud.jira.faults.clear()
    assert past(pull(cloud, mirror), "T-5")


def test_a_run_cut_short_before_the_histories_were_there_fetches_them_next_time(jira: Jira, mirror: Mirror) -> None:
    long_ago(jira)

    def trouble(asked: faults.Asked) -> faults.Fault | None:
        return faults.broken(500) if "changelog" in f"{asked.path}{jira.jira.requests[asked.number - 1].body}" else None

    jira.jira.faults.hook = trouble
    with pytest.raises(Unreachable):
        pull(jira, mirror)
    jira.jira.faults.clear()
    since = len(jira.jira.requests)

    assert pull(jira, mirror).edits == pull(jira).edits
    assert histories(jira, since)


def test_a_history_on_several_pages_is_read_whole(cloud: Jira, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = pull(cloud).edits
    since = len(cloud.jira.requests)
    monkeypatch.setattr(jira_cloud, "ENTRIES_A_PAGE", 2)

    assert pull(cloud).edits == expected
    assert len(histories(cloud, since)) > 2


def test_pages_without_an_end_are_an_error(cloud: Jira, monkeypatch: pytest.MonkeyPatch) -> None:
    again = {"issueChangeLogs": [], "nextPageToken": "again"}
    api = cloud.open().api
    monkeypatch.setattr(api._core, "get_bulk_changelogs", lambda **_: again)

    with pytest.raises(TrackerError, match="without an end"):
        list(api.changelogs(["1"]))


def test_data_center_names_its_fields_as_the_site_does(datacenter: Jira, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its histories have no ids: a German site's rank is called "Rang" in both."""
    german = Catalogue(
        tuple(replace(one, name="Rang") if one.ours == "rank" else one for one in fake_datacenter._USUAL.columns)
    )
    monkeypatch.setattr(fake_datacenter, "_USUAL", german)
    state = datacenter.state
    state.me, us = state.account("ana"), state.me
    state.rank(["T-3"], before="T-1")
    state.me = us
    (entry,) = state.issue("T-3").history
    state.issue("T-3").history = [replace(entry, items=tuple(replace(one, field="Rang") for one in entry.items))]

    assert [edit.field for edit in past(pull(datacenter), "T-3")] == [EditField.RANK]


SITE = Site(url="https://jira.example", fields=FieldMap(choices={}, points=("customfield_1",)), account="bot")


@pytest.fixture
def no_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site with one custom field: the estimate."""
    monkeypatch.setattr(reading, "_ROLES", {})


def entry(created: Any, *items: dict[str, Any], **values: Any) -> dict[str, Any]:
    author = {"accountId": "ana", "displayName": "Ana"}
    return {"id": "1", "author": author, "created": created, "items": list(items)} | values


PRIORITY = {"field": "priority", "fieldtype": "jira", "fieldId": "priority", "from": "3", "to": "1"}
POINTS = {"field": "Points", "fieldtype": "custom", "fieldId": "customfield_1"}


@pytest.mark.usefixtures("no_roles")
@pytest.mark.parametrize("created", [1790584137824, "2026-09-28T08:28:57.824+0000", "2026-09-28T11:28:57.824+0300"])
def test_a_date_may_be_a_text_or_milliseconds(created: object) -> None:
    (found,) = read_edits("1", [entry(created, PRIORITY)], SITE)

    assert found.at == datetime(2026, 9, 28, 8, 28, 57, 824000, tzinfo=UTC)


@pytest.mark.usefixtures("no_roles")
@pytest.mark.parametrize(
    "raw",
    [
        entry(None, PRIORITY),
        entry("soon", PRIORITY),
        entry(-5, PRIORITY),
        entry(10**20, PRIORITY),
        entry(1790584137824, PRIORITY, author={"accountId": "bot"}),
        entry(1790584137824, items=None),
        {},
    ],
)
def test_what_has_no_date_or_is_ours_is_left_out(raw: dict[str, Any]) -> None:
    assert read_edits("1", [raw], SITE) == []


@pytest.mark.usefixtures("no_roles")
@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (PRIORITY, (EditField.PRIORITY, "3", "1")),
        ({**PRIORITY, "fieldId": ""}, (EditField.PRIORITY, "3", "1")),
        ({**PRIORITY, "fieldtype": "custom", "fieldId": "customfield_9"}, (EditField.OTHER, "", "")),
        ({**POINTS, "fromString": "3.0", "toString": None}, (EditField.ESTIMATE, "3", "")),
        ({**POINTS, "toString": "L"}, (EditField.ESTIMATE, "", "L")),
        ({"field": "Workflow", "fieldtype": "jira", "toString": "x"}, (EditField.OTHER, "", "")),
        ({}, (EditField.OTHER, "", "")),
    ],
)
def test_a_field_is_known_by_its_id_or_its_name(item: dict[str, Any], expected: tuple[EditField, str, str]) -> None:
    (found,) = read_edits("1", [entry(1790584137824, item)], SITE)

    assert said(found) == expected


@pytest.mark.usefixtures("no_roles")
def test_a_change_by_nobody_known_counts_as_a_persons() -> None:
    (found,) = read_edits("1", [entry(1790584137824, PRIORITY, author=None)], SITE)

    assert (found.account, found.name, found.by_person) == ("", "", True)


entries = st.lists(
    st.builds(
        entry,
        st.integers(1_700_000_000_000, 1_790_000_000_000),
        st.sampled_from([PRIORITY, POINTS, {"field": "Sprint", "fieldtype": "custom"}]),
        id=st.integers(1, 99).map(str),
        author=st.sampled_from([{"accountId": name} for name in ("ana", "bot", "bo")]),
    ),
    max_size=12,
)


@pytest.mark.usefixtures("no_roles")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries)
def test_our_own_edits_never_count_whatever_lies_between_them(raws: list[dict[str, Any]]) -> None:
    others = [raw for raw in raws if raw["author"]["accountId"] != "bot"]

    assert read_edits("1", raws, SITE) == read_edits("1", others, SITE)
    assert len(read_edits("1", raws, SITE)) == len(others)
