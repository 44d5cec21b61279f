"""Dutch: headings, the story sentence, bug sections."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

from rules.text.languages.language import Language, StoryForm

DUTCH = Language(
    code="nl",
    roles={
        "acceptance": r"acceptatie(?:criteri(?:a|um)|voorwaarden?|tests?|eisen)?|acceptatie criteri(?:a|um)|definition of done|definitie van (?:klaar|gereed)|(?:klaar|gereed) (?:als|wanneer)|succescriteria",
        "check": r"test(?:gevallen|scenario['’]?s|stappen|plan|instructies)|hoe te testen|zo test je (?:dit|het)|verificatie",
        "steps": r"stappen(?:plan)?(?: (?:om (?:te reproduceren|(?:het|dit)(?: probleem)? te reproduceren|na te bootsen)|voor reproductie|ter reproductie))?|reproductie(?:stappen|pad)?|hoe te reproduceren|te reproduceren(?: door)?",
        "expected": r"(?:verwacht(?:e)?|gewenst(?:e)?|correct(?:e)?) (?:resultaat|gedrag|uitkomst)|verwacht(?:ing)?|wat zou er moeten gebeuren",
        "actual": r"(?:werkelijk|feitelijk|huidig|daadwerkelijk|waargenomen)e? (?:resultaat|gedrag|uitkomst)|wat (?:er )?gebeurt(?: er)?.{0,20}|foutmelding(?:en)?",
        "value": r"doel(?:stelling)?(?:en)?|waarde|waarom|nut|motivatie|businesswaarde",
        "requirements": r"(?:functionele |technische )?eisen|randvoorwaarden|business ?rules",
        "questions": r"(?:open(?:staande)? )?(?:vragen|punten)|nog te (?:bepalen|beslissen|bespreken)",
        "environment": r"omgeving|versies?|browser|apparaat|platform",
        "tasks": r"taken|subtaken|te doen|implementatie|technische uitwerking",
        "context": r"omschrijving|beschrijving|achtergrond|context|samenvatting|probleem(?:omschrijving)?|details",
        "notes": r"opmerking(?:en)?|notities|aantekeningen",
        "evidence": r"schermafbeelding(?:en)?|screenshots?|logs?|bijlagen?",
        "design": r"ontwerp(?:en)?|schermontwerp",
        "dependencies": r"afhankelijkheden|randvoorwaarden|vereisten",
        "story": r"(?:user ?story|gebruikersverhaal)",
        "scope": r"(?:buiten )?(?:de )?scope",
    },
    story=StoryForm(
        keywords=("als",),
        role=r"als (?:een )?",
        wants=r"(?:wil|willen|kan|kunnen|moet|moeten|zou|zouden|wens|heb|wenst|mag)",
        benefits=r"zodat|om|omdat|opdat",
        not_roles=r"(?:gevolg|voorbeeld|resultaat|oplossing|alternatief|test|het|je|we|ik|dit|dat|er|de|deze)",
        not_openers=r"(?:gevolg|voorbeeld|resultaat|oplossing|alternatief|test|het|je|we|ik|dit|dat|er|de|deze)\b.*",
    ),
    scenario=(r"gegeven|stel(?: dat)?", r"als|wanneer", r"dan"),
    numbered=r"(?:acceptatie)?criterium|voorwaarde|stap|scenario|eis|punt|taak",
    criterion=r"ac|acceptatiecriterium|criterium",
    leads=r"(?:moet|moeten|zou moeten|zouden moeten|dient|dienen)(?: het volgende)?",
    vague=r"(?:het |alles |de (?:functie|pagina|app) )?werkt(?: (?:goed|correct|naar behoren|zoals (?:verwacht|gewenst|bedoeld|voorheen)))?|zoals (?:verwacht|gewenst|besproken|afgesproken|gebruikelijk)|(?:is )?(?:gebruiksvriendelijk|snel|intu[iï]tief|eenvoudig|makkelijk(?: te gebruiken)?)|geen fouten",
    fillers=r"nog (?:te (?:bepalen|doen|defini[eë]ren|bespreken)|in te vullen|aan te vullen)|in te vullen|volgt(?: nog)?",
    done_when=r"(?:het is |dit is )?(?:klaar|gereed|af) (?:als|wanneer|zodra)\b",
    nothing=r"geen|niets|niet van toepassing|n\.?v\.?t\.?",
    pointers=r"zie (?:boven|onder|hierboven|hieronder|omschrijving|beschrijving|acceptatiecriteria|opmerkingen|bijlage|titel)",
    undecided=r"nog te (?:bepalen|beslissen|bespreken|bevestigen)\b|(?:nog )?(?:onduidelijk|niet duidelijk|onbekend of)\b|we moeten (?:nog )?(?:beslissen|bepalen|afstemmen)\b",
    should=r"zou(?:den)? moeten\b|hoort te\b|verwacht wordt\b",
    symptoms=r"fout(?:melding)?\b|werkt niet|crasht|loopt vast|ontbreekt|onjuist|kapot",
)
