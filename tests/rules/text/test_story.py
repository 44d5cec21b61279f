import pytest

from tests.rules.text.texts import read

SENTENCES = [
    ("As a shopper, I want to pay by card so that I need no cash.", "shopper", "pay by card", "I need no cash"),
    ("As an admin I'd like to see all orders", "admin", "see all orders", ""),
    ("As a shop owner, I would like a report, because I must pay taxes", "shop owner", "a report", "I must pay taxes"),
    ("As the shop owner I can close the shop", "shop owner", "close the shop", ""),
    ("As an owner, we need to close the shop", "owner", "close the shop", ""),
    ("As a guest, I should be able to pay", "guest", "pay", ""),
    ("In order to save time, as a shopper I want to pay by card", "shopper", "pay by card", "save time"),
    ("In order to save time\\nAs a shopper\\nI want to pay by card", "shopper", "pay by card", "save time"),
    ("As a shopper\\nI want to pay by card\\nSo that I need no cash", "shopper", "pay by card", "I need no cash"),
    ("As a shopper\nI want to pay by card\nSo that I need no cash", "shopper", "pay by card", "I need no cash"),
    ("User story: as a shopper, when my basket is full, I want to pay", "shopper", "pay", ""),
    ("As shoppers we want to pay so we can leave", "shoppers", "pay", "we can leave"),
    ("As a shopper, I configure my card once", "shopper", "configure my card once", ""),
    ("As a user, it should be possible to pay", "user", "be possible to pay", ""),
    ("As a User want to pay by card", "User", "pay by card", ""),
    ("Als Kundin möchte ich mit Karte zahlen, damit ich kein Bargeld brauche.", "Kundin", "mit Karte zahlen", "ich"),
    ("Als Kunde möchte ich zahlen", "Kunde", "zahlen", ""),
    ("En tant que client, je veux payer par carte afin de gagner du temps", "client", "payer par carte", "gagner"),
    ("Como cliente quiero pagar con tarjeta para ahorrar tiempo", "cliente", "pagar con tarjeta", "ahorrar tiempo"),
    (
        "Como cliente, gostaria de pagar com cartão para que eu ganhe tempo",
        "cliente",
        "de pagar com cartão",
        "eu ganhe",
    ),
    ("Als klant wil ik met een kaart betalen zodat ik tijd win", "klant", "met een kaart betalen", "ik tijd win"),
]


@pytest.mark.parametrize(("text", "role", "want", "benefit"), SENTENCES)
def test_the_sentence_is_found_in_its_many_phrasings(text: str, role: str, want: str, benefit: str) -> None:
    story = read(text).story

    assert story is not None
    assert story.role == role
    assert want in story.want
    assert story.benefit.startswith(benefit)
    assert bool(story.benefit) == bool(benefit)


@pytest.mark.parametrize(
    "text",
    [
        "Users should be able to pay.",
        "Enable admins to see all orders.",
        "I want to pay by card.",
        "As a workaround, I can pay in cash.",
        "As a result, we need a new form.",
        "As the load grows, we need more servers.",
        "As discussed, we want a new form.",
        "As you can see, we need it.",
        "As part of the clean-up we should remove it.",
        "As a last resort, we could drop it.",
        "As a <role>, I want <goal> so that <benefit>.",
        "The same as a shopper would want.",
        "As a shopper.",
    ],
)
def test_other_sentences_are_not_stories(text: str) -> None:
    assert read(text).story is None


def test_the_title_may_hold_it() -> None:
    story = read("Details follow.", title="As a shopper, I want to pay by card").story

    assert story is not None
    assert story.quote.line == 0


def test_the_quote_names_the_line() -> None:
    story = read("Intro\n\n## Story\nAs a shopper, I want to pay").story

    assert story is not None
    assert story.quote.line == 4


def test_a_reason_of_another_paragraph_is_not_the_storys() -> None:
    assert read("As a shopper, I want to pay\nWe know this because we asked.").facts.story_benefit == "no"


def test_a_letter_that_grows_in_lower_case_hides_no_story() -> None:
    story = read("İ wants this: as a shopper, I want to pay by card").story

    assert story is not None
    assert story.want == "pay by card"


def test_a_text_that_begins_a_story_again_and_again_has_none() -> None:
    assert read("As a shopper. " * 60).story is None
