import pytest

from rules.model import Kind
from tests.rules.text.texts import read


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
