from dataclasses import replace

import pytest

from rules.document import Document
from rules.model import Kind
from rules.text import read_issue
from tests.rules.text.texts import document, read


@pytest.mark.parametrize(
    "text", ["TBD\nRelated to #139", "https://example.org/wiki/12", "Docs?", "SHOP-12, SHOP-13", "cc @anna"]
)
def test_a_link_or_a_lone_word_with_a_question_mark_is_no_criterion(text: str) -> None:
    assert read(f"## Acceptance criteria\n{text}").facts.acceptance == "empty"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("## Acceptance criteria\n- a card is taken", "item"),
        ("## Acceptance criteria\n[] a card is taken", "tick"),
        ("## Acceptance criteria\nA card is taken.", "prose"),
        ("** AC\n- a card is taken", "item"),
        ("Definition of done: a card is taken", "prose"),
        ("## How to test\n1. pay by card and see the receipt", "item"),
        ("## Expected outcome\nA receipt is sent.", "prose"),
        ("## Acceptance criteria\n### Desktop\n- a card is taken", "item"),
        ("** Acceptance criteria\n** Desktop\n- a card is taken", "item"),
        ("Given a guest\\nWhen she pays\\nThen a receipt is sent", "scenario"),
        ("- Given a guest\n- and a basket\n- when she pays\n- then a receipt is sent", "scenario"),
        ("Scenario: pay. Given a guest, when she pays by card, then a receipt is sent.", "scenario"),
        ("Angenommen ein Gast\\nWenn er zahlt\\nDann kommt ein Beleg", "scenario"),
        ("The new page should:\n- show the basket\n- show the total", "item"),
    ],
)
def test_criteria_are_found_however_they_are_written(text: str, form: str) -> None:
    reading = read(text)

    assert reading.facts.acceptance == "present"
    assert reading.criteria[0].form == form


@pytest.mark.parametrize(
    "content",
    [
        "",
        "...",
        "- ",
        "[] ...",
        "TBD",
        "- tbd",
        "n/a",
        "None",
        "See acceptance criteria",
        "see above",
        "to be defined",
        "?",
    ],
)
def test_a_slot_with_nothing_real_in_it_is_empty(content: str) -> None:
    reading = read(f"Text\n## Acceptance criteria\n{content}")

    assert reading.facts.acceptance == "empty"
    assert (reading.empty_slots[0].text, reading.empty_slots[0].line) == ("Acceptance criteria", 2)


def test_what_is_under_the_next_heading_is_not_the_slots() -> None:
    assert read("** Acceptance criteria\n** Notes\nremember the milk").facts.acceptance == "empty"
    assert read("### Acceptance criteria\n## Tasks\n- build it").facts.acceptance == "empty"


@pytest.mark.parametrize(
    "text",
    [
        "Just do it.",
        "## Tasks\n- build the form\n- deploy it",
        "## Definition of Ready\n[] Acceptance criteria\n[x] Weighted",
        "[] Acceptance criteria",
        "Given the time, we then do it when we can.",
        "When it rains, then take the given umbrella.",
        "We should:\n- build the form\n- deploy it",
        "Before closing, you should:\n- tell the team\n- close the ticket",
    ],
)
def test_tasks_ticks_and_plain_words_are_no_criteria(text: str) -> None:
    assert read(text).facts.acceptance == "absent"


def test_a_field_of_its_own_counts_as_the_section() -> None:
    assert read("Text", field="- a card is taken").facts.acceptance == "present"
    assert read("Text", field="TBD").facts.acceptance == "empty"
    assert read("Text", field="").facts.acceptance == "absent"


def test_each_criterion_has_its_line_and_tick() -> None:
    reading = read("## Acceptance criteria\n[x] one\n[] two")

    assert [(c.quote.line, c.quote.text, c.ticked) for c in reading.criteria] == [(2, "one", True), (3, "two", False)]


