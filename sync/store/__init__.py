"""What is kept between passes: the mirror of what we saw, the journal of what we wrote, the history for trends."""

from dataclasses import dataclass
from pathlib import Path

from sync.store.baseline import Baseline
from sync.store.command_log import Answers
from sync.store.history import History
from sync.store.human_edits import Activity
from sync.store.journal import Journal
from sync.store.mail_log import MailLog
from sync.store.message_log import MessageLog


@dataclass(frozen=True, slots=True)
class Store:
    """One SQLite file at `path`, opened once for all who write in it."""

    path: Path
    journal: Journal
    history: History
    baseline: Baseline
    answers: Answers
    sent: MessageLog
    mails: MailLog
    activity: Activity

    @classmethod
    def open(cls, path: Path | str) -> "Store":
        """Open (or make) the file. Raises `StoreError`."""
        return cls(
            path=Path(path),
            journal=Journal(path),
            history=History(path),
            baseline=Baseline(path),
            answers=Answers(path),
            sent=MessageLog(path),
            mails=MailLog(path),
            activity=Activity(path),
        )

    def close(self) -> None:
        """Close the file."""
        kept = (self.journal, self.history, self.baseline, self.answers, self.sent, self.mails, self.activity)
        for part in kept:
            part.close()
