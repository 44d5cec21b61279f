"""Everything a run needs from a Redmine.

The list of issues comes whole, because relations and versions change without a sign. Journals are one request an issue:
they come from the mirror where the issue did not change since.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rules.history.kept import kept
from rules.model import Issue, Snapshot, Sprint, SprintState, Team
from sync.errors import Forbidden, NotFound
from sync.logs import get_logger
from sync.store.mirror import Mirror
from sync.trackers.base import Scope
from sync.trackers.concurrency import map_ordered
from sync.trackers.dated_sprints import recent
from sync.trackers.link_ends import Ends, ends_among, unknown_blockers, with_ends
from sync.trackers.redmine.api import RedmineApi, filters_of
from sync.trackers.redmine.journals import read_edits
from sync.trackers.redmine.parse import key_of, place_of, read_issue
from sync.trackers.redmine.payloads import RawIssue
from sync.trackers.redmine.settings import HOURS, RedmineSettings
from sync.trackers.redmine.site import Site, find_fields, learn
from sync.trackers.redmine.versions import read_sprints
from sync.trackers.tolerant import Json

log = get_logger()

SHAPE = "redmine-1"  # of what the mirror keeps
DETAILS = ("journals", "watchers", "children", "spent_hours")
"""What only the answer for a single issue has."""
JUST_NOW = timedelta(minutes=2)
"""Dates have whole seconds, and clocks differ: an issue that changed so lately is read again."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """A snapshot, and what is known of the site."""

    snapshot: Snapshot
    site: Site


def pull(api: RedmineApi, settings: RedmineSettings, scope: Scope, mirror: Mirror | None) -> Pulled:
    """Read everything in the scope. Raises the errors of `sync.errors`."""
    started = api.transport.server_now()
    filters, site = filters_of(scope.backlog), learn(api, settings)  # first, because a wrong key sees less, not nothing
    listed = api.issues(filters)
    fields = find_fields(settings, (*listed, *api.newest()), scope.product.fields)
    sprints, stopped = _sprints(api, scope, settings, started)
    site = replace(site, fields=fields, sprints={sprint.id: sprint for sprint in sprints})
    past = [sprint.id for sprint in sprints if sprint.state is not SprintState.FUTURE]
    members = api.issues({"fixed_version_id": "|".join(past), "status_id": "*"}) if past else []
    if mirror is not None:
        mirror.begin(site=settings.url, account=site.account, shape=SHAPE, started=started)
    raws = _with_details(api, mirror, [*listed, *members], started)
    open_ones = [raws[str(raw["id"])] for raw in listed if str(raw["id"]) in raws]
    ordered = sorted(open_ones, key=lambda raw: place_of(raw, site))
    issues = [read_issue(raw, site) for raw in ordered]
    history = [read_issue(raws[str(raw["id"])], site) for raw in members if str(raw["id"]) in raws]
    if mirror is not None:
        mirror.finish(raws.keys(), started)
    ends = ends_of(api, site, [*history, *issues], issues)
    wanted = [*(issue for issue in issues if issue.is_open), *history]
    return Pulled(
        Snapshot(
            taken_at=started,
            product=scope.product,
            issues=tuple(with_ends(issues, ends)),
            history=tuple(with_ends(history, ends)),
            sprints=tuple(sprints),
            unavailable=_unavailable(site, sprints),
            stopped=stopped,
            edits={issue.id: kept(read_edits(raws[issue.id], site), started) for issue in wanted},
        ),
        site,
    )


def ends_of(api: RedmineApi, site: Site, known: Sequence[Issue], issues: Sequence[Issue]) -> Ends:
    """The category and title of the issues that these link to, by key; blockers that are not known are asked for."""
    ends = ends_among(known)
    for raw in api.by_ids([key.removeprefix("#") for key in unknown_blockers(issues, ends)]):
        other = RawIssue.model_validate(raw)
        ends[key_of(other.id)] = (site.category(other), other.subject)
    return ends


def _with_details(
    api: RedmineApi, mirror: Mirror | None, listed: Sequence[Json], started: datetime
) -> dict[str, RawIssue]:
    """The listed issues with their journals, by id; those that were deleted in between are left out."""
    by_id = {str(raw["id"]): raw for raw in listed}
    known = mirror.known() if mirror is not None else {}
    to_fetch = [number for number, raw in by_id.items() if known.get(number) != str(raw.get("updated_on"))]
    details: dict[str, RawIssue] = {}
    with closing(map_ordered(api.issue, to_fetch, api.transport.breadth.most)) as answers:
        for raw in filter(None, answers):
            details[str(raw["id"])] = RawIssue.model_validate({**by_id[str(raw["id"])], **raw})
            if mirror is not None:
                mirror.keep([_kept(raw, started)])
    if mirror is not None:
        for kept_raw in mirror.issues(number for number in by_id if number not in set(to_fetch)):
            part = {name: kept_raw.get(name) for name in DETAILS}
            details[kept_raw["id"]] = RawIssue.model_validate({**part, **by_id[kept_raw["id"]]})
    log.debug("tracker.pulled", issues=len(details), fetched=len(to_fetch))
    return details


def _kept(raw: Json, started: datetime) -> Json:
    """What the mirror keeps of an issue; one that changed just now is kept without its date, so it is read again."""
    updated = RawIssue.model_validate(raw).updated_on
    is_settled = updated is not None and updated < started - JUST_NOW
    number = str(raw["id"])
    dates = {"updated": str(raw.get("updated_on")) if is_settled else ""}
    return {"id": number, "key": key_of(number), "fields": dates, **{name: raw.get(name) for name in DETAILS}}


def _sprints(
    api: RedmineApi, scope: Scope, settings: RedmineSettings, now: datetime
) -> tuple[list[Sprint], dict[str, str]]:
    """The versions of the teams' projects, each once, and why a team is left out. Raises where that leaves no team."""
    by_id: dict[str, Sprint] = {}
    stopped: dict[str, str] = {}
    for team in scope.product.teams:
        try:
            raws = api.versions(team.board)
        except (NotFound, Forbidden) as error:
            stopped[team.name] = why_not_read(team)
            log.warning("tracker.team_left_out", team=team.name, why=stopped[team.name])
            if len(stopped) == len(scope.product.teams):
                raise type(error)("; ".join(stopped.values())) from error
            continue
        for sprint in recent(read_sprints(raws, team.board, settings, now.date()), scope.closed_sprints):
            by_id.setdefault(sprint.id, sprint)
    return list(by_id.values()), stopped


def why_not_read(team: Team) -> str:
    """What is wrong with a team's project, and what to do."""
    return (
        f'project {team.board} of team "{team.name}" is archived, does not exist, or is hidden from this account: '
        "put the project's number into [[teams]] board"
    )


def _unavailable(site: Site, sprints: Sequence[Sprint]) -> frozenset[str]:
    """What this site does not provide, as in `Snapshot.unavailable`."""
    fields = site.fields
    lacking = {
        "points": not fields.points and site.settings.fields.points != HOURS,
        "rank": not fields.rank,
        "sprints": not sprints,
        "acceptance-field": not fields.acceptance,
        "priority": not site.priorities,
    }
    return frozenset(name for name, is_lacking in lacking.items() if is_lacking)
