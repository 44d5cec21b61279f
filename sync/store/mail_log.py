"""The mails that the tracker sent because of us, by our estimate: the weekly limit counts them."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

from rules.plan.mail_budget import Mail
from sync.store.database import Database

KEEP_DAYS = 400


class MailLog:
    """The mails. Times are compared as text, so all are kept in UTC. Errors are `StoreError`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def expect(self, run: str, mails: Iterable[Mail], at: datetime) -> None:
        """Count the mails that a run is about to cause: one that is cut off may have caused all of them."""
        when, oldest = (moment.astimezone(UTC).isoformat() for moment in (at, at - timedelta(days=KEEP_DAYS)))
        with self._db.transaction():
            self._db.write("DELETE FROM mails WHERE at < ?", (oldest,))
            for mail in mails:
                self._db.write(
                    "INSERT INTO mails (run, at, issue, about, person) VALUES (?, ?, ?, ?, ?)",
                    (run, when, mail.issue, mail.about, mail.person),
                )

    def unsettled(self) -> tuple[str, ...]:
        """The runs that were cut off before their mails were settled."""
        return tuple(run for (run,) in self._db.rows("SELECT DISTINCT run FROM mails WHERE settled = 0"))

    def settle(self, run: str, written: Collection[tuple[str, str]]) -> None:
        """Count only what a run really wrote: pairs of an issue's id and what its mail is about."""
        expected = self._db.rows("SELECT DISTINCT issue, about FROM mails WHERE run = ?", (run,))
        with self._db.transaction():
            for issue, about in expected:
                if (issue, about) not in written:
                    self._db.write("DELETE FROM mails WHERE run = ? AND issue = ? AND about = ?", (run, issue, about))
            self._db.write("UPDATE mails SET settled = 1 WHERE run = ?", (run,))

    def since(self, moment: datetime) -> Counter[str]:
        """How many mails each person got after this moment."""
        query = "SELECT person, count(*) FROM mails WHERE at > ? GROUP BY person"
        return Counter(dict(self._db.rows(query, (moment.astimezone(UTC).isoformat(),))))

    def rows(self) -> tuple[tuple[datetime, str], ...]:
        """Time and receiver of each mail, oldest first."""
        rows = self._db.rows("SELECT at, person FROM mails ORDER BY at, rowid")
        return tuple((datetime.fromisoformat(at), person) for at, person in rows)
