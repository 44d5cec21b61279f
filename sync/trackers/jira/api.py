"""The calls to Jira that Cloud and Data Center share, through the two client libraries over one transport.

`jira` reads the site (account, fields, priorities) and searches Data Center; `atlassian-python-api` does the
rest. Both return plain JSON: no object is built for an issue. Addresses are made from the base and an id, never
taken from `self` links, which may point to another host.
"""

import logging
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any

from atlassian.jira.jira_cloud import JiraSoftware
from jira import JIRA

from rules.plan.comment import CommentBody
from rules.plan.page_body import PageBody
from sync.errors import NotFound, TrackerError
from sync.trackers.http import Transport
from sync.trackers.jira.payloads import PROPERTY, Remark, Row, User
from sync.trackers.jira.settings import JiraSettings
from sync.trackers.tolerant import Json

PAGE_OF_SPRINTS = 50  # the most a board gives, whatever is asked
PAGE_OF_COMMENTS = 100
Portions = Generator[list[Json], None, None]
Histories = Generator[dict[str, list[Json]], None, None]
MANY_PAGES = 10_000  # a paging that has not ended by then never will

for _noisy in ("atlassian", "jira"):
    # Both libraries write request bodies and whole answers into their debug logs.
    logging.getLogger(_noisy).setLevel(logging.WARNING)


