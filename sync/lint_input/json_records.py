"""Issues as JSON: one document, or one object a line; each with `id, type, title, text` and, if wanted, `markup`."""

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
        wrong = f"{source}, line {error.lineno}, column {error.colno}: this is no JSON: {error.msg.lower()}"
        raise UsageError(f"{wrong}; for one object a line, name the file .jsonl") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{source}: this JSON cannot be read ({_plainly(error)})") from error
    if isinstance(data, Mapping) and isinstance(data.get("issues"), list):
        data = data["issues"]
    entries = data if isinstance(data, list) else [data]
    for number, entry in enumerate(entries, start=1):
        yield _issue(entry, f"{source}, issue {number}", f"issue {number}", 1)


def read_lines(text: str, source: str) -> Iterator[LintText]:
    """The issues of a file with one JSON object a line; empty lines are skipped. Raises `UsageError`."""
    # Not splitlines: it would also cut at signs that JSON allows inside a string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _issue(
                _object(line, f"{source}, line {number}"), f"{source}, line {number}", f"line {number}", number
            )


def is_object(text: str) -> bool:
    """Whether a text is a JSON object from its first to its last sign."""
    try:
        return isinstance(json.loads(text), Mapping)
    except (ValueError, RecursionError):
        return False


def is_document(text: str) -> bool:
    """Whether a text is JSON with issues: an object, or a list that begins with one."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, Mapping) or (isinstance(data, list) and isinstance(next(iter(data), None), Mapping))


def _object(line: str, where: str) -> object:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise UsageError(f"{where}, column {error.colno}: this is no JSON: {error.msg.lower()}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{where}: this JSON cannot be read ({_plainly(error)})") from error


def _plainly(error: Exception) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else "it holds a number too long to read"


def _issue(entry: object, where: str, name: str, line: int) -> LintText:
    if not isinstance(entry, Mapping):
        raise UsageError(f'{where}: this is no object; write {{"id": ..., "title": ..., "text": ...}}')
    if "title" not in entry and "text" not in entry:
        raise UsageError(f'{where}: there is neither "title" nor "text"; its keys are {listed(entry)}')
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
            raise UsageError(f'{where}: "{key}" must be text, and is {_kind(other)}')


def _text(entry: Mapping[str, Any], where: str) -> tuple[str, str | None]:
    """The text and its dialect; a description as Jira Cloud's interface gives it is taken as it is."""
    body = entry.get("text")
    if isinstance(body, Mapping) and body.get("type") == "doc":
        return json.dumps(body), "adf"
    markup = _word(entry, "markup", where).lower() or None
    if markup is not None and markup not in READERS:
        near = get_close_matches(markup, list(READERS), n=1)
        hint = f'did you mean "{near[0]}"?' if near else f"it is one of {', '.join(READERS)}"
        raise UsageError(f'{where}: "markup" is "{listed([markup])}", which is no dialect; {hint}')
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
