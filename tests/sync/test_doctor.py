"""The doctor looks at a local Jira over HTTP, through the command line, in both dialects."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sync.fake_jira import faults
from sync.fake_jira.faults import Answer
from sync.fake_jira.records import LinkType, Sprint
from tests.journeys.app_harness import EACH_DAY, Ended, Office, office

pytestmark = pytest.mark.journey

WRITES = {"EDIT_ISSUES", "ADD_COMMENTS", "EDIT_OWN_COMMENTS", "DELETE_OWN_COMMENTS", "SCHEDULE_ISSUES"}


@pytest.fixture(params=EACH_DAY)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A small shop in each dialect."""
    with office(tmp_path, request.param) as place:
        yield place


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Office]:
    """A small shop on Jira Cloud."""
    with office(tmp_path, "cloud") as place:
        yield place


@pytest.fixture
def datacenter(tmp_path: Path) -> Iterator[Office]:
    """A small shop on Jira Data Center."""
    with office(tmp_path, "datacenter") as place:
        yield place


def look(place: Office) -> tuple[int, Mapping[str, Mapping[str, str]]]:
    """The exit code, and the checks by name."""
    ended = place.run("doctor", "--format", "json")
    document = ended.document
    assert document["schema"] == "readyline/doctor/1"
    assert document["exit_code"] == ended.code
    return ended.code, {check["name"]: check for check in document["checks"]}


def states(checks: Mapping[str, Mapping[str, str]]) -> set[str]:
    return {check["state"] for check in checks.values()}


def saying(place: Office, body: Any) -> Answer:
    """An answer of the site to our account."""
    return Answer(200, json.dumps(body), headers=place.jira._application.dialect.greeting(place.jira.state.me))


def without_fields(place: Office, drop: Callable[[Mapping[str, Any]], bool]) -> None:
    """Let the site have fewer fields, as `GET /field` tells them."""
    dialect = place.jira._application.dialect
    columns = [dialect.column(each) for each in dialect.fields(acceptance=False).columns]
    kept = [column for column in columns if not drop(column)]
    place.jira.faults.on(saying(place, kept), path="/field$", times=None)


def without_estimation(place: Office) -> None:
    """Let no board estimate by a field."""
    shape = {"id": 11, "name": "A board", "type": "scrum", "estimation": {"type": "none"}}
    place.jira.faults.on(saying(place, shape), path="/configuration$", times=None)


def test_healthy(shop: Office) -> None:
    """On a healthy site nothing fails and nothing is warned of, and nothing was written."""
    code, checks = look(shop)
    assert code == 0
    assert {name for name, check in checks.items() if check["state"] != "ok"} == {"token's end"}
    assert not shop.jira.writes
    assert not (shop.folder / "readyline.db").exists()


def test_who_and_what(shop: Office) -> None:
    """The doctor tells whose token it is, which Jira answers, and what the query finds."""
    checks = look(shop)[1]
    assert shop.jira.state.me.display in checks["token"]["sentence"]
    assert {"cloud": "Jira Cloud", "datacenter": "Jira Data Center"}[shop.jira.dialect] in checks["site"]["sentence"]
    state = shop.jira.state
    waiting = sum(record.status.category != "done" for record in state.issues.values())
    assert f"{waiting} issues in SHOP" in checks["backlog"]["sentence"]


def test_text_holds_no_token(shop: Office) -> None:
    """Neither form of the answer holds the token."""
    for form in ("text", "json"):
        ended = shop.run("doctor", "--format", form, "-vv")
        assert shop.jira.token not in ended.out + ended.err


def test_text(shop: Office) -> None:
    """The table names every check of the document, and counts them."""
    checks = look(shop)[1]
    ended = shop.run("doctor")
    assert all(name in ended.out for name in checks)
    assert "1 unknown, nothing failed." in ended.out


def test_read_only_account(shop: Office) -> None:
    """With writing switched off, an account that may only read passes, and the report says what writing would take."""
    shop.write_config("enabled = true", "enabled = false")
    shop.jira.state.rights = {"BROWSE_PROJECTS"}
    code, checks = look(shop)
    assert code == 0
    assert "warning" not in states(checks)
    labels = checks["right for labels"]
    assert labels["sentence"] == "Edit Issues is not granted in SHOP; not needed while [write_back] is off"
    assert "a Jira administrator grants Edit Issues to readyline in the permission scheme of SHOP" in labels["todo"]


