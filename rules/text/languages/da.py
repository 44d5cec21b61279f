"""Danish: headings, the story sentence, bug sections."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

from rules.text.languages.language import Language
from rules.text.languages.sv import SCANDINAVIAN_STORY

DANISH = Language(
    code="da",
    often_ascii=False,
    roles={
        "acceptance": r"(?:accept|acceptance?|godkendelses|succes)-? ?(?:kriteri(?:er|um|erne)|betingelser|krav|tests?)|kriterier for (?:accept|godkendelse)|f[aæ]rdig n[aå]r|definition (?:af|p[aå]) f[aæ]rdig",
        "check": r"(?:hvordan|s[aå]dan) (?:testes (?:det|den)|tester (?:man|du)(?: det)?|verificeres det)|test(?:tilf[aæ]lde|cases|trin|plan|scenarier|vejledning)|verifikation|verificering",
        "steps": r"(?:trin|skridt|fremgangsm[aå]de)(?: (?:til|for) (?:at )?(?:genskab(?:e|else)|reproduk(?:tion|cere)|reproducere|gentage)(?: (?:fejlen|problemet))?)?|reproduktion(?:strin)?|s[aå]dan genskabes (?:fejlen|problemet)|genskabelse",
        "expected": r"(?:forvente(?:t|de)|[oø]nske(?:t|de)|korrekt) (?:resultat|adf[aæ]rd|opf[oø]rsel|udfald)|forventet|hvad (?:burde|skulle) (?:der )?ske",
        "actual": r"(?:faktisk(?:e)?|reel(?:t|le)|nuv[aæ]rende|aktuel(?:t|le)|observeret) (?:resultat|adf[aæ]rd|opf[oø]rsel|udfald)|hvad (?:der )?sker(?: der)?.{0,20}|fejlmeddelelse(?:r)?",
        "value": r"m[aå]l|form[aå]l|v[aæ]rdi|hvorfor|begrundelse|gevinst",
        "requirements": r"(?:funktionelle |tekniske )?krav|forretningsregler|begr[aæ]nsninger",
        "questions": r"(?:[aå]bne )?(?:sp[oø]rgsm[aå]l|punkter)|skal (?:afklares|besluttes)",
        "environment": r"milj[oø]|version(?:er)?|enhed",
        "tasks": r"opgaver|delopgaver|implementering|udf[oø]relse",
        "context": r"beskrivelse|baggrund|opsummering|resum[eé]|problem(?:beskrivelse)?|detaljer|kontekst",
        "notes": r"noter|bem[aæ]rkninger|kommentarer",
        "evidence": r"sk[aæ]rmbillede(?:r)?|bilag|logfiler",
        "design": r"skitser?",
        "dependencies": r"afh[aæ]ngigheder|foruds[aæ]tninger",
        "story": r"bruger(?:historie|fort[aæ]lling)",
        "scope": r"(?:uden for )?(?:omfang|afgr[aæ]nsning)",
    },
    story=SCANDINAVIAN_STORY,
    scenario=(r"givet(?: at)?", r"n[aå]r", r"s[aå]"),
    fillers=r"(?:skal )?(?:udfyldes|defineres|afklares)(?: senere)?|f[oø]lger",
    done_when=r"(?:den er |det er )?(?:f[aæ]rdig|f[aæ]rdigt) n[aå]r\b",
    nothing=r"ingen|intet|ikke relevant",
    pointers=r"se (?:ovenfor|nedenfor|beskrivelse(?:n)?|acceptkriterier|kommentar(?:er)?|bilag|titel)",
    undecided=r"skal (?:afklares|besluttes)\b|(?:uklart|ikke afklaret)\b|vi (?:skal|m[aå]) (?:beslutte|afklare)\b",
    should=r"burde\b",
    symptoms=r"virker ikke|fejler|forkert|mangler",
    criterion=r"ak",
    leads=r"(?:skal|b[oø]r|m[aå])",
    numbered=r"kriterium|betingelse|trin|scenarie|krav|punkt",
    vague=r"(?:alt |det |den )?(?:virker|fungerer)(?: (?:fint|korrekt|som (?:forventet|det skal|[oø]nsket)))?|som (?:forventet|[oø]nsket|aftalt)|brugervenlig(?:t)?|hurtig(?:t)?",
)
