"""The meaning of Jira's HTTP responses: how long to wait, whether the log-in is still valid, what went wrong.

Messages contain no token, request or body: only the site's own error messages, shortened.
"""

import base64
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from requests import Response

from sync.errors import BadQuery, Conflict, Forbidden, LoggedOut, NotFound, NotJson, Rejected, TrackerError, WebPage
from sync.sanitize import one_line
from sync.trackers.request_kind import Call

BURST = "jira-burst-based"
PER_ISSUE = "jira-per-issue-on-write"
UNKNOWN = "unknown"
_LONGEST_MESSAGE = 300
_SEARCHES = ("/search", "/search/jql")
_LOGIN = re.compile(r"log-?in|sso|saml|auth", re.IGNORECASE)
_TOKEN_HINT = "check READYLINE_TOKEN (it may have expired) and its account"  # noqa: S105 - its name


def server_time(headers: Mapping[str, str]) -> datetime | None:
    """The time of the response, by the site's clock."""
    return _http_date(headers.get("Date", ""))


def asked_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds the site asks to wait, `None` if it asks for none.

    `Retry-After` is a number of seconds or a date; `X-RateLimit-Reset` a time (ISO 8601). Dates
    are compared with the site's clock where it sends one; `now` is ours.
    """
    asked = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d+(?:\.\d+)?", asked):
        return float(asked)
    moment = _http_date(asked) or _iso_date(headers.get("X-RateLimit-Reset", ""))
    if moment is None:
        return None
    return max((moment - (server_time(headers) or now)).total_seconds(), 0.0)


def limit_reason(headers: Mapping[str, str]) -> str:
    """The limit named by a 429; an unknown one, or none, means everything."""
    return headers.get("RateLimit-Reason", "").strip() or UNKNOWN


def quota_wait(headers: Mapping[str, str]) -> float | None:
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


def bucket_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds until an empty Data Center bucket has a token again; `None` while it has one."""
    try:
        left = int(headers.get("X-RateLimit-Remaining", ""))
        interval = float(headers.get("X-RateLimit-Interval-Seconds", ""))
    except ValueError:
        return None
    return interval if left <= 0 else None


def check_login(response: Response, account: str | None) -> None:
    """Raise `LoggedOut` unless the response is for the expected account, and not for an anonymous user."""
    headers = response.headers
    denied = headers.get("X-Authentication-Denied-Reason", "")
    if "CAPTCHA" in denied.upper():
        raise LoggedOut(
            f"{_site(response)} requires a CAPTCHA before it accepts this account again: "
            "log in once in a browser, or use a personal access token"
        )
    if response.status_code == 401:
        raise LoggedOut(f"{_site(response)} does not accept the token: {_TOKEN_HINT}")
    reason = headers.get("X-Seraph-LoginReason", "")
    if "AUTHENTICATED_FAILED" in reason or "AUTHENTICATION_DENIED" in reason:
        raise LoggedOut(f"{_site(response)}: Jira treated us as anonymous; {_TOKEN_HINT}")
    given = account_named(response)
    if given and account is not None and given.casefold() != account.casefold():
        raise LoggedOut(f'{_site(response)} answered for account "{one_line(given)}", not "{account}": {_TOKEN_HINT}')


def account_named(response: Response) -> str:
    """The account that a response names, "" for none."""
    headers = response.headers
    return unquote(headers.get("X-AACCOUNTID") or headers.get("X-AUSERNAME") or "")


def check_named(response: Response) -> None:
    """Raise `LoggedOut` for a response without an account where responses of its kind named ours before.

    With a lost log-in some calls still answer 200, as for an anonymous user, who sees fewer issues; hidden ones are
    a 404, like a deleted issue. Other refusals may come from a gateway in front of the site.
    """
    if (response.ok or response.status_code == 404) and not account_named(response):
        raise LoggedOut(f"{_site(response)}: Jira treated us as anonymous; {_TOKEN_HINT}")


