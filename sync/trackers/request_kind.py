"""One HTTP request as the limits and the retry rules see it: which endpoint, which issue, may it be sent twice."""

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
    "/comment/list",
)
"""What is a POST only because its query is long: it changes nothing."""
_STATE_POSTS = ("/sprint/{}/issue", "/backlog/issue")
"""What names the state to reach: a second time changes nothing."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request, told apart as a tracker's limits tell requests apart.

    `endpoint` is the path below `/rest/` with ids taken out ("api/3/issue/{}/comment"); `issue` is the one written
    to, "" for reads and for writes to many.
    """

    method: str
    endpoint: str
    issue: str = ""

    @classmethod
    def of(cls, request: PreparedRequest) -> "Call":
        """Tell what kind of call a prepared request is."""
        method = (request.method or "GET").upper()
        path = urlsplit(request.url or "").path.partition("/rest/")[2]
        api, *parts = path.split("/")
        endpoint = "/".join((api, *parts[:1], *("{}" if _ID.match(part) else part for part in parts[1:])))
        call = cls(method, endpoint)
        found = _ISSUE.search(f"/{path}")
        return cls(method, endpoint, found["issue"]) if found and call.writes else call

    @property
    def writes(self) -> bool:
        """Whether it changes anything on the site."""
        return self.method != "GET" and not self._ends_in(_READING_POSTS)

    @property
    def creates(self) -> bool:
        """Whether carrying it out twice would leave two of something: such a call is never sent again blindly."""
        return self.method == "POST" and self.writes and not self._ends_in(_STATE_POSTS)

    def _ends_in(self, tails: tuple[str, ...]) -> bool:
        return f"/{self.endpoint}".endswith(tails)

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint}"
