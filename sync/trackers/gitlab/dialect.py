"""How GitLab speaks over HTTP: which requests write, what a limit looks like, and what its answers mean.

Numbers of limits: https://docs.gitlab.com/user/gitlab_com/#rate-limits-on-gitlabcom
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from requests import PreparedRequest, Response

from sync.errors import BadQuery, Conflict, Forbidden, LoggedOut, NotFound, Rejected, TrackerError
from sync.trackers.dialect import Limit, Login, Reach
from sync.trackers.request_kind import Call
from sync.trackers.responses import TOKEN_HINT, retry_after, seconds_until, site_messages, site_of

TOKEN_HEADER = "PRIVATE-TOKEN"  # noqa: S105 - its name
RATES: Mapping[str, float] = {"GET": 50.0, "PUT": 5.0, "POST": 5.0, "DELETE": 5.0}
NOTES = (50, 60.0)
"""GitLab.com takes 60 notes a minute from an account."""
LEAST_WAIT = 30.0
"""Seconds to wait after a limit that names no wait."""
NEAR = 0.05
"""The part of an allowance below which everything slows down."""
_ISSUE = re.compile(r"^projects/(?P<project>[^/]+)/issues/(?P<number>\d+)(?:/|$)")
_PARTS = re.compile(r"(?<=^projects/)[^/]+|(?<=^groups/)[^/]+|(?<=/)\d+(?=/|$)")
_MOVED = {301, 302, 307, 308}


@dataclass(frozen=True, slots=True)
class GitlabDialect:
    """The dialect of GitLab, as `sync.trackers.dialect.Dialect`."""

    title: str = "GitLab"

    @property
    def rates(self) -> Mapping[str, float]:
        """Calls per second to one endpoint."""
        return RATES

    @property
    def writes_to_one_issue(self) -> Sequence[tuple[int, float]]:
        """None."""
        return ()

    @property
    def creations(self) -> Sequence[tuple[int, float]]:
        """Pairs of (notes, seconds)."""
        return (NOTES,)

    def call(self, request: PreparedRequest) -> Call:
        """The kind of a request: by its path, or by its GraphQL document."""
        method = (request.method or "GET").upper()
        _, is_rest, path = urlsplit(request.url or "").path.partition("/api/v4/")
        if not is_rest:
            return _graphql(method, request.body)
        issue, writes = _ISSUE.match(path), method != "GET"
        return Call(
            method,
            _PARTS.sub("{}", path),
            issue=f"{issue['project']}:{issue['number']}" if issue and writes else "",
            writes=writes,
            creates=method == "POST",
        )

    def limit(self, response: Response) -> Limit | None:
        """A 429. Only the general limits are named in a header; one without a name is that of notes or searches."""
        if response.status_code != 429:
            return None
        name = response.headers.get("RateLimit-Name")
        return Limit(name or "endpoint-limit", Reach.SITE if name else Reach.ENDPOINT, least=LEAST_WAIT)

    def asked_wait(self, headers: Mapping[str, str], now: datetime) -> float | None:
        """`Retry-After`, else the time until the used-up allowance is refilled."""
        if (asked := retry_after(headers, now)) is not None:
            return asked
        return _until_reset(headers, now) if _number(headers, "Remaining") == 0 else None

    def refills(self, headers: Mapping[str, str]) -> Iterator[tuple[float, str]]:
        """The allowance, once it is used up."""
        if _number(headers, "Remaining") == 0 and (seconds := _until_reset(headers, datetime.now(UTC))) is not None:
            yield seconds, headers.get("RateLimit-Name") or "rate-limit"

    def is_near_limit(self, headers: Mapping[str, str]) -> bool:
        """Whether little of the allowance is left."""
        left, most = _number(headers, "Remaining"), _number(headers, "Limit")
        return left is not None and most is not None and 0 < left < most * NEAR

    def account_named(self, response: Response) -> str:  # noqa: ARG002 - the protocol's
        """None: a wrong token is a 401 everywhere."""
        return ""

    def check_login(self, response: Response, login: Login | None) -> None:  # noqa: ARG002 - the protocol's
        """Raise `LoggedOut` for a refused token."""
        if response.status_code == 401:
            raise LoggedOut(f"{site_of(response)} does not accept the token: {TOKEN_HINT}")

    def error_in(self, response: Response, call: Call) -> TrackerError | None:
        """The error for a 4xx response, a renamed project, or a GraphQL answer with errors on either level."""
        if response.status_code in _MOVED:
            return _moved(response, call) if call.family == "projects" else None
        if not response.ok:
            return _refusal(response, call)
        return _graphql_error(response, call) if call.family == "graphql" else None

    def trace(self, response: Response) -> str:
        """The id of the request in GitLab's logs."""
        return response.headers.get("X-Request-Id") or ""


GITLAB = GitlabDialect()


def _graphql(method: str, body: object) -> Call:
    try:
        content = json.loads(body) if isinstance(body, str | bytes) else {}
    except ValueError:
        content = {}
    writes = str(content.get("query", "")).lstrip().startswith("mutation")
    return Call(method, "graphql", writes=writes)


def _number(headers: Mapping[str, str], name: str) -> int | None:
    value = headers.get(f"RateLimit-{name}", "")
    return int(value) if value.isdigit() else None


def _until_reset(headers: Mapping[str, str], now: datetime) -> float | None:
    reset = _number(headers, "Reset")
    return None if reset is None else seconds_until(datetime.fromtimestamp(reset, UTC), headers, now)


def _moved(response: Response, call: Call) -> TrackerError:
    return NotFound(
        f"{site_of(response)} answered {call} with another address: the project was renamed or moved; put its present "
        "path into [tracker] project"
    )


def _refusal(response: Response, call: Call) -> TrackerError:
    message = site_messages(response, _messages, TOKEN_HEADER)
    what = f"{site_of(response)} refused {call} ({response.status_code}){f': {message}' if message else ''}"
    match response.status_code:
        case 403:
            return Forbidden(
                f"{what}; the project is archived, the account's role or the token's scope is too small: "
                "`readyline doctor` says which"
            )
        case 404:
            return NotFound(f"{what}; it does not exist, or this account cannot see it")
        case 409:
            return Conflict(f"{what}; another write came at the same time")
        case 400 if call.endpoint.endswith("issues") and not call.writes:
            return BadQuery(f"{site_of(response)} does not understand the query: {message or 'no reason given'}")
        case _:
            return Rejected(what, status=response.status_code, reason=message)


def _graphql_error(response: Response, call: Call) -> TrackerError | None:
    body = response.json()
    messages = _messages(body)
    for part in (body.get("data") or {}).values() if isinstance(body, dict) else ():
        messages += _texts(part.get("errors")) if isinstance(part, dict) else []
    if not messages:
        return None
    shown = site_messages(response, lambda _: messages, TOKEN_HEADER)
    return Rejected(f"{site_of(response)} refused {call}: {shown}", status=200, reason=shown)


def _messages(body: Any) -> list[str]:
    """The messages of a refusal. GitLab has four shapes: a text, texts by field, an error, and GraphQL's list."""
    if not isinstance(body, dict):
        return []
    message = body.get("message")
    by_field = message.items() if isinstance(message, dict) else ()
    return [
        *_texts(message),
        *(f"{field}: {text}" for field, value in by_field for text in _texts(value)),
        *_texts(body.get("error")),
        *_texts(body.get("error_description")),
        *_texts(body.get("errors")),
    ]


def _texts(value: object) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    texts = (entry.get("message") if isinstance(entry, dict) else entry for entry in entries)
    return [text for text in texts if isinstance(text, str) and text]
