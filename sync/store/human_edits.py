"""When people last changed each issue that we wrote to, and its content then. Our own edits do not count."""

from collections.abc import Mapping
from datetime import datetime

from rules.backlog.own_edits import LastHumanEdit
from sync.store.database import Database


class HumanEdits:
    """The last human edit of each issue. Every error is a `StoreError` that names the file."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def by_issue(self) -> dict[str, LastHumanEdit]:
        """What is known, by issue id."""
        return {
            issue: LastHumanEdit(content=content, at=datetime.fromisoformat(at), wrote=datetime.fromisoformat(wrote))
            for issue, content, at, wrote in self._db.rows("SELECT issue, content, at, wrote FROM human_edits")
        }

    def keep(self, edits: Mapping[str, LastHumanEdit]) -> None:
        """Keep these, by issue id, in place of what was known of the same issues."""
        with self._db.transaction():
            for issue, edit in edits.items():
                times = {"at": edit.at.isoformat(), "wrote": edit.wrote.isoformat()}
                self._db.put("human_edits", {"issue": issue, "content": edit.content, **times}, key=("issue",))
