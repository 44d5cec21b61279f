"""Shortens our comment until it fits a tracker's limit: first the list of passed checks, then the last fixes."""

from collections.abc import Iterator
from dataclasses import replace

from rules.plan.comment import CommentBody


def ever_shorter(note: CommentBody) -> Iterator[tuple[CommentBody, int]]:
    """The comment, then ever shorter versions of it, each with the number of fixes left out."""
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
