import pytest

from rules.text.headings import role_of, simplify
from rules.text.sections import split
from tests.rules.text.texts import document, read


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Acceptance Criteria", "acceptance"),
        ("acceptance criterea:", "acceptance"),
        ("Acceptance Criterion", "acceptance"),
        ("Acceptance Criteria (to be checked off **only** during review)", "acceptance"),
        ("3. Acceptance tests", "acceptance"),
        ("✅ Acceptance criteria", "acceptance"),
        ("Acceptance criteria for the export", "acceptance"),
        ("Desired Outcome/Acceptance Criteria", "acceptance"),
        ("AC:", "acceptance"),
        ("Definition of done (DoD)", "acceptance"),
        ("Done when", "acceptance"),
        ("Success criteria", "acceptance"),
        ("What does success look like?", "acceptance"),
        ("How to test", "check"),
        ("How to verify this:", "check"),
        ("QA", "check"),
        ("Test cases", "check"),
        ("Steps to Reproduce", "steps"),
        ("STEPS TO REPRODUCE THE ISSUE:", "steps"),
        ("Reproduction steps", "steps"),
        ("To Reproduce", "steps"),
        ("How to reproduce", "steps"),
        ("What steps will reproduce the problem?", "steps"),
        ("Expected result", "expected"),
        ("Expected Behaviour", "expected"),
        ("What is the expected *correct* behavior?", "expected"),
        ("What did you expect to happen?", "expected"),
        ("What should have happened?", "expected"),
        ("Actual results", "actual"),
        ("What is the current *bug* behavior?", "actual"),
        ("What happened instead?", "actual"),
        ("Observed behavior", "actual"),
        ("Open questions", "questions"),
        ("Definition of Ready Checklist", "ready-checklist"),
        ("Why", "value"),
        ("Environment", "environment"),
        ("Out of scope", "scope"),
        ("UX/Design", "design"),
        ("TODO / How to implement", "tasks"),
        ("Akzeptanzkriterien", "acceptance"),
        ("Schritte zur Reproduktion", "steps"),
        ("Erwartetes Verhalten", "expected"),
        ("Tatsächliches Ergebnis", "actual"),
        ("Critères d’acceptation", "acceptance"),
        ("Étapes pour reproduire", "steps"),
        ("Résultat attendu", "expected"),
        ("Résultat obtenu", "actual"),
        ("Criterios de aceptación", "acceptance"),
        ("Pasos para reproducir", "steps"),
        ("Resultado esperado", "expected"),
        ("Comportamiento actual", "actual"),
        ("Critérios de aceitação", "acceptance"),
        ("Passos para reproduzir", "steps"),
        ("Comportamento esperado", "expected"),
        ("Resultado obtido", "actual"),
        ("Acceptatiecriteria", "acceptance"),
        ("Stappen om te reproduceren", "steps"),
        ("Verwacht resultaat", "expected"),
        ("Werkelijk gedrag", "actual"),
    ],
)
def test_a_heading_is_known_by_its_meaning(heading: str, role: str) -> None:
    assert role_of(heading) == role


@pytest.mark.parametrize(
    "heading",
    [
        "ACS-1999",
        "Node.ACS",
        "Include acceptance test coverage in the build",
        "The payment page",
        "src/tests/script.cpp",
        "Availability & Testing",
        "Expect the unexpected in the checkout of the shop",
        "",
        "***",
        "a" * 500,
    ],
)
def test_a_heading_that_only_resembles_one_means_nothing(heading: str) -> None:
    assert role_of(heading) == ""


def test_simplifying_leaves_the_words() -> None:
    assert simplify("  **2) Acceptance Criteria** (draft): ") == "acceptance criteria"
    assert simplify("1.2 Release of 3.14: notes") == "release of 3.14: notes"
    assert simplify("Criteria for 2.0") == "criteria for 2.0"


def test_sections_keep_the_blocks_and_lines_under_them() -> None:
    sections = split(document("intro\n## Why\nbecause\n- more\n## Steps\n1. open"))

    assert [(s.role, s.heading.line if s.heading else None, len(s.blocks)) for s in sections] == [
        ("", None, 1),
        ("value", 2, 2),
        ("steps", 5, 1),
    ]


def test_a_lead_in_opens_a_section_and_keeps_what_ran_on_behind_it() -> None:
    sections = split(document("It breaks.\\nExpected result: it opens\\nat once\\nActual: nothing"))

    assert [(s.role, s.blocks[0].text) for s in sections] == [
        ("", "It breaks."),
        ("expected", "it opens\nat once"),
        ("actual", "nothing"),
    ]


def test_lead_ins_run_on_inside_one_line_are_found() -> None:
    sections = split(document("Pay by card. Acceptance criteria: a card is taken"))

    assert [section.role for section in sections] == ["", "acceptance"]


def test_a_lead_in_may_be_in_a_list() -> None:
    reading = read("1. open it\n1. Expected: it opens\n1. Actual: it does not", title="Broken")

    assert [section.role for section in reading.sections] == ["", "expected", "actual"]


def test_other_labels_in_a_list_stay_part_of_it() -> None:
    reading = read(
        "## Acceptance criteria\n- iOS: the menu opens\n- Web: the menu closes\nNote: only for guests\n- a third"
    )

    assert [criterion.quote.text for criterion in reading.criteria] == [
        "iOS: the menu opens",
        "Web: the menu closes",
        "Note: only for guests",
        "a third",
    ]


def test_an_address_or_a_time_is_no_label() -> None:
    assert [s.role for s in split(document("http://example.org\\nStarts 10:30 today"))] == [""]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("## Expected result: it opens", ["it opens"]),
        ("## Expected result:", []),
        ("Expected result - it opens", ["it opens"]),
        ("- Expected: it opens", ["it opens"]),
        ("- Expected:\n- it opens", ["it opens"]),
    ],
)
def test_what_follows_a_heading_on_its_line_is_its_content(text: str, content: list[str]) -> None:
    (section,) = split(document(text))

    assert section.role == "expected"
    assert [block.text for block in section.blocks] == content


def test_a_numbered_line_that_names_a_section_is_its_heading() -> None:
    (section,) = split(document("1. Steps to reproduce\n- open the shop\n- pay"))

    assert section.role == "steps"
    assert [block.text for block in section.blocks] == ["open the shop", "pay"]


def test_a_section_of_another_meaning_keeps_what_is_below_it() -> None:
    reading = read("# Acceptance criteria\n## Why\nbecause\n### More\n- not a criterion\n## Desktop\n- a card is taken")

    assert [criterion.quote.text for criterion in reading.criteria] == ["a card is taken"]
