"""`readyline mcp`: an assistant gets what the last run found, marked as data, and cannot change anything."""

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest
from mcp import Client

from sync.cli import assistant
from sync.cli.formats import Form
from sync.cli.terminal import Terminal
from sync.errors import UsageError
from tests.factories import document
from tests.sync.run.test_as_of import MONDAY, Shop

pytestmark = pytest.mark.slow

TOOLS = ("check", "why", "text", "rules", "capacity", "planning")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    place = Shop(tmp_path)
    place.run()
    return place


def terminal(place: Shop) -> Terminal:
    return Terminal(
        config=place.folder / "config.toml", form=Form.TEXT, verbosity=0, colour=False, today=MONDAY, secrets={"s3cret"}
    )


def asked(place: Shop, tool: str, **words: Any) -> tuple[bool, str]:
    """Whether the tool failed, and its text."""
    failed, text = answered(_asked(assistant.server_of(terminal(place)), tool, words))
    return failed, text


def answered(question: Coroutine[Any, Any, Any]) -> Any:
    """The answer, in a thread of its own: another test of this process may have left an event loop in this one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, question).result()


async def _asked(server: Any, tool: str, words: dict[str, Any]) -> tuple[bool, str]:
    async with Client(server) as client:
        answer = await client.call_tool(tool, words)
    (block,) = answer.content
    return bool(answer.is_error), block.text  # type: ignore[union-attr]


def document_of(place: Shop, tool: str, **words: Any) -> Any:
    """The document behind the warning."""
    failed, text = asked(place, tool, **words)
    assert not failed, text
    warning, _, body = text.partition("\n\n")
    assert warning == assistant.UNTRUSTED
    return json.loads(body)


def keys(document: Any) -> list[str]:
    return [one["key"] for one in document["issues"]]


def test_every_tool_only_reads_and_says_what_it_does(shop: Shop) -> None:
    async def listed() -> Any:
        async with Client(assistant.server_of(terminal(shop))) as client:
            return (await client.list_tools()).tools, client.instructions

    tools, instructions = answered(listed())
    assert tuple(tool.name for tool in tools) == TOOLS
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
    assert assistant.UNTRUSTED in instructions


def test_check_shows_all_issues_or_those_that_are_wanted(shop: Shop) -> None:
    assert keys(document_of(shop, "check")) == ["SHOP-1", "SHOP-2", "SHOP-3", "SHOP-4"]
    assert keys(document_of(shop, "check", not_ready=True, team="Payments")) == ["SHOP-3", "SHOP-4"]
    assert keys(document_of(shop, "check", rule="acceptance", limit=1)) == ["SHOP-3"]


def test_why_shows_the_findings_of_an_issue_and_the_thresholds(shop: Shop) -> None:
    whole = document_of(shop, "why", key="shop-3")
    assert keys(whole) == ["SHOP-3"]
    assert whole["thresholds"]
    (issue,) = document_of(shop, "why", key="SHOP-3", rule="acceptance")["issues"]
    assert [one["rule"] for one in issue["findings"]] == ["ready.acceptance"]


def test_text_shows_what_people_wrote_and_never_that_of_a_restricted_issue(shop: Shop) -> None:
    shop.edit("3", title="Pay\u202e by invoice", document=document("First", "second"))
    shop.edit("4", restricted=True)
    shop.run()
    failed, text = asked(shop, "text", key="SHOP-3")
    assert (failed, "\u202e" in text) == (False, False)
    parts = document_of(shop, "text", key="SHOP-3")
    assert (parts["title"], parts["description"]) == ("Pay\u202e by invoice", "First\nsecond")
    failed, text = asked(shop, "text", key="SHOP-4")
    assert failed
    assert text.endswith("SHOP-4 is restricted in the tracker: its text is shown there only")


def test_rules_shows_all_or_one(shop: Shop) -> None:
    assert len(json.loads(asked(shop, "rules")[1])["rules"]) > 30
    (rule,) = json.loads(asked(shop, "rules", name="acceptance")[1])["rules"]
    assert rule["rule"] == "ready.acceptance"


def test_capacity_and_planning_show_all_teams_or_one(shop: Shop) -> None:
    assert [one["name"] for one in document_of(shop, "capacity", team="Payments")["teams"]] == ["Payments"]
    assert document_of(shop, "planning")["schema"] == "readyline/planning/1"
    assert document_of(shop, "planning", team="Payments")["team"] == "Payments"


def test_an_answer_is_that_of_the_last_run(shop: Shop) -> None:
    server = assistant.server_of(terminal(shop))
    before = answered(_asked(server, "check", {}))
    assert answered(_asked(server, "check", {})) == before
    shop.edit("1", title="Another title of this issue")
    assert answered(_asked(server, "check", {})) == before
    shop.edit("1", points=None)
    shop.run()
    assert answered(_asked(server, "check", {})) != before


@pytest.mark.parametrize(
    ("tool", "words", "sentence"),
    [
        ("why", {"key": "SHOP-99"}, '"SHOP-99" is not in the backlog of Shop; check [product] backlog'),
        ("why", {"key": "s3cret"}, '"[secret]" is not in the backlog of Shop; check [product] backlog'),
        ("check", {"team": "Nobody"}, 'there is no team "Nobody"; the teams are Payments'),
        ("capacity", {"team": "Nobody"}, 'there is no team "Nobody"; the teams are Payments'),
        ("rules", {"name": "accept"}, 'there is no rule "accept"; did you mean "acceptance"?'),
    ],
)
def test_what_cannot_be_answered_is_one_sentence(shop: Shop, tool: str, words: dict[str, Any], sentence: str) -> None:
    failed, text = asked(shop, tool, **words)
    assert failed
    assert text == f"Error executing tool {tool}: {sentence}"


def test_an_internal_error_is_one_sentence_without_secrets(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError("s3cret is no number")

    monkeypatch.setattr(assistant, "open_day", broken)
    failed, text = asked(shop, "check")
    assert failed
    assert text.endswith("internal error (ValueError: [secret] is no number); please report it")


def test_before_the_first_run_there_is_nothing_to_show(tmp_path: Path) -> None:
    failed, text = asked(Shop(tmp_path), "check")
    assert failed
    assert "no earlier day is stored" in text


def test_without_the_extra_the_command_says_what_to_install(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistant, "find_spec", _missing)
    with pytest.raises(UsageError, match=r"pip install -c constraints\.txt '\.\[mcp\]'"):
        assistant.serve(terminal(shop))


def _missing(_: str) -> ModuleSpec | None:
    return None
