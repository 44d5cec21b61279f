"""The transport: what is sent again, when, and what each answer of a site turns into."""

import random
import threading
from collections.abc import Callable
from itertools import pairwise

import pytest
import requests
from requests import Request, Response
from requests.exceptions import ConnectionError as Dropped
from requests.exceptions import ConnectTimeout, ReadTimeout

from sync.errors import (
    BadQuery,
    Conflict,
    Forbidden,
    LoggedOut,
    NotFound,
    NotJson,
    Rejected,
    TrackerError,
    Uncertain,
    Unreachable,
    WebPage,
)
from sync.trackers.concurrency import map_ordered
from sync.trackers.dialect import Login
from sync.trackers.http import TRIES, Transport
from sync.trackers.jira.dialect import JIRA, RATES
from sync.trackers.rate_limit import BURST
from tests.sync.trackers.http_stub import Answer, Call, FakeClock, Script, answer, caller

COMMENT = "/rest/api/3/issue/10001/comment"
SEARCH = "/rest/api/3/search/jql"
MOVE = "/rest/agile/1.0/sprint/7/issue"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def transport(clock: FakeClock) -> Transport:
    return Transport(JIRA, clock=clock, chance=random.Random(7))


@pytest.fixture
def call(transport: Transport) -> Call:
    return caller(transport)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, clock: FakeClock) -> Callable[..., Script]:
    return lambda *answers: Script(monkeypatch, clock, *answers)


REASONS = [
    "jira-burst-based",
    "jira-per-issue-on-write",
    "jira-quota-global-based",
    "jira-quota-tenant-based",
    "jira-cost-based",
    "something-new",
    "",
]


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
def test_a_429_is_waited_out_and_sent_again_whatever_its_reason(
    call: Call, site: Callable[..., Script], method: str, reason: str
) -> None:
    told = {"RateLimit_Reason": reason} if reason else {}
    script = site(answer(429, Retry_After="40", **told), answer(204))
    assert call(method, COMMENT).status_code == 204
    first, second = script.moments
    assert 40 <= second - first <= 40 * 1.3 + 1


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ({"Retry_After": "1847"}, 1847),
        ({"Retry_After": "0.5"}, 0.5),
        ({"Retry_After": "Fri, 20 Nov 2026 09:05:00 GMT"}, 300),
        ({"Retry_After": "Fri, 20 Nov 2026 12:05:00 GMT", "Date": "Fri, 20 Nov 2026 12:04:00 GMT"}, 60),
        ({"X_RateLimit_Reset": "2026-11-20T09:10Z"}, 600),
        ({"Retry_After": "30", "X_RateLimit_Reset": "2026-11-20T09:10Z"}, 30),
        ({"Retry_After": "soon"}, 1.4),
        ({}, 1.4),
    ],
    ids=["number", "fraction", "date", "date-by-its-own-clock", "reset", "number-before-reset", "nonsense", "nothing"],
)
def test_nobody_asks_again_earlier_than_the_site_said(
    call: Call, site: Callable[..., Script], told: dict[str, str], seconds: float
) -> None:
    script = site(answer(429, **told), answer(200))
    call()
    assert seconds <= script.moments[1] - script.moments[0] <= seconds * 1.31 + 2


def test_a_burst_limit_stops_only_its_own_endpoint(call: Call, site: Callable[..., Script]) -> None:
    script = site(answer(429, RateLimit_Reason="jira-burst-based", Retry_After="50"), answer(200))
    call("POST", SEARCH)
    there = script.clock.seconds
    call("GET", "/rest/api/3/field")
    assert script.clock.seconds == there


def test_a_limit_on_one_issue_lets_other_issues_be_written(transport: Transport, call: Call) -> None:
    put = JIRA.call(Request("PUT", "https://jira.example/rest/api/3/issue/10001").prepare())
    other = JIRA.call(Request("PUT", "https://jira.example/rest/api/3/issue/10002").prepare())
    transport._pace.block_issue_until(put, 90.0, "jira-per-issue-on-write")
    assert transport._pace.wait(put, 0.0)[0] == 90.0
    assert transport._pace.wait(other, 0.0)[0] == 0.0


