"""The transport: a `requests` adapter under the client libraries, with the only retry loop.

It is below the libraries because each attempt must wait for the rate limits (see `rate_limit`), and because none of
them distinguishes limits, honours a long `Retry-After`, or avoids sending a comment twice. Their own retries are
off. What requests and answers mean is said by the tracker's dialect. Every error raised here is one of `sync.errors`.
"""

import random
import threading
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Protocol, Self
from urllib.parse import urlsplit

from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as RequestsConnectionError
from requests.exceptions import ConnectTimeout, RequestException, SSLError
from urllib3.exceptions import NameResolutionError, NewConnectionError

from rules.wording import many
from sync.errors import CutAnswer, TrackerError, Uncertain, Unreachable
from sync.logs import get_logger
from sync.stopping import raise_if_overdue, wait_for
from sync.trackers import responses as replies
from sync.trackers.concurrency import AdaptiveLimit, raise_if_cancelled
from sync.trackers.dialect import Dialect, Limit, Login, Reach
from sync.trackers.rate_limit import Clock, SystemClock
from sync.trackers.request_kind import Call
from sync.trackers.site_limits import limiter_of

log = get_logger()

TRIES = 5  # the first, and at most four more: https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
FIRST_WAIT, LONGEST_WAIT = 2.0, 30.0  # where the site names no wait of its own
JITTER = (0.7, 1.3)  # of our own waits
LATER = (1.0, 1.3)  # of waits the site asked for: never earlier than asked
PATIENCE = 7200.0  # an hourly quota may close everything for an hour
A_WHILE = 0.1  # the longest sleep without a look whether the answer is still wanted
CUT = "an incomplete response"
PARALLEL = 4


@dataclass(frozen=True, slots=True)
class _Lost:
    """No usable response: `sent` is whether the request may have reached the site."""

    why: str
    sent: bool


