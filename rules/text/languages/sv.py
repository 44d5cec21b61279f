"""Swedish: headings, the story sentence, bug sections."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

from rules.text.languages.language import Language, StoryForm

# Swedish, Danish and Norwegian open the sentence alike and differ in a few letters.
SCANDINAVIAN_STORY = StoryForm(
    keywords=("som",),
    role=r"som (?:en |ett |et |ei )?",
    wants=r"(?:vill?|beh[oö]ver|beh[oø]ver|kan|[oöø]nskar|[oø]nsker|m[aå](?:ste)?|skall?|ska|skulle vilja|trenger|har brug for)",
    benefits=r"f[oö]r att|for at|for [aå]|s[aå](?: att?|ledes at)?|slik at|eftersom|fordi",
    not_openers=r"(?:exempel|eksempel|resultat|alternativ|det|en del|om|vi|jag|jeg|man|regel|f[oö]ljd|f[oø]lge)\b.*",
)

SWEDISH = Language(
    code="sv",
    often_ascii=False,
    roles={
        "acceptance": r"(?:acceptans|godk[aä]nnande|framg[aå]ngs)(?:kriteri(?:er|um|erna)|villkor|krav|tester?)|acceptans|kriterier f[oö]r (?:godk[aä]nnande|acceptans)|klar(?:t)? n[aä]r|definition (?:av|p[aå]) klart?",
        "check": r"(?:hur|s[aå]) (?:man )?(?:testar(?: man)?|testas det|verifierar(?: man)?)|test(?:fall|scenari(?:er|on)|steg|plan|instruktioner)|verifiering",
        "steps": r"(?:steg|instruktioner)(?: f[oö]r att (?:[aå]terskapa|reproducera)(?: (?:felet|problemet|buggen))?)?|reproduktion(?:ssteg)?|[aå]terskapa|s[aå] (?:[aå]terskapar|reproducerar) (?:man|du).{0,20}",
        "expected": r"(?:f[oö]rv[aä]nta(?:t|de)|[oö]nska(?:t|de)|korrekt) (?:resultat|beteende|utfall)|f[oö]rv[aä]ntat|vad (?:borde|skulle) (?:h[aä]nda|ha h[aä]nt)",
        "actual": r"(?:faktisk(?:t|a)|verklig(?:t|a)|nuvarande|observerat) (?:resultat|beteende|utfall)|vad h[aä]nder.{0,20}|felmeddelande(?:n)?",
        "value": r"m[aå]l|syfte|v[aä]rde|nytta|varf[oö]r|motivering|aff[aä]rsnytta",
        "requirements": r"(?:funktionella |tekniska )?krav|aff[aä]rsregler|begr[aä]nsningar",
        "questions": r"(?:[oö]ppna )?(?:fr[aå]gor|punkter)|att (?:besluta|klarg[oö]ra)",
        "environment": r"milj[oö]|version(?:er)?|webbl[aä]sare|enhet",
        "tasks": r"uppgifter|deluppgifter|att g[oö]ra|genomf[oö]rande|implementering",
        "context": r"beskrivning|bakgrund|sammanfattning|problem(?:beskrivning)?|detaljer|kontext",
        "notes": r"anteckningar|anm[aä]rkningar|kommentarer|[oö]vrigt",
        "evidence": r"sk[aä]rm(?:bilder|dumpar|bild)|bilagor|loggar",
        "design": r"skisser?",
        "dependencies": r"beroenden|f[oö]ruts[aä]ttningar",
        "story": r"anv[aä]ndar(?:ber[aä]ttelse|historia)",
        "scope": r"(?:utanf[oö]r )?(?:omfattning(?:en)?|omf[aå]ng)|avgr[aä]nsning(?:ar)?",
    },
    story=SCANDINAVIAN_STORY,
    scenario=(r"givet(?: att)?", r"n[aä]r", r"s[aå]"),
    fillers=r"att (?:definiera|fylla i|best[aä]mma|komplettera)|fylls i senare|kommer senare",
    done_when=r"(?:det [aä]r |den [aä]r )?(?:klar|klart|f[aä]rdig|f[aä]rdigt) n[aä]r\b",
    nothing=r"inga?|inget|ej till[aä]mpligt|ingenting",
    pointers=r"se (?:ovan|nedan|beskrivning(?:en)?|acceptanskriterier|kommentar(?:er)?|bilaga|titel)",
    undecided=r"att (?:besluta|best[aä]mma|klarg[oö]ra)\b|(?:oklart|inte klart)\b|vi (?:m[aå]ste|beh[oö]ver) (?:besluta|best[aä]mma|reda ut)\b",
    should=r"borde\b",
    symptoms=r"fungerar inte|kraschar|felaktig|saknas",
    criterion=r"ak",
    leads=r"(?:ska|skall|m[aå]ste|b[oö]r)",
    numbered=r"kriterium|villkor|steg|scenario|krav|punkt",
    vague=r"(?:allt |det )?fungerar(?: (?:bra|korrekt|som (?:f[oö]rv[aä]ntat|det ska|[oö]nskat)))?|som (?:f[oö]rv[aä]ntat|[oö]nskat|[oö]verenskommet)|anv[aä]ndarv[aä]nlig(?:t)?|snabb(?:t)?",
)
