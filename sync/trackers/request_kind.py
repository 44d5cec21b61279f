"""The kind of an HTTP request for limits and retries: its endpoint, its issue, and whether it may be sent twice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Call:
    """A request, as a tracker's dialect reads it (see `sync.trackers.dialect`).

    `endpoint` is the path without ids ("api/3/issue/{}/comment"); `issue` is the one written to, "" for reads and for
    writes to several. `writes` is whether it changes something on the site. `creates` is whether sending it twice would
    create two things; such a call is never repeated blindly.
    """

    method: str
    endpoint: str
    issue: str = ""
    writes: bool = False
    creates: bool = False

    @property
    def family(self) -> str:
        """The part of the site that answers: the first part of the endpoint."""
        return self.endpoint.partition("/")[0]

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint}"
