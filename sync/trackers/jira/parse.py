"""Raw issues of one site as our `Issue`s."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from sys import intern
from typing import Any

from pydantic_core import to_json

from rules.commands.grammar import COMMAND
from rules.document import EMPTY, Document
from rules.issue_kinds import kind_of_type
from rules.model import NO_EFFORT, Comment, Effort, Issue, Kind, Link, LinkKind, Priority, SprintState
from sync.markup import adf, wiki
from sync.trackers.jira.fields import FieldMap
from sync.trackers.jira.link_types import kind_of_link
from sync.trackers.jira.payloads import (
    PROPERTY,
    Fields,
    IssueLink,
    RawIssue,
    Remark,
    marks_from_json,
    open_sprint,
    sprint_ids,
)
from sync.trackers.jira.people import comments_changed
from sync.trackers.jira.settings import LinkPhrases
from sync.trackers.tolerant import EPOCH

_MONOSPACE = ("{{", "`")
# One of each for all issues that have none, as texts that many have are one.
NO_LABELS: frozenset[str] = frozenset()
NOTHING: Mapping[str, str] = {}
UNSET_PRIORITY = {"", "none", "null"}  # sites keep a priority that is literally called "None"


@dataclass(frozen=True, kw_only=True)
class Site:
    """What is needed from a site to read its issues.

    `account` is our own, `account_name` its name; `priorities` is the server's own list, the most urgent first.
    `states` holds the state of each sprint of the teams' boards, and `links` says what the site's own link types mean.
    """

    url: str
    fields: FieldMap
    account: str
    account_name: str = ""
    priorities: Sequence[Mapping[str, Any]] = ()
    types: Mapping[str, Kind] | None = None
    states: Mapping[str, SprintState] | None = None
    last_comments: int = 20
    links: LinkPhrases = field(default_factory=LinkPhrases)


def read_text(value: object) -> Document:
    """Rich text as blocks: ADF on Cloud, wiki markup elsewhere and in plain fields of Cloud."""
    if isinstance(value, dict):
        return adf.read(value)
    return wiki.read(value) if isinstance(value, str) and value.strip() else EMPTY


def read_issue(raw: Mapping[str, Any], site: Site) -> Issue:
    """An issue from its JSON.

    Raises `pydantic.ValidationError` only for something that has no id or key.
    """
    parsed = RawIssue.model_validate(raw)
    fields, custom = parsed.fields, raw.get("fields") or {}
    chosen = site.fields
    in_sprints = sprint_ids(custom.get(chosen["sprint"])) if chosen["sprint"] else ()
    return Issue(
        id=parsed.id,
        key=parsed.key,
        type=intern(fields.issuetype.name),
        kind=kind_of_type(
            fields.issuetype.name,
            subtask=bool(fields.issuetype.subtask),
            level=fields.issuetype.hierarchyLevel,
            own=site.types,
        ),
        title=fields.summary,
        status=intern(fields.status.name),
        category=fields.status.category,
        created=fields.created or EPOCH,
        updated=fields.updated or fields.created or EPOCH,
        document=read_text(fields.description),
        acceptance=read_text(custom.get(chosen["acceptance"])) if chosen["acceptance"] else None,
        resolved=fields.resolutiondate,
        due=fields.duedate,
        priority=_priority(fields.priority.id, fields.priority.name, site.priorities),
        points=_points(custom, chosen.points),
        size_name=_size_name(custom, chosen.points),
        hours=_effort(fields),
        assignee=intern(fields.assignee.account) or None,
        assignee_name=intern(fields.assignee.displayName),
        reporter=intern(fields.reporter.account) or None,
        reporter_name=intern(fields.reporter.displayName),
        labels=frozenset(fields.labels) if fields.labels else NO_LABELS,
        components=tuple(intern(item.name) for item in fields.components),
        versions=tuple(item.name for item in fields.versions),
        environment=read_text(fields.environment).prose,
        parent=_parent(custom, parsed, chosen["epic"]),
        subtasks=tuple(item.key for item in fields.subtasks),
        sprint=_sprint_now(custom.get(chosen["sprint"]), in_sprints, site.states or {}),
        sprints=in_sprints,
        links=tuple(link for item in fields.issuelinks if (link := _link(item, site)) is not None),
        flagged=bool(chosen["flagged"] and custom.get(chosen["flagged"])),
        restricted=fields.security is not None,
        attachments=tuple(item.filename for item in fields.attachment),
        watchers=fields.watches.others,
        votes=fields.votes.others,
        comments=_comments(fields.comment.comments, site),
        own_comments=tuple(one.id for one in fields.comment.comments if _is_ours(one, site)),
        fields={name: plain_text(custom.get(field_id)) for name, field_id in chosen.extra.items()} or NOTHING,
        marks=marks_from_json(parsed.properties.get(PROPERTY)),
        changed_by=comments_changed(fields.comment.comments, site.account) or NOTHING,
    )


def _effort(fields: Fields) -> Effort:
    effort = Effort(
        original=fields.timeoriginalestimate,
        remaining=fields.timeestimate,
        spent=fields.timespent,
        total_original=fields.aggregatetimeoriginalestimate,
        total_remaining=fields.aggregatetimeestimate,
    )
    return NO_EFFORT if effort == NO_EFFORT else effort


def plain_text(value: object) -> str:
    """A field's value as people read it: options and teams by name, several with commas."""
    match value:
        case None:
            return ""
        case {"type": "doc"}:
            return adf.read(value).prose
        case dict():
            named = (value.get(key) for key in ("value", "displayName", "name", "title"))
            return next((str(item) for item in named if item is not None), "")
        case list():
            return ", ".join(filter(None, map(plain_text, value)))
        case _:
            return str(value)


