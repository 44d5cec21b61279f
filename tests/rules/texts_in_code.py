"""Every English text that a comment can hold, read from the code that has it."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from rules.ready import RULES
from rules.ready.hidden_epic import HiddenEpic
from rules.wording import FIELD

ROOT = Path(__file__).parents[2]
FILES: Mapping[str, tuple[str, ...]] = {
    "comment": ("rules/plan/comment.py", "rules/rule.py"),
    "commands": (
        "rules/commands/grammar.py",
        "rules/commands/read.py",
        "rules/plan/decisions.py",
        "rules/plan/promises.py",
    ),
    "planning": ("rules/planning/reasons.py", "rules/planning/slots.py"),
    **{rule.name: (f"rules/ready/{rule.name}.py",) for rule in RULES},
}
"""The parts of a translation, and the files that have their texts."""
_TAKES_TEXTS = {"Wording", "worded", "sentences", "translated"}
_TAKES_NONE = {"NotApplicable", "compile", "regex", "NotImplementedError", "words_of"}


@cache
def texts_of(part: str) -> frozenset[str]:
    """The templates of a part: a rule's name, or "comment", "commands" or "planning"."""
    texts = {text for file in FILES[part] for text in _texts(ast.parse((ROOT / file).read_text(encoding="utf-8")))}
    rule = next((rule for rule in RULES if rule.name == part), None)
    texts |= {rule.title, rule.failure} if rule else set()
    texts |= {kind.value for kind in HiddenEpic.kinds} if rule is HiddenEpic else set()
    return frozenset(text for text in texts if needs_translation(text))


def needs_translation(text: str) -> bool:
    """Whether a template has words of its own, and is not a command, which stays as it is."""
    words = FIELD.sub(lambda field: field["form"] if "|" in (field["form"] or "") else "", text)
    return re.search(r"[^\W\d_]", words) is not None and not text.startswith("/ready")


def _texts(tree: ast.Module) -> Iterator[str]:
    """Strings that are values of the module's own tables, and those in functions that read like a text."""
    for node in tree.body:
        match node:
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
                yield from _prose(value)
            case ast.ClassDef(body=body):
                yield from (text for one in body if isinstance(one, ast.FunctionDef) for text in _prose(one))
            case ast.FunctionDef():
                yield from _prose(node)


def _prose(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.JoinedStr() | ast.Expr(value=ast.Constant()):  # put together for a report only; a docstring
            return
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _TAKES_NONE:
            return
        case ast.keyword(arg="reason"):  # part of a fingerprint
            return
        case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(text)), *_]) if name in _TAKES_TEXTS:
            yield text
        case ast.Constant(value=str(text)) if " " in text:
            yield text
    for child in ast.iter_child_nodes(node):
        yield from _prose(child)
