"""The calls to GitHub over our transport: GraphQL for issues and Projects, REST for comments, labels and milestones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import requests
from requests import PreparedRequest

from sync.errors import NotFound, Rejected, TrackerError
from sync.trackers.github import queries
from sync.trackers.github.payloads import Item, RawIssue
from sync.trackers.github.queries import PAGE, Document
from sync.trackers.github.settings import GithubSettings
from sync.trackers.http import Transport
from sync.trackers.tolerant import Json

ISSUES_A_QUERY = 25
"""Rich queries fail with "Something went wrong" where they take too long: a refused one is asked again by halves."""
MANY_PAGES = 10_000  # a paging that has not ended by then never will


class GithubApi:
    """One GitHub with one account's token. Every error is one of `sync.errors`."""

    def __init__(self, settings: GithubSettings, token: str, transport: Transport) -> None:
        self.transport = transport
        self._settings = settings
        self._session = requests.Session()
        self._session.auth = _Bearer(token)  # also so that no .netrc file adds another log-in
        self._session.headers.update(
            {
                "Accept": "application/vnd.github+json",
                "X-GitHub-Api-Version": "2022-11-28",
                "User-Agent": "readyline",
            }
        )
        transport.serve(self._session)

    # what the site is like

    def site(self) -> Json:
        """Our account, and which parts of an issue this GitHub knows. Raises `LoggedOut` for a wrong token."""
        return self._ask(queries.SITE)

    def scopes(self) -> tuple[str, ...] | None:
        """What a classic token may do, `None` for a token of another kind."""
        given = self._rest("GET", "rate_limit").headers.get("X-OAuth-Scopes")
        return None if given is None else tuple(filter(None, (one.strip() for one in given.split(","))))

    def project(self) -> Json:
        """The configured Project. Raises `NotFound`."""
        owner, number = self._settings.owner_and_number
        owned = self._ask(queries.PROJECT, owner=owner, number=number).get("repositoryOwner") or {}
        if not isinstance(project := owned.get("projectV2"), dict):
            raise NotFound(
                f"Project {self._settings.project} does not exist, or this token cannot see it: put its owner and "
                "number into [tracker] project"
            )
        return project

    def repository(self, repository: str) -> Json:
        """A repository. Raises `NotFound`."""
        owner, _, name = repository.partition("/")
        answer = self._ask(queries.REPOSITORY, owner=owner, name=name).get("repository")
        if not isinstance(answer, dict):
            raise NotFound(_hidden(repository))
        return answer

    def milestones(self, repository: str) -> list[Json]:
        """All milestones of a repository, open or not. Raises `NotFound`."""
        return list(self._pages(f"repos/{repository}/milestones", state="all", sort="due_on", direction="asc"))

    def labels(self, repository: str) -> dict[str, str]:
        """The node ids of a repository's labels, by their names in lower case."""
        return {
            str(raw.get("name")).casefold(): str(raw.get("node_id"))
            for raw in self._pages(f"repos/{repository}/labels")
        }

    # issues

    def items(self, project: str, known: Iterable[str], roles: Mapping[str, str]) -> Iterator[tuple[str, Json, Item]]:
        """The items of a Project in their order: kind of item, what the list says of its issue, and the item."""
        document = queries.items(known, roles)
        hidden = f"Project {self._settings.project} is hidden by now: run again"
        for page in self._cursor(document, ("node", "items"), hidden=hidden, project=project, **roles):
            for raw in page:
                yield str(raw.get("type") or ""), raw.get("content") or {}, Item(raw)

    def issues(self, repository: str, known: Iterable[str], **filters: Any) -> Iterator[Json]:
        """What the list says of the issues of a repository, the oldest first. Raises `NotFound`."""
        owner, _, name = repository.partition("/")
        document = queries.issues(known)
        given = {"owner": owner, "name": name, "filters": filters}
        for page in self._cursor(document, ("repository", "issues"), hidden=_hidden(repository), **given):
            yield from page

    def details(self, ids: Sequence[str], known: Iterable[str], roles: Mapping[str, str] | None) -> Iterator[Json]:
        """These issues with everything; deleted, transferred and hidden ones are left out. At most `ISSUES_A_QUERY`.

        `roles` are the fields of the Project, `None` where there is none.
        """
        document = queries.details(known, roles or (), with_project=roles is not None)
        for raw in self._nodes(document, ids, roles or {}):
            yield self._with_all_comments(raw)

    def ends(self, ids: Sequence[str]) -> Iterator[Json]:
        """The title and state of these issues; hidden ones are left out."""
        for first in range(0, len(ids), PAGE):
            yield from self._nodes(queries.ENDS, ids[first : first + PAGE], {})

    # writing

    def create_label(self, repository: str, name: str) -> str | None:
        """Make a label, and return its node id; `None` where it exists by now."""
        try:
            return str(self._rest("POST", f"repos/{repository}/labels", {"name": name}).json().get("node_id"))
        except Rejected as error:
            if error.status == 422 and "already_exists" in error.reason:
                return None
            raise

    def relabel(self, issue: str, add: Sequence[str], remove: Sequence[str]) -> frozenset[str]:
        """Add and remove labels by their node ids in one request; returns the names of all labels after it."""
        ids = {name: list(given) for name, given in (("add", add), ("remove", remove)) if given}
        data = self._ask(queries.relabel(adds=bool(add), removes=bool(remove)), issue=issue, **ids)
        last = (data.get(list(ids)[-1]) or {}).get("labelable") or {}
        return RawIssue.model_validate({"id": issue, **last}).label_names

    def move(self, project: str, item: str, field: str, *, name: str, iteration: str | None) -> str:
        """Put an item into an iteration, or out of any; returns the iteration it is in after that, "" for none."""
        given = {} if iteration is None else {"iteration": iteration}
        document = queries.move(into=iteration is not None)
        data = self._ask(document, project=project, item=item, field=field, sprint=name, **given)
        return Item((data.get("moved") or {}).get("projectV2Item") or {}).iteration

    def set_milestone(self, repository: str, number: str, milestone: int | None) -> str:
        """Put an issue into a milestone, or out of any; returns the node id of the one it is in after that."""
        raw = self._rest("PATCH", f"repos/{repository}/issues/{number}", {"milestone": milestone}).json()
        return str((raw.get("milestone") or {}).get("node_id") or "")

    def add_comment(self, repository: str, number: str, body: str) -> str:
        """Write a comment; returns its id. Raises `Uncertain` where it is unknown whether it was written."""
        answer = self._rest("POST", f"repos/{repository}/issues/{number}/comments", {"body": body})
        return str(answer.json()["id"])

    def edit_comment(self, repository: str, comment: str, body: str) -> None:
        """Replace the text of a comment. Raises `NotFound`."""
        self._rest("PATCH", f"repos/{repository}/issues/comments/{comment}", {"body": body})

    def delete_comment(self, repository: str, comment: str) -> None:
        """Delete a comment. Raises `NotFound`."""
        self._rest("DELETE", f"repos/{repository}/issues/comments/{comment}")

    # the two interfaces

    def _ask(self, document: Document, **variables: Any) -> Json:
        body = {"operationName": document.name, "query": document.text, "variables": variables}
        data = self._session.post(self._settings.graphql, json=body).json().get("data")
        return data if isinstance(data, dict) else {}

    def _cursor(
        self, document: Document, path: tuple[str, str], *, hidden: str, **variables: Any
    ) -> Iterator[list[Json]]:
        """The pages of a connection. Cursors stay where they are when issues before them go away.

        Raises `NotFound` with the sentence `hidden` where there is nothing.
        """
        after = None
        for _ in range(MANY_PAGES):
            holder = self._ask(document, after=after, **variables).get(path[0])
            if not isinstance(holder, dict):
                raise NotFound(hidden)
            page = holder.get(path[1]) or {}
            yield [node for node in page.get("nodes") or [] if isinstance(node, dict)]
            if not (page.get("pageInfo") or {}).get("hasNextPage"):
                return
            after = page["pageInfo"]["endCursor"]
        raise TrackerError("GitHub returns pages without an end; run again, and report it if it repeats")

    def _nodes(self, document: Document, ids: Sequence[str], roles: Mapping[str, str]) -> list[Json]:
        try:
            nodes = self._ask(document, ids=list(ids), **roles).get("nodes") or []
        except Rejected:
            if len(ids) < 2:
                raise
            middle = len(ids) // 2
            return [*self._nodes(document, ids[:middle], roles), *self._nodes(document, ids[middle:], roles)]
        return [node for node in nodes if isinstance(node, dict) and node]

    def _with_all_comments(self, raw: Json) -> Json:
        """The issue with all its comments: the query for it gives the newest only."""
        thread = raw.get("comments") or {}
        if (thread.get("totalCount") or 0) <= len(thread.get("nodes") or []):
            return raw
        hidden = "an issue was deleted or hidden while it was read: run again"
        pages = self._cursor(queries.COMMENTS_OF, ("node", "comments"), hidden=hidden, issue=raw["id"])
        return {**raw, "comments": {**thread, "nodes": [one for page in pages for one in page]}}

    def _rest(self, method: str, path: str, body: Json | None = None, **asked: str) -> requests.Response:
        address = f"{self._settings.rest}/{quote(path, safe='/')}"
        return self._session.request(method, address, json=body, params=asked)

    def _pages(self, path: str, **asked: str) -> Iterator[Json]:
        for page in range(1, MANY_PAGES):
            entries = self._rest("GET", path, None, per_page=str(PAGE), page=str(page), **asked).json()
            yield from (entry for entry in entries if isinstance(entry, dict))
            if len(entries) < PAGE:
                return


def _hidden(repository: str) -> str:
    return f"{repository} does not exist, or this token cannot see it: correct [tracker] repositories"


class _Bearer:
    """Adds the token to a request."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request
