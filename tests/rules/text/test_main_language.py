"""The language of an issue is that of its prose, and only where there is enough of it to tell."""

import pytest

from rules.document import Block, BlockKind, Document
from rules.model import Issue
from rules.text.main_language import MIN_WORDS, main_language
from tests.factories import document, issue

TEXTS = {
    "en": "When a shopper pays with a saved card, the checkout shows the last four digits of it. If the card "
    "has expired, it is refused with a message, and the shopper can choose another one. The order number "
    "is shown on the next page and is sent by mail, as with every other way to pay.",
    "de": "Wenn eine Kundin mit einer gespeicherten Karte bezahlt, zeigt die Kasse deren letzte vier Ziffern. "
    "Ist die Karte abgelaufen, wird sie mit einer Meldung abgelehnt und die Kundin kann eine andere "
    "wählen. Die Bestellnummer steht auf der nächsten Seite und wird wie bei allen anderen Zahlungsarten "
    "per Mail verschickt.",
    "fr": "Quand une cliente paie avec une carte enregistrée, la caisse affiche les quatre derniers chiffres. "
    "Si la carte a expiré, elle est refusée avec un message et la cliente peut en choisir une autre. Le "
    "numéro de commande est affiché sur la page suivante et envoyé par courriel, comme pour les autres "
    "moyens de paiement.",
    "es": "Cuando una clienta paga con una tarjeta guardada, la caja muestra las cuatro últimas cifras. Si la "
    "tarjeta ha caducado, se rechaza con un mensaje y la clienta puede elegir otra. El número de pedido "
    "se muestra en la página siguiente y se envía por correo, como con las demás formas de pago que hay "
    "en la tienda.",
    "pt": "Quando uma cliente paga com um cartão guardado, a caixa mostra os quatro últimos dígitos. Se o "
    "cartão estiver expirado, é recusado com uma mensagem e a cliente pode escolher outro. O número da "
    "encomenda é mostrado na página seguinte e enviado por correio, como com as outras formas de "
    "pagamento da loja.",
    "it": "Quando una cliente paga con una carta salvata, la cassa mostra le ultime quattro cifre. Se la carta "
    "è scaduta, viene rifiutata con un messaggio e la cliente può sceglierne un'altra. Il numero "
    "dell'ordine è mostrato nella pagina seguente ed è inviato per posta, come per gli altri modi di "
    "pagamento del negozio.",
    "nl": "Als een klant met een bewaarde kaart betaalt, toont de kassa de laatste vier cijfers van de kaart. "
    "Is de kaart verlopen, dan wordt die met een melding geweigerd en kan de klant een andere kiezen. Het "
    "bestelnummer staat op de volgende pagina en wordt per mail verstuurd, zoals bij alle andere manieren "
    "om te betalen.",
    "pl": "Gdy klientka płaci zapisaną kartą, kasa pokazuje jej cztery ostatnie cyfry. Jeśli karta jest "
    "nieważna, zostaje odrzucona z komunikatem i klientka może wybrać inną. Numer zamówienia jest "
    "widoczny na następnej stronie i jest wysyłany pocztą, tak jak przy innych sposobach płatności, które "
    "są w sklepie dostępne.",
}


def written(text: str, title: str = "SHOP-12") -> Issue:
    return issue(body=text, title=title)


@pytest.mark.parametrize("code", ["en", "de", "fr", "es"])
def test_prose_says_its_language(code: str) -> None:
    assert main_language(written(TEXTS[code])) == code


@pytest.mark.parametrize("code", TEXTS)
def test_no_language_is_taken_for_its_neighbour(code: str) -> None:
    assert main_language(written(TEXTS[code])) in (code, "")


def test_fewer_than_forty_words_do_not_decide() -> None:
    words = TEXTS["de"].replace(",", "").replace(".", "").split()
    assert main_language(written(" ".join(words[: MIN_WORDS - 1]), title="12")) == ""
    assert main_language(written(" ".join(words[:MIN_WORDS]), title="12")) == "de"


def test_two_languages_side_by_side_do_not_decide() -> None:
    assert main_language(written(f"{TEXTS['de']}\n\n{TEXTS['en']}")) == ""


def test_the_headings_of_a_template_code_and_quotations_do_not_count() -> None:
    english = TEXTS["en"]
    blocks = tuple(Block(kind=kind, text=english) for kind in (BlockKind.HEADING, BlockKind.CODE, BlockKind.QUOTE))
    german = document(TEXTS["de"]).blocks
    mixed = written("")
    assert main_language(mixed) == ""
    assert main_language(_with(mixed, (*blocks, *german))) == "de"
    assert main_language(_with(mixed, blocks)) == ""


def test_the_field_for_acceptance_criteria_counts() -> None:
    criteria = issue(body="", title="12", acceptance=document(TEXTS["fr"]))
    assert main_language(criteria) == "fr"


def _with(one: Issue, blocks: tuple[Block, ...]) -> Issue:
    return issue(one.key, "", title=one.title, document=Document(blocks))
