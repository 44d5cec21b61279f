"""What was read in the texts of issues is kept with them: reading takes thirty times as long as loading the result.

A reading is used again only for the very same text, kind and vocabulary, by the very same program.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pydantic import TypeAdapter

from rules.backlog.index import Backlog
from rules.document import Document
from rules.model import Issue, Kind
from rules.text import Reading, Vocabulary
from sync.program import source_key
from sync.run.inputs import canonical
from sync.store.mirror import Mirror
from sync.trackers.damage import rebuilding

_TEXT = TypeAdapter(tuple[str, Kind, Document, Document | None])
_READING = TypeAdapter(Reading)


def recall_readings(mirror: Mirror | None, issues: Iterable[Issue], vocabulary: Vocabulary) -> Mapping[str, Reading]:
    """By key, what is kept of the texts of these issues as they are now; nothing without a mirror."""
    if mirror is None:
        return {}
    by_id = {issue.id: issue for issue in issues}
    way = _way(vocabulary)
    return rebuilding(
        mirror,
        lambda: {
            by_id[number].key: _with_blocks_of(by_id[number], _READING.validate_json(content))
            for number, text, content in mirror.texts(way, by_id)
            if text == _digest(by_id[number])
        },
    )


def keep_readings(mirror: Mirror | None, backlog: Backlog, known: Mapping[str, Reading]) -> None:
    """Keep the readings of a backlog that are not `known`."""
    fresh = [issue for issue in backlog.snapshot.issues if issue.key not in known]
    if mirror is None or not fresh:
        return
    way, readings = _way(backlog.vocabulary), backlog.readings

    def made() -> Iterator[tuple[str, str, bytes]]:  # one at a time: all of them take a tenth of the whole memory
        return ((issue.id, _digest(issue), _packed(readings[issue.key])) for issue in fresh)

    rebuilding(mirror, lambda: mirror.keep_texts(way, made()))


def _packed(reading: Reading) -> bytes:
    return _READING.dump_json(reading, exclude_defaults=True)


def _with_blocks_of(issue: Issue, reading: Reading) -> Reading:
    """The reading with the blocks of the issue itself, so that each text is in memory once."""
    known = {block: block for document in (issue.document, issue.acceptance) if document for block in document.blocks}
    sections = (
        replace(section, blocks=tuple(known.get(block, block) for block in section.blocks))
        for section in reading.sections
    )
    return replace(reading, sections=tuple(sections))


def _digest(issue: Issue) -> str:
    text = _TEXT.dump_json((issue.title, issue.kind, issue.document, issue.acceptance))
    return hashlib.blake2b(text, digest_size=16).hexdigest()


def _way(vocabulary: Vocabulary) -> str:
    """Cache key over everything that a reading depends on besides the text."""
    return hashlib.sha256(f"{source_key()} {canonical(vocabulary)}".encode(errors="replace")).hexdigest()[:16]