def test_bugs_have_none() -> None:
    assert read("## Acceptance criteria\n- it works", kind=Kind.BUG).facts.acceptance == "na"


@pytest.mark.parametrize(
    "text",
    [
        "Cards are wanted.\\nDone when the receipt has been sent to the guest",
        "It is done when the receipt has been sent to the guest.",
    ],
)
def test_a_sentence_that_says_when_it_is_done_is_a_criterion(text: str) -> None:
    assert [criterion.form for criterion in read(text).criteria] == ["prose"]


@pytest.mark.parametrize("text", ["Cards are wanted.\nDone when finished", "Cards are wanted.\nDone when:"])
def test_a_sentence_that_only_begins_to_say_when_it_is_done_is_none(text: str) -> None:
    assert read(text).criteria == ()


def test_steps_of_a_scenario_far_apart_are_no_scenario() -> None:
    between = "\n".join(f"line {number}" for number in range(20))

    assert read(f"Given a guest\n{between}\nWhen she pays\nThen a receipt is sent").criteria == ()


@pytest.mark.parametrize("below", ["- show the basket\nand the total", "show the basket"])
def test_a_line_that_leads_in_fewer_than_two_items_leads_in_no_criteria(below: str) -> None:
    assert read(f"The new page should:\n{below}").criteria == ()


@pytest.mark.parametrize(
    "text",
    [
        "AC1: it opens\\nAC2: it closes",
        "- AC1: it opens\n- AC2: it closes",
        "[] AC1: it opens\n[] AC2: it closes",
        "AC-01 It opens again\\nAC-02 It closes again",
        "(AC1) It opens again\\n(AC2) It closes again",
        "AC 1 - it opens\\nAC 2 - it closes",
        "Acceptance criterion 1: it opens\\nAcceptance criterion 2: it closes",
        "AK1: er öffnet sich\\nAK2: er schließt sich",
        "CA1 : il s'ouvre\\nCA2 : il se ferme",
        "** AC1 — it opens\n** AC2 — it closes",
        "### AC1\nit opens\n### AC2\nit closes",
        "## Acceptance criteria\n### AC1: it opens\n### AC2: it closes",
        "Acceptance criteria:\\nAC1: it opens\\nAC2: it closes",
    ],
)
def test_a_label_makes_a_criterion(text: str) -> None:
    reading = read(text)

    assert len(reading.criteria) == 2
    assert (reading.facts.criteria, reading.facts.placeholder) == (2, "no")


@pytest.mark.parametrize("text", ["AC1:\\nAC2:", "- AC1:\n- AC2:", "### AC1\n### AC2", "AC1: TBD"])
def test_a_label_with_nothing_behind_it_is_a_slot(text: str) -> None:
    assert read(text).facts.acceptance == "empty"


@pytest.mark.parametrize("text", ["AC 2 kW are needed.", "Criterion 1 is met.", "The AC1 unit is loud.", "ACS-1999: x"])
def test_a_sentence_that_only_looks_labelled_is_no_criterion(text: str) -> None:
    assert read(text).facts.acceptance == "absent"


def test_a_paragraph_after_a_labelled_criterion_is_not_its_own() -> None:
    assert len(read("AC1: it opens\nAna knows more about it.").criteria) == 1


@pytest.mark.parametrize(
    "text",
    [
        "WHEN a guest pays THE SYSTEM SHALL send a receipt",
        "When a guest pays, the system shall send a receipt.",
        "- While the month is empty, the report shall say so",
        "IF the card is refused, THEN THE SHOP SHALL offer another way",
        "The checkout shall list the cards.",
        "WENN ein Gast zahlt, MUSS DAS SYSTEM einen Beleg senden",
    ],
)
def test_a_requirement_with_shall_is_a_criterion(text: str) -> None:
    assert [criterion.form for criterion in read(text).criteria] == ["item"]