def _priority(number: str, name: str, listed: Sequence[Mapping[str, Any]]) -> Priority | None:
    levels = [raw for raw in listed if str(raw.get("name", "")).casefold() not in UNSET_PRIORITY]
    if name.casefold() in UNSET_PRIORITY:
        return None
    for order, raw in enumerate(levels):
        if str(raw.get("id")) == number or raw.get("name") == name:
            return _level(name, order, len(levels))
    return _level(name, len(levels), len(levels) + 1)  # retired by the site: after all others


@lru_cache(maxsize=1000)
def _level(name: str, order: int, levels: int) -> Priority:
    """One value for all issues that have it."""
    return Priority(name, order, levels)


def _points(custom: Mapping[str, Any], fields: Sequence[str]) -> float | None:
    for name in fields:
        value = custom.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
    return None


def _size_name(custom: Mapping[str, Any], fields: Sequence[str]) -> str:
    """An estimate that is an option or a text, such as "M"; "" where a number is there."""
    if _points(custom, fields) is not None:
        return ""
    values = (custom.get(field) for field in fields)
    names = (plain_text(value).strip() for value in values if isinstance(value, str | dict))
    return next(filter(None, names), "")


def _parent(custom: Mapping[str, Any], parsed: RawIssue, epic_field: str) -> str | None:
    epic = custom.get(epic_field) if epic_field else None
    return parsed.fields.parent.key or (epic if isinstance(epic, str) and epic else None)


def _sprint_now(value: object, ids: Sequence[str], states: Mapping[str, SprintState]) -> str | None:
    """The open sprint, by the present state on its board; for other boards by the issue's own field."""
    for number in reversed(ids):
        if states.get(number) in {SprintState.ACTIVE, SprintState.FUTURE}:
            return number
    state = open_sprint(value)
    return state if state not in states else None


def _link(raw: IssueLink, site: Site) -> Link | None:
    other = raw.outwardIssue or raw.inwardIssue
    if other is None or not other.key:
        return None
    phrase = raw.type.outward if raw.outwardIssue else raw.type.inward
    status = other.fields.status
    kind = kind_of_link(phrase, raw.type.name, site.links)
    return Link(
        kind=kind or LinkKind.RELATES,
        key=other.key,
        category=status.category if status else None,
        title=other.fields.summary,
        unknown="" if kind else phrase,
    )


def _comments(remarks: Sequence[Remark], site: Site) -> tuple[Comment, ...]:
    """The newest comments by people, oldest first; only possible commands are read."""
    by_people = [remark for remark in remarks if not _is_ours(remark, site)]
    newest = by_people[-site.last_comments :] if site.last_comments else []
    return tuple(
        Comment(
            id=remark.id,
            author=intern(remark.author.account),
            author_name=intern(remark.author.shown or "somebody"),
            created=remark.created or EPOCH,
            document=read_text(remark.body) if _may_command(remark.body) else EMPTY,
        )
        for remark in newest
    )


def _is_ours(remark: Remark, site: Site) -> bool:
    """Whether readyline wrote a comment: it has our mark, or our account wrote it and it contains no command.

    Jira does not show the marks of comments inside an issue, and the token may be a person's own.
    """
    if remark.digest is not None or remark.author.account != site.account:
        return remark.digest is not None
    return not (_may_command(remark.body) and read_text(remark.body).prose.lstrip().lower().startswith(COMMAND))


def _may_command(body: object) -> bool:
    return COMMAND in _written(body).lower() and not _begins_in_code(body)


def _written(body: object) -> str:
    """A text in its markup, or all of an ADF document."""
    if isinstance(body, str):
        return body
    try:
        return to_json(body).decode()  # in an eighth of the time of `str`
    except ValueError:  # nested deeper than it goes
        return str(body)


def _begins_in_code(body: object) -> bool:
    """Whether the first words are marked as code: then they are shown, and command nothing."""
    match body:
        case str():
            return body.lstrip().startswith(_MONOSPACE)
        case {"type": "text", "marks": list() as marks}:
            return any(isinstance(mark, dict) and mark.get("type") == "code" for mark in marks)
        case {"content": [first, *_]}:
            return _begins_in_code(first)
        case _:
            return False