def test_read_only_account_that_should_write(shop: Office) -> None:
    """With writing switched on, each feature that lacks a right fails by its name, and who grants it is said."""
    shop.jira.state.rights -= WRITES
    code, checks = look(shop)
    failed = {name for name, check in checks.items() if check["state"] == "failed"}
    assert code == 4
    assert failed == {"right for labels", "right for comments", "right for sprints"}
    assert checks["right for comments"]["sentence"] == (
        "Add Comments, Edit Own Comments and Delete Own Comments are not granted in SHOP"
    )


def test_a_feature_that_is_off_needs_no_right(shop: Office) -> None:
    """Lacking Schedule Issues is not a failure where sprints are only proposed."""
    shop.write_config('sprints = "assign"', 'sprints = "propose"')
    shop.jira.state.rights -= {"SCHEDULE_ISSUES"}
    code, checks = look(shop)
    assert code == 0
    assert checks["right for sprints"]["state"] == "ok"
    assert "switched off" in checks["right for sprints"]["sentence"]


def test_mail_about_labels(shop: Office) -> None:
    """Lacking Administer Projects is a warning: people would get mail about labels."""
    shop.jira.state.rights -= {"ADMINISTER_PROJECTS", "ADMINISTER"}
    code, checks = look(shop)
    assert code == 0
    assert checks["right for silent label edits"]["state"] == "warning"


def test_nothing_may_be_read(shop: Office) -> None:
    """Without Browse Projects the right fails, and the query that names the hidden project."""
    shop.jira.state.rights = set()
    code, checks = look(shop)
    assert code == 4
    assert checks["right to read"]["state"] == "failed"
    assert checks["backlog"]["state"] == "failed"


def test_wrong_token(shop: Office) -> None:
    """A wrong token fails with exit 4, the site is still told, and what could not be asked is one line."""
    shop.environ["READYLINE_TOKEN"] = "wrong"
    code, checks = look(shop)
    assert code == 4
    assert checks["site"]["state"] == "ok"
    assert checks["token"]["state"] == "failed"
    assert "READYLINE_TOKEN" in checks["token"]["sentence"]
    assert checks["everything else"]["state"] == "unknown"
    assert [check["state"] for check in checks.values()].count("failed") == 1
    assert checks["store"]["state"] == "ok"


def test_a_wrong_token_is_sent_once(shop: Office) -> None:
    """A token that is refused is not tried again: that is how accounts get locked."""
    shop.environ["READYLINE_TOKEN"] = "wrong"
    look(shop)
    assert [request.status for request in shop.jira.requests].count(401) == 1


def test_anonymous(shop: Office) -> None:
    """An answer that names no account is not a log-in, whatever its status."""
    shop.jira.faults.on(Answer(200, '{"displayName": "Anonymous"}'), path="/myself")
    code, checks = look(shop)
    assert code == 4
    assert checks["token"]["sentence"] == "Jira treated us as anonymous"


def test_nobody_there(shop: Office) -> None:
    """Where nothing answers, that is said once, and local checks are still made."""
    shop.jira.close()
    code, checks = look(shop)
    assert code == 4
    assert "no connection" in checks["site"]["sentence"]
    assert checks["store"]["state"] == "ok"


def test_another_address(shop: Office) -> None:
    """A site that sends us elsewhere is reported with the address, once for each question that had to be asked."""
    moved = Answer(301, "", {"Location": "https://jira.example/"})
    shop.jira.faults.on(moved, times=None)
    code, checks = look(shop)
    assert code == 4
    assert "put the right address into [tracker] url" in checks["site"]["sentence"]
    assert {name for name, check in checks.items() if check["state"] == "failed"} == {"site", "token"}


def test_log_in_page(shop: Office) -> None:
    """A proxy's log-in page instead of data ends the questions."""
    shop.jira.faults.on(faults.html_page(), times=None)
    code, checks = look(shop)
    assert code == 4
    assert "web page" in checks["site"]["sentence"]
    assert "token" in checks["everything else"]["sentence"]


