"""Which past changes of an issue are kept, so that a store of them stays small.

Everything is kept of the last 400 days, at most 300 edits an issue. What is older is merged: of each field one edit
remains, from its first value to its last, at the moment of the last. Texts are merged up to the last old estimate and
after it, so that the text at the moment of that estimate stays known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from rules.model import Edit, EditField

WINDOW = timedelta(days=400)
"""Longer than eight sprints of a month, and as long as the figures of earlier runs are kept."""
MOST = 300
"""Edits of one issue; other programs may edit one every minute."""
TEXTS = frozenset({EditField.DESCRIPTION, EditField.ACCEPTANCE})
"""The fields whose former text is kept."""
WITHOUT_VALUE = TEXTS | {EditField.RANK, EditField.OTHER}
"""The fields of which only the change itself is kept, and a former text apart."""
LONGEST_TEXT = 16_000
"""Characters of a former text; a longer one, such as a pasted log, is not kept."""
_NO_BREAK = "\N{NO-BREAK SPACE}"


def former_text(field: EditField, text: str) -> str | None:
    """What is kept of a former value as a text."""
    return text if field in TEXTS and len(text) <= LONGEST_TEXT else None


def number_text(text: str) -> str:
    """A number as it is kept, "5" for "5.0"; any other text as it is."""
    try:
        return f"{float(text):g}"
    except ValueError:
        return text


def labels_text(labels: Iterable[str]) -> str:
    """Labels as an edit has them: in order, separated by spaces. A space within a label is a no-break space there."""
    return " ".join(sorted(label.replace(" ", _NO_BREAK) for label in labels))


def labels_in(text: str) -> frozenset[str]:
    """The labels of such a text."""
    return frozenset(label.replace(_NO_BREAK, " ") for label in text.split(" ") if label)


def kept(edits: Sequence[Edit], now: datetime) -> tuple[Edit, ...]:
    """What remains of an issue's edits, in time order; `edits` are in time order as well."""
    edits = _with_last_other(edits)
    recent = [edit for edit in edits if edit.at >= now - WINDOW][-MOST:]
    old = edits[: len(edits) - len(recent)]
    return tuple(sorted((*_merged(old), *recent), key=lambda edit: edit.at))


def _with_last_other(edits: Sequence[Edit]) -> list[Edit]:
    """Of the changes that say only that somebody did something, the last by a person and the last by an app."""
    last = {edit.by_person: edit for edit in edits if edit.field is EditField.OTHER}
    return [edit for edit in edits if edit.field is not EditField.OTHER or edit is last[edit.by_person]]


def _merged(old: Sequence[Edit]) -> list[Edit]:
    estimated = max((edit.at for edit in old if edit.field is EditField.ESTIMATE), default=None)
    groups: dict[tuple[EditField, bool, bool], Edit] = {}
    for edit in old:
        group = (edit.field, edit.by_person, estimated is not None and edit.at > estimated)
        first = groups.pop(group, edit)
        groups[group] = replace(edit, before=first.before, former=first.former)
    return list(groups.values())
