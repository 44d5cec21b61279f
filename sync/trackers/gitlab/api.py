"""The calls to GitLab, through python-gitlab over our transport. JSON in, JSON out.

Its own retries are off, for they send a note again. Its objects are not used: nothing of them is needed.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from gitlab import Gitlab
from requests import Response, Session

from sync.errors import BadQuery, NotFound, Rejected, TrackerError
from sync.logs import get_logger
from sync.trackers.gitlab.settings import GitlabSettings
from sync.trackers.http import Transport
from sync.trackers.tolerant import Json

log = get_logger()

PAGE = 100  # the most a page holds, whatever is asked
MANY_PAGES = 600  # GitLab stops at 50,000 rows
READS_OF_A_LIST = 3  # while it changes between two of its pages
IDS_A_QUERY = 50

ITERATIONS = """query iterations($group: ID!, $cadence: [IterationsCadenceID!], $after: String) {
  group(fullPath: $group) {
    iterations(iterationCadenceIds: $cadence, includeAncestors: true, first: 100, after: $after) {
      nodes { id title state startDate dueDate description }
      pageInfo { hasNextPage endCursor }
    }
  }
}"""
CADENCES = """query cadences($group: ID!) {
  group(fullPath: $group) { iterationCadences(first: 100) { nodes { id title } } }
}"""
SET_ITERATION = """mutation setIteration($project: ID!, $iid: String!, $iteration: IterationID) {
  issueSetIteration(input: { projectPath: $project, iid: $iid, iterationId: $iteration }) {
    issue { iteration { id } }
    errors
  }
}"""


class GitlabApi:
    """One GitLab with one account's token. Every error is one of `sync.errors`.

    An issue is named "PROJECT:NUMBER": the number of its project, and its number there.
    """

    def __init__(self, settings: GitlabSettings, token: str, transport: Transport) -> None:
        self.transport = transport
        self._graphql = f"{settings.url}/api/graphql"
        self._source = (
            f"/groups/{_named(settings.group)}" if settings.group else f"/projects/{_named(settings.project)}"
        )
        session = Session()
        transport.serve(session)
        self._client = Gitlab(settings.url, private_token=token, session=session)

    # what the site is like

    def me(self) -> Json:
        """Our own account. Raises `LoggedOut` for a wrong token."""
        return self._object("/user")

    def token(self) -> Json:
        """Our token: its scopes and its last day."""
        return self._object("/personal_access_tokens/self")

    def version(self) -> Json:
        """The site's version, and whether it is the Enterprise Edition."""
        return self._object("/version")

    def source(self) -> Json:
        """The project or group whose issues are the backlog. Raises `NotFound`."""
        return self._object(self._source)

    def project(self, project: str) -> Json:
        """One project, with our account's rights in it. Raises `NotFound`."""
        return self._object(f"/projects/{_named(project)}")

    def labels(self, project: str) -> list[str]:
        """The names of a project's labels, those of its groups among them."""
        return [str(raw.get("name")) for raw in self._list(f"/projects/{_named(project)}/labels")]

    # sprints

    def milestones(self, place: str, board: int) -> list[Json]:
        """The milestones of a project or group; `place` is "projects" or "groups". Raises `NotFound`."""
        return self._list(f"/{place}/{board}/milestones")

    def cadences(self, group: str) -> list[Json]:
        """The iteration cadences of a group, with the numbers of their ids."""
        part = ((self._query(CADENCES, {"group": group}).get("group") or {}).get("iterationCadences")) or {}
        return [raw | {"id": _number_in(raw.get("id"))} for raw in part.get("nodes") or []]

    def iterations(self, group: str, cadence: int) -> list[Json]:
        """The iterations of a cadence. REST does not say to which cadence one belongs."""
        rows: list[Json] = []
        asked: Json = {"group": group, "cadence": [f"gid://gitlab/Iterations::Cadence/{cadence}"], "after": None}
        for _ in range(MANY_PAGES):
            part = (self._query(ITERATIONS, asked).get("group") or {}).get("iterations")
            if part is None:
                raise NotFound(f'group "{group}" has no iterations for this account; check [tracker] group and sprints')
            rows += [_as_in_rest(raw) for raw in part.get("nodes") or []]
            page = part.get("pageInfo") or {}
            if not page.get("hasNextPage"):
                break
            asked["after"] = page.get("endCursor")
        return rows

    def set_iteration(self, path: str, issue: str, iteration: str | None) -> None:
        """Put an issue into an iteration, or take it out; `path` is that of its project."""
        gid = None if iteration is None else f"gid://gitlab/Iteration/{iteration}"
        self._query(SET_ITERATION, {"project": path, "iid": issue.partition(":")[2], "iteration": gid})

    # issues

    def issues(self, filters: Mapping[str, str]) -> list[Json]:
        """The issues of the project or group by these filters, each once, in the order that is asked for."""
        return self._list(f"{self._source}/issues", {"scope": "all", **filters})

    def by_ids(self, ids: Sequence[str]) -> Iterator[Json]:
        """These issues, open or not; deleted and hidden ones are left out."""
        by_project: dict[str, list[str]] = {}
        for issue in ids:
            project, _, number = issue.partition(":")
            by_project.setdefault(project, []).append(number)
        for project, numbers in by_project.items():
            for first in range(0, len(numbers), IDS_A_QUERY):
                asked = {"iids[]": numbers[first : first + IDS_A_QUERY], "state": "all", "scope": "all"}
                yield from self._list(f"/projects/{project}/issues", asked)

    def issue(self, issue: str) -> Json | None:
        """One issue as it is now; `None` if it is deleted or hidden."""
        try:
            return self._object(_route(issue))
        except NotFound:
            return None

    def notes(self, issue: str) -> list[Json]:
        """The notes of an issue, the oldest first; GitLab's own are among them."""
        return self._list(f"{_route(issue)}/notes", {"sort": "asc", "order_by": "created_at"})

    def events(self, issue: str, kind: str) -> list[Json]:
        """Who changed its labels, milestone, state, weight or iteration and when, the oldest first."""
        return self._list(f"{_route(issue)}/resource_{kind}_events")

    def links(self, issue: str) -> list[Json]:
        """The issues that it is linked to, each whole, with the type of the link."""
        return self._list(f"{_route(issue)}/links")

    def participants(self, issue: str) -> list[Json]:
        """The accounts that get mail about a new note."""
        return self._list(f"{_route(issue)}/participants")

    # writing

    def edit(self, issue: str, **values: Any) -> Json:
        """Change fields of an issue; returns it as it is then."""
        return _checked(self._send("put", _route(issue), body=values), _route(issue))

    def add_note(self, issue: str, text: str, *, internal: bool) -> str:
        """Write a note; returns its id. Raises `Uncertain`."""
        body = {"body": text, "internal": True} if internal else {"body": text}
        answer = _checked(self._send("post", f"{_route(issue)}/notes", body=body), "the note")
        if "id" not in answer:  # of a text that is nothing but commands no note remains
            raise Rejected("the site made no note of our text; run again, and report it if it repeats", status=202)
        return str(answer["id"])

    def edit_note(self, issue: str, note: str, text: str) -> None:
        """Replace the text of a note. Raises `NotFound`."""
        self._send("put", f"{_route(issue)}/notes/{_named(note)}", body={"body": text})

    def delete_note(self, issue: str, note: str) -> None:
        """Delete a note. Raises `NotFound`."""
        self._send("delete", f"{_route(issue)}/notes/{_named(note)}")

    # requests

    def _send(self, verb: str, path: str, asked: Mapping[str, Any] | None = None, body: Any = None) -> Response:
        return self._client.http_request(
            verb, path, query_data=dict(asked or {}), post_data=body, obey_rate_limit=False, max_retries=0
        )

    def _object(self, path: str) -> Json:
        return _checked(self._send("get", path), path)

    def _query(self, document: str, values: Json) -> Json:
        answer = _checked(self._send("post", self._graphql, body={"query": document, "variables": values}), "GraphQL")
        return answer.get("data") or {}

    def _list(self, path: str, asked: Mapping[str, Any] | None = None) -> list[Json]:
        """All objects of a list, each once; read again where objects moved over the border of two pages meanwhile."""
        by_id: dict[object, Json] = {}
        for _ in range(READS_OF_A_LIST):
            rows, totals = self._pages(path, asked or {})
            by_id = {raw.get("id"): raw for raw in rows}
            if len(by_id) == len(rows) and len(totals) < 2:
                return rows
        log.warning(
            "tracker.list_moved", path=path, why="it changed each time it was read; the next run reads it again"
        )
        return list(by_id.values())

    def _pages(self, path: str, asked: Mapping[str, Any]) -> tuple[list[Json], set[str]]:
        """The objects of all pages, and the numbers of rows that the pages named."""
        rows: list[Json] = []
        totals: set[str] = set()
        query = ""
        for _ in range(MANY_PAGES):
            answer = self._send("get", f"{path}?{query}", {} if query else {**asked, "per_page": PAGE})
            content = answer.json()
            if not isinstance(content, list):
                raise TrackerError(f"the site's answer to {path} is unexpected; check [tracker] url and kind")
            rows += [raw for raw in content if isinstance(raw, dict)]
            totals.update(filter(None, [answer.headers.get("X-Total")]))
            # Only the query: behind a proxy the site does not know its own address.
            query = urlsplit(answer.links.get("next", {}).get("url", "")).query
            if not query:
                return rows, totals
        raise TrackerError("the site returns pages without an end; run again, and report it if it repeats")