@pytest.mark.parametrize("reason", ["jira-quota-global-based", "jira-quota-tenant-based", "something-new", ""])
def test_a_quota_or_an_unknown_limit_stops_everything(
    call: Call, site: Callable[..., Script], transport: Transport, clock: FakeClock, reason: str
) -> None:
    told = {"RateLimit_Reason": reason} if reason else {}
    site(answer(429, Retry_After="600", **told), answer(200))
    call()
    assert transport.waited[reason or "unknown"] >= 600
    transport._pace.block_until(clock.seconds + 60, "jira-quota-global-based")
    elsewhere = JIRA.call(Request("GET", "https://jira.example/rest/api/3/field").prepare())
    assert transport._pace.wait(elsewhere, clock.seconds)[0] == 60


AGAIN: list[tuple[str, str]] = [
    ("GET", "/rest/api/3/myself"),
    ("PUT", "/rest/api/3/issue/10001"),
    ("PUT", "/rest/api/3/issue/10001/comment/5"),
    ("DELETE", "/rest/api/3/issue/10001/comment/5"),
    ("POST", SEARCH),
    ("POST", "/rest/api/3/issue/bulkfetch"),
    ("POST", "/rest/api/3/comment/list"),
    ("POST", "/rest/api/2/search"),
    ("POST", MOVE),
    ("POST", "/rest/agile/1.0/backlog/issue"),
]
FAILURES = [
    pytest.param(lambda: answer(503, Retry_After="9"), id="503-retry-after"),
    pytest.param(lambda: answer(503), id="503"),
    pytest.param(lambda: answer(500), id="500"),
    pytest.param(lambda: answer(502, b"<html>Bad gateway</html>", Content_Type="text/html"), id="502"),
    pytest.param(lambda: answer(504), id="504"),
    pytest.param(lambda: Dropped("reset by peer"), id="reset"),
    pytest.param(lambda: ReadTimeout("nothing came"), id="read-timeout"),
    pytest.param(lambda: answer(200, b'{"issues": [{"id": "1"}'), id="cut-short"),
]


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize(("method", "path"), AGAIN)
def test_what_only_reads_or_names_a_state_is_sent_again(
    call: Call, site: Callable[..., Script], method: str, path: str, failure: Callable[[], object]
) -> None:
    script = site(failure(), answer(200))
    assert call(method, path).status_code == 200
    assert len(script.sent) == 2
    assert script.moments[1] > script.moments[0]


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("path", [COMMENT, "/rest/api/3/issue", "/rest/api/3/something/never/seen"])
def test_what_creates_is_never_sent_a_second_time_blindly(
    call: Call, site: Callable[..., Script], path: str, failure: Callable[[], object]
) -> None:
    script = site(failure(), answer(201))
    with pytest.raises(Uncertain):
        call("POST", path, json={"body": "x"})
    assert len(script.sent) == 1


def test_whoever_looks_after_a_lost_answer_does_not_look_at_once(call: Call, site: Callable[..., Script]) -> None:
    script = site(answer(200), ReadTimeout("nothing came"), answer(200))
    call()
    with pytest.raises(Uncertain):
        call("POST", COMMENT)
    call("GET", COMMENT)
    assert script.moments[2] - script.moments[1] >= 1.4


def test_a_429_whose_body_is_cut_is_still_waited_out(call: Call, site: Callable[..., Script]) -> None:
    script = site(answer(429, b'{"errorMessages": [', Retry_After="100"), answer(200))
    call()
    assert script.moments[1] - script.moments[0] >= 100


