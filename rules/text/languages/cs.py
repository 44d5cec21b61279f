"""Czech: headings, the story sentence, bug sections."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

from rules.text.languages.language import Language, StoryForm

CZECH = Language(
    code="cs",
    often_ascii=False,
    roles={
        "acceptance": r"(?:akcepta[cč]n[ií]|p[rř]ej[ií]mac[ií]|schvalovac[ií]) (?:krit[eé]ri(?:a|um)|podm[ií]nky|testy)|krit[eé]ri(?:a|um) (?:akceptace|p[rř]ijet[ií]|[uú]sp[eě]chu|dokon[cč]en[ií])|podm[ií]nky (?:akceptace|p[rř]ijet[ií])|definice (?:hotov[eé]ho|dokon[cč]en[ií])|hotovo,? (?:kdy[zž]|pokud)",
        "check": r"jak (?:otestovat|testovat|ov[eě][rř]it)|testovac[ií] (?:p[rř][ií]pady|sc[eé]n[aá][rř]e|pl[aá]n)|ov[eě][rř]en[ií]",
        "steps": r"kroky(?: (?:k (?:reprodukci|zopakov[aá]n[ií]|vyvol[aá]n[ií])(?: (?:chyby|probl[eé]mu))?|pro reprodukci|reprodukce))?|postup(?: (?:k|pro) reprodukci)?|jak (?:reprodukovat|zopakovat|vyvolat).{0,20}|reprodukce",
        "expected": r"(?:o[cč]ek[aá]van[yýeé]|po[zž]adovan[yýeé]|spr[aá]vn[yýeé]) (?:v[yý]sledek|chov[aá]n[ií]|stav)|o[cč]ek[aá]v[aá]n[ií]|co se m[aá] st[aá]t",
        "actual": r"(?:skute[cč]n[yýeé]|aktu[aá]ln[ií]|sou[cč]asn[yýeé]|pozorovan[yýeé]) (?:v[yý]sledek|chov[aá]n[ií]|stav)|co se (?:stalo|d[eě]je).{0,20}|chybov(?:[aá] hl[aá][sš]ka|[eé] hl[aá][sš]en[ií])",
        "value": r"c[ií]l(?:e)?|p[rř][ií]nos|hodnota|pro[cč]|d[uů]vod|motivace|[uú][cč]el",
        "requirements": r"(?:funk[cč]n[ií] |technick[eé] )?po[zž]adavky|omezen[ií]",
        "questions": r"(?:otev[rř]en[eé] )?(?:ot[aá]zky|body)|k (?:dohodnut[ií]|rozhodnut[ií]|vyjasn[eě]n[ií])",
        "environment": r"prost[rř]ed[ií]|verze|prohl[ií][zž]e[cč]|za[rř][ií]zen[ií]",
        "tasks": r"[uú]koly|implementace|realizace",
        "context": r"popis(?: (?:probl[eé]mu|chyby))?|kontext|souhrn|pozad[ií]|podrobnosti",
        "notes": r"pozn[aá]mky|koment[aá][rř]e",
        "evidence": r"sn[ií]mky(?: obrazovky)?|p[rř][ií]lohy|z[aá]znamy",
        "design": r"n[aá]vrh|grafika",
        "dependencies": r"z[aá]vislosti|p[rř]edpoklady",
        "story": r"u[zž]ivatelsk[yý] p[rř][ií]b[eě]h",
        "scope": r"(?:mimo )?rozsah",
    },
    story=StoryForm(
        keywords=("jako",),
        role=r"jako ",
        wants=r"(?:chci|chceme|cht[eě]l[ai]? bych|pot[rř]ebuji|pot[rř]ebuju|pot[rř]ebujeme|mohu|m[uů][zž]u|m[uů][zž]eme|mus[ií]m)",
        benefits=r"abych(?:om)?|aby|proto[zž]e|d[ií]ky tomu",
    ),
    scenario=(r"pokud|za p[rř]edpokladu|d[aá]no", r"kdy[zž]", r"pak|potom"),
    fillers=r"(?:bude )?(?:dopln[eě]no|upřesněno)|k dopln[eě]n[ií]|doplnit",
    done_when=r"(?:je )?(?:hotovo|dokon[cč]eno),? (?:kdy[zž]|pokud)\b",
    nothing=r"[zž][aá]dn[eéáý]|nen[ií]|netýká se|nic",
    pointers=r"viz (?:v[yý][sš]e|n[ií][zž]e|popis|krit[eé]ria.{0,20}|koment[aá][rř]e?|p[rř][ií]loha)",
    undecided=r"k (?:dohodnut[ií]|rozhodnut[ií]|vyjasn[eě]n[ií])\b|nen[ií] jasn[eé]\b|mus[ií]me (?:rozhodnout|vyjasnit)\b",
    should=r"m[eě]l[aoy]? by\b",
    symptoms=r"chyba|nefunguje|pad[aá]\b|[sš]patn[eěyý]",
    criterion=r"ak",
    leads=r"(?:mus[ií]|m[eě]l[aoy]? by)",
    numbered=r"krit[eé]rium|podm[ií]nka|krok|sc[eé]n[aá][rř]|po[zž]adavek|bod",
    vague=r"(?:v[sš]e |v[sš]echno )?funguje(?: (?:spr[aá]vn[eě]|dob[rř]e|podle o[cč]ek[aá]v[aá]n[ií]))?|podle (?:o[cč]ek[aá]v[aá]n[ií]|dohody|p[rř][aá]n[ií])|rychl[eéyý]|intuitivn[ií]",
)
