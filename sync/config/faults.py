"""One sentence a fault: where it stands, what stands there, what is wrong, and what was probably meant."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from sync.config.schema_keys import NOTHING, Keys, step
from sync.config.toml_lines import TomlPath

NOT_BLANK = r"\S"
LONGEST = 60  # characters of a value that a sentence shows
LONGEST_SENTENCE = 600
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
    """The sentence without signs that a terminal would obey, and of bearable length; names may hold anything."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in sentence)
    return plain if len(plain) <= LONGEST_SENTENCE else f"{plain[: LONGEST_SENTENCE - 1]}…"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about a name nobody knows: the nearest one, or all of them where none is near."""
    names = {one.lower(): one for one in known}
    near = get_close_matches(name.lower(), list(names), n=1, cutoff=0.6)
    if near:
        return f'; did you mean "{names[near[0]]}"?'
    listed = ", ".join(names.values())
    return f"; it is one of {listed}" if names and len(listed) <= 200 else ""


def faults_of(error: ValidationError, data: object, keys: Keys, below: TomlPath = ()) -> Iterator[Fault]:
    """What pydantic complains about, in plain words. `data` is what it read, found at the path `below`."""
    for one in error.errors(include_url=False):
        path, found = path_in(data, one["loc"])
        if one["type"].startswith("union_tag"):
            path, found = (*path, "kind"), step(found, "kind")
        if one["type"] == "too_short" and isinstance(found, list) and len(found) >= one["ctx"]["min_length"]:
            continue  # pydantic counts only the entries without a fault, and those are told anyway
        if one["type"] == "value_error" and isinstance(found, Mapping):
            path, found = _first_named(path, found, str(one["ctx"]["error"]))
        path = (*below, *path)
        told = _Told(one["type"], one.get("ctx", {}), one["loc"], path, found, keys)
        yield Fault(path, _wrong(told, str(one["msg"])), NOTHING if told.kind == "extra_forbidden" else found)


def path_in(data: object, loc: Sequence[str | int]) -> tuple[TomlPath, object]:
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


@dataclass(frozen=True, slots=True)
class _Told:
    """What pydantic tells of one fault, and where that stands in the file."""

    kind: str
    context: Mapping[str, Any]
    loc: Sequence[str | int]
    path: TomlPath
    value: object
    keys: Keys


def _wrong(told: _Told, message: str) -> str:
    if isinstance(told.value, list) and told.kind in _NOT_A_LIST:
        return _ONE_ONLY.get(told.path, "must be a single value, not a list")
    publisher = _TELLERS.get(told.kind)
    return publisher(told) if publisher else _SENTENCES.get(told.kind) or message.rstrip(".")


def _bound(word: str, name: str) -> Callable[[_Told], str]:
    return lambda told: f"must be {word} {told.context[name]:g}{told.keys.meaning(told.path)}"


def _unknown(told: _Told) -> str:
    key, known = str(told.path[-1]), told.keys.at(told.path[:-1])
    home = told.keys.elsewhere(key)
    if home and not get_close_matches(key, known, n=1, cutoff=0.6):
        return f"is not known here; it belongs in {home}"
    what = "section" if len(told.path) == 1 else "option"
    return f"is no known {what}{did_you_mean(key, known)}"


def _missing(told: _Told) -> str:
    return f"is missing{told.keys.meaning(told.path)}"


def _no_kind(told: _Told) -> str:
    return f"is missing; it is one of {', '.join(told.keys.kinds_at(told.path[:-1]))}"


def _unknown_kind(told: _Told) -> str:
    return _none_of(told.context["expected_tags"], told.context["tag"])


def _no_choice(told: _Told) -> str:
    return _none_of(told.context["expected"], str(told.loc[-2]) if told.loc[-1] == "[key]" else told.value)


def _none_of(expected: str, value: object) -> str:
    names = re.findall(r"'([^']*)'", expected)
    listed = ", ".join(names)
    if not isinstance(value, str):
        return f"must be one of {listed}, in quotes"
    near = get_close_matches(value.lower(), names, n=1, cutoff=0.6)
    return f"is none of {listed}" + (f'; did you mean "{near[0]}"?' if near else "")


def _bad_form(told: _Told) -> str:
    if told.context["pattern"] == NOT_BLANK:
        return "must not be blank"
    return f"does not have the right form{told.keys.meaning(told.path)}"


_TELLERS: Mapping[str, Callable[[_Told], str]] = {
    "enum": _no_choice,
    "extra_forbidden": _unknown,
    "greater_than": _bound("more than", "gt"),
    "greater_than_equal": _bound("at least", "ge"),
    "less_than": _bound("less than", "lt"),
    "less_than_equal": _bound("at most", "le"),
    "literal_error": _no_choice,
    "missing": _missing,
    "string_pattern_mismatch": _bad_form,
    "too_short": lambda told: f"must hold at least {told.context['min_length']}",
    "union_tag_invalid": _unknown_kind,
    "union_tag_not_found": _no_kind,
    "value_error": lambda told: str(told.context["error"]),
}
"""Who puts a kind of pydantic's errors into words, where the words depend on the case."""

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
