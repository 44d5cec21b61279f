"""Records as JSON of the REST interface, complete enough for GitHub's own description of it."""

from datetime import UTC, datetime, time
from typing import Any

from sync.fake_github.state import Home, Milestone, Record, Remark, State, node_id, shown

Json = dict[str, Any]
_LINKS = ("followers", "following", "gists", "starred", "subscriptions", "organizations", "repos", "events")


def user(state: State, root: str, login: str) -> Json:
    """An account."""
    here = f"{root}/users/{login}"
    number = 1 + sorted(state.people).index(login) if login in state.people else 0
    return {
        "login": login,
        "id": number,
        "node_id": node_id("U", login),
        "avatar_url": f"{here}.png",
        "gravatar_id": "",
        "url": here,
        "html_url": here,
        **{f"{name}_url": f"{here}/{name}" for name in (*_LINKS, "received_events")},
        "type": "User",
        "site_admin": False,
    }


def comment(state: State, root: str, record: Record, remark: Remark) -> Json:
    """A comment."""
    here = f"{root}/repos/{record.home}/issues"
    return {
        "id": remark.id,
        "node_id": node_id("IC", remark.id),
        "url": f"{here}/comments/{remark.id}",
        "html_url": f"{here}/{record.number}#issuecomment-{remark.id}",
        "issue_url": f"{here}/{record.number}",
        "user": user(state, root, remark.author),
        "body": remark.body,
        "created_at": shown(remark.created),
        "updated_at": shown(remark.updated),
    }


def label(root: str, home: Home, name: str) -> Json:
    """A label."""
    return {
        "id": 1 + home.labels.index(name),
        "node_id": node_id("LA", f"{home.name}/{name.casefold()}"),
        "url": f"{root}/repos/{home.name}/labels/{name}",
        "name": name,
        "color": "ededed",
        "default": False,
        "description": None,
    }


def milestone(state: State, root: str, home: Home, one: Milestone) -> Json:
    """A milestone."""
    here = f"{root}/repos/{home.name}/milestones/{one.number}"
    due = shown(datetime.combine(one.due, time(12, tzinfo=UTC))) if one.due else None
    inside = [issue for issue in state.issues.values() if issue.home == home.name and issue.milestone == one.number]
    return {
        "id": one.number,
        "node_id": node_id("MI", f"{home.name}/{one.number}"),
        "number": one.number,
        "title": one.title,
        "description": None,
        "state": "closed" if one.closed else "open",
        "due_on": due,
        "closed_at": due if one.closed else None,
        "created_at": shown(state.now()),
        "updated_at": shown(state.now()),
        "creator": None,
        "open_issues": sum(issue.closed is None for issue in inside),
        "closed_issues": sum(issue.closed is not None for issue in inside),
        "url": here,
        "html_url": here,
        "labels_url": f"{here}/labels",
    }


def issue(state: State, root: str, record: Record) -> Json:
    """An issue."""
    home = state.homes[record.home]
    base = f"{root}/repos/{record.home}"
    here = f"{base}/issues/{record.number}"
    held = next((one for one in home.milestones if one.number == record.milestone), None)
    return {
        "id": record.number,
        "node_id": record.id,
        "number": record.number,
        "title": record.title,
        "body": record.body,
        "state": "open" if record.closed is None else "closed",
        "url": here,
        "html_url": here,
        "repository_url": base,
        **{f"{name}_url": f"{here}/{name}" for name in ("labels", "comments", "events")},
        "user": user(state, root, record.author),
        "labels": [label(root, home, name) for name in record.labels],
        "assignee": None,
        "assignees": [user(state, root, login) for login in record.assignees],
        "milestone": milestone(state, root, home, held) if held else None,
        "locked": False,
        "comments": len(record.remarks),
        "closed_at": shown(record.closed),
        "created_at": shown(record.created),
        "updated_at": shown(record.updated),
        "author_association": "MEMBER",
    }


def rate_limit() -> Json:
    """The limits of this hour, of which nothing is ever used up here."""
    one = {"limit": 5000, "remaining": 5000, "reset": 0, "used": 0}
    return {"resources": {"core": one, "search": one, "graphql": one}, "rate": one}
