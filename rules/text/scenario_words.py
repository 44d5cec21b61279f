"""Words by which a scenario is recognised: what people do with a program, who does it, and when.

English, with the words for "when" and for persons of the other languages; the logic is in `scenario`.
"""

import re


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _forms(verbs: frozenset[str]) -> frozenset[str]:
    """The verbs with their endings: "copy", "copies", "copied", "copying"."""
    forms = set(verbs)
    for verb in verbs:
        stem = verb.removesuffix("e")
        forms |= {f"{verb}s", f"{stem}ed", f"{stem}ing", f"{stem}es"}
        if re.search(r"[^aeiou][aeiou][bdgmnpt]$", verb):
            forms |= {f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"}
        if verb.endswith("y"):
            forms |= {f"{verb[:-1]}ies", f"{verb[:-1]}ied"}
    return frozenset(forms)


WHEN = _set("""
    when whenever if after once while upon anytime wenn sobald nachdem beim lorsque quand cuando quando wanneer als
""")
WITH_ACTION = WHEN | _set("by on before during for from without")
"""Words in front of an action: "when saving", "by clicking"."""
SOMEBODY = _set("i we you one someone somebody anyone ich man je on ik")
I_OR_YOU = frozenset(("i", "you", "i'm", "i've", "i’m", "i’ve"))
PERSONS = _set("""
    user users customer customers admin admins visitor visitors client clients developer developers student students
    volunteer volunteers member members people editor editors benutzer nutzer utilisateur usuario gebruiker
""")
EVENTS = _set("""
    selection click tap press launch start startup load reload rotation submit hover scroll swipe resume login logout
    save close open refresh focus blur resize
""")
"""What happens in a program because somebody acts: "on selection", "on first load"."""
PASSIVE = _set("is are was were gets being")
STATES = _set("am are is was were want wanted need needed know")
"""After a person, these are not an action: "if you want ..."."""
NO_ACTION = _set("""
    being having nothing something anything everything thing things following warning string during according including
    missing existing looking seeing working thinking considering regarding assuming depending fixing implementing
    getting resulting causing making leading showing giving saying throwing returning meaning heading
    morning meeting testing king ring spring bring
""")
"""Words in "-ing" that are not an action of somebody."""
TRIES = _set("""
    click press tap open launch select scroll run try log login sign go visit drag swipe type enter build start install
    navigate choose hover resize rotate compile boot restart browse execute deploy
""")
"""What somebody does who wants to see a defect."""
ABROAD = _set("""
    öffne öffnen klicke klicken drücke drücken wähle wählen entferne entfernen starte melde tippe gehe füge gib lege
    lösche
    ouvrez ouvrir ouvre cliquez cliquer clique appuyez appuyer supprimez supprimer ajoutez ajouter choisissez choisir
    saisissez saisir lancez lancer allez connectez
    abra abrir abre haga pulse pulsar quite quitar elija elegir añada añadir borre borrar inicie iniciar vaya escriba
    clicar remova remover adicione adicionar escolha
    klik kies verwijder druk voeg apri clicca premi scegli rimuovi aggiungi
""")
"""What one does to see a defect, in other languages: German, French, Spanish, Portuguese, Dutch, Italian."""
AT_THE_END = _set("""
    öffnen klicken anklicken drücken wählen auswählen entfernen hinzufügen starten eingeben anmelden abmelden einloggen
    ausloggen aufrufen speichern schließen löschen ausführen eintippen scrollen wechseln bestätigen abschicken absenden
    anlegen einfügen laden navigieren markieren
    openen klikken kiezen toevoegen verwijderen opslaan sluiten indrukken invullen
""")
"""What one does to see a defect, where the verb comes last: German and Dutch."""
NO_STEP = _set("""
    kann können könnte soll sollen sollte muss müssen möchte will darf werden wird wurde lässt nicht kein keine zu beim
    kan kunnen moet moeten wil niet geen te wordt worden
""")
"""With one of these, such a line says something else: "Man kann den Korb nicht öffnen"."""
STEPS = (
    TRIES
    | ABROAD
    | _set("""
    load upload download send import export play plug unplug edit attempt sort search upgrade uninstall insert invite
    create delete remove close save resume pause invoke rename paste reload refresh restore pick expand collapse connect
    disconnect clone commit push toggle view mount fold stop drop hit put set get scan zoom swap submit copy switch
    write fetch wait observe notice add change use make have attach define
""")
)
ACTIONS = _forms(STEPS) | _set("ran went wrote got began chose found took made had left")
DONE = frozenset(word for word in ACTIONS if word.endswith("ed")) | _set(
    "set put sent made built run written given used"
)
AFTER_NOUN = _set("""
    is are was were does has had fails failed should will would can cannot doesn't isn't of crashes returns works stops
""")
"""After one of these the first word is a noun: "search returns nothing", "build fails"."""
CONTROLS = _set("""
    button buttons tab tabs menu checkbox dropdown dialog link screen window page icon field modal popup keyboard mouse
""")
EXAMPLES = _set("example instance case scenario steps")
SAMPLES = _set("""
    following below attached sample example code script command stream snippet test configuration config query
    definition
""")
OUTPUTS = _set("error errors exception exceptions traceback trace message messages log logs output warning")
WISHES = _set("should shouldn't would could may might must needs need")
EXPLANATIONS = _set("""
    because therefore think believe guess suspect suspected probably caused cause reason assume assuming due root
""")
WORK = _set("""
    pr commit merge codebase implementation implement implemented implementing refactor refactoring class method
    function patch fix fixed branch master release ticket issue story support feature introduced changed regression
""")
WE = _set("we we've we're")
BACK = _set("this it that there these they")
REPRODUCE = _set("reproduce replicate recreate see")
"""Behind "to" at the beginning of a sentence, one of these leads to an action: "to see it, open ..."."""
OPENERS = _set("then and now first next just simply please so also but or")
DETERMINERS = _set("a an the any some my our new your this that it to on in up out into from off back over")
ARTICLES = _set("a an the")
