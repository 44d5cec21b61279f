"""Looking at a site for the first time: which Jira it is, who we are there, its boards, their teams and sprints."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta, tzinfo
from statistics import median_low
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from rules.model import Sprint, SprintState
from sync.errors import Forbidden, LoggedOut, NotFound, Rejected, UsageError
from sync.trackers import open_tracker
from sync.trackers.jira import site_info as survey
from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.fields import FieldMap, discover
from sync.trackers.jira.payloads import read_sprint
from sync.trackers.jira.settings import CloudSettings, DatacenterSettings, FieldNames, JiraSettings
from sync.trackers.jira.site_info import KINDS, Account, BoardLook, ProjectLook, Server
from sync.trackers.jira.tracker import JiraTracker, transport_for

MOST_BOARDS = 20  # more teams than that do not work on one product
RECENT = 6  # closed sprints that tell how long a sprint is
SHORTEST, LONGEST = 5, 23  # working days a sprint may have
FRIDAY = 4

Settings = TypeVar("Settings", bound=JiraSettings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the person asked for; "" where it was not said."""

    url: str
    kind: str = ""
    email: str = ""
    cloud_id: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFound:
    """A board that a team works from, and its usual sprint in working days; `None` where none of `sprints` tells it."""

    board: BoardLook
    sprint_days: int | None
    sprints: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that was found."""

    settings: JiraSettings
    server: Server
    account: Account
    projects: tuple[ProjectLook, ...]
    teams: tuple[TeamFound, ...]
    fields: FieldMap


def look_around(wanted: Wanted, token: str) -> Findings:
    """Ask the site. Raises `UsageError`, `ConfigError` and the errors of the tracker."""
    server = _identify(wanted)
    settings = _settings(wanted, server.kind)
    tracker = open_tracker(settings, token)
    assert isinstance(tracker, JiraTracker), "both settings are Jira's"
    api = tracker.api
    account = survey.account(api)
    if not account.id:
        raise LoggedOut(f"{settings.url} answers as to a stranger: check READYLINE_TOKEN and the account it belongs to")
    teams = tuple(_teams(api, wanted, account))
    if not teams:
        where = f'in project "{wanted.project}"' if wanted.project else "on this site"
        raise UsageError(f"{account.name} sees no board with sprints {where}: make one, or ask for Browse Projects")
    estimates = {team.board.id: team.board.estimate for team in teams if team.board.estimate}
    return Findings(
        settings=settings,
        server=server,
        account=account,
        projects=tuple(survey.project(api, key) for key in _keys(wanted, teams)),
        teams=teams,
        fields=discover(api.fields(), FieldNames(), boards=estimates),
    )


def _identify(wanted: Wanted) -> Server:
    """Which Jira it is; where strangers are told nothing, the person must say."""
    settings = _checked(DatacenterSettings, url=wanted.url)  # nothing but the address is looked at here
    try:
        server = survey.identify(settings.url, transport_for(settings))
    except (LoggedOut, Forbidden) as error:
        if wanted.kind:
            return Server(wanted.kind, "Jira", "")
        raise UsageError(
            f"{settings.url} does not tell a stranger which Jira it is: say --kind jira-cloud or --kind jira-datacenter"
        ) from error
    if wanted.kind and wanted.kind != server.kind:
        raise UsageError(f"--kind {wanted.kind}: {settings.url} is {server.product}; leave --kind out")
    return server


def _settings(wanted: Wanted, kind: str) -> JiraSettings:
    if kind != KINDS[True]:
        return _checked(DatacenterSettings, url=wanted.url)
    if not wanted.email:
        raise UsageError("Jira Cloud logs in by e-mail and token: add --email with the address of the token's account")
    return _checked(CloudSettings, url=wanted.url, email=wanted.email, cloud_id=wanted.cloud_id)


def _checked(model: type[Settings], **values: str) -> Settings:
    try:
        return model(**values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = str(first["loc"][0])
        said = str(first["ctx"]["error"]) if first["type"] == "value_error" else f'"{values[key]}" is none'
        raise UsageError(f"--{key.replace('_', '-')}: {said}") from error


def _teams(api: JiraApi, wanted: Wanted, account: Account) -> Iterator[TeamFound]:
    try:
        numbers = list(survey.boards(api, wanted.project))
    except (Rejected, NotFound) as error:
        if not wanted.project:
            raise
        raise UsageError(
            f"--project {wanted.project}: there is no such project, or {account.name} may not see it"
        ) from error
    if len(numbers) > MOST_BOARDS and not wanted.project:
        raise UsageError(
            f"the site has {len(numbers)} boards, too many for one product: name its project with --project KEY"
        )
    for number in numbers:
        try:
            yield _team(api, number, account.zone)
        except (Rejected, NotFound, Forbidden):
            continue  # a board without sprints, or one that is not for us


def _team(api: JiraApi, number: int, zone: str) -> TeamFound:
    told = [read_sprint(raw, number) for raw in api.sprints(number, "closed,active,future")]
    sprints = [sprint for sprint in told if sprint is not None]
    days, count = sprint_days(sprints, zone)
    return TeamFound(board=survey.board(api, number), sprint_days=days, sprints=count)


def sprint_days(sprints: Sequence[Sprint], zone: str) -> tuple[int | None, int]:
    """The usual length of a sprint in working days, and how many sprints tell it; (`None`, 0) where none has dates.

    The newest closed sprints tell it, or where none is closed yet, the others.
    """
    dated = [sprint for sprint in sprints if sprint.start is not None and sprint.end is not None]
    closed = [sprint for sprint in dated if sprint.state is SprintState.CLOSED]
    telling = sorted(closed or dated, key=_started)[-RECENT:]
    lengths = [length for sprint in telling if (length := _working_days(sprint, zone)) > 0]
    if not lengths:
        return None, 0
    return min(max(median_low(lengths), SHORTEST), LONGEST), len(lengths)


def _started(sprint: Sprint) -> float:
    return sprint.start.timestamp() if sprint.start else 0.0


def _working_days(sprint: Sprint, zone: str) -> int:
    """Mondays to Fridays from first to last day; a sprint that ends at the hour it began ends before that day."""
    assert sprint.start is not None
    assert sprint.end is not None
    first, last = (moment.astimezone(_zone(zone)) for moment in (sprint.start, sprint.end))
    days = (last.date() - first.date()).days + (last.time() > first.time())
    return sum((first.date() + timedelta(days=day)).weekday() < FRIDAY + 1 for day in range(days))


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        return UTC


def _keys(wanted: Wanted, teams: Sequence[TeamFound]) -> tuple[str, ...]:
    """The projects of the product; boards of a person belong to none."""
    keys = tuple(dict.fromkeys(key for team in teams for key in team.board.projects))
    if wanted.project or not keys:
        if not wanted.project:
            raise UsageError("the boards tell no project: name it with --project KEY")
        return (wanted.project,)
    return keys
