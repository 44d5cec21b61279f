"""How the product speaks: a list of words that are not used, each with the plain word, over everything people read.

Looked at are string literals, docstrings and comments of the source, templates, and TOML texts.
"""

import ast
import re
import tokenize
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("words")]  # each file is read once

ROOT = Path(__file__).parents[1]

PLACES = ("rules", "sync", "docs", "*.md", "config.example.toml")
"""Where the words hold: folders with all below them, and file patterns."""

PLAIN: Mapping[str, str] = {
    # Archaic and poetic.
    r"told": "said, shown, reported",
    r"tells?|telling": "says, shows, names",
    r"stands(?! for)|stood|standing": "is, applies",
    r"bears?|bearing": "has, carries",
    r"beside": "next to, in addition to",
    r"whom": "who",
    r"anew|afresh": "again",
    r"mend(?:s|ed|ing)?": "fix",
    r"h(?:a|u)ng(?:s|ing)? on": "depends on",
    r"nobody's|whose is it": "no team",
    r"c(?:o|a)m(?:e|es|ing) to an end|came to an end": "ends",
    r"(?<!there )(?:is|are|was|be) (?:no(?! (?:longer|more|one)\b)|none)": "is not, has no",
    r"(?:no|any)body (?:knows|bears|cares)": "unknown, no one has",
    r"shall": "must, will",
    r"seldom|oft|ere|lest|alas|amiss|thrice|thereof|whereby|wherein|thereby|whilst|nought|upon": "a present-day word",
    r"turn(?:ed)? round": "reverse",
    r"wrong way round": "in the wrong order",
    r"speaks? of": "is about, names",
    r"a stretch": "ambitious",
    # Names this product once had for its own parts.
    r"stand-ins?": "local Jira, simulator",
    r"desks?": "context",
    r"diary": "dry-run log",
    r"harvest(?:s|ed|ing)?": "fetch",
    r"twins?": "near duplicate",
    r"eves?": "planning lead time",
    r"courts?": "evaluation",
    r"understudy|rehears(?:e|es|ed|al|als)": "dry run",
    r"shadow": "dry run",
    # "run" is the word for one pass through all steps; checks may pass.
    r"(?:an?|the|one|this|every|per|next|first|second|last|whole|latest|earlier|later|another|ordinary|full) pass": (
        "run"
    ),
    r"(?:two|both|many|few|more|first|last|next|earlier|later|ordinary|these|between|of) passes": "runs",
    # Persons where there is a program, a file or a word.
    r"colleagues?": "people of other teams",
    r"strangers?": "anonymous",
    r"never tires|under our hands|by heart": "say what happens",
}
"""Patterns between word boundaries, in any case, and what to write instead."""

EXEMPT: Mapping[tuple[str, str], str] = {
    ("sync/demo/shop/*.toml", "*"): "issue texts of the invented company, written as people write",
    ("rules/text/*", "shall"): "a word of requirements, which patterns recognise in issues",
    ("rules/agent/*", "shall"): "the same",
    ("rules/text/*", "upon"): "a word of issues, which patterns recognise",
    ("rules/text/placeholders.py", "tell"): "a word of templates, which a pattern recognises",
    ("rules/text/title_mood.py", "tell"): "a verb of titles",
    ("rules/ready/value_stated.py", "thereby"): "a word of issues, which a pattern recognises",
    (
        "rules/ready/titled.py",
        "stand-in",
    ): "a part of fingerprints, on which waivers and baselines rest",
    ("*gitlab*", "desk"): "a part of GitLab's Service Desk",
    ("rules/translations/fr.py", "court"): "French for short",
    ("rules/rule_page.py", "mended"): "a heading of rule pages in other packages",
    ("sync/cli/rule_list.py", "mended"): "a field of the JSON of `rules`",
    ("sync/reports/as_json.py", "standing"): "a field of the JSON of `plan`",
    ("sync/store/dry_run_log.py", "shadow"): "the ending of the dry-run log's file",
    ("sync/store/schema.py", "diary"): "a table of earlier versions, which is renamed",
}
"""Where a word is right: by file pattern and word ("*" for all), with the reason."""

LOCALS = frozenset({"anew", "each", "found", "said", "told"})
"""Names of variables that name no thing."""

_WORD = re.compile("|".join(rf"(?P<w{n}>\b(?:{pattern})\b)" for n, pattern in enumerate(PLAIN)), re.IGNORECASE)

MOST_WORDS = 20

_ASIDE = re.compile(r"\]\([^)]*\)|\((?:[^()]|\([^()]*\))*\)")
"""The target of a link, and what is in parentheses."""
_END = re.compile(r"(?<=[.!?:;])[\"”*_`)]*\s+")
_PERCENT = re.compile(r"\d%(?:$|[.,;:)]|\s(?!\|))")
"""A percentage without a space; a size in SVG ends with a quotation mark, an alternative of a pattern with a stroke."""

_NAME = re.compile(r"`[^`]*`")
_NOTE = re.compile(
    r"planning note|\brows? [A-Z]\d|\bQUS-\d|\b(?:see |note |section )?[A-N]\.\d\b|\((?:[A-N]\d|[A-N]\.\d)\)"
    r"|\bshared/knowledge\b|(?:house|wording|redesign|interface)\.md"
)
"""A citation of something that a reader of the repository cannot see."""


@cache
def covered() -> tuple[Path, ...]:
    """The files the words hold for."""
    places = [place for pattern in PLACES for place in ROOT.glob(pattern)]
    paths = [path for place in places for path in (place.rglob("*") if place.is_dir() else [place])]
    return tuple(sorted(path for path in paths if path.suffix in _READERS))


