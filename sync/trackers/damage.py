"""What a tracker does about a mirror that turns out damaged while it reads."""

from collections.abc import Callable
from typing import TypeVar

from sync.errors import DamagedStore
from sync.store.mirror import Mirror

_Pulled = TypeVar("_Pulled")


def rebuilding(mirror: Mirror | None, pull: Callable[[], _Pulled]) -> _Pulled:
    """What a pull gives. A damaged mirror is rebuilt, and the pull made once more."""
    try:
        return pull()
    except DamagedStore as error:
        assert mirror is not None, "nothing else is read from a file here"
        mirror.rebuild(error)
        return pull()
