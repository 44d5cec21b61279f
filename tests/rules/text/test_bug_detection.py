import pytest

from rules.model import Kind
from rules.text.title_mood import orders, states
from tests.rules.text.texts import read


@pytest.mark.parametrize(
    "title",
    [
        "Show the total",
        "Upload a photo",
        "Do not send receipts twice",
        "Filter by date",
        "Change the way the page handles a refund",
        "Only export the paid orders",
        "Standardize the labels",
        "On failure of the payment, give guests a choice",
    ],
)
def test_a_title_that_begins_with_a_verb_orders(title: str) -> None:
    assert orders(title)


@pytest.mark.parametrize(
    "title",
    [
        "Filter is gone",
        "Display of totals",
        "Increase in refunds",
        "Search returns no books",
        "Receipts for guests",
        "Upload fails after a minute",
    ],
)
def test_a_noun_that_could_be_a_verb_orders_nothing(title: str) -> None:
    assert not orders(title)


@pytest.mark.parametrize(
    "title", ["The basket shows a total twice", "Page asks for the card again", "The key is exposed in the log"]
)
def test_a_title_with_its_verb_in_the_third_person_states(title: str) -> None:
    assert states(title)


@pytest.mark.parametrize(
    "title", ["Guests who are new", "Books that have a photo", "Receipts", "Basket so we can have it"]
)
def test_a_verb_in_a_clause_of_its_own_states_nothing(title: str) -> None:
    assert not states(title)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("The basket empties itself", "I noticed this on Chrome 101 after a reload: all books are gone."),
        (
            "Closing the menu selects the first book",
            "When I close the menu, the wrong book opens. It should stay closed.",
        ),
        ("Fix the flaky test of the basket", "It fails every other day.\n~ --- FAIL: TestBasket (0.00s)"),
        ("Two cookies", "Since the upgrade to 2.6.1 we are seeing two cookies, and users get logged out."),
        ("Basket", "~ When paying, nothing happens and it crashes. It happens on every page, I saw it in 1.2.3."),
        ("Totals of guests", "This bug is that the total falls to zero with a voucher. It was seen in 2.4.1."),
        (
            "Stores: receipts must be closed after use",
            "If it is open the lines would be read. The call that closes it is missing and it leads to leaks.",
        ),
        (
            "Fix the gap of the basket",
            "According to the design, the gap should be 8 pixels.\nIn the basket, it has 12.",
        ),
        ("Fix the colour of the basket", "It does not follow the style guidelines."),
        ("Error: Call to the price of null", "~ Sentry has it."),
        ("Reverse order of prices in the mail", "## Problem\nPrices are in reverse order.\n## Solution\nSort them."),
        ("Price of a book that has not been saved", "There is a problem with the basket."),
        ("Misaligned vouchers", "Original report created by Bo\n~ The box is too wide."),
        (
            "Improve the button of the basket",
            "Soon.\n## Steps to reproduce\n1. open it\n## Actual result\nGrey\n## Expected result\nBlue",
        ),
    ],
)
def test_many_small_signs_make_a_report(title: str, text: str) -> None:
    assert read(text, title=title, kind=Kind.TASK).facts.actual == "yes"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Support labels so we can have tabs without text", "This would help when a page fails to load."),
        ("Stop writing empty lines to the log", "We need to change this."),
        ("Do not override what a guest has set", "Apply only the rest."),
        ("Send a mail to guests whose basket is not paid", "After two hours, send it."),
        ("Migrate the tests", "[] one\n[x] two"),
        ("Add a column for the gap", "According to the design, the gap should be 8 pixels."),
        ("Prices of the basket", "It would be useful to sort them."),
        ("Error pages", "Give each its own picture."),
        ("The basket keeps its books", "As a guest, I want to keep my books.\n## Acceptance criteria\n- they are kept"),
    ],
)
def test_what_only_speaks_of_faults_is_no_report(title: str, text: str) -> None:
    assert read(text, title=title, kind=Kind.TASK).facts.actual == "na"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("(feat): Show a warning if the card cannot be charged", ""),
        ("Feature request: the list does not show paid orders", "It should show them."),
        ("[Polish] The banner is inconsistent", ""),
        ("Basket should close when it is empty", ""),
        ("Error pages: improvements", ""),
        ("RCA: the shop was not reachable", "## Summary\nA missing index led to failures. Orders were lost."),
        ("Post-mortem: payments fail for an hour", "A full disk results in errors."),
        ("Containerize the worker that never stops", ""),
        ("The list does not show paid orders", "## Problem to solve\nGuests ask.\n## Proposal\nShow them."),
        (
            "Fix the tests of the settings",
            "Is this a bug? Please use the template above and be as detailed as possible.",
        ),
        ("The basket has no total", "As a guest, I want to see a total so that I know what I pay."),
    ],
)
def test_a_text_that_is_marked_as_something_new_is_no_report(title: str, text: str) -> None:
    assert read(text, title=title, kind=Kind.TASK).facts.actual == "na"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Restore fails with a checksum error", "It happens since version 3.1.2."),
        ("Duplicate books in the basket", "## Steps to reproduce\n1. add one\n## Actual result\ntwo are there"),
        ("The basket gives every guest a voucher", "This is so on each page."),
        ("Old vouchers in the basket", "Open the shop.\nLog in.\nOpen the basket.\nYou will see the old vouchers."),
        (
            "New basket leads to the old page",
            "## Steps to reproduce\n## Actual result\nThe old page.\n## Solution\n[] add a test",
        ),
        ("Links in two posts", "## Briefly describe the bug\nTwo links lead nowhere, I noticed today."),
        ("Hotfix: orders are not saved", "Guests report that nothing is saved."),
    ],
)
def test_a_report_is_recognised_by_its_headings_or_its_title(title: str, text: str) -> None:
    assert read(text, title=title, kind=Kind.TASK).facts.acceptance == "na"


