"""`PUT issue`: fields and update verbs, all validated before the first one is applied.

A request with one bad field changes nothing. Adding a present label or removing an absent one is allowed.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sync.fake_jira.call import Call, Refused
from sync.fake_jira.comments import read_properties, rich_text
from sync.fake_jira.records import Record
from sync.fake_jira.world import next_named

LABEL_LIMIT = 255
SUMMARY_LIMIT = 255

Edit = Callable[[Record], None]
Writer = Callable[[Call, Record, str, Any], Edit]


def read_edits(call: Call, record: Record) -> list[Edit]:
    """The changes of a request, or 400 with a message per field."""
    fields, update = _part(call, "fields"), _part(call, "update")
    edits: list[Edit] = []
    errors: dict[str, str] = {}
    asked = [(name, "set", value) for name, value in fields.items()]
    asked += [(name, verb, value) for name, verbs in update.items() for verb, value in _verbs(name, verbs)]
    for name in fields.keys() & update.keys():
        errors[name] = f"Field '{name}' cannot appear in both 'fields' and 'update'"
    for name, verb, value in asked:
        try:
            edits.append(_writer(call, name)(call, record, verb, value))
        except _Wrong as wrong:
            errors[name] = str(wrong)
    if errors:
        raise Refused(400, errors=errors)
    if properties := read_properties(call.body):
        edits.append(lambda target: target.properties.update(properties))
    return edits


class _Wrong(Exception):
    """A field's value or verb is invalid; the message is Jira's."""


def _part(call: Call, name: str) -> dict[str, Any]:
    part = call.body.get(name) if isinstance(call.body, dict) else None
    if part is not None and not isinstance(part, dict):
        raise Refused(400, "Invalid request payload. Refer to the REST API documentation and try again.")
    return part or {}


def _verbs(name: str, verbs: Any) -> list[tuple[str, Any]]:
    if not isinstance(verbs, list) or not all(isinstance(operation, dict) for operation in verbs):
        raise Refused(400, errors={name: "The operations of a field must be a list."})
    return [(verb, value) for operation in verbs for verb, value in operation.items()]


def _writer(call: Call, name: str) -> Writer:
    writer = WRITERS.get(call.view.fields.ours.get(name, name))
    if writer is None or name not in call.view.fields.by_id:
        raise _Wrong(f"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown.")
    return writer


def _labels(call: Call, record: Record, verb: str, value: Any) -> Edit:  # noqa: ARG001 - one shape for all
    given = value if verb == "set" else [value]
    if not isinstance(given, list) or not all(isinstance(label, str) for label in given):
        raise _Wrong("string expected at index 0")
    for label in given if verb != "remove" else ():
        if not label or any(sign.isspace() for sign in label):
            raise _Wrong(f"The label '{label}' contains spaces which is invalid.")
        if len(label) > LABEL_LIMIT:
            raise _Wrong(f"The label '{label}' is too long. The maximum length is {LABEL_LIMIT} characters.")
    return _collection("labels", verb, given)


def _components(call: Call, record: Record, verb: str, value: Any) -> Edit:
    given = value if verb == "set" else [value]
    names = [str(entry.get("name", "")) for entry in given]
    for name in names:
        if name not in call.view.state.components[record.project]:
            raise _Wrong(f"Component name '{name}' is not valid")
    return _collection("components", verb, names)


def _collection(name: str, verb: str, given: list[str]) -> Edit:
    if verb == "set":
        return lambda target: setattr(target, name, list(dict.fromkeys(given)))
    if verb == "add":
        return lambda target: setattr(target, name, list(dict.fromkeys([*getattr(target, name), *given])))
    if verb == "remove":
        return lambda target: setattr(target, name, [old for old in getattr(target, name) if old not in given])
    raise _Wrong(f"Operation '{verb}' is not supported by field '{name}'")


def _only_set(name: str, verb: str) -> None:
    if verb not in {"set", "edit"}:
        raise _Wrong(f"Operation '{verb}' is not supported by field '{name}'")


def _summary(call: Call, record: Record, verb: str, value: Any) -> Edit:  # noqa: ARG001 - one shape for all
    _only_set("summary", verb)
    if not isinstance(value, str) or not value.strip():
        raise _Wrong("You must specify a summary of the issue.")
    if len(value) > SUMMARY_LIMIT:
        raise _Wrong(f"Summary can't exceed {SUMMARY_LIMIT} characters.")
    return lambda target: setattr(target, "summary", value)


def _rich(name: str) -> Writer:
    def write(call: Call, record: Record, verb: str, value: Any) -> Edit:  # noqa: ARG001 - one shape for all
        _only_set(name, verb)
        body = rich_text(value, call.view.version, field=name)
        return lambda target: setattr(target, name, body)

    return write


def _number(name: str) -> Writer:
    def write(call: Call, record: Record, verb: str, value: Any) -> Edit:  # noqa: ARG001 - one shape for all
        _only_set(name, verb)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise _Wrong("Operation value must be a number")
        return lambda target: setattr(target, name, None if value is None else float(value))

    return write


def _priority(call: Call, record: Record, verb: str, value: Any) -> Edit:  # noqa: ARG001 - one shape for all
    _only_set("priority", verb)
    wanted = str((value or {}).get("id") or (value or {}).get("name"))
    try:
        priority = next_named(call.view.state.priorities.values(), wanted)
    except KeyError:
        raise _Wrong("The priority selected is invalid.") from None
    return lambda target: setattr(target, "priority", priority)


def _flagged(call: Call, record: Record, verb: str, value: Any) -> Edit:  # noqa: ARG001 - one shape for all
    on = bool(value) and verb != "remove"
    return lambda target: setattr(target, "flagged", on)


def _sprint(call: Call, record: Record, verb: str, value: Any) -> Edit:  # noqa: ARG001 - one shape for all
    _only_set("sprint", verb)
    state = call.view.state
    if value is not None and not isinstance(value, int):
        raise _Wrong("Number value expected as the Sprint id.")
    if value is not None and (value not in state.sprints or state.sprints[value].state == "closed"):
        raise _Wrong(f"Issue can be assigned only to an active or future sprint, not to sprint {value}.")
    return lambda target: setattr(target, "sprints", state.sprints_after(target, value))


WRITERS: Mapping[str, Writer] = {
    "labels": _labels,
    "components": _components,
    "summary": _summary,
    "description": _rich("description"),
    "acceptance": _rich("acceptance"),
    "points": _number("points"),
    "team_points": _number("team_points"),
    "priority": _priority,
    "flagged": _flagged,
    "sprint": _sprint,
}
