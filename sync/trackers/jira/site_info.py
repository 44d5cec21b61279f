"""What a site shows about itself: for `readyline doctor` and `readyline init`.

A run needs nothing of this, and nothing is written. Jira's answers become small frozen values; every error
is one of `sync.errors`.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from requests import PreparedRequest, Session

from rules.document import Document
from rules.model import TeamFilter, project_of
from sync.errors import Forbidden, NotFound, Rejected, TrackerError
from sync.trackers.dialect import Login
from sync.trackers.http import Transport
from sync.trackers.jira.api import MANY_PAGES, JiraApi, endless
from sync.trackers.jira.filters import takes_of
from sync.trackers.jira.jql import both, without_order
from sync.trackers.jira.link_types import kind_of_link
from sync.trackers.jira.parse import read_text
from sync.trackers.jira.payloads import LinkType, User
from sync.trackers.jira.settings import LinkPhrases
from sync.trackers.tolerant import Json, Moment, Named, Payload, Word

A_PAGE = 50  # the most boards a page holds, whatever is asked
MOST_PROJECTS = 50  # listed for one backlog at most
KINDS = {True: "jira-cloud", False: "jira-datacenter"}
NOTHING = TeamFilter()
_SEARCH = {"3": "search/jql", "2": "search"}  # by the version of the platform API, which is that of the dialect


@dataclass(frozen=True, slots=True)
class Server:
    """Which Jira answers; `kind` is the tracker's name for it."""

    kind: str
    title: str
    version: str

    @property
    def product(self) -> str:
        """The product's name."""
        return "Jira Cloud" if self.kind == KINDS[True] else "Jira Data Center"


@dataclass(frozen=True, slots=True)
class Account:
    """The account of the token; `id` is "" for an anonymous user, `zone` "" where it is unknown."""

    id: str
    name: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLook:
    """A board: its kind (scrum, kanban, simple), projects, estimation field and the issues of its filter."""

    id: int
    name: str
    kind: str
    projects: tuple[str, ...] = ()
    estimate: str = ""
    takes: TeamFilter = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How many issues a query finds, whether the number is exact, and the keys of their projects."""

    count: int
    exact: bool
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectLook:
    """A project: its name and the display name of its lead, "" where unknown."""

    key: str
    name: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A personal access token of the account; without `expires` it never expires."""

    name: str
    expires: datetime | None


class _ServerInfo(Payload):
    serverTitle: Word = ""  # noqa: N815 - Jira's spelling
    version: Word = ""
    deploymentType: Word = ""  # noqa: N815 - Jira's spelling


class _Me(User):
    timeZone: Word = ""  # noqa: N815 - Jira's spelling


class _Token(Payload):
    name: Word = ""
    expiringAt: Moment = None  # noqa: N815 - Jira's spelling


def identify(url: str, transport: Transport) -> Server:
    """The kind of Jira at an address, asked without a log-in.

    Raises `Unreachable`, and `TrackerError` where something else than Jira answers or a log-in is required.
    """
    with Session() as session:
        session.auth = _anonymous  # else a .netrc file might log us in
        transport.serve(session)
        answer = session.get(f"{url}/rest/api/2/serverInfo", allow_redirects=False)
    return _server(answer.json())


def server(api: JiraApi) -> Server:
    """The kind of Jira, asked with the log-in."""
    return _server(api.look(_core(api, "serverInfo")))


def account(api: JiraApi) -> Account:
    """The account of the token; from here on every response must be for this account."""
    me = _Me.model_validate(api.myself())
    api.transport.login = Login(me.account, me.shown) if me.account else None
    return Account(me.account, me.displayName or me.name, me.timeZone)


def board(api: JiraApi, number: int) -> BoardLook:
    """One board. Raises `NotFound`."""
    answer = _object(api.look(f"agile/1.0/board/{number}"))
    shape = api.board(number)
    estimation = _part(shape, "estimation")
    by_field = estimation.get("type") == "field"
    return BoardLook(
        id=number,
        name=str(answer.get("name") or ""),
        kind=str(answer.get("type") or ""),
        projects=_projects_of(api, number, answer),
        estimate=str(_part(estimation, "field").get("fieldId") or "") if by_field else "",
        takes=_takes(api, shape),
    )


def boards(api: JiraApi, project: str = "") -> Iterator[int]:
    """Numbers of all boards that may have sprints, in one project or the site. Raises `Rejected`, `NotFound`."""
    kinds = "scrum,simple" if api.version == "3" else "scrum"  # Data Center knows no team-managed boards
    asked: dict[str, str | int] = {"type": kinds, "maxResults": A_PAGE}
    if project:
        asked["projectKeyOrId"] = project
    start = 0
    for _ in range(MANY_PAGES):
        page = _object(api.look("agile/1.0/board", startAt=start, **asked))
        values = [raw for raw in page.get("values") or [] if isinstance(raw, dict) and raw.get("id")]
        yield from (int(raw["id"]) for raw in values)
        start += len(values)
        if page.get("isLast", True) or not values:
            return
    raise endless("boards")


def project(api: JiraApi, key: str) -> ProjectLook:
    """One project; only its key where the rest is hidden."""
    try:
        answer = _object(api.look(_core(api, f"project/{quote(key, safe='')}")))
    except (NotFound, Forbidden):
        return ProjectLook(key)
    return ProjectLook(key, str(answer.get("name") or ""), User.model_validate(_part(answer, "lead")).displayName)