def test_what_never_left_the_house_may_be_sent_again_even_if_it_creates(
    call: Call, site: Callable[..., Script]
) -> None:
    script = site(answer(200), ConnectTimeout("no connection"), answer(201))
    call()
    assert call("POST", COMMENT).status_code == 201
    assert len(script.sent) == 3


def test_a_site_that_stays_away_ends_the_run(call: Call, site: Callable[..., Script]) -> None:
    script = site(answer(503))
    with pytest.raises(Unreachable, match=r"jira\.example did not answer 5 times"):
        call()
    assert len(script.sent) == TRIES
    gaps = [later - earlier for earlier, later in pairwise(script.moments)]
    assert all(later > earlier for earlier, later in pairwise(gaps))


def test_a_site_that_never_answered_is_not_waited_for(call: Call, site: Callable[..., Script]) -> None:
    script = site(ConnectTimeout("no route"))
    with pytest.raises(Unreachable, match=r"check \[tracker\] url"):
        call()
    assert len(script.sent) == 1
    assert script.clock.slept == []


def test_a_wait_longer_than_our_patience_ends_the_run_at_once(
    monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    Script(monkeypatch, clock, answer(429, Retry_After="3600"))
    with pytest.raises(Unreachable, match="asks to wait"):
        caller(Transport(JIRA, clock=clock, patience=900))()
    assert clock.slept == []


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        (answer(401), LoggedOut, "READYLINE_TOKEN"),
        (answer(403, X_Authentication_Denied_Reason="CAPTCHA_CHALLENGE; login-url=x"), LoggedOut, "CAPTCHA"),
        (answer(200, X_Seraph_LoginReason="AUTHENTICATED_FAILED"), LoggedOut, "anonymous"),
        (answer(200, b"<!doctype html><title>Log in</title>", Content_Type="text/html"), WebPage, "web page"),
        (answer(302, b"", Location="https://sso.example/saml"), WebPage, "log-in page"),
        (answer(301, b"", Location="https://elsewhere.example/rest/api/3/myself"), TrackerError, "elsewhere.example"),
        (answer(200, b"hello", Content_Type="text/plain"), NotJson, "instead of JSON"),
        (answer(403, {"errorMessages": ["No permission"]}), Forbidden, "No permission"),
        (answer(404, {"errorMessages": ["Issue does not exist"]}), NotFound, "Issue does not exist"),
        (answer(409), Conflict, "same time"),
        (answer(400, {"errors": {"labels": "contains spaces"}}), Rejected, "labels: contains spaces"),
        (answer(410, {"errorMessages": ["removed"]}), Rejected, "removed"),
    ],
)
def test_every_bad_answer_becomes_one_of_our_errors(
    call: Call, site: Callable[..., Script], given: requests.Response, error: type[Exception], words: str
) -> None:
    script = site(given)
    with pytest.raises(error, match=words) as raised:
        call()
    assert type(raised.value) is error
    assert len(script.sent) == 1


def test_a_query_that_is_not_understood_is_reported_as_such(call: Call, site: Callable[..., Script]) -> None:
    site(answer(400, {"errorMessages": ["The value 'SHOPP' does not exist for the field 'project'."]}))
    with pytest.raises(BadQuery, match="SHOPP"):
        call("POST", SEARCH)


@pytest.mark.parametrize(
    ("header", "other"),
    [("X_AUSERNAME", 'answered for account "anonymous"'), ("X_AACCOUNTID", "answered for another account")],
)
def test_an_answer_meant_for_another_account_stops_everything_and_is_told_by_names(
    call: Call, site: Callable[..., Script], transport: Transport, header: str, other: str
) -> None:
    site(answer(200, **{header: "bot%40example.com"}), answer(200, **{header: "anonymous"}))
    transport.login = Login("bot@example.com", "The Bot")
    assert call().ok
    with pytest.raises(LoggedOut, match=f'{other}, not for "The Bot"'):
        call()