def test_other_kind(shop: Office) -> None:
    """The other kind of Jira than configured is named with the line to write, and no log-in is tried."""
    if shop.jira.dialect == "cloud":
        shop.write_config(f'kind = "jira-cloud"\nurl = "{shop.jira.url}"\nemail = "{shop.jira.email}"', "KIND")
        shop.write_config("KIND", f'kind = "jira-datacenter"\nurl = "{shop.jira.url}"')
    else:
        shop.write_config('kind = "jira-datacenter"', 'kind = "jira-cloud"\nemail = "a@b.example"')
    code, checks = look(shop)
    assert code == 2
    assert checks["site"]["todo"] == f'set kind = "jira-{shop.jira.dialect}" in [tracker]'
    assert [request.status for request in shop.jira.requests] == [200]


def test_unknown_board(shop: Office) -> None:
    """A board that does not exist fails for its team alone, with the exit code of `run`: 5."""
    shop.write_config("board = 12", "board = 99")
    code, checks = look(shop)
    failed = [name for name, check in checks.items() if check["state"] == "failed"]
    assert code == 5
    assert failed == ["board of Storefront"]
    assert "[[teams]] board" in checks["board of Storefront"]["todo"]


def test_a_project_without_the_right_to_browse_ends_doctor_and_run_alike(shop: Office) -> None:
    """The site says that the project does not exist; both commands end with exit 4, and who can help is said."""
    shop.jira.state.rights -= {"BROWSE_PROJECTS"}
    code, checks = look(shop)
    ended = shop.run("run")
    assert (code, ended.code) == (4, 4)
    assert "does not exist" in ended.err
    assert checks["right to read"]["state"] == "failed"
    assert "Browse Projects" in checks["right to read"]["todo"]


def test_a_link_type_of_unknown_meaning_is_reported_once(shop: Office) -> None:
    """By `doctor` and by `check`, each phrase once; the configuration may say what it means."""
    state = shop.jira.state
    state.link_types["77"] = LinkType("77", "Trigger", "is triggered by", "triggers")
    first, second, third, *_ = [r.key for r in sorted(state.issues.values(), key=lambda r: r.rank) if not r.sprints]
    for other in (second, third):
        state.link(first, "Trigger", other)
    code, checks = look(shop)
    assert (code, checks["link types"]["state"]) == (0, "warning")
    assert '"triggers" and "is triggered by"' in checks["link types"]["sentence"]
    assert shop.run("check", "--format", "json").document["unknown_links"] == ["is triggered by", "triggers"]
    assert shop.run("check").out.count("triggered") == 1
    shop.write_config(
        "[product]", '[tracker.links]\nblocked_by = ["is triggered by"]\nblocks = ["triggers"]\n\n[product]'
    )
    assert look(shop)[1]["link types"]["state"] == "ok"
    assert shop.run("check", "--format", "json").document["unknown_links"] == []


def test_kanban_board(shop: Office) -> None:
    """A board without sprints is a warning that says what to name instead."""
    shop.jira.state.boards[12].kind = "kanban"
    code, checks = look(shop)
    assert code == 0
    assert checks["board of Storefront"]["state"] == "warning"
    assert "has no sprints" in checks["board of Storefront"]["sentence"]
    assert "sprints of Storefront" not in checks


def test_kanban_board_of_a_team_without_sprints(shop: Office) -> None:
    """With `sprints = false` such a board is right."""
    shop.jira.state.boards[12].kind = "kanban"
    shop.write_config("board = 12", "board = 12\nsprints = false")
    _, checks = look(shop)
    assert checks["board of Storefront"]["state"] == "ok"
    assert checks["sprints of Storefront"]["state"] == "ok"


def test_bad_query(shop: Office) -> None:
    """A query the site does not understand fails like `run`, with the site's own words; rights are still told."""
    shop.write_config("project = SHOP AND", "projekt = SHOP AND")
    code, checks = look(shop)
    assert code == 4
    assert "projekt" in checks["backlog"]["sentence"]
    assert "[product] backlog" in checks["backlog"]["todo"]
    assert checks["right to read"]["sentence"] == "granted in SHOP"


def test_rights_in_every_project(shop: Office) -> None:
    """Rights are asked in each project that the backlog's query finds."""
    shop.jira.state.create("APP", "Story", "Scan a code")
    shop.write_config("project = SHOP AND", "project in (SHOP, APP) AND")
    checks = look(shop)[1]
    assert checks["right to read"]["sentence"] in {"granted in SHOP and APP", "granted in APP and SHOP"}


