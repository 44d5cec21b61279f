"""What `serve` reads again at every run; its worker runs twice here, without waiting for the schedule."""

from collections.abc import Callable, Iterable
from datetime import datetime

import pytest

from sync.worker import Worker
from tests.journeys.app_harness import Office

pytestmark = pytest.mark.journey

Work = Callable[[], Iterable[datetime] | None]


def serve_twice(place: Office, between: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """One run, something that happens, another run."""

    def serve(worker: Worker) -> None:
        worker._work()
        between()
        worker._work()

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


def test_a_change_of_an_absence_file_is_noticed_by_the_next_run(cloud: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    report = cloud.folder / "reports" / "readyline.html"
    pages = []

    def nobody_is_away() -> None:
        pages.append(report.read_text(encoding="utf-8"))
        (cloud.folder / "absences.csv").write_text("name,from,to\n", encoding="utf-8")

    serve_twice(cloud, nobody_is_away, monkeypatch)
    assert "Days absent: " in pages[0]
    assert "Days absent: " not in report.read_text(encoding="utf-8")
