"""The files that `lint` reads: those named, those in a named folder, and those that a pattern matches."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sync.errors import UsageError

STDIN = "-"
IN_FOLDERS = (".md", ".markdown", ".txt")
"""The endings that are read in a folder; a table or JSON file in it may hold anything, and is read if it is named."""

_PATTERN = frozenset("*?[")


def files_of(sources: Iterable[str]) -> tuple[str, ...]:
    """Each file once, in the order of `sources`; those of a folder and of a pattern are sorted.

    Hidden files and folders are left out unless they are named. Raises `UsageError` for a folder or a pattern without
    any file.
    """
    return tuple(dict.fromkeys(file for source in sources for file in _files_of(source)))


def _files_of(source: str) -> Iterator[str]:
    path = Path(source)
    if source == STDIN:
        yield source
    elif _is_folder(path):
        yield from _found(path.rglob("*"), path, IN_FOLDERS, source)
    elif _PATTERN & set(source) and not _exists(path):
        root = Path(path.anchor) if path.is_absolute() else Path()
        yield from _found(root.glob(str(path.relative_to(root))), root, (), source)
    else:
        yield source


def _found(paths: Iterable[Path], root: Path, endings: tuple[str, ...], source: str) -> list[str]:
    files = sorted(
        str(path)
        for path in paths
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
        and (not endings or path.suffix.lower() in endings)
    )
    if not files:
        what = f"the folder has no file that ends in {', '.join(endings)}" if endings else "no file matches"
        raise UsageError(f"{source}: {what}")
    return files


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have is reported where it is read
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
