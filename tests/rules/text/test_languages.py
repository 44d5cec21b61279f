"""Every language pack: its headings, its story sentence, its scenario, its placeholders."""

# ruff: noqa: E501 - rows of words are read more easily without breaks

import re

import pytest

from rules.model import Kind
from rules.text.headings import role_of
from rules.text.languages import LANGUAGES, Language, whole_words
from rules.text.placeholders import Content, content_of
from tests.rules.text.texts import read

HEADINGS = {
    "acceptance": """Criteri di accettazione|Criteri di accettabilità|Kryteria akceptacji|Kryteria odbioru|Warunki akceptacji
        |Akceptační kritéria|Kritéria přijetí|Akceptacni kriteria|Acceptanskriterier|Godkännandekriterier|Acceptkriterier
        |Acceptancekriterier|Godkendelseskriterier|Akseptansekriterier|Akseptkriterier|Hyväksymiskriteerit|Hyväksymisehdot
        |Критерии приёмки|Критерии приемки|Критерии готовности|Условия приёмки|Kabul Kriterleri|KABUL KRİTERLERİ|Kabul koşulları
        |受け入れ条件|受入条件|受け入れ基準|完了の定義|【受け入れ条件】|■ 受け入れ条件|验收标准|驗收標準|验收条件|接受標準|인수 조건|인수조건
        |완료 조건|Definition of done|Critères d’acceptation|Akzeptanzkriterien|AC 1|AC-02|Acceptance criterion 3""",
    "steps": """Passi per riprodurre|Kroki do reprodukcji|Kroky k reprodukci|Steg för att återskapa|Trin til at genskabe fejlen
        |Steg for å gjenskape|Toistovaiheet|Шаги воспроизведения|Шаги для воспроизведения|Yeniden üretme adımları|再現手順
        |重现步骤|復現步驟|재현 단계|STR""",
    "expected": """Risultato atteso|Oczekiwany rezultat|Očekávaný výsledek|Förväntat resultat|Forventet resultat
        |Odotettu tulos|Ожидаемый результат|Beklenen sonuç|期待結果|期待する動作|预期结果|預期行為|예상 결과|ER""",
    "actual": """Risultato attuale|Aktualny rezultat|Skutečný výsledek|Faktiskt resultat|Faktisk resultat|Todellinen tulos
        |Фактический результат|Gerçekleşen sonuç|実際の結果|实际结果|實際行為|실제 결과|AR""",
    "questions": """Domande aperte|Otwarte pytania|Otevřené otázky|Öppna frågor|Åbne spørgsmål|Åpne spørsmål|Avoimet kysymykset
        |Открытые вопросы|Açık sorular|未決事項|待确认问题|미결 사항""",
}
STORIES = [
    ("Come contabile voglio esportare il rapporto in modo da archiviarlo.", "contabile"),
    ("Jako księgowa chcę eksportować raport, aby go archiwizować.", "księgowa"),
    ("Jako účetní chci exportovat sestavu, abych ji mohla archivovat.", "účetní"),
    ("Som revisor vill jag exportera rapporten så att jag kan arkivera den.", "revisor"),
    ("Som bogholder vil jeg eksportere rapporten, så jeg kan arkivere den.", "bogholder"),
    ("Som regnskapsfører ønsker jeg å eksportere rapporten slik at jeg kan arkivere den.", "regnskapsfører"),
    ("Kirjanpitäjänä haluan viedä raportin, jotta voin arkistoida sen.", "Kirjanpitäjänä"),
    ("Как бухгалтер, я хочу выгружать отчёт, чтобы хранить его.", "бухгалтер"),
    ("Я как бухгалтер хочу выгружать отчёт, чтобы хранить его.", "бухгалтер"),
    ("Bir muhasebeci olarak raporu dışa aktarmak istiyorum, böylece arşivleyebilirim.", "muhasebeci"),
    ("経理担当者として、月次レポートを出力したい。なぜなら保管するからだ。", "経理担当者"),
    ("利用者として、後で確認するために、レポートを保存したい", "利用者"),
    ("作为会计，我想导出月度报表，以便存档。", "会计"),
    ("作為會計，我希望匯出月報表，這樣就可以存檔。", "會計"),
    ("회계 담당자로서 월간 보고서를 내보내고 싶다. 그래서 보관할 수 있다.", "회계 담당자"),
]
SCENARIOS = [
    "Dato un ospite\\nQuando paga\\nAllora arriva una ricevuta",
    "Zakładając gościa\\nGdy płaci\\nWtedy dostaje paragon",
    "Pokud host\\nKdyž zaplatí\\nPak dostane účet",
    "Givet en gäst\\nNär hon betalar\\nSå kommer ett kvitto",
    "Gitt en gjest\\nNår hun betaler\\nSå kommer en kvittering",
    "Oletetaan vieras\\nKun hän maksaa\\nNiin hän saa kuitin",
    "Дано: гость\\nКогда он платит\\nТогда приходит чек",
    "前提 客である\\nもし 支払う\\nならば 領収書が届く",
    "假如是访客\\n当她付款\\n那么收到收据",
]
OPEN = {
    Content.SLOT: "da definire|do uzupełnienia|att fylla i|уточняется|未定|待补充|미정|Kriterium 1|条件2|Kryterium 1|Критерий 1",
    Content.NOTHING: "nessuno|brak|inga|ei|нет|yok|なし|无|없음",
    Content.POINTER: "vedi sopra|patrz opis|se ovan|см. выше|上記参照|见附件|위 참고",
}