@pytest.mark.parametrize(
    "text",
    [
        "If we keep the address we shall update it.",
        "Wenn das so bleibt, soll Ana entscheiden.",
        "Shall we take cards?",
    ],
)
def test_other_sentences_with_shall_are_none(text: str) -> None:
    assert read(text).criteria == ()


@pytest.mark.parametrize(
    "text",
    [
        "[] Guests can pay by card\n[] An expired card is refused\n[] The total must not change",
        "## Solution\n[] If you own a card, you should see it in the list\n[] Other guests should not see your cards",
        "## Audit\n[x] All actions can be done with a keyboard\n[] Colours have enough contrast",
    ],
)
def test_boxes_that_state_conditions_are_criteria_without_an_introduction(text: str) -> None:
    assert {criterion.form for criterion in read(text).criteria} == {"tick"}


@pytest.mark.parametrize(
    "text",
    [
        "[] Build the form\n[] Deploy the form to staging\n[] Tell the support team",
        "[] Documentation is updated for guests\n[] Tests are written and pass",
        "## Tasks\n[] Guests can pay by card\n[] An expired card is refused",
        "## Definition of Ready\n[] Guests can pay by card\n[] An expired card is refused",
        "Before you merge:\n[] The checkout is tested by hand\n[] The owner has seen it working",
        "[] The total is wrong after a refund\n[] The list doesn't load on phones\n[] The logo is missing there",
        "[] @ana started a discussion here\n[] @bo has replied to it there",
        "[] Guests can pay by card",
        "[] Should guests pay by card?\n[] Can they pay by cash?",
    ],
)
def test_boxes_of_tasks_of_the_process_and_of_defects_are_none(text: str) -> None:
    assert read(text).criteria == ()


@pytest.mark.parametrize(
    "lead",
    [
        "The page should initially support:",
        "The final table should include the fields:",
        "This new hook would:",
        "A guest can:",
        "Users are able to:",
        "The following must hold:",
        "Please verify that:",
        "Make sure that the following works:",
        "Die Seite soll:",
        "Folgende Bedingungen müssen erfüllt sein:",
        "Le panier doit :",
        "À la fin, il faut que :",
        "The basket needs to be rebuilt for phones to support the following:",
        "La página debe:",
        "De pagina moet:",
        "## The new page should",
        "The page shows the cards of the guest. It should",
        "The page should look for cards in the following order.",
        "We know it works when:",
    ],
)
def test_a_line_that_says_what_must_hold_leads_in_criteria(lead: str) -> None:
    assert len(read(f"{lead}\n- show the cards of the guest\n- refuse expired cards").criteria) == 2


@pytest.mark.parametrize(
    "lead",
    ["We should:", "I would:", "You can:", "Make sure the following are completed before closing:", "Ideas:", "So:"],
)
def test_a_line_about_people_or_tasks_leads_in_none(lead: str) -> None:
    assert read(f"{lead}\n- show the cards of the guest\n- refuse expired cards").criteria == ()


def test_a_line_with_what_to_do_and_what_should_be_seen_is_a_criterion() -> None:
    text = "A card may be old.\nRun the shop, it should not crash, you should see the card"

    assert [one.quote.line for one in read(text).criteria] == [2]
    assert read("A card may be old.\nRun the shop and look at the card").criteria == ()


def test_items_that_say_what_must_be_are_criteria_and_those_for_people_are_not() -> None:
    lead = "There are two problems."

    assert len(read(f"{lead}\n- every guest must have a card\n- an old card should be refused").criteria) == 2
    assert read(f"{lead}\n- every guest has a card\n- an old card should be refused").criteria == ()
    assert read(f"{lead}\n- we must ask every guest\n- you should refuse old cards").criteria == ()


def test_conditions_after_so_that_are_criteria_and_tasks_are_not() -> None:
    lead = "Validate the cards so that:"

    assert len(read(f"{lead}\n- expired cards are refused\n- other cards are accepted").criteria) == 2
    assert read(f"{lead}\n- add a check\n- add a test").criteria == ()


