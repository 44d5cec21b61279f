"""How GitHub speaks over HTTP: which requests write, what a limit looks like, and what its answers mean.

A limit is a 403, a 429 or a GraphQL answer with status 200. Numbers of limits:
https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from requests import PreparedRequest, Response

from sync.errors import Conflict, Forbidden, LoggedOut, NotFound, Rejected, TrackerError
from sync.trackers.dialect import Limit, Login
from sync.trackers.request_kind import Call
from sync.trackers.responses import TOKEN_HINT, retry_after, seconds_until, site_messages, site_of

QUERY, MUTATION = "QUERY", "MUTATION"
"""What GraphQL requests count as: all of them are POST."""
READS = 10.0
"""Reads a second to one endpoint; GitHub takes 900 a minute."""
FASTEST = 50.0
"""Writes a second where no pause is asked for."""
LEAST_WAIT = 60.0
"""Seconds to wait after a limit that names no wait; GitHub asks to double it each time."""
NEAR = 50
"""Requests left in the hour below which everything slows down."""
_LIMITED = re.compile(r"rate limit|abuse|submitted too quickly", re.IGNORECASE)
_PARTS = re.compile(r"(?<=^repos/)[^/]+/[^/]+|(?<=/)\d+(?=/|$)|(?<=/labels/).+")
_ISSUE = re.compile(r"^repos/(?P<repository>[^/]+/[^/]+)/issues/(?P<number>\d+)(?:/|$)")
_MOVED = {301, 302, 307, 308}
_HIDDEN = {"NOT_FOUND", "FORBIDDEN"}


@dataclass(frozen=True, slots=True)
class GithubDialect:
    """The dialect of GitHub, as `sync.trackers.dialect.Dialect`.

    `comments_an_hour` is our part of GitHub's limit, `pause` the seconds between two writes. With a second between them
    there are never more than the 80 comments that GitHub takes in a minute.
    """

    comments_an_hour: int = 400
    pause: float = 1.0
    title: str = "GitHub"

    @property
    def rates(self) -> Mapping[str, float]:
        """Calls per second to one endpoint."""
        writes = 1 / self.pause if self.pause else FASTEST
        return {"GET": READS, QUERY: READS, **dict.fromkeys(("POST", "PATCH", "DELETE", MUTATION), writes)}

    @property
    def writes_to_one_issue(self) -> Sequence[tuple[int, float]]:
        """None."""
        return ()

    @property
    def creations(self) -> Sequence[tuple[int, float]]:
        """Comments of an hour; those of a minute are kept by the rates."""
        return ((self.comments_an_hour, 3600.0),)

    def call(self, request: PreparedRequest) -> Call:
        """The kind of a request: by its path, or by the operation of its GraphQL document."""
        method = (request.method or "GET").upper()
        path = urlsplit(request.url or "").path
        if path.endswith("/graphql"):
            return _operation(request.body)
        path = path.removeprefix("/api/v3").strip("/")
        issue = _ISSUE.match(path)
        writes = method != "GET"
        return Call(
            method,
            _PARTS.sub("{}", path),
            issue=f"{issue['repository']}#{issue['number']}" if issue and writes else "",
            writes=writes,
            creates=method == "POST" and path.endswith("/comments"),
        )

    def limit(self, response: Response) -> Limit | None:
        """The hourly quota, or a secondary limit, which need not name a wait."""
        is_limit = response.status_code == 429 or (response.status_code == 403 and _is_limited(response))
        is_limit = is_limit or any(kind == "RATE_LIMITED" for kind, _ in _errors(response))
        if not is_limit:
            return None
        return Limit("hourly-limit" if _left(response.headers) == 0 else "secondary-limit", least=LEAST_WAIT)

    def asked_wait(self, headers: Mapping[str, str], now: datetime) -> float | None:
        """`Retry-After`, else the time until the used-up quota is refilled."""
        if (asked := retry_after(headers, now)) is not None:
            return asked
        return _until_reset(headers, now) if _left(headers) == 0 else None

    def refills(self, headers: Mapping[str, str]) -> Iterator[tuple[float, str]]:
        """The hourly quota, once it is used up."""
        if _left(headers) == 0 and (seconds := _until_reset(headers, datetime.now(UTC))) is not None:
            yield seconds, "hourly-limit"

    def is_near_limit(self, headers: Mapping[str, str]) -> bool:
        """Whether only a few requests of this hour are left."""
        left = _left(headers)
        return left is not None and 0 < left < NEAR

    def account_named(self, response: Response) -> str:  # noqa: ARG002 - the protocol's
        """None: each pull asks who we are."""
        return ""

    def check_login(self, response: Response, login: Login | None) -> None:  # noqa: ARG002 - the protocol's
        """Raise `LoggedOut` for a refused token."""
        if response.status_code == 401:
            raise LoggedOut(f"{site_of(response)} does not accept the token: {TOKEN_HINT}")

    def error_in(self, response: Response, call: Call) -> TrackerError | None:
        """The error for a 4xx response, a moved issue, or a GraphQL answer with errors.

        What a query may not see is null in its answer, and no error.
        """
        if response.status_code in _MOVED:
            return _moved(response, call) if call.endpoint.startswith("repos/") else None
        if not response.ok:
            return _refusal(response, call)
        return _graphql_error(response, call) if call.family == "graphql" else None

    def trace(self, response: Response) -> str:
        """The id of the request, which GitHub's support asks for."""
        return response.headers.get("X-GitHub-Request-Id") or ""


