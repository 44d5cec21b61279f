"""What a site tells about itself, for those who look before they work: `readyline doctor` and `readyline init`.

Nothing here is needed for a pass, and nothing here writes. What Jira says is read into small frozen values; every error
is one of `sync.errors`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from requests import PreparedRequest, Session

from rules.model import TeamFilter
from sync.errors import Forbidden, NotFound, Rejected, TrackerError
from sync.trackers.http import Transport
from sync.trackers.jira.api import MANY_PAGES, JiraApi, endless
from sync.trackers.jira.filters import takes_of
from sync.trackers.jira.jql import both, without_order
from sync.trackers.jira.payloads import Json, Moment, Named, Payload, User, Word

A_PAGE = 50  # the most boards a page holds, whatever is asked
MOST_PROJECTS = 50  # of one backlog that are told apart
KINDS = {True: "jira-cloud", False: "jira-datacenter"}
NOTHING = TeamFilter()
_SEARCH = {"3": "search/jql", "2": "search"}  # by the version of the platform API, which tells the dialect


@dataclass(frozen=True, slots=True)
class Server:
    """Which Jira answers; `kind` is the tracker's name for it."""

    kind: str
    title: str
    version: str

    @property
    def product(self) -> str:
        """What people call it."""
        return "Jira Cloud" if self.kind == KINDS[True] else "Jira Data Center"


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the token belongs to; `id` is "" for a stranger, `zone` "" where it is not told."""

    id: str
    name: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLook:
    """A board: its kind (scrum, kanban, simple), its projects, its estimation field's id and what its filter takes."""

    id: int
    name: str
    kind: str
    projects: tuple[str, ...] = ()
    estimate: str = ""
    takes: TeamFilter = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How many issues a query finds, whether that is exact, and the keys of their projects."""

    count: int
    exact: bool
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectLook:
    """A project: its name and the display name of its lead, "" where they are not told."""

    key: str
    name: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A personal access token of the account; without `expires` it never does."""

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
    """Which Jira answers at an address, asked without any login.

    Raises `Unreachable`, and `TrackerError` where something else than Jira answers or strangers are told nothing.
    """
    with Session() as session:
        session.auth = _as_a_stranger  # else a .netrc file might log us in
        transport.serve(session)
        answer = session.get(f"{url}/rest/api/2/serverInfo", allow_redirects=False)
    return _server(answer.json())


def server(api: JiraApi) -> Server:
    """Which Jira answers, asked with the login."""
    return _server(api.look(_core(api, "serverInfo")))


def account(api: JiraApi) -> Account:
    """Whom the token belongs to; from here on every answer must be meant for this account."""
    me = _Me.model_validate(api.myself())
    api.transport.account = me.account or None
    return Account(me.account, me.displayName or me.name, me.timeZone)


def board(api: JiraApi, number: int) -> BoardLook:
    """One board. Raises `NotFound`."""
    told = _object(api.look(f"agile/1.0/board/{number}"))
    shape = api.board(number)
    estimation = _part(shape, "estimation")
    by_field = estimation.get("type") == "field"
    return BoardLook(
        id=number,
        name=str(told.get("name") or ""),
        kind=str(told.get("type") or ""),
        projects=_projects_of(api, number, told),
        estimate=str(_part(estimation, "field").get("fieldId") or "") if by_field else "",
        takes=_takes(api, shape),
    )


def boards(api: JiraApi, project: str = "") -> Iterator[int]:
    """The numbers of all boards that may have sprints, of one project or of the site. Raises `Rejected`, `NotFound`."""
    kinds = "scrum,simple" if api.version == "3" else "scrum"  # Data Center knows no team-managed boards
    asked: dict[str, str | int] = {"type": kinds, "maxResults": A_PAGE}
    if project:
        asked["projectKeyOrId"] = project
    start = 0
    for _ in range(MANY_PAGES):
        page = _object(api.look("agile/1.0/board", startAt=start, **asked))
        values = [each for each in page.get("values") or [] if isinstance(each, dict) and each.get("id")]
        yield from (int(each["id"]) for each in values)
        start += len(values)
        if page.get("isLast", True) or not values:
            return
    raise endless("boards")


