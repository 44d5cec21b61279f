"""The HTTP format of Jira Cloud: ADF in v3, account ids, sprints as objects, parents instead of epic links."""

import base64
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sync.fake_jira.dialect import SYSTEM, Catalogue, Column, Json, without_nothing
from sync.fake_jira.records import Account, Body, Item, Sprint
from sync.fake_jira.text import as_adf, as_wiki

_CUSTOM = (
    Column(
        "customfield_10001",
        "Team",
        "team",
        "",
        "com.atlassian.jira.plugin.system.customfieldtypes:atlassian-team",
        "team",
    ),
    Column("customfield_10014", "Epic Link", "any", "", "com.pyxis.greenhopper.jira:gh-epic-link", "epic_link"),
    Column(
        "customfield_10016",
        "Story point estimate",
        "number",
        "",
        "com.pyxis.greenhopper.jira:jsw-story-points",
        "team_points",
    ),
    Column("customfield_10019", "Rank", "any", "", "com.pyxis.greenhopper.jira:gh-lexo-rank", "rank"),
    Column("customfield_10020", "Sprint", "array", "json", "com.pyxis.greenhopper.jira:gh-sprint", "sprint"),
    Column(
        "customfield_10021",
        "Flagged",
        "array",
        "option",
        "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes",
        "flagged",
    ),
    Column(
        "customfield_10028",
        "Story Points",
        "number",
        "",
        "com.atlassian.jira.plugin.system.customfieldtypes:float",
        "points",
    ),
)
_ACCEPTANCE = Column(
    "customfield_10040",
    "Acceptance Criteria",
    "string",
    "",
    "com.atlassian.jira.plugin.system.customfieldtypes:textarea",
    "acceptance",
)
_USUAL, _WITH_CRITERIA = Catalogue(SYSTEM + _CUSTOM), Catalogue((*SYSTEM, *_CUSTOM, _ACCEPTANCE))


class Cloud:
    """Jira Cloud."""

    name = "cloud"
    deployment = "Cloud"
    version_number = "1001.0.0-SNAPSHOT"
    latest = "3"
    comments_embedded: int | None = 20

    def fields(self, *, acceptance: bool) -> Catalogue:
        """The fields of the site, with or without one for acceptance criteria."""
        return _WITH_CRITERIA if acceptance else _USUAL

    def column(self, column: Column) -> Json:
        """A field as `GET /field` lists it: Cloud names the custom type in the schema."""
        own = {"custom": column.custom, "customId": int(column.id.rpartition("_")[2])} if column.custom else {}
        schema = without_nothing({"type": column.type, "items": column.items or None, **own})
        if not column.custom:
            schema["system"] = column.id
        number = column.id.rpartition("_")[2]
        return {
            "id": column.id,
            "key": column.id,
            "name": column.name,
            "custom": bool(column.custom),
            "orderable": True,
            "navigable": True,
            "searchable": True,
            "clauseNames": [f"cf[{number}]", column.name] if column.custom else [column.id],
            "schema": schema,
        }

    def account(self, account: Account, base: str) -> Json:
        """An account: only the id is stable, the mail address is hidden."""
        return {
            "self": f"{base}/rest/api/3/user?accountId={account.id}",
            "accountId": account.id,
            "accountType": "app" if account.is_app else "atlassian",
            "avatarUrls": {"48x48": f"{base}/avatars/{account.id}.png"},
            "displayName": account.display,
            "active": account.active,
            "timeZone": account.zone,
        }

    def text(self, body: Body, version: str) -> Any:
        """ADF in v3, wiki markup in v2."""
        return as_adf(body) if version == "3" else (as_wiki(body) or None)

    def sprint_value(self, sprint: Sprint) -> Json:
        """An object; absent dates are left out."""
        return without_nothing(
            {
                "id": sprint.id,
                "name": sprint.name,
                "state": sprint.state,
                "boardId": sprint.board,
                "goal": sprint.goal,
                "startDate": self.sprint_moment(sprint.start) if sprint.start else None,
                "endDate": self.sprint_moment(sprint.end) if sprint.end else None,
                "completeDate": self.sprint_moment(sprint.completed) if sprint.completed else None,
            }
        )

    def sprint_moment(self, moment: datetime) -> str:
        """UTC with a Z."""
        utc = moment.astimezone(UTC)
        return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"

    def team(self, name: str) -> Json:
        """An object with an id that depends only on the name."""
        return {"id": str(uuid.uuid5(uuid.NAMESPACE_DNS, name)), "name": name, "isVisible": True}

    def history_field(self, item: Item, *, below_epic: bool) -> tuple[str, str]:  # noqa: ARG002 - one name for all
        """As the field; parents and links have no id here."""
        names = {"parent": ("IssueParentAssociation", ""), "issuelinks": ("Link", "")}
        return names.get(item.field_id, (item.field, item.field_id))

    def credentials(self, email: str, token: str) -> str:
        """Basic, with the mail address and the token."""
        return "Basic " + base64.b64encode(f"{email}:{token}".encode()).decode()

    def greeting(self, account: Account) -> Mapping[str, str]:
        """The account's id."""
        return {"X-AACCOUNTID": account.id}
