"""What a note gives up when a tracker's limit is too small for it: first what passed, then the last fixes."""

from collections.abc import Iterator
from dataclasses import replace

from rules.plan.comment import CommentBody


def ever_shorter(note: CommentBody) -> Iterator[tuple[CommentBody, int]]:
    """The note, then the note with less and less, each with the number of fixes that were left out of it."""
    left_out = 0
    yield note, left_out
    while note.passed or note.fixes:
        if note.passed:
            note = replace(note, passed=note.passed[: len(note.passed) // 2])
        else:
            dropped = max(1, len(note.fixes) // 4)
            left_out += dropped
            note = replace(note, fixes=note.fixes[: len(note.fixes) - dropped])
        yield note, left_out
