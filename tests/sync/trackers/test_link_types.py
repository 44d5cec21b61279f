"""What links say of the order of two issues, in the words of many sites."""

import json
from pathlib import Path
from typing import Any

import pytest

from rules.model import LinkKind
from sync.trackers.jira.link_types import kind_of_link
from sync.trackers.jira.parse import read_issue
from sync.trackers.jira.payloads import open_sprint, sprint_ids
from sync.trackers.jira.settings import LinkPhrases
from tests.sync.trackers.test_parse import raw, site

CASES = Path(__file__).parents[2] / "cases"


def case(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What Jira sends, and what is right."""
    given, expected = (json.loads((CASES / name / f"{part}.json").read_text()) for part in ("input", "expected"))
    return given, expected


@pytest.mark.parametrize("key", ["SHOP-12", "SHOP-22", "SHOP-13", "SHOP-23", "SHOP-15"])
def test_links_go_by_the_phrase_on_the_issues_own_side(key: str) -> None:
    given, expected = case("14-link-types")
    links = read_issue(raw(**given[key]), site()).links
    for name, kind in (("waits_for", LinkKind.BLOCKED_BY), ("holds_up", LinkKind.BLOCKS)):
        if name in expected[key]:
            assert [link.key for link in links if link.kind is kind] == expected[key][name]
    assert [link.unknown for link in links if link.unknown] == []


WAITS = """
is blocked by|depends on|depends upon|requires|needs|waits for|is waiting on|has prerequisite|has predecessor
is successor of|follows|is preceded by|has to be done after|must be done after|is gated by|has a dependency on
wird blockiert|ist blockiert durch|blockiert von|hängt ab von|hängt von ab|ist abhängig von|wartet auf|benötigt
braucht|erfordert|setzt voraus|ist Nachfolger von|folgt auf|hat als Voraussetzung|muss nach dem anderen erledigt werden
wordt geblokkeerd door|is afhankelijk van|est bloqué par|est bloquée par|dépend de|est dépendante de|está bloqueado por
está bloqueada por|depende de|é bloqueada por|é dependente de|è bloccato da|è bloccata da|dipende da
"""
HOLDS = """
blocks|is blocking|is depended on by|is dependency of|is required by|is needed by|is waited for by
is a prerequisite for|is predecessor of|has successor|precedes|is followed by|has to be done before|must be done before
needs to be done before|gates|blockiert|wird benötigt von|wird gebraucht von|ist Voraussetzung für|ist Vorgänger von
geht voraus|hat Nachfolger|muss vor dem anderen erledigt werden|blokkeert|bloque|bloquea|bloqueia|blocca
"""
NEITHER = "relates to|mentions|is mentioned by|tests|is tested by|clones|causes|is parent of|steht in Beziehung zu"
UNKNOWN = "is triggering|is triggered by|goes with|Predecessor"


def phrases(text: str) -> list[str]:
    return [phrase for line in text.strip().splitlines() for phrase in line.split("|")]


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        *((phrase, LinkKind.BLOCKED_BY) for phrase in phrases(WAITS)),
        *((phrase, LinkKind.BLOCKS) for phrase in phrases(HOLDS)),
        *((phrase, LinkKind.RELATES) for phrase in phrases(NEITHER)),
        *((phrase, None) for phrase in phrases(UNKNOWN)),
    ],
)
def test_the_meaning_of_a_phrase(phrase: str, kind: LinkKind | None) -> None:
    assert kind_of_link(phrase, "Any", LinkPhrases()) is kind


def test_the_configuration_says_what_a_phrase_means() -> None:
    known = LinkPhrases(blocked_by=("Is triggered by",), blocks=("is  triggering",), relates=("blocks",))
    meant = {phrase: kind_of_link(phrase, "Any", known) for phrase in ("is triggered by", "Is triggering", "blocks")}
    assert list(meant.values()) == [LinkKind.BLOCKED_BY, LinkKind.BLOCKS, LinkKind.RELATES]


def test_a_link_of_unknown_meaning_keeps_its_phrase_and_is_no_dependency() -> None:
    link = {"type": {"name": "X", "inward": "goes with", "outward": "takes along"}, "inwardIssue": {"key": "T-9"}}
    [found] = read_issue(raw(issuelinks=[link]), site()).links
    assert (found.kind, found.unknown) == (LinkKind.RELATES, "goes with")


@pytest.mark.parametrize("key", ["S-1", "S-2", "S-3"])
def test_a_goal_with_an_id_or_a_state_is_no_id_or_state(key: str) -> None:
    given, expected = case("03-dc-sprint-goal-with-id")
    value = given[key]
    assert list(sprint_ids(value)) == expected[key]["sprints"]
    assert open_sprint(value) == expected[key]["sprints"][0]
