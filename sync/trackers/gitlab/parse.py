"""Raw issues of a GitLab as our `Issue`s."""

from rules.commands.grammar import COMMAND
from rules.document import EMPTY
from rules.issue_kinds import kind_of_type, type_in
from rules.model import Category, Comment, Effort, Issue, Kind, Link, LinkKind, OwnMarks, Priority
from sync.markup.block_reader import read_markdown
from sync.trackers.gitlab.history import (
    by_people,
    changed_by,
    last_change_by_people,
    own_comments,
    own_labels,
    own_sprint,
    sprints_of,
)
from sync.trackers.gitlab.payloads import Note, Other, RawIssue
from sync.trackers.gitlab.settings import GitlabSettings
from sync.trackers.gitlab.site import Site
from sync.trackers.tolerant import EPOCH

_LINKS = {"blocks": LinkKind.BLOCKS, "is_blocked_by": LinkKind.BLOCKED_BY}
_ISSUE = "issue"
_KINDS = {_ISSUE: Kind.STORY, "incident": Kind.BUG}
"""What GitLab's own types mean where `types` does not say it."""


def read_issue(raw: RawIssue, site: Site) -> Issue:
    """An issue with its notes, events and links."""
    labels, updated = frozenset(raw.labels), raw.updated_at or raw.created_at or EPOCH
    by_human = last_change_by_people(raw, site)
    category = site.category(labels, is_closed=raw.is_closed)
    kind_name, ours = _type(raw, site.settings), own_comments(raw, site)
    return Issue(
        id=raw.id,
        key=raw.references.full,
        type=kind_name,
        kind=kind_of_type(kind_name, own={**_KINDS, **site.settings.types}),
        title=raw.title,
        status=site.status(labels, is_closed=raw.is_closed),
        category=category,
        created=raw.created_at or EPOCH,
        updated=updated,
        document=read_markdown(raw.description) if raw.description.strip() else EMPTY,
        resolved=raw.closed_at if category is Category.DONE else None,
        due=raw.due_date,
        priority=_priority(labels, site),
        points=site.points(labels, raw.weight, raw.time_stats.time_estimate),
        hours=_effort(raw),
        assignee=raw.assignee.id or None,
        assignee_name=raw.assignee.name,
        reporter=raw.author.id or None,
        reporter_name=raw.author.name,
        labels=site.labels(labels - {site.settings.flagged}),
        sprint=site.open_sprint(raw),
        sprints=sprints_of(raw, site),
        links=tuple(_link(other) for other in raw.links),
        flagged=site.settings.flagged in labels,
        restricted=raw.confidential,
        votes=raw.upvotes,
        comments=_comments(raw, site),
        own_comments=tuple(one.id for one in ours),
        marks=OwnMarks(
            labels=own_labels(raw, site),
            comment=ours[0].id if ours else None,
            comment_digest=ours[0].digest if ours else "",
            sprint=own_sprint(raw, site),
        ),
        human_updated=None if by_human == updated else by_human,
        changed_by=changed_by(raw, site),
    )


def _type(raw: RawIssue, settings: GitlabSettings) -> str:
    """The first label that `types` names, else of a plain issue a label such as "type::bug", else GitLab's own type."""
    own = raw.issue_type or _ISSUE
    named = next((name for name in settings.types if name in raw.labels), "")
    return named or (type_in(raw.labels) if own == _ISSUE else "") or own


def _priority(labels: frozenset[str], site: Site) -> Priority | None:
    levels, name = site.settings.priorities, site.priority(labels)
    return Priority(name, levels.index(name), len(levels)) if name else None


def _effort(raw: RawIssue) -> Effort:
    estimated, spent = raw.time_stats.time_estimate, raw.time_stats.total_time_spent
    return Effort(
        original=estimated / 3600 if estimated else None,
        spent=spent / 3600 if spent else None,
    )


def _link(other: Other) -> Link:
    category = Category.DONE if other.state == "closed" else Category.TODO
    kind = _LINKS.get(other.link_type, LinkKind.RELATES)
    return Link(kind=kind, key=other.references.full, category=category, title=other.title)


def _comments(raw: RawIssue, site: Site) -> tuple[Comment, ...]:
    """The newest comments by people, oldest first; only possible commands are read."""
    theirs, most = by_people(raw, site), site.settings.last_comments
    return tuple(_comment(note) for note in (theirs[-most:] if most else ()))


def _comment(note: Note) -> Comment:
    may_command = COMMAND in note.body.lower() and not note.body.lstrip().startswith(("@", "`"))
    return Comment(
        id=note.id,
        author=note.author.id,
        author_name=note.author.name or "somebody",
        created=note.created_at or EPOCH,
        document=read_markdown(note.body) if may_command else EMPTY,
    )
