"""Texts that know their template and their values, so that a comment can have them in another language.

A field of a template is `{name}`. A figure brings its unit along: `{points:point|points}`. A list of values is shown
with commas, or with another separator: `{values: or }`; `{keys:is|are}` is not the list but the word that fits its
length. `{title!q}` is in quotation marks. Figures, units and quotation marks follow the language.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, Self

from rules.lazy_regex import regex

Item = str | float
Value = Item | tuple[Item, ...]

FIELD = regex(r"\{(?P<name>\w+)(?P<quoted>!q)?(?::(?P<form>[^{}]*))?\}")
"""A field of a template: the name of its value, whether it is quoted, and its separator or its two words."""


def _is_one(figure: float) -> bool:
    return figure == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A language of comments: the template in it for each English template, by the part of the program that has it.

    `is_one` says which figures take the first of two units. `quotes` are the opening and the closing mark.
    """

    code: str
    parts: Mapping[str, Mapping[str, str]]
    decimal_sign: str = "."
    quotes: tuple[str, str] = ('"', '"')
    is_one: Callable[[float], bool] = _is_one

    def template(self, english: str) -> str:
        """The template for an English one, which is kept where there is none: that of a rule of another package."""
        return next((texts[english] for texts in self.parts.values() if english in texts), english)


ENGLISH = Translation(code="en", parts={})


class Wording(str):
    """An English text that knows the template and the values it was made from; a string like any other.

    A value is data and never translated, unless it is a wording itself.
    """

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, Value]

    def __new__(cls, template: str, /, **values: Value) -> Self:
        """The text with its values filled in; a field without a value stays as it is."""
        text = super().__new__(cls, _filled(template, values, ENGLISH))
        text.template, text.values = template, values
        return text

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """What a copy is made from: not the text, whose braces may be an issue's."""
        return (self.template,), dict(self.values)


def worded(text: str) -> Wording:
    """A text as a wording; a plain one is a template without values."""
    return text if isinstance(text, Wording) else Wording(text)


def sentences(*texts: str) -> Wording:
    """Several texts in one, those that are not empty."""
    return Wording("{sentences: }", sentences=tuple(worded(text) for text in texts if text))


def translated(text: str, to: Translation) -> str:
    """A text in another language; a plain one is a template without values."""
    known = worded(text)
    return _filled(to.template(known.template), known.values, to)


def number(value: float, decimal_sign: str = ".") -> str:
    """A figure with at most two decimals, none of them a trailing zero."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", decimal_sign)


def many(count: float | str, one: str, more: str = "") -> str:
    """A figure with its unit, in English: `1 point`, `2.5 points`; `more` is the plural where it does not end in s.

    A text is a figure as it is shown, perhaps with a sign.
    """
    shown = count if isinstance(count, str) else number(count)
    return f"{shown} {one if shown.lstrip('+-') == '1' else more or f'{one}s'}"


_SMALL = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def in_words(number: float) -> str:
    """A number as text: "two", "2.5"; whole numbers up to twelve are words."""
    return _SMALL[int(number)] if number in range(1, len(_SMALL)) else f"{number:g}"


def agreeing(count: float, one: str, more: str) -> str:
    """The form that agrees with a number: `one` for 1, `more` for all others, 0 among them."""
    return one if count == 1 else more


def agreeing_of(part: float, whole: float, one: str, more: str) -> str:
    """The form after a share: `one` in "1 of 3 issues is" and "0 of 1 issue is", `more` in "2 of 3 issues are"."""
    return one if 1 in (part, whole) else more


class _Field(NamedTuple):
    """A field of a template, and what it is written as there."""

    written: str
    name: str
    form: str
    quoted: bool


def _filled(template: str, values: Mapping[str, Value], to: Translation) -> str:
    if "{" not in template:
        return template
    return "".join([part if isinstance(part, str) else _value(part, values, to) for part in _parts(template)])


@lru_cache(maxsize=1_000)  # there are a few hundred templates, and a large backlog has each a thousand times
def _parts(template: str) -> tuple[str | _Field, ...]:
    """The texts and fields of a template, in order."""
    parts: list[str | _Field] = []
    end = 0
    for field in FIELD.finditer(template):
        parts += [
            template[end : field.start()],
            _Field(field[0], field["name"], field["form"] or "", bool(field["quoted"])),
        ]
        end = field.end()
    return (*parts, template[end:])


def _value(field: _Field, values: Mapping[str, Value], to: Translation) -> str:
    value = values.get(field.name)
    return field.written if value is None else _shown(value, field.form, to, quoted=field.quoted)


def _shown(value: Value, form: str, to: Translation, *, quoted: bool) -> str:
    one, _, several = form.partition("|")
    if isinstance(value, tuple):
        items = (_item(item, to, quoted=quoted) for item in value)
        return (one if len(value) == 1 else several) if several else (form or ", ").join(items)
    unit = "" if isinstance(value, str) or not several else f" {one if to.is_one(round(value, 2)) else several}"
    return f"{_item(value, to, quoted=quoted)}{unit}"


def _item(item: Item, to: Translation, *, quoted: bool) -> str:
    if isinstance(item, Wording) and to is not ENGLISH:  # in English its own text is the one
        text = translated(item, to)
    else:
        text = item if isinstance(item, str) else number(item, to.decimal_sign)
    return text.join(to.quotes) if quoted else text
