"""The kind of an HTTP request for limits and retries: its endpoint, its issue, and whether it may be sent twice."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from requests import PreparedRequest

_ID = re.compile(r"^(?:\d+|[A-Z][A-Z0-9_]*-\d+)$")
_ISSUE = re.compile(r"/issue/(?P<issue>\d+|[A-Z][A-Z0-9_]*-\d+)(?:/|$)")
_READING_POSTS = (
    "/search",
    "/search/jql",
    "/search/approximate-count",
    "/issue/bulkfetch",
    "/changelog/bulkfetch",
    "/comment/list",
)
"""POST requests that change nothing: their query is too long for an address."""
_STATE_POSTS = ("/sprint/{}/issue", "/backlog/issue")
"""POST requests that set a state: a second one changes nothing."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request, as a tracker's limits distinguish them.

    `endpoint` is the path below `/rest/` without ids ("api/3/issue/{}/comment"); `issue` is the one written
    to, "" for reads and for writes to several.
    """

    method: str
    endpoint: str
    issue: str = ""

    @classmethod
    def of(cls, request: PreparedRequest) -> "Call":
        """The kind of a prepared request."""
        method = (request.method or "GET").upper()
        path = urlsplit(request.url or "").path.partition("/rest/")[2]
        api, *parts = path.split("/")
        endpoint = "/".join((api, *parts[:1], *("{}" if _ID.match(part) else part for part in parts[1:])))
        call = cls(method, endpoint)
        match = _ISSUE.search(f"/{path}")
        return cls(method, endpoint, match["issue"]) if match and call.writes else call

    @property
    def writes(self) -> bool:
        """Whether it changes something on the site."""
        return self.method != "GET" and not self._ends_in(_READING_POSTS)

    @property
    def creates(self) -> bool:
        """Whether sending it twice would create two things; such a call is never repeated blindly."""
        return self.method == "POST" and self.writes and not self._ends_in(_STATE_POSTS)

    def _ends_in(self, tails: tuple[str, ...]) -> bool:
        return f"/{self.endpoint}".endswith(tails)

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint}"
