"""Issues over HTTP: read one, edit one, its history; and the information about the site itself."""

from datetime import UTC

from sync.fake_jira.call import Call, Refused, Reply, Route, page, routes
from sync.fake_jira.dialect import in_zone
from sync.fake_jira.edits import read_edits
from sync.fake_jira.parts import View, issue_type, project, status, urgency
from sync.fake_jira.rendering import entry, issue
from sync.fake_jira.rendering import votes as counted


def read(call: Call, issue_key: str) -> Reply:
    """One issue, by id or by any key it ever had."""
    record = call.issue(issue_key)
    shown = issue(call.view, record, call.wanted("*all"), properties=call.listed("properties"), expand=call.expand())
    return Reply(shown)


def edit(call: Call, issue_key: str) -> Reply:
    """Change fields; all or nothing."""
    record = call.issue(issue_key)
    call.require("EDIT_ISSUES")
    quiet = call.query.get("notifyUsers", "true").lower() == "false"
    may_be_quiet = {"ADMINISTER", "ADMINISTER_PROJECTS"} & call.view.state.rights
    if quiet and not may_be_quiet and call.view.dialect.name == "datacenter":
        raise Refused(403, "To discard the user notification either admin or project admin permissions are required.")
    edits = read_edits(call, record)
    with call.view.state.changing(record, call.view.state.me, silently=quiet and bool(may_be_quiet)):
        for edit in edits:
            edit(record)
    if call.view.dialect.name == "cloud" and call.query.get("returnIssue", "").lower() == "true":
        return Reply(issue(call.view, record, call.wanted("*all")))
    return Reply(status=204)


def watchers(call: Call, issue_key: str) -> Reply:
    """Who watches an issue; without the right only how many."""
    record, view = call.issue(issue_key), call.view
    seen = sorted(record.watchers) if "VIEW_VOTERS_AND_WATCHERS" in view.state.rights else []
    return Reply(
        {
            "self": view.link(f"issue/{record.key}/watchers"),
            "isWatching": view.state.me.id in record.watchers,
            "watchCount": len(record.watchers),
            "watchers": [view.account(view.state.account(who)) for who in seen],
        }
    )


def votes(call: Call, issue_key: str) -> Reply:
    """Who voted for an issue; without the right only how many."""
    record, view = call.issue(issue_key), call.view
    seen = sorted(record.voters) if "VIEW_VOTERS_AND_WATCHERS" in view.state.rights else []
    return Reply(counted(view, record) | {"voters": [view.account(view.state.account(who)) for who in seen]})


def delete(call: Call, issue_key: str) -> Reply:
    """Delete an issue."""
    record = call.issue(issue_key)
    call.require("DELETE_ISSUES")
    call.view.state.discard(record)
    return Reply(status=204)


def changelog(call: Call, issue_key: str) -> Reply:
    """Cloud's history of one issue, the oldest first."""
    record = call.issue(issue_key)
    rows, numbers = page(record.history, call, most=100, default=100)
    last = numbers["startAt"] + len(rows) >= len(record.history)
    return Reply(numbers | {"isLast": last, "values": [entry(call.view, record, row) for row in rows]})


def server_info(call: Call) -> Reply:
    """The kind of Jira, and its time."""
    view = call.view
    numbers = [int(part) for part in view.dialect.version_number.split("-")[0].split(".")]
    return Reply(
        {
            "baseUrl": view.base,
            "version": view.dialect.version_number,
            "versionNumbers": numbers,
            "deploymentType": view.dialect.deployment,
            "buildNumber": 100_287,
            "buildDate": "2026-10-01T00:00:00.000+0000",
            "serverTime": in_zone(view.state.clock().astimezone(UTC), "UTC"),
            "scmInfo": "0000000000000000000000000000000000000000",
            "serverTitle": view.state.title,
        }
    )


def myself(call: Call) -> Reply:
    """The account that asks."""
    if call.anonymous:
        raise Refused(401, "Client must be authenticated to access this resource.")
    return Reply(call.view.account(call.view.state.me))


def people(call: Call) -> Reply:
    """Cloud: several accounts by id, a page of them; unknown ones are left out."""
    wanted = call.query.getlist("accountId")
    if not wanted:
        raise Refused(400, "The account id is missing.")
    known = [account for account in call.view.state.accounts.values() if account.id in wanted]
    rows, numbers = page(known, call, most=200, default=10)
    return Reply({**numbers, "isLast": len(rows) == len(known), "values": [call.view.account(row) for row in rows]})


def person(call: Call) -> Reply:
    """Data Center: one account by its user name."""
    name = call.query.get("username", "")
    for account in call.view.state.accounts.values():
        if account.name == name:
            return Reply(call.view.account(account))
    raise Refused(404, f"The user named '{name}' does not exist")


