"""What our one comment says: a verdict, the smallest fix, a short list without repetition, and how to opt out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rules.commands.grammar import WAIVE
from rules.plan.comment import (
    MORE,
    MOST_FIXES,
    CommentBody,
    comment_for,
    in_language,
    link_text,
    more_line,
    passed_title,
    resolved_comment,
)
from rules.rule import Finding, Severity, fingerprint_of
from rules.translations import TRANSLATIONS
from rules.verdict import Due, Verdict
from rules.wording import Wording
from sync.config import default_ruleset
from tests.factories import facts, finished, issue, judge, link, snapshot

HANDS_OFF = "readyline-hands-off"


def finding(name: str, severity: Severity = Severity.MUST) -> Finding:
    return Finding(
        rule=f"ready.{name}",
        severity=severity,
        subject="SHOP-1",
        message=f"The {name} is missing.",
        hint=f"Add {name}.",
        phrase=f"no {name}",
    )


def verdict(*findings: Finding) -> Verdict:
    return Verdict(
        issue=issue(), score=50, findings=findings, passed=("ready.has_team",), checked=("team",), facts=facts()
    )


def note(*findings: Finding, commands: bool = False, docs: str = "") -> CommentBody:
    return comment_for(verdict(*findings), hands_off=HANDS_OFF, commands=commands, docs=docs)


def test_the_smallest_fix_is_named_once() -> None:
    made = note(finding("story"), finding("criteria"))
    text = "\n".join((made.headline, made.summary, *(f"{fix.message} {fix.hint}" for fix in made.fixes)))

    assert made.summary == "Smallest fix: Add story."
    sentences = ("The story is missing.", "Add story.", "The criteria is missing.", "Add criteria.")
    assert [text.count(sentence) for sentence in sentences] == [1, 1, 1, 1]


def test_the_headline_names_the_reasons_by_their_phrases() -> None:
    assert note(finding("story"), finding("hint", Severity.SHOULD)).headline == "Not ready: no story."
    assert note(*map(finding, ("a", "b", "c"))).headline == "Not ready: no a, no b, no c."
    assert note(*map(finding, ("a", "b", "c", "d", "e"))).headline == "Not ready: no a, no b, no c, 2 more."


def test_the_passed_checks_are_named_in_words() -> None:
    assert note(finding("story")).passed == ("team",)


def test_a_line_links_to_the_page_of_its_rule_only_where_the_pages_are_published() -> None:
    plain, linked = note(finding("story")), note(finding("story"), docs="https://example.com/docs/rules/")

    assert [fix.link for fix in plain.fixes] == [""]
    assert [fix.link for fix in linked.fixes] == ["https://example.com/docs/rules/story.md"]
    assert plain.digest == linked.digest


def test_a_long_list_is_cut_and_says_so() -> None:
    made = note(*(finding(f"thing {number}") for number in range(MOST_FIXES + 2)))

    assert [fix.message for fix in made.fixes][MOST_FIXES - 1 :] == ["The thing 4 is missing.", MORE]


def test_the_way_to_waive_and_the_names_are_there_only_where_somebody_may_command() -> None:
    silent, commanded = note(finding("story")), note(finding("story"), commands=True)

    assert (WAIVE in silent.footer, [fix.name for fix in silent.fixes]) == (False, [""])
    assert (WAIVE in commanded.footer, [fix.name for fix in commanded.fixes]) == (True, ["story"])
    assert HANDS_OFF in silent.footer
    assert HANDS_OFF in commanded.footer


def test_a_comment_is_not_edited_because_somebody_may_command_or_more_runs() -> None:
    plain = note(finding("story"))

    assert note(finding("story"), commands=True).digest == plain.digest
    assert replace(plain, passed=("a", "b")).digest == plain.digest


def test_a_comment_is_edited_when_a_finding_comes_or_changes_its_words() -> None:
    plain = note(finding("story"))

    assert note(finding("story"), finding("criteria", Severity.SHOULD)).digest != plain.digest
    assert note(finding("stories")).digest != plain.digest


def test_half_a_character_in_a_quotation_stops_nothing() -> None:
    broken = fingerprint_of("ready.measurable", "SHOP-1", "\ud800")
    assert broken != fingerprint_of("ready.measurable", "SHOP-1", "")
    assert note(replace(finding("story"), message="\ud800")).digest != note(finding("story")).digest


def test_findings_with_one_cause_are_one_line() -> None:
    """With the names of all, where somebody may waive them."""
    whole = finding("reproducible")
    part = replace(finding("expected_actual"), part_of="ready.reproducible")

    plain, named = note(whole, part), note(whole, part, commands=True)

    assert len(plain.fixes) == 1
    assert plain.fixes[0].message == f"{whole.message} Same cause: {part.phrase}."
    assert plain.headline == f"Not ready: {whole.phrase}."
    assert f"{part.phrase} (expected_actual)" in named.fixes[0].message


def test_what_is_no_more_than_advice_is_not_in_the_comment() -> None:
    assert [fix.message for fix in note(finding("story"), finding("novelty", Severity.INFO)).fixes] == [
        "The story is missing."
    ]


def test_a_fixed_issue_gets_one_line() -> None:
    waits = replace(verdict(), due=(Due(finding=finding("team"), within=2.0),))
    accepted = verdict(replace(finding("team"), waived="Ana"))

    assert resolved_comment(verdict()) == CommentBody(headline="Ready: everything required is there.")
    assert resolved_comment(waits).headline == "Nothing to fix yet. To fix before its sprint: no team."
    assert resolved_comment(accepted).headline == "Not ready, but accepted: no team."


def test_time_alone_does_not_change_what_a_comment_says() -> None:
    """Edits may send mail: the content must not depend on the day or on the exact distance to a sprint."""
    near, later = _verdict_below(points=3.0), _verdict_below(points=13.0, days=1)

    assert near.distance != later.distance
    assert near.blocking
    assert comment_for(near, hands_off=HANDS_OFF).digest == comment_for(later, hands_off=HANDS_OFF).digest


def _verdict_below(*, points: float, days: int = 0) -> Verdict:
    """Of an issue without an estimate that is ranked below one of so many points."""
    sprints, done = finished(6)
    above = issue("SHOP-1", "A very different piece of work.", title="Export invoices", points=points)
    taken = snapshot(above, issue("SHOP-2", points=None), sprints=tuple(sprints), history=tuple(done))
    taken = replace(taken, taken_at=taken.taken_at + timedelta(days=days))
    return judge(taken, default_ruleset()).by_key["SHOP-2"]


def judged() -> Verdict:
    """Of a story that is blocked, not estimated and has neither criteria nor a short title."""
    world = snapshot(
        issue(
            "SHOP-2",
            "As a shopper, I want to pay with a {points} card so that it is quick.",
            title="Pay",
            points=None,
            links=(link("SHOP-9"), link("SHOP-10")),
        )
    )
    return judge(world, default_ruleset()).by_key["SHOP-2"]


def test_a_comment_is_in_one_language_from_its_first_line_to_its_last() -> None:
    made = comment_for(judged(), hands_off=HANDS_OFF, commands=True, answers=(Wording("The issue moves there."),))
    german = in_language(made, "de")

    assert (
        german.headline
        == "Nicht bereit: keine Schätzung, keine Akzeptanzkriterien, blockiert von SHOP-10 und 1 weiteren."
    )
    assert german.summary == "Kleinste Korrektur: Im nächsten Refinement schätzen."
    assert [(fix.message, fix.hint, fix.name) for fix in german.fixes][:2] == [
        ("Die Schätzung fehlt.", "", "estimated"),
        ("Akzeptanzkriterien fehlen.", "Zwei bis sieben prüfbare Kriterien ergänzen.", "acceptance"),
    ]
    assert "Der Titel „Pay“ hat 1 Wort, weniger als 2." in [fix.message for fix in german.fixes]
    assert "Story-Satz" in german.passed
    assert german.footer == (
        "readyline aktualisiert diesen Kommentar. Um einen Befund für eine gewisse Zeit zu akzeptieren, kommentieren: "
        f"{WAIVE} (RULE ist der Name in Klammern). Zum Abschalten /ready hands-off kommentieren "
        f"oder das Label {HANDS_OFF} hinzufügen."
    )
    assert german.answers == ("Der Vorgang wird dorthin verschoben.",)


def test_the_words_around_a_comment_follow_its_language() -> None:
    body = in_language(note(finding("story")), "fr")

    assert passed_title(body) == "1 contrôle réussi"
    assert (more_line(body, 2), more_line(body, 0)) == ("… et 2 autres.", "")
    assert link_text(body) == "Détails"


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_comment_has_the_same_digest_in_every_language(language: str) -> None:
    """So another language in the configuration edits no comment, and sends no mail."""
    for made in (
        comment_for(judged(), hands_off=HANDS_OFF, answers=("Checked again.",)),
        resolved_comment(verdict()),
    ):
        assert in_language(made, language).digest == made.digest


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translated_comment_holds_plain_strings(language: str) -> None:
    """It is stored, compared and shown as what was written, whatever the templates become."""
    made = in_language(comment_for(judged(), hands_off=HANDS_OFF, commands=True), language)
    texts = (made.headline, made.summary, made.footer, *made.passed, *(f"{fix.message}" for fix in made.fixes))

    assert {type(text) for text in texts} == {str}
    assert made.language == language


def test_the_english_comment_is_what_it_was() -> None:
    made = comment_for(judged(), hands_off=HANDS_OFF)
    assert in_language(made, "en") == made


@pytest.mark.parametrize(
    ("language", "ready", "later", "accepted"),
    [
        (
            "de",
            "Bereit: Alles Nötige ist vorhanden.",
            "Noch nichts zu tun. Vor dem Sprint zu beheben: kein Team.",
            "Nicht bereit, aber akzeptiert: kein Team.",
        ),
        (
            "fr",
            "Prêt : tout le nécessaire est présent.",
            "Rien à corriger pour le moment. À corriger avant le sprint : pas d'équipe.",
            "Pas prêt, mais accepté : pas d'équipe.",
        ),
        (
            "es",
            "Lista: está todo lo necesario.",
            "Nada que corregir por ahora. Por corregir antes del sprint: sin equipo.",
            "No está lista, pero se acepta: sin equipo.",
        ),
    ],
)
def test_the_one_line_of_a_fixed_issue_follows_the_language(
    language: str, ready: str, later: str, accepted: str
) -> None:
    waits = replace(verdict(), due=(Due(finding=finding("team"), within=2.0),))
    waived = verdict(replace(finding("team"), waived="Ana"))
    lines = [in_language(resolved_comment(one), language).headline for one in (verdict(), waits, waived)]

    assert lines == [ready, later, accepted]
