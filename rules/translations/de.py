"""German. Advice is in the infinitive, which avoids both "du" and "Sie"; words are those of a German Jira."""

from rules.wording import Translation

GERMAN = Translation(
    code="de",
    decimal_sign=",",
    quotes=("„", "“"),
    parts={
        "comment": {
            "Released by the Product Owner: nothing needs to be prepared here.": (
                "Vom Product Owner aus dem Backlog genommen: hier ist nichts vorzubereiten."
            ),
            "Ready: everything required is there.": "Bereit: Alles Nötige ist vorhanden.",
            "Not ready: {reasons}.": "Nicht bereit: {reasons}.",
            "Not ready, but accepted: {reasons}.": "Nicht bereit, aber akzeptiert: {reasons}.",
            "Nothing to fix yet. To fix before its sprint: {reasons}.": (
                "Noch nichts zu tun. Vor dem Sprint zu beheben: {reasons}."
            ),
            "{count} more": "{count} weitere",
            "failed check: {check}": "nicht bestandene Prüfung: {check}",
            "Smallest fix: {hint}": "Kleinste Korrektur: {hint}",
            "Same cause: {findings}.": "Gleiche Ursache: {findings}.",
            "More findings follow once these are fixed.": "Weitere Befunde folgen, sobald diese behoben sind.",
            "… and {count} more.": "… und {count} weitere.",
            "{count:check|checks} passed": "{count:Prüfung|Prüfungen} bestanden",
            "Details": "Details",
            "readyline updates this comment.": "readyline aktualisiert diesen Kommentar.",
            "To accept a finding for some time, comment: {how} (RULE is the name in brackets).": (
                "Um einen Befund für eine gewisse Zeit zu akzeptieren, kommentieren: {how} "
                "(RULE ist der Name in Klammern)."
            ),
            "To opt out, add the label {label}.": "Zum Abschalten das Label {label} hinzufügen.",
            "To opt out, comment {how} or add the label {label}.": (
                "Zum Abschalten {how} kommentieren oder das Label {label} hinzufügen."
            ),
        },
        "commands": {
            "Checked again for {who}, asked {at} UTC.": "Erneut geprüft für {who}, Anfrage vom {at} UTC.",
            "{who} waived {rule} until {until}: {reason}": "{who} hat {rule} bis {until} akzeptiert: {reason}",
            "{who} accepted {sprint!q}.": "{who} hat {sprint!q} akzeptiert.",
            "{who} accepted the next sprint of {team}, which is not in the tracker yet.": (
                "{who} hat den nächsten Sprint von {team} akzeptiert; er ist noch nicht angelegt."
            ),
            "The issue moves there.": "Der Vorgang wird dorthin verschoben.",
            "The issue is moved once the sprint is there.": ("Der Vorgang wird verschoben, sobald es den Sprint gibt."),
            'Nothing is moved, because [write_back] sprints is "off".': (
                "Nichts wird verschoben, weil [write_back] sprints auf „off“ steht."
            ),
            "Nothing is moved, because [write_back] enabled is false.": (
                "Es wird nichts verschoben, weil [write_back] enabled false ist."
            ),
            'Nothing is moved, because [write_back] sprints is "propose".': (
                "Nichts wird verschoben, weil [write_back] sprints auf „propose“ steht."
            ),
            "{who} rejected {sprint!q} for {team}: {reason}.": "{who} hat {sprint!q} für {team} abgelehnt: {reason}.",
            "acknowledge changes of scope": "scope",
            "promise a sprint": "promise",
            "{who} promised this issue for {sprint!q}.": "{who} hat diesen Vorgang für {sprint!q} zugesagt.",
            "{who}, {team} has no open sprint, so nothing was promised.": (
                "{who}, {team} hat keinen offenen Sprint, daher wurde nichts zugesagt."
            ),
            "{who}, {team} has no open sprint {name!q}, so nothing was promised; its sprints are {sprints}.": (
                "{who}, {team} hat keinen offenen Sprint {name!q}, daher wurde nichts zugesagt; "
                "die Sprints sind {sprints}."
            ),
            "{who} acknowledged that this issue was added to {sprint!q}.": (
                "{who} hat bestätigt, dass dieser Vorgang zu {sprint!q} hinzukam."
            ),
            "{who} acknowledged that this issue was removed from {sprint!q}.": (
                "{who} hat bestätigt, dass dieser Vorgang aus {sprint!q} entfernt wurde."
            ),
            "{who}, this issue changed the scope of no running sprint, so nothing was acknowledged.": (
                "{who}, dieser Vorgang hat den Umfang keines laufenden Sprints geändert, daher wurde nichts bestätigt."
            ),
            "{who} gave this issue to {team}.": "{who} hat diesen Vorgang {team} gegeben.",
            "a rejection needs a reason; write: {how}": "eine Ablehnung braucht einen Grund; richtig ist: {how}",
            "there is no team {name!q}; the teams are {teams}": "es gibt kein Team {name!q}; die Teams sind {teams}",
            "{who}, this issue is not proposed for one team, so nothing was rejected; write: {how}": (
                "{who}, dieser Vorgang ist nicht für ein Team vorgeschlagen, daher wurde nichts abgelehnt; "
                "richtig ist: {how}"
            ),
            "{who}, {team} has no future sprint, so nothing was rejected.": (
                "{who}, {team} hat keinen künftigen Sprint, daher wurde nichts abgelehnt."
            ),
            "choose the team": "team",
            "{who}, this issue is not proposed for a sprint, so nothing was accepted.": (
                "{who}, dieser Vorgang ist für keinen Sprint vorgeschlagen, daher wurde nichts akzeptiert."
            ),
            "you cannot {verb} here": "/ready {verb} ist hier nicht möglich",
            "only {person} can {verb} here": "/ready {verb} ist hier nur für {person} möglich",
            "only {people} and {last} can {verb} here": "/ready {verb} ist hier nur für {people} und {last} möglich",
            "only {people} and {count:other|others} can {verb} here": (
                "/ready {verb} ist hier nur für {people} und {count:weitere Person|weitere Personen} möglich"
            ),
            "this waiver cannot be read; write: {how}": "der Befehl ist nicht lesbar; richtig ist: {how}",
            "there is no rule '{rule}'; write: {how}": "es gibt keine Regel „{rule}“; richtig ist: {how}",
            "there is no day {day}; write: {how}": "es gibt keinen Tag {day}; richtig ist: {how}",
            "{day} is over; write: {how}": "{day} ist vorbei; richtig ist: {how}",
            "{who}, {rule} does not fail on this issue, so nothing was waived.": (
                "{who}, {rule} schlägt bei diesem Vorgang nicht fehl, daher wurde nichts akzeptiert."
            ),
            "{who}, there is no command {word!q}; the commands are {commands}.": (
                "{who}, es gibt keinen Befehl {word!q}; die Befehle sind {commands}."
            ),
            "keep readyline away": "hands-off",
            "let readyline write": "hands-on",
            "{who} wants nothing to be written here until /ready hands-on.": (
                "{who} möchte, dass hier bis /ready hands-on nichts geschrieben wird."
            ),
            "{who} lets readyline write here again.": "{who} lässt readyline hier wieder schreiben.",
            "The label {label} is still there: remove it, too.": (
                "Das Label {label} ist noch da: bitte ebenfalls entfernen."
            ),
            "{who} keeps this issue. The question comes again after {day}.": (
                "{who} behält diesen Vorgang. Die Frage kommt nach dem {day} wieder."
            ),
            "{who} released this issue: {reason}.": "{who} nimmt diesen Vorgang aus dem Backlog: {reason}.",
            "It stays open, with the label {label}, until a person closes it; {how} takes the label away.": (
                "Er bleibt mit dem Label {label} offen, bis ihn jemand schließt; {how} entfernt das Label."
            ),
            "It stays open until a person closes it; [write_back] labels is false, so it gets no label.": (
                "Er bleibt offen, bis ihn jemand schließt; ohne Label, weil [write_back] labels auf false steht."
            ),
            "this command cannot be read; write: {how}": "der Befehl hat eine andere Form; richtig ist: {how}",
            "a release needs a reason; write: {how}": "der Befehl braucht einen Grund; richtig ist: {how}",
            "this issue is in a sprint; move it to the backlog first": (
                "dieser Vorgang ist in einem Sprint; zuerst zurück in den Backlog verschieben"
            ),
        },
        "planning": {
            "The Product Owner released it: {reason}.": (
                "Der Product Owner nimmt den Vorgang aus dem Backlog: {reason}."
            ),
            "Accepted though not ready: {reasons}": "Akzeptiert, obwohl nicht bereit: {reasons}",
            "Not due yet: {reasons}.": "Noch nicht fällig: {reasons}.",
            "Already in {sprint!q}.": "Bereits in {sprint!q}.",
            "Already in sprint {id}.": "Bereits im Sprint {id}.",
            "Epics are not planned themselves; their issues are.": (
                "Epics werden nicht selbst geplant, sondern ihre Vorgänge."
            ),
            "Not planned itself; the issues below it are.": (
                "Wird nicht selbst geplant, sondern die Vorgänge darunter."
            ),
            "Planned with its parent.": "Wird mit dem übergeordneten Vorgang geplant.",
            "Planned with its parent {issue}.": "Wird mit dem übergeordneten Vorgang {issue} geplant.",
            "The label {label!q} says that it will not be done this time. Remove it to plan it.": (
                "Das Label {label!q} besagt, dass der Vorgang diesmal nicht umgesetzt wird. "
                "Zum Einplanen das Label entfernen."
            ),
            "Not evaluated.": "Nicht bewertet.",
            "Ready, but no estimate: it cannot be compared with the capacity.": (
                "Bereit, aber ohne Schätzung: ein Vergleich mit der Kapazität ist nicht möglich."
            ),
            "No team yet: it has no component.": "Noch kein Team: Der Vorgang hat keine Komponente.",
            "No team yet: no team takes {components!q: and }.": (
                "Noch kein Team: Kein Team übernimmt {components!q: und }."
            ),
            "Set a component or label that a team takes.": (
                "Eine Komponente oder ein Label setzen, das ein Team übernimmt."
            ),
            "Set a component or label that a team takes ({names}).": (
                "Eine Komponente oder ein Label setzen, das ein Team übernimmt ({names})."
            ),
            "The points of {teams} are unknown: no closed sprints, no points_per_day.": (
                "Die Punkte von {teams} sind unbekannt: keine abgeschlossenen Sprints, kein points_per_day."
            ),
            "The velocity of {teams} is unknown: no closed sprints.": (
                "Die Velocity von {teams} ist unbekannt: keine abgeschlossenen Sprints."
            ),
            "{count:point|points}": "{count:Punkt|Punkte}",
            "{count:hour|hours}": "{count:Stunde|Stunden}",
            "{count:issue|issues}": "{count:Vorgang|Vorgänge}",
            "{count:ready point|ready points}": "{count:bereiter Punkt|bereite Punkte}",
            "{count:ready hour|ready hours}": "{count:bereite Stunde|bereite Stunden}",
            "{count:ready issue|ready issues}": "{count:bereiter Vorgang|bereite Vorgänge}",
            "Too big: {size}; the largest sprint of its teams has {limit} ({team}).": (
                "Zu groß: {size}; der größte Sprint der möglichen Teams hat {limit} ({team})."
            ),
            "A person took it out of {sprints: and }.": "Eine Person hat den Vorgang aus {sprints: und } entfernt.",
            "its next sprint": "dem nächsten Sprint",
            "Depends on {issue}, planned in {planned}: not done before {sprint} ({team}).": (
                "Abhängig von {issue}, geplant in {planned}: nicht fertig vor {sprint} ({team})."
            ),
            "Circular dependency: {chain}. Remove or reverse one link.": (
                "Zirkuläre Abhängigkeit: {chain}. Eine Verknüpfung entfernen oder umkehren."
            ),
            "Depends on {chain}: {why}": "Abhängig von {chain}: {why}",
            "Depends on {chain}, which is not planned yet.": "Abhängig von {chain}, was noch nicht geplant ist.",
            "{count:sprint|sprints} away.": "{count:Sprint|Sprints} entfernt.",
            "{count:week|weeks} away.": "{count:Woche|Wochen} entfernt.",
            "Ranked above it for {team}: {ready}; {sprint} takes {limit}.": (
                "Mit höherem Rang für {team}: {ready}; Platz in {sprint}: {limit}."
            ),
            "Ranked above it for {team}: {ready}; {sprint} takes {limit}, and has {load} already.": (
                "Mit höherem Rang für {team}: {ready}; Platz in {sprint}: {limit}, davon schon belegt: {load}."
            ),
            "Does not fit: needs {needed}, {left} left, {missing} missing.": (
                "Passt nicht: braucht {needed}, noch {left} frei, es fehlen {missing}."
            ),
            "Does not fit: needs {needed}, left: {parts}; at least {missing} missing.": (
                "Passt nicht: braucht {needed}, noch frei: {parts}; es fehlen mindestens {missing}."
            ),
            "{amount} in {team}": "{amount} in {team}",
        },
        "described": {
            "description": "Beschreibung",
            "no description": "keine Beschreibung",
            "description too short": "Beschreibung zu kurz",
            "description repeats the title": "Beschreibung wiederholt den Titel",
            "The description only repeats the title.": "Die Beschreibung wiederholt nur den Titel.",
            "The description is missing.": "Die Beschreibung fehlt.",
            "Describe the situation, the wish and the reason.": "Ausgangslage, Wunsch und Grund beschreiben.",
            "The description is only {count:word|words} long (template text not counted).": (
                "Die Beschreibung hat nur {count:Wort|Wörter} (Text der Vorlage nicht mitgezählt)."
            ),
            "Describe the situation, the wish and the reason in {count:word|words} or more.": (
                "Ausgangslage, Wunsch und Grund in mindestens {count:Wort|Wörtern} beschreiben."
            ),
        },
        "titled": {
            "title": "Titel",
            "unclear title": "unklarer Titel",
            "title too short": "Titel zu kurz",
            "title too long": "Titel zu lang",
            "The title {title!q} does not say what changes.": "Der Titel {title!q} sagt nicht, was sich ändert.",
            "The title {title!q} is {count:word|words} long, fewer than {fewest}.": (
                "Der Titel {title!q} hat {count:Wort|Wörter}, weniger als {fewest}."
            ),
            "The title is {count:character|characters} long, more than {most}.": (
                "Der Titel ist {count:Zeichen|Zeichen} lang, mehr als {most}."
            ),
            "Say in 4 to 15 words what changes and for which users, or close the issue.": (
                "In 4 bis 15 Wörtern sagen, was sich für wen ändert, oder den Vorgang schließen."
            ),
            "Say in 4 to 15 words what changes and for which users.": (
                "In 4 bis 15 Wörtern sagen, was sich für wen ändert."
            ),
        },
        "placeholders": {
            "no placeholders": "keine Platzhalter",
            "unfilled template text": "nicht ausgefüllter Vorlagentext",
            "Template text is not filled in.": "Text der Vorlage ist nicht ausgefüllt.",
            "Template text is not filled in: {text!q}.": "Text der Vorlage ist nicht ausgefüllt: {text!q}.",
            "Fill in the template text, or delete it.": "Den Text der Vorlage ausfüllen oder löschen.",
        },
        "open_questions": {
            "no open questions": "keine offenen Fragen",
            "open question": "offene Frage",
            "marked as unclear": "als unklar markiert",
            "A question is open.": "Eine Frage ist offen.",
            "A question is open: {question!q}.": "Eine Frage ist offen: {question!q}.",
            "Answer the question in the text, or make it a spike.": (
                "Die Frage im Text beantworten oder einen Spike daraus machen."
            ),
            "The label {label!q} marks the issue as unclear.": "Das Label {label!q} markiert den Vorgang als unklar.",
            "Clear up what is unclear, then remove the label.": "Das Unklare klären, dann das Label entfernen.",
        },
        "story_form": {
            "story sentence": "Story-Satz",
            "no story sentence": "kein Story-Satz",
            "A sentence that says who wants what is missing.": "Ein Satz, der sagt, wer was möchte, fehlt.",
            'Add a sentence such as "As a ..., I want ... so that ...".': (
                "Einen Satz ergänzen wie „Als ... möchte ich ..., damit ...“."
            ),
        },
        "value_stated": {
            "reason": "Grund",
            "no reason given": "kein Grund angegeben",
            "The reason is missing.": "Der Grund fehlt.",
            'Add why it is wanted, for example "so that ...".': (
                "Ergänzen, warum es gewünscht ist, zum Beispiel „damit ...“."
            ),
        },
        "atomic": {
            "one wish per story": "ein Wunsch pro Story",
            "more than one wish": "mehr als ein Wunsch",
            "The story contains more than one wish: {wish!q}.": "Die Story enthält mehr als einen Wunsch: {wish!q}.",
            "Split it into one story per wish.": "In eine Story pro Wunsch aufteilen.",
        },
        "minimal": {
            "short story sentence": "kurzer Story-Satz",
            "extra text in story sentence": "zusätzlicher Text im Story-Satz",
            "The story sentence contains extra text: {extra!q}.": (
                "Der Story-Satz enthält zusätzlichen Text: {extra!q}."
            ),
            "Move the extra text to the description or the criteria.": (
                "Den zusätzlichen Text in die Beschreibung oder die Kriterien verschieben."
            ),
        },
        "unambiguous": {
            "no vague words": "keine vagen Wörter",
            "vague words": "vage Wörter",
            "{words!q} {words:is|are} vague.": "{words!q} {words:ist|sind} vage.",
            "Replace {words:it|them} with a number, a list or an example.": (
                "{words:Dieses Wort|Diese Wörter} durch eine Zahl, eine Liste oder ein Beispiel ersetzen."
            ),
        },
        "acceptance": {
            "acceptance criteria": "Akzeptanzkriterien",
            "no acceptance criteria": "keine Akzeptanzkriterien",
            "empty acceptance criteria": "leere Akzeptanzkriterien",
            "Acceptance criteria are missing.": "Akzeptanzkriterien fehlen.",
            "The acceptance criteria are only a picture.": "Die Akzeptanzkriterien sind nur ein Bild.",
            "Write two to seven testable criteria as text.": "Zwei bis sieben prüfbare Kriterien als Text schreiben.",
            "acceptance criteria only as a picture": "Akzeptanzkriterien nur als Bild",
            "The section for acceptance criteria is empty.": "Der Abschnitt für Akzeptanzkriterien ist leer.",
            "Add two to seven testable criteria.": "Zwei bis sieben prüfbare Kriterien ergänzen.",
            "Fill the section with two to seven testable criteria.": (
                "Den Abschnitt mit zwei bis sieben prüfbaren Kriterien füllen."
            ),
        },
        "testable": {
            "testable criteria": "prüfbare Kriterien",
            "no testable criterion": "kein prüfbares Kriterium",
            "a scenario without a result": "ein Szenario ohne Ergebnis",
            "The scenario {scenario!q} does not say what happens then.": (
                "Das Szenario {scenario!q} sagt nicht, was dann geschieht."
            ),
            'Add "Then" with the result that can be observed.': "„Dann“ mit dem beobachtbaren Ergebnis ergänzen.",
            "Testable criteria are missing: {criterion!q} is always met.": (
                "Prüfbare Kriterien fehlen: {criterion!q} ist immer erfüllt."
            ),
            "Say what can be observed: a number, a text or a condition.": (
                "Sagen, was sich beobachten lässt: eine Zahl, ein Text oder eine Bedingung."
            ),
        },
        "criteria_count": {
            "number of criteria": "Anzahl der Kriterien",
            "unusual number of criteria": "ungewöhnliche Anzahl von Kriterien",
            "too few criteria": "zu wenige Kriterien",
            "too many criteria": "zu viele Kriterien",
            "The story has only {count:criterion|criteria}, fewer than {fewest}.": (
                "Die Story hat nur {count:Kriterium|Kriterien}, weniger als {fewest}."
            ),
            "The story has {count:criterion|criteria}, more than {most}.": (
                "Die Story hat {count:Kriterium|Kriterien}, mehr als {most}."
            ),
            "Add what else must hold, for example when something goes wrong.": (
                "Ergänzen, was noch gelten muss, zum Beispiel im Fehlerfall."
            ),
            "Split the story along its criteria.": "Die Story entlang ihrer Kriterien aufteilen.",
        },
        "unhappy_path": {
            "failure case": "Fehlerfall",
            "no failure case": "kein Fehlerfall",
            "A criterion for a failure case is missing.": "Ein Kriterium für einen Fehlerfall fehlt.",
            "Add at least one case in which something goes wrong.": (
                "Mindestens einen Fall ergänzen, in dem etwas schiefgeht."
            ),
        },
        "measurable": {
            "measurable criteria": "messbare Kriterien",
            "criterion without a limit": "Kriterium ohne Grenzwert",
            "{word!q} has no limit in {criterion!q}.": "{word!q} hat keinen Grenzwert in {criterion!q}.",
            'Add a limit, for example "95 % under 300 ms", or name a standard.': (
                "Einen Grenzwert ergänzen, zum Beispiel „95 % unter 300 ms“, oder einen Standard nennen."
            ),
        },
        "estimated": {
            "estimate": "Schätzung",
            "no estimate": "keine Schätzung",
            "The estimate is missing.": "Die Schätzung fehlt.",
            "The estimate is missing, although its sprint is near.": (
                "Die Schätzung fehlt, obwohl der Sprint nahe ist."
            ),
            "The estimate is missing, although its start is near.": (
                "Die Schätzung fehlt, obwohl der Beginn nahe ist."
            ),
            "Estimate it in the next refinement.": "Im nächsten Refinement schätzen.",
        },
        "on_scale": {
            "estimate on the scale": "Schätzung auf der Skala",
            "estimate off the scale": "Schätzung nicht auf der Skala",
            "The estimate of {points:point|points} is not on the team's scale.": (
                "Die Schätzung von {points:Punkt|Punkten} steht nicht auf der Skala des Teams."
            ),
            "Change the estimate to {values: or }.": "Die Schätzung auf {values: oder } ändern.",
        },
        "blind_estimate": {
            "estimate based on criteria": "Schätzung auf Grundlage von Kriterien",
            "estimate without acceptance criteria": "Schätzung ohne Akzeptanzkriterien",
            "The estimate of {points:point|points} was made without acceptance criteria.": (
                "Die Schätzung von {points:Punkt|Punkten} entstand ohne Akzeptanzkriterien."
            ),
            "Estimate it again once the criteria are written.": (
                "Erneut schätzen, sobald die Kriterien geschrieben sind."
            ),
        },
        "small_enough": {
            "size": "Größe",
            "too big for one sprint": "zu groß für einen Sprint",
            "too big": "zu groß",
            "{share} % of the {velocity:point|points} that {team} finishes in {weeks:week|weeks}": (
                "{share} % von {velocity:Punkt|Punkten}, die {team} in {weeks:Woche|Wochen} abschließt"
            ),
            "The estimate of {points:point|points} is more than {limit}.": (
                "Die Schätzung von {points:Punkt|Punkten} ist höher als {limit}."
            ),
            "the limit of {points:point|points}": "die Grenze von {points:Punkt|Punkten}",
            "{share} % of the {velocity:point|points} that {team} finishes per sprint": (
                "{share} % von {velocity:Punkt|Punkten}, die {team} pro Sprint abschließt"
            ),
            "the strongest team": "das stärkste Team",
            "Split it, for example by component: {components}.": (
                "Aufteilen, zum Beispiel nach Komponente: {components}."
            ),
            "Split it by workflow step, business rule, data or interface.": (
                "Aufteilen nach Arbeitsschritt, Geschäftsregel, Daten oder Schnittstelle."
            ),
        },
        "hidden_epic": {
            "no hidden epic": "kein verstecktes Epic",
            "epic under another type": "Epic unter einem anderen Typ",
            "story": "Story",
            "task": "Aufgabe",
            "The {kind} has child issues: {issues}.": ("Der Vorgang ({kind}) hat untergeordnete Vorgänge: {issues}."),
            "The {kind} has {count:sub-task|sub-tasks}, more than {most}.": (
                "Der Vorgang ({kind}) hat {count:Unteraufgabe|Unteraufgaben}, mehr als {most}."
            ),
            "The description is {count:word|words} long, more than {most}.": (
                "Die Beschreibung hat {count:Wort|Wörter}, mehr als {most}."
            ),
            "Make the {kind} an epic, and its parts stories.": (
                "Aus dem Vorgang ({kind}) ein Epic machen und aus seinen Teilen Storys."
            ),
        },
        "detail_fits": {
            "detail fits the distance": "Detailgrad passt zur Entfernung",
            "detailed too early": "zu früh zu detailliert",
            "{count:sub-task|sub-tasks}": "{count:Unteraufgabe|Unteraufgaben}",
            "{count:criterion|criteria}": "{count:Kriterium|Kriterien}",
            "{count:word|words}": "{count:Wort|Wörter}",
            "The issue is {away:sprint|sprints} away but already has {what}, more than {most}.": (
                "Der Vorgang ist {away:Sprint|Sprints} entfernt, hat aber schon {what}, mehr als {most}."
            ),
            "Keep the goal, and add details when its sprint is near.": (
                "Das Ziel behalten und Details ergänzen, wenn der Sprint nahe ist."
            ),
        },
        "unblocked": {
            "no open blocker": "nicht blockiert",
            "blocked": "blockiert",
            "blocked by {issue}": "blockiert von {issue}",
            "blocked by {issue} and {more} more": "blockiert von {issue} und {more} weiteren",
            "flagged as impeded": "als blockiert gekennzeichnet",
            "The issue is flagged as impeded.": "Der Vorgang ist als blockiert gekennzeichnet.",
            "Remove the impediment, then the flag.": "Das Hindernis beseitigen, dann die Kennzeichnung entfernen.",
            "Blocked by {issues}, which {issues:is|are} neither done nor planned before this issue.": (
                "Blockiert von {issues}: weder fertig noch vor diesem Vorgang geplant."
            ),
            "Finish or plan {issues} first, or rank this issue below {issues:it|them}.": (
                "Zuerst {issues} abschließen oder planen, oder diesen Vorgang darunter einordnen."
            ),
        },
        "acyclic": {
            "no cycles": "keine Zyklen",
            "circular dependency": "zirkuläre Abhängigkeit",
            "Circular dependency: {cycle}.": "Zirkuläre Abhängigkeit: {cycle}.",
            "Remove or reverse one link.": "Eine Verknüpfung entfernen oder umkehren.",
        },
        "cross_team": {
            "Depends on {issues}, which {issues:is|are} neither planned nor promised in time.": (
                "Hängt ab von {issues}; {issues:das ist|diese sind} weder rechtzeitig geplant noch zugesagt."
            ),
            "dependencies on other teams": "Abhängigkeiten von anderen Teams",
            "unplanned dependency on another team": "ungeplante Abhängigkeit von einem anderen Team",
            "unplanned dependency on {issue}": "ungeplante Abhängigkeit von {issue}",
            "Depends on {issues}, which {issues:is|are} not planned yet.": (
                "Abhängig von {issues}: noch nicht geplant."
            ),
            "Agree with {team} on a sprint for {issue}.": "Mit {team} einen Sprint für {issue} vereinbaren.",
        },
        "independent": {
            "few dependencies": "wenige Abhängigkeiten",
            "too many dependencies": "zu viele Abhängigkeiten",
            "Depends on or blocks {count:open issue|open issues}, more than {most}: {issues}.": (
                "Abhängigkeiten zu {count:offenen Vorgang|offenen Vorgängen}, mehr als {most}: {issues}."
            ),
            "Split it so that most of it can be done independently.": (
                "So aufteilen, dass sich der größte Teil unabhängig umsetzen lässt."
            ),
        },
        "dependencies_linked": {
            "dependencies linked": "Abhängigkeiten verknüpft",
            "dependency without a link": "Abhängigkeit ohne Verknüpfung",
            "The text names a dependency on {issue}, but the link is missing.": (
                "Der Text nennt eine Abhängigkeit von {issue}, aber die Verknüpfung fehlt."
            ),
            'Link {issue} as "is blocked by".': "{issue} mit „wird blockiert von“ verknüpfen.",
        },
        "dependencies_named": {
            "dependencies stated": "Abhängigkeiten angegeben",
            "dependencies not stated": "Abhängigkeiten nicht angegeben",
            "Dependencies are neither linked nor mentioned in the text.": (
                "Abhängigkeiten sind weder verknüpft noch im Text erwähnt."
            ),
            'Link what it depends on, or write "no dependencies".': (
                "Verknüpfen, wovon der Vorgang abhängt, oder „keine Abhängigkeiten“ schreiben."
            ),
        },
        "duplicate": {
            "no duplicate": "kein Duplikat",
            "possible duplicate": "mögliches Duplikat",
            "possible duplicate of {issue}": "mögliches Duplikat von {issue}",
            "Possible duplicate of {issue} {title!q}: {share} % of the words are the same.": (
                "Mögliches Duplikat von {issue} {title!q}: {share} % der Wörter sind gleich."
            ),
            "Link it to {issue}, or close one of the two.": (
                "Mit {issue} verknüpfen oder einen der beiden Vorgänge schließen."
            ),
        },
        "reproducible": {
            "steps to reproduce": "Schritte zum Reproduzieren",
            "no steps to reproduce": "keine Schritte zum Reproduzieren",
            "Steps to reproduce are missing.": "Die Schritte zum Reproduzieren fehlen.",
            "List the steps, from a known state to the failure.": (
                "Die Schritte auflisten, von einem bekannten Zustand bis zum Fehler."
            ),
        },
        "expected_actual": {
            "expected and actual result": "erwartetes und tatsächliches Ergebnis",
            "no expected or actual result": "kein erwartetes und kein tatsächliches Ergebnis",
            "no expected result": "kein erwartetes Ergebnis",
            "no actual result": "kein tatsächliches Ergebnis",
            "Expected and actual result are missing.": "Erwartetes und tatsächliches Ergebnis fehlen.",
            "The expected result is missing.": "Das erwartete Ergebnis fehlt.",
            "The actual result is missing.": "Das tatsächliche Ergebnis fehlt.",
            "Say what should happen and what happens instead.": (
                "Sagen, was geschehen soll und was stattdessen geschieht."
            ),
            "Add what should happen.": "Ergänzen, was geschehen soll.",
            "Add what happens instead, or the error message.": (
                "Ergänzen, was stattdessen geschieht, oder die Fehlermeldung."
            ),
        },
        "environment_given": {
            "version or environment": "Version oder Umgebung",
            "no version or environment": "keine Version oder Umgebung",
            "Version or environment is missing.": "Version oder Umgebung fehlt.",
            "Set the affected version, or name it in the text.": ("Die betroffene Version setzen oder im Text nennen."),
        },
        "timeboxed": {
            "time box": "Timebox",
            "no time box": "keine Timebox",
            "time box too long": "Timebox zu lang",
            "The time box is missing.": "Die Timebox fehlt.",
            "The time box of {days:day|days} is longer than {most:day|days}.": (
                "Die Timebox von {days:Tag|Tagen} ist länger als {most:Tag|Tage}."
            ),
            'Say how long it may take, for example "Timebox: 2 days".': (
                "Sagen, wie lange es dauern darf, zum Beispiel „Timebox: 2 Tage“."
            ),
            "Narrow the question, or split it into two spikes.": (
                "Die Frage eingrenzen oder in zwei Spikes aufteilen."
            ),
        },
        "spike_question": {
            "question of the spike": "Frage des Spikes",
            "no question to answer": "keine Frage, die zu beantworten ist",
            "The question to answer is missing.": "Die Frage, die zu beantworten ist, fehlt.",
            "Write the question and the decision that depends on it.": (
                "Die Frage aufschreiben und die Entscheidung, die davon abhängt."
            ),
        },
        "epic_outline": {
            "first story": "erste Story",
            "no story in the backlog": "keine Story im Backlog",
            "no rough estimate": "keine grobe Schätzung",
            "The epic has no story in the backlog.": "Das Epic hat keine Story im Backlog.",
            "Add the first story, or close the epic if all of it is done.": (
                "Die erste Story hinzufügen oder das Epic schließen, wenn alles fertig ist."
            ),
            "The epic and its stories have no estimate.": "Das Epic und seine Storys haben keine Schätzung.",
            "Give the epic a rough estimate.": "Das Epic grob schätzen.",
        },
        "has_team": {
            "team": "Team",
            "no team": "kein Team",
            "more than one team": "mehr als ein Team",
            "The team is missing.": "Das Team fehlt.",
            "More than one team matches: {teams}.": "Mehr als ein Team passt: {teams}.",
            "Keep the component or label of one of them.": (
                "Die Komponente oder das Label von nur einem Team behalten."
            ),
            "Set the component or label of the team that takes it.": (
                "Die Komponente oder das Label des Teams setzen, das den Vorgang übernimmt."
            ),
            "Set the component or label of the team that takes it, for example {examples: or }.": (
                "Die Komponente oder das Label des Teams setzen, das den Vorgang übernimmt, "
                "zum Beispiel {examples: oder }."
            ),
        },
        "design_linked": {
            "design": "Design",
            "no design": "kein Design",
            "The design of the user interface is missing.": "Das Design der Benutzeroberfläche fehlt.",
            "Link the design, or attach a sketch.": "Das Design verlinken oder eine Skizze anhängen.",
        },
        "prioritised": {
            "priority": "Priorität",
            "no priority": "keine Priorität",
            "The priority is missing.": "Die Priorität fehlt.",
            "Set a priority, or close the issue.": "Eine Priorität setzen oder den Vorgang schließen.",
            "The priority {priority!q} is the one that new issues get, and nobody chose it.": (
                "Die Priorität {priority!q} bekommen neue Vorgänge, und niemand hat sie gewählt."
            ),
            "Choose a priority. To confirm this one, change it and change it back.": (
                "Eine Priorität wählen. Um diese zu bestätigen, sie ändern und zurückändern."
            ),
            "priority that nobody chose": "Priorität, die niemand gewählt hat",
        },
        "owned": {
            "assignee": "zugewiesene Person",
            "no assignee": "keine zugewiesene Person",
            "The assignee of this retrospective action is missing.": (
                "Diese Maßnahme aus der Retrospektive ist niemandem zugewiesen."
            ),
            "Assign one person.": "Eine Person zuweisen.",
        },
        "fresh": {
            "recent change": "kürzliche Änderung",
            "no recent change": "lange nicht geändert",
            "The last change was {days:day|days} ago, more than {most}.": (
                "Die letzte Änderung liegt {days:Tag|Tage} zurück, mehr als {most}."
            ),
            "Review it with the team, then keep, update or close it.": (
                "Mit dem Team durchsehen, dann behalten, aktualisieren oder schließen."
            ),
        },
        "carried_over": {
            "not carried over": "nicht mitgeschleppt",
            "carried over too often": "zu häufig in den nächsten Sprint übernommen",
            "The issue was in {count:closed sprint|closed sprints}, more than {most}, and is still open.": (
                "Der Vorgang war in {count:abgeschlossenen Sprint|abgeschlossenen Sprints}, mehr als {most}, "
                "und ist noch offen."
            ),
            "Split it, resolve what blocks it, or close it.": ("Aufteilen, das Hindernis beseitigen oder schließen."),
        },
        "tick_contradiction": {
            "boxes match the data": "Häkchen passen zu den Daten",
            "wrong tick in the checklist": "falsches Häkchen in der Checkliste",
            "The box {box!q} is ticked, but {missing}.": "Das Kästchen {box!q} ist angehakt, aber {missing}.",
            "the estimate is missing": "die Schätzung fehlt",
            "acceptance criteria are missing": "Akzeptanzkriterien fehlen",
            "an open issue blocks it": "ein offener Vorgang blockiert ihn",
            "the assignee is missing": "es ist keine Person zugewiesen",
            "Correct the data, or remove the tick.": "Die Daten berichtigen oder das Häkchen entfernen.",
        },
        "checklist": {
            "readiness checklist": "Checkliste der Bereitschaft",
            "open boxes in the checklist": "offene Kästchen in der Checkliste",
            "The readiness checklist has open boxes: {boxes!q}.": (
                "Die Checkliste der Bereitschaft hat offene Kästchen: {boxes!q}."
            ),
            "The readiness checklist has open boxes: {boxes!q} and {more} more.": (
                "Die Checkliste der Bereitschaft hat offene Kästchen: {boxes!q} und {more} weitere."
            ),
            "Tick what is done, and delete what does not apply.": ("Erledigtes anhaken, Unzutreffendes löschen."),
        },
    },
)
