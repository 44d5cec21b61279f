import pytest

from rules.model import Kind
from rules.text import read_issue
from sync import markup
from tests.rules.text.texts import read


@pytest.mark.parametrize(
    ("text", "slot", "line"),
    [
        ("## Why\n## What\nthis", "Why", 1),
        ("Text\n## QA", "QA", 2),
        ("## Why\n...", "...", 2),
        ("## Why\nTBD", "TBD", 2),
        ("## Why\nto be defined", "to be defined", 2),
        ("## Why\n- ", "", 2),
        ("## Why\n[] ...", "...", 2),
        ("As a <type of user>, I want <some goal>", "<some goal>", 1),
        ("The link: [insert link here]", "[insert link here]", 1),
        ("- Team:\n- Start: Monday", "Team:", 1),
        ("- OS: [e.g. iOS]", "[e.g. iOS]", 1),
        ("1. Go to '...'", "to '...'", 1),
        ("## Details\nAny related information", "Details", 1),
        ("## Solution\nHow to fix it?", "Solution", 1),
        ("## Fixes\n(If you can, link to the line of code that might be responsible)", "(If you can", 2),
    ],
)
def test_an_unfilled_slot_is_found_with_its_line(text: str, slot: str, line: int) -> None:
    reading = read(text)
    found = (*reading.placeholders, *reading.empty_slots)

    assert reading.facts.placeholder == "yes"
    assert any(quote.text.startswith(slot) and quote.line == line for quote in found)


@pytest.mark.parametrize(
    "text",
    [
        "## Why\nn/a",
        "## Why\nNone",
        "It writes:\n[INFO] <Card: [some address here]>",
        "# Title\n## Why\nbecause",
        "## What needs to be done\nThis needs to be done soon.",
        "## Code\n~ <role>",
        "Run the tool with --id <app id> and wait.",
        "Put this in:\\n<frame src....></frame>",
        "## TODO\n- build it",
        "Steps:\n~ pay(1);",
        "He said so...",
        "The book is not sent.\\nIt should be.",
        "- Browsers:\n-- Firefox",
    ],
)
def test_what_is_filled_or_says_none_is_no_slot(text: str) -> None:
    assert read(text).facts.placeholder == "no"


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("## Links to related issues, merge requests and other references\nPlease list the issues", "Links to"),
        ("## Steps\n1. Step 1\n1. Step 2", "Step 1"),
        ("Given:\nWhen:\nThen:", "Given:"),
        ("The limit is to be defined.", "is to be defined"),
        ("## Scope\n(Which parts change? Web, mobile or both?)", "(Which"),
    ],
)
def test_the_words_of_a_template_are_slots(text: str, slot: str) -> None:
    reading = read(text)

    assert reading.facts.placeholder == "yes"
    assert any(quote.text.startswith(slot) for quote in (*reading.placeholders, *reading.empty_slots))


@pytest.mark.parametrize(
    "text",
    [
        "- Reporter:",
        "Hooks are allowed to be defined (by the caller).",
        "This list will be written to a file. There is a tool for it already.",
        "POST?",
        "## Regression - works with the version before 3.1\nmore",
        "## Regression - works with the version before 3.1\n## Notes\nmore",
        "### Code\n# Please test on the device with the keyboard\n~ x = 1",
        "Step 1\nOpen the shop.",
        "- Step 1\n-- open the shop",
        "Given:\na guest",
        "- [cloud!8]\n- <b-row>",
        "- {$ifdef x}\n- [NSString length]",
        "- Data\n- Date",
        "(which is always 5432, as before)",
        "He would be...",
    ],
)
def test_what_only_looks_like_a_template_is_no_slot(text: str) -> None:
    assert read(text).facts.placeholder == "no"


