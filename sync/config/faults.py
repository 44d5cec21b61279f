"""One sentence a fault: its place, the value there, what is wrong, and what was probably meant.

`read_table` has pydantic read a table; `faults_of` puts pydantic's complaints into plain words.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from sync.config.schema_keys import Keys
from sync.config.toml_lines import NOTHING, TomlPath, step
from sync.sanitize import printable

NOT_BLANK = r"\S"
LONGEST = 60  # characters of a value that a sentence shows
LONGEST_SENTENCE = 600
_BARE = re.compile(r"[A-Za-z0-9_-]+")

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one path. `value` is shown where it is a plain one; secrets are left out before."""

    path: TomlPath
    wrong: str
    value: object = NOTHING

    @property
    def sentence(self) -> str:
        """The fault without its place."""
        named = written_path(self.path)
        value = shown(self.value)
        if value.startswith('"') and value in self.wrong:
            value = ""  # one mention is enough
        return f"{named}{f' = {value}' if value else ''}: {self.wrong}" if named else self.wrong


def written_path(path: TomlPath) -> str:
    """A path as people write it: `teams[0].people[1].share`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            key = part if _BARE.fullmatch(part) else _quoted(part[:LONGEST])
            text += f".{key}" if text else key
    return text


def shown(value: object, longest: int = LONGEST) -> str:
    """A plain value as the file would write it, cut to a readable length; "" for tables and lists of them."""
    match value:
        case bool():
            text = str(value).lower()
        case int() | float():
            text = str(value)
        case str():
            text = _quoted(value)
        case dt.date() | dt.time():
            text = value.isoformat()
        case list() if all(isinstance(item, str | int | float) for item in value):
            text = f"[{', '.join(shown(item, longest) for item in value)}]"
        case _:
            return ""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=not text.isprintable())


def one_line(sentence: str) -> str:
    """The sentence without control characters and of limited length; names in it may hold anything."""
    plain = printable(sentence, "?")
    return plain if len(plain) <= LONGEST_SENTENCE else f"{plain[: LONGEST_SENTENCE - 1]}…"


def did_you_mean(name: str, valid: Iterable[str]) -> str:
    """The end of a sentence about an unknown name: the nearest known one, or all of them where none is near."""
    names = {one.lower(): one for one in valid}
    near = get_close_matches(name.lower(), list(names), n=1, cutoff=0.6)
    if near:
        return f'; did you mean "{names[near[0]]}"?'
    listed = ", ".join(names.values())
    return f"; it must be one of {listed}" if names and len(listed) <= 200 else ""


def read_table(model: type[Model], table: Mapping[str, Any], *, folder: Path = Path()) -> Model:
    """The table as its model, with types as strict as TOML has them. Raises `ValidationError`.

    The table is handed over as JSON because pydantic's strict mode fits TOML only there: a list may become a set and a
    text a date, while "8" is not a number. `folder` is where relative paths start.
    """
    return model.model_validate_json(json.dumps(table, default=str), strict=True, context={"folder": folder})


def faults_of(error: ValidationError, data: object, keys: Keys, below: TomlPath = ()) -> Iterator[Fault]:
    """Pydantic's complaints in plain words. `data` is the table it read, at the path `below`."""
    for one in error.errors(include_url=False):
        path, value = path_in(data, one["loc"])
        if one["type"].startswith("union_tag"):
            yield from _unknown_beside_kind((*below, *path), value, keys)
            path, value = (*path, "kind"), step(value, "kind")
        if one["type"] == "too_short" and isinstance(value, list) and len(value) >= one["ctx"]["min_length"]:
            continue  # pydantic counts only the entries without a fault; the faulty ones are reported anyway
        if one["type"] == "value_error" and isinstance(value, Mapping):
            path, value = _first_named(path, value, str(one["ctx"]["error"]))
        path = (*below, *path)
        complaint = _Complaint(one["type"], one.get("ctx", {}), one["loc"], path, value, keys)
        hidden = complaint.kind == "extra_forbidden"
        yield Fault(path, _wrong(complaint, str(one["msg"])), NOTHING if hidden else value)


def _unknown_beside_kind(path: TomlPath, table: object, keys: Keys) -> Iterator[Fault]:
    """The keys of a table that no kind of it has: pydantic reads no key of a table whose `kind` is wrong or missing."""
    known = keys.keys_of_kinds(path)
    for key in table if isinstance(table, Mapping) and known else ():
        if key not in known:
            yield Fault((*path, key), f"unknown option{did_you_mean(key, known)}")


def path_in(data: object, loc: Sequence[str | int]) -> tuple[TomlPath, object]:
    """Pydantic's location as a path of the file, and the value there; pydantic's own markers are dropped."""
    path: list[str | int] = []
    for place, part in enumerate(loc):
        below = step(data, part)
        last = place == len(loc) - 1
        if below is NOTHING and (not last or part == "[key]" or not isinstance(data, Mapping)):
            continue
        path.append(part)
        data = below
    return tuple(path), data