def check_form(response: Response) -> None:
    """Raise unless a response is JSON from the site itself: no redirect, no web page."""
    if response.is_redirect or response.is_permanent_redirect:
        raise _redirected(response)
    if response.status_code == 204 or not response.content:
        return
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind == "application/json" or kind.endswith("+json"):
        return
    if response.ok and response.content.lstrip()[:1] == b"<":
        raise WebPage(
            f"{_site(response)} answered with a web page instead of data, probably a log-in page: check that "
            f"[tracker] url is the address of Jira itself, and {_TOKEN_HINT}"
        )
    if response.ok:
        raise NotJson(
            f'{_site(response)} answered with "{one_line(kind or "no content type")}" instead of JSON: '
            "check that [tracker] url is the address of Jira itself"
        )


def reads(response: Response) -> bool:
    """Whether a JSON body is complete; one that ends too early is not an answer, whatever its status.

    Large responses are parsed only once: `response.json()` returns the parsed value from here on.
    """
    if "json" not in response.headers.get("Content-Type", "") or not response.content.strip():
        return True
    try:
        parsed = json.loads(response.content)
    except ValueError:
        return False
    # As an escape, or as bytes that UTF-8 forbids and `json` accepts.
    if b"\\ud" in response.content.lower() or b"\xed" in response.content:
        parsed = _whole_characters(parsed)
    response.__dict__["json"] = lambda **_: parsed
    return True


def _whole_characters(parsed: Any) -> Any:
    """The parsed value with lone surrogates replaced: half an emoji cannot be encoded anywhere."""
    text = json.dumps(parsed, ensure_ascii=False)
    return json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def refusal(response: Response, call: Call) -> TrackerError:
    """The error for a 4xx response, with the site's own message."""
    message = messages(response)
    what = f"{_site(response)} refused {call} ({response.status_code}){f': {message}' if message else ''}"
    match response.status_code:
        case 403:
            return Forbidden(f"{what}; the account lacks a permission: `readyline doctor` names it")
        case 404:
            return NotFound(f"{what}; it does not exist, or this account cannot see it")
        case 409:
            return Conflict(f"{what}; another write came at the same time")
        case 400 if f"/{call.endpoint}".endswith(_SEARCHES):
            return BadQuery(f"{_site(response)} does not understand the query: {message or 'no reason given'}")
        case _:
            return Rejected(what, status=response.status_code, reason=message)


def messages(response: Response) -> str:
    """The site's error messages in one line, "" for none."""
    try:
        body = response.json()
    except ValueError:
        return ""
    return one_line(_without_login("; ".join(_messages(body)), response))[:_LONGEST_MESSAGE]


def _without_login(text: str, response: Response) -> str:
    """The text without our credentials: a gateway may repeat them, and errors go into store and reports."""
    _, _, sent = response.request.headers.get("Authorization", "").partition(" ")
    try:
        _, _, token = base64.b64decode(sent, validate=True).decode().partition(":")
    except ValueError:
        token = ""
    for secret in filter(None, (sent, token)):
        text = text.replace(secret, "[secret]")
    return text


def _messages(body: Any) -> list[str]:
    if not isinstance(body, dict):
        return []
    errors = body.get("errors")
    texts = [text for text in body.get("errorMessages") or () if isinstance(text, str)]
    texts += [body[key] for key in ("message", "errorMessage") if isinstance(body.get(key), str)]
    if isinstance(errors, dict):
        texts += [f"{name}: {text}" for name, text in errors.items()]
    return texts


def _redirected(response: Response) -> TrackerError:
    target = urlsplit(urljoin(response.url, response.headers.get("Location", "")))
    if _LOGIN.search(target.path) or _LOGIN.search(target.netloc):
        return WebPage(f"{_site(response)} redirects to a log-in page: {_TOKEN_HINT}")
    where = one_line(f"{target.scheme}://{target.netloc}")
    return TrackerError(f"{_site(response)} redirects to {where}: put the right address into [tracker] url")


def _site(response: Response) -> str:
    return urlsplit(response.url or "").netloc or "the site"


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _iso_date(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