@pytest.mark.parametrize(
    "text",
    [
        "## Open questions\n- guests too",
        "Should guests pay by card as well?",
        "Which cards do we take?",
        "It is not clear whether guests pay.",
        "We need to decide on the cards.",
        "Cards to be discussed.",
        "The limit is TBD.",
        "Wir müssen noch klären, welche Karten gelten.",
        "Should a card that expires this month still be offered?",
        "## Acceptance criteria\n- a card is taken\nShould a card that expires this month be offered?",
        "Let's discuss which cards we take.",
        "Can we use the old form or do we need a new one?",
        "Not sure whether this should be in the shop at all.",
        "## Questions\n- which cards",
        "[] Should we keep the old form?",
        "Some guests have no card (should they pay by invoice?)",
    ],
)
def test_what_must_be_decided_first_is_an_open_question(text: str) -> None:
    reading = read(text)

    assert reading.facts.open_question == "yes"
    assert reading.questions[0].line in (1, 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "Guests have it; could we get this for cards as well?",
        "Two shops have it already, so can the gap be closed?",
        "Request of a guest: is there a way this can be part of the next version?",
        "Guests pay by card.",
        "Could you please add cards?",
        "What was the impact of the outage?",
        "## Open questions\nnone",
        "See https://example.org/?a=b",
        "~ Should we?",
        "- Who was hit?\n-- all\n- What did it cost?\n-- much\n- How many are there?",
        "## Acceptance criteria\n- Is the card taken?",
        "Which cards do we take? **Answer:** all of them.",
        "## Open question\nWhich cards do we take? Answer: all of them.",
        "I am not sure why it stopped.",
        "Each page is told, so that it can decide whether it shows the total.",
        # requests
        "Can we disable the log of the health checks there?",
        "Would it be possible to add a property for more than one picture?",
        "Couldn't the shop do the same?",
        "Is there a way to scroll in both directions?",
        "I wonder whether it could be shown in the shop?",
        # about a person, about what happened, for the cause, or for nothing
        "What are you working on?",
        "How many guests tried to pay?",
        "Why is the page white?",
        "Does anybody have the same problem?",
        # quoted, in a form, in a template
        'Rename "Which cards do we take?" in the menu.',
        "| Cards | TBD |",
        "[x] Which cards do we take, and should we say so?",
        "[] Is the text translated?",
        "## Scope\n(Which areas does this change? Which ones should be tested?)",
        "## Questions or comments about the template?\nAsk the team of the shop.",
        "## FAQ\nWhich template do I use? Most people use the first.",
        # answered
        "What is the current state?\\nThe page has two lists.",
        "What do we need to change?\n- the list\n- the form",
        "Do we keep both lists? Probably not.",
        "How do we restore it from a copy? We should write a guide.",
        "Now the question is how. There are two ways.\nI would suggest the first one.",
        # what is asked is what is built
        "The page has to answer:\n- what does the order cost?\n- when does it arrive?",
        # not about what is still open
        "The forum allows issues to be discussed over longer periods.",
        "Allow a job to be defined as a source.",
        "Users can then decide whether they pay now.",
        "See the related question: https://example.org/1",
        "Let's see if we can take cards.",
        "A note (not sure if it matters): the page was white.",
        "I'm not sure what version the page was built with.",
    ],
)
def test_requests_answered_and_past_questions_are_not_open(text: str) -> None:
    assert read(text).facts.open_question == "no"


@pytest.mark.parametrize("text", ["Should we clean the file up?", "We need to decide on a limit.", "The limit is TBD."])
def test_a_decision_about_the_fix_of_a_defect_is_open(text: str) -> None:
    assert read(text, kind=Kind.BUG).facts.open_question == "yes"


@pytest.mark.parametrize(
    "text", ["Not sure if it matters, but it is 3.1.", "It is unclear whether it fails elsewhere."]
)
def test_a_doubt_about_a_fact_of_a_defect_decides_nothing(text: str) -> None:
    assert read(text, kind=Kind.BUG).facts.open_question == "no"


def test_a_question_about_a_defect_is_not_one_about_what_is_wanted() -> None:
    assert read("Why does it crash?", kind=Kind.BUG).facts.open_question == "no"


def test_a_line_longer_than_any_sentence_asks_nothing() -> None:
    assert read(f"Should we take cards? {'x ' * 3000}").facts.open_question == "no"


@pytest.mark.parametrize("title", ["Spike: cards", "Investigate the cards", "Decide which cards we take"])
def test_what_an_investigation_has_to_find_out_is_its_subject(title: str) -> None:
    text = "We need to find out which cards are used.\n- how do we charge a card?"

    assert read(text, title=title).facts.open_question == "no"
    assert read(text).facts.open_question == "yes"


def test_thousands_of_questions_are_read_in_one_pass() -> None:
    reading = read("\n".join(["- Should we take cards?"] * 5000))

    assert len(reading.questions) == 5000


@pytest.mark.parametrize(("above", "found"), [("/*\n", "no"), ("", "yes")])
def test_a_line_of_a_pasted_code_comment_is_no_empty_item(above: str, found: str) -> None:
    text = f"This code shows it:\n\n{above} * Computes the total:\n * - the books\n * \n * and the sum\ntotal = books"
    reading = read_issue("The total is wrong", markup.read(text, "wiki"), Kind.BUG)

    assert reading.facts.placeholder == found
