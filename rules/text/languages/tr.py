"""Turkish: headings, the story sentence, bug sections."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

from rules.text.languages.language import Language, StoryForm

TURKISH = Language(
    code="tr",
    often_ascii=False,
    roles={
        "acceptance": r"(?:kabul|onay|ba[sş]ar[iı]|tamamlanma) (?:kriter(?:ler)?i|ko[sş]ul(?:lar)?[iı]|[oö]l[cç][uü]t(?:ler)?i|[sş]artlar[iı]|testleri)|(?:bitti|tamamland[iı]) tan[iı]m[iı]",
        "check": r"nas[iı]l test edilir|test (?:senaryolar[iı]|ad[iı]mlar[iı]|plan[iı]|durumlar[iı])|do[gğ]rulama",
        "steps": r"(?:hatay[iı] )?(?:yeniden [uü]retme|tekrarlama|olu[sş]turma|[uü]retme) ad[iı]mlar[iı]|ad[iı]mlar|nas[iı]l (?:yeniden )?(?:[uü]retilir|tekrarlan[iı]r|olu[sş]ur).{0,20}",
        "expected": r"(?:beklenen|istenen|do[gğ]ru) (?:sonu[cç]|davran[iı][sş]|durum)|beklenti|ne olmal[iı](?:yd[iı])?",
        "actual": r"(?:ger[cç]ekle[sş]en|ger[cç]ek|mevcut|g[oö]zlenen|olu[sş]an) (?:sonu[cç]|davran[iı][sş]|durum)|ne oluyor.{0,20}|hata mesaj[iı]",
        "value": r"ama[cç]|hedef(?:ler)?|de[gğ]er|fayda|neden|gerek[cç]e|motivasyon",
        "requirements": r"(?:fonksiyonel |i[sş]levsel |teknik )?gereksinimler|i[sş] kurallar[iı]|k[iı]s[iı]tlar",
        "questions": r"(?:a[cç][iı]k )?(?:sorular|konular)|karar verilecekler|netle[sş]tirilecekler",
        "environment": r"ortam|s[uü]r[uü]m|versiyon|taray[iı]c[iı]|cihaz",
        "tasks": r"g[oö]revler|alt g[oö]revler|yap[iı]lacaklar|uygulama|geli[sş]tirme",
        "context": r"a[cç][iı]klama|tan[iı]m|ba[gğ]lam|[oö]zet|sorun|detaylar|arka plan",
        "notes": r"notlar|yorumlar",
        "evidence": r"ekran g[oö]r[uü]nt[uü](?:s[uü]|leri)|ekler|loglar|kay[iı]tlar",
        "design": r"tasar[iı]m(?:lar)?",
        "dependencies": r"ba[gğ][iı]ml[iı]l[iı]klar|[oö]n ko[sş]ullar",
        "story": r"kullan[iı]c[iı] hik[aâ]yesi",
        "scope": r"kapsam(?: d[iı][sş][iı])?",
    },
    story=StoryForm(
        keywords=("olarak",),
        role=r"(?!)",
        wants=r"(?!)",
        benefits=r"b[oö]ylece|[cç][uü]nk[uü]|bu sayede|sayesinde",
        whole=r"(?:^|[.:!?]\s)(?:bir )?(?P<role>[^\W\d_][\w ]{2,40}?) olarak,?\s+(?P<want>[^.\n]*?(?:istiyorum|istiyoruz|isterim|isteriz|ihtiyac[iı]m var|gerekiyor|bilmeliyim|ebilmeliyim|abilmeliyim))",
    ),
    scenario=(r"diyelim ki|varsayal[iı]m(?: ki)?", r"e[gğ]er(?: ki)?|ne zaman", r"o zaman"),
    fillers=r"(?:daha sonra )?(?:doldurulacak|belirlenecek|eklenecek|tan[iı]mlanacak)",
    done_when=r"(?!)",
    nothing=r"yok|hi[cç]biri|ge[cç]erli de[gğ]il",
    pointers=r"(?:bkz\.?|bak[iı]n[iı]z) (?:yukar[iı]|a[sş]a[gğ][iı]|a[cç][iı]klama|kabul.{0,20}|yorum(?:lar)?|ek)",
    undecided=r"(?:belirlenecek|netle[sş]tirilecek|karar verilecek)\b|net de[gğ]il\b",
    should=r"olmal[iı]\b",
    symptoms=r"hata\b|[cç]al[iı][sş]m[iı]yor|[cç][oö]k[uü]yor|yanl[iı][sş]",
    criterion=r"kk",
    numbered=r"kriter|ko[sş]ul|ad[iı]m|senaryo|gereksinim|madde",
    vague=r"(?:her [sş]ey )?(?:d[uü]zg[uü]n |do[gğ]ru |beklendi[gğ]i gibi )?[cç]al[iı][sş][iı](?:r|yor|yor olmal[iı])|kullan[iı]c[iı] dostu|h[iı]zl[iı]",
)
