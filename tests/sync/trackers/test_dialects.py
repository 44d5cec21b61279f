"""What a request does and an answer means is said by the tracker's dialect, not by HTTP's method and status."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from requests import PreparedRequest, Response
from requests.exceptions import ReadTimeout

from sync.errors import NotFound, Rejected, TrackerError, Uncertain
from sync.trackers.dialect import Limit
from sync.trackers.http import Transport
from sync.trackers.jira.dialect import JiraDialect
from sync.trackers.request_kind import Call as Kind
from tests.sync.trackers.http_stub import Call, FakeClock, Script, answer, caller


@dataclass(frozen=True, slots=True)
class OddDialect(JiraDialect):
    """A tracker that creates with PUT, reads with POST, limits with 403 and reports errors with 200."""

    title: str = "Odd"

    @property
    def creations(self) -> Sequence[tuple[int, float]]:
        return ((2, 60.0),)

    def call(self, request: PreparedRequest) -> Kind:
        method = request.method or ""
        return Kind(method, "thing", writes=method == "PUT", creates=method == "PUT")

    def limit(self, response: Response) -> Limit | None:
        return Limit("slow down", least=60.0) if response.status_code == 403 else None

    def error_in(self, response: Response, call: Kind) -> TrackerError | None:
        if response.is_redirect:
            return NotFound("moved away")
        return Rejected(f"{call} refused in a 200") if "errors" in response.json() else None


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def call(clock: FakeClock) -> Call:
    return caller(Transport(OddDialect(), clock=clock))


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, clock: FakeClock) -> Callable[..., Script]:
    return lambda *answers: Script(monkeypatch, clock, *answers)


def test_a_put_that_creates_is_never_sent_a_second_time_blindly(call: Call, site: Callable[..., Script]) -> None:
    script = site(answer(200), ReadTimeout("nothing came"), answer(200))
    call()
    with pytest.raises(Uncertain):
        call("PUT")
    assert len(script.sent) == 2


def test_a_post_that_only_reads_is_sent_again(call: Call, site: Callable[..., Script]) -> None:
    script = site(answer(200), ReadTimeout("nothing came"), answer(200))
    call()
    assert call("POST").status_code == 200
    assert len(script.sent) == 3


def test_a_limit_with_another_status_is_waited_for_and_what_creates_is_sent_again(
    call: Call, site: Callable[..., Script]
) -> None:
    script = site(answer(403, Retry_After="30"), answer(200))
    assert call("PUT").status_code == 200
    assert script.moments[1] - script.moments[0] >= 30


def test_an_error_inside_a_good_status_is_an_error(call: Call, site: Callable[..., Script]) -> None:
    site(answer(200, {"errors": ["no"]}))
    with pytest.raises(Rejected, match="refused in a 200"):
        call()


def test_a_lost_log_in_names_the_product(call: Call, site: Callable[..., Script]) -> None:
    site(answer(200, X_AUSERNAME="bot"), answer(200))
    call()
    with pytest.raises(TrackerError, match="Odd treated us as anonymous"):
        call()


def test_what_a_site_takes_of_new_content_is_kept_over_all_issues(call: Call, site: Callable[..., Script]) -> None:
    script = site(answer(200))
    for _ in range(3):
        call("PUT")
    assert script.moments[2] - script.moments[0] >= 60
    call()
    assert script.moments[3] - script.moments[2] < 2


def test_a_limit_without_a_wait_of_its_own_is_waited_out_longer_each_time(
    call: Call, site: Callable[..., Script]
) -> None:
    script = site(answer(403), answer(403), answer(200))
    call()
    first, second, third = script.moments
    assert 60 <= second - first < 62
    assert 120 <= third - second < 122


def test_a_redirect_may_be_an_answer_about_an_issue(call: Call, site: Callable[..., Script]) -> None:
    site(answer(301, Location="https://odd.example/elsewhere"))
    with pytest.raises(NotFound, match="moved away"):
        call()