def test_order_that_is_left_out(shop: Office) -> None:
    """An order other than the rank is reported, because it is not used."""
    shop.write_config("statusCategory != Done", "statusCategory != Done ORDER BY created")
    assert "ORDER BY created is ignored" in look(shop)[1]["backlog"]["sentence"]


def test_two_points_fields(shop: Office) -> None:
    """Both fields for estimates are named, with the teams and the project whose board uses each, and why."""
    shop.jira.state.boards[12].points = "team_points"
    told = look(shop)[1]["field for points"]["sentence"]
    assert '"Story Points"' in told
    assert "estimate by it (used by Payments in SHOP and Search in SHOP)" in told
    assert '"Story point estimate"' in told
    assert "(used by Storefront in SHOP)" in told


def test_no_points_field(shop: Office) -> None:
    """Without any field for estimates the doctor fails with exit 2 and says who can add one."""
    without_fields(shop, lambda column: "oint" in column["name"])
    without_estimation(shop)
    code, checks = look(shop)
    assert code == 2
    assert checks["field for points"]["state"] == "failed"
    assert "administrator" in checks["field for points"]["todo"]


def test_override_that_does_not_exist(shop: Office) -> None:
    """A field that the configuration names and the site lacks fails like `run`; the other fields are still told."""
    shop.write_config("[product]", '[tracker.fields]\nsprint = "customfield_1"\n\n[product]')
    code, checks = look(shop)
    assert (code, shop.run("run").code) == (4, 4)
    assert "customfield_1" in checks["field for sprint"]["sentence"]
    assert checks["field for points"]["state"] == "ok"


def test_override_that_hides_estimates(shop: Office) -> None:
    """An override for estimates that no board follows is a warning."""
    shop.write_config("[product]", '[tracker.fields]\npoints = "Story point estimate"\n\n[product]')
    told = look(shop)[1]["field for points"]
    assert told["state"] == "warning"
    assert "is not read" in told["sentence"]


def test_field_that_names_teams(shop: Office) -> None:
    """A field of a team or for the value is reported by name and id; one that does not exist fails like `run`."""
    shop.write_config('{ components = ["search"] }', '{ field = "Team" }')
    shop.write_config('{ components = ["payments"] }', '{ field = "Squad" }')
    shop.write_config("[product]", '[product]\nvalue_field = "Worth"')
    code, checks = look(shop)
    assert (code, shop.run("run").code) == (4, 4)
    assert checks["field of Search"]["sentence"].startswith('"Team" (customfield_')
    assert '"Squad"' in checks["field of Payments"]["sentence"]
    assert '"Worth"' in checks["field for value"]["sentence"]


def test_no_sprint_field(shop: Office) -> None:
    """Without a sprint field it is reported what cannot be read, and who can help."""
    without_fields(shop, lambda column: column["name"] == "Sprint")
    code, checks = look(shop)
    assert code == 0
    assert checks["field for sprint"]["state"] == "warning"
    assert checks["field for sprint"]["sentence"].endswith("so sprints cannot be read")


def test_priorities(shop: Office) -> None:
    """A priority literally called None counts as not set; a site without any is warned of."""
    named = [{"id": "1", "name": "High"}, {"id": "2", "name": "None"}]
    shop.jira.faults.on(saying(shop, named), path="/priority$")
    shop.jira.faults.on(saying(shop, []), path="/priority$")
    assert look(shop)[1]["priorities"]["sentence"] == 'High, None, the most urgent first; "None" counts as not set'
    assert look(shop)[1]["priorities"]["state"] == "warning"


def test_rights_that_are_not_shown(shop: Office) -> None:
    """A right that the site says nothing about is unknown, and fails nothing."""
    shop.jira.faults.on(saying(shop, {"permissions": {}}), path="/mypermissions$")
    code, checks = look(shop)
    assert code == 0
    assert checks["right for labels"]["state"] == "unknown"


def test_parallel_sprints(shop: Office) -> None:
    """Two running sprints on one board are named."""
    shop.jira.state.start_sprint(1111)
    told = look(shop)[1]["sprints of Payments"]
    assert told["state"] == "warning"
    assert told["sentence"] == 'more than one sprint is active at once: "Payments 42" and "Payments 43"'


