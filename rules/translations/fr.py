"""French. Advice is in the infinitive, which avoids both "tu" and "vous"; words are those of a French Jira."""

from rules.wording import Translation

FRENCH = Translation(
    code="fr",
    decimal_sign=",",
    quotes=("« ", " »"),
    is_one=lambda figure: abs(figure) < 2,
    parts={
        "comment": {
            "Released by the Product Owner: nothing needs to be prepared here.": (
                "Écarté du backlog par le Product Owner : rien à préparer ici."
            ),
            "Ready: everything required is there.": "Prêt : tout le nécessaire est présent.",
            "Not ready: {reasons}.": "Pas prêt : {reasons}.",
            "Not ready, but accepted: {reasons}.": "Pas prêt, mais accepté : {reasons}.",
            "Nothing to fix yet. To fix before its sprint: {reasons}.": (
                "Rien à corriger pour le moment. À corriger avant le sprint : {reasons}."
            ),
            "{count} more": "{count:autre|autres}",
            "failed check: {check}": "contrôle échoué : {check}",
            "Smallest fix: {hint}": "Correction la plus simple : {hint}",
            "Same cause: {findings}.": "Même cause : {findings}.",
            "More findings follow once these are fixed.": "D'autres constats suivront une fois ceux-ci corrigés.",
            "… and {count} more.": "… et {count:autre|autres}.",
            "{count:check|checks} passed": "{count:contrôle réussi|contrôles réussis}",
            "Details": "Détails",
            "readyline updates this comment.": "readyline met à jour ce commentaire.",
            "To accept a finding for some time, comment: {how} (RULE is the name in brackets).": (
                "Pour accepter un constat pendant un certain temps, commenter : {how} "
                "(RULE est le nom entre parenthèses)."
            ),
            "To opt out, add the label {label}.": "Pour désactiver, ajouter l'étiquette {label}.",
            "To opt out, comment {how} or add the label {label}.": (
                "Pour désactiver, commenter {how} ou ajouter l'étiquette {label}."
            ),
        },
        "commands": {
            "Checked again for {who}, asked {at} UTC.": "Vérifié de nouveau pour {who}, demande du {at} UTC.",
            "{who} waived {rule} until {until}: {reason}": "{who} a accepté {rule} jusqu'au {until} : {reason}",
            "{who} accepted {sprint!q}.": "{who} a accepté {sprint!q}.",
            "{who} accepted the next sprint of {team}, which is not in the tracker yet.": (
                "{who} a accepté le prochain sprint de {team}, qui n'est pas encore créé."
            ),
            "The issue moves there.": "Le ticket y est déplacé.",
            "The issue is moved once the sprint is there.": "Le ticket sera déplacé dès que le sprint existera.",
            'Nothing is moved, because [write_back] sprints is "off".': (
                "Rien n'est déplacé, car [write_back] sprints vaut « off »."
            ),
            "Nothing is moved, because [write_back] enabled is false.": (
                "Rien n'est déplacé, car [write_back] enabled vaut false."
            ),
            'Nothing is moved, because [write_back] sprints is "propose".': (
                "Rien n'est déplacé, car [write_back] sprints vaut « propose »."
            ),
            "{who} rejected {sprint!q} for {team}: {reason}.": "{who} a refusé {sprint!q} pour {team} : {reason}.",
            "acknowledge changes of scope": "scope",
            "promise a sprint": "promise",
            "{who} promised this issue for {sprint!q}.": "{who} a promis ce ticket pour {sprint!q}.",
            "{who}, {team} has no open sprint, so nothing was promised.": (
                "{who}, {team} n'a aucun sprint ouvert, donc rien n'a été promis."
            ),
            "{who}, {team} has no open sprint {name!q}, so nothing was promised; its sprints are {sprints}.": (
                "{who}, {team} n'a aucun sprint ouvert {name!q}, donc rien n'a été promis ; ses sprints sont {sprints}."
            ),
            "{who} acknowledged that this issue was added to {sprint!q}.": (
                "{who} a confirmé que ce ticket a été ajouté à {sprint!q}."
            ),
            "{who} acknowledged that this issue was removed from {sprint!q}.": (
                "{who} a confirmé que ce ticket a été retiré de {sprint!q}."
            ),
            "{who}, this issue changed the scope of no running sprint, so nothing was acknowledged.": (
                "{who}, ce ticket n'a changé le contenu d'aucun sprint en cours, donc rien n'a été confirmé."
            ),
            "{who} gave this issue to {team}.": "{who} a donné ce ticket à {team}.",
            "a rejection needs a reason; write: {how}": "un refus a besoin d'une raison ; écrire : {how}",
            "there is no team {name!q}; the teams are {teams}": (
                "il n'y a pas d'équipe {name!q} ; les équipes sont {teams}"
            ),
            "{who}, this issue is not proposed for one team, so nothing was rejected; write: {how}": (
                "{who}, ce ticket n'est pas proposé à une seule équipe, donc rien n'a été refusé ; écrire : {how}"
            ),
            "{who}, {team} has no future sprint, so nothing was rejected.": (
                "{who}, {team} n'a pas de sprint à venir, donc rien n'a été refusé."
            ),
            "choose the team": "team",
            "{who}, this issue is not proposed for a sprint, so nothing was accepted.": (
                "{who}, ce ticket n'est proposé pour aucun sprint, donc rien n'a été accepté."
            ),
            "you cannot {verb} here": "/ready {verb} n'est pas possible ici",
            "only {person} can {verb} here": "/ready {verb} est réservé ici à {person}",
            "only {people} and {last} can {verb} here": "/ready {verb} est réservé ici à {people} et {last}",
            "only {people} and {count:other|others} can {verb} here": (
                "/ready {verb} est réservé ici à {people} et {count:autre personne|autres personnes}"
            ),
            "this waiver cannot be read; write: {how}": "cette commande n'est pas lisible ; écrire : {how}",
            "there is no rule '{rule}'; write: {how}": "il n'y a pas de règle « {rule} » ; écrire : {how}",
            "there is no day {day}; write: {how}": "le jour {day} n'existe pas ; écrire : {how}",
            "{day} is over; write: {how}": "le {day} est passé ; écrire : {how}",
            "{who}, {rule} does not fail on this issue, so nothing was waived.": (
                "{who}, {rule} n'échoue pas sur ce ticket, donc rien n'a été accepté."
            ),
            "{who}, there is no command {word!q}; the commands are {commands}.": (
                "{who}, il n'y a pas de commande {word!q} ; les commandes sont {commands}."
            ),
            "keep readyline away": "hands-off",
            "let readyline write": "hands-on",
            "{who} wants nothing to be written here until /ready hands-on.": (
                "{who} souhaite que rien ne soit écrit ici jusqu'à /ready hands-on."
            ),
            "{who} lets readyline write here again.": "{who} laisse de nouveau readyline écrire ici.",
            "The label {label} is still there: remove it, too.": (
                "L'étiquette {label} est encore là : la retirer aussi."
            ),
            "{who} keeps this issue. The question comes again after {day}.": (
                "{who} garde ce ticket. La question reviendra après le {day}."
            ),
            "{who} released this issue: {reason}.": "{who} a écarté ce ticket du backlog : {reason}.",
            "It stays open, with the label {label}, until a person closes it; {how} takes the label away.": (
                "Il reste ouvert, avec l'étiquette {label}, jusqu'à ce que quelqu'un le ferme ; {how} la retire."
            ),
            "It stays open until a person closes it; [write_back] labels is false, so it gets no label.": (
                "Il reste ouvert jusqu'à ce que quelqu'un le ferme, sans étiquette, car [write_back] labels vaut false."
            ),
            "this command cannot be read; write: {how}": "cette commande a une autre forme ; écrire : {how}",
            "a release needs a reason; write: {how}": "cette commande demande une raison ; écrire : {how}",
            "this issue is in a sprint; move it to the backlog first": (
                "ce ticket est dans un sprint ; le remettre d'abord dans le backlog"
            ),
        },
        "planning": {
            "The Product Owner released it: {reason}.": "Le Product Owner a écarté le ticket du backlog : {reason}.",
            "Accepted though not ready: {reasons}": "Accepté bien que pas prêt : {reasons}",
            "Not due yet: {reasons}.": "Pas encore exigé : {reasons}.",
            "Already in {sprint!q}.": "Déjà dans {sprint!q}.",
            "Already in sprint {id}.": "Déjà dans le sprint {id}.",
            "Epics are not planned themselves; their issues are.": (
                "Un epic n'est pas planifié lui-même ; ses tickets le sont."
            ),
            "Not planned itself; the issues below it are.": (
                "Il n'est pas planifié lui-même ; les tickets en dessous le sont."
            ),
            "Planned with its parent.": "Planifié avec son parent.",
            "Planned with its parent {issue}.": "Planifié avec son parent {issue}.",
            "The label {label!q} says that it will not be done this time. Remove it to plan it.": (
                "L'étiquette {label!q} indique que le ticket ne sera pas fait cette fois-ci. "
                "La retirer pour le planifier."
            ),
            "Not evaluated.": "Pas évalué.",
            "Ready, but no estimate: it cannot be compared with the capacity.": (
                "Prêt, mais sans estimation : la comparaison avec la capacité est impossible."
            ),
            "No team yet: it has no component.": "Pas encore d'équipe : le ticket n'a pas de composant.",
            "No team yet: no team takes {components!q: and }.": (
                "Pas encore d'équipe : aucune équipe ne prend {components!q: et }."
            ),
            "Set a component or label that a team takes.": (
                "Définir un composant ou une étiquette qu'une équipe prend."
            ),
            "Set a component or label that a team takes ({names}).": (
                "Définir un composant ou une étiquette qu'une équipe prend ({names})."
            ),
            "The points of {teams} are unknown: no closed sprints, no points_per_day.": (
                "Les points de {teams} sont inconnus : pas de sprint terminé, pas de points_per_day."
            ),
            "The velocity of {teams} is unknown: no closed sprints.": (
                "La vélocité de {teams} est inconnue : pas de sprint terminé."
            ),
            "{count:point|points}": "{count:point|points}",
            "{count:hour|hours}": "{count:heure|heures}",
            "{count:issue|issues}": "{count:ticket|tickets}",
            "{count:ready point|ready points}": "{count:point prêt|points prêts}",
            "{count:ready hour|ready hours}": "{count:heure prête|heures prêtes}",
            "{count:ready issue|ready issues}": "{count:ticket prêt|tickets prêts}",
            "Too big: {size}; the largest sprint of its teams has {limit} ({team}).": (
                "Trop grand : {size} ; le plus grand sprint de ses équipes en a {limit} ({team})."
            ),
            "A person took it out of {sprints: and }.": "Une personne l'a retiré de {sprints: et }.",
            "its next sprint": "son prochain sprint",
            "Depends on {issue}, planned in {planned}: not done before {sprint} ({team}).": (
                "Dépend de {issue}, planifié dans {planned} : pas terminé avant {sprint} ({team})."
            ),
            "Circular dependency: {chain}. Remove or reverse one link.": (
                "Dépendance circulaire : {chain}. Supprimer ou inverser un lien."
            ),
            "Depends on {chain}: {why}": "Dépend de {chain} : {why}",
            "Depends on {chain}, which is not planned yet.": "Dépend de {chain}, qui n'est pas encore planifié.",
            "{count:sprint|sprints} away.": "À {count:sprint|sprints} d'ici.",
            "{count:week|weeks} away.": "À {count:semaine|semaines} d'ici.",
            "Ranked above it for {team}: {ready}; {sprint} takes {limit}.": (
                "Classés plus haut pour {team} : {ready} ; place dans {sprint} : {limit}."
            ),
            "Ranked above it for {team}: {ready}; {sprint} takes {limit}, and has {load} already.": (
                "Classés plus haut pour {team} : {ready} ; place dans {sprint} : {limit}, déjà pris : {load}."
            ),
            "Does not fit: needs {needed}, {left} left, {missing} missing.": (
                "Ne rentre pas : il faut {needed}, il reste {left}, il manque {missing}."
            ),
            "Does not fit: needs {needed}, left: {parts}; at least {missing} missing.": (
                "Ne rentre pas : il faut {needed}, reste : {parts} ; il manque au moins {missing}."
            ),
            "{amount} in {team}": "{amount} dans {team}",
        },
        "described": {
            "description": "description",
            "no description": "pas de description",
            "description too short": "description trop courte",
            "description repeats the title": "la description répète le titre",
            "The description only repeats the title.": "La description ne fait que répéter le titre.",
            "The description is missing.": "La description manque.",
            "Describe the situation, the wish and the reason.": "Décrire la situation, le souhait et la raison.",
            "The description is only {count:word|words} long (template text not counted).": (
                "La description ne fait que {count:mot|mots} (sans le texte du modèle)."
            ),
            "Describe the situation, the wish and the reason in {count:word|words} or more.": (
                "Décrire la situation, le souhait et la raison en {count:mot|mots} ou plus."
            ),
        },
        "titled": {
            "title": "titre",
            "unclear title": "titre peu clair",
            "title too short": "titre trop court",
            "title too long": "titre trop long",
            "The title {title!q} does not say what changes.": "Le titre {title!q} ne dit pas ce qui change.",
            "The title {title!q} is {count:word|words} long, fewer than {fewest}.": (
                "Le titre {title!q} fait {count:mot|mots}, moins de {fewest}."
            ),
            "The title is {count:character|characters} long, more than {most}.": (
                "Le titre fait {count:caractère|caractères}, plus de {most}."
            ),
            "Say in 4 to 15 words what changes and for which users, or close the issue.": (
                "Dire en 4 à 15 mots ce qui change et pour quels utilisateurs, ou fermer le ticket."
            ),
            "Say in 4 to 15 words what changes and for which users.": (
                "Dire en 4 à 15 mots ce qui change et pour quels utilisateurs."
            ),
        },
        "placeholders": {
            "no placeholders": "pas de texte à remplacer",
            "unfilled template text": "texte du modèle non rempli",
            "Template text is not filled in.": "Le texte du modèle n'est pas rempli.",
            "Template text is not filled in: {text!q}.": "Le texte du modèle n'est pas rempli : {text!q}.",
            "Fill in the template text, or delete it.": "Remplir le texte du modèle, ou le supprimer.",
        },
        "open_questions": {
            "no open questions": "pas de question ouverte",
            "open question": "question ouverte",
            "marked as unclear": "marqué comme peu clair",
            "A question is open.": "Une question est ouverte.",
            "A question is open: {question!q}.": "Une question est ouverte : {question!q}.",
            "Answer the question in the text, or make it a spike.": (
                "Répondre à la question dans le texte, ou en faire un spike."
            ),
            "The label {label!q} marks the issue as unclear.": (
                "L'étiquette {label!q} marque le ticket comme peu clair."
            ),
            "Clear up what is unclear, then remove the label.": (
                "Clarifier ce qui n'est pas clair, puis retirer l'étiquette."
            ),
        },
        "story_form": {
            "story sentence": "phrase de la story",
            "no story sentence": "pas de phrase de story",
            "A sentence that says who wants what is missing.": "Il manque une phrase qui dit qui veut quoi.",
            'Add a sentence such as "As a ..., I want ... so that ...".': (
                "Ajouter une phrase comme « En tant que ..., je veux ... afin de ... »."
            ),
        },
        "value_stated": {
            "reason": "raison",
            "no reason given": "pas de raison donnée",
            "The reason is missing.": "La raison manque.",
            'Add why it is wanted, for example "so that ...".': (
                "Ajouter pourquoi c'est souhaité, par exemple « afin de ... »."
            ),
        },
        "atomic": {
            "one wish per story": "un souhait par story",
            "more than one wish": "plus d'un souhait",
            "The story contains more than one wish: {wish!q}.": "La story contient plus d'un souhait : {wish!q}.",
            "Split it into one story per wish.": "La diviser en une story par souhait.",
        },
        "minimal": {
            "short story sentence": "phrase de story courte",
            "extra text in story sentence": "texte en trop dans la phrase de la story",
            "The story sentence contains extra text: {extra!q}.": (
                "La phrase de la story contient du texte en trop : {extra!q}."
            ),
            "Move the extra text to the description or the criteria.": (
                "Déplacer le texte en trop vers la description ou les critères."
            ),
        },
        "unambiguous": {
            "no vague words": "pas de mots vagues",
            "vague words": "mots vagues",
            "{words!q} {words:is|are} vague.": "{words!q} : {words:mot vague|mots vagues}.",
            "Replace {words:it|them} with a number, a list or an example.": (
                "{words:Le|Les} remplacer par un nombre, une liste ou un exemple."
            ),
        },
        "acceptance": {
            "acceptance criteria": "critères d'acceptation",
            "no acceptance criteria": "pas de critères d'acceptation",
            "empty acceptance criteria": "critères d'acceptation vides",
            "Acceptance criteria are missing.": "Les critères d'acceptation manquent.",
            "The acceptance criteria are only a picture.": "Les critères d'acceptation ne sont qu'une image.",
            "Write two to seven testable criteria as text.": "Écrire de deux à sept critères vérifiables en texte.",
            "acceptance criteria only as a picture": "critères d'acceptation seulement en image",
            "The section for acceptance criteria is empty.": "La section des critères d'acceptation est vide.",
            "Add two to seven testable criteria.": "Ajouter de deux à sept critères vérifiables.",
            "Fill the section with two to seven testable criteria.": (
                "Remplir la section avec deux à sept critères vérifiables."
            ),
        },
        "testable": {
            "testable criteria": "critères vérifiables",
            "no testable criterion": "pas de critère vérifiable",
            "a scenario without a result": "un scénario sans résultat",
            "The scenario {scenario!q} does not say what happens then.": (
                "Le scénario {scenario!q} ne dit pas ce qui se passe alors."
            ),
            'Add "Then" with the result that can be observed.': (
                "Ajouter « Alors » avec le résultat qui peut être observé."
            ),
            "Testable criteria are missing: {criterion!q} is always met.": (
                "Il manque des critères vérifiables : {criterion!q} est toujours rempli."
            ),
            "Say what can be observed: a number, a text or a condition.": (
                "Dire ce qui peut être observé : un nombre, un texte ou une condition."
            ),
        },
        "criteria_count": {
            "number of criteria": "nombre de critères",
            "unusual number of criteria": "nombre inhabituel de critères",
            "too few criteria": "trop peu de critères",
            "too many criteria": "trop de critères",
            "The story has only {count:criterion|criteria}, fewer than {fewest}.": (
                "La story n'a que {count:critère|critères}, moins de {fewest}."
            ),
            "The story has {count:criterion|criteria}, more than {most}.": (
                "La story a {count:critère|critères}, plus de {most}."
            ),
            "Add what else must hold, for example when something goes wrong.": (
                "Ajouter ce qui doit encore être vrai, par exemple en cas d'erreur."
            ),
            "Split the story along its criteria.": "Diviser la story selon ses critères.",
        },
        "unhappy_path": {
            "failure case": "cas d'erreur",
            "no failure case": "pas de cas d'erreur",
            "A criterion for a failure case is missing.": "Il manque un critère pour un cas d'erreur.",
            "Add at least one case in which something goes wrong.": (
                "Ajouter au moins un cas où quelque chose ne va pas."
            ),
        },
        "measurable": {
            "measurable criteria": "critères mesurables",
            "criterion without a limit": "critère sans limite",
            "{word!q} has no limit in {criterion!q}.": "{word!q} n'a pas de limite dans {criterion!q}.",
            'Add a limit, for example "95 % under 300 ms", or name a standard.': (
                "Ajouter une limite, par exemple « 95 % sous 300 ms », ou nommer une norme."
            ),
        },
        "estimated": {
            "estimate": "estimation",
            "no estimate": "pas d'estimation",
            "The estimate is missing.": "L'estimation manque.",
            "The estimate is missing, although its sprint is near.": (
                "L'estimation manque, alors que le sprint est proche."
            ),
            "The estimate is missing, although its start is near.": (
                "L'estimation manque, alors que le début est proche."
            ),
            "Estimate it in the next refinement.": "L'estimer au prochain affinage.",
        },
        "on_scale": {
            "estimate on the scale": "estimation sur l'échelle",
            "estimate off the scale": "estimation hors de l'échelle",
            "The estimate of {points:point|points} is not on the team's scale.": (
                "L'estimation de {points:point|points} n'est pas sur l'échelle de l'équipe."
            ),
            "Change the estimate to {values: or }.": "Changer l'estimation en {values: ou }.",
        },
        "blind_estimate": {
            "estimate based on criteria": "estimation fondée sur des critères",
            "estimate without acceptance criteria": "estimation sans critères d'acceptation",
            "The estimate of {points:point|points} was made without acceptance criteria.": (
                "L'estimation de {points:point|points} a été faite sans critères d'acceptation."
            ),
            "Estimate it again once the criteria are written.": "L'estimer de nouveau une fois les critères écrits.",
        },
        "small_enough": {
            "size": "taille",
            "too big for one sprint": "trop grand pour un sprint",
            "too big": "trop grand",
            "{share} % of the {velocity:point|points} that {team} finishes in {weeks:week|weeks}": (
                "{share} % des {velocity:point|points} que {team} termine en {weeks:semaine|semaines}"
            ),
            "The estimate of {points:point|points} is more than {limit}.": (
                "L'estimation de {points:point|points} dépasse {limit}."
            ),
            "the limit of {points:point|points}": "la limite de {points:point|points}",
            "{share} % of the {velocity:point|points} that {team} finishes per sprint": (
                "{share} % des {velocity:point|points} que {team} termine par sprint"
            ),
            "the strongest team": "l'équipe la plus rapide",
            "Split it, for example by component: {components}.": (
                "Le diviser, par exemple par composant : {components}."
            ),
            "Split it by workflow step, business rule, data or interface.": (
                "Le diviser par étape, règle métier, données ou interface."
            ),
        },
        "hidden_epic": {
            "no hidden epic": "pas d'epic caché",
            "epic under another type": "epic sous un autre type",
            "story": "story",
            "task": "tâche",
            "The {kind} has child issues: {issues}.": "Le ticket ({kind}) a des tickets enfants : {issues}.",
            "The {kind} has {count:sub-task|sub-tasks}, more than {most}.": (
                "Le ticket ({kind}) a {count:sous-tâche|sous-tâches}, plus de {most}."
            ),
            "The description is {count:word|words} long, more than {most}.": (
                "La description fait {count:mot|mots}, plus de {most}."
            ),
            "Make the {kind} an epic, and its parts stories.": (
                "Faire du ticket ({kind}) un epic, et de ses parties des stories."
            ),
        },
        "detail_fits": {
            "detail fits the distance": "niveau de détail adapté à l'échéance",
            "detailed too early": "détaillé trop tôt",
            "{count:sub-task|sub-tasks}": "{count:sous-tâche|sous-tâches}",
            "{count:criterion|criteria}": "{count:critère|critères}",
            "{count:word|words}": "{count:mot|mots}",
            "The issue is {away:sprint|sprints} away but already has {what}, more than {most}.": (
                "Le ticket est à {away:sprint|sprints} d'ici, mais a déjà {what}, plus de {most}."
            ),
            "Keep the goal, and add details when its sprint is near.": (
                "Garder l'objectif, et ajouter les détails quand le sprint est proche."
            ),
        },
        "unblocked": {
            "no open blocker": "pas de blocage ouvert",
            "blocked": "bloqué",
            "blocked by {issue}": "bloqué par {issue}",
            "blocked by {issue} and {more} more": "bloqué par {issue} et {more:autre|autres}",
            "flagged as impeded": "signalé comme bloqué",
            "The issue is flagged as impeded.": "Le ticket est signalé comme bloqué.",
            "Remove the impediment, then the flag.": "Lever l'obstacle, puis retirer le signalement.",
            "Blocked by {issues}, which {issues:is|are} neither done nor planned before this issue.": (
                "Bloqué par {issues} : ni terminé ni planifié avant ce ticket."
            ),
            "Finish or plan {issues} first, or rank this issue below {issues:it|them}.": (
                "Terminer ou planifier d'abord {issues}, ou classer ce ticket plus bas."
            ),
        },
        "acyclic": {
            "no cycles": "pas de cycle",
            "circular dependency": "dépendance circulaire",
            "Circular dependency: {cycle}.": "Dépendance circulaire : {cycle}.",
            "Remove or reverse one link.": "Supprimer ou inverser un lien.",
        },
        "cross_team": {
            "Depends on {issues}, which {issues:is|are} neither planned nor promised in time.": (
                "Dépend de {issues}, qui {issues:n'est|ne sont} ni {issues:planifié|planifiés} ni promis à temps."
            ),
            "dependencies on other teams": "dépendances envers d'autres équipes",
            "unplanned dependency on another team": "dépendance non planifiée envers une autre équipe",
            "unplanned dependency on {issue}": "dépendance non planifiée envers {issue}",
            "Depends on {issues}, which {issues:is|are} not planned yet.": (
                "Dépend de {issues} : pas encore planifié."
            ),
            "Agree with {team} on a sprint for {issue}.": "Convenir avec {team} d'un sprint pour {issue}.",
        },
        "independent": {
            "few dependencies": "peu de dépendances",
            "too many dependencies": "trop de dépendances",
            "Depends on or blocks {count:open issue|open issues}, more than {most}: {issues}.": (
                "Dépend de {count:ticket ouvert|tickets ouverts} ou les bloque, plus de {most} : {issues}."
            ),
            "Split it so that most of it can be done independently.": (
                "Le diviser pour que la plus grande partie puisse être faite indépendamment."
            ),
        },
        "dependencies_linked": {
            "dependencies linked": "dépendances liées",
            "dependency without a link": "dépendance sans lien",
            "The text names a dependency on {issue}, but the link is missing.": (
                "Le texte nomme une dépendance envers {issue}, mais le lien manque."
            ),
            'Link {issue} as "is blocked by".': "Lier {issue} avec « est bloqué par ».",
        },
        "dependencies_named": {
            "dependencies stated": "dépendances indiquées",
            "dependencies not stated": "dépendances non indiquées",
            "Dependencies are neither linked nor mentioned in the text.": (
                "Les dépendances ne sont ni liées ni mentionnées dans le texte."
            ),
            'Link what it depends on, or write "no dependencies".': (
                "Lier ce dont le ticket dépend, ou écrire « aucune dépendance »."
            ),
        },
        "duplicate": {
            "no duplicate": "pas de doublon",
            "possible duplicate": "doublon possible",
            "possible duplicate of {issue}": "doublon possible de {issue}",
            "Possible duplicate of {issue} {title!q}: {share} % of the words are the same.": (
                "Doublon possible de {issue} {title!q} : {share} % des mots sont les mêmes."
            ),
            "Link it to {issue}, or close one of the two.": "Le lier à {issue}, ou fermer l'un des deux.",
        },
        "reproducible": {
            "steps to reproduce": "étapes de reproduction",
            "no steps to reproduce": "pas d'étapes de reproduction",
            "Steps to reproduce are missing.": "Les étapes de reproduction manquent.",
            "List the steps, from a known state to the failure.": (
                "Énumérer les étapes, d'un état connu jusqu'à l'erreur."
            ),
        },
        "expected_actual": {
            "expected and actual result": "résultat attendu et résultat obtenu",
            "no expected or actual result": "ni résultat attendu ni résultat obtenu",
            "no expected result": "pas de résultat attendu",
            "no actual result": "pas de résultat obtenu",
            "Expected and actual result are missing.": "Le résultat attendu et le résultat obtenu manquent.",
            "The expected result is missing.": "Le résultat attendu manque.",
            "The actual result is missing.": "Le résultat obtenu manque.",
            "Say what should happen and what happens instead.": (
                "Dire ce qui devrait se passer et ce qui se passe à la place."
            ),
            "Add what should happen.": "Ajouter ce qui devrait se passer.",
            "Add what happens instead, or the error message.": (
                "Ajouter ce qui se passe à la place, ou le message d'erreur."
            ),
        },
        "environment_given": {
            "version or environment": "version ou environnement",
            "no version or environment": "pas de version ni d'environnement",
            "Version or environment is missing.": "La version ou l'environnement manque.",
            "Set the affected version, or name it in the text.": (
                "Définir la version concernée, ou la nommer dans le texte."
            ),
        },
        "timeboxed": {
            "time box": "durée maximale",
            "no time box": "pas de durée maximale",
            "time box too long": "durée maximale trop longue",
            "The time box is missing.": "La durée maximale manque.",
            "The time box of {days:day|days} is longer than {most:day|days}.": (
                "La durée maximale de {days:jour|jours} dépasse {most:jour|jours}."
            ),
            'Say how long it may take, for example "Timebox: 2 days".': (
                "Dire combien de temps cela peut prendre, par exemple « Timebox : 2 jours »."
            ),
            "Narrow the question, or split it into two spikes.": (
                "Restreindre la question, ou la diviser en deux spikes."
            ),
        },
        "spike_question": {
            "question of the spike": "question du spike",
            "no question to answer": "pas de question à laquelle répondre",
            "The question to answer is missing.": "Il manque la question à laquelle répondre.",
            "Write the question and the decision that depends on it.": (
                "Écrire la question et la décision qui en dépend."
            ),
        },
        "epic_outline": {
            "first story": "première story",
            "no story in the backlog": "pas de story dans le backlog",
            "no rough estimate": "pas d'estimation grossière",
            "The epic has no story in the backlog.": "L'epic n'a pas de story dans le backlog.",
            "Add the first story, or close the epic if all of it is done.": (
                "Ajouter la première story, ou fermer l'epic si tout est terminé."
            ),
            "The epic and its stories have no estimate.": "L'epic et ses stories n'ont pas d'estimation.",
            "Give the epic a rough estimate.": "Donner à l'epic une estimation grossière.",
        },
        "has_team": {
            "team": "équipe",
            "no team": "pas d'équipe",
            "more than one team": "plus d'une équipe",
            "The team is missing.": "L'équipe manque.",
            "More than one team matches: {teams}.": "Plus d'une équipe correspond : {teams}.",
            "Keep the component or label of one of them.": (
                "Garder le composant ou l'étiquette d'une seule d'entre elles."
            ),
            "Set the component or label of the team that takes it.": (
                "Définir le composant ou l'étiquette de l'équipe qui prend le ticket."
            ),
            "Set the component or label of the team that takes it, for example {examples: or }.": (
                "Définir le composant ou l'étiquette de l'équipe qui prend le ticket, par exemple {examples: ou }."
            ),
        },
        "design_linked": {
            "design": "maquette",
            "no design": "pas de maquette",
            "The design of the user interface is missing.": "La maquette de l'interface utilisateur manque.",
            "Link the design, or attach a sketch.": "Mettre un lien vers la maquette, ou joindre un croquis.",
        },
        "prioritised": {
            "priority": "priorité",
            "no priority": "pas de priorité",
            "The priority is missing.": "La priorité manque.",
            "Set a priority, or close the issue.": "Définir une priorité, ou fermer le ticket.",
            "The priority {priority!q} is the one that new issues get, and nobody chose it.": (
                "La priorité {priority!q} est celle des nouveaux tickets, et personne ne l'a choisie."
            ),
            "Choose a priority. To confirm this one, change it and change it back.": (
                "Choisir une priorité. Pour confirmer celle-ci, la changer puis la remettre."
            ),
            "priority that nobody chose": "priorité que personne n'a choisie",
        },
        "owned": {
            "assignee": "personne assignée",
            "no assignee": "pas de personne assignée",
            "The assignee of this retrospective action is missing.": (
                "Cette action de rétrospective n'est assignée à personne."
            ),
            "Assign one person.": "Assigner une personne.",
        },
        "fresh": {
            "recent change": "modification récente",
            "no recent change": "pas de modification récente",
            "The last change was {days:day|days} ago, more than {most}.": (
                "La dernière modification date de {days:jour|jours}, plus de {most}."
            ),
            "Review it with the team, then keep, update or close it.": (
                "Le revoir avec l'équipe, puis le garder, le mettre à jour ou le fermer."
            ),
        },
        "carried_over": {
            "not carried over": "pas reporté",
            "carried over too often": "reporté trop souvent",
            "The issue was in {count:closed sprint|closed sprints}, more than {most}, and is still open.": (
                "Le ticket était dans {count:sprint terminé|sprints terminés}, plus de {most}, et est encore ouvert."
            ),
            "Split it, resolve what blocks it, or close it.": ("Le diviser, résoudre ce qui le bloque, ou le fermer."),
        },
        "tick_contradiction": {
            "boxes match the data": "cases conformes aux données",
            "wrong tick in the checklist": "case cochée à tort dans la liste",
            "The box {box!q} is ticked, but {missing}.": "La case {box!q} est cochée, mais {missing}.",
            "the estimate is missing": "l'estimation manque",
            "acceptance criteria are missing": "les critères d'acceptation manquent",
            "an open issue blocks it": "un ticket ouvert bloque celui-ci",
            "the assignee is missing": "personne n'est assigné",
            "Correct the data, or remove the tick.": "Corriger les données, ou décocher la case.",
        },
        "checklist": {
            "readiness checklist": "liste de préparation",
            "open boxes in the checklist": "cases non cochées dans la liste",
            "The readiness checklist has open boxes: {boxes!q}.": (
                "La liste de préparation a des cases non cochées : {boxes!q}."
            ),
            "The readiness checklist has open boxes: {boxes!q} and {more} more.": (
                "La liste de préparation a des cases non cochées : {boxes!q} et {more:autre|autres}."
            ),
            "Tick what is done, and delete what does not apply.": (
                "Cocher ce qui est fait, et supprimer ce qui ne s'applique pas."
            ),
        },
    },
)
