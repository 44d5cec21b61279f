"""How a defect is reproduced, in the ways people write it down without saying so."""

import pytest

from rules.document import Block, BlockKind, Document
from rules.model import Kind
from rules.text import Quote, read_issue
from tests.rules.text.texts import read


def steps_in(text: str, *, title: str = "Total is off") -> tuple[Quote, ...]:
    return read(text, title=title, kind=Kind.BUG).steps


@pytest.mark.parametrize(
    "text",
    [
        # a command to the reader, and what happens then
        "Open the basket. Click Total > Details. The vouchers disappear.",
        "Try the shop under Linux, and drag the first book.\nIts picture becomes very small.",
        "Set the price of any book to 0 and the page stays empty.",
        "enter two books\\nmark both, then press delete\\nthe shop closes",
        # chains
        "Settings -> Cards -> Add a card -> nothing is shown",
        "Shop > Books > By author, then change the order",
        "Log in → open the basket → the total flickers",
        "Shop -> Books -> By author ->\\nNewest: the list is empty",
        "* Cards > activity\n\nResults:\nNothing is shown at all.",
        "Open the basket, press pay, then press back, and the voucher is gone.",
        "Shop => Books\\nrotate the phone, the books move up",
        "in the shop: • Shop> Books (all) • tap a book • if it opens, go back and repeat",
        "This can be seen by opening the second book.",
        # lists without numbers, and numbers without a list
        "- open the basket\n- change the amount of the second book\n- the total stays",
        "* Log in as a guest\\n* Choose a book\\n* Press back",
        "Shop öffnen\\nBuch hinzufügen\\nBezahlen drücken",
        "- Winkel openen\n- Boek toevoegen",
        "1. log in as a guest 2. select one book or two 3. a button to delete them is shown",
        "To reproduce: put two books into the basket and reload",
        "Press the button. The label stays white for a minute.",
        "Repeatedly tap the first book and then go back, until the shop is slow.",
        "To see it, open the basket and a voucher in two windows.",
        # circumstances
        "On selection of a voucher, the page of the basket loses its total.",
        "The shop shows an error when a book without a picture is added.",
        "Including a voucher that has expired fails with the following error:",
        "The problem can be shown in all browsers, and reproduced on a phone by turning it.",
        "Calling pay on a card without an owner charges the wrong guest.",
        "When editing an order in version 3.1, the field for notes can be made no taller than four lines.",
        "when choosing a month from the list in the report the list stays on January",
        "If your key contains a slash, reading the address fails with a message about the port.",
        "After downloading the newest installer, a double click on its icon does nothing.",
        'Filling in and sending the form leaves the button at "Please wait".',
        "As an editor, I'm adding a picture to a page; however, it is not there even after a reload.",
        "For example, after changing the currency from euro to krone, the basket still shows euro.",
        "Building the shop against the new compiler fails with an unknown symbol.",
        "I noticed that opening and closing the menu quickly makes the page crash.",
        "Wenn ich zwei Bücher in den Korb lege, wird die Summe falsch berechnet.",
        # code, commands, requests
        "We use this:\n~ var card = shop.card();\\ncard.pay(1);\\n\nIt is charged twice.",
        "var card = shop.card();\\ncard.open();\\ncard.pay(1);",
        "The layout is wrong with the following:\n~ <Window>\\n  <Label text='Hi'/>\\n</Window>",
        "shop export --format csv --since 2024-01-01 takes two hours",
        "~ $ shop pay --card 1\\nKeyError: 1",
        "~ root@host:~# shop restore backup.db",
        "~ Books:~ bo$ shop restore backup.db",
        '"shop\\\\builder.py restore -t backup" writes to the wrong folder',
        (
            "The following example shows that the card is charged twice. Until that is fixed, there is a workaround.\n"
            "~ var card = shop.card();\\ncard.pay(1);\\ncard.pay(2);"
        ),
        "curl http://localhost:8080/orders/12 returns an empty list",
        "http://localhost:8080/orders/12 answers with the order of somebody else",
        # a heading in other words
        "## What are the steps to reproduce the bug\n* use a phone\n* go to a page with a table",
    ],
)
def test_steps_are_found_without_numbers_or_a_heading(text: str) -> None:
    assert steps_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "The total is wrong for some guests.",
        "It was reported by the support team on Monday.",
        "The old pictures look bad next to the new ones.",
        "See https://example.org/issues/12 for details.",
        "The cache drops its oldest entry because the lock is taken twice.",
        "Man kann den Korb nicht öffnen. Gäste können kein Buch hinzufügen.",
        "We should check whether the amount is set.",
        "We do not have a test case. If the page is reloaded, it may be empty.",
        "Fix the case when an order is stuck.",
        "What happens when somebody pays twice and reloads the page?",
        "As a workaround you can open the basket, then press back.",
        "## Tasks\n- open the log\n- add a metric\n- remove the old one",
        "## Proposal\nOpen the details when somebody clicks the total in the basket.",
        "Some pages are affected:\n1. the basket of a guest with vouchers?\n1. the list of orders?",
    ],
)
def test_what_tells_of_no_action_is_no_way_to_reproduce(text: str) -> None:
    assert not steps_in(text)


def test_a_scenario_in_the_words_of_the_title_adds_nothing() -> None:
    text = "When using the map on a phone, an error is thrown."

    assert not steps_in(text, title="Map: error thrown when using a phone")
    assert steps_in(text, title="Map")


def test_the_step_is_quoted_with_its_line() -> None:
    (step,) = steps_in("The total is off.\nWhen I add a voucher in the basket, the page shows the old total.")

    assert step == Quote("When I add a voucher in the basket, the page shows the old total.", 2)


def test_each_line_of_a_list_of_actions_is_quoted() -> None:
    lines = steps_in("open the basket\\nSelect two books\\nPress delete and wait\\nThe total stays as it was")

    assert [(step.text, step.line) for step in lines] == [
        ("open the basket", 1),
        ("Select two books", 1 + 1),
        ("Press delete and wait", 1 + 2),
    ]


@pytest.mark.parametrize(
    "code",
    [
        '{"id": 1, "lines": []}',
        "[ RUN ] BasketTest.Pays\nbasket_test.cpp:12: Failure; x = 1",
        "I0630 07:42:34.661110 18888 shop.cpp:171] started; ready",
        "[10:12:13] worker 3: stopped(1);",
        "<?xml version='1.0'?><orders><order id='1'/></orders>",
        "- (UIImage *)picture { return nil; }",
        "procedure TBasket.Pay(Sender: TObject); begin end;",
    ],
)
def test_logs_data_and_sources_are_not_code_to_run(code: str) -> None:
    document = Document((Block(kind=BlockKind.CODE, text=code, line=1),))

    assert not read_issue("Total is off", document, Kind.BUG).steps


@pytest.mark.parametrize("lead", ["In basket.py, line 12:", "The fix is:", "I propose this change of the method:"])
def test_code_that_is_quoted_or_proposed_is_not_to_run(lead: str) -> None:
    assert not steps_in(f"{lead}\n~ total = total + price;")
