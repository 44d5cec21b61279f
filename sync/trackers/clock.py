"""Time as the trackers see it: handed in, so that no test ever waits."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What a transport needs of time."""

    def monotonic(self) -> float:
        """Seconds that only ever grow: for waits."""
        ...

    def now(self) -> datetime:
        """The date and time, aware: for what a site dates."""
        ...

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""
        ...


class SystemClock:
    """The machine's own clock."""

    def monotonic(self) -> float:
        """Seconds that only ever grow."""
        return time.monotonic()

    def now(self) -> datetime:
        """The date and time, aware."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""
        time.sleep(seconds)
