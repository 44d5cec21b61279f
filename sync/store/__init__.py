"""What is kept between runs: the mirror of what we saw, the journal of what we wrote, the history for trends."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sync.store.baseline import Baseline
from sync.store.command_log import CommandLog
from sync.store.database import Database, Place
from sync.store.forecasts import Forecasts
from sync.store.history import History
from sync.store.human_edits import HumanEdits
from sync.store.journal import Journal
from sync.store.mail_log import MailLog
from sync.store.message_log import MessageLog
from sync.store.pauses import Pauses
from sync.store.places import place
from sync.store.planned_ahead import PlannedAhead
from sync.store.reactions import Reactions
from sync.store.refinements import Refinements
from sync.store.run_log import RunLog
from sync.store.schema import STORE
from sync.store.seen_ahead import SeenAhead
from sync.store.sprint_scopes import SprintScopes
from sync.store.sprint_starts import SprintStarts
from sync.store.topics import Topics


@dataclass(frozen=True, slots=True)
class Store:
    """What is kept at `place`: one connection, and what is read and written through it."""

    place: Place
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
    seen_ahead: SeenAhead
    topics: Topics
    sprint_scopes: SprintScopes
    sprint_starts: SprintStarts

    @classmethod
    def open(cls, where: Place | Path) -> "Store":
        """Open it, or make it. Raises `StoreError`; a store that cannot be read is left as it is."""
        store = _verified(where)
        return cls._over(store, store.open(STORE))

    @classmethod
    @contextmanager
    def held(cls, where: Place | Path) -> "Iterator[Store]":
        """Open it for this process alone. Raises `Locked` where another run has it, and `StoreError`."""
        store = _verified(where)
        with store.held(STORE) as database:
            yield cls._over(store, database)

    @classmethod
    def copy_of(cls, where: Place | Path) -> "Store":
        """A copy in memory of it as it is now: what is written to it is gone afterwards. Raises `StoreError`."""
        store = _verified(where)
        return cls._over(store, store.copy_of(STORE))

    @classmethod
    def _over(cls, where: Place, database: Database) -> "Store":
        return cls(
            place=where,
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
            seen_ahead=SeenAhead(database),
            topics=Topics(database),
            sprint_scopes=SprintScopes(database),
            sprint_starts=SprintStarts(database),
        )

    def close(self) -> None:
        """Close it."""
        self.database.close()


def _verified(where: Place | Path) -> Place:
    store = place(where)
    store.verify(STORE)
    return store
