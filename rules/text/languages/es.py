"""Spanish: headings, the story sentence, bug sections."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

from rules.text.languages.language import Language, StoryForm

SPANISH = Language(
    code="es",
    roles={
        "acceptance": r"criterios? de (?:aceptaci[oó]n|[eé]xito|validaci[oó]n|finalizaci[oó]n)|condiciones de (?:aceptaci[oó]n|satisfacci[oó]n)|definici[oó]n de (?:hecho|terminado|listo)|pruebas? de aceptaci[oó]n",
        "check": r"c[oó]mo (?:probar(?:lo)?|verificar(?:lo)?|validar(?:lo)?)|(?:plan|casos?|escenarios?) de pruebas?|pruebas|verificaci[oó]n",
        "steps": r"pasos(?: (?:para|a|de) (?:reproducir(?:lo)?|replicar(?:lo)?|seguir|reproducci[oó]n)(?: (?:el|la) (?:error|problema|fallo|incidencia))?)?|c[oó]mo reproducir(?:lo)?.{0,20}|reproducci[oó]n|para reproducir.{0,20}",
        "expected": r"(?:resultados?|comportamientos?) (?:esperados?|deseados?|correctos?)|(?:lo )?esperado|qu[eé] deber[ií]a (?:pasar|ocurrir|suceder)",
        "actual": r"(?:resultados?|comportamientos?) (?:actual(?:es)?|obtenidos?|observados?|real(?:es)?)|(?:lo )?obtenido|qu[eé] (?:pasa|ocurre|sucede).{0,20}|mensajes? de error",
        "value": r"objetivos?|valor(?: de negocio)?|beneficios?|por ?qu[eé]|motivaci[oó]n|prop[oó]sito",
        "requirements": r"requisitos|requerimientos|reglas de negocio",
        "questions": r"(?:preguntas?|dudas?|puntos?|temas?)(?: (?:abiert[oa]s?|pendientes?))?|por (?:definir|decidir|aclarar)",
        "environment": r"entorno|ambiente|versi[oó]n(?:es)?|navegador|plataforma",
        "tasks": r"tareas|sub-?tareas|implementaci[oó]n|por hacer|pendientes",
        "context": r"descripci[oó]n|contexto|resumen|antecedentes|problema|detalles?",
        "notes": r"notas?|observaciones|comentarios?",
        "evidence": r"capturas?(?: de pantalla)?|registros|adjuntos?",
        "design": r"dise[nñ]os?|maquetas?",
        "dependencies": r"dependencias|pre-?requisitos|precondiciones",
        "story": r"historia(?: de usuario)?",
        "scope": r"(?:fuera de(?:l)? )?alcance",
    },
    story=StoryForm(
        keywords=("como",),
        role=r"como (?:una? |el |la )?",
        wants=r"(?:quiero|queremos|necesito|necesitamos|deseo|puedo|podemos|debo|quisiera|gustar[ií]a|pueda|poder|quiere|necesita|debe|podr[ií]a|requiero|espero)",
        benefits=r"para(?: que| poder| as[ií])?|a fin de|con el (?:fin|objetivo) de|de (?:modo|manera|forma) que|porque|as[ií]",
        not_roles=r"(?:resultado|ejemplo|alternativa|soluci[oó]n|siempre|se|parte|consecuencia|nota|prueba|primer|si)",
        not_openers=r"(?:resultado|ejemplo|alternativa|soluci[oó]n|siempre|se|parte|consecuencia|nota|prueba|primer|si)\b.*",
    ),
    scenario=(r"dad[oa]s?", r"cuando", r"entonces"),
    numbered=r"criterio|condici[oó]n|paso|escenario|requisito|punto|tarea|caso",
    criterion=r"ca|criterio(?: de aceptaci[oó]n)?",
    leads=r"(?:debe|deben|deber[ií]an?|tiene que|tienen que)(?: poder)?|se (?:debe|deben) cumplir(?: lo siguiente| las siguientes condiciones)?",
    vague=r"(?:todo |eso |la funci[oó]n )?funciona(?: (?:bien|correctamente|como (?:se espera|est[aá] previsto|antes)|seg[uú]n lo (?:esperado|acordado)))?|como (?:se espera|se desea|se acord[oó]|siempre)|seg[uú]n lo (?:esperado|acordado|hablado)|(?:es )?(?:f[aá]cil de usar|intuitivo|r[aá]pido|amigable|sencillo)|sin errores",
    fillers=r"por (?:definir|completar|determinar|confirmar)|pendiente(?: de .{0,30})?|a (?:definir|completar)",
    done_when=r"(?:est[aá] )?(?:terminad[oa]|hech[oa]|complet[oa]) (?:cuando|si)\b",
    nothing=r"ningun[oa]?|no aplica|nada|n/?a",
    pointers=r"ver (?:arriba|abajo|(?:la )?descripci[oó]n|(?:los )?criterios.{0,20}|comentarios?|adjuntos?|t[ií]tulo)",
    undecided=r"por (?:definir|decidir|confirmar|aclarar)\b|no (?:est[aá] claro|estoy segur[oa]|est[aá] decidido)|hay que (?:decidir|aclarar|definir|confirmar)\b",
    should=r"deber[ií]an?\b|se espera(?:ba)?\b",
    symptoms=r"error|falla|no funciona|no se (?:puede|muestra)|incorrect|falta\b|se (?:cae|bloquea|cuelga)",
)
