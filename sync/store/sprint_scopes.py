"""What each sprint held when it started, as the first run that saw it running rebuilt it."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from rules.planning.scope import ScopeAtStart, StartedIssue
from sync.store.database import Database


class SprintScopes:
    """The starts of sprints. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> Mapping[str, ScopeAtStart]:
        """Every start, by the sprint's id."""
        rows = self._db.rows("SELECT sprint, seen, goal, issues, rebuilt FROM sprint_scopes")
        return {
            sprint: ScopeAtStart(
                sprint=sprint,
                seen=datetime.fromisoformat(seen),
                goal=goal,
                issues=tuple(StartedIssue(*row) for row in json.loads(issues)),
                rebuilt=bool(rebuilt),
            )
            for sprint, seen, goal, issues, rebuilt in rows
        }

    def add(self, starts: Iterable[ScopeAtStart]) -> None:
        """Keep these starts; one that is kept already stays as it is."""
        with self._db.transaction():
            for start in starts:
                issues = json.dumps([[one.id, one.key, one.points] for one in start.issues])
                self._db.write(
                    "INSERT INTO sprint_scopes (sprint, seen, goal, issues, rebuilt) VALUES (?, ?, ?, ?, ?) "
                    "ON CONFLICT DO NOTHING",
                    (start.sprint, start.seen.isoformat(), start.goal, issues, int(start.rebuilt)),
                )
