"""The HTTP format of Jira Data Center: wiki markup, user names, sprints as strings, epic links."""

import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sync.fake_jira.dialect import SYSTEM, Catalogue, Column, Json, without_nothing
from sync.fake_jira.records import Account, Body, Item, Sprint
from sync.fake_jira.text import as_wiki

_CUSTOM = (
    Column("customfield_10100", "Epic Link", "any", "", "com.pyxis.greenhopper.jira:gh-epic-link", "epic_link"),
    Column("customfield_10104", "Sprint", "array", "string", "com.pyxis.greenhopper.jira:gh-sprint", "sprint"),
    Column("customfield_10105", "Rank", "any", "", "com.pyxis.greenhopper.jira:gh-lexo-rank", "rank"),
    Column(
        "customfield_10106",
        "Story Points",
        "number",
        "",
        "com.atlassian.jira.plugin.system.customfieldtypes:float",
        "points",
    ),
    Column(
        "customfield_10107",
        "Story point estimate",
        "number",
        "",
        "com.pyxis.greenhopper.jira:jsw-story-points",
        "team_points",
    ),
    Column(
        "customfield_10200",
        "Flagged",
        "array",
        "option",
        "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes",
        "flagged",
    ),
    Column("customfield_10300", "Team", "any", "", "com.atlassian.teams:rm-teams-custom-field-team", "team"),
)
_ACCEPTANCE = Column(
    "customfield_10400",
    "Acceptance Criteria",
    "string",
    "",
    "com.atlassian.jira.plugin.system.customfieldtypes:textarea",
    "acceptance",
)
_USUAL, _WITH_CRITERIA = Catalogue(SYSTEM + _CUSTOM), Catalogue((*SYSTEM, *_CUSTOM, _ACCEPTANCE))


class Datacenter:
    """Jira Data Center."""

    name = "datacenter"
    deployment = "Server"
    version_number = "10.3.24"
    latest = "2"
    comments_embedded: int | None = None

    def fields(self, *, acceptance: bool) -> Catalogue:
        """The fields of the site, with or without one for acceptance criteria."""
        return _WITH_CRITERIA if acceptance else _USUAL

    def column(self, column: Column) -> Json:
        """A field as `GET /field` lists it."""
        number = column.id.rpartition("_")[2]
        own = {"custom": column.custom, "customId": int(number)} if column.custom else {"system": column.id}
        return {
            "id": column.id,
            "name": column.name,
            "custom": bool(column.custom),
            "orderable": True,
            "navigable": True,
            "searchable": True,
            "clauseNames": [f"cf[{number}]", column.name] if column.custom else [column.id],
            "schema": without_nothing({"type": column.type, "items": column.items or None, **own}),
        }

    def account(self, account: Account, base: str) -> Json:
        """An account: user name and key."""
        return {
            "self": f"{base}/rest/api/2/user?username={account.name}",
            "name": account.name,
            "key": account.name,
            "emailAddress": account.email,
            "avatarUrls": {"48x48": f"{base}/secure/useravatar?ownerId={account.name}"},
            "displayName": account.display,
            "active": account.active,
            "timeZone": account.zone,
        }

    def text(self, body: Body, version: str) -> Any:  # noqa: ARG002 - there is only version 2
        """Wiki markup."""
        return as_wiki(body) or None

    def sprint_value(self, sprint: Sprint) -> str:
        """A sprint as Java's `toString` prints it: commas and brackets in a name or goal are not escaped."""
        parts = {
            "id": sprint.id,
            "rapidViewId": sprint.board,
            "state": sprint.state.upper(),
            "name": sprint.name,
            "startDate": self.sprint_moment(sprint.start) if sprint.start else None,
            "endDate": self.sprint_moment(sprint.end) if sprint.end else None,
            "completeDate": self.sprint_moment(sprint.completed) if sprint.completed else None,
            "activatedDate": self.sprint_moment(sprint.start) if sprint.start and sprint.state != "future" else None,
            "sequence": sprint.id,
            "goal": sprint.goal or None,
            "autoStartStop": "false",
        }
        fields = ",".join(f"{key}={'<null>' if value is None else value}" for key, value in parts.items())
        number = zlib.crc32(fields.encode("utf-8", "replace"))
        return f"com.atlassian.greenhopper.service.sprint.Sprint@{number:x}[{fields}]"

    def sprint_moment(self, moment: datetime) -> str:
        """With a colon in the offset, unlike the times of issues."""
        return moment.isoformat(timespec="milliseconds")

    def team(self, name: str) -> str:
        """The number of the team, without its name."""
        return str(zlib.crc32(name.encode("utf-8", "replace")) % 1000)

    def history_field(self, item: Item, *, below_epic: bool) -> tuple[str, str]:
        """As the field; an epic is in a field of its own."""
        if item.field_id == "parent" and below_epic:
            return "Epic Link", "epic_link"
        return item.field, item.field_id

    def credentials(self, email: str, token: str) -> str:  # noqa: ARG002 - no e-mail on Data Center
        """Bearer, with the personal access token."""
        return f"Bearer {token}"

    def greeting(self, account: Account) -> Mapping[str, str]:
        """The account's user name."""
        return {"X-AUSERNAME": account.name}