def my_permissions(call: Call) -> Reply:
    """Which of the named rights the account has."""
    asked = call.listed("permissions")
    if not asked and call.view.dialect.name == "cloud":
        raise Refused(400, "The 'permissions' query parameter is required.")
    key = call.query.get("projectKey")
    hidden = "BROWSE_PROJECTS" not in call.view.state.rights
    if key is not None and (hidden or key not in call.view.state.projects):
        raise Refused(404, f"No project could be found with key '{key}'.")
    rights = asked or sorted(call.view.state.rights)
    return Reply({"permissions": {right: _right(call.view, right, place) for place, right in enumerate(rights)}})


def _right(view: View, right: str, number: int) -> dict[str, object]:
    return {
        "id": str(number + 10),
        "key": right,
        "name": right.replace("_", " ").capitalize(),
        "type": "GLOBAL" if right in {"ADMINISTER", "BULK_CHANGE"} else "PROJECT",
        "description": "",
        "havePermission": right in view.state.rights,
    }


def fields(call: Call) -> Reply:
    """The site's fields."""
    return Reply([call.view.dialect.column(column) for column in call.view.fields.columns])


def priorities(call: Call) -> Reply:
    """The site's priorities, the most urgent first."""
    return Reply([urgency(call.view, row) for row in call.view.state.priorities.values()])


def statuses(call: Call) -> Reply:
    """The site's statuses."""
    return Reply([status(call.view, row) for row in call.view.state.statuses.values()])


def issue_types(call: Call) -> Reply:
    """The site's issue types."""
    return Reply([issue_type(call.view, row) for row in call.view.state.types.values()])


def link_types(call: Call) -> Reply:
    """The site's kinds of link."""
    kinds = call.view.state.link_types.values()
    shown = [
        {
            "id": kind.id,
            "name": kind.name,
            "inward": kind.inward,
            "outward": kind.outward,
            "self": call.view.link(f"issueLinkType/{kind.id}"),
        }
        for kind in kinds
    ]
    return Reply({"issueLinkTypes": shown})


def one_project(call: Call, key: str) -> Reply:
    """A project with its components."""
    if call.anonymous or key not in call.view.state.projects:
        raise Refused(404, f"No project could be found with key '{key}'.")
    names = sorted(call.view.state.components.get(key, ()))
    parts = [{"id": str(10_500 + place), "name": name} for place, name in enumerate(names)]
    lead = call.view.state.leads.get(key)
    lead_part = {"lead": call.view.account(lead)} if lead else {}
    return Reply(project(call.view, key) | lead_part | {"components": parts})


def projects(call: Call) -> Reply:
    """Data Center's list of projects."""
    return Reply([] if call.anonymous else [project(call.view, key) for key in call.view.state.projects])


def project_search(call: Call) -> Reply:
    """Cloud's list of projects."""
    keys = [] if call.anonymous else list(call.view.state.projects)
    rows, numbers = page(keys, call, most=50, default=50)
    last = numbers["startAt"] + len(rows) >= len(keys)
    return Reply(numbers | {"isLast": last, "values": [project(call.view, key) for key in rows]})


def tenant(call: Call) -> Reply:  # noqa: ARG001 - the answer is always the same
    """Which cloud site this is."""
    return Reply({"cloudId": "11223344-5566-7788-99aa-bbccddeeff00"})


SHARED: tuple[Route, ...] = routes(
    "/rest/api/<any('2','3'):version>",
    (
        ("GET", "/serverInfo", server_info),
        ("GET", "/myself", myself),
        ("GET", "/mypermissions", my_permissions),
        ("GET", "/field", fields),
        ("GET", "/priority", priorities),
        ("GET", "/status", statuses),
        ("GET", "/issuetype", issue_types),
        ("GET", "/issueLinkType", link_types),
        ("GET", "/project/<key>", one_project),
        ("GET", "/issue/<issue_key>", read),
        ("PUT", "/issue/<issue_key>", edit),
        ("GET", "/issue/<issue_key>/watchers", watchers),
        ("GET", "/issue/<issue_key>/votes", votes),
        ("DELETE", "/issue/<issue_key>", delete),
    ),
)
CLOUD: tuple[Route, ...] = (
    *routes(
        "/rest/api/<any('2','3'):version>",
        (
            ("GET", "/issue/<issue_key>/changelog", changelog),
            ("GET", "/project/search", project_search),
            ("GET", "/user/bulk", people),
        ),
    ),
    ("GET", "/_edge/tenant_info", tenant),
)
DATACENTER: tuple[Route, ...] = routes(
    "/rest/api/<any('2'):version>", (("GET", "/project", projects), ("GET", "/user", person))
)
