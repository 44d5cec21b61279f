"""Raw issues of a GitHub as our `Issue`s."""

from rules.commands.grammar import COMMAND
from rules.document import EMPTY, Document
from rules.issue_kinds import kind_of_type, type_in
from rules.model import Comment, Issue, Link, LinkKind, Priority
from sync.markup.block_reader import read_markdown
from sync.trackers.github.payloads import Item, RawIssue, Remark
from sync.trackers.github.site import Site, field_of
from sync.trackers.github.timeline import by_people, changed_by, last_change_by_people, marks_of, signed_comments
from sync.trackers.tolerant import EPOCH


def read_issue(raw: RawIssue, item: Item, site: Site) -> Issue:
    """An issue with the values of its item; links have the state of their other ends as the issue was read."""
    updated = raw.updated_at or raw.created_at or EPOCH
    by_human = last_change_by_people(raw, site.login)
    sprint, ours = site.sprint_in(raw, item), signed_comments(raw)
    kind_name = type_of(raw, site)
    assignee = raw.assignees[0] if raw.assignees else None
    return Issue(
        id=raw.id,
        key=raw.key,
        type=kind_name,
        kind=kind_of_type(kind_name, own=site.settings.types),
        title=raw.title,
        status=item.text("status") or raw.state.capitalize(),
        category=site.category(raw, item),
        created=raw.created_at or EPOCH,
        updated=updated,
        document=read_text(raw.body),
        acceptance=read_text(item.text("acceptance")) if "acceptance" in site.roles else None,
        resolved=raw.closed_at if raw.state == "CLOSED" else None,
        priority=_priority(item, site),
        points=points_of(raw, item, site),
        assignee=assignee.login if assignee else None,
        assignee_name=(assignee.name or assignee.login) if assignee else "",
        reporter=raw.author.login or None,
        reporter_name=raw.author.name or raw.author.login,
        labels=raw.label_names,
        components=tuple(filter(None, [item.text("component")])),
        parent=raw.parent.key or None,
        subtasks=tuple(child.key for child in raw.sub_issues),
        sprint=site.open_sprint(sprint),
        sprints=tuple(filter(None, [sprint])),
        links=tuple(_links(raw)),
        flagged=bool(site.settings.flagged) and site.settings.flagged in raw.label_names,
        comments=_comments(raw, site),
        own_comments=tuple(one.id for one in ours),
        fields={name: item.text(role) for name, role in site.extra.items()},
        marks=marks_of(raw, site.login),
        human_updated=None if by_human == updated else by_human,
        changed_by=changed_by(raw, site.login),
    )


def type_of(raw: RawIssue, site: Site) -> str:
    """The issue type; without one the first label that `types` names, else one such as "type: bug" or "bug"."""
    if raw.issue_type.name:
        return raw.issue_type.name
    own = {name.casefold() for name in site.settings.types}
    named = next((label for label in sorted(raw.label_names) if label.casefold() in own), "")
    return named or type_in(raw.label_names) or "Issue"


def points_of(raw: RawIssue, item: Item, site: Site) -> float | None:
    """The estimate: a number field of the Project, or the number in a label."""
    if "points" in site.roles or not (beginning := site.settings.points_label):
        return item.number("points")
    for label in sorted(raw.label_names):
        number = label.removeprefix(beginning).strip() if label.startswith(beginning) else ""
        if number.replace(".", "", 1).isdecimal():
            return float(number)
    return None


def read_text(text: str) -> Document:
    """A text as blocks."""
    return read_markdown(text) if text.strip() else EMPTY


def _priority(item: Item, site: Site) -> Priority | None:
    field, name = field_of(site, "priority"), item.text("priority")
    levels = [option.name for option in field.options] if field else []
    return Priority(name, levels.index(name), len(levels)) if name in levels else None


def _links(raw: RawIssue) -> list[Link]:
    both = ((LinkKind.BLOCKED_BY, raw.blocked_by), (LinkKind.BLOCKS, raw.blocking))
    return [Link(kind=kind, key=end.key) for kind, ends in both for end in ends if end.key]


def _comments(raw: RawIssue, site: Site) -> tuple[Comment, ...]:
    """The newest comments by people, oldest first; only possible commands are read."""
    last = site.settings.last_comments
    return tuple(_comment(one) for one in (by_people(raw)[-last:] if last else ()))


def _comment(remark: Remark) -> Comment:
    may_command = COMMAND in remark.body.lower() and not remark.body.lstrip().startswith(("@", "`"))
    return Comment(
        id=remark.full_database_id,
        author=remark.author.login,
        author_name=remark.author.name or remark.author.login or "somebody",
        created=remark.created_at or EPOCH,
        document=read_text(remark.body) if may_command else EMPTY,
    )
