"""What was read in the texts of issues is kept with them: reading takes fifteen times as long as loading the result.

A reading is used again only for the very same text, kind and vocabulary, by the very same program. The mirror vouches
for text and kind: what it keeps of a text goes with the issue as it was parsed.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Annotated

from pydantic import Field, TypeAdapter

from rules.backlog.index import Backlog
from rules.document import Block
from rules.model import Issue
from rules.text import Quote, Reading, Section, Vocabulary
from sync.program import source_key
from sync.run.inputs import canonical
from sync.store.mirror import Mirror
from sync.trackers.damage import rebuilding

_KeptBlock = Annotated[int | Block, Field(union_mode="left_to_right")]
"""The place of a block among those of the issue; any other block is kept whole."""
_KeptSection = tuple[str, Quote | None, int, tuple[_KeptBlock, ...]]
"""Role, heading, level and blocks."""
_KEPT = TypeAdapter(tuple[Reading, tuple[_KeptSection, ...]])


def recall_readings(mirror: Mirror | None, issues: Iterable[Issue], vocabulary: Vocabulary) -> Mapping[str, Reading]:
    """By key, what is kept of the texts of these issues, which come from this mirror; nothing without one."""
    if mirror is None:
        return {}
    by_id = {issue.id: issue for issue in issues}
    way = _way(vocabulary)
    return rebuilding(
        mirror,
        lambda: {
            (issue := by_id[number]).key: _unpacked(content, issue) for number, content in mirror.texts(way, by_id)
        },
    )


def keep_readings(mirror: Mirror | None, backlog: Backlog, known: Mapping[str, Reading]) -> None:
    """Keep the readings of a backlog that are not `known`."""
    fresh = [issue for issue in backlog.snapshot.issues if issue.key not in known]
    if mirror is None or not fresh:
        return
    way, readings = _way(backlog.vocabulary), backlog.readings

    def made() -> Iterator[tuple[str, bytes]]:  # one at a time: all of them take a tenth of the whole memory
        return ((issue.id, _packed(readings[issue.key], issue)) for issue in fresh)

    rebuilding(mirror, lambda: mirror.keep_texts(way, made()))


def _packed(reading: Reading, issue: Issue) -> bytes:
    """The reading with places for blocks: the text of a section is not kept again, and is in memory once."""
    places = {block: place for place, block in enumerate(_blocks(issue))}
    sections = tuple(
        (one.role, one.heading, one.level, tuple(places.get(block, block) for block in one.blocks))
        for one in reading.sections
    )
    return _KEPT.dump_json((replace(reading, sections=()), sections), exclude_defaults=True)


def _unpacked(content: bytes, issue: Issue) -> Reading:
    reading, sections = _KEPT.validate_json(content)
    blocks = _blocks(issue)
    return replace(
        reading,
        sections=tuple(
            Section(
                role=role,
                heading=heading,
                level=level,
                blocks=tuple([blocks[one] if isinstance(one, int) else one for one in inside]),
            )
            for role, heading, level, inside in sections
        ),
    )


def _blocks(issue: Issue) -> tuple[Block, ...]:
    return (*issue.document.blocks, *(issue.acceptance.blocks if issue.acceptance is not None else ()))


def _way(vocabulary: Vocabulary) -> str:
    """Cache key over everything that a reading depends on besides the text."""
    return hashlib.sha256(f"{source_key()} {canonical(vocabulary)}".encode(errors="replace")).hexdigest()[:16]
