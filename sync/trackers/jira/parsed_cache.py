"""A cache of parsed issues: parsing a text takes ten times as long as loading the result.

The mirror keeps both, the raw issue and the parsed one. A parsed issue is valid only while everything it
depends on is the same: the site's fields and the parsing code.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice

from pydantic import TypeAdapter

from rules.model import Issue
from sync.program import source_key
from sync.store.mirror import Mirror
from sync.trackers.jira.parse import Site, read_issue
from sync.trackers.tolerant import Json

ISSUES_AT_ONCE = 500
_ISSUE = TypeAdapter(Issue)


def read_all(raws: Iterable[Json], site: Site, mirror: Mirror | None) -> list[Issue]:
    """Parse issues that were just fetched, and store the results."""
    issues = [read_issue(raw, site) for raw in raws]
    if mirror is not None:
        mirror.keep_readings(_way(site), ((issue.id, _packed(issue)) for issue in issues))
    return issues


def recall(ids: Iterable[str], site: Site, mirror: Mirror) -> Iterator[Issue]:
    """The stored issues among these ids, in any order; those without a valid result are parsed now."""
    unread = dict.fromkeys(ids)
    for number, content in mirror.readings(_way(site), tuple(unread)):
        del unread[number]
        yield _ISSUE.validate_json(content)
    left = iter(unread)
    while portion := list(islice(left, ISSUES_AT_ONCE)):
        yield from read_all(mirror.issues(portion), site, mirror)


def _packed(issue: Issue) -> bytes:
    """What is as by default is left out: it is loaded sooner, and one value in memory serves all issues."""
    return _ISSUE.dump_json(issue, exclude_defaults=True)


def _way(site: Site) -> str:
    """Cache key over everything a result depends on besides the issue."""
    inputs = repr((site, source_key()))
    return hashlib.sha256(inputs.encode(errors="replace")).hexdigest()[:16]
