"""What the server knows of the runs: written by the worker's thread, read by the server's."""

import threading
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The runs so far. `ended` is when the last good one ended, `why` why the last one failed ("" where it did not).

    Counts are since the start of the process, except `issues` and `ready`, which are those of the last good run.
    `seconds` is how long that took.
    """

    ended: datetime | None = None
    why: str = ""
    good: int = 0
    failed: int = 0
    written: int = 0
    refused: int = 0
    requests: int = 0
    issues: int = 0
    ready: int = 0
    seconds: float = 0.0

    @property
    def is_ready(self) -> bool:
        """Whether the last run was good: the pages are those of the tracker."""
        return self.ended is not None and not self.why


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One good run: when it ended, what it wrote and read, in whole numbers."""

    ended: datetime
    seconds: float
    written: int
    refused: int
    requests: int
    issues: int
    ready: int


class Board:
    """The present status, safe to read and write from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._status = Status()

    @property
    def status(self) -> Status:
        """The status at this moment."""
        with self._lock:
            return self._status

    def ran(self, run: Run) -> None:
        """Note a good run."""
        with self._lock:
            before = self._status
            self._status = replace(
                before,
                ended=run.ended,
                why="",
                good=before.good + 1,
                written=before.written + run.written,
                refused=before.refused + run.refused,
                requests=before.requests + run.requests,
                issues=run.issues,
                ready=run.ready,
                seconds=run.seconds,
            )

    def failed(self, why: str) -> None:
        """Note a run that failed."""
        with self._lock:
            self._status = replace(self._status, why=why or "the run failed", failed=self._status.failed + 1)