def _operation(body: object) -> Call:
    try:
        content = json.loads(body) if isinstance(body, str | bytes) else {}
    except ValueError:
        content = {}
    writes = str(content.get("query", "")).lstrip().startswith("mutation")
    return Call(MUTATION if writes else QUERY, f"graphql/{content.get('operationName', '')}", writes=writes)


def _is_limited(response: Response) -> bool:
    named = "Retry-After" in response.headers or _left(response.headers) == 0
    return named or bool(_LIMITED.search(site_messages(response, _messages)))


def _left(headers: Mapping[str, str]) -> int | None:
    left = headers.get("X-RateLimit-Remaining", "")
    return int(left) if left.isdigit() else None


def _until_reset(headers: Mapping[str, str], now: datetime) -> float | None:
    reset = headers.get("X-RateLimit-Reset", "")
    return seconds_until(datetime.fromtimestamp(int(reset), UTC), headers, now) if reset.isdigit() else None


def _errors(response: Response) -> list[tuple[str, str]]:
    """The errors in a GraphQL answer: kind and message."""
    if not response.ok or "json" not in response.headers.get("Content-Type", ""):
        return []
    body = response.json() if response.content else None
    errors = body.get("errors") if isinstance(body, dict) else None
    entries = [one for one in errors if isinstance(one, dict)] if isinstance(errors, list) else []
    return [(str(one.get("type") or ""), str(one.get("message") or "no reason given")) for one in entries]


def _graphql_error(response: Response, call: Call) -> TrackerError | None:
    """The error in a GraphQL answer.

    A query whose data came without some hidden parts is good; of a mutation nothing may be missing.
    """
    errors = _errors(response)
    data = response.json().get("data") if isinstance(response.json(), dict) else None
    is_partial = data is not None and not call.writes
    serious = [one for one in errors if not (is_partial and one[0] in _HIDDEN)]
    if not serious:
        return None if data is not None else Rejected(f"{site_of(response)} answered {call} without data", status=200)
    kind, _ = serious[0]
    what = f"{site_of(response)} refused {call}: {_shown(response)}"
    match kind:
        case "NOT_FOUND":
            return NotFound(f"{what}; it does not exist, or this account cannot see it")
        case "FORBIDDEN" | "INSUFFICIENT_SCOPES":
            return Forbidden(f"{what}; `readyline doctor` says what the token lacks")
        case _:
            return Rejected(what, status=200, reason=_shown(response))


def _shown(response: Response) -> str:
    return site_messages(response, _messages)


def _moved(response: Response, call: Call) -> TrackerError:
    return NotFound(
        f"{site_of(response)} answered {call} with another address: the issue was transferred, or the repository "
        "renamed; put its present name into [tracker] repositories"
    )


def _refusal(response: Response, call: Call) -> TrackerError:
    message = _shown(response)
    what = f"{site_of(response)} refused {call} ({response.status_code}){f': {message}' if message else ''}"
    match response.status_code:
        case 403:
            return Forbidden(
                f"{what}; the repository is archived, the issue is locked, or the token lacks a right: "
                "`readyline doctor` says which"
            )
        case 404 | 410:
            return NotFound(f"{what}; it does not exist, or this account cannot see it")
        case 409:
            return Conflict(f"{what}; another write came at the same time")
        case _:
            return Rejected(what, status=response.status_code, reason=message)


def _messages(body: Any) -> list[str]:
    """The messages of a REST refusal, or of a GraphQL answer."""
    if not isinstance(body, dict):
        return []
    errors = body.get("errors")
    entries = errors if isinstance(errors, list) else []
    parts = [one.get("message") or one.get("code") if isinstance(one, dict) else one for one in entries]
    return [text for text in (body.get("message"), *parts) if isinstance(text, str) and text]
