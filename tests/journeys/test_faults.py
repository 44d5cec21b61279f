"""Trouble on the way: a run ends right or stops with exit code 4; nothing doubles, nothing is lost, nobody pushes."""

import random
import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.fake_jira import faults
from sync.fake_jira.faults import Answer, Asked, Fault
from sync.trackers.rate_limit import SystemClock
from tests.journeys.app_harness import DIALECTS, EACH_DAY, EndState, Office, Undisturbed, office
from tests.thorough import in_turn, scaled

pytestmark = [pytest.mark.journey, pytest.mark.uncovered]  # many runs over the same lines

UNREACHABLE, PARTLY_FAILED = 4, 5
REASONS = ("jira-burst-based", "jira-per-issue-on-write", "jira-quota-global-based", "jira-quota-tenant-based", "new")


def in_seconds(seconds: int) -> datetime:
    """A moment no nearer than that; dates in headers know no fractions."""
    return datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=seconds + 1)


PASSING: dict[str, Fault] = {
    **{f"429 {reason}": faults.too_many(reason, retry_after=3) for reason in REASONS},
    "429 that names no wait": faults.too_many("jira-burst-based", retry_after=None),
    "503 with a wait": faults.unavailable(5),
    "503": faults.unavailable(),
    "500": faults.broken(500),
    "502": faults.broken(502),
    "504": faults.broken(504),
    "reset before": faults.reset_before(),
    "reset after": faults.reset_after(),
    "cut JSON": faults.Truncate(clean=True),
    "cut line": faults.Truncate(clean=False),
}
STAYING: dict[str, Fault] = {
    "revoked token": faults.logged_out(),
    "CAPTCHA": faults.captcha(),
    "web page with 200": faults.html_page(),
    "anonymous answers": faults.Anonymous(),
    "503 for ever": faults.unavailable(),
    "cut JSON for ever": faults.Truncate(clean=True),
    "resets for ever": faults.reset_before(),
}


@dataclass
class OnceEach:
    """Strikes the first request of every method and path with a fault, and lets its repetitions pass."""

    fault: Callable[[Asked], Fault]
    struck: set[tuple[str, str]] = field(default_factory=set)

    def __call__(self, asked: Asked) -> Fault | None:
        if (asked.method, asked.path) in self.struck:
            return None
        self.struck.add((asked.method, asked.path))
        return self.fault(asked)


def after(number: int, fault: Fault) -> Callable[[Asked], Fault | None]:
    """Every request but the first `number` fails."""
    left = iter(range(number))
    return lambda _: fault if next(left, None) is None else None


def assert_as_undisturbed(place: Office, expected: EndState) -> None:
    """All trouble is over: one more run reaches what an undisturbed one would, and then nothing is left to plan."""
    place.jira.faults.clear()
    ended = place.run("run")
    assert ended.code == 0, ended.err
    assert all(len(texts) <= 1 for texts in place.ours().values())
    assert place.end_state() == expected
    assert place.run("plan", "--format", "json").document["changes"] == []


