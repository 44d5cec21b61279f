"""Norwegian (Bokmål): headings, the story sentence, bug sections."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

from rules.text.languages.language import Language
from rules.text.languages.sv import SCANDINAVIAN_STORY

NORWEGIAN = Language(
    code="nb",
    often_ascii=False,
    roles={
        "acceptance": r"(?:akseptanse|aksept|godkjennings|suksess)-? ?(?:kriteri(?:er|um|ene)|krav|vilk[aå]r|tester?)|kriterier for (?:aksept|akseptanse|godkjenning)|ferdig n[aå]r|definisjon (?:av|p[aå]) ferdig",
        "check": r"(?:hvordan|slik) (?:teste|testes det|tester (?:man|du)(?: det)?|verifisere)|test(?:tilfeller|steg|plan|scenarioer|instruksjoner)|verifisering",
        "steps": r"(?:steg|trinn|fremgangsm[aå]te)(?: for (?:[aå] )?(?:gjenskape|reprodusere|reproduksjon)(?: (?:feilen|problemet))?)?|reproduksjon(?:ssteg)?|slik gjenskapes (?:feilen|problemet)|gjenskape",
        "expected": r"(?:forvente(?:t|de)|[oø]nske(?:t|de)|korrekt) (?:resultat|oppf[oø]rsel|adferd|utfall)|forventet|hva (?:burde|skulle) (?:ha )?skje(?:dd)?",
        "actual": r"(?:faktisk(?:e)?|reel(?:t|le)|n[aå]v[aæ]rende|observert) (?:resultat|oppf[oø]rsel|adferd|utfall)|hva (?:som )?skjer.{0,20}|feilmelding(?:er)?",
        "value": r"m[aå]l|form[aå]l|verdi|hvorfor|begrunnelse|gevinst|nytte",
        "requirements": r"(?:funksjonelle |tekniske )?krav|forretningsregler|begrensninger",
        "questions": r"(?:[aå]pne )?(?:sp[oø]rsm[aå]l|punkter)|m[aå] (?:avklares|besluttes)",
        "environment": r"milj[oø]|versjon(?:er)?|nettleser|enhet",
        "tasks": r"oppgaver|deloppgaver|implementering|gjennomf[oø]ring",
        "context": r"beskrivelse|bakgrunn|oppsummering|sammendrag|problem(?:beskrivelse)?|detaljer|kontekst",
        "notes": r"notater|merknader|kommentarer",
        "evidence": r"skjermbilde(?:r)?|vedlegg|logger",
        "design": r"skisser?",
        "dependencies": r"avhengigheter|forutsetninger",
        "story": r"bruker(?:historie|fortelling)",
        "scope": r"(?:utenfor )?(?:omfang|avgrensning)",
    },
    story=SCANDINAVIAN_STORY,
    scenario=(r"gitt(?: at)?", r"n[aå]r", r"s[aå]"),
    fillers=r"(?:m[aå] |skal )?(?:fylles ut|defineres|avklares)(?: senere)?|kommer",
    done_when=r"(?:den er |det er )?ferdig n[aå]r\b",
    nothing=r"ingen|ingenting|ikke relevant|ikke aktuelt",
    pointers=r"se (?:over|under|ovenfor|nedenfor|beskrivelse(?:n)?|akseptansekriterier|kommentar(?:er)?|vedlegg|tittel)",
    undecided=r"m[aå] (?:avklares|besluttes)\b|(?:uklart|ikke avklart)\b|vi m[aå] (?:beslutte|avklare|bestemme)\b",
    should=r"burde\b",
    symptoms=r"fungerer ikke|virker ikke|krasjer|feiler|mangler",
    criterion=r"ak",
    leads=r"(?:skal|b[oø]r|m[aå])",
    numbered=r"kriterium|vilk[aå]r|trinn|steg|scenario|krav|punkt",
    vague=r"(?:alt |det |den )?(?:virker|fungerer)(?: (?:fint|riktig|som (?:forventet|det skal|[oø]nsket)))?|som (?:forventet|[oø]nsket|avtalt)|brukervennlig|rask(?:t)?",
)
