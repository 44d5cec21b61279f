"""What GitHub's requests and answers mean; an answer says what is wrong and never repeats the token."""

from typing import Any

import pytest
from requests import Request

from sync.errors import Conflict, Forbidden, LoggedOut, NotFound, Rejected, TrackerError
from sync.trackers.github.dialect import MUTATION, QUERY, GithubDialect
from sync.trackers.http import Transport
from tests.sync.trackers.http_stub import FakeClock, Script, answer, caller

GITHUB = GithubDialect()
COMMENTS = "/repos/acme/shop/issues/12/comments"
PRIVATE = {"Authorization": "Bearer planted-token"}


def kind(method: str, path: str, body: Any = None) -> Any:
    return GITHUB.call(Request(method, f"https://api.github.com{path}", json=body).prepare())


def asked(operation: str) -> dict[str, str]:
    return {"query": f"{operation} Name {{ x }}", "operationName": "Name"}


def test_graphql_reads_and_writes_although_all_of_it_is_post() -> None:
    query, mutation = kind("POST", "/graphql", asked("query")), kind("POST", "/api/graphql", asked("mutation"))
    assert (query.method, query.endpoint, query.writes, query.creates) == (QUERY, "graphql/Name", False, False)
    assert (mutation.method, mutation.writes, mutation.creates) == (MUTATION, True, False)
    broken = GITHUB.call(Request("POST", "https://api.github.com/graphql", data="{").prepare())
    assert not broken.writes


def test_only_a_new_comment_creates_something_twice() -> None:
    new = kind("POST", COMMENTS)
    assert (new.endpoint, new.issue, new.creates) == ("repos/{}/issues/{}/comments", "acme/shop#12", True)
    edit = kind("PATCH", "/api/v3/repos/acme/shop/issues/comments/3")
    assert (edit.endpoint, edit.issue, edit.creates, edit.writes) == ("repos/{}/issues/comments/{}", "", False, True)
    assert not kind("POST", "/repos/acme/shop/labels").creates
    assert not kind("GET", COMMENTS).writes


def test_writes_are_a_second_apart_unless_no_pause_is_asked_for() -> None:
    assert (GITHUB.rates["POST"], GITHUB.rates[MUTATION]) == (1, 1)
    assert GithubDialect(pause=0).rates["POST"] > GITHUB.rates["GET"]


ERRORS = {
    "no-token": (answer(401, {"message": "Bad credentials"}), LoggedOut, "does not accept the token"),
    "refused": (answer(403, {"message": "Repository was archived"}), Forbidden, "archived"),
    "missing": (answer(404, {"message": "Not Found"}), NotFound, "does not exist"),
    "deleted": (answer(410, {"message": "This issue was deleted"}), NotFound, "deleted"),
    "conflict": (answer(409, {"message": "busy"}), Conflict, "same time"),
    "invalid": (answer(422, {"message": "Validation Failed", "errors": [{"code": "too_long"}]}), Rejected, "too_long"),
    "no-object": (answer(422, ["odd"]), Rejected, "422"),
    "moved": (answer(301, {}, Location="https://api.github.com/repositories/1"), NotFound, "was transferred"),
}


@pytest.mark.parametrize(("response", "error", "words"), ERRORS.values(), ids=ERRORS)
def test_a_refusal_is_one_sentence_without_the_token(
    monkeypatch: pytest.MonkeyPatch, response: Any, error: type[TrackerError], words: str
) -> None:
    clock = FakeClock()
    Script(monkeypatch, clock, response)
    with pytest.raises(error, match=words) as refused:
        caller(Transport(GITHUB, clock=clock))("DELETE", "/repos/acme/shop/issues/comments/3", headers=PRIVATE)
    assert "planted-token" not in str(refused.value)


GRAPHQL = {
    "hidden-part": ("query", {"data": {"nodes": [None]}, "errors": [{"type": "NOT_FOUND"}]}, None),
    "hidden": ("mutation", {"data": {"x": None}, "errors": [{"type": "NOT_FOUND", "message": "gone"}]}, NotFound),
    "forbidden": ("mutation", {"data": None, "errors": [{"type": "FORBIDDEN", "message": "no"}]}, Forbidden),
    "failed": ("query", {"data": {"x": None}, "errors": [{"message": "Something went wrong"}]}, Rejected),
    "no-data": ("query", {"message": "odd"}, Rejected),
}


@pytest.mark.parametrize(("operation", "body", "error"), GRAPHQL.values(), ids=GRAPHQL)
def test_a_good_status_may_hold_an_error(
    monkeypatch: pytest.MonkeyPatch, operation: str, body: Any, error: type[TrackerError] | None
) -> None:
    clock = FakeClock()
    Script(monkeypatch, clock, answer(200, body))
    call = caller(Transport(GITHUB, clock=clock))
    if error is None:
        assert call("POST", "/graphql", json=asked(operation)).ok
        return
    with pytest.raises(error):
        call("POST", "/graphql", json=asked(operation))


def test_a_redirect_that_is_about_no_issue_is_a_wrong_address(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeClock()
    Script(monkeypatch, clock, answer(301, {}, Location="https://other.example/"))
    with pytest.raises(TrackerError, match=r"\[tracker\] url"):
        caller(Transport(GITHUB, clock=clock))("GET", "/rate_limit")


def test_few_requests_left_slow_everything_down(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeClock()
    script = Script(monkeypatch, clock, answer(200, [], X_RateLimit_Remaining="20"))
    call = caller(Transport(GITHUB, clock=clock))
    for _ in range(20):
        call("GET", "/repos/acme/shop/labels")
    assert script.moments[-1] > 5
