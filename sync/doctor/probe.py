"""Everything the checks need from the site, asked once; an error is an answer too."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeAlias, TypeVar

from rules.model import Sprint
from sync.config import Settings, opt_out_of
from sync.doctor.check import NotAsked, ends_all
from sync.errors import Rejected, TrackerError, Unreachable
from sync.trackers.http import Transport
from sync.trackers.jira import site_info as survey
from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.boards import has_no_sprints
from sync.trackers.jira.dialect import JIRA
from sync.trackers.jira.jql import projects_named
from sync.trackers.jira.payloads import LinkType, User, read_sprint
from sync.trackers.jira.settings import JiraSettings
from sync.trackers.jira.site_info import Account, Backlog, BoardLook, Server, Token
from sync.trackers.tolerant import Json

T = TypeVar("T")
Answer: TypeAlias = T | TrackerError
Rights: TypeAlias = Mapping[str, bool]

RIGHTS = (
    "BROWSE_PROJECTS",
    "EDIT_ISSUES",
    "ADD_COMMENTS",
    "EDIT_OWN_COMMENTS",
    "DELETE_OWN_COMMENTS",
    "SCHEDULE_ISSUES",
    "ADMINISTER_PROJECTS",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """The site's answer to each question.

    `ahead` is how many seconds the site's clock is ahead of this machine's; `rights` is by project, `boards` and
    `sprints` (active and future ones; `None` for a board without sprints) by the board's number. `opted_out` are the
    accounts of [opt_out] people that the site shows.
    """

    settings: Settings
    now: datetime
    server: Answer[Server]
    account: Answer[Account]
    ahead: float
    tokens: Answer[tuple[Token, ...]]
    backlog: Answer[Backlog]
    rights: Mapping[str, Answer[Rights]]
    boards: Mapping[int, Answer[BoardLook]]
    sprints: Mapping[int, Answer[tuple[Sprint, ...] | None]]
    fields: Answer[Sequence[Json]]
    priorities: Answer[Sequence[str]]
    links: Answer[Sequence[LinkType]]
    opted_out: Answer[Sequence[User]]

    @property
    def kind(self) -> str:
        """The configured kind of tracker."""
        return kind_of(self.settings.tracker)


def kind_of(settings: JiraSettings) -> str:
    """The kind of tracker of these settings."""
    return str(getattr(settings, "kind", ""))


def probe(api: JiraApi, settings: Settings, now: datetime) -> Probe:
    """Ask everything; after an answer that means unreachable or locked out, nothing more is asked."""
    ask = _Questions()
    server = ask(partial(_server, api, settings.tracker))
    if isinstance(server, Server) and server.kind != kind_of(settings.tracker):
        ask.end()  # the log-in of the other kind cannot work
    account = ask(partial(survey.account, api))
    if isinstance(account, TrackerError) or not account.id:
        ask.end()
    jql = settings.product.backlog
    backlog = ask(partial(survey.backlog, api, jql))
    numbers = tuple(dict.fromkeys(team.board for team in settings.teams))
    boards = {number: ask(partial(survey.board, api, number)) for number in numbers}
    return Probe(
        settings=settings,
        now=now,
        server=server,
        account=account,
        backlog=backlog,
        boards=boards,
        rights={project: ask(partial(survey.rights, api, project, RIGHTS)) for project in _in(backlog, boards, jql)},
        sprints={number: ask(partial(_sprints, api, number)) for number in numbers},
        fields=ask(api.fields),
        priorities=ask(lambda: [str(priority.get("name", "")) for priority in api.priorities()]),
        links=ask(partial(survey.link_types, api)),
        opted_out=_opted_out(api, settings, ask),
        tokens=ask(partial(survey.tokens, api)) if api.version == "2" else (),
        ahead=api.transport.server_ahead,
    )


def _opted_out(api: JiraApi, settings: Settings, ask: "_Questions") -> Answer[Sequence[User]]:
    accounts = sorted(opt_out_of(settings).people)
    return ask(partial(api.people, accounts)) if accounts else ()


class _Questions:
    """Asks one question after the other, until the site is unreachable."""

    def __init__(self) -> None:
        self._ended = False

    def __call__(self, question: Callable[[], T]) -> Answer[T]:
        if self._ended:
            return NotAsked()
        try:
            return question()
        except TrackerError as error:
            self._ended = ends_all(error)
            return error

    def end(self) -> None:
        self._ended = True


def _server(api: JiraApi, settings: JiraSettings) -> Server:
    """Asked without log-in, so that a wrong kind or token cannot hide which Jira answers; else with it."""
    try:
        return survey.identify(settings.url, Transport.to(settings, JIRA))
    except Unreachable:
        raise
    except TrackerError:
        return survey.server(api)


def _in(backlog: Answer[Backlog], boards: Mapping[int, Answer[BoardLook]], jql: str) -> tuple[str, ...]:
    """The projects whose permissions matter: the backlog's, or where it is empty or unreadable those of the boards.

    Where the boards are hidden, too, those that the query names: it is unreadable if one of them is hidden.
    """
    if isinstance(backlog, Backlog) and backlog.projects:
        return backlog.projects
    looks = (look for look in boards.values() if isinstance(look, BoardLook))
    return tuple(dict.fromkeys(key for look in looks for key in look.projects)) or projects_named(jql)


def _sprints(api: JiraApi, board: int) -> tuple[Sprint, ...] | None:
    try:
        sprints = [read_sprint(raw, board) for raw in api.sprints(board, "active,future")]
    except Rejected as error:
        if has_no_sprints(error):
            return None  # a Kanban board
        raise
    return tuple(sprint for sprint in sprints if sprint is not None)
