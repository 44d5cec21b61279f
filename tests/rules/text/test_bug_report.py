import pytest

from rules.model import Kind
from tests.rules.text.texts import read

REPORT = """
Paying fails since Monday.
## Steps to reproduce
1. put a book into the basket
1. pay by card
## Expected result
A receipt is shown.
## Actual result
An error is shown.
"""


def test_a_report_is_read_with_its_lines() -> None:
    reading = read(REPORT, kind=Kind.BUG)

    assert [(quote.line, quote.text) for quote in reading.steps] == [
        (3, "put a book into the basket"),
        (4, "pay by card"),
    ]
    assert reading.expected is not None
    assert (reading.expected.line, reading.expected.text) == (6, "A receipt is shown.")
    assert reading.actual is not None
    assert (reading.actual.line, reading.actual.text) == (8, "An error is shown.")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Checkout crashes on empty basket", "It happens daily."),
        ("Receipts are not sent", ""),
        ("Checkout", REPORT),
        ("Wrong total", "The total is wrong. It was working fine in 2.1.\n~ Traceback (most recent call last):"),
        ("[Web] iOS: button doesn't react", "Tap it and nothing happens."),
    ],
)
def test_another_type_that_plainly_reports_a_defect_is_read_as_a_bug(title: str, text: str) -> None:
    assert read(text, title=title, kind=Kind.TASK).facts.acceptance == "na"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Show an error when the card is wrong", "The form should say so."),
        ("Add handling of failed payments", ""),
        ("Shop: log exceptions", "We want to know."),
        (
            "Broken links report",
            "As an editor, I want to see broken links.\n## Acceptance criteria\n- all links are listed",
        ),
        ("Pay with a saved card", "Guests can pay."),
    ],
)
def test_a_wish_that_speaks_of_errors_stays_a_wish(title: str, text: str) -> None:
    assert read(text, title=title, kind=Kind.TASK).facts.steps == "na"


@pytest.mark.parametrize(
    "text",
    [
        "Steps:\n1. open it",
        "To reproduce: open the basket twice",
        "1. open the basket\n1. pay",
        "Run the following code:\n~ var card = shop.card();",
        "When I put two books into the basket and remove one of them, the total is still wrong.",
        "If the\\npage is closed by the back key and opened, the same basket appears.",
        "If you put a list into a window and open it, the list scrolls down.",
        "Open the basket with two books and press back. It crashes sometimes.",
        "When the disk is full and the guest pays by card, then the page claims success.",
        "## Test case\n~ pay(1);",
    ],
)
def test_steps_are_a_list_code_to_run_or_a_scenario(text: str) -> None:
    assert read(text, title="Total is off", kind=Kind.BUG).facts.steps == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "The total is wrong.",
        "When paying, an error is shown.",
        "## Steps to reproduce\n...",
        "It says:\n~ java.lang.NullPointerException at Shop.java:12",
        "The workaround is to add this:\n~ pay(1);",
        '~ {"total": 1}',
        "It gives the following error:\n~ <manifest><uses name='card'/></manifest>",
        "## Steps to reproduce\nhttps://example.org/issues/12",
        "1. What did the page show?\n1. Should we clean it up?",
        "~ --- FAIL: TestPay (0.00s)\\n  pay_test.go:264: x = 1",
    ],
)
def test_a_symptom_a_log_or_a_remedy_is_no_step(text: str) -> None:
    assert read(text, title="Error when paying", kind=Kind.BUG).facts.steps == "no"


@pytest.mark.parametrize(
    "text",
    [
        "The total should be 12.",
        "I would expect a receipt.",
        "Expected: a receipt",
        "It shows the price of one book instead of the sum.",
        "A number is returned rather than a text.",
        "Ideally, the page keeps its place.",
        "Such a price must be one number, and now it is three.",
        "We should make sure that the total is renewed.",
        "It is recommended that the port is checked first.",
        "It fails. Expect the same as on a phone.",
        "The page expects a list in `order.items` but nothing is sent.",
        "To fix this, the page needs to read the sum first.",
        "The mail has one line. Even better would be a table.",
        "We should either hide the price or renew it.",
        "Prices are in reverse order. Show them in the same order as the mail.",
        "## What is the expected correct behavior?\nOne receipt is sent.",
        "## How should it look?\nLike the mail.",
    ],
)
def test_expected_is_a_section_or_a_plain_should(text: str) -> None:
    assert read(text, kind=Kind.BUG).facts.expected == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "Should this be shown?",
        "It is wrong and should be resolved.",
        "It worked in 2.1.",
        "It does not work as before.",
        "We should fix this.",
        "Expected: ?",
        "Should it be one instead of two?",
        "It does not work the way one would expect it to.",
        "This is not what I would expect.",
        "The page expects a list in `order.items`. But nothing is sent.",
        "To fix this is hard work.",
        "A video would be better than words.",
        "We should look for the price.",
        "It fails in the same order as the mail.",
        "[x] I know that a change should be announced.",
    ],
)
def test_a_look_back_or_a_task_states_no_expectation(text: str) -> None:
    assert read(text, kind=Kind.BUG).facts.expected == "no"


def test_a_symptom_only_in_the_title_is_the_actual_result() -> None:
    reading = read("Open the page.", title="The page crashes", kind=Kind.BUG)

    assert reading.actual is not None
    assert reading.actual.line == 0


def test_an_order_without_a_symptom_states_no_result() -> None:
    assert read("Need to rebuild the image.", title="Rebuild the image", kind=Kind.BUG).facts.actual == "no"


def test_a_title_that_says_what_should_be_states_the_expected_result() -> None:
    reading = read("To reproduce: log in as a guest.", title="Guests should not see the total", kind=Kind.BUG)

    assert reading.expected is not None
    assert (reading.expected.line, reading.facts.expected) == (0, "yes")


@pytest.mark.parametrize(
    "text",
    [
        "When the main thread is used, synchronous HTTP requests are holding up the page.",
        "- the import can produce soft pictures with the option for scaling",
        "## Briefly describe the bug\nTwo links lead nowhere.",
        "## Observed behavior of the page\nIt stays white.",
    ],
)
def test_what_is_seen_is_stated_without_a_word_for_a_fault(text: str) -> None:
    assert read(text, title="Pictures", kind=Kind.BUG).facts.actual == "yes"


@pytest.mark.parametrize("text", ["var card = shop.card();\\ncard.open();\\ncard.pay(1);", "- rebuild it all", ""])
def test_code_and_tasks_state_no_result(text: str) -> None:
    assert read(text, title="Right-to-left pictures", kind=Kind.BUG).facts.actual == "no"
