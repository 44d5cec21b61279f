"""One sentence a fault: where it stands, what stands there, what is wrong, and what was probably meant."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from sync.config.keys import NOTHING, Keys, step
from sync.config.lines import TomlPath

LONGEST = 60  # characters of a value that a sentence shows
_BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one path. `value` is shown only where it is a plain one and no secret."""

    path: TomlPath
    wrong: str
    value: object = NOTHING

    @property
    def sentence(self) -> str:
        """The fault without its place."""
        named = written_path(self.path)
        value = shown(self.value)
        if value and value in self.wrong:
            value = ""  # said once is enough
        return f"{named}{f' = {value}' if value else ''}: {self.wrong}" if named else self.wrong


def written_path(path: TomlPath) -> str:
    """A path as people write it: `teams[0].people[1].share`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            key = part if _BARE.fullmatch(part) else json.dumps(part[:LONGEST])
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
            text = json.dumps(value, ensure_ascii=not value.isprintable())
        case dt.date() | dt.time():
            text = value.isoformat()
        case list() if all(isinstance(item, str | int | float) for item in value):
            text = f"[{', '.join(shown(item, longest) for item in value)}]"
        case _:
            return ""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about a name nobody knows: the nearest one, or all of them where none is near."""
    names = {one.lower(): one for one in known}
    near = get_close_matches(name.lower(), list(names), n=1, cutoff=0.6)
    if near:
        return f'; did you mean "{names[near[0]]}"?'
    listed = ", ".join(names.values())
    return f"; it is one of {listed}" if names and len(listed) <= 200 else ""


_LIST = "must be a list, in square brackets"
_TABLE = "must be a table"
_BOUNDS: Mapping[str, tuple[str, str]] = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}
_NOT_A_LIST = frozenset({"string_type", "model_type", "dict_type", "model_attributes_type"})
_ONE_ONLY: Mapping[TomlPath, str] = {
    ("product",): "is a list; there is exactly one product, with one Product Owner and one Product Backlog",
    ("product", "owner"): "is a list; a product has exactly one Product Owner",
    ("product", "backlog"): "is a list; a product has exactly one Product Backlog, one query for all teams",
}
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
    "missing": "is missing",
    "model_attributes_type": _TABLE,
    "model_type": _TABLE,
    "path_type": "must be text in quotes",
    "set_type": _LIST,
    "string_pattern_mismatch": "must not be blank",
    "string_too_short": "must not be empty",
    "string_type": "must be text in quotes",
    "tuple_type": _LIST,
}


def faults_of(error: ValidationError, data: object, keys: Keys, below: TomlPath = ()) -> Iterator[Fault]:
    """What pydantic complains about, in plain words. `data` is what it read, found at the path `below`."""
    for one in error.errors(include_url=False):
        path, found = _path_in(data, one["loc"])
        if one["type"].startswith("union_tag"):
            path, found = (*path, "kind"), step(found, "kind")
        if one["type"] == "too_short" and isinstance(found, list) and len(found) >= one["ctx"]["min_length"]:
            continue  # pydantic counts only the entries without a fault, and those are told anyway
        if one["type"] == "value_error" and isinstance(found, Mapping):
            path, found = _first_named(path, found, str(one["ctx"]["error"]))
        path = (*below, *path)
        yield Fault(path, _wrong(one, path, found, keys), NOTHING if one["type"] == "extra_forbidden" else found)


def _path_in(data: object, loc: Sequence[str | int]) -> tuple[TomlPath, object]:
    """Pydantic's location as the file knows it, and what stands there; marks of pydantic's own are dropped."""
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
    """The option of a table that a complaint about the whole table names first, the table itself if it names none."""
    named = next((word for word in re.findall(r"\w+", wrong) if word in table), None)
    return (path, table) if named is None else ((*path, named), table[named])


def _wrong(one: Any, path: TomlPath, value: object, keys: Keys) -> str:
    kind, told = one["type"], one.get("ctx", {})
    if kind in _BOUNDS:
        name, word = _BOUNDS[kind]
        return f"must be {word} {told[name]:g}{keys.meaning(path)}"
    if isinstance(value, list) and kind in _NOT_A_LIST:
        return _ONE_ONLY.get(path, "must be a single value, not a list")
    match kind:
        case "extra_forbidden":
            wrong = _unknown(path, keys)
        case "missing":
            wrong = f"is missing{keys.meaning(path)}"
        case "union_tag_not_found":
            wrong = f"is missing; it is one of {', '.join(keys.kinds_at(path[:-1]))}"
        case "enum" | "literal_error":
            wrong = _none_of(told["expected"], one["loc"], value)
        case "union_tag_invalid":
            wrong = _none_of(told["expected_tags"], ("kind",), told["tag"])
        case "value_error":
            wrong = str(told["error"])
        case "too_short":
            wrong = f"must hold at least {told['min_length']}"
        case _:
            wrong = _SENTENCES.get(kind) or str(one["msg"]).rstrip(".")
    return wrong


def _unknown(path: TomlPath, keys: Keys) -> str:
    key = str(path[-1])
    known = keys.at(path[:-1])
    home = keys.elsewhere(key)
    if home and not get_close_matches(key, known, n=1, cutoff=0.6):
        return f"is not known here; it belongs in {home}"
    what = "section" if len(path) == 1 else "option"
    return f"is no known {what}{did_you_mean(key, known)}"


def _none_of(expected: str, loc: Sequence[str | int], value: object) -> str:
    names = re.findall(r"'([^']*)'", expected)
    listed = ", ".join(names)
    name = str(loc[-2]) if loc[-1] == "[key]" else value
    if not isinstance(name, str):
        return f"must be one of {listed}, in quotes"
    near = get_close_matches(name.lower(), names, n=1, cutoff=0.6)
    return f"is none of {listed}" + (f'; did you mean "{near[0]}"?' if near else "")