def backlog(api: JiraApi, jql: str) -> Backlog:
    """What a query finds, in a few requests for any size.

    The first issue shows a project; the query without that project shows the next. Raises `BadQuery`.
    """
    query, rest = without_order(jql), without_order(jql)
    projects: list[str] = []
    while len(projects) < MOST_PROJECTS and (key := _first(api, rest)):
        projects.append(project_of(key))
        listed = ", ".join(f'"{key}"' for key in projects)
        rest = both(query, f"project not in ({listed})") if query else f"project not in ({listed})"
        if projects[-1] in projects[:-1]:  # a moved issue keeps turning up under its old project
            break
    exact = api.version == "2"
    return Backlog(count=_count(api, query), exact=exact, projects=tuple(dict.fromkeys(projects)))


def latest_texts(api: JiraApi, projects: Sequence[str], most: int = 100) -> tuple[Document, ...]:
    """The descriptions of the newest issues of these projects, from one request."""
    keys = ", ".join(json.dumps(key) for key in projects)
    issues = search_page(api, f"project in ({keys}) ORDER BY created DESC", ("description",), most)
    return tuple(read_text(_part(raw, "fields").get("description")) for raw in issues)


def search_page(api: JiraApi, jql: str, fields: Sequence[str], most: int) -> list[Json]:
    """The first issues of a query with these fields, from one request."""
    asked = {"jql": jql, "fields": list(fields), "maxResults": most}
    page = _object(api.look_by_post(_core(api, _SEARCH[api.version]), asked))
    return [raw for raw in page.get("issues") or [] if isinstance(raw, dict)]


def unknown_links(types: Sequence[LinkType], known: LinkPhrases) -> tuple[str, ...]:
    """The phrases of links whose meaning is neither known nor in the configuration."""
    phrases = dict.fromkeys((phrase, one.name) for one in types for phrase in (one.outward, one.inward) if phrase)
    return tuple(phrase for phrase, name in phrases if kind_of_link(phrase, name, known) is None)


def link_types(api: JiraApi) -> tuple[LinkType, ...]:
    """The site's types of link; none where an administrator has switched links off."""
    try:
        answer = _object(api.look(_core(api, "issueLinkType")))
    except NotFound:
        return ()
    return tuple(LinkType.model_validate(raw) for raw in answer.get("issueLinkTypes") or [] if isinstance(raw, dict))


def rights(api: JiraApi, project: str, wanted: Sequence[str]) -> dict[str, bool]:
    """Which of these permissions the account has in a project; unknown ones are left out."""
    answer = _object(api.look(_core(api, "mypermissions"), permissions=",".join(wanted), projectKey=project))
    granted = _part(answer, "permissions")
    return {name: bool(granted[name].get("havePermission")) for name in wanted if isinstance(granted.get(name), dict)}


def tokens(api: JiraApi) -> tuple[Token, ...]:
    """The account's personal access tokens on Data Center; Jira never shows their secrets."""
    answer = api.look("pat/latest/tokens")
    tokens = [_Token.model_validate(raw) for raw in answer if isinstance(raw, dict)] if isinstance(answer, list) else []
    return tuple(Token(raw.name, raw.expiringAt) for raw in tokens)


def _first(api: JiraApi, jql: str) -> str:
    """The key of the first issue, "" for none."""
    page = _object(api.look_by_post(_core(api, _SEARCH[api.version]), {"jql": jql, "fields": ["key"], "maxResults": 1}))
    issues = page.get("issues") or []
    return str(issues[0].get("key") or "") if issues else ""


def _count(api: JiraApi, jql: str) -> int:
    if api.version == "3":
        answer = _object(api.look_by_post(_core(api, "search/approximate-count"), {"jql": jql}))
        return int(answer.get("count") or 0)
    asked = {"jql": jql, "fields": ["key"], "maxResults": 0}
    return int(_object(api.look_by_post(_core(api, "search"), asked)).get("total") or 0)


def _projects_of(api: JiraApi, number: int, answer: Json) -> tuple[str, ...]:
    """Cloud shows the project with the board; on Data Center it is a separate request."""
    if key := _part(answer, "location").get("projectKey"):
        return (str(key),)
    try:
        page = _object(api.look(f"agile/1.0/board/{number}/project"))
    except (NotFound, Forbidden, Rejected):
        return ()
    return tuple(str(raw["key"]) for raw in page.get("values") or [] if isinstance(raw, dict) and raw.get("key"))


def _takes(api: JiraApi, shape: Json) -> TeamFilter:
    """The components or labels of the board's filter, where it can be read."""
    number = Named.model_validate(_part(shape, "filter")).id
    if not number.isdigit():
        return NOTHING
    try:
        return takes_of(str(_object(api.look(_core(api, f"filter/{number}"))).get("jql") or ""))
    except (NotFound, Forbidden, Rejected):
        return NOTHING


def _server(answer: object) -> Server:
    info = _ServerInfo.model_validate(_object(answer))
    if not info.version:
        raise TrackerError("the address is not Jira's; put the address of Jira itself into [tracker] url")
    return Server(KINDS[info.deploymentType == "Cloud"], info.serverTitle or "Jira", info.version)


def _core(api: JiraApi, resource: str) -> str:
    return f"api/{api.version}/{resource}"


def _object(answer: object) -> Json:
    if isinstance(answer, dict):
        return answer
    raise TrackerError("the site's answer is unexpected; check that [tracker] url is the address of Jira itself")


def _part(answer: Json, name: str) -> Json:
    part = answer.get(name)
    return part if isinstance(part, dict) else {}


def _anonymous(request: PreparedRequest) -> PreparedRequest:
    return request
