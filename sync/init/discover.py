"""What a Jira has: its kind, the account, boards with sprints, their teams, sprint lengths, people and habits."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, timedelta, tzinfo
from statistics import median_low
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from rules.document import Document
from rules.model import Sprint, SprintState, TeamFilter
from rules.text.shared_lines import SharedLine, shared_lines
from rules.wording import many
from sync.errors import BadQuery, Forbidden, LoggedOut, NotFound, Rejected, UsageError
from sync.init.habits import PersonFound, estimated_of, own_filters, people_of, unknown_types
from sync.init.wanted import Wanted
from sync.trackers import open_tracker
from sync.trackers.http import Transport
from sync.trackers.jira import site_info as survey
from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.dialect import JIRA
from sync.trackers.jira.fields import FieldMap, discover
from sync.trackers.jira.payloads import read_sprint
from sync.trackers.jira.settings import CloudSettings, DatacenterSettings, FieldNames, JiraSettings
from sync.trackers.jira.site_info import KINDS, Account, BoardLook, ProjectLook, Server
from sync.trackers.jira.sprint_work import SprintIssue, sprint_issues
from sync.trackers.jira.tracker import JiraTracker

MOST_BOARDS = 20  # one product has fewer teams
RECENT = 6  # closed sprints from which the usual length is read
LATEST = 4  # sprints from which people and habits are read
SHORTEST, LONGEST = 5, 23  # working days a sprint may have
FRIDAY = 4

Settings = TypeVar("Settings", bound=JiraSettings)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFound:
    """A team's board, and its usual sprint length in working days, from `sprints` sprints; `None` if unknown.

    `latest` are the ids of its latest sprints. `own` is what its issues there have in common, for a board whose filter
    does not show which issues are the team's; `people` are those who were assigned them.
    """

    board: BoardLook
    sprint_days: int | None
    sprints: int
    latest: tuple[str, ...] = ()
    own: TeamFilter = survey.NOTHING
    people: tuple[PersonFound, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything found on a site."""

    settings: JiraSettings
    server: Server
    account: Account
    projects: tuple[ProjectLook, ...]
    teams: tuple[TeamFound, ...]
    fields: FieldMap
    shared: tuple[SharedLine, ...] = ()
    """Lines that many of the newest issues share: the site's template, as it seems."""
    read_issues: int = 0
    """How many of the newest issues were read."""
    estimated: tuple[int, int] = (0, 0)
    """How many issues of the latest sprints have an estimate, and how many were read."""
    types: tuple[str, ...] = ()
    """Types of issue whose kind of work is not known."""
    links: tuple[str, ...] = ()
    """Phrases of links whose meaning is not known."""
    priorities: tuple[str, ...] = ()
    """The names of the priorities, the most urgent first."""
    owner: str = ""
    """The Product Owner, where somebody answered; "" for the project lead."""

    @property
    def lead(self) -> str:
        """The project lead where there is exactly one, else ""."""
        leads = {project.lead for project in self.projects if project.lead}
        return leads.pop() if len(leads) == 1 else ""


def discover_site(wanted: Wanted, token: str) -> Findings:
    """Ask the site. Raises `UsageError`, `ConfigError` and the errors of the tracker."""
    server = identify(wanted)
    settings = _settings(wanted, server.kind)
    tracker = open_tracker(settings, token)
    assert isinstance(tracker, JiraTracker), "both kinds of settings are Jira's"
    api = tracker.api
    account = survey.account(api)
    if not account.id:
        raise LoggedOut(f"{settings.url}: Jira treated us as anonymous; check READYLINE_TOKEN and its account")
    teams = tuple(_teams(api, wanted, account))
    if not teams:
        where = f'in project "{wanted.project}"' if wanted.project else "on this site"
        raise UsageError(f"{account.name} sees no board with sprints {where}: create one, or ask for Browse Projects")
    estimates = {team.board.id: team.board.estimate for team in teams if team.board.estimate}
    keys = _keys(wanted, teams)
    texts = _texts(api, keys)
    fields = discover(api.fields(), FieldNames(), boards=estimates)
    work = [_work(api, team, fields) for team in teams]
    every = [one for issues in work for one in issues]
    return Findings(
        settings=settings,
        server=server,
        account=account,
        projects=tuple(survey.project(api, key) for key in keys),
        teams=tuple(
            replace(team, people=people, own=own)
            for team, people, own in zip(teams, people_of(work), own_filters(work), strict=True)
        ),
        fields=fields,
        shared=shared_lines(texts),
        read_issues=len(texts),
        estimated=estimated_of(every),
        types=unknown_types(every),
        links=_known_or_none(lambda: survey.unknown_links(survey.link_types(api), settings.links)),
        priorities=_known_or_none(lambda: tuple(str(one.get("name") or "") for one in api.priorities())),
    )


def _work(api: JiraApi, team: TeamFound, fields: FieldMap) -> Sequence[SprintIssue]:
    """The issues of a team's latest sprints; none where the account may not search them."""
    return _known_or_none(lambda: sprint_issues(api, team.latest, fields.points))