def test_an_anonymous_answer_is_recognised_where_answers_used_to_name_us(
    call: Call, site: Callable[..., Script]
) -> None:
    site(answer(200, X_AACCOUNTID="bot"), answer(200))
    call()
    with pytest.raises(LoggedOut, match="anonymous"):
        call("POST", SEARCH)


def test_what_an_anonymous_user_may_not_see_is_not_taken_for_gone(call: Call, site: Callable[..., Script]) -> None:
    site(answer(200, X_AACCOUNTID="bot"), answer(404, X_AACCOUNTID="bot"), answer(404))
    call()
    with pytest.raises(NotFound):
        call("GET", "/rest/api/3/issue/10001")
    with pytest.raises(LoggedOut, match="anonymous"):
        call("GET", "/rest/api/3/issue/10002")


def test_an_api_that_never_names_the_account_is_believed(call: Call, site: Callable[..., Script]) -> None:
    site(answer(200, X_AACCOUNTID="bot"), answer(200))
    call()
    assert call("GET", "/rest/agile/1.0/board/1/configuration").ok


def test_no_error_holds_the_token_or_a_body(call: Call, site: Callable[..., Script]) -> None:
    site(answer(500, b"secret-body"), answer(500, b"secret-body"))
    with pytest.raises(Uncertain) as raised:
        call("POST", COMMENT, auth=("bot", "secret-token"), json={"body": "secret-text"})
    assert "secret" not in str(raised.value)


def test_what_a_site_says_is_cleaned_and_shortened(call: Call, site: Callable[..., Script]) -> None:
    site(answer(404, {"errorMessages": ["a\nb\x1b[31m\u202e" + "x" * 999]}))
    with pytest.raises(NotFound) as raised:
        call()
    assert "\n" not in str(raised.value)
    assert "\x1b" not in str(raised.value)
    assert len(str(raised.value)) < 500


def test_one_issue_gets_at_most_twenty_writes_in_two_seconds_and_a_hundred_in_thirty(
    call: Call, site: Callable[..., Script]
) -> None:
    script = site(answer(204))
    for _ in range(150):
        call("PUT", "/rest/api/3/issue/10001")
    for number, seconds in ((20, 2.0), (100, 30.0)):
        for first, last in zip(script.moments, script.moments[number:], strict=False):
            assert last - first >= seconds - 1e-9


def test_no_endpoint_is_asked_faster_than_its_rate(call: Call, site: Callable[..., Script]) -> None:
    script = site(answer(200))
    for _ in range(300):
        call()
    assert script.moments[-1] >= (300 - 51) / 50 - 1e-6


def test_near_the_limit_everything_goes_gently(call: Call, site: Callable[..., Script]) -> None:
    script = site(answer(200, X_RateLimit_NearLimit="true"), answer(200))
    for _ in range(5):
        call()
    assert script.moments[-1] - script.moments[0] >= 2.0


def test_an_empty_data_center_bucket_is_waited_for(call: Call, site: Callable[..., Script]) -> None:
    bucket = {"X_RateLimit_Interval_Seconds": "10", "X_RateLimit_FillRate": "5"}
    script = site(answer(200, X_RateLimit_Remaining="0", **bucket), answer(200, X_RateLimit_Remaining="5", **bucket))
    call()
    call()
    call()
    assert script.moments[1] - script.moments[0] >= 10
    assert script.moments[2] == script.moments[1]


def test_a_used_up_quota_is_waited_for_before_any_429(call: Call, site: Callable[..., Script]) -> None:
    policies = '"tenant-app-quota";r=500;t=900, "global-app-quota";r=0;t=600'
    script = site(answer(200, RateLimit=policies), answer(200))
    call()
    call("GET", "/rest/api/3/field")
    assert script.moments[1] - script.moments[0] >= 600


def test_a_quota_that_is_not_yet_enforced_stops_nothing(call: Call, site: Callable[..., Script]) -> None:
    script = site(answer(200, Beta_RateLimit='"global-app-quota";r=0;t=600'), answer(200))
    call()
    call()
    assert script.moments[1] == script.moments[0]


