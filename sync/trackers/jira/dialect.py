"""How Jira speaks over HTTP, Cloud and Data Center: which requests write, and what answers and headers mean."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from requests import PreparedRequest, Response

from sync.errors import BadQuery, Conflict, Forbidden, LoggedOut, NotFound, Rejected, TrackerError
from sync.sanitize import one_line
from sync.trackers.dialect import Limit, Login, Reach
from sync.trackers.request_kind import Call
from sync.trackers.responses import TOKEN_HINT, iso_date, retry_after, seconds_until, site_messages, site_of

RATES: Mapping[str, float] = {"GET": 50.0, "POST": 50.0, "PUT": 25.0, "DELETE": 25.0}
"""Half of what Cloud grants, because all apps of a site share it.

https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
"""
WRITES_TO_ONE_ISSUE = ((20, 2.0), (100, 30.0))
"""Cloud's limit `jira-per-issue-on-write`."""
UNKNOWN = "unknown"
_REACH = {"jira-burst-based": Reach.ENDPOINT, "jira-per-issue-on-write": Reach.ISSUE}
_ID = re.compile(r"^(?:\d+|[A-Z][A-Z0-9_]*-\d+)$")
_ISSUE = re.compile(r"/issue/(?P<issue>\d+|[A-Z][A-Z0-9_]*-\d+)(?:/|$)")
_SEARCHES = ("/search", "/search/jql")
_READING_POSTS = (
    *_SEARCHES,
    "/search/approximate-count",
    "/issue/bulkfetch",
    "/changelog/bulkfetch",
    "/comment/list",
)
"""POST requests that change nothing: their query is too long for an address."""
_STATE_POSTS = ("/sprint/{}/issue", "/backlog/issue")
"""POST requests that set a state: a second one changes nothing."""


@dataclass(frozen=True, slots=True)
class JiraDialect:
    """The dialect of both kinds of Jira, as `sync.trackers.dialect.Dialect`."""

    title: str = "Jira"

    @property
    def rates(self) -> Mapping[str, float]:
        """Calls per second to one endpoint."""
        return RATES

    @property
    def writes_to_one_issue(self) -> Sequence[tuple[int, float]]:
        """Pairs of (writes, seconds)."""
        return WRITES_TO_ONE_ISSUE

    @property
    def creations(self) -> Sequence[tuple[int, float]]:
        """None."""
        return ()

    def call(self, request: PreparedRequest) -> Call:
        """The kind of a request, by its method and its path below `/rest/`."""
        method = (request.method or "GET").upper()
        path = urlsplit(request.url or "").path.partition("/rest/")[2]
        api, *parts = path.split("/")
        endpoint = "/".join((api, *parts[:1], *("{}" if _ID.match(part) else part for part in parts[1:])))
        writes = method != "GET" and not _ends_in(endpoint, _READING_POSTS)
        match = _ISSUE.search(f"/{path}")
        return Call(
            method,
            endpoint,
            issue=match["issue"] if match and writes else "",
            writes=writes,
            creates=method == "POST" and writes and not _ends_in(endpoint, _STATE_POSTS),
        )

    def limit(self, response: Response) -> Limit | None:
        """A 429; an unknown reason, or none, means everything."""
        if response.status_code != 429:
            return None
        reason = response.headers.get("RateLimit-Reason", "").strip() or UNKNOWN
        return Limit(reason, _REACH.get(reason, Reach.SITE))

    def asked_wait(self, headers: Mapping[str, str], now: datetime) -> float | None:
        """`Retry-After`, else `X-RateLimit-Reset`, a time in ISO 8601."""
        if (asked := retry_after(headers, now)) is not None:
            return asked
        moment = iso_date(headers.get("X-RateLimit-Reset", ""))
        return None if moment is None else seconds_until(moment, headers, now)

    def refills(self, headers: Mapping[str, str]) -> Iterator[tuple[float, str]]:
        """Cloud's hourly quotas, and Data Center's bucket of one user."""
        if (seconds := _quota_wait(headers)) is not None:
            yield seconds, "quota"
        if (seconds := _bucket_wait(headers)) is not None:
            yield seconds, "bucket-empty"

    def is_near_limit(self, headers: Mapping[str, str]) -> bool:
        """Whether `X-RateLimit-NearLimit` says so."""
        return headers.get("X-RateLimit-NearLimit", "").lower() == "true"

    def account_named(self, response: Response) -> str:
        """The account that a response names, "" for none."""
        headers = response.headers
        return unquote(headers.get("X-AACCOUNTID") or headers.get("X-AUSERNAME") or "")

    def check_login(self, response: Response, login: Login | None) -> None:
        """Raise `LoggedOut` unless the response is for the expected account, and not for an anonymous user."""
        headers = response.headers
        denied = headers.get("X-Authentication-Denied-Reason", "")
        if "CAPTCHA" in denied.upper():
            raise LoggedOut(
                f"{site_of(response)} requires a CAPTCHA before it accepts this account again: "
                "log in once in a browser, or use a personal access token"
            )
        if response.status_code == 401:
            raise LoggedOut(f"{site_of(response)} does not accept the token: {TOKEN_HINT}")
        reason = headers.get("X-Seraph-LoginReason", "")
        if "AUTHENTICATED_FAILED" in reason or "AUTHENTICATION_DENIED" in reason:
            raise LoggedOut(f"{site_of(response)}: Jira treated us as anonymous; {TOKEN_HINT}")
        given = self.account_named(response)
        if given and login is not None and given.casefold() != login.account.casefold():
            # Cloud names an account by its id, Data Center by a name that people know.
            other = "another account" if headers.get("X-AACCOUNTID") else f'account "{one_line(given)}"'
            name = one_line(login.name)
            raise LoggedOut(f'{site_of(response)} answered for {other}, not for "{name}": {TOKEN_HINT}')

    def error_in(self, response: Response, call: Call) -> TrackerError | None:
        """The error for a 4xx response, with the site's own message."""
        return None if response.ok else _refusal(response, call)

    def trace(self, response: Response) -> str:
        """Cloud's trace id, or Data Center's request id."""
        return response.headers.get("Atl-Traceid") or response.headers.get("X-AREQUESTID") or ""