def test_the_sprint_that_is_planned_is_named_and_those_that_are_not_with_the_reason(shop: Office) -> None:
    """As a run has it: the first future one in the board's order; a parking lot is skipped."""
    told = look(shop)[1]["sprints of Payments"]["sentence"]
    assert told == '"Payments 42" is active, "Payments 43" is planned next (of 3 in the future)'
    shop.jira.state.add_sprint(Sprint(id=9, board=11, name="To be scheduled"))
    told = look(shop)[1]["sprints of Payments"]["sentence"]
    assert told.endswith('; "To be scheduled" is not planned: no dates, and older than the active one')
    (payments,) = shop.run("capacity", "--team", "Payments", "--format", "json").document["teams"]
    assert payments["sprint"] == "Payments 43"
    assert any('"To be scheduled" is not planned' in warning["text"] for warning in payments["warnings"])


def test_the_sprint_that_is_planned_is_named_where_none_is_active_too(shop: Office) -> None:
    for one in shop.jira.state.sprints.values():
        one.state = "closed" if one.state == "active" else one.state
    told = look(shop)[1]["sprints of Payments"]["sentence"]
    assert told.startswith('none is active, "Payments 43" is planned next (of ')


def test_no_sprint_planned(shop: Office) -> None:
    """A board without a future sprint is reported."""
    state = shop.jira.state
    state.sprints = {n: s for n, s in state.sprints.items() if s.board != 11 or s.state != "future"}
    assert "no future sprint" in look(shop)[1]["sprints of Payments"]["sentence"]


def test_sprint_without_dates(shop: Office) -> None:
    """A planned sprint without dates is reported where no planned one has any."""
    state = shop.jira.state
    state.sprints = {n: s for n, s in state.sprints.items() if s.board != 11 or s.state != "future"}
    state.add_sprint(Sprint(id=9, board=11, name="Later"))
    assert '"Later" has no dates' in look(shop)[1]["sprints of Payments"]["sentence"]


def test_sprint_that_should_have_ended(shop: Office) -> None:
    """A running sprint past its end is reported."""
    shop.jira.state.sprints[1110].end = datetime.now(UTC) - timedelta(days=3)
    assert "should have ended" in look(shop)[1]["sprints of Payments"]["sentence"]


def expiring(place: Office, days: Mapping[str, float]) -> Answer:
    """Personal access tokens that end in so many days."""
    now = datetime.now(UTC)
    told = [
        {"id": 1, "name": name, "expiringAt": (now + timedelta(days=left)).isoformat()} for name, left in days.items()
    ]
    return saying(place, told)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ({"new": 200, "dead": -5}, "ok"),
        ({"new": 13.5}, "warning"),
        ({"new": 200, "old": 2}, "warning"),
        ({}, "unknown"),
    ],
    ids=["far", "near", "one of two is near", "none told"],
)
def test_expiry(datacenter: Office, days: Mapping[str, float], state: str) -> None:
    """Data Center tells when tokens end; fourteen days before, that is a warning."""
    datacenter.jira.faults.on(expiring(datacenter, days), path="/rest/pat/latest/tokens")
    code, checks = look(datacenter)
    assert code == 0
    assert checks["token's end"]["state"] == state


def test_expiry_on_cloud(cloud: Office) -> None:
    """Cloud does not tell, which is said, with the address where the day can be found."""
    told = look(cloud)[1]["token's end"]
    assert told["state"] == "unknown"
    assert "id.atlassian.com" in told["todo"]


