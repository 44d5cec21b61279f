"""French: headings, the story sentence, bug sections."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

from rules.text.languages.language import Language, StoryForm

FRENCH = Language(
    code="fr",
    roles={
        "acceptance": r"crit[eè]res? (?:d['’ ]\s?acceptation|d['’ ]\s?acceptance|de (?:validation|r[eé]ussite|succ[eè]s|recette))|conditions? (?:d['’]acceptation|de satisfaction|de validation)|d[eé]finition (?:de|du) (?:termin[eé]|fini)|tests? d['’]acceptation",
        "check": r"comment (?:tester|v[eé]rifier|valider)|(?:plan|cas|sc[eé]narios?) de tests?|recette|v[eé]rification",
        "steps": r"(?:[eé]tapes|marche [aà] suivre|proc[eé]dure|sc[eé]nario) (?:de reproduction|pour reproduire(?: (?:le|l['’]) ?(?:probl[eè]me|bug|anomalie|erreur))?|[aà] reproduire)|reproduction|comment reproduire(?: .{0,30})?|pour reproduire|[eé]tapes",
        "expected": r"(?:r[eé]sultats?|comportements?) (?:attendus?|souhait[eé]s?|d[eé]sir[eé]s?|corrects?)|attendu|ce qui (?:devrait|est attendu).{0,30}",
        "actual": r"(?:r[eé]sultats?|comportements?) (?:obtenus?|actuels?|constat[eé]s?|observ[eé]s?|r[eé]els?)|obtenu|constat[eé]?|ce qui se passe.{0,20}|messages? d['’]erreur",
        "value": r"(?:but|objectifs?|pourquoi|b[eé]n[eé]fices?|valeur(?: m[eé]tier)?|motivation|finalit[eé])",
        "requirements": r"exigences?|besoins?|r[eè]gles (?:m[eé]tier|de gestion)",
        "questions": r"questions?(?: (?:ouvertes?|en suspens))?|points? (?:ouverts?|[aà] (?:clarifier|d[eé]cider))|[aà] (?:d[eé]finir|clarifier|d[eé]cider)",
        "environment": r"environnement|versions?|navigateur|plateforme",
        "tasks": r"t[aâ]ches|sous-t[aâ]ches|mise en [oœ]+e?uvre|[aà] faire|impl[eé]mentation",
        "context": r"description|contexte|r[eé]sum[eé]|probl[eè]me|d[eé]tails",
        "notes": r"notes?|remarques?|commentaires?",
        "evidence": r"captures? d['’][eé]cran|journaux|pi[eè]ces? jointes?",
        "design": r"maquettes?",
        "dependencies": r"d[eé]pendances|pr[eé]-?requis",
        "story": r"(?:user story|r[eé]cit utilisateur|histoire utilisateur)",
        "scope": r"(?:hors )?p[eé]rim[eè]tre",
    },
    story=StoryForm(
        keywords=("en tant",),
        role=r"en tant (?:que |qu['’] ?)(?:une? |le |la |l['’])?",
        wants=r"(?:veux|veut|voulons|souhaite|souhaitons|voudrais|voudrions|peux|peut|pouvons|dois|doit|devons|aimerais|aimerions|besoin|d[eé]sire|puisse|pouvoir|puis|devrais|pourrai[st]?)",
        benefits=r"afin (?:de|d['’]|que|qu['’])|pour (?:que |pouvoir |[a-zé]+er\b|[a-zé]+ir\b)|pour|parce qu[e'’]|de (?:sorte|mani[eè]re|fa[cç]on) (?:que|[aà])",
    ),
    scenario=(r"[eé]tant donn[eé]e?s?|soit", r"quand|lorsqu(?:e|['’])", r"alors"),
    numbered=r"crit[eè]re|condition|[eé]tape|sc[eé]nario|exigence|point|t[aâ]che|cas",
    criterion=r"ca|crit[eè]re(?: d['’]acceptation)?",
    leads=r"(?:doit|doivent|devrait|devraient)(?: pouvoir)?|il faut(?: que)?|les (?:conditions|points|crit[eè]res) suivants? (?:sont|doivent [eê]tre) (?:remplis|respect[eé]s|satisfaits)",
    vague=r"(?:[cç]a |tout |cela |la fonction(?:nalit[eé])? )?(?:marche|fonctionne)(?: (?:bien|correctement|comme (?:pr[eé]vu|souhait[eé]|attendu|avant)))?|comme (?:pr[eé]vu|souhait[eé]|attendu|convenu|discut[eé])|(?:est )?(?:convivial|intuitif|rapide|simple|facile [aà] utiliser|performant|ergonomique)|aucune? (?:erreur|bug)",
    fillers=r"[aà] (?:d[eé]finir|compl[eé]ter|remplir|pr[eé]ciser|venir|faire|d[eé]terminer)",
    done_when=r"(?:c'est |la t[aâ]che est )?(?:termin[eé]e?|finie?) (?:quand|lorsque|si)\b",
    nothing=r"aucune?s?|sans objet|rien|n[eé]ant|non applicable|s\.?o\.?",
    pointers=r"voir (?:ci-dessus|ci-dessous|plus haut|description|crit[eè]res.{0,20}|commentaires?|pi[eè]ce jointe|titre)",
    undecided=r"[aà] (?:d[eé]finir|clarifier|d[eé]cider|confirmer|valider)\b|pas (?:encore )?(?:s[uû]r|clair|d[eé]cid[eé])|question ouverte",
    should=r"devrai(?:t|ent)\b|on s['’]attend\b|attendu\b",
    symptoms=r"erreur|plante|ne (?:fonctionne|marche|s['’]affiche) pas|impossible|incorrect|manquant|bug|bogue|bloqu[eé]",
)
