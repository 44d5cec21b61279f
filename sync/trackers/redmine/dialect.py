"""How Redmine speaks over HTTP: which requests write, and what its answers mean."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from requests import PreparedRequest, Response

from sync.errors import BadQuery, Conflict, Forbidden, LoggedOut, NotFound, Rejected, TrackerError
from sync.trackers.dialect import Limit, Login
from sync.trackers.request_kind import Call
from sync.trackers.responses import TOKEN_HINT, retry_after, site_messages, site_of

KEY_HEADER = "X-Redmine-API-Key"
RATES: Mapping[str, float] = {"GET": 20.0, "PUT": 10.0}
"""Redmine has no limits; more than this slows a small server down for people."""
_RESOURCE = re.compile(
    r"/(?P<path>(?:enumerations|issue_statuses|issues|journals|projects|roles|trackers|users|versions)\b.*)$"
)
_WRITTEN = re.compile(r"^issues/(?P<issue>\d+)$")
_ID = re.compile(r"(?<=/)\d+(?=/|$)")


@dataclass(frozen=True, slots=True)
class RedmineDialect:
    """The dialect of Redmine, as `sync.trackers.dialect.Dialect`."""

    title: str = "Redmine"

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
        """None."""
        return ()

    def call(self, request: PreparedRequest) -> Call:
        """The kind of a request. A PUT of an issue with a note creates that note each time it is sent."""
        method = (request.method or "GET").upper()
        match = _RESOURCE.search(urlsplit(request.url or "").path)
        path = match["path"].removesuffix(".json") if match else ""
        issue = _WRITTEN.match(path)
        return Call(
            method,
            _ID.sub("{}", path),
            issue=issue["issue"] if issue and method != "GET" else "",
            writes=method != "GET",
            creates=method == "POST" or (method == "PUT" and issue is not None and _has_note(request.body)),
        )

    def limit(self, response: Response) -> Limit | None:
        """A 429, which only a gateway in front of Redmine sends."""
        return Limit("gateway") if response.status_code == 429 else None

    def asked_wait(self, headers: Mapping[str, str], now: datetime) -> float | None:
        """`Retry-After`."""
        return retry_after(headers, now)

    def refills(self, headers: Mapping[str, str]) -> Iterator[tuple[float, str]]:  # noqa: ARG002 - the protocol's
        """Nothing: Redmine counts no requests."""
        return iter(())

    def is_near_limit(self, headers: Mapping[str, str]) -> bool:  # noqa: ARG002 - the protocol's
        """Never: Redmine has no limits."""
        return False

    def account_named(self, response: Response) -> str:  # noqa: ARG002 - the protocol's
        """None: with a wrong key a public project answers as for an anonymous user; each pull asks who we are."""
        return ""

    def check_login(self, response: Response, login: Login | None) -> None:  # noqa: ARG002 - the protocol's
        """Raise `LoggedOut` for a refused key."""
        if response.status_code == 401:
            raise LoggedOut(f"{site_of(response)} does not accept the API key: {TOKEN_HINT}")

    def error_in(self, response: Response, call: Call) -> TrackerError | None:
        """The error for a 4xx response, with the site's own message.

        What a role or workflow forbids is answered with 204 and ignored: only reading the issue again shows that.
        """
        return None if response.ok else _refusal(response, call)

    def trace(self, response: Response) -> str:
        """The id of the request in Redmine's log."""
        return response.headers.get("X-Request-Id") or ""


REDMINE = RedmineDialect()


def _has_note(body: object) -> bool:
    try:
        content = json.loads(body) if isinstance(body, str | bytes) else None
    except ValueError:
        return False
    issue = content.get("issue") if isinstance(content, dict) else None
    return isinstance(issue, dict) and bool(issue.get("notes"))


def _refusal(response: Response, call: Call) -> TrackerError:
    message = site_messages(response, _messages, KEY_HEADER)
    what = f"{site_of(response)} refused {call} ({response.status_code}){f': {message}' if message else ''}"
    match response.status_code:
        case 403:
            return Forbidden(
                f"{what}; the project is archived, the account lacks a right, or the REST interface is off: "
                "`readyline doctor` says which"
            )
        case 404:
            return NotFound(f"{what}; it does not exist, or this account cannot see it")
        case 409:
            return Conflict(f"{what}; another write came at the same time")
        case 400 | 422 if call.endpoint == "issues" and not call.writes:
            return BadQuery(f"{site_of(response)} does not understand the query: {message or 'no reason given'}")
        case _:
            return Rejected(what, status=response.status_code, reason=message)


def _messages(body: Any) -> list[str]:
    errors = body.get("errors") if isinstance(body, dict) else None
    return [text for text in errors if isinstance(text, str)] if isinstance(errors, list) else []
