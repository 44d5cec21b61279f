"""Issues as they were read last time: reading a text costs ten times what it costs to remember what was read.

The mirror keeps both, the issue as the site told it and the issue as we read it. A reading is of use only while
everything it hangs on is the same: what we know of the site, and the code that reads.
"""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from pydantic import TypeAdapter

import rules
import sync
from rules.model import Issue
from sync.store.mirror import Mirror
from sync.trackers.jira.parse import Site, read_issue
from sync.trackers.jira.payloads import Json

ISSUES_AT_ONCE = 500
_ISSUE = TypeAdapter(Issue)


def read_all(raws: Iterable[Json], site: Site, mirror: Mirror | None, *, texts: bool) -> list[Issue]:
    """Read issues that were just fetched, and remember how."""
    issues = [read_issue(raw, site, texts=texts) for raw in raws]
    if mirror is not None:
        mirror.keep_readings(_way(site, texts=texts), ((issue.id, _ISSUE.dump_json(issue)) for issue in issues))
    return issues


def recall(ids: Iterable[str], site: Site, mirror: Mirror, *, texts: bool) -> Iterator[Issue]:
    """The kept issues among these ids, in no particular order; what was not read in this way before is read now."""
    unread = dict.fromkeys(ids)
    for number, content in mirror.readings(_way(site, texts=texts), tuple(unread)):
        del unread[number]
        yield _ISSUE.validate_json(content)
    left = iter(unread)
    while portion := list(islice(left, ISSUES_AT_ONCE)):
        yield from read_all(mirror.issues(portion), site, mirror, texts=texts)


def _way(site: Site, *, texts: bool) -> str:
    """A name for everything a reading hangs on but the issue itself."""
    told = repr((site, texts, _code()))
    return hashlib.sha256(told.encode(errors="replace")).hexdigest()[:16]


@cache
def _code() -> str:
    """A name for the code that reads: it changes with each release, and under the hands of whoever works on it."""
    files = sorted(file for package in (rules, sync) for file in Path(str(package.__file__)).parent.rglob("*.py"))
    stats = [(file.name, (stat := file.stat()).st_size, stat.st_mtime_ns) for file in files]
    return hashlib.sha256(repr(stats).encode()).hexdigest()
