"""Raw issues of one site as our `Issue`s: what a field means is known here, where it comes from is not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rules.commands import COMMAND
from rules.document import EMPTY, Document
from rules.issue_kinds import kind_of_type
from rules.model import Comment, Issue, Kind, Link, LinkKind, Priority, SprintState
from sync.markup import adf, wiki
from sync.trackers.jira.fields import FieldMap
from sync.trackers.jira.payloads import (
    EPOCH,
    PROPERTY,
    IssueLink,
    RawIssue,
    Remark,
    marks_from_json,
    open_sprint,
    sprint_ids,
)

UNSET_PRIORITY = {"", "none", "null"}  # sites keep a priority that is literally called "None"
_WAITS = re.compile(
    r"blocked by|depends (?:up)?on|(?:is )?dependent (?:up)?on|blockiert (?:von|durch)|h[äa]ngt ab von|"
    r"bloqu[ée]+ par|bloqueado por|bloccat[oa] da|заблокирован",
    re.IGNORECASE,
)
_HOLDS_UP = re.compile(
    r"\bblock(?:s|ing)\b|depended (?:up)?on by|(?:dependent|dependency) of|"
    r"\bblockiert\b|\bbloque\b|\bbloquea\b|\bbloqueia\b|\bblocca\b|блокирует",
    re.IGNORECASE,
)
_SAME = re.compile(r"duplica|dupliziert|doppel|doublon|дублир", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Site:
    """What must be known of a site to read its issues.

    `account` is our own; `priorities` the server's own list, the most urgent first; `states` the state of each sprint
    of the teams' boards.
    """

    url: str
    fields: FieldMap
    account: str
    priorities: Sequence[Mapping[str, Any]] = ()
    types: Mapping[str, Kind] | None = None
    states: Mapping[str, SprintState] | None = None
    last_comments: int = 20


def read_text(value: object) -> Document:
    """Rich text as blocks: ADF on Cloud, wiki markup elsewhere and in plain fields of Cloud."""
    if isinstance(value, dict):
        return adf.read(value)
    return wiki.read(value) if isinstance(value, str) and value.strip() else EMPTY


def read_issue(raw: Mapping[str, Any], site: Site, *, texts: bool = True) -> Issue:
    """An issue from its JSON; without `texts` the description and the comments stay unread.

    Raises `pydantic.ValidationError` only for something that has no id or key.
    """
    parsed = RawIssue.model_validate(raw)
    fields, custom = parsed.fields, raw.get("fields") or {}
    chosen = site.fields
    in_sprints = sprint_ids(custom.get(chosen["sprint"])) if chosen["sprint"] else ()
    return Issue(
        id=parsed.id,
        key=parsed.key,
        type=fields.issuetype.name,
        kind=kind_of_type(
            fields.issuetype.name,
            subtask=bool(fields.issuetype.subtask),
            level=fields.issuetype.hierarchyLevel,
            own=site.types,
        ),
        title=fields.summary,
        status=fields.status.name,
        category=fields.status.category,
        created=fields.created or EPOCH,
        updated=fields.updated or fields.created or EPOCH,
        document=read_text(fields.description) if texts else EMPTY,
        acceptance=read_text(custom.get(chosen["acceptance"])) if texts and chosen["acceptance"] else None,
        resolved=fields.resolutiondate,
        priority=_priority(fields.priority.id, fields.priority.name, site.priorities),
        points=_points(custom, chosen.points),
        assignee=fields.assignee.account or None,
        reporter=fields.reporter.account or None,
        labels=frozenset(fields.labels or ()),
        components=tuple(each.name for each in fields.components),
        versions=tuple(each.name for each in fields.versions),
        environment=read_text(fields.environment).prose if texts else "",
        parent=_parent(custom, parsed, chosen["epic"]),
        subtasks=tuple(each.key for each in fields.subtasks),
        sprint=_sprint_now(custom.get(chosen["sprint"]), in_sprints, site.states or {}),
        sprints=in_sprints,
        links=tuple(link for each in fields.issuelinks if (link := _link(each)) is not None),
        flagged=bool(chosen["flagged"] and custom.get(chosen["flagged"])),
        restricted=fields.security is not None,
        attachments=tuple(each.filename for each in fields.attachment),
        watchers=fields.watches.watchCount,
        comments=_comments(fields.comment.comments, site) if texts else (),
        fields={name: plain_text(custom.get(field_id)) for name, field_id in chosen.extra.items()},
        marks=marks_from_json(parsed.properties.get(PROPERTY)),
    )


def plain_text(value: object) -> str:
    """Any field's value as a person would read it: options and teams by their name, several with commas."""
    match value:
        case None:
            return ""
        case {"type": "doc"}:
            return adf.read(value).prose
        case dict():
            named = (value.get(key) for key in ("value", "name", "displayName", "title"))
            return next((str(each) for each in named if each is not None), "")
        case list():
            return ", ".join(filter(None, map(plain_text, value)))
        case _:
            return str(value)


