"""Polish: headings, the story sentence, bug sections."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

from rules.text.languages.language import Language, StoryForm

POLISH = Language(
    code="pl",
    often_ascii=False,
    roles={
        "acceptance": r"kryteri(?:a|um) (?:akceptacji|akceptacyjne|odbioru|sukcesu|ukończenia|ukonczenia)|warunki (?:akceptacji|odbioru|satysfakcji)|definicja (?:ukończenia|ukonczenia|gotowości|zrobionego)|testy akceptacyjne|(?:gotowe|zrobione|ukończone),? (?:gdy|kiedy|jeśli)",
        "check": r"jak (?:przetestować|testować|sprawdzić|zweryfikować)|(?:przypadki|scenariusze|plan) test(?:owe|ów|owy)|weryfikacja",
        "steps": r"kroki(?: (?:do (?:reprodukcji|odtworzenia|powtórzenia)|reprodukcji|odtworzenia)(?: (?:błędu|problemu))?)?|jak (?:odtworzyć|powtórzyć|zreprodukować).{0,20}|reprodukcja|odtworzenie(?: błędu)?",
        "expected": r"(?:oczekiwan[yea]|spodziewan[yea]|pożądan[yea]|prawidłow[yea]) (?:rezultat|wynik|zachowanie|efekt)|oczekiwania|co powinno się (?:stać|wydarzyć)",
        "actual": r"(?:aktualn[yea]|obecn[yea]|rzeczywist[yea]|faktyczn[yea]|otrzyman[yea]) (?:rezultat|wynik|zachowanie|efekt)|co się dzieje.{0,20}|komunikat(?:y)? (?:o )?błęd(?:u|zie)",
        "value": r"cel(?:e)?|wartość(?: biznesowa)?|dlaczego|po co|uzasadnienie|motywacja|korzyści",
        "requirements": r"wymagania(?: (?:funkcjonalne|biznesowe|techniczne))?|reguły biznesowe|ograniczenia",
        "questions": r"(?:otwarte )?(?:pytania|kwestie)(?: otwarte)?|do (?:ustalenia|wyjaśnienia|decyzji)",
        "environment": r"środowisko|wersj[ae]|przeglądarka|urządzenie",
        "tasks": r"zadania|podzadania|do zrobienia|implementacja|realizacja",
        "context": r"opis(?: (?:problemu|błędu))?|kontekst|podsumowanie|tło|szczegóły",
        "notes": r"uwagi|notatki|komentarze",
        "evidence": r"zrzuty(?: ekranu)?|załączniki|logi",
        "design": r"projekt(?: graficzny)?|makiety",
        "dependencies": r"zależności|warunki wstępne",
        "story": r"historyjka(?: użytkownika)?|historia użytkownika",
        "scope": r"(?:poza )?zakres(?:em)?",
    },
    story=StoryForm(
        keywords=("jako",),
        role=r"jako ",
        wants=r"(?:chc[eę]|chcemy|chcia[lł]a?bym|potrzebuj[eę]|potrzebujemy|mog[eę]|mo[zż]emy|musz[eę]|musimy|powinienem|powinnam)",
        benefits=r"aby[mś]?|[zż]eby[mś]?|po to|dzi[eę]ki temu|poniewa[zż]",
        not_openers=r"(?:że|iż|przykład|wynik|rozwiązanie|taki)\b.*",
    ),
    scenario=(r"zak[lł]adaj[aą]c|maj[aą]c|przy za[lł]o[zż]eniu", r"gdy|kiedy|je[sś]li|je[zż]eli", r"wtedy|w[oó]wczas"),
    fillers=r"do (?:uzupełnienia|ustalenia|określenia|wypełnienia|zdefiniowania)",
    done_when=r"(?:jest )?(?:gotowe|zrobione|ukończone|zakończone),? (?:gdy|kiedy|jeśli)\b",
    nothing=r"brak|nie dotyczy|żadne|nic",
    pointers=r"(?:patrz|zob(?:acz|\.)) (?:wyżej|powyżej|niżej|poniżej|opis|kryteria.{0,20}|komentarz(?:e)?|załącznik)",
    undecided=r"do (?:ustalenia|wyjaśnienia|potwierdzenia)\b|nie (?:wiadomo|jest jasne|jestem pew(?:ien|na))|musimy (?:zdecydować|ustalić|wyjaśnić)\b",
    should=r"powin(?:ien|na|no|ny)\b",
    symptoms=r"błąd|nie działa|zawiesza|nieprawidłow",
    criterion=r"ka",
    leads=r"(?:musi|muszą|powinien|powinna|powinno|powinny)",
    numbered=r"kryterium|warunek|krok|scenariusz|wymaganie|punkt",
    vague=r"(?:wszystko )?działa(?: (?:poprawnie|prawidłowo|dobrze|zgodnie z oczekiwaniami))?|zgodnie z (?:oczekiwaniami|ustaleniami)|łatwe w użyciu|szybko|intuicyjne",
)