@pytest.mark.parametrize(
    ("role", "heading"),
    [(role, heading.strip()) for role, row in HEADINGS.items() for heading in row.split("|")],
)
def test_a_heading_is_known_in_every_language(role: str, heading: str) -> None:
    assert role_of(heading) == role
    assert role_of(f"{heading}:") == role


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_a_pack_has_the_headings_that_rules_ask_for_and_captures_nothing(language: Language) -> None:
    assert {"acceptance", "check", "steps", "expected", "actual", "value", "questions", "environment"} <= set(
        language.roles
    )
    assert all(re.compile(pattern).groups == 0 for pattern in language.roles.values())


@pytest.mark.parametrize(("sentence", "role"), STORIES)
def test_a_story_has_its_role_and_reason(sentence: str, role: str) -> None:
    reading = read(sentence)

    assert reading.story is not None
    assert reading.story.role == role
    assert reading.story.want
    assert reading.facts.story_benefit == "yes"


@pytest.mark.parametrize(
    "sentence",
    [
        "Come scritto sopra, il rapporto è vuoto.",
        "Как правило, отчёт пуст.",
        "Som exempel kan vi visa rapporten.",
        "Som det er nå kan vi ikke eksportere.",
        "この機能は例として表示できる。",
        "作为参考，可以看附件",
        "Raporu ek olarak gönder.",
    ],
)
def test_a_sentence_that_opens_alike_is_no_story(sentence: str) -> None:
    assert read(sentence).story is None


def test_a_story_is_found_below_another_line_and_a_reason_of_another_paragraph_is_not_its_own() -> None:
    facts = read("概要です。\n経理担当者として、月次レポートを出力したい\n\nなぜなら保管するからだ。")

    assert facts.story is not None
    assert (facts.story.role, facts.story.benefit) == ("経理担当者", "")


@pytest.mark.parametrize("text", SCENARIOS)
def test_a_scenario_is_a_criterion_in_every_language(text: str) -> None:
    assert [criterion.form for criterion in read(text).criteria] == ["scenario"]


@pytest.mark.parametrize(
    ("content", "text"), [(content, text) for content, row in OPEN.items() for text in row.split("|")]
)
def test_words_without_content_are_known_in_every_language(content: Content, text: str) -> None:
    assert content_of(text) is content


@pytest.mark.parametrize(
    "text",
    [
        "La pagina deve:\n- mostrare il carrello\n- mostrare il totale",
        "Sidan ska:\n- visa korgen\n- visa summan",
        "Страница должна:\n- показать корзину\n- показать сумму",
        "以下の条件を満たすこと：\n- 合計が表示される\n- 明細が表示される",
        "页面必须:\n- 显示合计金额\n- 显示明细列表",
    ],
)
def test_a_line_leads_in_criteria_in_every_language(text: str) -> None:
    assert len(read(text).criteria) == 2


def test_a_bug_report_is_read_in_other_languages() -> None:
    facts = read(
        "## Шаги воспроизведения\n1. Открыть заказ\n1. Вернуть товар\n## Ожидаемый результат\nНовая сумма\n"
        "## Фактический результат\nСтарая сумма",
        title="Сумма неверна",
        kind=Kind.BUG,
    ).facts

    assert (facts.steps, facts.expected, facts.actual) == ("yes", "yes", "yes")


def test_a_text_of_ascii_letters_is_searched_for_fewer_languages() -> None:
    pattern = whole_words(language.code for language in LANGUAGES)

    assert pattern.search("x fr") is not None
    assert pattern.search("x pl") is None
    assert pattern.search("ż pl") is not None
