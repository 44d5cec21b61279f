"""What undos paused, until somebody resumes it or its time has come."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from rules.plan.pauses import Pause
from sync.store.database import Database


class Pauses:
    """The pauses. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> tuple[Pause, ...]:
        """Every pause, also those whose time has come."""
        rows = self._db.rows("SELECT subject, mark, run, until FROM paused ORDER BY subject, mark")
        return tuple(
            Pause(subject=subject, mark=mark, run=run, until=datetime.fromisoformat(until) if until else None)
            for subject, mark, run, until in rows
        )

    def add(self, pauses: Iterable[Pause]) -> None:
        """Keep these pauses in place of earlier ones of the same marks."""
        with self._db.transaction():
            for pause in pauses:
                until = pause.until.isoformat() if pause.until else None
                row = {"subject": pause.subject, "mark": pause.mark, "run": pause.run, "until": until}
                self._db.put("paused", row, key=("subject", "mark"))

    def end(self, now: datetime) -> int:
        """End all pauses that are not over yet and return how many; they stay known as ended."""
        running = [pause for pause in self.all() if not pause.is_over(now)]
        self.add(replace(pause, until=now) for pause in running)
        return len(running)

    def end_of(self, run: str) -> None:
        """End the pauses of one undo, which was itself undone."""
        self._db.write("DELETE FROM paused WHERE run = ?", (run,))
