"""Comments in the team's language, over HTTP and in both dialects; another language alone writes nothing."""

from collections.abc import Iterator

import pytest

from sync.fake_jira.records import Remark
from sync.markup import adf, wiki
from tests.journeys.app_harness import Office
from tests.rules.text.test_main_language import TEXTS

pytestmark = pytest.mark.journey


def ours(place: Office) -> dict[str, list[str]]:
    """The lines of our comment, by issue key."""
    account, issues = place.jira.state.me.id, place.jira.state.issues.values()
    texts = {
        record.key: [line for remark in record.remarks if remark.author.id == account for line in _lines(remark)]
        for record in issues
    }
    return {key: lines for key, lines in texts.items() if lines}


def _lines(remark: Remark) -> Iterator[str]:
    body = remark.body
    document = adf.read(body.adf) if body.adf is not None else wiki.read(body.wiki)
    return (block.text for block in document.blocks)


def changes(place: Office, command: str) -> list[dict[str, str]]:
    """What a plan or a run changes in comments."""
    document = place.run(command, "--format", "json").document
    return [change for change in document["changes"] if change["kind"] == "put-comment"]


def test_comments_are_in_the_language_of_the_configuration_or_of_each_issue(shop: Office) -> None:
    shop.write_config("[write_back]\n", '[write_back]\nlanguage = "de"\n')
    planned = changes(shop, "plan")
    assert len(planned) > 1
    assert {(change["why"][:11], change["text"][:14]) for change in planned} == {("Not ready: ", "Nicht bereit: ")}
    assert changes(shop, "run") == planned
    german = ours(shop)
    assert german.keys() == {change["issue"] for change in planned}
    for lines in german.values():
        assert lines[0].startswith("Nicht bereit: ")
        assert lines[1].startswith("Kleinste Korrektur: ")
        assert lines[-1].startswith("readyline aktualisiert diesen Kommentar.")

    shop.write_config('language = "de"', 'language = "auto"')
    assert changes(shop, "run") == []
    assert ours(shop) == german

    french, english, *others = sorted(german)
    shop.jira.state.edit(french, summary="Payer", description=TEXTS["fr"], by="marcus")
    shop.jira.state.edit(english, summary="Pay", description=TEXTS["en"], by="marcus")
    assert {change["issue"] for change in changes(shop, "run")} == {french, english}
    comments = ours(shop)
    assert comments[french][0].startswith("Pas prêt : ")
    assert comments[english][0].startswith("Not ready: ")
    assert {key: comments[key] for key in others} == {key: german[key] for key in others}
    assert changes(shop, "run") == []
