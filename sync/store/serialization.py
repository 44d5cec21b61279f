"""Changes, marks and texts as they are stored: JSON with sorted keys, read back to the very same values."""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from rules.model import OwnMarks
from rules.plan.changes import KINDS, Change
from rules.plan.comment import CommentBody, Fix
from rules.plan.grounds import Ground
from rules.plan.not_written import Decision, NotWritten
from rules.plan.page_body import Box, PageBody
from rules.text import Quote
from rules.wording import Wording

_CHANGES: dict[str, type[Change]] = {kind: change for change, kind in KINDS.items()}


def marks_to_json(marks: OwnMarks) -> str:
    """Marks as they are stored, here and in the tracker's own property."""
    values = {**asdict(marks), "labels": sorted(marks.labels)}
    values["said"] = values.pop("comment_digest")  # the stored name
    if not marks.page:
        del values["page"]  # only the issue of the living page has it
    return json.dumps(values, sort_keys=True)


def marks_from_json(text: str) -> OwnMarks:
    """Marks as they were stored by `marks_to_json`."""
    data = json.loads(text)
    return OwnMarks(
        labels=frozenset(data["labels"]),
        comment=data["comment"],
        comment_digest=data["said"],
        sprint=data["sprint"],
        page=data.get("page", ""),
        refused=tuple((mark, reason) for mark, reason in data["refused"]),
        reasons=tuple((mark, reason) for mark, reason in data["reasons"]),
    )


def change_to_json(change: Change) -> str:
    """A change as it is stored, whole."""
    return json.dumps(_stored(change), sort_keys=True)


def change_from_json(kind: str, text: str) -> Change:
    """A change as it was stored by `change_to_json`."""
    data = json.loads(text)
    if "note" in data:
        note = data["note"]
        fixes = tuple(Fix(**fix) for fix in note.pop("fixes"))
        passed, answers = tuple(note.pop("passed")), tuple(note.pop("answers", ()))
        data["note"] = CommentBody(**note, fixes=fixes, passed=passed, answers=answers)
    if "page" in data:
        page = data["page"]
        boxes = tuple(Box(**box) for box in page["boxes"])
        links = tuple((key, address) for key, address in page.get("links", ()))
        data["page"] = PageBody(**page | {"lines": tuple(page["lines"]), "boxes": boxes, "links": links})
    return _CHANGES[kind](**data | {"grounds": _grounds(data.get("grounds", ()))})


def not_written_to_json(entry: NotWritten) -> str:
    """A write that was not made, as it is stored, whole."""
    return json.dumps(_stored(entry), sort_keys=True)


def not_written_from_json(text: str) -> NotWritten:
    """A write that was not made, as it was stored by `not_written_to_json`."""
    data = json.loads(text)
    return NotWritten(**data | {"decision": Decision(data["decision"]), "grounds": _grounds(data["grounds"])})


def _stored(value: Change | NotWritten) -> dict[str, Any]:
    """All fields as plain data."""
    return asdict(replace(value, grounds=())) | {"grounds": [_ground(ground) for ground in value.grounds]}


def _ground(ground: Ground) -> dict[str, Any]:
    """A ground as plain data; what it does not have is left out, because most have only a rule."""
    quotes = [asdict(quote) for quote in ground.evidence]
    data = {"rule": ground.rule, "passed": ground.passed, "says": ground.says, "evidence": quotes}
    return {name: held for name, held in data.items() if held}


def _grounds(rows: Iterable[dict[str, Any]]) -> tuple[Ground, ...]:
    """Grounds as they were stored; a change that was stored by an earlier version has none."""
    quotes = ((row, tuple(Quote(**quote) for quote in row.get("evidence", ()))) for row in rows)
    return tuple(Ground(**row | {"evidence": evidence}) for row, evidence in quotes)


def text_to_json(text: str) -> str:
    """A text as it is stored: with its template and values where it has them."""
    return json.dumps(_as_data(text), sort_keys=True)


def text_from_json(text: str) -> str:
    """A text as it was stored by `text_to_json`."""
    read: str = _as_value(json.loads(text))
    return read


def _as_data(value: Any) -> Any:
    if isinstance(value, Wording):
        return {"template": value.template, "values": {name: _as_data(one) for name, one in value.values.items()}}
    return [_as_data(one) for one in value] if isinstance(value, tuple) else value


def _as_value(data: Any) -> Any:
    if isinstance(data, dict):
        return Wording(data["template"], **{name: _as_value(one) for name, one in data["values"].items()})
    return tuple(_as_value(one) for one in data) if isinstance(data, list) else data
