"""The issues of a team's latest sprints, as far as they show how the team works: for `readyline init`."""

from collections.abc import Sequence
from dataclasses import dataclass

from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.payloads import Fields
from sync.trackers.jira.site_info import search_page
from sync.trackers.tolerant import Json

FIELDS = ("assignee", "issuetype", "components", "labels")
MOST = 100  # issues of a team; one request


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintIssue:
    """One issue of a sprint; `person` is the name of its assignee, "" for none. `estimated` is about any estimate."""

    person: str = ""
    account: str = ""
    type: str = ""
    level: int | None = None
    components: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    estimated: bool = False


def sprint_issues(api: JiraApi, sprints: Sequence[str], points: Sequence[str]) -> tuple[SprintIssue, ...]:
    """The issues of these sprints that changed last; `points` are the fields that may hold an estimate."""
    if not sprints:
        return ()
    jql = f"sprint in ({', '.join(sprints)}) ORDER BY updated DESC"
    return tuple(_read(raw, points) for raw in search_page(api, jql, (*FIELDS, *points), MOST))


def _read(raw: Json, points: Sequence[str]) -> SprintIssue:
    values = raw.get("fields") or {}
    fields = Fields.model_validate(values)
    return SprintIssue(
        person=fields.assignee.displayName if fields.assignee.accountType in {"", "atlassian"} else "",
        account=fields.assignee.account,
        type=fields.issuetype.name,
        level=-1 if fields.issuetype.subtask else fields.issuetype.hierarchyLevel,
        components=frozenset(one.name for one in fields.components),
        labels=frozenset(fields.labels or ()),
        estimated=any(values.get(name) is not None for name in points),
    )
