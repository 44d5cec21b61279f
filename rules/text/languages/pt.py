"""Portuguese: headings, the story sentence, bug sections."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

from rules.text.languages.language import Language, StoryForm

PORTUGUESE = Language(
    code="pt",
    roles={
        "acceptance": r"crit[eé]rios? de (?:aceita[cç][aã]o|aceite|sucesso|conclus[aã]o|valida[cç][aã]o)|condi[cç][oõ]es de (?:aceita[cç][aã]o|satisfa[cç][aã]o)|defini[cç][aã]o de (?:pronto|feito|conclu[ií]do)|testes? de aceita[cç][aã]o",
        "check": r"como (?:testar|verificar|validar)|(?:plano|casos?|cen[aá]rios?) de testes?|testes|verifica[cç][aã]o",
        "steps": r"(?:passos|etapas)(?: (?:para|a|de) (?:reproduzir|replicar|seguir|reprodu[cç][aã]o)(?: o (?:erro|problema|bug))?)?|como reproduzir.{0,20}|reprodu[cç][aã]o|para reproduzir.{0,20}|passo a passo",
        "expected": r"(?:resultados?|comportamentos?) (?:esperados?|desejados?|corretos?)|(?:o )?esperado|o que deveria (?:acontecer|ocorrer)",
        "actual": r"(?:resultados?|comportamentos?) (?:atua(?:l|is)|obtidos?|observados?|rea(?:l|is))|(?:o )?obtido|o que (?:acontece|ocorre|est[aá] acontecendo).{0,20}|mensage(?:m|ns) de erro",
        "value": r"objetivos?|valor(?: de neg[oó]cio)?|benef[ií]cios?|por ?qu[eê]|motiva[cç][aã]o|prop[oó]sito|justificativa",
        "requirements": r"requisitos|regras de neg[oó]cio",
        "questions": r"(?:perguntas?|d[uú]vidas?|quest[oõ]es|pontos?)(?: (?:abert[oa]s?|em aberto|pendentes?))?|a (?:definir|decidir|esclarecer)",
        "environment": r"ambiente|vers[aã]o|vers[oõ]es|navegador|plataforma",
        "tasks": r"tarefas|sub-?tarefas|implementa[cç][aã]o|a fazer|pend[eê]ncias",
        "context": r"descri[cç][aã]o|contexto|resumo|problema|detalhes?",
        "notes": r"notas?|observa[cç][oõ]es|coment[aá]rios?",
        "evidence": r"capturas? de (?:tela|ecr[aã])|registos?|logs?|anexos?|evid[eê]ncias?",
        "design": r"prot[oó]tipos?|telas?|layouts?",
        "dependencies": r"depend[eê]ncias|pr[eé]-?requisitos|pr[eé]-?condi[cç][oõ]es",
        "story": r"hist[oó]ria(?: d[eo] (?:usu[aá]rio|utilizador))?",
        "scope": r"(?:fora do? )?(?:escopo|[aâ]mbito)",
    },
    story=StoryForm(
        keywords=("como", "enquanto", "sendo", "na qualidade", "eu"),
        role=r"(?:como|enquanto|sendo|na qualidade de|eu,? como) (?:uma? |o |a )?",
        wants=r"(?:quero|queremos|preciso|precisamos|desejo|posso|podemos|devo|gostaria|gostar[ií]amos|possa|poder|quer|precisa|deve|necessito|espero)",
        benefits=r"para(?: que| poder)?|a fim de|com o (?:fim|objetivo) de|de (?:modo|maneira|forma) (?:que|a)|porque|pois|assim",
        not_roles=r"(?:resultado|exemplo|alternativa|solu[cç][aã]o|sempre|se|parte|consequ[eê]ncia|nota|teste)",
        not_openers=r"(?:resultado|exemplo|alternativa|solu[cç][aã]o|sempre|se|parte|consequ[eê]ncia|nota|teste)\b.*",
    ),
    scenario=(r"dad[oa]s?(?: que)?", r"quando", r"ent[aã]o"),
    numbered=r"crit[eé]rio|condi[cç][aã]o|passo|etapa|cen[aá]rio|requisito|ponto|tarefa|caso",
    criterion=r"ca|crit[eé]rio(?: de (?:aceita[cç][aã]o|aceite))?",
    leads=r"(?:deve|devem|deveria|deveriam|precisa|precisam)(?: poder)?",
    vague=r"(?:tudo |isso |a fun[cç][aã]o )?funciona(?:ndo)?(?: (?:bem|corretamente|como (?:esperado|previsto|desejado|antes)))?|como (?:esperado|previsto|desejado|combinado|solicitado)|conforme (?:o )?(?:esperado|combinado|solicitado)|(?:[eé] )?(?:f[aá]cil de usar|intuitivo|r[aá]pido|amig[aá]vel|simples)|sem erros",
    fillers=r"a (?:definir|completar|preencher|confirmar|determinar)|pendente|por (?:definir|preencher)",
    done_when=r"(?:est[aá] )?(?:pront[oa]|conclu[ií]d[oa]|feit[oa]) (?:quando|se)\b",
    nothing=r"nenhuma?|n[aã]o se aplica|nada|n/?a",
    pointers=r"ver (?:acima|abaixo|(?:a )?descri[cç][aã]o|(?:os )?crit[eé]rios.{0,20}|coment[aá]rios?|anexos?|t[ií]tulo)",
    undecided=r"a (?:definir|decidir|confirmar|esclarecer)\b|n[aã]o (?:est[aá] claro|tenho certeza|foi decidido)|precisamos (?:decidir|definir|esclarecer|confirmar)\b",
    should=r"deveria(?:m)?\b|esperava-se\b|espera-se\b",
    symptoms=r"erro|falha|n[aã]o funciona|n[aã]o (?:aparece|abre|carrega)|incorret|trava",
)
