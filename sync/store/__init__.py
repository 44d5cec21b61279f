"""What is kept between runs: the mirror of what we saw, the journal of what we wrote, the history for trends."""

from dataclasses import dataclass
from pathlib import Path

from sync.store.baseline import Baseline
from sync.store.command_log import CommandLog
from sync.store.database import Database, verify
from sync.store.forecasts import Forecasts
from sync.store.history import History
from sync.store.human_edits import HumanEdits
from sync.store.journal import Journal
from sync.store.mail_log import MailLog
from sync.store.message_log import MessageLog
from sync.store.pauses import Pauses
from sync.store.planned_ahead import PlannedAhead
from sync.store.reactions import Reactions
from sync.store.refinements import Refinements
from sync.store.run_log import RunLog
from sync.store.schema import STORE
from sync.store.sprint_scopes import SprintScopes
from sync.store.sprint_starts import SprintStarts


@dataclass(frozen=True, slots=True)
class Store:
    """The store's file at `path`: one connection, and what is read and written through it."""

    path: Path
    database: Database
    journal: Journal
    run_log: RunLog
    history: History
    forecasts: Forecasts
    baseline: Baseline
    commands: CommandLog
    messages: MessageLog
    mails: MailLog
    human_edits: HumanEdits
    pauses: Pauses
    planned_ahead: PlannedAhead
    reactions: Reactions
    refinements: Refinements
    sprint_scopes: SprintScopes
    sprint_starts: SprintStarts

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Open the file, or make it. Raises `StoreError`; a file that cannot be read is left as it is."""
        if path.exists():
            verify(path, STORE)
        return cls._over(path, Database.open(path, STORE))

    @classmethod
    def copy_of(cls, path: Path) -> "Store":
        """A copy in memory of the file as it is now: what is written to it is gone afterwards. Raises `StoreError`."""
        if path.exists():
            verify(path, STORE)
        return cls._over(path, Database.copy_of(path, STORE))

    @classmethod
    def _over(cls, path: Path, database: Database) -> "Store":
        return cls(
            path=path,
            database=database,
            journal=Journal(database),
            run_log=RunLog(database),
            history=History(database),
            forecasts=Forecasts(database),
            baseline=Baseline(database),
            commands=CommandLog(database),
            messages=MessageLog(database),
            mails=MailLog(database),
            human_edits=HumanEdits(database),
            pauses=Pauses(database),
            planned_ahead=PlannedAhead(database),
            reactions=Reactions(database),
            refinements=Refinements(database),
            sprint_scopes=SprintScopes(database),
            sprint_starts=SprintStarts(database),
        )

    def close(self) -> None:
        """Close the file."""
        self.database.close()
