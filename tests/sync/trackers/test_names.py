"""Names of people: read with the issues and watchers, and asked for in one request where nothing else shows them."""

from sync.fake_jira.faults import refused
from sync.fake_jira.records import Account
from tests.contract.tracker_fixtures import SCOPE
from tests.sync.trackers.conftest import Jira

ELI = Account(id="712020:31", name="eli", display="Eli Katz")
DI = Account(id="712020:32", name="di", display="Di Moreau")


def account(jira: Jira, of: Account) -> str:
    return of.id if jira.is_cloud else of.name


def test_an_issue_knows_the_names_of_its_people(jira: Jira) -> None:
    jira.state.enrol(ELI)
    jira.state.edit("T-1", assignee=ELI, by=ELI.id)
    taken = jira.open().pull(SCOPE)
    assert taken.by_key["T-1"].assignee == account(jira, ELI)
    assert taken.by_key["T-1"].assignee_name == ELI.display
    assert taken.names[account(jira, ELI)] == ELI.display


def test_names_of_people_on_no_issue_are_asked_for_once(jira: Jira) -> None:
    for one in (ELI, DI):
        jira.state.enrol(one)
    tracker = jira.open()
    tracker.pull(SCOPE)
    before = tracker.requests
    wanted = [account(jira, ELI), account(jira, DI), "nobody"]
    expected = {account(jira, one): one.display for one in (ELI, DI)}
    assert tracker.names(wanted) == expected
    assert tracker.requests - before == (1 if jira.is_cloud else 3)
    assert tracker.names(wanted[:2]) == expected
    assert tracker.requests - before == (1 if jira.is_cloud else 3)


def test_a_site_that_shows_nobody_costs_a_name_and_no_run(jira: Jira) -> None:
    jira.state.enrol(ELI)
    jira.jira.faults.hook = lambda asked: refused(403, "no") if "/user" in asked.path else None
    assert jira.open().names([account(jira, ELI)]) == {}


def test_data_center_is_asked_for_so_many_names_only(datacenter: Jira) -> None:
    tracker = datacenter.open()
    tracker.pull(SCOPE)
    before = tracker.requests
    assert tracker.names([f"user{number}" for number in range(60)]) == {}
    assert tracker.requests - before == 20
