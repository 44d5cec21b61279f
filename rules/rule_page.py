"""A rule's page: what users read about it, taken from its class docstring and its options.

The docstring has a summary line, a paragraph after `Why:`, and two example issues after `Fails:` and `Fixed:`. An
example starts with its kind and title; further header lines (`Points: 13`, `Blocked by: SHOP-9, open`) give data that a
tracker would have, and after an empty line comes the description in Markdown.
"""

import inspect
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from textwrap import dedent
from typing import Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from rules.lazy_regex import regex
from rules.measured import FEWEST, Measured, measured_name
from rules.measured_figures import MEASURED
from rules.model import Kind
from rules.options import meaning
from rules.rule import WEIGHTS, ReadyRule, Severity
from rules.wording import many

# "Mended" is the earlier name of "Fixed"; rules of other packages may still use it.
_PARTS = regex(r"^(Why|Fails|Fixed|Mended):[ \t]*", re.MULTILINE)


class IncompletePage(ValueError):
    """A rule's docstring lacks a part of its page, or an example is not an issue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An example issue of a page; `headers` holds the header lines below the title."""

    kind: Kind
    title: str
    body: str
    headers: tuple[tuple[str, str], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a rule: its name, its type, its default as TOML would write it ("" for none), what it means."""

    name: str
    type: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything users read about a rule; `title` is the short name of its check, `failure` names its failure.

    `table` is the path of its table in the configuration.
    `measured` says how often its complaints are right, `None` where none was judged.
    """

    name: str
    path: str
    table: str
    title: str
    failure: str
    summary: str
    why: str
    fails: Example
    fixed: Example
    options: tuple[Option, ...]
    kinds: tuple[Kind, ...]
    reads_text: bool = True
    measured: Measured | None = None


def page_of(rule: type[ReadyRule]) -> Page:
    """The page of a rule. Raises IncompletePage, naming the rule and the part that is missing."""
    summary, parts = _split(rule)
    return Page(
        name=rule.name,
        path=f"{rule.group}.{rule.name}",
        table=f"agent.rules.{rule.name}" if rule.group == "agent" else f"rules.{rule.group}.{rule.name}",
        title=rule.title,
        failure=rule.failure,
        summary=summary,
        why=" ".join(parts["Why"].split()),
        fails=_example(rule, "Fails", parts["Fails"]),
        fixed=_example(rule, "Fixed", parts["Fixed"]),
        options=options_of(rule),
        kinds=tuple(kind for kind in Kind if kind in rule.kinds),
        reads_text=rule.reads_text,
        measured=MEASURED.get(measured_name(rule)) if issubclass(rule, ReadyRule) else None,
    )


def page_text(page: Page) -> str:
    """The page as plain text, for a terminal."""
    examples = (("An issue that fails", page.fails), ("The same issue, fixed", page.fixed))
    shown = "\n\n".join(f"{head}:\n\n{_indent(example.text)}" for head, example in examples)
    options = options_text(page.options)
    facts = "\n".join((f"Applies to: {', '.join(page.kinds)}", *_facts(page)))
    return f"{page.path}\n\n{page.summary}\n\n{page.why}\n\n{facts}\n\n{shown}\n\nOptions:\n\n{options}\n"


def page_markdown(page: Page) -> str:
    """The page as Markdown, for docs/rules."""
    examples = (("An issue that fails", page.fails), ("The same issue, fixed", page.fixed))
    parts = (
        f"# {page.path}",
        page.summary,
        page.why,
        "\n".join((f"Applies to: {', '.join(page.kinds)}.", *_facts(page))),
        *(f"## {head}\n\n{_fenced(example.text)}" for head, example in examples),
        f"## Options\n\nThe table `[{page.table}]` of the configuration:",
        options_markdown(page.options),
    )
    return "\n\n".join(parts) + "\n"


def _facts(page: Page) -> tuple[str, ...]:
    """What the rule counts for, and how often it is right."""
    if page.path.startswith("agent."):
        counts = "It decides whether an issue is ready for a coding agent. It has no part in the score."
        return (counts, _measured(page))
    return (_weight(page), _measured(page))


def _weight(page: Page) -> str:
    """How much the rule counts in an issue's score, by its severity."""
    default = next((option.default.strip('"') for option in page.options if option.name == "severity"), "")
    usual = f"{WEIGHTS[Severity(default)]} as {default}" if default in WEIGHTS else "0, because it is off"
    others = ", ".join(f"{weight} as {severity}" for severity, weight in WEIGHTS.items() if severity != default)
    return f"Weight in the score: {usual} by default; {others}."


def _measured(page: Page) -> str:
    """How often the rule's complaints are right."""
    if not page.reads_text:
        return "Not measured: the rule reads no text."
    one = page.measured
    if one is None:
        return f"Not measured: judged complaints so far: 0 of {FEWEST}."
    if one.complaints < FEWEST:
        counts = f"{one.right} are right, {one.pedantic} pedantic, {one.wrong} wrong"
        return f"Not measured yet: of {many(one.complaints, 'judged complaint')}, {counts}. A figure needs {FEWEST}."
    where = (
        f"on {many(one.issues, 'labelled issue')}"
        if one.issues
        else f"of which {one.complaints} were judged one by one"
    )
    right = f"Right in {_of_100(one.share)} of 100 complaints, {where}"
    interval = f"(95 % interval: {_of_100(one.low)} to {_of_100(one.high)})"
    missed = "" if one.missed is None else f" It misses {_of_100(one.missed)} of 100 faults."
    return f"{right} {interval}.{missed}"


def _of_100(share: float) -> int:
    return round(100 * share)


def _fenced(text: str) -> str:
    return f"```text\n{text}\n```"


def options_text(options: Iterable[Option]) -> str:
    """The options as plain text: name, type and default, then the meaning."""
    return "\n".join(f"  {_option_line(option)}\n      {option.meaning}" for option in options)


def options_markdown(options: Iterable[Option]) -> str:
    """The options as a list in Markdown."""
    return "\n".join(f"- `{_option_line(option)}`: {option.meaning}" for option in options)


def _indent(text: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in text.splitlines())


def _option_line(option: Option) -> str:
    return f"{option.name} ({option.type}){f' = {option.default}' if option.default else ''}"


def _split(rule: type[ReadyRule]) -> tuple[str, Mapping[str, str]]:
    doc = inspect.cleandoc(rule.__dict__.get("__doc__") or "")
    summary, *rest = _PARTS.split(doc)
    names = ("Fixed" if name == "Mended" else name for name in rest[::2])
    parts = dict(zip(names, rest[1::2], strict=True))
    missing = [name for name in ("Why", "Fails", "Fixed") if not parts.get(name, "").strip()]
    if missing or not summary.strip():
        parts_missing = ", ".join(missing) or "a summary"
        raise IncompletePage(f"The docstring of rule {rule.__name__} lacks {parts_missing}; see rules.rule_page.")
    return " ".join(summary.split()), parts


def _example(rule: type[ReadyRule], part: str, text: str) -> Example:
    whole = dedent(text.strip("\n")).strip()
    header, _, body = whole.partition("\n\n")
    (first, title), *headers = [_pair(rule, part, line) for line in header.splitlines()]
    if first.lower() not in list(Kind):
        kinds = ", ".join(kind.title() for kind in Kind)
        raise IncompletePage(f'{rule.__name__}, {part}: the example starts with "{first}", not with one of {kinds}.')
    return Example(kind=Kind(first.lower()), title=title, body=body, headers=tuple(headers), text=whole)


def _pair(rule: type[ReadyRule], part: str, line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon:
        raise IncompletePage(f'{rule.__name__}, {part}: the header line "{line}" is not "Name: value".')
    return name.strip(), value.strip()


def options_of(model: type[BaseModel]) -> tuple[Option, ...]:
    """The options of a rule or a measure, in the order of its fields."""
    fields = model.model_fields.items()
    return tuple(
        Option(name, _type_name(info), _as_toml(info.default), " ".join(meaning(model, name).split()))
        for name, info in fields
    )


def _type_name(info: FieldInfo) -> str:
    if inspect.isclass(info.annotation) and issubclass(info.annotation, Enum):
        return " | ".join(str(member.value) for member in info.annotation)
    if get_origin(info.annotation) is Literal:
        return " | ".join(map(str, get_args(info.annotation)))
    words = {"int": "whole number", "float": "number", "bool": "true | false", "str": "text"}
    name = getattr(info.annotation, "__name__", "") if inspect.isclass(info.annotation) else ""
    if name in words:
        return words[name]
    text = re.sub(r"\s*\|\s*None", "", str(info.annotation))
    listed = re.fullmatch(r"tuple\[(\w+), \.\.\.\]|(?:frozen)?set\[(\w+)\]", text)
    if listed:
        inner = listed.group(1) or listed.group(2)
        return f"list of {words.get(inner, inner)}s"
    return words.get(text, text)


def _as_toml(value: object) -> str:
    match value:
        case None:
            return ""
        case Enum():
            return f'"{value.value}"'
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"'
        case tuple() | list() | frozenset():
            entries = map(_as_toml, value)
            # A set has no order of its own.
            return f"[{', '.join(sorted(entries) if isinstance(value, frozenset) else entries)}]"
        case _:
            return str(value)
