"""Italian: headings, the story sentence, bug sections."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

from rules.text.languages.language import Language, StoryForm

ITALIAN = Language(
    code="it",
    roles={
        "acceptance": r"criteri(?:o)? (?:di |d['’] ?)(?:accettazione|accettabilit[aà]|successo|completamento|validazione)|condizioni (?:di accettazione|di soddisfazione)|definizione di (?:fatto|completato|finito)|test di accettazione|(?:fatto|finito|completato) (?:quando|se)",
        "check": r"come (?:testare|verificare|provare)|(?:piano|casi|caso|scenari) di (?:test|prova)|verifica|collaudo",
        "steps": r"passi(?:\w*)?(?: (?:per (?:riprodurre|la riproduzione)|di riproduzione|da seguire)(?: (?:il problema|l['’]errore|il bug))?)?|passaggi(?: per (?:riprodurre|la riproduzione).{0,20})?|come riprodurre.{0,20}|riproduzione|per riprodurre.{0,20}",
        "expected": r"(?:risultat[oi]|comportament[oi]) (?:attes[oi]|previst[oi]|desiderat[oi]|corrett[oi])|atteso|cosa (?:dovrebbe|doveva) succedere",
        "actual": r"(?:risultat[oi]|comportament[oi]) (?:attual[ei]|effettiv[oi]|ottenut[oi]|osservat[oi]|real[ei])|ottenuto|cosa succede.{0,20}|messaggi[o]? di errore",
        "value": r"obiettiv[oi]|valore(?: di business)?|perch[eé]|motivazione|scopo|benefici[o]?",
        "requirements": r"requisiti(?: (?:funzionali|tecnici))?|regole di business|vincoli",
        "questions": r"(?:domande|punti|questioni)(?: (?:apert[ei]|in sospeso))?|da (?:definire|decidere|chiarire)",
        "environment": r"ambiente|version[ei]|piattaforma",
        "tasks": r"attivit[aà]|sotto-?attivit[aà]|implementazione|da fare|compiti",
        "context": r"descrizione|contesto|riepilogo|sommario|problema|dettagli",
        "notes": r"annotazioni|osservazioni|commenti",
        "evidence": r"schermate|allegati|registri",
        "design": r"bozzett[oi]|progettazione grafica",
        "dependencies": r"dipendenze|prerequisiti|precondizioni",
        "story": r"storia(?: utente)?",
        "scope": r"(?:fuori )?(?:ambito|perimetro)",
    },
    story=StoryForm(
        keywords=("come", "in qualità"),
        role=r"(?:come|in qualit[aà] di) (?:una? |uno |un['’] ?|il |la |l['’])?",
        wants=r"(?:voglio|vogliamo|vorrei|vorremmo|desidero|desideriamo|posso|possiamo|ho bisogno|devo|dobbiamo|possa|mi serve)",
        benefits=r"in modo (?:da|che|tale)|cos[iì] (?:da|che)|affinch[eé]|al fine di|perch[eé]|per poter|per",
        not_openers=r"(?:risultato|esempio|alternativa|soluzione|sempre|si|se|parte|nota|mai|da)\b.*",
    ),
    scenario=(r"dat[aoei] (?:che|una?|il|la|lo|i|gli|le|l)", r"quando", r"allora"),
    fillers=r"da (?:definire|completare|compilare|confermare|determinare)|in sospeso",
    done_when=r"(?:[eè] )?(?:fatto|finito|completato|concluso) (?:quando|se)\b",
    nothing=r"nessun[oa]?|niente|nulla|non applicabile",
    pointers=r"vedi (?:sopra|sotto|descrizione|criteri.{0,20}|commenti?|allegat[oi]|titolo)",
    undecided=r"da (?:definire|decidere|chiarire|confermare)\b|non (?:[eè] chiaro|sono sicur[oa])|dobbiamo (?:decidere|definire|chiarire)\b",
    should=r"dovrebb(?:e|ero)\b|ci si aspetta\b",
    symptoms=r"errore|non funziona|si blocca|sbagliat[oa]|mancante",
    criterion=r"ca",
    leads=r"(?:deve|devono|dovrebbe|dovrebbero)(?: poter)?",
    numbered=r"criterio|condizione|passo|scenario|requisito|punto",
    vague=r"(?:tutto )?funziona(?: (?:tutto|correttamente|bene|come (?:previsto|desiderato|richiesto)))?|come (?:previsto|desiderato|richiesto|discusso)|facile da usare|veloce|intuitivo",
)
