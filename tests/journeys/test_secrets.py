"""Planted secrets: whatever goes well or wrong, none of them is in a log, an error, a report or the store."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.fake_jira.faults import Answer
from sync.fake_jira.records import Body
from tests.journeys.app_harness import EACH_DAY, Ended, Office, office
from tests.journeys.test_hostile import hooks

pytestmark = [pytest.mark.journey, pytest.mark.uncovered]  # many runs over the same lines

PLANTED = "pl4nted-s3cret"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""The site's time: what a run does and says must not depend on the hour at which the tests run."""
COMMANDS = (
    ("run",),
    ("run", "--format", "json"),
    ("check", "--format", "json"),
    ("plan",),
    ("doctor",),
    ("doctor", "--format", "json"),
    ("config", "show"),
    ("config", "show", "--format", "json"),
    ("config", "check"),
    ("config", "schema"),
)
VERBOSITY = ((), ("-q",), ("-v",), ("-vv",))
CHANNELS = """
[[notify]]
kind = "webhook"
url_env = "HOOK"

[[notify]]
kind = "slack"
url_env = "CHAT"

[[notify]]
kind = "mail"
host = "127.0.0.1"
port = 9
security = "none"
sender = "readyline@shop.example"
to = ["ana@shop.example"]
user_env = "MAIL_USER"
password_env = "MAIL_PASSWORD"
"""