def _checked(answer: Response, what: str) -> Json:
    content = answer.json()
    if isinstance(content, dict):
        return content
    raise TrackerError(f"the site's answer to {what} is unexpected; check [tracker] url and kind")


def _named(name: str) -> str:
    return quote(name.strip("/"), safe="")


def _route(issue: str) -> str:
    project, _, number = issue.partition(":")
    return f"/projects/{_named(project)}/issues/{_named(number)}"


def _as_in_rest(iteration: Json) -> Json:
    """An iteration of GraphQL with the names and the id of REST."""
    days = {"start_date": iteration.get("startDate"), "due_date": iteration.get("dueDate")}
    return {**iteration, "id": _number_in(iteration.get("id")), **days}


def _number_in(gid: object) -> str:
    """The number in a global id such as "gid://gitlab/Iteration/5"."""
    return str(gid or "").rpartition("/")[2]


ALLOWED = {
    "assignee_id",
    "assignee_username",
    "author_id",
    "author_username",
    "confidential",
    "created_after",
    "created_before",
    "due_date",
    "epic_id",
    "issue_type",
    "iteration_id",
    "iteration_title",
    "labels",
    "milestone",
    "milestone_id",
    "search",
    "weight",
}
"""Filters of a backlog query, each also as not[NAME]. GitLab ignores unknown ones and answers with every issue."""
_NEGATED = "not["


def filters_of(query: str) -> dict[str, str]:
    """The filters of a backlog query such as "labels=shop&not[labels]=idea". Raises `BadQuery`."""
    filters: dict[str, str] = {}
    for part in query.replace("\n", "&").split("&"):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        plain = name[len(_NEGATED) : -1] if name.startswith(_NEGATED) and name.endswith("]") else name
        if not part.strip():
            continue
        if plain not in ALLOWED or not equals or not value:
            wrong = f'"{part.strip()}" is not NAME=VALUE or not[NAME]=VALUE with one of the names'
            raise BadQuery(f"{wrong} {', '.join(sorted(ALLOWED))}; correct [product] backlog")
        filters[name] = value
    return {"issue_type": "issue", **filters}
