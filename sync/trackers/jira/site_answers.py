"""What a site says about itself, kept between runs: it changes rarely, and each question is a request."""

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, TypeVar

from sync.store.mirror import Mirror
from sync.trackers.jira.api import JiraApi
from sync.trackers.tolerant import Json

ASK_EVERY = timedelta(hours=1)
"""How late another field, priority or board setting, or a change of a closed sprint, is noticed."""
NOTE = "site answers"
_Answer = TypeVar("_Answer")


class SiteAnswers:
    """Fields, priorities, boards and sprints of a site; what can rarely change is asked for once an hour.

    Answers come from the mirror, and go there by `keep`. Without one each question is a request. What the site refused
    is asked again by the next run.
    """

    def __init__(self, api: JiraApi, mirror: Mirror | None = None) -> None:
        self._api, self._mirror = api, mirror
        self._kept: dict[str, Any] = json.loads((mirror.noted(NOTE) if mirror is not None else "") or "{}")
        self._has_news = False

    def keep(self) -> None:
        """Store what was asked for the next runs."""
        if self._mirror is not None and self._has_news:
            self._mirror.note(NOTE, json.dumps(self._kept))

    def fields(self, configured: Iterable[str]) -> list[Json]:
        """All fields of the site; other `configured` names may be of fields that are new there."""
        return self._answer("fields", self._api.fields, rests_on=sorted(set(configured)))

    def priorities(self) -> list[Json]:
        """The priorities in the site's order, the most urgent first."""
        return self._answer("priorities", self._api.priorities)

    def board(self, board: int) -> Json:
        """A board's configuration. Raises what the site answers for one that cannot be read."""
        return self._answer(f"board {board}", lambda: self._api.board(board))

    def sprints(self, board: int) -> list[Json]:
        """A board's sprints: those that are not closed as they are now, and then the closed ones.

        Where a sprint was closed or opened again, the closed ones are asked for at once.
        """
        present = list(self._api.sprints(board, "active,future"))
        closed = self._answer(
            f"closed sprints {board}",
            lambda: list(self._api.sprints(board, "closed")),
            rests_on=sorted(str(raw.get("id")) for raw in present),
        )
        return [*present, *closed]

    def _answer(self, question: str, ask: Callable[[], _Answer], *, rests_on: object = None) -> _Answer:
        if self._mirror is None:
            return ask()
        now = self._api.transport.server_now().timestamp()
        kept = self._kept.get(question)
        if kept and kept["rests_on"] == rests_on and abs(now - kept["at"]) < ASK_EVERY.total_seconds():
            answer: _Answer = kept["answer"]
            return answer
        answer = ask()
        self._kept[question] = {"at": now, "rests_on": rests_on, "answer": answer}
        self._has_news = True
        return answer