def _first_named(path: TomlPath, table: Mapping[str, object], wrong: str) -> tuple[TomlPath, object]:
    """The first option that a complaint about a whole table names, the table itself if it names none."""
    named = next((word for word in re.findall(r"\w+", wrong) if word in table), None)
    return (path, table) if named is None else ((*path, named), table[named])


@dataclass(frozen=True, slots=True)
class _Complaint:
    """One error of pydantic, and its place in the file."""

    kind: str
    context: Mapping[str, Any]
    loc: Sequence[str | int]
    path: TomlPath
    value: object
    keys: Keys


def _wrong(complaint: _Complaint, message: str) -> str:
    if isinstance(complaint.value, list) and complaint.kind in _NOT_A_LIST:
        return _ONE_ONLY.get(complaint.path, "must be a single value, not a list")
    wording = _WORDINGS.get(complaint.kind)
    return wording(complaint) if wording else _SENTENCES.get(complaint.kind) or message.rstrip(".")


def _bound(word: str, name: str) -> Callable[[_Complaint], str]:
    return lambda complaint: f"must be {word} {complaint.context[name]:g}{complaint.keys.meaning(complaint.path)}"


def _unknown(complaint: _Complaint) -> str:
    key, valid = str(complaint.path[-1]), complaint.keys.at(complaint.path[:-1])
    home = complaint.keys.elsewhere(key)
    if home and not get_close_matches(key, valid, n=1, cutoff=0.6):
        return f"unknown here; it belongs in {home}"
    what = "section" if len(complaint.path) == 1 else "option"
    return f"unknown {what}{did_you_mean(key, valid)}"


def _missing(complaint: _Complaint) -> str:
    return f"is missing{complaint.keys.meaning(complaint.path)}"


def _missing_kind(complaint: _Complaint) -> str:
    return f"is missing; it must be one of {', '.join(complaint.keys.kinds_at(complaint.path[:-1]))}"


def _unknown_kind(complaint: _Complaint) -> str:
    return _must_be_one_of(complaint.context["expected_tags"], complaint.context["tag"])


def _wrong_choice(complaint: _Complaint) -> str:
    return _must_be_one_of(
        complaint.context["expected"], str(complaint.loc[-2]) if complaint.loc[-1] == "[key]" else complaint.value
    )


def _must_be_one_of(expected: str, value: object) -> str:
    names = re.findall(r"'([^']*)'", expected)
    listed = ", ".join(names)
    if not isinstance(value, str):
        return f"must be one of {listed}, in quotes"
    near = get_close_matches(value.lower(), names, n=1, cutoff=0.6)
    return f"must be one of {listed}" + (f'; did you mean "{near[0]}"?' if near else "")


def _bad_form(complaint: _Complaint) -> str:
    if complaint.context["pattern"] == NOT_BLANK:
        return "must not be blank"
    return f"has the wrong form{complaint.keys.meaning(complaint.path)}"


_WORDINGS: Mapping[str, Callable[[_Complaint], str]] = {
    "enum": _wrong_choice,
    "extra_forbidden": _unknown,
    "greater_than": _bound("more than", "gt"),
    "greater_than_equal": _bound("at least", "ge"),
    "less_than": _bound("less than", "lt"),
    "less_than_equal": _bound("at most", "le"),
    "literal_error": _wrong_choice,
    "missing": _missing,
    "string_pattern_mismatch": _bad_form,
    "too_short": lambda complaint: f"must hold at least {complaint.context['min_length']}",
    "union_tag_invalid": _unknown_kind,
    "union_tag_not_found": _missing_kind,
    "value_error": lambda complaint: str(complaint.context["error"]),
}
"""The wording of those kinds of pydantic errors where it depends on the case."""

_NOT_A_LIST = frozenset({"string_type", "model_type", "dict_type", "model_attributes_type"})
_ONE_ONLY: Mapping[TomlPath, str] = {
    ("product",): "is a list; there is exactly one product, with one Product Owner and one Product Backlog",
    ("product", "owner"): "is a list; a product has exactly one Product Owner",
    ("product", "backlog"): "is a list; a product has exactly one Product Backlog, one query for all teams",
}
_LIST = "must be a list, in square brackets"
_TABLE = "must be a table"
_SENTENCES: Mapping[str, str] = {
    "bool_type": "must be true or false, without quotes",
    "date_from_datetime_parsing": "must be a date such as 2026-03-09, without quotes",
    "date_parsing": "must be a date such as 2026-03-09, without quotes",
    "date_type": "must be a date such as 2026-03-09, without quotes",
    "dict_type": _TABLE,
    "finite_number": "must be a finite number",
    "float_type": "must be a number, without quotes",
    "frozen_set_type": _LIST,
    "int_from_float": "must be a whole number",
    "int_type": "must be a whole number, without quotes",
    "list_type": _LIST,
    "mapping_type": _TABLE,
    "model_attributes_type": _TABLE,
    "model_type": _TABLE,
    "path_type": "must be text in quotes",
    "set_type": _LIST,
    "string_too_short": "must not be empty",
    "string_type": "must be text in quotes",
    "tuple_type": _LIST,
}
