"""Every request of every command is one that Jira's own description allows."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from sync.fake_jira import faults
from sync.fake_jira.application import Logged
from sync.trackers.jira import issue_ids as sweeping
from tests.contract.openapi import complaints, skip_unless_here
from tests.external_data import SHARED, skip_without
from tests.journeys.app_harness import Office, office

pytestmark = [pytest.mark.journey, pytest.mark.uncovered]  # many runs over the same lines

ELSEWHERE = {"/rest/pat/latest/tokens"}  # personal access tokens have a page of their own in the documentation
DATACENTER = SHARED / "openapi" / "jira-datacenter.json"


def a_day(place: Office) -> None:
    """Every command that speaks to a site, with what people do between them."""
    out, new = str(place.folder / "out"), str(place.folder / "new.toml")
    key = str(place.run("check", "--format", "json").document["issues"][0]["key"])
    looks: list[tuple[str, ...]] = [
        (
            "init",
            "--url",
            place.jira.url,
            "--out",
            new,
            "--kind",
            f"jira-{place.jira.dialect}",
            "--email",
            place.jira.email,
        ),
        ("doctor",),
        ("check", key),
        ("why", key),
        ("capacity", "--off", "Jonas Weber:2026-03-02"),
        ("plan",),
        ("report", "--out", out),
    ]
    for words in looks:
        ended = place.run(*words)
        assert ended.code in {0, 1}, (words, ended.err)
    run = place.run("run", "--format", "json").document["run"]
    people_at_work(place, key)
    for words in (("run",), ("baseline", "--because", "as found"), ("undo", run)):
        ended = place.run(*words)
        assert ended.code == 0, (words, ended.err)


def people_at_work(place: Office, key: str) -> None:
    """Somebody finishes an issue, rewrites one, deletes our comment, and answers with a command."""
    state = place.jira.state
    ours = [record for record in state.issues.values() if any(r.author.id == state.me.id for r in record.remarks)]
    state.edit(key, summary="Something else", description="Nothing yet.", by="marcus")
    state.comment(key, "/readyline why", by="marcus")
    state.transition(ours[0].key, "Done", by="marcus")
    state.delete_comment(next(r.id for r in ours[1].remarks if r.author.id == state.me.id), by="marcus")


@pytest.mark.parametrize(
    ("long", "trouble"),
    [
        pytest.param(sweeping.LONG, False, id="short list-calm"),
        pytest.param(0, True, id="long list-trouble"),
        pytest.param(sweeping.LONG, True, id="short list-trouble", marks=pytest.mark.thorough),
        pytest.param(0, False, id="long list-calm", marks=pytest.mark.thorough),
    ],
)
def test_every_request_of_every_command_is_allowed_on_cloud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long: int, *, trouble: bool
) -> None:
    skip_unless_here()
    monkeypatch.setattr(sweeping, "LONG", long)
    with office(tmp_path, "cloud") as place:
        if trouble:
            for method, path in (
                ("POST", "/comment$"),
                ("PUT", "/issue/"),
                ("POST", "/bulkfetch"),
                ("POST", "/search"),
            ):
                place.jira.faults.on(faults.reset_after(), method=method, path=path)
        a_day(place)
        asked = described(place.jira.requests)
        wrong = {why for each in asked for why in complaints(each.method, each.path, each.query, each.body)}
        assert wrong == set()
        assert len(shapes(asked)) > 20


@pytest.mark.parametrize(
    "long",
    [
        pytest.param(sweeping.LONG, id="short list"),
        pytest.param(0, id="long list", marks=pytest.mark.thorough),
    ],
)
def test_every_request_of_every_command_has_a_place_on_data_center(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long: int
) -> None:
    skip_without(DATACENTER)
    monkeypatch.setattr(sweeping, "LONG", long)
    with office(tmp_path, "datacenter") as place:
        a_day(place)
        asked = described(place.jira.requests)
        unknown = {f"{each.method} {each.path}" for each in asked if not has_a_place(each.method, each.path)}
        assert unknown == set()
        assert len(shapes(asked)) > 20


def test_the_check_for_data_center_sees_what_has_no_place() -> None:
    skip_without(DATACENTER)
    assert has_a_place("POST", "/rest/api/2/search")
    assert not has_a_place("POST", "/rest/api/2/search/jql")
    assert not has_a_place("DELETE", "/rest/api/2/search")


def described(requests: list[Logged]) -> list[Logged]:
    """Requests to the APIs that the descriptions are about."""
    return [each for each in requests if each.path.startswith("/rest/") and each.path not in ELSEWHERE]


def shapes(requests: list[Logged]) -> set[tuple[str, str]]:
    return {(each.method, re.sub(r"\d+", "{}", each.path)) for each in requests}


def has_a_place(method: str, path: str) -> bool:
    """Whether Data Center's description has this path with this method."""
    return any(pattern.fullmatch(path) for known, pattern in datacenter_operations() if known == method)


@cache
def datacenter_operations() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(_operations())


def _operations() -> Iterator[tuple[str, re.Pattern[str]]]:
    for path, item in json.loads(DATACENTER.read_text(encoding="utf-8"))["paths"].items():
        pattern = re.compile("/rest" + re.sub(r"\\\{[^/]+?\\\}", "[^/]+", re.escape(path)))
        yield from ((method.upper(), pattern) for method in ("get", "put", "post", "delete") if method in item)
