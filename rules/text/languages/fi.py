"""Finnish: headings, the story sentence, bug sections."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

from rules.text.languages.language import Language, StoryForm

FINNISH = Language(
    code="fi",
    often_ascii=False,
    roles={
        "acceptance": r"hyv[aä]ksy(?:mis|nt[aä])-? ?(?:kriteeri(?:t|[aä])?|ehdot|ehto|vaatimukset|testit)|onnistumis(?:kriteerit|ehdot)|valmiin m[aä][aä]ritelm[aä]|valmis,? kun",
        "check": r"(?:miten|kuinka|n[aä]in) test(?:ataan|aa|ata)(?: t[aä]m[aä])?|testi?(?:tapaukset|suunnitelma|ohjeet|vaiheet|skenaariot)|testaus(?:ohjeet|suunnitelma)?|todentaminen|varmennus",
        "steps": r"(?:vaiheet|askeleet|ohjeet)(?: (?:virheen |ongelman )?(?:toistamiseen|toistamiseksi|toistoon))?|toisto(?:vaiheet|ohje|ohjeet)|miten (?:virhe|ongelma) (?:toistetaan|toistuu)|toistaminen",
        "expected": r"(?:odotettu|toivottu|oikea) (?:tulos|toiminta|lopputulos|k[aä]ytt[aä]ytyminen)|odotettu|mit[aä] (?:pit[aä]isi|olisi pit[aä]nyt) tapahtua",
        "actual": r"(?:todellinen|nykyinen|havaittu|toteutunut) (?:tulos|toiminta|lopputulos|k[aä]ytt[aä]ytyminen)|mit[aä] tapahtuu.{0,20}|virheilmoitus|virheilmoitukset",
        "value": r"tavoite|tavoitteet|tarkoitus|arvo|hy[oö]ty|hy[oö]dyt|miksi|perustelu(?:t)?",
        "requirements": r"(?:toiminnalliset |tekniset )?vaatimukset|liiketoimintas[aä][aä]nn[oö]t|rajoitukset",
        "questions": r"(?:avoimet )?(?:kysymykset|asiat)|p[aä][aä]tett[aä]v[aä][aä]|selvitett[aä]v[aä][aä]",
        "environment": r"ymp[aä]rist[oö]|versio(?:t)?|selain|laite",
        "tasks": r"teht[aä]v[aä]t|alateht[aä]v[aä]t|toteutus",
        "context": r"kuvaus|tausta|yhteenveto|ongelma|lis[aä]tiedot|tiivistelm[aä]",
        "notes": r"huomiot|huomautukset|muistiinpanot|kommentit",
        "evidence": r"kuvakaappaukset|n[aä]ytt[oö]kuvat|liitteet|lokit",
        "design": r"suunnitelma|luonnokset",
        "dependencies": r"riippuvuudet|edellytykset|esiehdot",
        "story": r"k[aä]ytt[aä]j[aä]tarina",
        "scope": r"(?:rajaus|rajaukset|laajuus)",
    },
    story=StoryForm(
        keywords=("halua", "tarvitse", "voin"),
        role=r"(?!)",
        wants=r"(?!)",
        benefits=r"jotta|koska|niin ett[aä]",
        whole=r"(?:^|[.:!?]\s)(?P<role>[^\W\d_][\w -]{2,40}n[aä]),?\s+(?:min[aä] |me )?(?:haluan|haluamme|haluaisin|tarvitsen|tarvitsemme|voin|voimme)\b(?P<want>[^.,\n]+)",
    ),
    scenario=(r"oletetaan(?: ett[aä])?", r"kun", r"niin"),
    fillers=r"(?:t[aä]ydennet[aä][aä]n|m[aä][aä]ritell[aä][aä]n)(?: my[oö]hemmin)?|t[aä]ydennett[aä]v[aä]",
    done_when=r"(?:se on |t[aä]m[aä] on )?valmis,? kun\b",
    nothing=r"ei (?:mit[aä][aä]n|ole|sovellu)|ei",
    pointers=r"(?:ks\.?|katso) (?:yll[aä]|alla|kuvaus|hyv[aä]ksymiskriteerit|kommentit?|liite|otsikko)",
    undecided=r"(?:p[aä][aä]tett[aä]v[aä]|selvitett[aä]v[aä])\b|(?:ep[aä]selv[aä][aä]|ei ole selv[aä][aä])\b",
    should=r"pit[aä]isi\b",
    symptoms=r"ei toimi|kaatuu|virheellinen|puuttuu",
    criterion=r"hk",
    leads=r"(?:pit[aä][aä]|t[aä]ytyy|tulee)",
    numbered=r"kriteeri|ehto|vaihe|askel|skenaario|vaatimus|kohta",
    vague=r"(?:kaikki )?toimii(?: (?:hyvin|oikein|kuten (?:odotettu|pit[aä][aä]|toivottu)))?|kuten (?:sovittu|odotettu|toivottu)|helppok[aä]ytt[oö]inen|nopea(?:sti)?",
)
