"""The findings that were accepted on the first day. A person sets the baseline; from then on it only shrinks."""

from collections.abc import Iterable

from sync.store.database import Database


class Baseline:
    """Fingerprints of accepted findings. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def fingerprints(self) -> frozenset[str]:
        """What is accepted."""
        return frozenset(fingerprint for (fingerprint,) in self._db.rows("SELECT fingerprint FROM baseline"))

    def accept(self, fingerprints: Iterable[str]) -> None:
        """Replace what is accepted by these."""
        with self._db.transaction():
            self._db.write("DELETE FROM baseline")
            for fingerprint in fingerprints:
                self._db.write("INSERT OR IGNORE INTO baseline VALUES (?)", (fingerprint,))

    def shrink(self, current: frozenset[str]) -> None:
        """Drop what is no longer found, so that a finding that comes back is a new one."""
        gone = self.fingerprints() - current
        with self._db.transaction():
            for fingerprint in sorted(gone):
                self._db.write("DELETE FROM baseline WHERE fingerprint = ?", (fingerprint,))
