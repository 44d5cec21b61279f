"""Raw issues of a Redmine as our `Issue`s."""

from dataclasses import replace

from rules.commands.grammar import COMMAND
from rules.document import EMPTY
from rules.issue_kinds import kind_of_type
from rules.model import Category, Comment, Effort, Issue, Link, LinkKind, Priority
from sync.trackers.redmine.journals import by_people, changed_by, own_notes, sprints_of
from sync.trackers.redmine.payloads import Journal, RawIssue, Relation
from sync.trackers.redmine.settings import HOURS
from sync.trackers.redmine.site import Site, labels_of, last_change_by_people
from sync.trackers.redmine.texts import read_text
from sync.trackers.tolerant import EPOCH

_ORDERED = {"blocks", "precedes"}
_DUPLICATE = "duplicates"


def key_of(number: str) -> str:
    """The key of an issue, as people write it in Redmine."""
    return f"#{number}"


def read_issue(raw: RawIssue, site: Site) -> Issue:
    """An issue with its journals; links do not know the state of their other ends yet."""
    values, fields, updated = raw.values, site.fields, raw.updated_on or raw.created_on or EPOCH
    by_human = last_change_by_people(raw, site.account)
    notes = own_notes(raw, site)
    ours = notes.first
    kept = notes.record.marks
    marks = replace(kept, comment=ours.id, comment_digest=notes.digest) if ours else kept
    acceptance = values.get(fields.acceptance)
    flagged = values.get(fields.flagged)
    return Issue(
        id=raw.id,
        key=key_of(raw.id),
        type=raw.tracker.name,
        kind=kind_of_type(raw.tracker.name, own=site.settings.types),
        title=raw.subject,
        status=raw.status.name,
        category=site.category(raw),
        created=raw.created_on or EPOCH,
        updated=updated,
        document=read_text(raw.description, site.settings),
        acceptance=read_text(acceptance.text, site.settings) if acceptance else None,
        resolved=raw.closed_on if site.category(raw) is Category.DONE else None,
        due=raw.due_date,
        priority=_priority(raw, site),
        points=points_of(raw, site),
        hours=Effort(original=raw.estimated_hours, spent=raw.spent_hours, total_original=raw.total_estimated_hours),
        assignee=raw.assigned_to.id or None,
        assignee_name=raw.assigned_to.name,
        reporter=raw.author.id or None,
        reporter_name=raw.author.name,
        labels=labels_of(raw, site),
        components=tuple(filter(None, [raw.category.name])),
        parent=key_of(raw.parent.id) if raw.parent.id else None,
        subtasks=tuple(key_of(child.id) for child in raw.children),
        sprint=site.open_sprint(raw.fixed_version.id),
        sprints=sprints_of(raw, site),
        links=tuple(_link(relation, raw.id) for relation in raw.relations),
        flagged=flagged is not None and flagged.text == "1",
        restricted=raw.is_private,
        attachments=tuple(file.filename for file in raw.attachments),
        watchers=len([one for one in raw.watchers if one.id != site.account]),
        comments=_comments(raw, site),
        own_comments=tuple(one.id for one in notes.written),
        fields={name: values[number].text for name, number in fields.extra.items() if number in values},
        marks=marks,
        human_updated=None if by_human == updated else by_human,
        changed_by=changed_by(raw, site),
    )


def points_of(raw: RawIssue, site: Site) -> float | None:
    """The estimate: Redmine's hours, or a numeric field."""
    if site.settings.fields.points == HOURS:
        return raw.estimated_hours
    return number_in(raw, site.fields.points)


def number_in(raw: RawIssue, field: str) -> float | None:
    """The number in a custom field, `None` for none."""
    value = raw.values.get(field)
    try:
        return float(value.text) if value else None
    except ValueError:
        return None


def place_of(raw: RawIssue, site: Site) -> tuple[bool, float, int, int]:
    """What the backlog is sorted by: the rank, issues without one last; then priority and number."""
    rank, priority = number_in(raw, site.fields.rank), _priority(raw, site)
    return (rank is None, rank or 0.0, priority.order if priority else len(site.priorities), int(raw.id))


def _link(relation: Relation, own: str) -> Link:
    """A relation as seen from one end; "blocked" and "follows" are stored from the other one."""
    is_first = relation.issue_id == own
    other = key_of(relation.issue_to_id if is_first else relation.issue_id)
    if relation.relation_type in _ORDERED:
        return Link(kind=LinkKind.BLOCKS if is_first else LinkKind.BLOCKED_BY, key=other)
    return Link(kind=LinkKind.DUPLICATE if relation.relation_type == _DUPLICATE else LinkKind.RELATES, key=other)


def _priority(raw: RawIssue, site: Site) -> Priority | None:
    levels = [level.id for level in site.priorities]
    if not raw.priority.name or not levels:
        return None
    if raw.priority.id in levels:
        return Priority(raw.priority.name, levels.index(raw.priority.id), len(levels))
    return Priority(raw.priority.name, len(levels), len(levels) + 1)  # retired by the site: after all others


def _comments(raw: RawIssue, site: Site) -> tuple[Comment, ...]:
    """The newest comments by people, oldest first; only possible commands are read."""
    theirs = by_people(raw.journals, site)
    newest = theirs[-site.settings.last_comments :] if site.settings.last_comments else []
    return tuple(_comment(journal, site) for journal in newest)


def _comment(journal: Journal, site: Site) -> Comment:
    may_command = COMMAND in journal.notes.lower() and not journal.notes.lstrip().startswith(("@", "`", "<pre"))
    return Comment(
        id=journal.id,
        author=journal.user.id,
        author_name=journal.user.name or "somebody",
        created=journal.created_on or EPOCH,
        document=read_text(journal.notes, site.settings) if may_command else EMPTY,
    )