def name_of(path: Path) -> str:
    """The path below the repository, as messages name it."""
    return path.relative_to(ROOT).as_posix()


@cache
def texts_in(path: Path) -> tuple[tuple[int, str], ...]:
    """Everything in a file that a person reads, line by line, with the numbers of the lines."""
    texts = _READERS[path.suffix](path)
    return tuple((line + number, part) for line, text in texts for number, part in enumerate(text.split("\n")))


@cache
def nodes_in(path: Path) -> tuple[ast.AST, ...]:
    """Everything in a Python file, as the compiler reads it; nothing of another file."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8")))) if path.suffix == ".py" else ()


def _python(path: Path) -> Iterator[tuple[int, str]]:
    for node in nodes_in(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
    with path.open(encoding="utf-8") as source:
        for token in tokenize.generate_tokens(source.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def _whole(path: Path) -> Iterator[tuple[int, str]]:
    yield 1, path.read_text(encoding="utf-8")


_READERS = {".py": _python, ".toml": _whole, ".j2": _whole, ".md": _whole}


def words_in(text: str) -> Iterator[tuple[str, str]]:
    """Each word that is not used, with the plain one; names in backticks are no prose."""
    plain = tuple(PLAIN.values())
    for match in _WORD.finditer(_NAME.sub("", text)):
        assert match.lastgroup is not None
        yield match[0].lower(), plain[int(match.lastgroup[1:])]


@cache
def words_of(path: Path) -> tuple[tuple[int, str, str], ...]:
    """Each such word in a file: its line, the word and the plain one."""
    return tuple((line, word, plain) for line, text in texts_in(path) for word, plain in words_in(text))


def is_exempt(name: str, word: str) -> bool:
    """Whether a word is right in this file."""
    return any(fnmatch(name, pattern) and other in ("*", word) for pattern, other in EXEMPT)


def test_plain_words_are_used() -> None:
    """In everything that people read."""
    wrong = [
        f'{name_of(path)}:{line}: "{word}": write {plain}'
        for path in covered()
        for line, word, plain in words_of(path)
        if not is_exempt(name_of(path), word)
    ]
    assert wrong == []


def test_variables_are_named_by_a_noun() -> None:
    """By what they hold."""
    names = {
        (name_of(path), node.lineno, node.id if isinstance(node, ast.Name) else node.arg)
        for path in covered()
        for function in nodes_in(path)
        if isinstance(function, ast.FunctionDef | ast.GeneratorExp)
        for node in ast.walk(function)
        if (isinstance(node, ast.Name) and node.id in LOCALS) or (isinstance(node, ast.arg) and node.arg in LOCALS)
    }
    assert [f"{path}:{line}: {name}" for path, line, name in sorted(names)] == []


def test_sources_are_public_or_in_the_repository() -> None:
    """A formula cites a paper, a standard, or a page of `docs/`."""
    wrong = [
        f"{name_of(path)}:{line}: {match[0]}"
        for path in covered()
        for line, text in texts_in(path)
        for match in _NOTE.finditer(text)
    ]
    assert wrong == []


def test_percentages_have_a_space() -> None:
    """As in 46 %, in texts and where code writes one."""
    wrong = [
        f"{name_of(path)}:{line}: {text.strip()}"
        for path in covered()
        for line, text in texts_in(path)
        if _PERCENT.search(text)
    ]
    wrong += [
        f"{name_of(path)}:{node.lineno}"
        for path in covered()
        for node in nodes_in(path)
        if isinstance(node, ast.FormattedValue) and node.format_spec
        if re.search(r"\d%\W*$", ast.unparse(node.format_spec))
    ]
    assert wrong == []


def test_sentences_have_at_most_20_words() -> None:
    """In pages; what is in parentheses, such as a source, is not counted, and neither is a cell of a table."""
    wrong = [
        f"{name_of(path)}: {sentence} ({len(words)} words)"
        for path in covered()
        if path.suffix == ".md"
        for block in blocks_in(path.read_text(encoding="utf-8"))
        for sentence in _END.split(_ASIDE.sub("", block))
        if len(words := [word for word in sentence.split() if re.search(r"\w", word)]) > MOST_WORDS
    ]
    assert wrong == []


def blocks_in(page: str) -> Iterator[str]:
    """The paragraphs and list items of a Markdown page, without headings, tables and code."""
    without_code = re.sub(r"^```.*?^```", "", page, flags=re.DOTALL | re.MULTILINE)
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[*-]|\d+\.) )", without_code):
        if not block.lstrip().startswith(("#", "|")):
            yield re.sub(r"^(?:[*-]|\d+\.) ", "", " ".join(block.split()))


def test_every_place_the_words_hold_for_exists() -> None:
    """A folder that moves takes its entry along."""
    assert [pattern for pattern in PLACES if not list(ROOT.glob(pattern))] == []


def test_every_exception_is_needed() -> None:
    """An exception goes when the word it was for goes."""
    pairs = [(name_of(path), word) for path in covered() for _, word, _ in words_of(path)]
    unused = [
        (pattern, word)
        for pattern, word in EXEMPT
        if not any(fnmatch(name, pattern) and word in ("*", other) for name, other in pairs)
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The tracker bears what it should", ["bears"]),
        ("This is no TOML", ["is no"]),
        ("There is no column; it is no longer there", []),
        ("A whole pass, then two passes", ["whole pass", "two passes"]),
        ("15 checks passed; every must-rule passes", []),
        ("The stand-in tells whom", ["stand-in", "tells", "whom"]),
        ("What the abbreviation stands for", []),
    ],
)
def test_words_are_found_in_any_form(text: str, words: list[str]) -> None:
    """And only where they mean what the list means."""
    assert [word for word, _ in words_in(text.lower())] == [word.lower() for word in words]
