"""What all parts have in common: how text and figures are printed."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ConfigDict

from rules.model import Issue
from rules.options import Documented
from sync.sanitize import encodable, escaped_in_json


def _rounded(value: float) -> float:
    return round(float(value), 4)


def _encodable(value: object) -> object:
    """A text without halves of surrogate pairs; anything else as it is, for pydantic to judge."""
    return encodable(value) if isinstance(value, str) else value


def _key_of(value: object) -> object:
    return value.key if isinstance(value, Issue) else _encodable(value)


def encodable_json(value: object) -> object:
    """Plain data in which every encoding can write every text."""
    match value:
        case dict():
            return {_encodable(key): encodable_json(below) for key, below in value.items()}
        case list():
            return [encodable_json(below) for below in value]
        case _:
            return _encodable(value)


Text = Annotated[str, BeforeValidator(_encodable)]
"""A text that every encoding can write."""
IssueKey = Annotated[str, BeforeValidator(_key_of)]
"""The key of an issue, which may be given as the issue itself."""
Figure = Annotated[float, AfterValidator(_rounded)]
"""A number, rounded to four places."""


class Part(Documented):
    """The base of all parts: frozen, no unknown fields."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        from_attributes=True,
        serialize_by_alias=True,
        validate_by_name=True,
        json_schema_serialization_defaults_required=True,
    )


def dump(document: Part) -> str:
    """The document as JSON text, indented, ending with a line break; letters of any script as they are."""
    return escaped_in_json(document.model_dump_json(indent=2)) + "\n"


def dump_with(frame: Part, name: str, parts: Iterable[Part]) -> Iterator[str]:
    """What `dump` gives for a document with these parts in its field `name`, in portions; in `frame` it is empty."""
    begin, empty, end = dump(frame).partition(f'\n  "{name}": []')  # a line break is in no string of JSON
    assert empty, "the field is there, and empty"
    yield begin
    yield f'\n  "{name}": ['
    has_parts = False
    for part in parts:
        yield ",\n    " if has_parts else "\n    "
        yield dump(part).rstrip("\n").replace("\n", "\n    ")
        has_parts = True
    yield "\n  ]" if has_parts else "]"
    yield end
