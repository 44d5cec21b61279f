"""The products of one installation: a folder of configurations, one product each."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sync.config.settings import Settings
from sync.config.store_place import store_of
from sync.errors import ConfigError, UsageError
from sync.store.sqlite import FilePlace


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFile:
    """The configuration of one product. `place` is where its pages are below the address of its web server."""

    name: str
    path: Path
    place: str

    @property
    def stamp(self) -> tuple[int, int]:
        """What differs once the file was written again; (0, 0) where it cannot be read."""
        try:
            state = self.path.stat()
        except OSError:
            return (0, 0)
        return (state.st_mtime_ns, state.st_size)


def only_product(file: Path) -> tuple[ProductFile]:
    """One configuration as the only product; its pages are at the root of the server."""
    return (ProductFile(name=file.stem, path=file, place=""),)


def products_in(folder: Path) -> tuple[ProductFile, ...]:
    """The configurations in a folder, sorted: a product is called as its file without `.toml`.

    Other folders in it are not read. A name that begins with "_" or "." is not a product: it is for shared files.
    Raises `UsageError` where the folder cannot be read.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".toml" and path.is_file())
    except OSError as error:
        raise UsageError(f'--products: the folder "{folder}" cannot be read ({error.strerror})') from error
    names = (path for path in files if not path.name.startswith(("_", ".")))
    return tuple(ProductFile(name=path.stem, path=path, place=path.stem) for path in names)


@dataclass(slots=True)
class Claims:
    """Which product has which store and which folders of reports; threads may share it.

    Two products with one store would remove each other's labels and comments.
    """

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _claims: dict[str, dict[tuple[str, str], Path]] = field(default_factory=dict)

    def claim(self, product: ProductFile, settings: Settings) -> None:
        """Note what a product uses now. Raises `ConfigError` where another product has it already."""
        wanted = dict.fromkeys(places_of(settings), product.path)
        with self._lock:
            others = [claimed for name, claimed in self._claims.items() if name != product.name]
            for option, place in wanted:
                if taken := [claimed[option, place] for claimed in others if (option, place) in claimed]:
                    raise ConfigError(
                        f'{product.path}: {option} = "{place}" belongs to {taken[0]}; give each product its own'
                    )
            self._claims[product.name] = wanted

    def release(self, product: str) -> None:
        """Forget a product that is there no more."""
        with self._lock:
            self._claims.pop(product, None)


def places_of(settings: Settings) -> Iterator[tuple[str, str]]:
    """What a product must have for itself: the option and its value. Raises `ConfigError`."""
    store = store_of(settings)
    yield store.setting, str(store.path.resolve() if isinstance(store, FilePlace) else store)
    for report in settings.reports:
        yield "[[reports]] path", str(report.path.resolve())
