"""Issues as JSON: one document, or one object per line, with `id`, `type`, `title`, `text` and optional `markup`."""

import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from sync.errors import UsageError
from sync.lint_input.model import STORY, LintText, cleaned, listed
from sync.markup import READERS


def read_document(text: str, source: str) -> Iterator[LintText]:
    """The issues of one JSON document: a list, `{"issues": [...]}`, or a single issue. Raises `UsageError`."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        wrong = f"{source}, line {error.lineno}, column {error.colno}: not valid JSON: {error.msg.lower()}"
        raise UsageError(f"{wrong}; for one object per line, name the file .jsonl") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{source}: the JSON cannot be read ({_plainly(error)})") from error
    if isinstance(data, Mapping) and isinstance(data.get("issues"), list):
        data = data["issues"]
    entries = data if isinstance(data, list) else [data]
    for number, entry in enumerate(entries, start=1):
        yield _issue(entry, f"{source}, issue {number}", f"issue {number}", 1)


def read_lines(text: str, source: str) -> Iterator[LintText]:
    """The issues of a file with one JSON object per line; empty lines are skipped. Raises `UsageError`."""
    # Not splitlines: it would also split at characters that JSON allows inside a string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _issue(
                _object(line, f"{source}, line {number}"), f"{source}, line {number}", f"line {number}", number
            )


def is_object(text: str) -> bool:
    """Whether a text as a whole is one JSON object."""
    try:
        return isinstance(json.loads(text), Mapping)
    except (ValueError, RecursionError):
        return False


def is_document(text: str) -> bool:
    """Whether a text is JSON with issues: an object, or a list of objects."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, Mapping) or (isinstance(data, list) and isinstance(next(iter(data), None), Mapping))


def _object(line: str, where: str) -> object:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise UsageError(f"{where}, column {error.colno}: not valid JSON: {error.msg.lower()}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{where}: the JSON cannot be read ({_plainly(error)})") from error


def _plainly(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else "a number is too long to read"


def _issue(entry: object, where: str, name: str, line: int) -> LintText:
    if not isinstance(entry, Mapping):
        raise UsageError(f'{where}: not an object; write {{"id": ..., "title": ..., "text": ...}}')
    if "title" not in entry and "text" not in entry:
        raise UsageError(f'{where}: "title" and "text" are missing; the keys are {listed(entry)}')
    text, markup = _text(entry, where)
    return LintText(
        id=_word(entry, "id", where) or name,
        type=_word(entry, "type", where) or STORY,
        title=" ".join(_word(entry, "title", where).split()),
        text=text,
        markup=markup,
        acceptance=_word(entry, "acceptance", where) or None,
        line=line,
    )


def _word(entry: Mapping[str, Any], key: str, where: str) -> str:
    match entry.get(key):
        case None:
            return ""
        case str() as text:
            return cleaned(text)
        case int() as number if key == "id" and not isinstance(number, bool):
            return str(number)
        case other:
            raise UsageError(f'{where}: "{key}" must be text, not {_kind(other)}')


def _text(entry: Mapping[str, Any], where: str) -> tuple[str, str | None]:
    """The text and its markup; a description in Jira Cloud's document format (ADF) is accepted too."""
    body = entry.get("text")
    if isinstance(body, Mapping) and body.get("type") == "doc":
        return json.dumps(body), "adf"
    markup = _word(entry, "markup", where).lower() or None
    if markup is not None and markup not in READERS:
        near = get_close_matches(markup, list(READERS), n=1)
        hint = f'did you mean "{near[0]}"?' if near else f"use one of {', '.join(READERS)}"
        raise UsageError(f'{where}: unknown markup "{listed([markup])}"; {hint}')
    return _word(entry, "text", where), markup


def _kind(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case _:
            return "an object"
