"""Log-ins that a site refused: no other product tries the same one, because more attempts lock accounts."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sync.config import Settings
from sync.errors import LoggedOut, NotJson


class Logins:
    """The refused log-ins, with the product that was refused; threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._refused: dict[tuple[str, ...], str] = {}

    @contextmanager
    def used_by(self, product: str, settings: Settings) -> Iterator[None]:
        """Note whether the site refuses the log-in inside. Raises `LoggedOut` where it has already done so."""
        login = _login(settings)
        with self._lock:
            other = self._refused.get(login)
        if other is not None:
            raise LoggedOut(f'not asked: the site refused this log-in for "{other}" before')
        try:
            yield
        except LoggedOut as error:
            if not isinstance(error, NotJson):  # a web page may come from a proxy
                with self._lock:
                    self._refused[login] = product
            raise

    def forgive(self, settings: Settings) -> None:
        """Allow one more attempt with a log-in, because somebody changed a configuration with it."""
        with self._lock:
            self._refused.pop(_login(settings), None)


def _login(settings: Settings) -> tuple[str, ...]:
    tracker = settings.tracker
    return (tracker.url, str(getattr(tracker, "email", "")), settings.token.get_secret_value())