@pytest.fixture(params=EACH_DAY)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A shop with a secret in every variable that may hold one; no channel takes a message."""
    with hooks() as taken, office(tmp_path, request.param, clock=lambda: MONDAY) as shop:
        text = shop.config.read_text(encoding="utf-8")
        shop.config.write_text(text + CHANNELS, encoding="utf-8")
        shop.environ |= {
            "HOOK": f"http://127.0.0.1:9/{PLANTED}-hook",
            "CHAT": f"http://127.0.0.1:{taken.port}/{PLANTED}-chat",
            "MAIL_USER": f"{PLANTED}-user",
            "MAIL_PASSWORD": f"{PLANTED}-password",
        }
        yield shop


def secrets_of(place: Office) -> tuple[str, ...]:
    """Everything that must not come out, the log-in as it goes over the wire among it."""
    token = place.environ["READYLINE_TOKEN"].strip()
    basic = base64.b64encode(f"{place.jira.email}:{token}".encode()).decode()
    return (PLANTED, token, basic) if place.jira.dialect == "cloud" else (PLANTED, token)


def leaks(place: Office, ended: Ended) -> list[str]:
    """Where a secret came out: on stdout, on stderr, or in a file that is not the configuration."""
    told = {"stdout": ended.out.encode(), "stderr": ended.err.encode()}
    kept = {str(path): path.read_bytes() for path in place.folder.rglob("*") if path.is_file() and path != place.config}
    return [
        name
        for name, content in (told | kept).items()
        for secret in secrets_of(place)
        if secret.encode() in content or secret.encode("utf-16-le") in content
    ]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_secret_is_shown_when_all_is_well(place: Office, words: tuple[str, ...]) -> None:
    ended = place.run(*words, "-vv")
    assert [line for line in ended.err.splitlines() if "exception" in line] == []
    assert leaks(place, ended) == []


@pytest.mark.parametrize("loud", VERBOSITY, ids="".join)
def test_no_secret_is_shown_when_the_site_refuses_the_token(place: Office, loud: tuple[str, ...]) -> None:
    place.environ["READYLINE_TOKEN"] = f"{PLANTED}-wrong"
    for words in (("run",), ("doctor",)):
        ended = place.run(*words, *loud)
        assert ended.code in {2, 4}
        assert leaks(place, ended) == []


@pytest.mark.parametrize("token", [f"{PLANTED}\nsecond line", f"{PLANTED}…ünïcode", f"two {PLANTED}", f" {PLANTED} "])
@pytest.mark.parametrize("loud", [(), ("-vv",)], ids=["plain", "-vv"])
def test_a_token_that_no_header_can_carry_is_not_shown(place: Office, token: str, loud: tuple[str, ...]) -> None:
    place.environ["READYLINE_TOKEN"] = token
    ended = place.run("run", *loud)
    assert ended.code in {2, 4}, ended.err
    assert PLANTED not in ended.err
    assert "fault of readyline itself" not in ended.err


@pytest.mark.parametrize("path", ["/myself", "/issue/"])
@pytest.mark.parametrize("loud", [(), ("-vv",)], ids=["plain", "-vv"])
def test_no_secret_is_shown_when_the_site_repeats_what_it_got(place: Office, loud: tuple[str, ...], path: str) -> None:
    """A site, or a gateway before it, may put the log-in into its own error, and errors go into store and reports."""
    echo = f'{{"errorMessages": ["refused: {" and ".join(secrets_of(place)[1:])}"]}}'
    method = "GET" if path == "/myself" else "PUT"
    place.jira.faults.on(Answer(400, echo), method=method, path=path, times=None)
    ended = place.run("run", *loud)
    assert ended.code == (4 if path == "/myself" else 5), ended.err
    assert "refused: " in ended.err + ended.out
    assert leaks(place, ended) == []


OVERRIDES = (
    ("READYLINE__TRACKER__TOKEN", PLANTED),
    ("READYLINE__TRACKER__PASSWORD", PLANTED),
    ("READYLINE__NOTIFY__0__PASSWORD", PLANTED),
    ("READYLINE__STORE__API_KEY", PLANTED),
    ("READYLINE__TRACKER__URL", f"https://bot:{PLANTED}@jira.example.com"),
    ("READYLINE__TRACKER__URL", f"http://bot:{PLANTED}@jira.example.com"),
    ("READYLINE__TRACKER__URL", f"ftp://bot:{PLANTED}@jira.example.com"),
    ("READYLINE__TRACKER__URL", f"bot:{PLANTED}@jira.example.com"),
    ("READYLINE__NOTIFY__0__URL_ENV", f"https://hooks.slack.com/services/T0/{PLANTED}"),
    ("READYLINE__STORE__PATH", f"https://bot:{PLANTED}@files.example.com/x.db"),
)


@pytest.mark.parametrize(("variable", "value"), OVERRIDES, ids=range(len(OVERRIDES)))
@pytest.mark.parametrize("words", [("config", "check"), ("config", "show"), ("run", "-vv")], ids=" ".join)
def test_a_secret_in_the_wrong_variable_is_a_fault_that_does_not_repeat_it(
    cloud: Office, words: tuple[str, ...], variable: str, value: str
) -> None:
    cloud.config.write_text(cloud.config.read_text(encoding="utf-8") + CHANNELS, encoding="utf-8")
    cloud.environ |= {"HOOK": "", "CHAT": "", "MAIL_USER": "", "MAIL_PASSWORD": "", variable: value}
    ended = cloud.run(*words)
    assert ended.code == 2, ended.out
    assert variable in ended.err
    assert PLANTED not in ended.out + ended.err


@pytest.mark.parametrize(
    "line",
    [
        f'token = "{PLANTED}"',
        f'password = "{PLANTED}"',
        f'url = "https://bot:{PLANTED}@jira.example.com"',
        f'email = "https://hooks.slack.com/services/T0/{PLANTED}"',
        f'kind = "ATATT3{PLANTED}"',
    ],
)
def test_a_secret_in_the_file_is_a_fault_that_does_not_repeat_it(tmp_path: Path, line: str) -> None:
    config = tmp_path / "config.toml"
    name = line.partition(" ")[0]
    others = ('kind = "jira-cloud"', 'url = "https://jira.example.com"', 'email = "bot@example.com"')
    rest = "\n".join(other for other in others if not other.startswith(f"{name} "))
    config.write_text(f"[tracker]\n{rest}\n{line}\n", encoding="utf-8")
    for words in (("config", "check"), ("config", "show", "-vv"), ("run", "-vv")):
        ended = Office(None, tmp_path, config).run(*words)  # type: ignore[arg-type]
        assert ended.code == 2
        assert f"{config}:" in ended.err
        assert "secret" in ended.err
        assert PLANTED not in ended.out + ended.err


RESTRICTED = "Fire the whole payments team in June"


def test_a_restricted_issue_is_in_what_is_shared_by_its_key_alone(place: Office) -> None:
    """Its title is in no report, no message and no other issue's comment; its own comment stands behind its level."""
    state = place.jira.state
    first = min(
        (r for r in state.issues.values() if r.status.category == "todo" or not r.sprints), key=lambda r: r.rank
    )
    said = f"{RESTRICTED}. As a boss, I want {RESTRICTED}."
    state.edit(first.key, summary=RESTRICTED, description=said, security="Confidential")
    likely = RESTRICTED.replace("June", "May")
    duplicate = state.create("SHOP", "Story", likely, description=Body(said.replace("June", "May")))
    state.link(first.key, "Blocks", duplicate.key)
    ended = place.run("run", "--format", "json")
    assert ended.code == 0, ended.err
    place.run("report", "--out", str(place.folder / "out"))
    shared = {path: path.read_text(encoding="utf-8") for path in place.folder.glob("*/*") if path.is_file()}
    shared[Path("stdout")] = ended.out + place.run("check").out + place.run("plan").out + place.run("capacity").out
    shared[Path("history")] = place.run("history", ended.document["run"], "--format", "json").out
    assert any(first.key in text for text in shared.values())
    assert [path for path, text in shared.items() if RESTRICTED in text] == []
    for key, texts in place.ours().items():
        assert key == first.key or not any(RESTRICTED in text for text in texts)