@pytest.mark.parametrize("turn", [0, 1])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_run_in_which_every_request_fails_once_in_one_way_or_another_ends_as_if_nothing_had_happened(
    dialect: str, turn: int, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    met: set[str] = set()

    def fault(asked: Asked) -> Fault:
        name = list(PASSING)[zlib.crc32(f"{turn} {asked.method} {asked.path}".encode()) % len(PASSING)]
        met.add(name)
        return PASSING[name]

    with office(tmp_path, dialect) as place:
        assert_passes(place, OnceEach(fault), undisturbed(dialect).end_state)
    assert len(met) > len(PASSING) / 2


@pytest.mark.thorough
@pytest.mark.parametrize("name", PASSING)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_run_in_which_every_request_fails_once_in_the_same_way_ends_as_if_nothing_had_happened(
    dialect: str, name: str, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    with office(tmp_path, dialect) as place:
        assert_passes(place, OnceEach(lambda _: PASSING[name]), undisturbed(dialect).end_state)


def assert_passes(place: Office, strike: OnceEach, expected: EndState) -> None:
    """A run through such trouble does all it should."""
    place.jira.faults.hook = strike
    ended = place.run("run", "--format", "json")
    assert ended.code == 0, ended.err
    assert len(strike.struck) > 40
    assert {outcome["outcome"] for outcome in ended.document["outcomes"]} <= {"done", "already-so"}
    assert place.end_state() == expected
    assert_as_undisturbed(place, expected)


def test_answers_that_take_too_long_are_asked_for_again_and_writes_are_looked_for(
    shop: Office, undisturbed: Undisturbed
) -> None:
    shop.write_config("[tracker]", "[tracker]\nread_timeout = 0.15")
    for method, path in (("GET", "/myself"), ("POST", "/search"), ("PUT", "/issue/"), ("POST", "/comment$")):
        shop.jira.faults.on(faults.Slow(0.4), method=method, path=path)
    ended = shop.run("run")
    assert ended.code == 0, ended.err
    assert len(shop.jira.faults.happened) == 4
    assert_as_undisturbed(shop, undisturbed(shop.jira.dialect).end_state)


# Waiting


@dataclass
class Arrivals:
    """When each request came by the clock that jumps, and the one request that was asked to wait."""

    told: Answer
    hit: Callable[[Asked], bool]
    came: list[tuple[float, Asked]] = field(default_factory=list)
    refused: tuple[float, Asked] | None = None

    def __call__(self, asked: Asked) -> Fault | None:
        moment = SystemClock().monotonic()
        if self.refused is None and self.hit(asked):
            self.refused = (moment, asked)
            return self.told
        self.came.append((moment, asked))
        return None

    def too_early(self, seconds: float, concerned: Callable[[Asked], bool]) -> list[Asked]:
        """Requests that came within so many seconds after the refusal although they were meant."""
        assert self.refused is not None
        at = self.refused[0]
        return [asked for moment, asked in self.came if at <= moment < at + seconds and concerned(asked)]


def is_label_write(asked: Asked) -> bool:
    return asked.method == "PUT" and asked.path.rpartition("/")[0].endswith("/issue")


def is_sweep(asked: Asked) -> bool:
    return asked.method == "POST" and asked.path.endswith(("/search", "/search/jql"))


@pytest.mark.parametrize("told_as", in_turn("1 number", "1 date", "70 number", "70 date", "3000 number", "3000 date"))
@pytest.mark.parametrize("reason", REASONS)
def test_nobody_comes_back_earlier_than_a_429_asked(cloud: Office, reason: str, told_as: str) -> None:
    amount, form = told_as.split()
    seconds = int(amount)
    told = faults.too_many(reason, retry_after=in_seconds(seconds) if form == "date" else seconds)
    per_issue = reason == "jira-per-issue-on-write"
    cloud.jira.faults.hook = seen = Arrivals(told, is_label_write if per_issue else is_sweep)
    assert cloud.run("run").code == 0
    assert seen.refused is not None
    refused = seen.refused[1]
    narrow: dict[str, Callable[[Asked], bool]] = {
        "jira-burst-based": lambda asked: (asked.method, asked.path) == (refused.method, refused.path),
        "jira-per-issue-on-write": lambda asked: asked.method != "GET" and asked.path.startswith(refused.path),
    }
    assert seen.too_early(seconds, narrow.get(reason, lambda _: True)) == []
    assert any(asked.path == refused.path for _, asked in seen.came), "it was sent again in the end"


def test_data_center_is_left_alone_as_long_as_it_asks(tmp_path: Path) -> None:
    with office(tmp_path, "datacenter") as place:
        told = faults.too_many("", retry_after=40, X_RateLimit_Remaining="0", X_RateLimit_Interval_Seconds="60")
        place.jira.faults.hook = seen = Arrivals(told, is_sweep)
        assert place.run("run").code == 0
        assert seen.too_early(60, lambda _: True) == []


def test_a_wait_beyond_all_patience_ends_the_run_at_once(shop: Office) -> None:
    shop.jira.faults.on(faults.too_many("jira-quota-global-based", retry_after=90_000), path="/search")
    ended = shop.run("run")
    assert ended.code == UNREACHABLE
    assert "90000" in ended.err.replace(" ", "") or "asks to wait" in ended.err
    assert shop.jira.writes == []


# Trouble that stays


@pytest.mark.parametrize("name", STAYING)
@pytest.mark.parametrize("dialect", EACH_DAY)
def test_trouble_that_stays_stops_the_run_wherever_it_begins_and_one_more_run_repairs_it(
    name: str, dialect: str, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    expected, requests = undisturbed(dialect).end_state, undisturbed(dialect).requests
    chance = random.Random(f"{name} {dialect}")
    places = [0, *sorted(chance.sample(range(1, requests - 1), scaled(1, 3)))]
    print(f"{name} from request {places}")
    with office(tmp_path, dialect) as place:
        for number in places:
            place.jira.faults.hook = after(number, STAYING[name])
            ended = place.run("run", "-q")
            # A run has less to do than the first when it takes up a cut one; a property that is not kept ends nothing.
            cut = any(not asked.path.endswith("/properties/readyline") for asked, _ in place.jira.faults.happened)
            assert (ended.code, len(ended.err.strip().splitlines())) == ((UNREACHABLE, 1) if cut else (0, 0)), ended
            place.jira.faults.happened.clear()
        assert_as_undisturbed(place, expected)


@pytest.mark.parametrize("number", range(6))
def test_a_site_that_stays_away_while_it_is_looked_at_leaves_the_store_untouched(shop: Office, number: int) -> None:
    assert shop.run("run").code == 0
    shop.jira.state.edit(next(iter(shop.jira.state.issues.values())).key, summary="Edited meanwhile")
    before = [tables(shop.folder / name) for name in ("readyline.db", "readyline.db.mirror")]
    shop.jira.faults.hook = after(number, faults.unavailable())
    assert shop.run("run").code == UNREACHABLE
    assert [tables(shop.folder / name) for name in ("readyline.db", "readyline.db.mirror")] == before
    assert all(before)


def test_the_mirror_may_be_deleted_at_any_time_and_only_time_is_lost(shop: Office, undisturbed: Undisturbed) -> None:
    run = shop.run("run", "--format", "json").document["run"]
    for path in shop.folder.glob("readyline.db.mirror*"):
        path.unlink()
    assert shop.run("run", "--format", "json").document["changes"] == []
    assert shop.end_state() == undisturbed(shop.jira.dialect).end_state
    assert shop.run("undo", run).code == 0
    assert not any(labels or texts for labels, texts, _ in shop.end_state().values())


def tables(path: Path) -> dict[str, list[object]]:
    """Everything in the store, by table."""
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in names}  # noqa: S608
    connection.close()
    return found


# What people do meanwhile


@pytest.fixture
def planned(shop: Office) -> tuple[Office, list[str]]:
    """A shop, and the keys of the issues that a run is about to write to, in its order."""
    changes = shop.run("plan", "--format", "json").document["changes"]
    return shop, list(dict.fromkeys(change["issue"] for change in changes))


def at_the_first_write(place: Office, act: Callable[[], object]) -> None:
    done: list[bool] = []

    def hook(asked: Asked) -> None:
        if not done and is_label_write(asked):
            done.append(True)
            act()

    place.jira.faults.hook = hook


def test_an_issue_deleted_during_the_run_is_left_out_and_the_others_are_written(
    planned: tuple[Office, list[str]],
) -> None:
    place, keys = planned
    at_the_first_write(place, lambda: place.jira.state.delete(keys[-1]))
    ended = place.run("run", "--format", "json")
    assert ended.code == 0, ended.err
    by_key: dict[str, set[str]] = {}
    for outcome in ended.document["outcomes"]:
        by_key.setdefault(outcome["change"]["issue"], set()).add(outcome["outcome"])
    assert by_key.pop(keys[-1]) == {"skipped"}
    assert set().union(*by_key.values()) == {"done"}
    assert place.run("plan", "--format", "json").document["changes"] == []


def test_an_issue_that_gets_another_key_during_the_run_is_written_to_once(planned: tuple[Office, list[str]]) -> None:
    place, keys = planned
    at_the_first_write(place, lambda: place.jira.state.rename(keys[-1], "SHOP-9001"))
    assert place.run("run").code == 0
    assert place.run("run").code == 0
    assert all(len(texts) <= 1 for texts in place.ours().values())
    assert place.end_state()["SHOP-9001"][0], "it is labelled under its new key"
    assert place.run("plan", "--format", "json").document["changes"] == []


def test_an_issue_that_leaves_the_product_during_the_run_ends_without_our_marks(
    planned: tuple[Office, list[str]],
) -> None:
    place, keys = planned
    at_the_first_write(place, lambda: place.jira.state.rename(keys[-1], "ELSE-1"))
    assert place.run("run").code == 0
    assert place.run("run").code == 0
    assert len(place.ours()["ELSE-1"]) <= 1
    assert place.run("plan", "--format", "json").document["changes"] == []


@pytest.mark.parametrize("page", range(1, 4))
def test_a_page_token_that_expires_during_the_sweep_costs_a_second_sweep_and_no_issue(
    cloud: Office, monkeypatch: pytest.MonkeyPatch, page: int, undisturbed: Undisturbed
) -> None:
    monkeypatch.setattr("sync.trackers.jira.cloud.PAGE_OF_IDS", 4)
    cloud.jira.faults.on(faults.expired_page(), path="/search/jql", skip=page)
    ended = cloud.run("run")
    assert ended.code == 0, ended.err
    assert len(cloud.jira.faults.happened) == 1
    assert cloud.end_state() == undisturbed("cloud").end_state


# At random


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(n, marks=pytest.mark.thorough) for n in range(2, 5))])
@pytest.mark.parametrize("dialect", EACH_DAY)
def test_after_runs_through_trouble_at_random_one_calm_run_reaches_the_undisturbed_end(
    seed: int, dialect: str, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    print(f"seed {seed}")
    among = [*PASSING.values(), faults.logged_out(), faults.html_page(), faults.refused(409, "conflict")]
    with office(tmp_path, dialect) as place:
        place.jira.faults.at_random(seed=seed, share=0.12, among=among)
        for _ in range(3):
            ended = place.run("run", "-q")
            assert ended.code in {0, UNREACHABLE, PARTLY_FAILED}, ended.err
            assert "Traceback" not in ended.err
            assert all(len(texts) <= 1 for texts in place.ours().values())
        assert_as_undisturbed(place, undisturbed(dialect).end_state)