class Connection(Protocol):
    """What the settings of every tracker say about the way to its site."""

    @property
    def url(self) -> str:
        """The address of the site."""
        ...

    @property
    def connect_timeout(self) -> float:
        """Seconds to wait for a connection."""
        ...

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer."""
        ...

    @property
    def patience(self) -> float:
        """Seconds one request may wait in all for a rate limit."""
        ...

    @property
    def parallel(self) -> int:
        """How many requests may be under way at once."""
        ...


class Transport(HTTPAdapter):
    """Sends each request within the limits and returns a good response, or raises. Threads may share it.

    `dialect` is how the tracker speaks, `site` its address: other products may share its limits. At most `parallel`
    attempts run at once, fewer once the site complains.
    `requests` counts attempts; `waited` holds seconds by reason. `write_status` is the HTTP status of the last write
    that was accepted. `login` is the account every response must name, once known. `timeout` is (connect, read) and
    `patience` the longest total wait of one request, in seconds.
    """

    def __init__(  # noqa: PLR0913 - what may be set, by name
        self,
        dialect: Dialect,
        *,
        site: str = "",
        timeout: tuple[float, float] = (5.0, 60.0),
        patience: float = PATIENCE,
        parallel: int = PARALLEL,
        clock: Clock | None = None,
        chance: random.Random | None = None,
    ) -> None:
        super().__init__(max_retries=0)
        self._dialect = dialect
        self.requests = 0
        self.waited: dict[str, float] = defaultdict(float)
        self.write_status: int | None = None
        self.login: Login | None = None
        self.clock = clock or SystemClock()
        self.server_ahead = 0.0
        self.breadth = AdaptiveLimit(parallel)
        self._timeout = timeout
        self._patience = patience
        self._pace = limiter_of(site, dialect)
        self._lock = threading.Lock()  # around the counters
        self._chance = chance or random.Random()  # noqa: S311 - jitter keeps no secret
        self._naming: set[str] = set()  # the APIs ("api", "agile") whose answers name the account
        self._met = False  # whether the site ever answered

    @classmethod
    def to(cls, settings: Connection, dialect: Dialect) -> Self:
        """The transport to the site of a tracker's settings."""
        return cls(
            dialect,
            site=settings.url,
            timeout=(settings.connect_timeout, settings.read_timeout),
            patience=settings.patience,
            parallel=settings.parallel,
        )

    def serve(self, session: Session) -> None:
        """Use this transport for all traffic of a client's session; no cookies are kept."""
        for prefix in ("https://", "http://"):
            session.mount(prefix, self)
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def server_now(self) -> datetime:
        """The time by the site's clock, as known from its responses."""
        return self.clock.now() + timedelta(seconds=self.server_ahead)

    def send(self, request: PreparedRequest, *_args: Any, **kwargs: Any) -> Response:
        """Send one request, again where that is safe, and return its response.

        Raises `Uncertain` when it is unknown whether a creating request succeeded, `Unreachable` when the site
        does not answer, `LoggedOut`, and for each 4xx the matching error of `sync.errors`.
        """
        call = self._dialect.call(request)
        kwargs |= {"timeout": self._timeout, "stream": False}
        began = self.clock.monotonic()
        for attempt in range(1, TRIES + 1):
            with self.breadth:
                self._take_permit(call, began)
                answer = self._attempt(request, call, kwargs)
            limit = self._dialect.limit(answer) if isinstance(answer, Response) else None
            if isinstance(answer, Response) and limit is None and answer.status_code < 500:
                self.breadth.widen()
                return self._good(answer, call)
            if isinstance(answer, _Lost) and not answer.sent and not self._met:
                raise Unreachable(
                    f"no connection to {_host(request)} ({answer.why}): check [tracker] url and the network"
                )
            self._back_off(
                answer, limit, call, attempt
            )  # before `Uncertain` too: what asks next should not ask too soon
            if limit is None:  # what a limit refused was certainly not carried out
                _may_repeat(answer, call)
        gave_up = CutAnswer if _why(answer) == CUT else Unreachable
        raise gave_up(
            f"{_host(request)} did not answer {many(TRIES, 'time')} in a row ({call}: {_why(answer)}); try again later"
        )

    def _take_permit(self, call: Call, began: float) -> None:
        while (delay := self._permit(call)) is not None:
            seconds, reason = delay
            if self.clock.monotonic() - began + seconds > self._patience:
                raise Unreachable(
                    f"the site asks to wait {many(f'{seconds:.0f}', 'second')} ({reason}); try again then"
                )
            if seconds >= 1:
                log.info("tracker.waiting", reason=reason, seconds=round(seconds, 1), call=str(call))
            self._rest(seconds)
            with self._lock:
                self.waited[reason] += seconds

    def _permit(self, call: Call) -> tuple[float, str] | None:
        """Take a permit if there is one now; else how long to wait for it, and why."""
        raise_if_cancelled()
        raise_if_overdue()
        with self._pace.lock:
            now = self.clock.monotonic()
            delay = self._pace.wait(call, now)
            if delay[0] > 0:
                return delay
            self._pace.sent(call, now)
        with self._lock:
            self.requests += 1
        return None

    def _rest(self, seconds: float) -> None:
        while seconds > 0:
            raise_if_cancelled()
            raise_if_overdue()
            self.clock.sleep(min(seconds, A_WHILE))
            seconds -= A_WHILE

    def _attempt(self, request: PreparedRequest, call: Call, kwargs: dict[str, Any]) -> Response | _Lost:
        try:
            response = wait_for(lambda: self._exchange(request, kwargs))
        except (ConnectTimeout, SSLError) as error:
            return _Lost(type(error).__name__, sent=False)
        except RequestsConnectionError as error:
            return _Lost(type(error).__name__, sent=not _never_connected(error))
        except RequestException as error:
            return _Lost(type(error).__name__, sent=True)
        log.debug("tracker.answered", call=str(call), status=response.status_code, trace=self._dialect.trace(response))
        self._learn(response)
        cut_short = response.ok and not replies.reads(response)
        return _Lost(CUT, sent=True) if cut_short else response

    def _exchange(self, request: PreparedRequest, kwargs: dict[str, Any]) -> Response:
        """Send, and read the whole body here, so that one that is cut short is seen by the loop."""
        response = super().send(request, **kwargs)
        _ = response.content
        return response

    def _learn(self, response: Response) -> None:
        headers = response.headers
        self._met = True
        if (moment := replies.server_time(headers)) is not None:
            self.server_ahead = (moment - self.clock.now()).total_seconds()
        near = self._dialect.is_near_limit(headers)
        if near:
            self.breadth.narrow()
        with self._pace.lock:
            now = self.clock.monotonic()
            if near:
                self._pace.near_limit(now)
            for seconds, reason in self._dialect.refills(headers):
                self._pace.block_until(now + self._later(seconds), reason)

    def _good(self, response: Response, call: Call) -> Response:
        try:
            self._check(response, call)
        except TrackerError as error:
            error.status = response.status_code
            raise
        if call.writes:
            self.write_status = response.status_code
        return response

    def _check(self, response: Response, call: Call) -> None:
        self._dialect.check_login(response, self.login)
        if self._dialect.account_named(response):
            self._naming.add(call.family)
        elif call.family in self._naming and _shows_content(response, call):
            raise replies.anonymous(response, self._dialect.title)
        error = self._dialect.error_in(response, call) if response.is_redirect else None
        if error is None:  # a redirect may mean that an issue moved; else it means a wrong address
            replies.check_form(response, self._dialect.title)
            error = self._dialect.error_in(response, call)
        if error is not None:
            raise error

    def _back_off(self, answer: Response | _Lost, limit: Limit | None, call: Call, attempt: int) -> None:
        """Block what the failure is about, for as long as the site asks or our exponential backoff requires."""
        self.breadth.narrow()
        with self._pace.lock:
            self._shut(answer, limit or Limit(_why(answer)), call, attempt)

    def _shut(self, answer: Response | _Lost, limit: Limit, call: Call, attempt: int) -> None:
        headers = answer.headers if isinstance(answer, Response) else {}
        asked = self._dialect.asked_wait(headers, self.clock.now())
        own = min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT) * self._chance.uniform(*JITTER)
        own = max(own, limit.least * 2 ** (attempt - 1))
        until = self.clock.monotonic() + (self._later(asked) if asked else own)
        if limit.reach is Reach.ENDPOINT:
            self._pace.block_endpoint_until(call, until, limit.reason)
        elif limit.reach is Reach.ISSUE and call.issue:
            self._pace.block_issue_until(call, until, limit.reason)
        else:
            self._pace.block_until(until, limit.reason)

    def _later(self, seconds: float) -> float:
        return seconds * self._chance.uniform(*LATER)


def _may_repeat(answer: Response | _Lost, call: Call) -> None:
    """Raise `Uncertain` if sending again could create a second one."""
    if call.creates and (answer.sent if isinstance(answer, _Lost) else True):
        raise Uncertain(f"it is unknown whether {call} succeeded ({_why(answer)})")


def _shows_content(response: Response, call: Call) -> bool:
    """Whether a response may show what an anonymous user sees: writes are refused, and a hidden issue is a 404.

    Other refusals may come from a gateway in front of the site.
    """
    return not call.writes and (response.ok or response.status_code == 404)


def _why(answer: Response | _Lost) -> str:
    return answer.why if isinstance(answer, _Lost) else f"status {answer.status_code}"


def _never_connected(error: RequestsConnectionError) -> bool:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, NewConnectionError | NameResolutionError)


def _host(request: PreparedRequest) -> str:
    return urlsplit(request.url or "").netloc or "the site"