def test_a_form_that_is_not_filled_in_is_no_report() -> None:
    text = "## Steps to reproduce\n(How one can reproduce it)\n## Actual result\n(What actually happens)"

    assert read(text, title="Build the worker anew", kind=Kind.TASK).facts.steps == "na"


@pytest.mark.parametrize(
    "text",
    [
        "The page has another colour than the mail.\n## Steps to reproduce\nOpen the page and the mail.",
        "When I open the mail, then press the button of the page and choose a colour, the page fails.",
    ],
)
def test_a_single_step_counts_where_it_is_called_one_or_leaves_no_doubt(text: str) -> None:
    assert read(text, title="Colours mismatch", kind=Kind.TASK).facts.steps == "yes"


def test_a_single_sentence_that_could_be_a_wish_is_no_step() -> None:
    text = "The page has another colour than the mail when a guest opens it."

    assert read(text, title="Colours mismatch", kind=Kind.TASK).facts.steps != "yes"


def test_a_text_that_only_seems_to_be_a_report_is_asked_for_nothing() -> None:
    """It has no criteria to ask for either; what it does say is read."""
    facts = read("The page has another colour than the mail.", title="Colours mismatch", kind=Kind.TASK).facts

    assert (facts.acceptance, facts.steps, facts.expected, facts.actual) == ("na", "na", "na", "yes")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Basket after a refund", "It stays white."),
        ("Blank receipts", "They have one line."),
    ],
)
def test_a_text_with_few_signs_of_a_defect_may_report_one(title: str, text: str) -> None:
    reading = read(text, title=title, kind=Kind.STORY)

    assert reading.facts.acceptance == "absent"
    assert reading.may_be_defect


def test_a_wish_may_not_be_a_defect() -> None:
    assert not read("Guests like it.", title="Show the total", kind=Kind.STORY).may_be_defect
