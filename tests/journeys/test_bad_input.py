"""Whatever is wrong with what one gives the program: one sentence that helps, the right exit code, nothing written."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.app_harness import EACH_DAY, Ended, Office, office

pytestmark = [pytest.mark.journey, pytest.mark.uncovered]  # many runs over the same lines

Arrange = Callable[[Office], object]


@dataclass(frozen=True)
class Bad:
    """Something wrong: how it comes about, the command that meets it, how that ends, and what its sentence names."""

    name: str
    words: tuple[str, ...]
    code: int
    says: tuple[str, ...]
    arrange: Arrange = lambda _: None

    def __repr__(self) -> str:
        return self.name


def replaced(old: str, new: str) -> Arrange:
    return lambda place: place.write_config(old, new)


def added(text: str) -> Arrange:
    return lambda place: place.config.write_text(f"{place.config.read_text(encoding='utf-8')}\n{text}", "utf-8")


def token(value: str) -> Arrange:
    return lambda place: place.environ.update(READYLINE_TOKEN=value)


def closed_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def elsewhere(place: Office) -> None:
    place.write_config(place.jira.url, f"http://127.0.0.1:{closed_port()}")


def a_file_named(name: str) -> Callable[[Office], Path]:
    """A file where a folder is wanted: not even root may write into that."""

    def make(place: Office) -> Path:
        path = place.folder / name
        path.write_text("not a folder", "utf-8")
        return path

    return make


def taken_reports(place: Office) -> None:
    a_file_named("taken")(place)
    place.write_reports("html")
    place.write_config('path = "reports/"', 'path = "taken/reports"')


def taken_store(place: Office) -> None:
    a_file_named("taken")(place)
    place.write_config('path = "readyline.db"', 'path = "taken/readyline.db"')


def folder_for_config(place: Office) -> None:
    place.config.unlink()
    place.config.mkdir()


def garbled_store(place: Office) -> None:
    (place.folder / "readyline.db").write_text("this is no database " * 500, "utf-8")


CONFIGURATION = (
    Bad("no configuration", ("run",), 2, ("config.toml", "no such file", "init"), lambda place: place.config.unlink()),
    Bad("broken TOML", ("run",), 2, ("config.toml:", "not valid TOML"), added("[oops")),
    Bad(
        "no UTF-8", ("run",), 2, ("config.toml", "UTF-8"), lambda place: place.config.write_bytes(b"\xff\xfe\x00broken")
    ),
    Bad("a folder", ("run",), 2, ("config.toml", "cannot be read"), folder_for_config),
    Bad("unknown rule", ("run",), 2, ("acceptence", '"acceptance"'), added("[rules.ready.acceptence]")),
    Bad("unknown key", ("run",), 2, ("write_back", "enabld", '"enabled"'), replaced("enabled = true", "enabld = true")),
    Bad("wrong type", ("run",), 2, ("max_changes", "lots"), replaced("max_changes = 1000", 'max_changes = "lots"')),
    Bad("no token", ("run",), 2, ("READYLINE_TOKEN",), token("")),
    Bad("no such absences", ("run",), 2, ("away.csv",), replaced('"absences.csv"', '"away.csv"')),
)
SITE = (
    Bad("unreachable site", ("run",), 4, ("127.0.0.1:", "connection", "[tracker] url"), elsewhere),
    Bad("wrong token", ("run",), 4, ("127.0.0.1:", "READYLINE_TOKEN"), token("no-such-token")),
    Bad("no known board", ("run",), 4, ("91", '"Payments"', "[[teams]] board"), replaced("board = 1", "board = 9")),
    Bad("bad query", ("run",), 4, ("projct ==", "[product] backlog"), replaced("project = SHOP", "projct == SHOP")),
    Bad("unknown project", ("check",), 4, ("'SHOPP'", "[product] backlog"), replaced("= SHOP ", "= SHOPP ")),
)
PLACES = (
    Bad(
        "unwritable folder",
        ("report", "--out", "taken/reports"),
        2,
        ("taken/reports", "name another"),
        a_file_named("taken"),
    ),
    Bad(
        "unwritable demo",
        ("demo", "--out", "taken/reports"),
        2,
        ("taken/reports", "name another"),
        a_file_named("taken"),
    ),
    Bad("unwritable reports", ("run",), 2, ("taken/reports", "name another"), taken_reports),
    Bad("unwritable store", ("run",), 2, ("taken/readyline.db", "[store] path"), taken_store),
    Bad("garbled store", ("run",), 2, ("readyline.db", "not a database", "[store] path"), garbled_store),
)
WORDS = (
    Bad("unknown key of check", ("check", "SHOP-99999"), 2, ('"SHOP-99999"', "[product] backlog")),
    Bad("unknown key of why", ("why", "SHOP-99999"), 2, ('"SHOP-99999"', "[product] backlog")),
    Bad("no key", ("why",), 2, ("'key'", "why --help")),
    Bad("half an absence", ("capacity", "--off", "Jonas Weber"), 2, ('"Jonas Weber"', "NAME:FROM..TO")),
    Bad("no date", ("capacity", "--off", "Jonas Weber:2026-02-30"), 2, ("2026-02-30", "NAME:FROM..TO")),
    Bad("backwards", ("capacity", "--off", "Jonas Weber:2026-03-05..2026-03-01"), 2, ("2026-03-01", "2026-03-05")),
    Bad("unknown person", ("capacity", "--off", "Nobody:2026-03-05"), 2, ("Nobody", "Jonas Weber")),
    Bad("no team to join", ("capacity", "--add", "Dee:0.5"), 2, ("--team", "Payments, Storefront, Search")),
    Bad(
        "unknown issue left out", ("capacity", "--without-issue", "SHOP-99999"), 2, ('"SHOP-99999"', "--without-issue")
    ),
    Bad("unknown team", ("capacity", "--team", "Paymints"), 2, ('"Paymints"', "Payments")),
    Bad("unknown form", ("check", "--format", "yaml"), 2, ("--format", "yaml", "json", "check --help")),
    Bad("form not spoken", ("undo", "--format", "csv", "x"), 2, ("--format", "csv", "markdown", "undo --help")),
    Bad("a part as Markdown", ("check", "SHOP-110", "--format", "markdown"), 2, ("--format markdown", "json")),
    Bad("a team as Markdown", ("capacity", "--team", "Search", "--format", "markdown"), 2, ("--format markdown",)),
    Bad("unknown command", ("chekc",), 2, ("chekc", "--help")),
    Bad("unknown option", ("check", "--fail-no", "must"), 2, ("--fail-no", "check --help")),
    Bad("unknown level", ("check", "--fail-on", "all"), 2, ("--fail-on", "all", "must")),
    Bad("unknown run", ("undo", "20200101T000000-000000"), 2, ('"20200101T000000-000000"', "no run")),
    Bad("unknown rule page", ("rules", "acceptence"), 2, ('"acceptence"', '"acceptance"')),
    Bad("no file to judge", ("lint", "no-such-file.md"), 2, ("no-such-file.md",)),
    Bad("another plan", ("run", "--expect", "no-digest"), 3, ("no-digest", "readyline plan")),
)


@pytest.mark.parametrize("bad", [*CONFIGURATION, *SITE, *PLACES, *WORDS], ids=repr)
@pytest.mark.parametrize("dialect", EACH_DAY)
def test_bad_input_gets_one_sentence_and_nothing_is_written(
    bad: Bad, dialect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with office(tmp_path, dialect) as place:
        before = place.end_state()
        bad.arrange(place)
        there = everything_in(tmp_path)
        ended = place.run(*bad.words)
        assert ended.code == bad.code
        assert_one_sentence(ended, *bad.says)
        assert place.jira.writes == []
        assert place.end_state() == before
        assert_nothing_half_done(tmp_path, there)


def test_all_faults_of_a_configuration_are_reported_at_once(shop: Office) -> None:
    shop.write_config("enabled = true", "enabld = true")
    shop.write_config("max_changes = 1000", "max_changes = -1")
    ended = shop.run("run")
    assert ended.code == 2
    assert [line.count("config.toml:") for line in ended.err.splitlines()] == [1, 1]
    assert shop.jira.requests == []


def test_an_empty_backlog_is_reported_and_nothing_is_written(shop: Office) -> None:
    shop.write_config("project = SHOP", "labels = nobody-has-this AND project = SHOP")
    for words in (("check",), ("plan",), ("run",), ("capacity",)):
        ended = shop.run(*words)
        assert ended.code == 0
        assert_one_sentence(ended, "no open issue", "labels = nobody-has-this", "[product] backlog")
    assert shop.run("check", "--format", "json").document["issues"] == []
    assert shop.jira.writes == []


def test_a_backlog_that_becomes_empty_takes_nothing_away_unasked(shop: Office) -> None:
    """A query with a slip in it must not clear what earlier runs wrote."""
    assert shop.run("run").code == 0
    before = shop.end_state()
    shop.write_config("project = SHOP", "labels = nobody-has-this AND project = SHOP")
    shop.run("run")
    assert shop.end_state() == before


def test_a_traceback_is_shown_only_with_vv(shop: Office) -> None:
    elsewhere(shop)
    assert "Traceback" not in shop.run("run", "-v").err
    assert "Unreachable" in shop.run("run", "-vv").err


def assert_one_sentence(ended: Ended, *says: str) -> None:
    """One line on stderr, no traceback, no box, and it names what it must."""
    lines = ended.err.strip().splitlines()
    assert len(lines) == 1, ended.err
    assert "Traceback" not in ended.err
    assert not set("│╭╰─") & set(ended.err)
    for each in says:
        assert each in lines[0], lines[0]


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def assert_nothing_half_done(folder: Path, before: dict[str, bytes]) -> None:
    """What was there is as it was; next to it nothing but the store, which remembers, and its lock."""
    after = everything_in(folder)
    store = {name for name in after if name.startswith("readyline.db")}
    if "readyline.db" in before:
        assert after["readyline.db"] == before["readyline.db"]
    assert {name: text for name, text in after.items() if name not in store} == {
        name: text for name, text in before.items() if name not in store
    }
