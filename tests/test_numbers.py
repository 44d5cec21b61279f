"""Every text with a number reads well with a 1: all texts of the product, each value in them replaced by 1."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.wording import FIELD, agreeing, agreeing_of, many, number
from sync.reports import format as wording

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted((ROOT / "sync" / "reports" / "templates").glob("*.j2"))
APART = ("sync/fake_jira/", "sync/demo/")  # what they write is not ours: texts of Jira, and issues
COUNTED = (
    "absence", "account", "board", "change", "character", "check", "comment", "criterion", "day", "epic",
    "error", "estimate", "event", "field", "file", "finding", "hour", "issue", "item", "label", "letter", "line",
    "link", "mail", "measure", "message", "minute", "month", "other", "person-day", "point", "project", "request",
    "row", "rule", "run", "second", "size", "sprint", "sub-task", "team", "time", "type", "watcher", "week", "weekday",
    "word", "write", "year",
)  # fmt: skip
IRREGULAR = ("criteria", "dependencies", "people", "priorities")
ADJECTIVE = r"(?:(?!of )[a-z-]+ )?"
PLURAL = re.compile(rf"\b1 {ADJECTIVE}(?:(?:{'|'.join(COUNTED)})s|{'|'.join(IRREGULAR)})\b")
VERB = re.compile(
    rf"\b1 {ADJECTIVE}(?:{'|'.join(COUNTED)})\b"
    r"(?: (?!(?:there|would|should|will|may)\b)[a-z0-9-]+){0,7} (?:are|were|have)\b"
)
IN_TEMPLATE = re.compile(r"\{\{([^}]*)\}\}\s*(?:<[^>]*>)?\s*([a-z-]+)")


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The texts of a file that hold a value, with 1 in place of each whole one and 1.5 of each with decimals.

    A number with its unit becomes "1 issue". Templates of wordings are texts, too.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(map(_part, node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and FIELD.search(node.value):
            yield node.lineno, FIELD.sub(_field, node.value)


def _field(field: re.Match[str]) -> str:
    one, _, several = (field["form"] or "").partition("|")
    return f"1 {one}" if several else "1"


def _part(part: ast.expr) -> str:
    match part:
        case ast.Constant(value=str(text)):
            return text
        case ast.FormattedValue(value=ast.Call(func=func, args=[_, ast.Constant(value=str(unit)), *_])) if (
            ast.unparse(func).rpartition(".")[2] == "many"
        ):
            return f"1 {unit}"
        case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=str(spec))])):
            return "1.5" if re.search(r"\.[1-9]f", spec) else "1"
        case _:
            return "1"


def sources() -> Iterator[Path]:
    for package in ("rules", "sync"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if not path.relative_to(ROOT).as_posix().startswith(APART):
                yield path


def test_no_text_has_a_plural_after_a_1() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in sources()
        for line, text in texts(path)
        if PLURAL.search(text)
    ]
    assert wrong == []


def test_no_text_has_a_verb_of_many_after_a_1() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in sources()
        for line, text in texts(path)
        if VERB.search(text)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_plural_after_a_value(path: Path) -> None:
    plural = {*IRREGULAR, *(f"{word}s" for word in COUNTED)}
    found = IN_TEMPLATE.findall(path.read_text(encoding="utf-8"))
    assert [(value, word) for value, word in found if word in plural] == []


def test_the_test_sees_what_it_is_for() -> None:
    assert PLURAL.search("1 points")
    assert PLURAL.search("1 ready points are")
    assert PLURAL.search("1 of 1 issues is")
    assert VERB.search("1 of 1 issue within one sprint are ready")
    assert not PLURAL.search("1.5 points")


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "1 point"), (1.0, "1 point"), (0, "0 points"), (1.5, "1.5 points"), ("+1", "+1 point"), ("1", "1 point")],
)
def test_a_number_and_its_unit_agree(count: float | str, text: str) -> None:
    assert many(count, "point") == text


def test_what_is_shown_decides_and_not_what_was_rounded_away() -> None:
    assert many(1.001, "point") == "1 point"
    assert wording.many(1.04, "sprint") == "1 sprint"
    assert wording.many(0.96, "day") == "1 day"


def test_a_verb_agrees_with_its_number() -> None:
    assert [agreeing(count, "is", "are") for count in (0, 1, 1.0, 2)] == ["are", "is", "is", "are"]
    assert [agreeing_of(*share, "is", "are") for share in ((0, 1), (1, 1), (1, 3), (0, 3), (2, 3))] == [
        "is", "is", "is", "are", "are",
    ]  # fmt: skip
    assert number(2.50) == "2.5"
