"""What other packages add to a table of ours: found under an entry-point group, loaded, checked, each name once."""

from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar

from sync.errors import ConfigError

K = TypeVar("K")


def with_installed(known: Mapping[str, K], group: str, noun: str, kind: type[K]) -> dict[str, K]:
    """Our table with the entries of installed packages; `noun` is what an error calls one ("tracker").

    Raises `ConfigError` naming the package's entry.
    """
    kinds = dict(known)
    for entry in sorted(entry_points(group=group), key=lambda entry: entry.name):
        if entry.name in kinds:
            raise ConfigError(f'the {noun} "{entry.name}" of {entry.value} has the same name as another one; rename it')
        kinds[entry.name] = _load(entry, noun, kind)
    return kinds


def _load(entry: EntryPoint, noun: str, kind: type[K]) -> K:
    named = f'the {noun} "{entry.name}" of {entry.value}'
    try:
        loaded = entry.load()
    except Exception as error:
        raise ConfigError(f"{named} cannot be loaded ({type(error).__name__}: {error})") from error
    if not isinstance(loaded, kind):
        raise ConfigError(f"{named} is not a {kind.__module__}.{kind.__qualname__}")
    return loaded
