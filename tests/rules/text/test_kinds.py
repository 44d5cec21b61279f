"""What people write is read by its meaning, whatever its shape and language; kinds.toml has the texts."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from rules.model import Kind
from rules.text import read_issue
from sync import markup

CASES = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8"))["case"]
TITLES = {Kind.BUG: "Total is wrong", Kind.STORY: "Pay with a saved card"}
ABOUT = frozenset(("group", "kind", "markup", "text"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['group']}: {case['text'][:30]}")
def test_a_text_of_this_kind_is_read(case: dict[str, Any]) -> None:
    kind = Kind(case["kind"])
    facts = read_issue(TITLES[kind], markup.read(case["text"], case["markup"]), kind).facts

    wanted = {name: value for name, value in case.items() if name not in ABOUT}
    assert wanted
    assert {name: getattr(facts, name) for name in wanted} == wanted
