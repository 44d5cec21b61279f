"""Everything a run needs from a GitLab.

The list of issues comes whole, because the order changes without a sign. Notes, events and links are a few requests an
issue: they come from the mirror where the list shows no change of the issue since.
"""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rules.history.kept import kept
from rules.model import Category, Issue, Snapshot, Sprint, SprintState, Team
from sync.errors import Forbidden, NotFound
from sync.logs import get_logger
from sync.store.mirror import Mirror
from sync.trackers.base import Scope
from sync.trackers.concurrency import map_ordered
from sync.trackers.dated_sprints import TimeBox, read_sprints, recent
from sync.trackers.gitlab.api import GitlabApi, filters_of
from sync.trackers.gitlab.history import read_edits
from sync.trackers.gitlab.parse import read_issue
from sync.trackers.gitlab.payloads import Box, RawIssue
from sync.trackers.gitlab.settings import Estimate, GitlabSettings, Order
from sync.trackers.gitlab.site import Site, learn, shows_weights
from sync.trackers.link_ends import Ends, ends_among, unknown_blockers, with_ends
from sync.trackers.tolerant import Json

log = get_logger()

SHAPE = "gitlab-1"  # of what the mirror keeps
DETAILS = ("notes", "label_events", "sprint_events", "state_events", "weight_events", "links")
"""What is asked for each issue alone."""
CLOSED, CURRENT = {"closed", "3"}, {"current", "2"}
"""States of milestones and iterations; REST gives those of iterations as numbers."""
JUST_NOW = timedelta(minutes=2)
"""An issue that changed so lately is read again: its notes and events may not all be there yet."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """A snapshot, and what is known of the site."""

    snapshot: Snapshot
    site: Site


def pull(api: GitlabApi, settings: GitlabSettings, scope: Scope, mirror: Mirror | None) -> Pulled:
    """Read everything in the scope. Raises the errors of `sync.errors`."""
    started = api.transport.server_now()
    filters, site = filters_of(scope.backlog), learn(api, settings)
    listed = api.issues({**filters, "state": "opened", "order_by": settings.rank.value, "sort": "asc"})
    sprints, stopped = _sprints(api, site, scope, started)
    site = replace(site, sprints={sprint.id: sprint for sprint in sprints})
    members = [
        raw for sprint in sprints if sprint.state is not SprintState.FUTURE for raw in _members(api, site, sprint)
    ]
    site = replace(site, is_premium=shows_weights((*listed, *members)))
    if mirror is not None:
        mirror.begin(site=settings.url, account=site.account, shape=f"{SHAPE}-{settings.sprints}", started=started)
    raws = _with_details(api, site, mirror, [*members, *listed], started)
    if mirror is not None:
        mirror.finish(raws.keys(), started)
    issues = [read_issue(raws[number], site) for number in map(_id, listed) if number in raws]
    history = [read_issue(raws[number], site) for number in dict.fromkeys(map(_id, members)) if number in raws]
    ends = ends_of(api, raws.values(), [*history, *issues], issues)
    return Pulled(
        Snapshot(
            taken_at=started,
            product=scope.product,
            issues=tuple(with_ends(issues, ends)),
            history=tuple(with_ends(history, ends)),
            sprints=tuple(sprints),
            unavailable=_unavailable(site),
            stopped=stopped,
            edits={issue.id: kept(read_edits(raws[issue.id], site), started) for issue in (*issues, *history)},
        ),
        site,
    )


def ends_of(api: GitlabApi, raws: Iterable[RawIssue], known: Sequence[Issue], issues: Sequence[Issue]) -> Ends:
    """The category and title of the issues that these link to, by key; blockers that are not known are asked for."""
    ends = ends_among(known)
    ids = {other.references.full: other.id for raw in raws for other in raw.links}
    for answer in api.by_ids([ids[key] for key in unknown_blockers(issues, ends)]):
        other = RawIssue.model_validate(answer)
        ends[other.references.full] = (Category.DONE if other.is_closed else Category.TODO, other.title)
    return ends


def details_of(api: GitlabApi, site: Site, raw: Json) -> Json:
    """An issue with its notes, events and links; GitLab Free has no weights, and no links that block."""
    issue = _id(raw)
    sprint_kind = "iteration" if site.has_iterations else "milestone"
    details: Json = {
        "notes": api.notes(issue),
        "label_events": api.events(issue, "label"),
        "sprint_events": api.events(issue, sprint_kind),
        "state_events": api.events(issue, "state"),
    }
    if site.is_premium:
        details |= {"weight_events": api.events(issue, "weight"), "links": api.links(issue)}
    return {**raw, **details}


def _id(raw: Json) -> str:
    return f"{raw.get('project_id')}:{raw.get('iid')}"


def _version(raw: Json) -> str:
    """What the list says of an issue: its notes and events are the same where this is. Labels may change unseen."""
    labels = ",".join(sorted(map(str, raw.get("labels") or [])))
    boxes = (str((raw.get(name) or {}).get("id", "")) for name in ("milestone", "iteration"))
    return "|".join([str(raw.get("updated_at")), str(raw.get("user_notes_count")), *boxes, labels])


def _with_details(
    api: GitlabApi, site: Site, mirror: Mirror | None, listed: Sequence[Json], started: datetime
) -> dict[str, RawIssue]:
    """The listed issues with their details, by id; those that were deleted in between are left out."""
    by_id = {_id(raw): raw for raw in listed}
    known = mirror.known() if mirror is not None else {}
    to_fetch = {number: raw for number, raw in by_id.items() if known.get(number) != _version(raw)}
    raws: dict[str, RawIssue] = {}

    def fetch(raw: Json) -> Json | None:
        try:
            return details_of(api, site, raw)
        except NotFound:
            return None

    with closing(map_ordered(fetch, to_fetch.values(), api.transport.breadth.most)) as answers:
        for raw in filter(None, answers):
            raws[_id(raw)] = RawIssue.model_validate(raw)
            if mirror is not None:
                mirror.keep([_kept(raw, started)])
    if mirror is not None:
        for content in mirror.issues(number for number in by_id if number not in to_fetch):
            raws[content["id"]] = RawIssue.model_validate({**content, **by_id[content["id"]]})
    log.debug("tracker.pulled", issues=len(raws), fetched=len(to_fetch))
    return raws


def _kept(raw: Json, started: datetime) -> Json:
    """What the mirror keeps of an issue; one that changed just now is kept without its version, so it is read again."""
    updated = RawIssue.model_validate(raw).updated_at
    is_settled = updated is not None and updated < started - JUST_NOW
    key = str((raw.get("references") or {}).get("full"))
    details = {name: raw[name] for name in DETAILS if name in raw}
    return {"id": _id(raw), "key": key, "fields": {"updated": _version(raw) if is_settled else ""}, **details}


def _members(api: GitlabApi, site: Site, sprint: Sprint) -> list[Json]:
    """The issues of a sprint, closed ones too. Milestones are asked for by title, which two of them may share."""
    asked = {"iteration_id": sprint.id} if site.has_iterations else {"milestone": sprint.name}
    raws = api.issues({**asked, "state": "all"})
    return [raw for raw in raws if site.box(RawIssue.model_validate(raw)).id == sprint.id]


def _sprints(api: GitlabApi, site: Site, scope: Scope, now: datetime) -> tuple[list[Sprint], dict[str, str]]:
    """The sprints of the teams, each once, and why a team is left out. Raises where that leaves no team."""
    by_id: dict[str, Sprint] = {}
    stopped: dict[str, str] = {}
    for team in scope.product.teams:
        try:
            sprints = sprints_of(api, site, team.board, now)
        except (NotFound, Forbidden) as error:
            stopped[team.name] = why_not_read(team, site)
            log.warning("tracker.team_left_out", team=team.name, why=stopped[team.name])
            if len(stopped) == len(scope.product.teams):
                raise type(error)("; ".join(stopped.values())) from error
            continue
        for sprint in recent(sprints, scope.closed_sprints):
            by_id.setdefault(sprint.id, sprint)
    return list(by_id.values()), stopped


def sprints_of(api: GitlabApi, site: Site, board: int, now: datetime) -> list[Sprint]:
    """The milestones or iterations of a board in time order. Raises `NotFound`."""
    raws = api.iterations(site.group_path, board) if site.has_iterations else api.milestones(site.milestones_of, board)
    return in_order(map(Box.model_validate, raws), site, board, now)


def in_order(boxes: Iterable[Box], site: Site, board: int, now: datetime) -> list[Sprint]:
    """Milestones or iterations as sprints, in time order."""
    return read_sprints(map(_time_box, boxes), board, now.date(), site.settings.sprint_days)


def _time_box(box: Box) -> TimeBox:
    """A milestone or iteration as a time box. Most iterations have no title, so their days name them."""
    return TimeBox(
        id=box.id,
        name=box.title or f"{box.start_date} to {box.due_date}",
        first=box.start_date,
        last=box.due_date,
        is_closed=box.state in CLOSED,
        has_begun=box.state in CURRENT,
        goal=box.description,
    )


def why_not_read(team: Team, site: Site) -> str:
    """What is wrong with the board of a team, and what to do."""
    what = "cadence" if site.has_iterations else site.milestones_of.removesuffix("s")
    return (
        f'{what} {team.board} of team "{team.name}" does not exist, or is hidden from this account: put the number of '
        f"the {what} into [[teams]] board"
    )


def _unavailable(site: Site) -> frozenset[str]:
    """What this site does not provide, as in `Snapshot.unavailable`."""
    settings = site.settings
    lacking = {
        "points": settings.points is Estimate.WEIGHT and not site.is_premium,
        "links": not site.is_premium,
        "rank": settings.rank is not Order.BOARD,
        "sprints": not site.sprints,
        "acceptance-field": True,
        "parent": True,
        "priority": not settings.priorities,
    }
    return frozenset(name for name, is_lacking in lacking.items() if is_lacking)
