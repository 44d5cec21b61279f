"""What Jira says when something is wrong, for the planned errors of `sync.fake_http.faults`.

jira.faults.next(too_many("jira-burst-based", retry_after=1))       the next request
"""

import re
import time
from collections.abc import Callable
from datetime import datetime

from sync.fake_http.faults import (
    Anonymous,
    Answer,
    Asked,
    Fault,
    Faults,
    Late,
    Reset,
    Slow,
    Truncate,
    broken,
    html_page,
    reset_after,
    reset_before,
    wait_header,
)

__all__ = [
    "Anonymous",
    "Answer",
    "Asked",
    "Fault",
    "Faults",
    "Late",
    "PerIssueLimit",
    "Reset",
    "Slow",
    "Truncate",
    "broken",
    "captcha",
    "expired_page",
    "html_page",
    "logged_out",
    "refused",
    "reset_after",
    "reset_before",
    "too_many",
    "unavailable",
]


def too_many(reason: str = "jira-burst-based", retry_after: float | datetime | None = 1, **headers: str) -> Answer:
    """429 with its reason; `retry_after` is seconds, a date, or `None` for a gateway without it."""
    extra = {"RateLimit-Reason": reason} | {key.replace("_", "-"): value for key, value in headers.items()}
    return Answer(429, '{"errorMessages":["Rate limit exceeded."],"errors":{}}', extra | wait_header(retry_after))


def unavailable(retry_after: float | datetime | None = None) -> Answer:
    """503, with or without `Retry-After`."""
    return Answer(503, '{"errorMessages":["Service unavailable."]}', wait_header(retry_after))


def captcha() -> Answer:
    """403 after too many failed log-ins."""
    extra = {"X-Authentication-Denied-Reason": "CAPTCHA_CHALLENGE; login-url=/login.jsp"}
    return Answer(
        403, "<html><body>CAPTCHA</body></html>", extra | {"X-Seraph-LoginReason": "AUTHENTICATION_DENIED"}, "text/html"
    )


def logged_out() -> Answer:
    """401: the token has expired."""
    return Answer(
        401,
        '{"errorMessages":["Client must be authenticated to access this resource."]}',
        {"x-seraph-loginreason": "AUTHENTICATED_FAILED"},
    )


def refused(status: int, message: str) -> Answer:
    """Any other refusal in Jira's shape: 400, 403, 404, 409."""
    quoted = message.replace("\\", "\\\\").replace('"', '\\"')
    return Answer(status, f'{{"errorMessages":["{quoted}"],"errors":{{}}}}')


def expired_page() -> Answer:
    """400: the page token is too old."""
    return refused(400, "The provided next page token is invalid or expired.")


class PerIssueLimit:
    """A hook with Cloud's limit of writes to one issue: 20 in 2 seconds and 100 in 30 seconds."""

    WINDOWS = ((2.0, 20), (30.0, 100))

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.writes: dict[str, list[float]] = {}

    def __call__(self, asked: Asked) -> Fault | None:
        """429 for a write too many; writes by id and by key count apart."""
        named = re.search(r"/api/[23]/issue/([^/]+)", asked.path)
        if named is None or asked.method == "GET" or named[1] == "bulkfetch":
            return None
        now = self.clock()
        recent = [at for at in self.writes.get(named[1], []) if now - at < self.WINDOWS[-1][0]]
        for seconds, most in self.WINDOWS:
            within = [at for at in recent if now - at < seconds]
            if len(within) >= most:
                return too_many("jira-per-issue-on-write", max(1, round(seconds - (now - within[-most]) + 0.5)))
        self.writes[named[1]] = [*recent, now]
        return None
