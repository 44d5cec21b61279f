"""What the transport must know of one kind of tracker: what its requests do, and what its answers mean.

The HTTP method and status do not say it. One tracker creates a comment with a PUT, another reads with POST, and a limit
may be a 403 or a 429.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import NamedTuple, Protocol

from requests import PreparedRequest, Response

from sync.errors import TrackerError
from sync.trackers.request_kind import Call


class Login(NamedTuple):
    """The account of our token: its id in the tracker, and the name that people know it by."""

    account: str
    name: str


class Reach(Enum):
    """What a limit closes."""

    SITE = auto()
    ENDPOINT = auto()
    ISSUE = auto()


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that a response reports: its name, and what it closes. The request was certainly not carried out.

    `least` is how many seconds to wait at least where the response names no wait; it doubles with each attempt.
    """

    reason: str
    reach: Reach = Reach.SITE
    least: float = 0.0


class Dialect(Protocol):
    """How one kind of tracker speaks. The methods only read what they are given."""

    @property
    def title(self) -> str:
        """The product's name in error messages."""
        ...

    @property
    def rates(self) -> Mapping[str, float]:
        """Calls per second to one endpoint, by HTTP method; a method that is missing gets the lowest rate."""
        ...

    @property
    def writes_to_one_issue(self) -> Sequence[tuple[int, float]]:
        """Pairs of (writes, seconds) that one issue takes at most; empty for no such limit."""
        ...

    @property
    def creations(self) -> Sequence[tuple[int, float]]:
        """Pairs of (calls that create something, seconds) that the site takes at most; empty for no limit."""
        ...

    def call(self, request: PreparedRequest) -> Call:
        """The kind of a prepared request."""
        ...

    def limit(self, response: Response) -> Limit | None:
        """The limit that a response reports; `None` for every other response."""
        ...

    def asked_wait(self, headers: Mapping[str, str], now: datetime) -> float | None:
        """Seconds the site asks to wait, `None` if it asks for none; `now` is our clock."""
        ...

    def refills(self, headers: Mapping[str, str]) -> Iterator[tuple[float, str]]:
        """Seconds until a used-up allowance is refilled, with its name; nothing while some of it is left."""
        ...

    def is_near_limit(self, headers: Mapping[str, str]) -> bool:
        """Whether the site says that a limit is near."""
        ...

    def account_named(self, response: Response) -> str:
        """The account a response is for, "" where it names none."""
        ...

    def check_login(self, response: Response, login: Login | None) -> None:
        """Raise `LoggedOut` for a response that shows a refused log-in, or is not for the expected account."""
        ...

    def error_in(self, response: Response, call: Call) -> TrackerError | None:
        """The error that a response reports, whatever its status; `None` for a good one.

        `None` for a redirect means that the address is wrong.
        """
        ...

    def trace(self, response: Response) -> str:
        """The name under which the site's administrator finds the request in the logs, "" for none."""
        ...
