"""The issue of the living page: found by the id we wrote to, else by the key of the configuration."""

from collections.abc import Mapping
from dataclasses import replace

from rules.commands.answers import Commands
from rules.deep.model import Deep
from rules.living_page import page_body
from rules.model import Issue, OwnMarks, Snapshot
from rules.plan.changes import ChangePlan, LeftAsIs, PutPage
from rules.plan.page import with_page
from rules.plan.policy import Policy
from rules.planning.model import SprintProposal
from rules.verdict import Judgement
from sync.errors import Forbidden
from sync.logs import get_logger
from sync.reports.base import RunReport
from sync.run.context import RunContext
from sync.run.page_links import with_links
from sync.trackers.base import Tracker

log = get_logger()
MISSING = "no issue has this key, or the account may not see it; create it, or correct [living_page] issue"


def with_page_issue(snapshot: Snapshot, key: str, memory: Mapping[str, OwnMarks], tracker: Tracker) -> Snapshot:
    """The snapshot with the issue of this key apart from the backlog; as it is where there is none."""
    issue = _found(key, memory, tracker) if key else None
    if key and issue is None:
        log.warning("page.not_found", key=key, why=MISSING)
    return snapshot if issue is None else snapshot.with_page(issue)


def _found(key: str, memory: Mapping[str, OwnMarks], tracker: Tracker) -> Issue | None:
    """By its id where we wrote to it: it may have moved. Where the configuration names another issue, that one."""
    stored = [issue for issue, marks in memory.items() if marks.page]
    known = [issue for issue in (_read(tracker, one) for one in stored) if issue is not None]
    same = next((issue for issue in known if issue.key == key), None)
    return same or _read(tracker, key) or (known[-1] if known else None)


def _read(tracker: Tracker, issue: str) -> Issue | None:
    try:
        return tracker.read(issue)
    except Forbidden:
        return None


def paged(  # noqa: PLR0913, PLR0917 - all that the page shows
    plan: ChangePlan,
    snapshot: Snapshot,
    judgement: Judgement,
    deep: Deep,
    proposal: SprintProposal,
    commands: Commands,
    memory: Mapping[str, OwnMarks],
    context: RunContext,
) -> ChangePlan:
    """The plan with a change of the living page, where it says something else by now."""
    if not context.page:
        return plan
    issue = snapshot.by_id.get(snapshot.page)
    if issue is None:
        return replace(plan, left_as_is=(*plan.left_as_is, LeftAsIs(key=context.page, what="page", why=MISSING)))
    body = page_body(snapshot, judgement, deep, proposal, commands, context.policy, link=context.page_link)
    body = with_links(body, snapshot, context.site)
    return with_page(plan, snapshot, body, context.policy, memory, commands.hands_off)


def paged_again(
    plan: ChangePlan,
    issue: Issue,
    report: RunReport,
    snapshot: Snapshot,
    memory: Mapping[str, OwnMarks],
    policy: Policy,
) -> ChangePlan:
    """The new plan for one issue of a run, with the page as the run planned it, where this issue is the page."""
    change = next((one for one in report.plan.changes if isinstance(one, PutPage)), None)
    if change is None or change.issue != issue.id:
        return plan
    return with_page(plan, snapshot, change.page, policy, memory, report.commands.hands_off)
