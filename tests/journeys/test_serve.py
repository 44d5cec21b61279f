"""What `serve` reads again at every run; its worker runs twice here, without waiting for the schedule."""

import socket
from collections.abc import Callable, Iterable
from datetime import datetime

import pytest
import requests

from sync.worker import Worker
from tests.journeys.app_harness import Office

pytestmark = pytest.mark.journey

Work = Callable[[], Iterable[datetime] | None]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def serve_twice(place: Office, between: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """One run, something that happens, another run."""

    def serve(worker: Worker, _look: object) -> None:
        worker._run("config")
        between()
        worker._run("config")

    monkeypatch.setattr(Worker, "serve", serve)
    ended = place.run("serve")
    assert ended.code == 0, ended.err


def test_a_change_of_the_configuration_is_noticed_by_the_next_run(
    cloud: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud.write_config("enabled = true", "enabled = false")
    writes = []

    def switch_on() -> None:
        writes.append(len(cloud.jira.writes))
        cloud.write_config("enabled = false", "enabled = true")

    serve_twice(cloud, switch_on, monkeypatch)
    assert writes == [0]
    assert cloud.jira.writes


def test_the_web_server_shows_the_pages_of_each_run_and_a_hook_with_the_secret_wakes_the_worker(
    cloud: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the first run it is alive and not ready; then it has the page and the figures. No log holds the secret."""
    port = free_port()
    cloud.write_config("[write_back]\n", f'[serve]\nhttp = "127.0.0.1:{port}"\nhook_env = "HOOK"\n\n[write_back]\n')
    cloud.write_reports("html")
    cloud.environ["HOOK"] = "hook-secret"
    seen: list[int] = []
    woken: list[None] = []
    monkeypatch.setattr(Worker, "wake", lambda *_: woken.append(None))

    def answer(path: str, body: bytes | None = None) -> requests.Response:
        address = f"http://127.0.0.1:{port}{path}"
        return requests.post(address, data=body, timeout=30) if body else requests.get(address, timeout=30)

    def serve(worker: Worker, _look: object) -> None:
        seen.extend((answer("/healthz").status_code, answer("/readyz").status_code))
        worker._run("config")
        seen.extend((answer("/readyz").status_code, answer("/hooks/jira/hook-secret", b"{}").status_code))
        seen.append(answer("/hooks/jira/guess", b"{}").status_code)
        assert "What to do first" in answer("/readyline.html").text
        assert 'readyline_runs_total{end="good"} 1.0' in answer("/metrics").text

    monkeypatch.setattr(Worker, "serve", serve)
    ended = cloud.run("serve", "-v")

    assert (ended.code, seen, woken) == (0, [200, 503, 200, 202, 401], [None]), ended.err
    assert "hook-secret" not in ended.err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ('http = "127.0.0.1:1"\nhook_env = "NO_SUCH"', "serve.hook_env: the environment variable NO_SUCH is empty"),
        ('http = "192.0.2.1:8080"\nbehind_proxy = true', "serve.http: 192.0.2.1:8080 cannot be served"),
    ],
)
def test_a_web_server_that_cannot_start_is_one_sentence_and_no_run(cloud: Office, options: str, says: str) -> None:
    cloud.write_config("[write_back]\n", f"[serve]\n{options}\n\n[write_back]\n")
    ended = cloud.run("serve")
    assert ended.code == 2
    assert says in ended.err
    assert cloud.jira.writes == []


def test_a_change_of_an_absence_file_is_noticed_by_the_next_run(cloud: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = []

    def of_teams() -> str:
        found = sorted((cloud.folder / "reports").glob("readyline-team-*.html"))
        return "".join(page.read_text(encoding="utf-8") for page in found)

    def nobody_is_away() -> None:
        pages.append(of_teams())
        (cloud.folder / "absences.csv").write_text("name,from,to\n", encoding="utf-8")

    cloud.write_reports("html")
    serve_twice(cloud, nobody_is_away, monkeypatch)
    assert "Days absent: " in pages[0]
    assert "Days absent: " not in of_teams()
