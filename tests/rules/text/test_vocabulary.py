"""What a site teaches: its headings, and its template, whose words are help and never content."""

import pytest

from rules.document import EMPTY
from rules.model import Kind
from rules.text import Reading, Vocabulary, read_issue, vocabulary_of
from tests.rules.text.texts import document

TEMPLATE = """
As a shopper, I want something so that I win.
## Why do we want this and who asked for it in the first place?
Say who gains.
## Hyväksytty kun
- The page does what we agreed on
[] It was shown to the owner
Expected result: it is as in the story
## Definition of Ready
[] Weighted
"""
SITE = vocabulary_of({"acceptance": ["Hyväksytty kun", "Kriteerit"]}, [document(TEMPLATE)])


def _read(text: str, vocabulary: Vocabulary = SITE, field: str | None = None) -> Reading:
    acceptance = document(field) if field is not None else None
    return read_issue("Pay with a saved card", document(text), Kind.STORY, acceptance, vocabulary)


@pytest.mark.parametrize("heading", ["## Kriteerit", "## KRITEERIT:", "** Kriteerit", "Kriteerit:"])
def test_a_taught_heading_means_what_was_taught(heading: str) -> None:
    assert _read(f"{heading}\n- a card is taken").facts.acceptance == "present"
    assert _read(f"{heading}\n- a card is taken", vocabulary_of({}, [])).facts.acceptance == "absent"


def test_a_taught_heading_wins_over_the_usual_meaning() -> None:
    site = vocabulary_of({"acceptance": ["Notes"]}, [])

    assert _read("## Notes\n- a card is taken", site).facts.acceptance == "present"


def test_a_taught_header_of_a_table_means_the_same() -> None:
    rows = "| Kriteerit | Done\n| a card is taken | x"

    assert _read(rows).facts.acceptance == "present"


def test_an_untouched_template_says_nothing() -> None:
    facts = _read(TEMPLATE).facts

    assert (facts.story_form, facts.acceptance, facts.placeholder) == ("no", "empty", "yes")


def test_the_same_words_are_content_where_they_are_no_template() -> None:
    assert _read(TEMPLATE, vocabulary_of({"acceptance": ["Hyväksytty kun"]}, [])).facts.acceptance == "present"


def test_what_was_added_to_the_template_is_content() -> None:
    reading = _read(TEMPLATE.replace("- The page", "- An expired card is refused\n- The page"))

    assert [criterion.quote.text for criterion in reading.criteria] == ["An expired card is refused"]


def test_a_changed_line_of_the_template_is_content() -> None:
    assert _read(TEMPLATE.replace("we agreed on", "Ana drew")).facts.acceptance == "present"


def test_a_box_of_the_template_counts_once_somebody_ticked_it() -> None:
    ticked = _read(TEMPLATE.replace("[] It was", "[x] It was"))

    assert [criterion.ticked for criterion in ticked.criteria] == [True]


def test_the_boxes_of_a_readiness_checklist_stay() -> None:
    section = _read(TEMPLATE).section("ready-checklist")

    assert section is not None
    assert [block.text for block in section.blocks] == ["Weighted"]


def test_a_long_heading_of_the_template_is_a_slot_when_nothing_follows() -> None:
    slots = [quote.text for quote in _read(TEMPLATE).empty_slots]

    assert "Why do we want this and who asked for it in the first place?" in slots


def test_the_template_is_help_in_a_field_of_its_own_too() -> None:
    assert _read("Text", field="- The page does what we agreed on").facts.acceptance == "empty"
    assert _read("Text", field="- A card is taken").facts.acceptance == "present"


def test_a_single_word_of_the_template_may_be_anybodys() -> None:
    site = vocabulary_of({}, [document("## Browser\nFirefox\n## Acceptance criteria\n- Works offline too")])

    assert not site.is_help("Firefox")
    assert site.is_help("  - works OFFLINE too. ")


def test_without_a_template_nothing_is_left_out() -> None:
    blocks = document("one\n- two").blocks

    assert vocabulary_of({}, [EMPTY]).written(blocks) == blocks
