"""What HTTP responses of any tracker say: the site's time and waits, whether it is an answer at all, its messages.

Messages contain no token, request or body: only the site's own error messages, shortened.
"""

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from pydantic_core import from_json
from requests import Response

from sync.errors import LoggedOut, NotJson, TrackerError, WebPage
from sync.sanitize import encodable, one_line

_LONGEST_MESSAGE = 300
_LOGIN = re.compile(r"log-?in|sso|saml|auth", re.IGNORECASE)
TOKEN_HINT = "check READYLINE_TOKEN or what token_env names (it may have expired), and its account"  # noqa: S105


def server_time(headers: Mapping[str, str]) -> datetime | None:
    """The time of the response, by the site's clock."""
    return _http_date(headers.get("Date", ""))


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds of `Retry-After`, a number or a date, `None` without one; `now` is our clock."""
    asked = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d+(?:\.\d+)?", asked):
        return float(asked)
    moment = _http_date(asked)
    return None if moment is None else seconds_until(moment, headers, now)


def seconds_until(moment: datetime, headers: Mapping[str, str], now: datetime) -> float:
    """Seconds until a moment by the site's clock where it sends one, else by ours; never negative."""
    return max((moment - (server_time(headers) or now)).total_seconds(), 0.0)


def anonymous(response: Response, title: str) -> LoggedOut:
    """The error for a response without an account where responses of its kind named ours before.

    With a lost log-in some calls still answer 200, as for an anonymous user, who sees fewer issues.
    """
    return LoggedOut(f"{site_of(response)}: {title} treated us as anonymous; {TOKEN_HINT}")


def check_form(response: Response, title: str) -> None:
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
            f"{site_of(response)} answered with a web page instead of data, probably a log-in page: check that "
            f"[tracker] url is the address of {title} itself, and {TOKEN_HINT}"
        )
    if response.ok:
        raise NotJson(
            f'{site_of(response)} answered with "{one_line(kind or "no content type")}" instead of JSON: '
            f"check that [tracker] url is the address of {title} itself"
        )


def reads(response: Response) -> bool:
    """Whether a JSON body is complete; one that ends too early is not an answer, whatever its status.

    Large responses are parsed only once: `response.json()` returns the parsed value from here on.
    """
    if "json" not in response.headers.get("Content-Type", "") or not response.content.strip():
        return True
    try:
        parsed = _parsed(response.content)
    except ValueError:
        return False
    response.__dict__["json"] = lambda **_: parsed
    return True


def _parsed(content: bytes) -> Any:
    """The value of a JSON text. Raises `ValueError`.

    Half an emoji becomes a mark. `from_json` takes half the time of `json`. It accepts no lone surrogate, deep nesting
    or byte order mark; such a text is read again.
    """
    try:
        return from_json(content)
    except ValueError:
        return json.loads(encodable(json.dumps(json.loads(content), ensure_ascii=False)))


def site_messages(response: Response, texts: Callable[[Any], Iterable[str]], credential: str = "Authorization") -> str:
    """The site's error messages in one line, "" for none.

    `texts` finds them in the parsed body; `credential` is the request header with our token, which they may repeat.
    """
    try:
        body = response.json()
    except ValueError:
        return ""
    sent = response.request.headers.get(credential, "")
    return one_line(_without_login("; ".join(texts(body)), sent))[:_LONGEST_MESSAGE]


def _without_login(text: str, credential: str) -> str:
    """The text without our credentials: a gateway may repeat them, and errors go into store and reports."""
    sent = credential.rpartition(" ")[2]
    try:
        _, _, token = base64.b64decode(sent, validate=True).decode().partition(":")
    except ValueError:
        token = ""
    for secret in filter(None, (sent, token)):
        text = text.replace(secret, "[secret]")
    return text


def _redirected(response: Response) -> TrackerError:
    target = urlsplit(urljoin(response.url, response.headers.get("Location", "")))
    if _LOGIN.search(target.path) or _LOGIN.search(target.netloc):
        return WebPage(f"{site_of(response)} redirects to a log-in page: {TOKEN_HINT}")
    where = one_line(f"{target.scheme}://{target.netloc}")
    return TrackerError(f"{site_of(response)} redirects to {where}: put the right address into [tracker] url")


def site_of(response: Response) -> str:
    """The host that answered."""
    return urlsplit(response.url or "").netloc or "the site"


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def iso_date(text: str) -> datetime | None:
    """A time in ISO 8601, in UTC where it names no zone; `None` for anything else."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