def _known_or_none(ask: Callable[[], tuple[T, ...]]) -> tuple[T, ...]:
    """What the site answers; nothing where it refuses: a proposal can do without it."""
    try:
        return ask()
    except (Rejected, NotFound, Forbidden, BadQuery):
        return ()


def _texts(api: JiraApi, keys: Sequence[str]) -> Sequence[Document]:
    """The newest descriptions; none where the account may not search them."""
    return _known_or_none(lambda: survey.latest_texts(api, keys))


def identify(wanted: Wanted) -> Server:
    """The kind of Jira, asked without a log-in.

    Raises `UsageError` where a site shows it to no anonymous user and `--kind` is missing, and errors of the tracker.
    """
    settings = _checked(DatacenterSettings, url=wanted.url)  # only the address is used here
    try:
        server = survey.identify(settings.url, Transport.to(settings, JIRA))
    except (LoggedOut, Forbidden) as error:
        if wanted.kind:
            return Server(wanted.kind, "Jira", "")
        raise UsageError(
            f"{settings.url} hides which Jira it is: add --kind jira-cloud or --kind jira-datacenter"
        ) from error
    if wanted.kind and wanted.kind != server.kind:
        raise UsageError(f"--kind {wanted.kind}: {settings.url} is {server.product}; remove --kind")
    return server


def _settings(wanted: Wanted, kind: str) -> JiraSettings:
    if kind != KINDS[True]:
        return _checked(DatacenterSettings, url=wanted.url)
    if not wanted.email:
        raise UsageError("Jira Cloud needs e-mail and token: add --email with the address of the token's account")
    return _checked(CloudSettings, url=wanted.url, email=wanted.email, cloud_id=wanted.cloud_id)


def _checked(model: type[Settings], **values: str) -> Settings:
    try:
        return model(**values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = str(first["loc"][0])
        reason = str(first["ctx"]["error"]) if first["type"] == "value_error" else f'"{values[key]}" is not valid'
        raise UsageError(f"--{key.replace('_', '-')}: {reason}") from error


def _teams(api: JiraApi, wanted: Wanted, account: Account) -> Iterator[TeamFound]:
    try:
        numbers = list(survey.boards(api, wanted.project))
    except (Rejected, NotFound) as error:
        if not wanted.project:
            raise
        raise UsageError(
            f"--project {wanted.project}: the project does not exist, or {account.name} cannot see it"
        ) from error
    if len(numbers) > MOST_BOARDS and not wanted.project:
        raise UsageError(f"the site has {many(len(numbers), 'board')}, too many for one product: add --project KEY")
    for number in numbers:
        try:
            yield _team(api, number, account.zone)
        except (Rejected, NotFound, Forbidden):
            continue  # a board without sprints, or one the account cannot see


def _team(api: JiraApi, number: int, zone: str) -> TeamFound:
    read = (read_sprint(raw, number) for raw in api.sprints(number, "closed,active,future"))
    sprints = [sprint for sprint in read if sprint is not None]
    days, count = sprint_days(sprints, zone)
    return TeamFound(board=survey.board(api, number), sprint_days=days, sprints=count, latest=latest(sprints))


def latest(sprints: Sequence[Sprint]) -> tuple[str, ...]:
    """The ids of the active sprints and of those that ended last."""
    begun = [one for one in sprints if one.state is not SprintState.FUTURE]
    newest = sorted(begun, key=lambda one: (one.state is SprintState.ACTIVE, _started(one)), reverse=True)
    return tuple(one.id for one in newest[:LATEST])


def sprint_days(sprints: Iterable[Sprint], zone: str) -> tuple[int | None, int]:
    """The usual length of a sprint in working days, and the number of sprints it is from; (`None`, 0) without dates.

    Read from the newest closed sprints, or from the others while none is closed yet.
    """
    dated = [sprint for sprint in sprints if sprint.start is not None and sprint.end is not None]
    closed = [sprint for sprint in dated if sprint.state is SprintState.CLOSED]
    recent = sorted(closed or dated, key=_started)[-RECENT:]
    lengths = [length for sprint in recent if (length := _working_days(sprint, zone)) > 0]
    if not lengths:
        return None, 0
    return min(max(median_low(lengths), SHORTEST), LONGEST), len(lengths)


def _started(sprint: Sprint) -> float:
    return sprint.start.timestamp() if sprint.start else 0.0


def _working_days(sprint: Sprint, zone: str) -> int:
    """Days from Monday to Friday; a sprint that ends at the time of day it began does not include its last day."""
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
    """The projects of the product; a person's own boards belong to none."""
    keys = tuple(dict.fromkeys(key for team in teams for key in team.board.projects))
    if wanted.project or not keys:
        if not wanted.project:
            raise UsageError("the boards belong to no project: add --project KEY")
        return (wanted.project,)
    return keys
