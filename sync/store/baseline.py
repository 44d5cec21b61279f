"""The findings accepted on day one. The baseline is set by a person and from then on only shrinks."""

from collections.abc import Iterable
from pathlib import Path

from sync.store.database import Database

SCHEMA = "CREATE TABLE IF NOT EXISTS baseline (fingerprint TEXT PRIMARY KEY) STRICT;"


class Baseline:
    """Fingerprints of accepted findings in a SQLite file. Every error is a `StoreError` that names the file."""

    def __init__(self, path: Path | str) -> None:
        self._db = Database(path, SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def fingerprints(self) -> frozenset[str]:
        """What is accepted."""
        return frozenset(print_ for (print_,) in self._db.rows("SELECT fingerprint FROM baseline"))

    def accept(self, fingerprints: Iterable[str]) -> None:
        """Replace what is accepted by these."""
        with self._db.transaction():
            self._db.write("DELETE FROM baseline")
            for print_ in fingerprints:
                self._db.write("INSERT OR IGNORE INTO baseline VALUES (?)", (print_,))

    def shrink(self, standing: frozenset[str]) -> None:
        """Let go of what no longer stands, so that a mended issue is judged afresh when it breaks again."""
        gone = self.fingerprints() - standing
        with self._db.transaction():
            for print_ in sorted(gone):
                self._db.write("DELETE FROM baseline WHERE fingerprint = ?", (print_,))