def project(api: JiraApi, key: str) -> ProjectLook:
    """One project; its key alone where no more is told."""
    try:
        told = _object(api.look(_core(api, f"project/{quote(key, safe='')}")))
    except (NotFound, Forbidden):
        return ProjectLook(key)
    return ProjectLook(key, str(told.get("name") or ""), User.model_validate(_part(told, "lead")).displayName)


def backlog(api: JiraApi, jql: str) -> Backlog:
    """What a query finds, in a handful of requests however large it is.

    The first issue tells a project; the query without that project tells the next. Raises `BadQuery`.
    """
    query, rest = without_order(jql), without_order(jql)
    projects: list[str] = []
    while len(projects) < MOST_PROJECTS and (key := _first(api, rest)):
        projects.append(key.rpartition("-")[0])
        listed = ", ".join(f'"{each}"' for each in projects)
        rest = both(query, f"project not in ({listed})") if query else f"project not in ({listed})"
        if projects[-1] in projects[:-1]:  # a moved issue keeps turning up under its old project
            break
    exact = api.version == "2"
    return Backlog(count=_count(api, query), exact=exact, projects=tuple(dict.fromkeys(projects)))


def rights(api: JiraApi, project: str, wanted: Sequence[str]) -> dict[str, bool]:
    """Which of these rights the account has in a project; one that the site does not know is left out."""
    told = _object(api.look(_core(api, "mypermissions"), permissions=",".join(wanted), projectKey=project))
    found = _part(told, "permissions")
    return {name: bool(found[name].get("havePermission")) for name in wanted if isinstance(found.get(name), dict)}


def tokens(api: JiraApi) -> tuple[Token, ...]:
    """The account's personal access tokens, on Data Center; their secret is never told."""
    told = api.look("pat/latest/tokens")
    found = [_Token.model_validate(each) for each in told if isinstance(each, dict)] if isinstance(told, list) else []
    return tuple(Token(each.name, each.expiringAt) for each in found)


def _first(api: JiraApi, jql: str) -> str:
    """The key of the first issue, "" for none."""
    page = _object(api.look_by_post(_core(api, _SEARCH[api.version]), {"jql": jql, "fields": ["key"], "maxResults": 1}))
    issues = page.get("issues") or []
    return str(issues[0].get("key") or "") if issues else ""


def _count(api: JiraApi, jql: str) -> int:
    if api.version == "3":
        told = _object(api.look_by_post(_core(api, "search/approximate-count"), {"jql": jql}))
        return int(told.get("count") or 0)
    asked = {"jql": jql, "fields": ["key"], "maxResults": 0}
    return int(_object(api.look_by_post(_core(api, "search"), asked)).get("total") or 0)


def _projects_of(api: JiraApi, number: int, told: Json) -> tuple[str, ...]:
    """Cloud tells the project with the board; Data Center is asked for it."""
    if key := _part(told, "location").get("projectKey"):
        return (str(key),)
    try:
        page = _object(api.look(f"agile/1.0/board/{number}/project"))
    except (NotFound, Forbidden, Rejected):
        return ()
    return tuple(str(each["key"]) for each in page.get("values") or [] if isinstance(each, dict) and each.get("key"))


def _takes(api: JiraApi, shape: Json) -> TeamFilter:
    """What the board's own filter narrows its issues to, where it may be read."""
    number = Named.model_validate(_part(shape, "filter")).id
    if not number.isdigit():
        return NOTHING
    try:
        return takes_of(str(_object(api.look(_core(api, f"filter/{number}"))).get("jql") or ""))
    except (NotFound, Forbidden, Rejected):
        return NOTHING


def _server(told: object) -> Server:
    info = _ServerInfo.model_validate(_object(told))
    if not info.version:
        raise TrackerError(
            "the address answers, but not as Jira does; put the address of Jira itself into [tracker] url"
        )
    return Server(KINDS[info.deploymentType == "Cloud"], info.serverTitle or "Jira", info.version)


def _core(api: JiraApi, resource: str) -> str:
    return f"api/{api.version}/{resource}"


def _object(answer: object) -> Json:
    if isinstance(answer, dict):
        return answer
    raise TrackerError("the site answered something unexpected; check that [tracker] url is the address of Jira itself")


def _part(told: Json, name: str) -> Json:
    part = told.get(name)
    return part if isinstance(part, dict) else {}


def _as_a_stranger(request: PreparedRequest) -> PreparedRequest:
    return request