class JiraApi:
    """The calls that both kinds of Jira answer alike; `version` is that of the platform API."""

    version: str

    def __init__(self, transport: Transport, site: JIRA, core: type[Any], settings: JiraSettings, **login: str) -> None:
        self.transport = transport
        self._site = site
        own = {"timeout": int(settings.read_timeout), "retry_with_header": False, "backoff_and_retry": False}
        self._core: Any = core(settings.base, **login, **own)  # Any: its generated methods carry no types
        self._agile: Any = JiraSoftware(settings.base, **login, **own)
        for session in (site._session, self._core._session, self._agile._session):  # noqa: SLF001 - no public way in
            transport.serve(session)

    # what the site is like

    def myself(self) -> Json:
        """Our own account."""
        return _object(self._site.myself(), "account")

    def fields(self) -> list[Json]:
        """All fields of the site."""
        return list(self._site.fields())

    def priorities(self) -> list[Json]:
        """The priorities in the site's order, the most urgent first."""
        return [priority.raw for priority in self._site.priorities()]

    def board(self, board: int) -> Json:
        """A board's configuration."""
        return _object(self._agile.get_configuration(board), "board configuration")

    def sprints(self, board: int, state: str) -> Iterator[Json]:
        """A board's sprints in these states ("active,future"), in the board's order."""
        start = 0
        for _ in range(MANY_PAGES):
            page = _object(
                self._agile.get_all_sprints(board, start_at=start, max_results=PAGE_OF_SPRINTS, state=state), "sprints"
            )
            values = page.get("values") or []
            yield from values
            start += len(values)
            if page.get("isLast", True) or not values:
                return
        raise endless(f"the sprints of board {board}")

    def sprint(self, sprint: str) -> Json:
        """One sprint as it is now."""
        return _object(self._agile.get_sprint(sprint), "sprint")

    def look(self, path: str, **asked: str | int) -> Any:
        """The response of any resource, by its path below /rest/, for `doctor` and `init`."""
        return self._core.get(f"rest/{path}", params=asked)

    def look_by_post(self, path: str, asked: Json) -> Any:
        """The same for queries too long for an address; nothing is changed."""
        return self._core.post(f"rest/{path}", data=asked)

    # searching: where the dialects differ

    @property
    def page(self) -> int:
        """Ids per request."""
        raise NotImplementedError

    def sweep(self, jql: str, rank: str) -> list[Row]:
        """All issues of a query in rank order; `rank` is the id of the rank field. `jql` has no ORDER BY."""
        raise NotImplementedError

    def changed(self, jql: str, since: int) -> frozenset[str]:
        """Ids of the query's issues that changed since then (epoch milliseconds)."""
        raise NotImplementedError

    def head(self, jql: str, rank: str) -> list[str]:
        """Ids of the first page of a query in rank order."""
        raise NotImplementedError

    def count(self, jql: str) -> int:
        """How many issues a query finds."""
        raise NotImplementedError

    def fetch(self, ids: Sequence[str], fields: Sequence[str]) -> Portions:
        """These issues with these fields and our property, in portions; deleted or hidden ones are left out.

        Portions are in the order of the ids, a few requested at once. Close the iterator if you do not read to the end.
        """
        raise NotImplementedError

    def changelogs(self, ids: Sequence[str]) -> Histories:
        """The whole history of these issues, by id, in portions; deleted or hidden ones have none.

        The entries of an issue are in any order. Close the iterator if you do not read to the end.
        """
        raise NotImplementedError

    def statuses(self, keys: Sequence[str]) -> Iterator[Json]:
        """The issues of these keys with their status only; deleted or hidden ones are left out."""
        raise NotImplementedError

    def marks_on(self, comments: Sequence[str]) -> dict[str, str]:
        """The content of our marks on these comments, by comment id; comments without our mark are left out."""
        raise NotImplementedError

    def body(self, note: CommentBody) -> Any:
        """A comment in this dialect's markup."""
        raise NotImplementedError

    def people(self, accounts: Sequence[str]) -> list[User]:
        """The first of these accounts, as many as a run may ask for; hidden and deleted ones are left out."""
        raise NotImplementedError

    def with_page(self, description: object, body: PageBody) -> Any:
        """A description in this dialect's markup with our part of the living page as `body` says."""
        raise NotImplementedError

    # one issue

    def issue(self, issue: str, fields: Sequence[str]) -> Json | None:
        """One issue as it is now, with our property and its history; `None` if it is deleted or hidden."""
        params = {"fields": ",".join(fields), "properties": PROPERTY, "expand": "changelog"}
        try:
            answer = self._core.get(self._path(f"issue/{issue}"), params=params)
        except NotFound:
            return None
        return _object(answer, "issue")

    def watchers(self, issue: str) -> tuple[list[User], int]:
        """Who watches an issue, as far as the account may see it, and how many do."""
        answer = _object(self._core.get(self._path(f"issue/{issue}/watchers")), "list of watchers")
        people = [User.model_validate(raw) for raw in answer.get("watchers") or [] if isinstance(raw, dict)]
        return people, int(answer.get("watchCount") or 0)

    def comments(self, issue: str) -> Iterator[Remark]:
        """All comments of an issue, the oldest first."""
        start = 0
        for _ in range(MANY_PAGES):
            params = {"startAt": start, "maxResults": PAGE_OF_COMMENTS, "orderBy": "created"}
            page = _object(self._core.get(self._path(f"issue/{issue}/comment"), params=params), "comments")
            comments = page.get("comments") or []
            yield from (Remark.model_validate(raw) for raw in comments)
            start += len(comments)
            if not comments or start >= int(page.get("total") or 0):
                return
        raise endless(f"the comments of issue {issue}")

    # writing

    def edit_labels(self, issue: str, verbs: Sequence[Mapping[str, str]], marks: Json, *, silent: bool) -> None:
        """Add and remove labels and store our property, all in one request."""
        self._core.put(
            self._path(f"issue/{issue}"),
            params={"notifyUsers": "false"} if silent else None,
            data={"update": {"labels": list(verbs)}, "properties": [{"key": PROPERTY, "value": marks}]},
        )

    def description(self, issue: str) -> object:
        """The description of an issue as it is now, in this dialect's markup. Raises `NotFound`."""
        answer = self._core.get(self._path(f"issue/{issue}"), params={"fields": "description"})
        return (_object(answer, "issue").get("fields") or {}).get("description")

    def put_page(self, issue: str, description: object, marks: Json, *, silent: bool) -> None:
        """Write the description of the living page and our property, all in one request."""
        self._core.put(
            self._path(f"issue/{issue}"),
            params={"notifyUsers": "false"} if silent else None,
            data={"fields": {"description": description}, "properties": [{"key": PROPERTY, "value": marks}]},
        )

    def keep_property(self, issue: str, marks: Json) -> None:
        """Store our property on an issue."""
        self._core.put(self._path(f"issue/{issue}/properties/{PROPERTY}"), data=marks)

    def has_property(self, issue: str) -> bool:
        """Whether our property is on an issue."""
        return PROPERTY in ((self.issue(issue, ("status",)) or {}).get("properties") or {})

    def has_comment_property(self, comment: str) -> bool:
        """Whether our mark is on a comment. Raises `NotFound` if it is deleted or hidden."""
        answer = _object(self._core.get(self._path(f"comment/{comment}/properties")), "list of properties")
        return any(isinstance(entry, dict) and entry.get("key") == PROPERTY for entry in answer.get("keys") or [])

    def add_comment(self, issue: str, note: CommentBody) -> str:
        """Add a comment with our mark, in one request; returns its id. Raises `Uncertain`."""
        made = self._core.post(self._path(f"issue/{issue}/comment"), data=self._comment(note))
        return str(_object(made, "comment").get("id", ""))

    def edit_comment(self, issue: str, comment: str, note: CommentBody) -> None:
        """Edit our comment and its mark. Raises `NotFound` if it is deleted or hidden."""
        self._core.put(self._path(f"issue/{issue}/comment/{comment}"), data=self._comment(note))

    def delete_comment(self, issue: str, comment: str) -> None:
        """Delete a comment. Raises `NotFound` if it is already deleted."""
        self._core.delete(self._path(f"issue/{issue}/comment/{comment}"))

    def move(self, sprint: str, keys: Sequence[str]) -> None:
        """Move issues into a sprint, at most fifty."""
        self._agile.move_issues_to_sprint_and_rank(sprint, data={"issues": list(keys)})

    def to_backlog(self, keys: Sequence[str]) -> None:
        """Move issues out of their future and active sprints, at most fifty."""
        self._agile.move_issues_to_backlog(data={"issues": list(keys)})

    def _comment(self, note: CommentBody) -> Json:
        return {"body": self.body(note), "properties": [{"key": PROPERTY, "value": {"said": note.digest}}]}

    def _path(self, resource: str) -> str:
        return f"rest/api/{self.version}/{resource}"


def portions(values: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The values in portions of this size."""
    return (values[first : first + size] for first in range(0, len(values), size))


def endless(what: str) -> TrackerError:
    """The error for pages that repeat or never end."""
    return TrackerError(
        f"the site returns pages of {what} without an end; run again, and report it if it happens again"
    )


def _object(answer: object, what: str) -> Json:
    if isinstance(answer, dict):
        return answer
    raise TrackerError(f"the site's answer is not a {what}; check [tracker] url and kind")
