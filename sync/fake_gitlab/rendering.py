"""Records as GitLab's JSON, as far as the tracker reads it."""

from datetime import date, datetime
from typing import Any

from sync.fake_gitlab.records import Account, Box, Event, Group, Note, Project, Record
from sync.fake_gitlab.state import State

Json = dict[str, Any]
ITERATION_STATES = {"upcoming": 1, "current": 2, "closed": 3}
"""What REST says of iterations; GraphQL has the words."""


def moment(value: datetime | None) -> str | None:
    """A time, in milliseconds."""
    return value.isoformat(timespec="milliseconds") if value else None


def day(value: date | None) -> str | None:
    """A day."""
    return value.isoformat() if value else None


def account(value: Account) -> Json:
    """An account as others see it."""
    return {"id": value.id, "username": value.username, "name": value.name, "state": "active"}


def box(value: Box) -> Json:
    """A milestone or an iteration."""
    raw: Json = {"id": value.id, "title": value.title, "description": value.description, "state": value.state}
    return {**raw, "start_date": day(value.start), "due_date": day(value.due)}


def iteration(value: Box) -> Json:
    """An iteration as GraphQL shows it."""
    raw: Json = {"id": f"gid://gitlab/Iteration/{value.id}", "title": value.title or None, "state": value.state}
    return {**raw, "startDate": day(value.start), "dueDate": day(value.due), "description": value.description}


def project(value: Project, me: Account) -> Json:
    """A project with the role of the account that asks."""
    role = value.roles.get(me.id)
    return {
        "id": value.id,
        "path_with_namespace": value.path,
        "name": value.name,
        "archived": value.is_archived,
        "issues_access_level": "enabled",
        "permissions": {"project_access": {"access_level": role} if role else None, "group_access": None},
    }


def group(value: Group) -> Json:
    """A group."""
    return {"id": value.id, "full_path": value.path, "name": value.name}


def note(value: Note) -> Json:
    """A note."""
    at = moment(value.at)
    raw: Json = {"id": value.id, "body": value.body, "author": account(value.author), "created_at": at}
    return {**raw, "system": value.is_system, "internal": value.is_internal, "confidential": value.is_internal}


def event(value: Event, number: int) -> Json:
    """An event; the thing that changed is in it by its kind."""
    says = {name: box(what) if isinstance(what, Box) else what for name, what in value.says.items()}
    if "label" in says:
        says["label"] = {"id": 1, "name": says["label"]}
    return {"id": number, "user": account(value.by), "created_at": moment(value.at), **says}


def issue(value: Record, state: State) -> Json:
    """An issue; the keys of GitLab Premium are there on no other edition."""
    people = [note.author for note in value.notes if not note.is_system]
    raw: Json = {
        "id": value.id,
        "iid": value.iid,
        "project_id": value.project.id,
        "title": value.title,
        "description": value.description,
        "state": "closed" if value.closed else "opened",
        "issue_type": value.type,
        "created_at": moment(value.created),
        "updated_at": moment(value.updated),
        "closed_at": moment(value.closed),
        "due_date": day(value.due),
        "labels": sorted(value.labels),
        "milestone": box(value.milestone) if value.milestone else None,
        "author": account(value.author),
        "assignee": account(value.assignee) if value.assignee else None,
        "user_notes_count": len(people),
        "upvotes": 0,
        "confidential": value.is_confidential,
        "service_desk_reply_to": "cli***@example.com" if value.is_from_outside else None,
        "time_stats": {"time_estimate": value.seconds, "total_time_spent": 0},
        "references": {"short": f"#{value.iid}", "full": value.key},
    }
    if state.is_premium:
        held = value.iteration
        shown = {**box(held), "state": ITERATION_STATES[held.state]} if held else None
        raw |= {"weight": value.weight, "iteration": shown}
    return raw


def links(value: Record, state: State) -> list[Json]:
    """The issues that one is linked to; only GitLab Premium has links that block."""
    waiting = [(other, "blocks") for other in value.blocks]
    blockers = [(other, "is_blocked_by") for other in state.issues.values() if value in other.blocks]
    kind = {} if state.is_premium else {"link_type": "relates_to"}
    return [{**issue(other, state), "link_type": name, **kind} for other, name in (*waiting, *blockers)]
