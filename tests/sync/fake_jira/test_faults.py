"""Trouble on demand: what a client sees, and what was done all the same."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
import requests

from sync.fake_jira.faults import (
    Anonymous,
    Asked,
    Fault,
    Faults,
    PerIssueLimit,
    Slow,
    Truncate,
    broken,
    captcha,
    expired_page,
    html_page,
    logged_out,
    refused,
    reset_after,
    reset_before,
    too_many,
    unavailable,
)
from tests.sync.fake_jira.conftest import Browser

TEN = datetime(2026, 11, 20, 10, tzinfo=UTC)
COMMENT = "api/issue/T-1/comment"
ANSWERS: list[tuple[Fault, int, dict[str, str]]] = [
    (too_many("jira-burst-based", 7), 429, {"RateLimit-Reason": "jira-burst-based", "Retry-After": "7"}),
    (too_many("jira-per-issue-on-write", 2), 429, {"RateLimit-Reason": "jira-per-issue-on-write"}),
    (
        too_many("jira-quota-global-based", TEN, X_RateLimit_Reset="2026-11-20T10:00Z"),
        429,
        {"Retry-After": "Fri, 20 Nov 2026 10:00:00 GMT", "X-RateLimit-Reset": "2026-11-20T10:00Z"},
    ),
    (unavailable(30), 503, {"Retry-After": "30"}),
    (unavailable(), 503, {}),
    (broken(502), 502, {"Content-Type": "text/html;charset=UTF-8"}),
    (html_page(), 200, {"Content-Type": "text/html;charset=UTF-8"}),
    (captcha(), 403, {"X-Authentication-Denied-Reason": "CAPTCHA_CHALLENGE; login-url=/login.jsp"}),
    (logged_out(), 401, {"x-seraph-loginreason": "AUTHENTICATED_FAILED"}),
    (expired_page(), 400, {}),
    (refused(409, 'a "conflict"'), 409, {}),
]


@pytest.mark.parametrize(("fault", "status", "headers"), ANSWERS)
def test_a_request_is_answered_so_and_not_carried_out(
    web: Browser, fault: Fault, status: int, headers: dict[str, str]
) -> None:
    web.jira.faults.next(fault)

    answer = web.post(COMMENT, {"body": web.text("x")})

    assert answer.status_code == status
    assert headers.items() <= dict(answer.headers).items()
    assert web.jira.state.issue("T-1").remarks == []
    assert web.post(COMMENT, {"body": web.text("x")}).status_code == 201


@pytest.mark.parametrize(("fault", "written"), [(reset_before(), 0), (reset_after(), 1)])
def test_a_dropped_connection_may_hide_a_write_that_was_done(web: Browser, fault: Fault, written: int) -> None:
    web.jira.faults.on(fault, method="POST", path="/comment")

    with pytest.raises(requests.ConnectionError):
        web.post(COMMENT, {"body": web.text("x")})

    assert len(web.jira.state.issue("T-1").remarks) == written
    assert web.jira.requests[-1].fault == "Reset"
    assert web.get("api/myself")


def test_half_an_answer_can_look_whole(web: Browser) -> None:
    web.jira.faults.next(Truncate(clean=True))

    with pytest.raises(requests.JSONDecodeError):
        web.get("api/myself")


def test_half_an_answer_can_break_off(web: Browser) -> None:
    web.jira.faults.next(Truncate(clean=False))

    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.ConnectionError)):
        web.get("api/myself")


def test_a_slow_answer_outlasts_a_short_patience(web: Browser) -> None:
    web.jira.faults.next(Slow(0.5))

    with pytest.raises(requests.ReadTimeout):
        requests.get(f"{web.jira.url}/rest/api/2/serverInfo", timeout=0.05)


def test_a_lost_log_in_answers_as_to_an_anonymous_user(web: Browser) -> None:
    web.jira.faults.on(Anonymous(), times=None)

    search = web.post("api/search/jql" if web.cloud else "api/search", {"jql": "project = T"})

    assert (search.status_code, search.json()["issues"]) == (200, [])
    assert not {"X-AUSERNAME", "X-AACCOUNTID"} & search.headers.keys()
    assert web.ask("GET", "api/2/issue/T-1").status_code == 404


def test_faults_are_chosen_by_method_path_and_count() -> None:
    faults = Faults()
    faults.on(broken(502), method="post", path=r"/comment$", skip=1, times=2)
    asked = [("GET", "/comment"), *[("POST", "/comment")] * 4, ("POST", "/other")]

    picked = [faults.pick(Asked(method, path, number)) for number, (method, path) in enumerate(asked)]

    assert [fault is not None for fault in picked] == [False, False, True, True, False, False]
    assert len(faults.happened) == 2


def test_the_next_requests_fail_one_after_the_other() -> None:
    faults = Faults()
    faults.next(broken(500), broken(502), broken(504))

    picked = [faults.pick(Asked("GET", "/", number)) for number in range(4)]

    assert picked == [broken(500), broken(502), broken(504), None]


def test_chance_repeats_itself_with_the_seed() -> None:
    runs = []
    for _ in range(2):
        faults = Faults()
        faults.at_random(seed=7, share=0.3, among=[broken(500), reset_before()])
        runs.append([faults.pick(Asked("GET", "/", number)) for number in range(200)])

    assert all(one == other for one, other in pairwise(runs))
    assert 30 < sum(fault is not None for fault in runs[0]) < 90


def test_a_hook_decides_by_the_request_and_can_be_cleared() -> None:
    faults = Faults()
    faults.hook = lambda asked: html_page() if asked.path.endswith("/myself") else None

    first = [faults.pick(Asked("GET", path, 0)) for path in ("/myself", "/field")]
    faults.clear()

    assert first == [html_page(), None]
    assert faults.pick(Asked("GET", "/myself", 0)) is None


def test_writes_to_one_issue_are_limited_in_both_windows() -> None:
    now = 0.0
    limit = PerIssueLimit(lambda: now)

    def refused_after(seconds: float, number: int, issue: str = "T-1") -> int:
        nonlocal now
        now += seconds
        asked = Asked("PUT", f"/rest/api/3/issue/{issue}", 0)
        return sum(limit(asked) is not None for _ in range(number))

    assert refused_after(0, 25) == 5
    assert refused_after(0, 20, issue="T-2") == 0
    assert [refused_after(3, 20) for _ in range(5)] == [0, 0, 0, 0, 20]
    assert refused_after(30, 20) == 0
    assert limit(Asked("GET", "/rest/api/3/issue/T-1", 0)) is None
