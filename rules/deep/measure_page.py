"""A measure's page: what users read about it, taken from its class docstring and its options.

The docstring has a summary line and four paragraphs: `Why:` with a public source, `Formula:`, and an example each after
`Good:` and `Bad:`, with the very sentence that the measure prints for it.
"""

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import fill

from rules.deep.measure import LETTER_NAMES, DeepMeasure
from rules.lazy_regex import regex
from rules.rule_page import IncompletePage, Option, options_markdown, options_of, options_text

PARTS = ("Why", "Formula", "Good", "Bad")
WIDTH = 100
"""Characters of a line of a page on a terminal."""

_HEADS = regex(rf"^({'|'.join(PARTS)}):[ \t]*", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePage:
    """Everything users read about a measure; `letter` is the letter's name, `title` the measure's name in reports."""

    name: str
    path: str
    title: str
    letter: str
    summary: str
    why: str
    formula: str
    good: str
    bad: str
    options: tuple[Option, ...]


def measure_page_of(measure: type[DeepMeasure]) -> MeasurePage:
    """The page of a measure. Raises `IncompletePage`, naming the measure and the part that is missing."""
    summary, parts = _split(measure)
    return MeasurePage(
        name=measure.name,
        path=f"deep.{measure.name}",
        title=measure.title,
        letter=LETTER_NAMES[measure.letter],
        summary=summary,
        why=parts["Why"],
        formula=parts["Formula"],
        good=parts["Good"],
        bad=parts["Bad"],
        options=options_of(measure),
    )


def measure_text(page: MeasurePage) -> str:
    """The page as plain text, for a terminal."""
    head = f'{page.path}, shown as "{page.title}" in {page.letter}'
    parts = (("", page.summary), ("", page.why), ("How: ", page.formula), ("Good: ", page.good), ("Bad: ", page.bad))
    paragraphs = "\n\n".join(fill(f"{name}{text}", WIDTH, break_long_words=False) for name, text in parts)
    return f"{head}\n\n{paragraphs}\n\nOptions:\n\n{options_text(page.options)}\n"


def measure_markdown(page: MeasurePage) -> str:
    """The page as Markdown, for docs/rules."""
    parts = (
        f"# {page.path}",
        page.summary,
        f'Reports show it as "{page.title}" in {page.letter}.',
        page.why,
        f"## Formula\n\n{page.formula}",
        f"## Examples\n\nGood: {page.good}\n\nBad: {page.bad}",
        f"## Options\n\nThe table `[rules.{page.path}]` of the configuration:\n\n{options_markdown(page.options)}",
    )
    return "\n\n".join(parts) + "\n"


def _split(measure: type[DeepMeasure]) -> tuple[str, Mapping[str, str]]:
    summary, *rest = _HEADS.split(inspect.cleandoc(measure.__dict__.get("__doc__") or ""))
    parts = {name: " ".join(text.split()) for name, text in zip(rest[::2], rest[1::2], strict=True)}
    missing = [name for name in PARTS if not parts.get(name)]
    if missing or not summary.strip():
        lacks = f"lacks {', '.join(missing) or 'a summary'}"
        raise IncompletePage(f"The docstring of measure {measure.__name__} {lacks}; see rules.deep.measure_page.")
    return " ".join(summary.split()), parts
