"""The mails that people got because of us, by our estimate, and the requests that wait for the weekly limit."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta

from rules.plan.mail_budget import MESSAGE, Mail, SentMail
from sync.store.database import Database

KEEP_DAYS = 400


class MailLog:
    """The mails. Times are compared as text, so all are kept in UTC. Errors are `StoreError`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def expect(self, run: str, mails: Iterable[Mail], at: datetime) -> None:
        """Count the mails that a run is about to cause: one that is cut off may have caused all of them."""
        self._add(run, mails, at, settled=0)

    def add(self, run: str, mails: Iterable[Mail], at: datetime) -> None:
        """Count mails that no journal knows of: our own messages."""
        self._add(run, mails, at, settled=1)

    def drop(self, run: str) -> None:
        """Count none of a run's mails."""
        self._db.write("DELETE FROM mails WHERE run = ?", (run,))

    def drop_message(self, run: str, person: str) -> None:
        """Do not count a message that this person did not get."""
        self._db.write("DELETE FROM mails WHERE run = ? AND person = ?", (run, person))

    def unsettled(self) -> tuple[str, ...]:
        """The runs that were cut off before their mails were settled."""
        return tuple(run for (run,) in self._db.rows("SELECT DISTINCT run FROM mails WHERE settled = 0"))

    def settle(self, run: str, written: Collection[tuple[str, str]], at: datetime) -> None:
        """Count only what a run really wrote: pairs of an issue's id and what its mail is about.

        `at` is when its last mail may have gone out: a week is counted from then.
        """
        expected = self._db.rows("SELECT DISTINCT issue, about FROM mails WHERE run = ?", (run,))
        with self._db.transaction():
            for issue, about in expected:
                if (issue, about) not in written:
                    self._db.write("DELETE FROM mails WHERE run = ? AND issue = ? AND about = ?", (run, issue, about))
            when = at.astimezone(UTC).isoformat()
            self._db.write("UPDATE mails SET settled = 1, at = ? WHERE run = ?", (when, run))

    def since(self, moment: datetime) -> tuple[SentMail, ...]:
        """The mails after this moment, oldest first."""
        return self._mails("WHERE at > ?", moment.astimezone(UTC).isoformat())

    def rows(self) -> tuple[tuple[datetime, str], ...]:
        """Time and receiver of each mail of the tracker, oldest first; our own messages are left out."""
        return tuple((one.at, one.mail.person) for one in self._mails("WHERE about <> ?", MESSAGE))

    def learn(self, accounts: Mapping[str, str]) -> None:
        """Keep the accounts of these mail addresses."""
        with self._db.transaction():
            for address, account in accounts.items():
                self._db.put("addresses", {"address": address, "account": account}, key=("address",))

    def accounts(self) -> dict[str, str]:
        """The account of each mail address that the tracker showed, by the address in lower case."""
        return dict(self._db.rows("SELECT address, account FROM addresses"))

    def waiting(self) -> dict[tuple[str, str], datetime]:
        """Since when each request waits for the weekly limit, by issue id and subject."""
        rows = self._db.rows("SELECT issue, about, since FROM waiting")
        return {(issue, about): datetime.fromisoformat(since) for issue, about, since in rows}

    def wait(self, requests: Collection[tuple[str, str]], now: datetime) -> None:
        """Keep which requests wait from now on; those that waited before keep their time, all others are dropped."""
        since = self.waiting()
        with self._db.transaction():
            self._db.write("DELETE FROM waiting")
            for issue, about in sorted(requests):
                moment = since.get((issue, about), now).astimezone(UTC).isoformat()
                self._db.write("INSERT INTO waiting VALUES (?, ?, ?)", (issue, about, moment))

    def _add(self, run: str, mails: Iterable[Mail], at: datetime, *, settled: int) -> None:
        when, oldest = (moment.astimezone(UTC).isoformat() for moment in (at, at - timedelta(days=KEEP_DAYS)))
        with self._db.transaction():
            self._db.write("DELETE FROM mails WHERE at < ?", (oldest,))
            for mail in mails:
                self._db.write(
                    "INSERT INTO mails (run, at, issue, about, person, settled) VALUES (?, ?, ?, ?, ?, ?)",
                    (run, when, mail.issue, mail.about, mail.person, settled),
                )

    def _mails(self, where: str, value: str) -> tuple[SentMail, ...]:
        query = f"SELECT at, run, issue, about, person FROM mails {where} ORDER BY at, rowid"  # noqa: S608 - constants
        return tuple(
            SentMail(at=datetime.fromisoformat(at), run=run, mail=Mail(issue=issue, about=about, person=person))
            for at, run, issue, about, person in self._db.rows(query, (value,))
        )
