"""Log-ins that a site refused: no other product tries the same one, because more attempts lock accounts."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sync.config import Settings
from sync.errors import LoggedOut, is_refused_login


class Logins:
    """The refused log-ins, with the product that was refused; threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._refused: dict[str, str] = {}

    @contextmanager
    def used_by(self, product: str, settings: Settings) -> Iterator[None]:
        """Note whether the site refuses the log-in inside. Raises `LoggedOut` where it has already done so."""
        login = login_of(settings)
        with self._lock:
            other = self._refused.get(login)
        if other is not None:
            raise refused_before(other)
        try:
            yield
        except LoggedOut as error:
            if is_refused_login(error):
                with self._lock:
                    self._refused[login] = product
            raise

    def forgive(self, settings: Settings) -> None:
        """Allow one more attempt with a log-in, because somebody changed a configuration with it."""
        with self._lock:
            self._refused.pop(login_of(settings), None)


def refused_before(product: str) -> LoggedOut:
    """The error of a log-in that is not tried, because the site refused it for this product."""
    return LoggedOut(f'not asked: the site refused this log-in for "{product}" before')


def login_of(settings: Settings) -> str:
    """A digest of the log-in that a configuration uses."""
    tracker = settings.tracker
    parts = (tracker.url, str(getattr(tracker, "email", "")), settings.token.get_secret_value())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
