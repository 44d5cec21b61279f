"""The past changes of issues: read from Jira's histories, fetched only for what changed, kept in the mirror.

A history comes whole or not at all, so that of a changed issue is fetched again. A new rank does not count as a change
of the issue; whose place in the order changed is asked for as well.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from sys import intern

from pydantic import TypeAdapter

from rules.history.kept import LONGEST_TEXT, WITHOUT_VALUE, former_text, kept, number_text
from rules.model import Edit, EditField
from sync.errors import Forbidden, NotFound, Rejected
from sync.logs import get_logger
from sync.store.mirror import Mirror
from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.fields import FieldMap
from sync.trackers.jira.parse import Site, read_text
from sync.trackers.jira.payloads import HistoryEntry, HistoryItem
from sync.trackers.tolerant import Json

log = get_logger()

Edits = Mapping[str, tuple[Edit, ...]]

FORM = "1"  # of what is kept; another one fetches all histories again
APP = "app"
"""The kind of account of an automation on Cloud."""

_SYSTEM: Mapping[str, EditField] = {
    "summary": EditField.TITLE,
    "description": EditField.DESCRIPTION,
    "priority": EditField.PRIORITY,
    "status": EditField.STATUS,
    "labels": EditField.LABELS,
    "link": EditField.LINKS,
    "parent": EditField.PARENT,
    "issueparentassociation": EditField.PARENT,
}
"""By the name in histories, in lower case; these are not translated."""
_ROLES: Mapping[str, EditField] = {
    "rank": EditField.RANK,
    "sprint": EditField.SPRINT,
    "acceptance": EditField.ACCEPTANCE,
    "epic": EditField.PARENT,
}
_WRITTEN = {EditField.TITLE, EditField.LABELS}
_EDITS = TypeAdapter(tuple[Edit, ...])


def fetch_edits(
    api: JiraApi, site: Site, mirror: Mirror | None, wanted: Collection[str], *, moved: Collection[str], now: datetime
) -> Edits | None:
    """The past changes of the wanted issues, by id; `None` where the site refuses to show them.

    They come from the mirror where the issue did not change since, and its place is not among the `moved`.
    """
    way = _way(site)
    known = (mirror.with_history(way) - frozenset(moved)) if mirror is not None else frozenset()
    edits: dict[str, tuple[Edit, ...]] = {}
    try:
        with closing(api.changelogs([issue for issue in wanted if issue not in known])) as portions:
            for portion in portions:
                fetched = {issue: kept(read_edits(issue, raws, site), now) for issue, raws in portion.items()}
                if mirror is not None:
                    mirror.keep_histories(way, ((issue, _EDITS.dump_json(past)) for issue, past in fetched.items()))
                edits |= fetched
    except (Forbidden, NotFound, Rejected) as refused:
        log.warning("tracker.changelog_refused", why=str(refused))
        return None
    if mirror is not None:
        stored = mirror.histories(issue for issue in wanted if issue in known)
        edits |= {issue: _EDITS.validate_json(content) for issue, content in stored}
    return edits


def reordered(before: Sequence[str], now: Sequence[str]) -> frozenset[str]:
    """Ids of issues that follow another one than before, without those that came or left: moved ones are among them."""
    both = frozenset(before) & frozenset(now)
    first, second = ([issue for issue in ids if issue in both] for ids in (before, now))
    ahead = {issue: other for other, issue in pairwise(first)}
    return frozenset(
        issue for other, issue in zip(["", *second], second, strict=False) if ahead.get(issue, "") != other
    )


def read_edits(issue: str, raws: Iterable[Json], site: Site) -> list[Edit]:
    """The changes by anybody but our account, in time order; entries without a date are left out."""
    roles = _roles(site.fields)
    entries = [HistoryEntry.model_validate(raw) for raw in raws]
    dated = [entry for entry in entries if entry.created is not None and entry.author.account != site.account]
    dated.sort(key=lambda entry: (entry.created, int(entry.id) if entry.id.isdigit() else 0))
    return [_edit(issue, entry, item, _field(item, roles)) for entry in dated for item in entry.items]


def _edit(issue: str, entry: HistoryEntry, item: HistoryItem, field: EditField) -> Edit:
    assert entry.created is not None, "entries without a date are left out"
    before, after = _values(field, item)
    former = former_text(field, item.fromString)
    return Edit(
        issue=issue,
        at=entry.created.astimezone(UTC),
        account=intern(entry.author.account),  # many edits have the same people and values
        name=intern(entry.author.displayName or entry.author.name),
        field=field,
        before=intern(before),
        after=intern(after),
        former=None if former is None else read_text(former),
        by_person=entry.author.accountType != APP,
    )


def _values(field: EditField, item: HistoryItem) -> tuple[str, str]:
    """What the field was and what it became: written values as text, what can be renamed by its id."""
    if field in WITHOUT_VALUE:
        return "", ""
    if field is EditField.ESTIMATE:
        return number_text(item.fromString or item.before), number_text(item.toString or item.after)
    if field in _WRITTEN:
        return item.fromString, item.toString
    return item.before or item.fromString, item.after or item.toString


def _field(item: HistoryItem, roles: Mapping[str, EditField]) -> EditField:
    """Custom fields by id, or by the site's name for them: one may be named like a system field."""
    if item.fieldtype == "custom":
        return roles.get(item.fieldId or item.field.casefold(), EditField.OTHER)
    return _SYSTEM.get(item.field.casefold(), EditField.OTHER)


def _roles(fields: FieldMap) -> Mapping[str, EditField]:
    """What the site's custom fields are, by id and by name in lower case."""
    by_id = {fields[role]: field for role, field in _ROLES.items() if fields[role]}
    by_id |= dict.fromkeys(fields.points, EditField.ESTIMATE)
    return by_id | {fields.names[name].casefold(): field for name, field in by_id.items() if name in fields.names}


def _way(site: Site) -> str:
    """Cache key over everything that kept edits depend on besides the issue."""
    inputs = repr((FORM, site.account, LONGEST_TEXT, sorted(_roles(site.fields).items())))
    return hashlib.sha256(inputs.encode(errors="replace")).hexdigest()[:16]
