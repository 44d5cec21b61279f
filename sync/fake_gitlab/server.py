"""A local GitLab: HTTP on this machine, in memory, gone when it is closed.

    with FakeGitlab(company, now=now) as gitlab:
        requests.get(gitlab.url + "/api/v4/user", headers={"PRIVATE-TOKEN": gitlab.token})

`state` acts as a person, `faults` plans errors, `requests` is the log.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from sync.fake_gitlab.application import Application, Logged
from sync.fake_gitlab.records import Account
from sync.fake_gitlab.state import State
from sync.fake_http.faults import Faults
from sync.fake_http.server import LocalSite

TOKEN = "demo-token"  # noqa: S105 - only for the simulator on this machine
BOT = Account(id=5, username="readyline", name="readyline", token=TOKEN)

Company = Callable[[State, datetime], None]


def utc_now() -> datetime:
    """The time here."""
    return datetime.now(UTC)


class FakeGitlab(LocalSite):
    """A local GitLab of one edition ("ce", "free", "premium") that `company` fills."""

    def __init__(
        self,
        company: Company,
        *,
        edition: str = "premium",
        port: int = 0,
        now: datetime | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.token = TOKEN
        self.state = State(edition, clock)
        self.state.enrol(BOT)
        company(self.state, now or clock())
        self._application = Application(self.state)
        super().__init__(self._application.answer, self._now, port)

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
        """The requests that ask for a change."""
        return [request for request in self.requests if request.is_write]

    def _now(self) -> datetime:
        return self.state.clock()  # which a test may replace at any time