@pytest.mark.parametrize(
    "text",
    [
        "After this issue is closed I should be able to pay with a card.",
        "Once the story is done, guests can pay with a saved card.",
        "This should result in one new option that lists the cards.",
        "This issue can be closed when guests can pay with a card.",
        "Verification method: pay with a card that has expired",
    ],
)
def test_a_sentence_about_the_time_after_the_issue_is_a_criterion(text: str) -> None:
    assert len(read(text).criteria) == 1


@pytest.mark.parametrize(
    ("lines", "criteria"),
    [
        ("it opens\\nit closes\\nit says so", 3),
        ("It opens and holds all rows,\\nalso the last.\\nIt closes.", 2),
        ("Given a guest\\nWhen she pays\\nThen a receipt is sent", 1),
        ("* it opens\\n* it closes", 2),
        (
            "- Given a guest\n- When she pays\n- Then a receipt is sent\n- And the cart is empty\n- The total is shown",
            2,
        ),
        ("[ ] it opens\\n[x] it closes", 2),
    ],
)
def test_a_line_that_its_author_ended_is_a_criterion(lines: str, criteria: int) -> None:
    assert len(read(f"## Acceptance criteria\n{lines}").criteria) == criteria


def test_a_wrapped_paragraph_is_one_criterion() -> None:
    wrapped = replace(document("It opens and\\nIt closes").blocks[0], wrapped=True)
    blocks = (*document("## Acceptance criteria").blocks, wrapped)

    assert len(read_issue("Pay", Document(blocks), Kind.STORY).criteria) == 1


def test_bold_sentences_below_the_heading_are_criteria() -> None:
    assert len(read("## Acceptance criteria\n** The file opens in time\n** The file holds all rows").criteria) == 2
    assert read("## Acceptance criteria\n** Desktop\n** Mobile").criteria == ()


@pytest.mark.parametrize(
    "wish",
    [
        "it works",
        "- It works as expected\n- user-friendly",
        "Fast",
        "The feature is working correctly.",
        "wie gewünscht",
        "Alles funktioniert wie besprochen",
        "comme prévu",
        "funciona correctamente",
        "funziona",
        "działa poprawnie",
        "всё работает как надо",
        "正常",
        "looks good",
        "- no bugs\n- easy to use",
    ],
)
def test_a_wish_that_is_always_met_is_no_criterion(wish: str) -> None:
    assert read(f"## Acceptance criteria\n{wish}").facts.acceptance == "empty"


@pytest.mark.parametrize(
    "text", ["It works without a mouse", "The page loads fast enough for 200 rows a second", "2 s"]
)
def test_a_wish_with_something_to_check_is_one(text: str) -> None:
    assert read(f"## Acceptance criteria\n- {text}").facts.acceptance == "present"


def test_wishes_among_criteria_are_not_counted() -> None:
    assert len(read("## Acceptance criteria\n- it works\n- an expired card is refused").criteria) == 1


def test_a_picture_alone_is_no_criterion() -> None:
    picture = replace(document("criteria.png").blocks[0], only_pictures=True)
    blocks = (*document("## Acceptance criteria").blocks, picture)

    assert read_issue("Pay", Document(blocks), Kind.STORY).facts.acceptance == "empty"


def test_a_report_inside_code_is_read_like_text() -> None:
    code = "~ Steps to reproduce:\\n1. Order two\\n2. Refund one\\nExpected: one total\\nActual: two totals"
    roles = [section.role for section in read(code, kind=Kind.BUG).sections]

    assert roles == ["steps", "expected", "actual"]


def test_the_output_of_a_test_is_no_report() -> None:
    assert [section.role for section in read("~ Value of: x\\nExpected: 3\\nActual: 4", kind=Kind.BUG).sections] == [""]
