"""Limits and errors as GitHub sends them."""

import json
from typing import Any

from sync.fake_http.faults import Answer, wait_header


def secondary_limit(retry_after: float | None = None, status: int = 403) -> Answer:
    """A secondary limit: with or without `Retry-After`, as 403 or 429."""
    body = {"message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}
    return _answer(status, body, **wait_header(retry_after), **{"X-RateLimit-Remaining": "4987"})


def hourly_limit(reset: float) -> Answer:
    """The hourly quota is used up until a moment, in seconds since 1970."""
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": f"{reset:.0f}"}
    return _answer(403, {"message": "API rate limit exceeded for user ID 1."}, **headers)


def graphql_limit(reset: float) -> Answer:
    """A GraphQL answer with status 200 that says that the quota is used up."""
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": f"{reset:.0f}"}
    return _answer(200, {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]}, **headers)


def graphql_error(message: str, kind: str = "") -> Answer:
    """A GraphQL answer with status 200, an error and no data."""
    return _answer(200, {"data": None, "errors": [{"message": message, **({"type": kind} if kind else {})}]})


def refused(status: int, message: str) -> Answer:
    """Any other refusal."""
    return _answer(status, {"message": message, "documentation_url": "https://docs.github.com/rest"})


def _answer(status: int, body: Any, **headers: str) -> Answer:
    return Answer(status, json.dumps(body), headers, type="application/json; charset=utf-8")