def _priority(number: str, name: str, known: Sequence[Mapping[str, Any]]) -> Priority | None:
    levels = [each for each in known if str(each.get("name", "")).casefold() not in UNSET_PRIORITY]
    if name.casefold() in UNSET_PRIORITY:
        return None
    for order, each in enumerate(levels):
        if str(each.get("id")) == number or each.get("name") == name:
            return Priority(name, order, len(levels))
    return Priority(name, len(levels), len(levels) + 1)  # one that the site has retired: after all others


def _points(custom: Mapping[str, Any], fields: Sequence[str]) -> float | None:
    for name in fields:
        value = custom.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
    return None


def _parent(custom: Mapping[str, Any], parsed: RawIssue, epic_field: str) -> str | None:
    epic = custom.get(epic_field) if epic_field else None
    return parsed.fields.parent.key or (epic if isinstance(epic, str) and epic else None)


def _sprint_now(value: object, ids: Sequence[str], states: Mapping[str, SprintState]) -> str | None:
    """The open sprint: as its board tells it now; for boards of others as the issue itself tells."""
    for number in reversed(ids):
        if states.get(number) in {SprintState.ACTIVE, SprintState.FUTURE}:
            return number
    told = open_sprint(value)
    return told if told not in states else None


def _link(raw: IssueLink) -> Link | None:
    other = raw.outwardIssue or raw.inwardIssue
    if other is None or not other.key:
        return None
    phrase = raw.type.outward if raw.outwardIssue else raw.type.inward
    status = other.fields.status
    return Link(
        kind=_link_kind(phrase, raw.type.name),
        key=other.key,
        category=status.category if status else None,
        title=other.fields.summary,
    )


def _link_kind(phrase: str, name: str) -> LinkKind:
    """What a link says, by the phrase on our side of it: direction is in the phrase, not in the type's name."""
    if _WAITS.search(phrase):
        return LinkKind.BLOCKED_BY
    if _HOLDS_UP.search(phrase):
        return LinkKind.BLOCKS
    if _SAME.search(phrase) or _SAME.search(name):
        return LinkKind.DUPLICATE
    return LinkKind.RELATES


def _comments(remarks: Sequence[Remark], site: Site) -> tuple[Comment, ...]:
    """The newest comments by people, oldest first; only those that may speak to us are read."""
    by_people = [each for each in remarks if not _is_ours(each, site)]
    newest = by_people[-site.last_comments :] if site.last_comments else []
    return tuple(
        Comment(
            id=each.id,
            author=each.author.account,
            author_name=each.author.displayName,
            created=each.created or EPOCH,
            document=read_text(each.body) if _may_command(each.body) else EMPTY,
        )
        for each in newest
    )


def _is_ours(remark: Remark, site: Site) -> bool:
    """Whether we wrote a comment: it bears our mark, or our account wrote it and gives no command, as we never do.

    Jira does not show the marks of the comments inside an issue, and the token may be a person's own.
    """
    if remark.said is not None or remark.author.account != site.account:
        return remark.said is not None
    return not (_may_command(remark.body) and read_text(remark.body).prose.lstrip().lower().startswith(COMMAND))


def _may_command(body: object) -> bool:
    return COMMAND in str(body).lower()
