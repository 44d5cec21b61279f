"""Spanish. Advice is in the infinitive, which avoids both "tú" and "usted"; words are those of a Spanish Jira."""

from rules.wording import Translation

SPANISH = Translation(
    code="es",
    decimal_sign=",",
    quotes=("«", "»"),
    parts={
        "comment": {
            "Released by the Product Owner: nothing needs to be prepared here.": (
                "Descartada por el Product Owner: aquí no hay nada que preparar."
            ),
            "Ready: everything required is there.": "Lista: está todo lo necesario.",
            "Not ready: {reasons}.": "No está lista: {reasons}.",
            "Not ready, but accepted: {reasons}.": "No está lista, pero se acepta: {reasons}.",
            "Nothing to fix yet. To fix before its sprint: {reasons}.": (
                "Nada que corregir por ahora. Por corregir antes del sprint: {reasons}."
            ),
            "{count} more": "{count} más",
            "failed check: {check}": "comprobación no superada: {check}",
            "Smallest fix: {hint}": "Corrección más sencilla: {hint}",
            "Same cause: {findings}.": "Misma causa: {findings}.",
            "More findings follow once these are fixed.": "Habrá más hallazgos cuando se corrijan estos.",
            "… and {count} more.": "… y {count} más.",
            "{count:check|checks} passed": "{count:comprobación superada|comprobaciones superadas}",
            "Details": "Detalles",
            "readyline updates this comment.": "readyline actualiza este comentario.",
            "To accept a finding for some time, comment: {how} (RULE is the name in brackets).": (
                "Para aceptar un hallazgo durante un tiempo, comentar: {how} (RULE es el nombre entre paréntesis)."
            ),
            "To opt out, add the label {label}.": "Para desactivarlo, añadir la etiqueta {label}.",
            "To opt out, comment {how} or add the label {label}.": (
                "Para desactivarlo, comentar {how} o añadir la etiqueta {label}."
            ),
        },
        "commands": {
            "Checked again for {who}, asked {at} UTC.": "Comprobada de nuevo para {who}, petición de {at} UTC.",
            "{who} waived {rule} until {until}: {reason}": "{who} aceptó {rule} hasta {until}: {reason}",
            "{who} accepted {sprint!q}.": "{who} aceptó {sprint!q}.",
            "{who} accepted the next sprint of {team}, which is not in the tracker yet.": (
                "{who} aceptó el próximo sprint de {team}, que todavía no está creado."
            ),
            "The issue moves there.": "La incidencia se mueve allí.",
            "The issue is moved once the sprint is there.": "La incidencia se moverá cuando exista el sprint.",
            'Nothing is moved, because [write_back] sprints is "off".': (
                "No se mueve nada, porque [write_back] sprints es «off»."
            ),
            "Nothing is moved, because [write_back] enabled is false.": (
                "No se mueve nada, porque [write_back] enabled es false."
            ),
            'Nothing is moved, because [write_back] sprints is "propose".': (
                "No se mueve nada, porque [write_back] sprints es «propose»."
            ),
            "{who} rejected {sprint!q} for {team}: {reason}.": "{who} ha rechazado {sprint!q} para {team}: {reason}.",
            "acknowledge changes of scope": "scope",
            "promise a sprint": "promise",
            "{who} promised this issue for {sprint!q}.": "{who} ha prometido esta incidencia para {sprint!q}.",
            "{who}, {team} has no open sprint, so nothing was promised.": (
                "{who}, {team} no tiene ningún sprint abierto, así que no se ha prometido nada."
            ),
            "{who}, {team} has no open sprint {name!q}, so nothing was promised; its sprints are {sprints}.": (
                "{who}, {team} no tiene ningún sprint abierto {name!q}, "
                "así que no se ha prometido nada; sus sprints son {sprints}."
            ),
            "{who} acknowledged that this issue was added to {sprint!q}.": (
                "{who} ha confirmado que esta incidencia se añadió a {sprint!q}."
            ),
            "{who} acknowledged that this issue was removed from {sprint!q}.": (
                "{who} ha confirmado que esta incidencia se quitó de {sprint!q}."
            ),
            "{who}, this issue changed the scope of no running sprint, so nothing was acknowledged.": (
                "{who}, esta incidencia no ha cambiado el alcance de ningún sprint en curso, así que no se "
                "ha confirmado nada."
            ),
            "{who} gave this issue to {team}.": "{who} ha dado esta incidencia a {team}.",
            "a rejection needs a reason; write: {how}": "un rechazo necesita un motivo; escribir: {how}",
            "there is no team {name!q}; the teams are {teams}": (
                "no hay ningún equipo {name!q}; los equipos son {teams}"
            ),
            "{who}, this issue is not proposed for one team, so nothing was rejected; write: {how}": (
                "{who}, esta incidencia no está propuesta para un solo equipo, así que no se ha rechazado "
                "nada; escribir: {how}"
            ),
            "{who}, {team} has no future sprint, so nothing was rejected.": (
                "{who}, {team} no tiene ningún sprint futuro, así que no se ha rechazado nada."
            ),
            "choose the team": "team",
            "{who}, this issue is not proposed for a sprint, so nothing was accepted.": (
                "{who}, esta incidencia no está propuesta para ningún sprint, así que no se aceptó nada."
            ),
            "you cannot {verb} here": "/ready {verb} no es posible aquí",
            "only {person} can {verb} here": "/ready {verb} está reservado aquí a {person}",
            "only {people} and {last} can {verb} here": "/ready {verb} está reservado aquí a {people} y {last}",
            "only {people} and {count:other|others} can {verb} here": (
                "/ready {verb} está reservado aquí a {people} y {count:persona|personas} más"
            ),
            "this waiver cannot be read; write: {how}": "este comando no se puede leer; escribir: {how}",
            "there is no rule '{rule}'; write: {how}": "no hay ninguna regla «{rule}»; escribir: {how}",
            "there is no day {day}; write: {how}": "el día {day} no existe; escribir: {how}",
            "{day} is over; write: {how}": "el día {day} ya pasó; escribir: {how}",
            "{who}, {rule} does not fail on this issue, so nothing was waived.": (
                "{who}, {rule} no falla en esta incidencia, así que no se aceptó nada."
            ),
            "{who}, there is no command {word!q}; the commands are {commands}.": (
                "{who}, no hay ningún comando {word!q}; los comandos son {commands}."
            ),
            "keep readyline away": "hands-off",
            "let readyline write": "hands-on",
            "{who} wants nothing to be written here until /ready hands-on.": (
                "{who} no quiere que se escriba nada aquí hasta /ready hands-on."
            ),
            "{who} lets readyline write here again.": "{who} permite que readyline vuelva a escribir aquí.",
            "The label {label} is still there: remove it, too.": ("La etiqueta {label} sigue ahí: quitarla también."),
            "{who} keeps this issue. The question comes again after {day}.": (
                "{who} mantiene esta incidencia. La pregunta vuelve después del {day}."
            ),
            "{who} released this issue: {reason}.": "{who} ha descartado esta incidencia: {reason}.",
            "It stays open, with the label {label}, until a person closes it; {how} takes the label away.": (
                "Sigue abierta, con la etiqueta {label}, hasta que alguien la cierre; {how} quita la etiqueta."
            ),
            "It stays open until a person closes it; [write_back] labels is false, so it gets no label.": (
                "Sigue abierta hasta que alguien la cierre, sin etiqueta, porque [write_back] labels es false."
            ),
            "this command cannot be read; write: {how}": "este comando tiene otra forma; escribir: {how}",
            "a release needs a reason; write: {how}": "este comando necesita un motivo; escribir: {how}",
            "this issue is in a sprint; move it to the backlog first": (
                "esta incidencia está en un sprint; moverla primero al backlog"
            ),
        },
        "planning": {
            "The Product Owner released it: {reason}.": "El Product Owner ha descartado la incidencia: {reason}.",
            "Accepted though not ready: {reasons}": "Aceptada aunque no está lista: {reasons}",
            "Not due yet: {reasons}.": "Todavía no se exige: {reasons}.",
            "Already in {sprint!q}.": "Ya está en {sprint!q}.",
            "Already in sprint {id}.": "Ya está en el sprint {id}.",
            "Epics are not planned themselves; their issues are.": (
                "Las épicas no se planifican; se planifican sus incidencias."
            ),
            "Not planned itself; the issues below it are.": (
                "No se planifica; se planifican las incidencias que tiene debajo."
            ),
            "Planned with its parent.": "Se planifica con su incidencia principal.",
            "Planned with its parent {issue}.": "Se planifica con su incidencia principal {issue}.",
            "The label {label!q} says that it will not be done this time. Remove it to plan it.": (
                "La etiqueta {label!q} indica que esta vez no se hará. Quitarla para planificar la incidencia."
            ),
            "Not evaluated.": "Sin evaluar.",
            "Ready, but no estimate: it cannot be compared with the capacity.": (
                "Lista, pero sin estimación: no se puede comparar con la capacidad."
            ),
            "No team yet: it has no component.": "Aún sin equipo: no tiene componente.",
            "No team yet: no team takes {components!q: and }.": (
                "Aún sin equipo: ningún equipo se encarga de {components!q}."
            ),
            "Set a component or label that a team takes.": (
                "Poner un componente o una etiqueta de los que se encargue un equipo."
            ),
            "Set a component or label that a team takes ({names}).": (
                "Poner un componente o una etiqueta de los que se encargue un equipo ({names})."
            ),
            "The points of {teams} are unknown: no closed sprints, no points_per_day.": (
                "No se conocen los puntos de {teams}: no hay sprints cerrados ni points_per_day."
            ),
            "The velocity of {teams} is unknown: no closed sprints.": (
                "No se conoce la velocidad de {teams}: no hay sprints cerrados."
            ),
            "{count:point|points}": "{count:punto|puntos}",
            "{count:hour|hours}": "{count:hora|horas}",
            "{count:issue|issues}": "{count:incidencia|incidencias}",
            "{count:ready point|ready points}": "{count:punto listo|puntos listos}",
            "{count:ready hour|ready hours}": "{count:hora lista|horas listas}",
            "{count:ready issue|ready issues}": "{count:incidencia lista|incidencias listas}",
            "Too big: {size}; the largest sprint of its teams has {limit} ({team}).": (
                "Demasiado grande: {size}; el mayor sprint de sus equipos tiene {limit} ({team})."
            ),
            "A person took it out of {sprints: and }.": "Una persona la sacó de {sprints}.",
            "its next sprint": "su próximo sprint",
            "Depends on {issue}, planned in {planned}: not done before {sprint} ({team}).": (
                "Depende de {issue}, planificada en {planned}: no estará terminada antes de {sprint} ({team})."
            ),
            "Circular dependency: {chain}. Remove or reverse one link.": (
                "Dependencia circular: {chain}. Eliminar o invertir un enlace."
            ),
            "Depends on {chain}: {why}": "Depende de {chain}: {why}",
            "Depends on {chain}, which is not planned yet.": "Depende de {chain}, que aún no está planificada.",
            "{count:sprint|sprints} away.": "Faltan {count:sprint|sprints}.",
            "{count:week|weeks} away.": "Faltan {count:semana|semanas}.",
            "Ranked above it for {team}: {ready}; {sprint} takes {limit}.": (
                "Con mayor rango para {team}: {ready}; capacidad de {sprint}: {limit}."
            ),
            "Ranked above it for {team}: {ready}; {sprint} takes {limit}, and has {load} already.": (
                "Con mayor rango para {team}: {ready}; capacidad de {sprint}: {limit}, ya ocupado: {load}."
            ),
            "Does not fit: needs {needed}, {left} left, {missing} missing.": (
                "No cabe: necesita {needed}, libre: {left}, falta: {missing}."
            ),
            "Does not fit: needs {needed}, left: {parts}; at least {missing} missing.": (
                "No cabe: necesita {needed}, libre: {parts}; faltan al menos {missing}."
            ),
            "{amount} in {team}": "{amount} en {team}",
        },
        "described": {
            "description": "descripción",
            "no description": "sin descripción",
            "description too short": "descripción demasiado corta",
            "description repeats the title": "la descripción repite el título",
            "The description only repeats the title.": "La descripción solo repite el título.",
            "The description is missing.": "Falta la descripción.",
            "Describe the situation, the wish and the reason.": "Describir la situación, el deseo y el motivo.",
            "The description is only {count:word|words} long (template text not counted).": (
                "La descripción solo tiene {count:palabra|palabras} (sin contar el texto de la plantilla)."
            ),
            "Describe the situation, the wish and the reason in {count:word|words} or more.": (
                "Describir la situación, el deseo y el motivo en {count:palabra|palabras} o más."
            ),
        },
        "titled": {
            "title": "título",
            "unclear title": "título poco claro",
            "title too short": "título demasiado corto",
            "title too long": "título demasiado largo",
            "The title {title!q} does not say what changes.": "El título {title!q} no dice qué cambia.",
            "The title {title!q} is {count:word|words} long, fewer than {fewest}.": (
                "El título {title!q} tiene {count:palabra|palabras}, menos de {fewest}."
            ),
            "The title is {count:character|characters} long, more than {most}.": (
                "El título tiene {count:carácter|caracteres}, más de {most}."
            ),
            "Say in 4 to 15 words what changes and for which users, or close the issue.": (
                "Decir en 4 a 15 palabras qué cambia y para quién, o cerrar la incidencia."
            ),
            "Say in 4 to 15 words what changes and for which users.": (
                "Decir en 4 a 15 palabras qué cambia y para quién."
            ),
        },
        "placeholders": {
            "no placeholders": "sin texto por sustituir",
            "unfilled template text": "texto de la plantilla sin rellenar",
            "Template text is not filled in.": "El texto de la plantilla está sin rellenar.",
            "Template text is not filled in: {text!q}.": "El texto de la plantilla está sin rellenar: {text!q}.",
            "Fill in the template text, or delete it.": "Rellenar el texto de la plantilla, o borrarlo.",
        },
        "open_questions": {
            "no open questions": "sin preguntas abiertas",
            "open question": "pregunta abierta",
            "marked as unclear": "marcada como poco clara",
            "A question is open.": "Hay una pregunta abierta.",
            "A question is open: {question!q}.": "Hay una pregunta abierta: {question!q}.",
            "Answer the question in the text, or make it a spike.": (
                "Responder a la pregunta en el texto, o convertirla en un spike."
            ),
            "The label {label!q} marks the issue as unclear.": (
                "La etiqueta {label!q} marca la incidencia como poco clara."
            ),
            "Clear up what is unclear, then remove the label.": (
                "Aclarar lo que no está claro y después quitar la etiqueta."
            ),
        },
        "story_form": {
            "story sentence": "frase de la historia",
            "no story sentence": "sin frase de la historia",
            "A sentence that says who wants what is missing.": "Falta una frase que diga quién quiere qué.",
            'Add a sentence such as "As a ..., I want ... so that ...".': (
                "Añadir una frase como «Como ..., quiero ... para que ...»."
            ),
        },
        "value_stated": {
            "reason": "motivo",
            "no reason given": "sin motivo",
            "The reason is missing.": "Falta el motivo.",
            'Add why it is wanted, for example "so that ...".': (
                "Añadir para qué se quiere, por ejemplo «para que ...»."
            ),
        },
        "atomic": {
            "one wish per story": "un deseo por historia",
            "more than one wish": "más de un deseo",
            "The story contains more than one wish: {wish!q}.": "La historia contiene más de un deseo: {wish!q}.",
            "Split it into one story per wish.": "Dividirla en una historia por deseo.",
        },
        "minimal": {
            "short story sentence": "frase de la historia corta",
            "extra text in story sentence": "texto de más en la frase de la historia",
            "The story sentence contains extra text: {extra!q}.": (
                "La frase de la historia contiene texto de más: {extra!q}."
            ),
            "Move the extra text to the description or the criteria.": (
                "Mover el texto de más a la descripción o a los criterios."
            ),
        },
        "unambiguous": {
            "no vague words": "sin palabras vagas",
            "vague words": "palabras vagas",
            "{words!q} {words:is|are} vague.": "{words!q}: {words:palabra vaga|palabras vagas}.",
            "Replace {words:it|them} with a number, a list or an example.": (
                "{words:Sustituirla|Sustituirlas} por un número, una lista o un ejemplo."
            ),
        },
        "acceptance": {
            "acceptance criteria": "criterios de aceptación",
            "no acceptance criteria": "sin criterios de aceptación",
            "empty acceptance criteria": "criterios de aceptación vacíos",
            "Acceptance criteria are missing.": "Faltan los criterios de aceptación.",
            "The acceptance criteria are only a picture.": "Los criterios de aceptación son solo una imagen.",
            "Write two to seven testable criteria as text.": "Escribir de dos a siete criterios comprobables en texto.",
            "acceptance criteria only as a picture": "criterios de aceptación solo como imagen",
            "The section for acceptance criteria is empty.": "La sección de criterios de aceptación está vacía.",
            "Add two to seven testable criteria.": "Añadir de dos a siete criterios comprobables.",
            "Fill the section with two to seven testable criteria.": (
                "Rellenar la sección con dos a siete criterios comprobables."
            ),
        },
        "testable": {
            "testable criteria": "criterios comprobables",
            "no testable criterion": "sin criterio comprobable",
            "a scenario without a result": "un escenario sin resultado",
            "The scenario {scenario!q} does not say what happens then.": (
                "El escenario {scenario!q} no dice qué ocurre entonces."
            ),
            'Add "Then" with the result that can be observed.': (
                "Añadir «Entonces» con el resultado que se puede observar."
            ),
            "Testable criteria are missing: {criterion!q} is always met.": (
                "Faltan criterios comprobables: {criterion!q} se cumple siempre."
            ),
            "Say what can be observed: a number, a text or a condition.": (
                "Decir qué se puede observar: un número, un texto o una condición."
            ),
        },
        "criteria_count": {
            "number of criteria": "número de criterios",
            "unusual number of criteria": "número inusual de criterios",
            "too few criteria": "muy pocos criterios",
            "too many criteria": "demasiados criterios",
            "The story has only {count:criterion|criteria}, fewer than {fewest}.": (
                "La historia solo tiene {count:criterio|criterios}, menos de {fewest}."
            ),
            "The story has {count:criterion|criteria}, more than {most}.": (
                "La historia tiene {count:criterio|criterios}, más de {most}."
            ),
            "Add what else must hold, for example when something goes wrong.": (
                "Añadir qué más debe cumplirse, por ejemplo cuando algo falla."
            ),
            "Split the story along its criteria.": "Dividir la historia según sus criterios.",
        },
        "unhappy_path": {
            "failure case": "caso de error",
            "no failure case": "sin caso de error",
            "A criterion for a failure case is missing.": "Falta un criterio para un caso de error.",
            "Add at least one case in which something goes wrong.": "Añadir al menos un caso en el que algo falle.",
        },
        "measurable": {
            "measurable criteria": "criterios medibles",
            "criterion without a limit": "criterio sin límite",
            "{word!q} has no limit in {criterion!q}.": "{word!q} no tiene límite en {criterion!q}.",
            'Add a limit, for example "95 % under 300 ms", or name a standard.': (
                "Añadir un límite, por ejemplo «95 % por debajo de 300 ms», o nombrar una norma."
            ),
        },
        "estimated": {
            "estimate": "estimación",
            "no estimate": "sin estimación",
            "The estimate is missing.": "Falta la estimación.",
            "The estimate is missing, although its sprint is near.": (
                "Falta la estimación, aunque el sprint está cerca."
            ),
            "The estimate is missing, although its start is near.": (
                "Falta la estimación, aunque el comienzo está cerca."
            ),
            "Estimate it in the next refinement.": "Estimarla en el próximo refinamiento.",
        },
        "on_scale": {
            "estimate on the scale": "estimación en la escala",
            "estimate off the scale": "estimación fuera de la escala",
            "The estimate of {points:point|points} is not on the team's scale.": (
                "La estimación de {points:punto|puntos} no está en la escala del equipo."
            ),
            "Change the estimate to {values: or }.": "Cambiar la estimación por un valor de la escala: {values}.",
        },
        "blind_estimate": {
            "estimate based on criteria": "estimación basada en criterios",
            "estimate without acceptance criteria": "estimación sin criterios de aceptación",
            "The estimate of {points:point|points} was made without acceptance criteria.": (
                "La estimación de {points:punto|puntos} se hizo sin criterios de aceptación."
            ),
            "Estimate it again once the criteria are written.": (
                "Estimarla de nuevo cuando estén escritos los criterios."
            ),
        },
        "small_enough": {
            "size": "tamaño",
            "too big for one sprint": "demasiado grande para un sprint",
            "too big": "demasiado grande",
            "{share} % of the {velocity:point|points} that {team} finishes in {weeks:week|weeks}": (
                "el {share} % de los {velocity:punto|puntos} que {team} termina en {weeks:semana|semanas}"
            ),
            "The estimate of {points:point|points} is more than {limit}.": (
                "La estimación de {points:punto|puntos} supera {limit}."
            ),
            "the limit of {points:point|points}": "el límite de {points:punto|puntos}",
            "{share} % of the {velocity:point|points} that {team} finishes per sprint": (
                "el {share} % de los {velocity:punto|puntos} que {team} termina por sprint"
            ),
            "the strongest team": "el equipo más rápido",
            "Split it, for example by component: {components}.": (
                "Dividirla, por ejemplo por componente: {components}."
            ),
            "Split it by workflow step, business rule, data or interface.": (
                "Dividirla por paso del proceso, regla de negocio, datos o interfaz."
            ),
        },
        "hidden_epic": {
            "no hidden epic": "sin épica oculta",
            "epic under another type": "épica con otro tipo",
            "story": "historia",
            "task": "tarea",
            "The {kind} has child issues: {issues}.": "La {kind} tiene incidencias secundarias: {issues}.",
            "The {kind} has {count:sub-task|sub-tasks}, more than {most}.": (
                "La {kind} tiene {count:subtarea|subtareas}, más de {most}."
            ),
            "The description is {count:word|words} long, more than {most}.": (
                "La descripción tiene {count:palabra|palabras}, más de {most}."
            ),
            "Make the {kind} an epic, and its parts stories.": (
                "Convertir la {kind} en una épica y sus partes en historias."
            ),
        },
        "detail_fits": {
            "detail fits the distance": "detalle adecuado a la distancia",
            "detailed too early": "detallada demasiado pronto",
            "{count:sub-task|sub-tasks}": "{count:subtarea|subtareas}",
            "{count:criterion|criteria}": "{count:criterio|criterios}",
            "{count:word|words}": "{count:palabra|palabras}",
            "The issue is {away:sprint|sprints} away but already has {what}, more than {most}.": (
                "La incidencia está a {away:sprint|sprints}, pero ya tiene {what}, más de {most}."
            ),
            "Keep the goal, and add details when its sprint is near.": (
                "Conservar el objetivo y añadir los detalles cuando el sprint esté cerca."
            ),
        },
        "unblocked": {
            "no open blocker": "sin bloqueos abiertos",
            "blocked": "bloqueada",
            "blocked by {issue}": "bloqueada por {issue}",
            "blocked by {issue} and {more} more": "bloqueada por {issue} y {more} más",
            "flagged as impeded": "marcada con un impedimento",
            "The issue is flagged as impeded.": "La incidencia está marcada con un impedimento.",
            "Remove the impediment, then the flag.": "Eliminar el impedimento y después la marca.",
            "Blocked by {issues}, which {issues:is|are} neither done nor planned before this issue.": (
                "Bloqueada por {issues}: sin terminar y sin planificar antes de esta incidencia."
            ),
            "Finish or plan {issues} first, or rank this issue below {issues:it|them}.": (
                "Terminar o planificar antes {issues}, o poner esta incidencia por debajo."
            ),
        },
        "acyclic": {
            "no cycles": "sin ciclos",
            "circular dependency": "dependencia circular",
            "Circular dependency: {cycle}.": "Dependencia circular: {cycle}.",
            "Remove or reverse one link.": "Eliminar o invertir un enlace.",
        },
        "cross_team": {
            "Depends on {issues}, which {issues:is|are} neither planned nor promised in time.": (
                "Depende de {issues}, que no {issues:está|están} ni {issues:planificada|planificadas} "
                "ni {issues:prometida|prometidas} a tiempo."
            ),
            "dependencies on other teams": "dependencias de otros equipos",
            "unplanned dependency on another team": "dependencia sin planificar de otro equipo",
            "unplanned dependency on {issue}": "dependencia sin planificar de {issue}",
            "Depends on {issues}, which {issues:is|are} not planned yet.": "Depende de {issues}: aún sin planificar.",
            "Agree with {team} on a sprint for {issue}.": "Acordar con {team} un sprint para {issue}.",
        },
        "independent": {
            "few dependencies": "pocas dependencias",
            "too many dependencies": "demasiadas dependencias",
            "Depends on or blocks {count:open issue|open issues}, more than {most}: {issues}.": (
                "Depende de {count:incidencia abierta|incidencias abiertas} o las bloquea, más de {most}: {issues}."
            ),
            "Split it so that most of it can be done independently.": (
                "Dividirla para que la mayor parte se pueda hacer por separado."
            ),
        },
        "dependencies_linked": {
            "dependencies linked": "dependencias enlazadas",
            "dependency without a link": "dependencia sin enlace",
            "The text names a dependency on {issue}, but the link is missing.": (
                "El texto nombra una dependencia de {issue}, pero falta el enlace."
            ),
            'Link {issue} as "is blocked by".': "Enlazar {issue} con «está bloqueada por».",
        },
        "dependencies_named": {
            "dependencies stated": "dependencias indicadas",
            "dependencies not stated": "dependencias sin indicar",
            "Dependencies are neither linked nor mentioned in the text.": (
                "Las dependencias no están enlazadas ni se mencionan en el texto."
            ),
            'Link what it depends on, or write "no dependencies".': (
                "Enlazar aquello de lo que depende, o escribir «sin dependencias»."
            ),
        },
        "duplicate": {
            "no duplicate": "sin duplicados",
            "possible duplicate": "posible duplicado",
            "possible duplicate of {issue}": "posible duplicado de {issue}",
            "Possible duplicate of {issue} {title!q}: {share} % of the words are the same.": (
                "Posible duplicado de {issue} {title!q}: el {share} % de las palabras coincide."
            ),
            "Link it to {issue}, or close one of the two.": "Enlazarla con {issue}, o cerrar una de las dos.",
        },
        "reproducible": {
            "steps to reproduce": "pasos para reproducir",
            "no steps to reproduce": "sin pasos para reproducir",
            "Steps to reproduce are missing.": "Faltan los pasos para reproducir el error.",
            "List the steps, from a known state to the failure.": (
                "Enumerar los pasos, desde un estado conocido hasta el error."
            ),
        },
        "expected_actual": {
            "expected and actual result": "resultado esperado y resultado real",
            "no expected or actual result": "sin resultado esperado ni real",
            "no expected result": "sin resultado esperado",
            "no actual result": "sin resultado real",
            "Expected and actual result are missing.": "Faltan el resultado esperado y el resultado real.",
            "The expected result is missing.": "Falta el resultado esperado.",
            "The actual result is missing.": "Falta el resultado real.",
            "Say what should happen and what happens instead.": ("Decir qué debería ocurrir y qué ocurre en su lugar."),
            "Add what should happen.": "Añadir qué debería ocurrir.",
            "Add what happens instead, or the error message.": (
                "Añadir qué ocurre en su lugar, o el mensaje de error."
            ),
        },
        "environment_given": {
            "version or environment": "versión o entorno",
            "no version or environment": "sin versión ni entorno",
            "Version or environment is missing.": "Falta la versión o el entorno.",
            "Set the affected version, or name it in the text.": (
                "Poner la versión afectada, o nombrarla en el texto."
            ),
        },
        "timeboxed": {
            "time box": "tiempo máximo",
            "no time box": "sin tiempo máximo",
            "time box too long": "tiempo máximo demasiado largo",
            "The time box is missing.": "Falta el tiempo máximo.",
            "The time box of {days:day|days} is longer than {most:day|days}.": (
                "El tiempo máximo de {days:día|días} supera {most:día|días}."
            ),
            'Say how long it may take, for example "Timebox: 2 days".': (
                "Decir cuánto puede durar, por ejemplo «Timebox: 2 días»."
            ),
            "Narrow the question, or split it into two spikes.": ("Acotar la pregunta, o dividirla en dos spikes."),
        },
        "spike_question": {
            "question of the spike": "pregunta del spike",
            "no question to answer": "sin pregunta que responder",
            "The question to answer is missing.": "Falta la pregunta que hay que responder.",
            "Write the question and the decision that depends on it.": (
                "Escribir la pregunta y la decisión que depende de ella."
            ),
        },
        "epic_outline": {
            "first story": "primera historia",
            "no story in the backlog": "sin historias en el backlog",
            "no rough estimate": "sin estimación aproximada",
            "The epic has no story in the backlog.": "La épica no tiene historias en el backlog.",
            "Add the first story, or close the epic if all of it is done.": (
                "Añadir la primera historia, o cerrar la épica si todo está terminado."
            ),
            "The epic and its stories have no estimate.": "La épica y sus historias no tienen estimación.",
            "Give the epic a rough estimate.": "Dar a la épica una estimación aproximada.",
        },
        "has_team": {
            "team": "equipo",
            "no team": "sin equipo",
            "more than one team": "más de un equipo",
            "The team is missing.": "Falta el equipo.",
            "More than one team matches: {teams}.": "Coincide más de un equipo: {teams}.",
            "Keep the component or label of one of them.": (
                "Conservar el componente o la etiqueta de uno solo de ellos."
            ),
            "Set the component or label of the team that takes it.": (
                "Poner el componente o la etiqueta del equipo que se encarga."
            ),
            "Set the component or label of the team that takes it, for example {examples: or }.": (
                "Poner el componente o la etiqueta del equipo que se encarga, por ejemplo: {examples}."
            ),
        },
        "design_linked": {
            "design": "diseño",
            "no design": "sin diseño",
            "The design of the user interface is missing.": "Falta el diseño de la interfaz de usuario.",
            "Link the design, or attach a sketch.": "Enlazar el diseño, o adjuntar un boceto.",
        },
        "prioritised": {
            "priority": "prioridad",
            "no priority": "sin prioridad",
            "The priority is missing.": "Falta la prioridad.",
            "Set a priority, or close the issue.": "Poner una prioridad, o cerrar la incidencia.",
            "The priority {priority!q} is the one that new issues get, and nobody chose it.": (
                "La prioridad {priority!q} es la de las incidencias nuevas, y nadie la ha elegido."
            ),
            "Choose a priority. To confirm this one, change it and change it back.": (
                "Elegir una prioridad. Para confirmar esta, cambiarla y volver a ponerla."
            ),
            "priority that nobody chose": "prioridad que nadie ha elegido",
        },
        "owned": {
            "assignee": "persona asignada",
            "no assignee": "sin persona asignada",
            "The assignee of this retrospective action is missing.": (
                "Falta la persona asignada a esta acción de la retrospectiva."
            ),
            "Assign one person.": "Asignar una persona.",
        },
        "fresh": {
            "recent change": "cambio reciente",
            "no recent change": "sin cambios recientes",
            "The last change was {days:day|days} ago, more than {most}.": (
                "El último cambio fue hace {days:día|días}, más de {most}."
            ),
            "Review it with the team, then keep, update or close it.": (
                "Revisarla con el equipo y conservarla, actualizarla o cerrarla."
            ),
        },
        "carried_over": {
            "not carried over": "sin arrastrar de otros sprints",
            "carried over too often": "arrastrada demasiadas veces",
            "The issue was in {count:closed sprint|closed sprints}, more than {most}, and is still open.": (
                "La incidencia estuvo en {count:sprint cerrado|sprints cerrados}, más de {most}, y sigue abierta."
            ),
            "Split it, resolve what blocks it, or close it.": "Dividirla, resolver lo que la bloquea, o cerrarla.",
        },
        "tick_contradiction": {
            "boxes match the data": "casillas acordes con los datos",
            "wrong tick in the checklist": "casilla mal marcada en la lista",
            "The box {box!q} is ticked, but {missing}.": "La casilla {box!q} está marcada, pero {missing}.",
            "the estimate is missing": "falta la estimación",
            "acceptance criteria are missing": "faltan los criterios de aceptación",
            "an open issue blocks it": "una incidencia abierta la bloquea",
            "the assignee is missing": "falta la persona asignada",
            "Correct the data, or remove the tick.": "Corregir los datos, o desmarcar la casilla.",
        },
        "checklist": {
            "readiness checklist": "lista de preparación",
            "open boxes in the checklist": "casillas sin marcar en la lista",
            "The readiness checklist has open boxes: {boxes!q}.": (
                "La lista de preparación tiene casillas sin marcar: {boxes!q}."
            ),
            "The readiness checklist has open boxes: {boxes!q} and {more} more.": (
                "La lista de preparación tiene casillas sin marcar: {boxes!q} y {more} más."
            ),
            "Tick what is done, and delete what does not apply.": (
                "Marcar lo que está hecho y borrar lo que no corresponde."
            ),
        },
    },
)
