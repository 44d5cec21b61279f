"""What a GitLab says when something is wrong, for the planned errors of `sync.fake_http.faults`."""

from datetime import datetime

from sync.fake_http.faults import Answer, wait_header


def too_many(retry_after: float | datetime | None = None, name: str = "") -> Answer:
    """429, with or without `Retry-After`; the general limits have a name. Its text may be anything."""
    named = {"RateLimit-Name": name} if name else {}
    return Answer(429, "Retry later\n", named | wait_header(retry_after), type="text/plain")


def moved(project: int) -> Answer:
    """301: a project that was renamed is found by its number."""
    address = f"/api/v4/projects/{project}"
    return Answer(301, '{"message":"Moved Permanently"}', {"Location": address})
