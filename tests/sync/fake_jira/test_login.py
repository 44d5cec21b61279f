"""Who gets in, and what every answer says about who asked."""

import pytest
import requests

from sync.fake_jira.records import Account
from tests.sync.fake_jira.conftest import Browser


def test_every_answer_names_the_account(web: Browser) -> None:
    answer = web.ask("GET", "agile/1.0/board")

    assert answer.headers["X-AACCOUNTID" if web.cloud else "X-AUSERNAME"] == ("712020:bot" if web.cloud else "bot")


@pytest.mark.parametrize("login", [None, "Bearer wrong", "Basic d3Jvbmc6d3Jvbmc="])
def test_a_wrong_log_in_is_401_with_a_reason(web: Browser, login: str | None) -> None:
    headers = {"Authorization": login} if login else {}

    answer = requests.get(f"{web.jira.url}/rest/api/2/myself", headers=headers, timeout=10)

    assert answer.status_code == 401
    assert answer.headers["x-seraph-loginreason"] == "AUTHENTICATED_FAILED"
    assert "X-AUSERNAME" not in answer.headers
    assert answer.json()["errorMessages"]


def test_each_dialect_wants_its_own_kind_of_credentials(web: Browser) -> None:
    basic, bearer = requests.Session(), requests.Session()
    basic.auth = (web.jira.email, web.jira.token)
    bearer.headers["Authorization"] = f"Bearer {web.jira.token}"

    answer = (bearer if web.cloud else basic).get(f"{web.jira.url}/rest/api/2/myself", timeout=10)
    for session in (basic, bearer):
        session.close()

    assert answer.status_code == 401


def test_anonymous_users_may_ask_what_the_site_is(cloud: Browser) -> None:
    for path in ("/rest/api/2/serverInfo", "/_edge/tenant_info"):
        assert requests.get(cloud.jira.url + path, timeout=10).status_code == 200


def test_the_account_has_the_dialects_own_name(web: Browser) -> None:
    me = web.get("api/myself")

    assert me["timeZone"] == "America/Chicago"
    assert ("accountId" in me, "name" in me) == (web.cloud, not web.cloud)


def test_the_token_can_come_to_belong_to_another_account(web: Browser) -> None:
    web.jira.state.log_in_as(Account(id="712020:new", name="new", display="New bot"))

    assert web.get("api/myself")["displayName"] == "New bot"


def test_every_request_is_logged_without_credentials(web: Browser) -> None:
    web.put("api/issue/T-1", {"update": {"labels": [{"add": "a"}]}}, notifyUsers="true")
    web.find("project = T")

    edit = web.jira.requests[0]
    assert (edit.method, edit.path[-10:], edit.status) == ("PUT", "/issue/T-1", 204)
    assert (edit.query, edit.body) == ({"notifyUsers": ["true"]}, {"update": {"labels": [{"add": "a"}]}})
    assert "Authorization" not in edit.headers
    assert web.jira.writes == [edit]


def test_what_is_not_json_is_refused(web: Browser) -> None:
    answer = web.ask("PUT", "api/issue/T-1", data="{not json", headers={"Content-Type": "application/json"})

    assert answer.status_code == 400


def test_one_connection_serves_many_requests(web: Browser) -> None:
    for _ in range(5):
        web.get("api/myself")

    assert len(web.jira._server.connections) == 1
