"""A local Jira of each dialect, and a browser that knows how to log in to it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from sync.fake_jira.records import Account, Board, Sprint
from sync.fake_jira.server import FakeJira
from sync.fake_jira.state import State
from tests.thorough import in_turn

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


class Clock:
    """Time that moves only when told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


class Browser:
    """Talks to a local Jira with the right credentials; paths start after /rest/ and `api` stands for api/<latest>."""

    def __init__(self, jira: FakeJira) -> None:
        self.jira = jira
        self.cloud = jira.dialect == "cloud"
        self.session = requests.Session()
        if self.cloud:
            self.session.auth = (jira.email, jira.token)
        else:
            self.session.headers["Authorization"] = f"Bearer {jira.token}"

    def ask(self, method: str, path: str, **what: Any) -> requests.Response:
        latest = "api/3" if self.cloud else "api/2"
        path = latest + path[3:] if path.startswith("api/") and path[4:5].isalpha() else path
        return self.session.request(method, f"{self.jira.url}/rest/{path}", timeout=10, **what)

    def get(self, path: str, **params: Any) -> Any:
        answer = self.ask("GET", path, params=params)
        assert answer.status_code == 200, (answer.status_code, answer.text)
        return answer.json()

    def put(self, path: str, body: Any, **params: Any) -> requests.Response:
        return self.ask("PUT", path, json=body, params=params)

    def post(self, path: str, body: Any, **params: Any) -> requests.Response:
        return self.ask("POST", path, json=body, params=params)

    def delete(self, path: str) -> requests.Response:
        return self.ask("DELETE", path)

    def text(self, words: str) -> Any:
        """A comment's body in the dialect's own form."""
        if not self.cloud:
            return words
        paragraph = {"type": "paragraph", "content": [{"type": "text", "text": words}]}
        return {"type": "doc", "version": 1, "content": [paragraph]}

    def find(self, jql: str, **what: Any) -> list[Any]:
        """The issues of a query, first page, with a summary."""
        body = {"jql": jql, "fields": ["summary"]} | what
        answer = self.post("api/search/jql" if self.cloud else "api/search", body)
        assert answer.status_code == 200, (answer.status_code, answer.text)
        return list(answer.json()["issues"])

    def keys(self, jql: str, **what: Any) -> list[str]:
        return [each["key"] for each in self.find(jql, **what)]


def small_site(state: State, now: datetime) -> None:
    """Three issues, a board, three sprints: what most tests need."""
    state.projects["T"] = "Test"
    state.log_in_as(Account(id="712020:bot", name="bot", display="Bot", email="bot@x.example", zone="America/Chicago"))
    state.enrol(Account(id="712020:ana", name="ana", display="Ana", zone="Europe/Berlin"))
    state.add_board(Board(id=1, name="Test board", project="T"))
    for number, phase in ((1, "closed"), (2, "active"), (3, "future")):
        start = now + timedelta(days=14 * (number - 2) - 4)
        end = start + timedelta(days=14)
        state.add_sprint(Sprint(id=number, board=1, name=f"Sprint {number}", state=phase, start=start, end=end))  # type: ignore[arg-type]
    for kind, summary in (("Story", "Pay by card"), ("Bug", "Wrong total"), ("Task", "Tidy up")):
        state.create("T", kind, summary, by="ana")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=in_turn("cloud", "datacenter"))
def web(request: pytest.FixtureRequest, clock: Clock) -> Iterator[Browser]:
    """A small site, once in each dialect."""
    yield from _browser(request.param, clock)


@pytest.fixture
def cloud(clock: Clock) -> Iterator[Browser]:
    """A small Cloud site."""
    yield from _browser("cloud", clock)


@pytest.fixture
def datacenter(clock: Clock) -> Iterator[Browser]:
    """A small Data Center site."""
    yield from _browser("datacenter", clock)


def _browser(dialect: str, clock: Clock) -> Iterator[Browser]:
    with FakeJira(dialect, small_site, now=NOW, clock=clock) as jira:
        browser = Browser(jira)
        yield browser
        browser.session.close()