JIRA = JiraDialect()


def _ends_in(endpoint: str, tails: tuple[str, ...]) -> bool:
    return f"/{endpoint}".endswith(tails)


def _quota_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds until a used-up hourly quota is refilled; `None` while some of it is left.

    `RateLimit: "global-app-quota";r=0;t=600`, several policies separated by commas. A header that begins with `Beta-`
    is not yet enforced.
    """
    waits = [
        float(left["t"])
        for policy in headers.get("RateLimit", "").split(",")
        if (left := dict(re.findall(r"\b([rt])=(\d+)", policy))).get("r") == "0" and "t" in left
    ]
    return max(waits, default=None)


def _bucket_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds until an empty Data Center bucket has a token again; `None` while it has one."""
    try:
        left = int(headers.get("X-RateLimit-Remaining", ""))
        interval = float(headers.get("X-RateLimit-Interval-Seconds", ""))
    except ValueError:
        return None
    return interval if left <= 0 else None


def _refusal(response: Response, call: Call) -> TrackerError:
    message = site_messages(response, _messages)
    what = f"{site_of(response)} refused {call} ({response.status_code}){f': {message}' if message else ''}"
    match response.status_code:
        case 403:
            return Forbidden(f"{what}; the account lacks a permission: `readyline doctor` names it")
        case 404:
            return NotFound(f"{what}; it does not exist, or this account cannot see it")
        case 409:
            return Conflict(f"{what}; another write came at the same time")
        case 400 if _ends_in(call.endpoint, _SEARCHES):
            return BadQuery(f"{site_of(response)} does not understand the query: {message or 'no reason given'}")
        case _:
            return Rejected(what, status=response.status_code, reason=message)


def _messages(body: Any) -> list[str]:
    if not isinstance(body, dict):
        return []
    errors = body.get("errors")
    texts = [text for text in body.get("errorMessages") or () if isinstance(text, str)]
    texts += [body[key] for key in ("message", "errorMessage") if isinstance(body.get(key), str)]
    if isinstance(errors, dict):
        texts += [f"{name}: {text}" for name, text in errors.items()]
    return texts
