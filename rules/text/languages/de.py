"""German: headings, the story sentence, bug sections."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

from rules.text.languages.language import Language, StoryForm

GERMAN = Language(
    code="de",
    roles={
        "acceptance": (
            r"(?:fachliche |technische )?akzeptanz(?:kriteri(?:en|um)|bedingung(?:en)?|tests?)?|abnahme(?:kriteri(?:en|um)|bedingung(?:en)?|tests?)?"
            r"|annahmekriterien|definition of done|dod|fertig,? wenn|erledigt,? wenn|erfolgskriteri(?:en|um)|testkriterien|ak"
        ),
        "check": r"test(?:f[aä]lle?|szenari(?:o|en)|schritte|plan|hinweise)|wie (?:zu )?testen|so (?:wird|kann) getestet(?: werden)?|pr[uü]fung|[uü]berpr[uü]fung",
        "steps": (
            r"(?:schritte|anleitung|vorgehen) (?:zur|zum|f[uü]r die|um das problem zu) (?:reproduktion|reproduzieren|nachstellen|nachvollziehen)"
            r"|reproduktion(?:sschritte)?|reproduzier(?:en|bar(?:keit)?)|schritte|(?:so )?nachstellen|wie nachstellen|reproschritte|ablauf"
        ),
        "expected": r"(?:erwartet(?:es|er)?|gew[uü]nschtes|korrektes|richtiges) (?:verhalten|ergebnis|resultat)|erwartung|erwartet|soll(?:-?(?:verhalten|zustand|ergebnis))?|was sollte passieren",
        "actual": r"(?:tats[aä]chliches|aktuelles|beobachtetes|falsches) (?:verhalten|ergebnis|resultat)|tats[aä]chlich|ist(?:-?(?:verhalten|zustand|ergebnis))|fehler(?:meldung|bild|beschreibung)?|was passiert(?: stattdessen)?",
        "value": r"ziel(?:e|setzung)?|nutzen|mehrwert|warum|motivation|zweck|hintergrund und ziel|gesch[aä]ftswert",
        "requirements": r"(?:fachliche |technische )?anforderungen|vorgaben|rahmenbedingungen",
        "questions": r"(?:offene )?(?:fragen|punkte)|zu kl[aä]ren|kl[aä]rungsbedarf|noch offen",
        "environment": r"umgebung|(?:betroffene )?version(?:en)?|system|browser|ger[aä]t",
        "tasks": r"aufgaben|(?:technische )?umsetzung|teilaufgaben|to-?dos?|vorgehensweise|n[aä]chste schritte",
        "context": r"beschreibung|hintergrund|kontext|ausgangslage|zusammenfassung|problem(?:beschreibung)?|details",
        "notes": r"hinweise?|anmerkung(?:en)?|notizen|bemerkung(?:en)?",
        "evidence": r"screenshots?|anh[aä]nge?|protokoll|logs?",
        "design": r"entw[uü]rfe|design|mockups?",
        "dependencies": r"abh[aä]ngigkeiten|voraussetzung(?:en)?",
        "story": r"(?:user ?story|anwendergeschichte|nutzergeschichte)",
        "scope": r"(?:nicht )?(?:im )?umfang|abgrenzung",
    },
    story=StoryForm(
        keywords=("als",),
        role=r"als (?:eine?[rn]? )?",
        wants=r"(?:m[oö]chte|m[oö]chten|will|wollen|kann|k[oö]nnen|brauche|ben[oö]tige|muss|m[uü]ssen|soll|sollen|sollte|w[uü]rde|h[aä]tte|w[uü]nsche|erwarte|darf)",
        benefits=r"damit|um|sodass|so dass|weil",
        not_roles=r"(?:ergebnis|folge|beispiel|n[aä]chstes|erstes|workaround|l[oö]sung|hinweis|alternative|test|ob|wenn|auch)",
        not_openers=r"(?:ergebnis|folge|beispiel|n[aä]chstes|erstes|workaround|l[oö]sung|hinweis|alternative|test|ob|wenn|auch)\b.*",
    ),
    scenario=(r"angenommen|gegeben(?: sei(?:en)?)?", r"wenn", r"dann"),
    numbered=r"(?:akzeptanz|abnahme)?kriteri(?:um|en)|bedingung|schritt|szenario|anforderung|punkt|fall|aufgabe|frage|beispiel",
    criterion=r"ak|(?:akzeptanz|abnahme)?kriterium",
    leads=r"(?:soll|sollen|sollte|sollten|muss|m[uü]ssen|darf|d[uü]rfen|kann|k[oö]nnen)(?: folgendes| folgende (?:punkte|bedingungen|kriterien) erf[uü]llen)?|folgende (?:bedingungen|kriterien|punkte) (?:sind|m[uü]ssen) erf[uü]llt(?: sein| werden)?|folgendes (?:gilt|muss gelten)",
    vague=r"(?:es |das |alles |die (?:funktion|seite|anwendung|app) )?(?:funktioniert|l[aä]uft|geht|klappt|passt)(?: (?:alles|gut|richtig|korrekt|fehlerfrei|einwandfrei|wie (?:gew[uü]nscht|erwartet|besprochen|vorher|geplant|vereinbart)))*|wie (?:gew[uü]nscht|besprochen|erwartet|vereinbart|abgesprochen|geplant|[uü]blich|beschrieben)|(?:ist )?(?:benutzer|anwender|nutzer)freundlich|(?:ist )?(?:schnell|intuitiv|einfach(?: zu bedienen)?|performant|sch[oö]n|modern|stabil|gut)|keine (?:fehler|bugs|probleme)|alles (?:ok|gut|in ordnung)",
    fillers=r"(?:noch )?(?:offen|zu (?:definieren|kl[aä]ren|erg[aä]nzen)|auszuf[uü]llen)|folgt(?: noch)?|kommt noch|wird (?:noch )?(?:erg[aä]nzt|nachgereicht)",
    done_when=r"(?:das |die story |es )?(?:ist )?(?:fertig|erledigt|abgeschlossen)(?: ist (?:das|es|die story|die aufgabe))?,? (?:wenn|sobald)\b",
    nothing=r"keine?|entf[aä]llt|nicht (?:relevant|n[oö]tig|zutreffend)|nichts",
    pointers=r"siehe (?:oben|unten|beschreibung|titel|kommentare?|anhang|akzeptanzkriterien)|s\. ?[oau]\.?",
    undecided=r"(?:noch )?(?:zu kl[aä]ren|offene frage)\b|(?:noch )?(?:unklar|ungekl[aä]rt)\b|m[uü]ssen (?:wir )?(?:noch )?(?:kl[aä]ren|entscheiden)\b|noch (?:nicht )?(?:abzustimmen|entschieden|offen)\b",
    should=r"sollte(?:n)?\b|erwartet wird\b",
    symptoms=r"fehler|funktioniert nicht|st[uü]rzt|absturz|falsch|fehlt\b|defekt|h[aä]ngt\b|geht nicht|nicht m[oö]glich",
)