def test_every_wait_is_counted_by_its_reason_and_every_attempt_as_a_request(
    call: Call, site: Callable[..., Script], transport: Transport
) -> None:
    site(answer(429, RateLimit_Reason="jira-burst-based", Retry_After="10"), answer(503), answer(200))
    call()
    assert transport.requests == 3
    assert transport.waited["jira-burst-based"] >= 10
    assert transport.waited["status 503"] > 0


def test_no_cookie_is_kept(call: Call, site: Callable[..., Script]) -> None:
    script = site(answer(200, Set_Cookie="JSESSIONID=1; Path=/"), answer(200))
    call()
    call()
    assert "Cookie" not in script.sent[-1][1].headers


def test_the_sites_own_clock_is_learnt_from_its_answers(
    call: Call, site: Callable[..., Script], transport: Transport
) -> None:
    site(answer(200, Date="Fri, 20 Nov 2026 11:30:00 GMT"))
    call()
    assert transport.server_now().isoformat() == "2026-11-20T11:30:00+00:00"


def test_half_a_character_in_an_answer_becomes_a_mark_in_its_place(call: Call, site: Callable[..., Script]) -> None:
    site(answer(200, rb'{"a": "cut \ud83d", "b": "whole \ud83d\udc4d", "c": "a path\\udisk", "d": ["\udc4d"]}'))
    assert call().json() == {"a": "cut \ufffd", "b": "whole \U0001f44d", "c": "a path\\udisk", "d": ["\ufffd"]}


def test_half_a_character_written_as_bytes_becomes_a_mark_too(call: Call, site: Callable[..., Script]) -> None:
    site(answer(200, b'{"a": "cut \xed\xa0\xbd", "b": "\xed\x95\x9c"}'))
    assert call().json() == {"a": "cut \ufffd", "b": "\ud55c"}


def test_an_answer_is_read_however_deep_its_lists_are(call: Call, site: Callable[..., Script]) -> None:
    deep = 400
    site(answer(200, b"[" * deep + b'"cut \\ud83d"' + b"]" * deep))
    value = call().json()
    for _ in range(deep):
        (value,) = value
    assert value == "cut \ufffd"


@pytest.mark.parametrize(
    ("trouble", "left"),
    [
        (answer(429, RateLimit_Reason="jira-burst-based", Retry_After="5"), 2),
        (answer(503), 2),
        (ReadTimeout("late"), 2),
        (answer(200, X_RateLimit_NearLimit="true"), 2),
        (answer(200), 4),
    ],
    ids=["too-many", "away", "lost", "near-limit", "well"],
)
def test_a_complaint_of_the_site_halves_how_much_may_be_under_way(
    call: Call, site: Callable[..., Script], transport: Transport, trouble: Answer, left: int
) -> None:
    site(trouble, answer(200))
    call()
    assert transport.breadth.now == left


def test_threads_that_share_the_transport_keep_its_pace_and_its_counts(
    call: Call, site: Callable[..., Script], transport: Transport
) -> None:
    script = site(answer(200))
    threads = [threading.Thread(target=lambda: [call() for _ in range(25)]) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert transport.requests == len(script.sent) == 200
    assert script.clock.seconds >= 199 / RATES["GET"] - BURST - 0.001


def test_a_wait_that_nobody_wants_any_more_ends_soon(
    call: Call, site: Callable[..., Script], clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, waits = site(answer(429, Retry_After="3600"), answer(200)), threading.Event()
    monkeypatch.setattr(clock, "sleep", lambda _: waits.set())  # time stands still: only being given up ends the wait

    def work(portion: int) -> Response:
        if portion:
            return call()
        assert waits.wait(10)
        raise LoggedOut("the token was revoked")

    with pytest.raises(LoggedOut):
        list(map_ordered(work, [0, 1], 2))
    assert len(script.sent) == 1