def test_clocks_apart(shop: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose clock is off by minutes is reported so."""
    monkeypatch.setattr("sync.trackers.rate_limit.SystemClock.now", lambda _: datetime.now(UTC) - timedelta(minutes=5))
    told = look(shop)[1]["clock"]
    assert told["state"] == "warning"
    assert "seconds behind the site's" in told["sentence"]


def test_store_that_cannot_be_written(shop: Office) -> None:
    """A store in a folder that does not exist fails with exit 2, and is not made."""
    shop.write_config('path = "readyline.db"', 'path = "nowhere/readyline.db"')
    code, checks = look(shop)
    assert code == 2
    assert checks["store"]["state"] == "failed"
    assert not (shop.folder / "nowhere").exists()


def test_store_that_is_something_else(shop: Office) -> None:
    """A file that is not a store fails, and stays as it is."""
    (shop.folder / "readyline.db").write_bytes(b"minutes of the last meeting\n" * 40)
    code, checks = look(shop)
    assert code == 2
    assert checks["store"]["state"] == "failed"
    assert (shop.folder / "readyline.db").read_bytes().startswith(b"minutes")


def test_store_of_a_newer_version(shop: Office) -> None:
    """A store that a newer release wrote fails, and the sentence says so."""
    with closing(sqlite3.connect(shop.folder / "readyline.db")) as newer:
        newer.execute("PRAGMA user_version = 999")
    code, checks = look(shop)
    assert code == 2
    assert checks["store"]["state"] == "failed"
    assert "newer readyline" in checks["store"]["sentence"]


def test_store_in_use(shop: Office) -> None:
    """A store that another run is writing to is fine."""
    with closing(sqlite3.connect(shop.folder / "readyline.db", isolation_level=None)) as busy:
        busy.execute("CREATE TABLE t (x)")
        busy.execute("BEGIN IMMEDIATE")
        told = look(shop)[1]["store"]
    assert told["state"] == "ok"
    assert "another run" in told["sentence"]


def test_team_that_takes_nothing(shop: Office) -> None:
    """A team without anything to recognise its issues by is reported."""
    shop.write_config('takes = { components = ["search"] }\n', "")
    told = look(shop)[1]["team Search"]
    assert (told["state"], told["sentence"]) == ("warning", "no issues are recognised as this team's")


def test_site_that_says_nothing_without_login(shop: Office) -> None:
    """Where anonymous requests do not learn which Jira it is, the log-in asks."""
    shop.jira.faults.on(faults.logged_out(), path="/serverInfo$")
    code, checks = look(shop)
    assert code == 0
    assert checks["site"]["state"] == "ok"


def test_scoped_token(cloud: Office) -> None:
    """A token that Cloud does not know may be a scoped one, and what those need is said."""
    cloud.environ["READYLINE_TOKEN"] = "scoped"
    assert "[tracker] cloud_id" in look(cloud)[1]["token"]["todo"]


def test_other_trackers(shop: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a tracker from another package only this machine is looked at, and that is said."""
    monkeypatch.setattr("sync.doctor.open_tracker", lambda *_: object())
    code, checks = look(shop)
    assert code == 0
    assert checks["site"]["state"] == "unknown"
    assert "another package" in checks["site"]["sentence"]
    assert not shop.jira.requests


def test_channels(shop: Office) -> None:
    """A channel whose variable is missing fails by the variable's name; one that is set does not show its value."""
    told = '[[notify]]\nkind = "webhook"\nurl_env = "READYLINE_WEBHOOK"\n'
    page = '[living_page.confluence]\nkind = "datacenter"\nurl = "https://wiki.example"\npage = 7\n'
    shop.write_config("[store]", f'{told}[[notify]]\nkind = "webhook"\nurl_env = "SECOND_HOOK"\n{page}[store]')
    shop.environ["READYLINE_WEBHOOK"] = "https://hooks.example/secret"
    ended: Ended = shop.run("doctor", "--format", "json")
    checks = {check["name"]: check for check in ended.document["checks"]}
    assert ended.code == 2
    assert checks["channel 1 (webhook)"]["state"] == "ok"
    assert checks["channel 2 (webhook)"]["sentence"] == "SECOND_HOOK is not set in the environment"
    assert checks["Confluence page"]["sentence"] == "READYLINE_CONFLUENCE_TOKEN is not set in the environment"
    assert "hooks.example" not in ended.out + ended.err


def test_hostile_names(shop: Office) -> None:
    """Names from the site reach neither the terminal as commands nor the document as anything but text."""
    shop.jira.state.boards[11].name = "\x1b]0;owned\x07[red]Pay\x9b31m\u202eboard"
    ended = shop.run("doctor")
    assert "[red]Pay" in ended.out
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(ended.out)
    assert "[red]Pay" in look(shop)[1]["board of Payments"]["sentence"]


def test_site_that_goes_away(shop: Office) -> None:
    """Locked out in the middle, the check at hand fails with exit 4 and nothing more is asked."""
    shop.jira.faults.on(faults.logged_out(), path="/mypermissions", times=9)
    code, checks = look(shop)
    assert code == 4
    assert checks["right to read"]["state"] == "failed"
    assert "sprints of Payments" in checks["everything else"]["sentence"]
    assert [request.status for request in shop.jira.requests].count(401) == 1
