"""A Jira simulator on this machine: HTTP on loopback, in memory, gone when it is closed.

    with FakeJira("cloud", company, now=now) as jira:
        requests.get(jira.url + "/rest/api/3/myself", auth=(jira.email, jira.token))

`state` acts as a person, `faults` plans errors, `requests` is the log.
"""

from collections.abc import Callable
from datetime import datetime

from sync.fake_http.faults import Faults
from sync.fake_http.server import LocalSite
from sync.fake_jira.application import Application, Logged
from sync.fake_jira.state import State
from sync.fake_jira.world import utc_now

EMAIL = "worker@example.com"
TOKEN = "demo-token"  # noqa: S105 - only for the simulator on this machine

Company = Callable[[State, datetime], None]


class FakeJira(LocalSite):
    """A local Jira of one dialect ("cloud", "datacenter") that `company` fills; `email` is the worker's account."""

    def __init__(
        self,
        dialect: str,
        company: Company,
        *,
        email: str = EMAIL,
        port: int = 0,
        now: datetime | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.dialect = dialect
        self.email, self.token = email, TOKEN
        self.state = State(clock=clock)
        company(self.state, now or clock())
        self._application = Application(dialect, self.state, email=email, token=TOKEN)
        super().__init__(self._application.answer, self._now, port)

    def _now(self) -> datetime:
        return self.state.clock()  # which a test may replace at any time

    @property
    def requests(self) -> list[Logged]:
        """All requests so far, in order."""
        return self._application.requests

    @property
    def faults(self) -> Faults:
        """The planned errors."""
        return self._application.faults

    @property
    def writes(self) -> list[Logged]:
        """The requests that ask for a change, without reads by POST."""
        return [request for request in self.requests if is_write(request)]


_READ_BY_POST = (
    "/search",
    "/search/jql",
    "/search/approximate-count",
    "/issue/bulkfetch",
    "/changelog/bulkfetch",
    "/comment/list",
)


def is_write(request: Logged) -> bool:
    """Whether a request asks for a change."""
    return request.method != "GET" and not request.path.endswith(_READ_BY_POST)
