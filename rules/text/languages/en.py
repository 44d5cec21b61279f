"""English, the complete pack."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

from rules.text.languages.language import Language, StoryForm

_RESULT = r"(?:results?|behaviou?rs?|outcomes?|outputs?|values?|responses?|solutions?|effects?)"
_IT = r"(?: (?:(?:that )?(?:it|this)(?: (?:works?|is (?:done|fixed|working)))?|that|(?:the |this )?(?:issue|bug|problem|defect|error|behaviou?r|feature|change|story|fix|result)s?))?"
_CASE = r"(?:cases?|steps?|scenarios?|code|instructions?|procedures?|guides?)"
_TODO_WORDS = (
    r"done|defined|determined|decided|added|filled(?: in| out)?|completed|provided|confirmed|agreed(?: upon| on)?"
    r"|discussed|specified|written|documented|announced|clarified|finali[sz]ed|investigated|estimated|updated"
)

ROLES = {
    "acceptance": (
        r"(?:user |uat |minimal |minimum |final |story |draft |functional |technical |initial )?"
        r"acceptance(?: (?:criteri[a-z]*|criterea|tests?|testing|requirements?|conditions?|checks?|checklist|scenarios?))?"
        r"|acs?|a/c|ac['’]s|conditions? of (?:satisfaction|acceptance)"
        r"|(?:minimum |nice to have |mvp )?(?:definition of done|dod)|done (?:when|if|means|criteri[a-z]*)"
        r"|(?:this |it |the (?:story|task|issue|ticket) )?(?:is |will be )?(?:considered )?(?:done|complete|finished) (?:when|if)"
        r"|(?:success|completion|exit|verification|validation|satisfaction|test|testing|pass|passing|closing|release)"
        r" (?:criteri[a-z]*|conditions?)|success(?: metrics?| measures?)?|mvp criteria of completion"
        r"|criteri(?:a|on)(?: (?:of|for) (?:completion|acceptance|success|done))?"
        r"|how (?:do|will|can|should) (?:we|i|you) know(?: (?:when |that |if )?(?:it is|it's|we are|we're|this is) done)?"
        r"|what does (?:success|done) look like(?:, and how can we measure that)?"
        r"|(?:what )?must hold|(?:measurable )?deliverables and acceptance criteria"
    ),
    "check": (
        r"(?:how|where) (?:to|will we|do we|can we|do i|do you|should we|this will be|it will be|this was|was this)"
        r" (?:be )?(?:test|verify|demo|demonstrate|check|validate|qa|review|evaluate)(?:ed|d)?"
        + _IT
        + r"|how (?:has|was) this (?:been )?tested|(?:manual |smoke |functional |regression |unit |integration |e2e )?tests?"
        r"|(?:manual |smoke |functional |qa |regression |user |unit |integration )?test(?:ing)?"
        r" (?:cases?|plans?|scenarios?|instructions?|notes?|suites?|strategy|requirements?|checklist|approach|considerations)"
        r"|test(?:ing)? (?:steps?|procedure|app|code)|manual tests?|smoke tests?|user tests?|testing"
        r"|(?:qa|quality assurance)(?: (?:notes?|steps?|plan|criteria|tests?|instructions|checklist|considerations))?"
        r"|demo(?:nstration)? (?:script|steps|plan)|(?:steps? to )?verif(?:ication|y)(?: (?:steps?|plan|methods?))?"
        r"|validation(?: (?:steps?|plan))?|steps to (?:test|verify|validate|demo)" + _IT
    ),
    "steps": (
        r"(?:detailed |exact |minimal |specific |possible |clear |the |some )*steps? (?:to|for|of|2) "
        r"(?:be )?(?:re-?produc(?:e|ing|ed|tion)|repro|replicat(?:e|ing)|recreat(?:e|ing)|repeat|duplicate|follow|trigger|see|test)"
        + _IT
        + r"|(?:issue |bug |problem )?(?:reproduction|reproducing|reproduce|reproducible|repro|replication|replicating|recreation)"
        r"(?: " + _CASE + r"| rate)?"
        r"|(?:in order )?to (?:reproduce|recreate|replicate|repro|duplicate)"
        + _IT
        + r"|how (?:to|can (?:we|i|you|one)|do (?:we|i|you)|did you|i) (?:reproduce|recreate|replicate|repro|get (?:here|there))"
        + _IT
        + r"|(?:test |testing |repro |user )?steps(?: (?:taken|performed|followed))?|str|s2r"
        r"|(?:code|sample(?: code| app)?|example) to (?:reproduce|replicate|recreate)"
        + _IT
        + r"|what (?:steps|actions)(?: will| can| do)?(?: (?:i|we|you))?(?: (?:take|did|follow))?(?: (?:will |to )?reproduce(?: the (?:problem|issue|bug))?)?"
        r"|what (?:did you do|were you doing|i did)|actions? (?:taken|performed|done)|scenario to (?:reproduce|replicate)"
        + _IT
    ),
    "expected": (
        r"(?:the |my |your |what (?:is|was|were) (?:the |your )?)?expected (?:\*?correct\*? |correct )?"
        + _RESULT
        + r"(?: (?:is|was|should be))?"
        r"|expected|expectations?|expecting|expect|what(?: is|'s| was| were)? expected(?: to happen)?"
        r"|what (?:did|do|would|were) (?:you|i|we) (?:expect(?:ed|ing)?)(?: to (?:happen|see|occur|get|have happened))?(?: instead)?"
        r"|what (?:you|i|we) expect(?:ed)?(?: to (?:happen|see|occur))?"
        r"|what should (?:have )?(?:happen(?:ed)?|be|occur(?:red)?)(?: instead)?|(?:it )?should(?: be| have been| do)?"
        r"|(?:correct|desired|wanted|intended|ideal|proper|required|target) "
        + _RESULT
        + r"|i expect(?:ed)?|we expect(?:ed)?|desired state|expected (?:state|screen|page|data)|er"
    ),
    "actual": (
        r"(?:the |what (?:is|was) (?:the )?)?(?:actual|observed|current|obtained|incorrect|wrong|buggy|faulty|real)"
        r" (?:\*?(?:bug|incorrect|buggy)\*? |bug )?" + _RESULT + r"(?: (?:is|was))?"
        r"|actual(?:ly)?|observed|observations?|results?|actual (?:state|screen|page|data)|ar"
        r"|what(?: is|'s)? (?:actually )?(?:happens?|happened|happening|is happening|occurs|occurred|went wrong)(?: instead)?"
        r"|what (?:do|did) you (?:see|get|observe)(?: instead)?|instead|error(?: message| log| output| details| stack| trace)?s?"
        r"|(?:the )?(?:stack ?trace|crash(?: log| report)?|exception|back ?trace|traceback|symptoms?)s?"
        r"|describe the bug|bug description|(?:bug|defect)(?: summary)?"
    ),
    "value": (
        r"why|(?:business |user |customer )?(?:value|benefits?|impact)|motivation|rationale|goals?|objectives?|purpose|outcomes?"
        r"|reason(?:ing)?|justification|problem(?: statement)?(?: to solve)?|use ?cases?|opportunity|intent|user problem"
        r"|why (?:is|do|are|should|does|it|this|we).{0,60}|what problem.{0,60}|business (?:case|need|reason|justification)|need"
    ),
    "outcome": r"(?:desired|intended|planned|target|final) (?:outcomes?|end state|goal)|expected outcomes?|end (?:result|goal)s?",
    "requirements": (
        r"(?:functional |non-?functional |technical |business |user |system |product |key |core )?requirements?"
        r"|must[- ]haves?|rules|business rules|constraints?|conditions?|specifications?|specs?"
    ),
    "questions": (
        r"(?:open |outstanding |unresolved |remaining |unanswered |key )?(?:questions?|issues? to (?:resolve|decide)|unknowns?)"
        r"(?: to (?:answer|resolve|decide|clarify|consider|be answered|discuss))?"
        r"|(?:open|outstanding|unresolved) (?:points?|items?|topics?|decisions?|issues?)|decisions? (?:needed|to (?:make|be made))"
        r"|to (?:be )?(?:decided?|clarif(?:y|ied)|discuss(?:ed)?|resolved?)|needs? (?:clarification|decision|discussion)|for discussion|tbds?"
    ),
    "ready-checklist": r"(?:definition of ready|dor)(?: \(?dor\)?)?(?: check ?list)?|ready check ?list|readiness(?: check ?list)?",
    "environment": (
        r"(?:test(?:ing|ed)? |your |system |runtime )?environment(?: (?:details|info(?:rmation)?))?|env|versions?(?: (?:info(?:rmation)?|used|affected))?"
        r"|(?:tested|seen|observed|reproduced) (?:on|with|in)|devices?(?: (?:tested|info|used))?|platforms?|browsers?|desktop|smartphone"
        r"|operating systems?|os|configuration|system info(?:rmation)?|build(?: info| number| version)?|affected versions?|setup|hardware|sdk"
    ),
    "tasks": (
        r"(?:sub-?)?tasks?(?: list)?|to-?\s?do(?:s| list)?(?: ?/ ?how to implement)?|what needs to (?:be done|happen|change)|what to do|action items?|actions"
        r"|implementation(?: (?:plan|notes?|details?|steps?|guide|ideas?|tasks?|proposal|checklist))?|how to implement|plan|work(?: items?| to (?:do|be done))?"
        r"|technical (?:notes?|details?|tasks?|approach|design|considerations?|implementation|solution)|dev(?:elopment|eloper)? (?:notes?|tasks?|checklist)"
        r"|next steps?|check ?list|steps to (?:complete|implement|take|do|resolve|fix)|approach|deliverables?|procedure|rollout(?: plan| steps)?|milestones?"
    ),
    "story": r"(?:user |job )?(?:story|stories|narrative)|story (?:description|statement)|job to be done|jtbd|as an?",
    "proposal": (
        r"(?:proposed |suggested |possible |potential |recommended )?(?:proposals?|solutions?|fix(?:es)?|suggestions?|changes?|improvements?|feature|enhancements?)"
        r"|(?:feature|change) (?:request|description|proposal)|idea|what"
    ),
    "context": (
        r"(?:issue |bug |short |brief |detailed |problem |general |story |full |original )?(?:description|summary|details?|overview)"
        r"|background(?: info(?:rmation)?)?|(?:additional |more |further )?(?:context|info(?:rmation)?|details?)|introduction|abstract|problem description"
        r"|back ?story|current (?:state|situation|status|implementation|process)|history|about|tl;?dr|problem|issue|scenario|analysis|(?:root )?causes?|cause"
    ),
    "notes": (
        r"(?:additional |other |extra |further |side |important |release |developer |please |design )?(?:notes?|comments?|remarks?|nb|info|information|thoughts)|hints?|caveats?"
        r"|assumptions?|limitations?|breaking[- ]changes?|edit|update|warning|tips?|disclaimer|fyi|important|ps"
    ),
    "design": r"(?:ux|ui|ui/ux|ux/ui|ux/design|visual)?(?: |/)?(?:designs?|mock-?ups?|wire-?frames?|prototypes?)(?: (?:link|files?|notes?))?|ux|ui|ui/ux|ux/ui|figma",
    "evidence": (
        r"(?:relevant )?(?:screen ?(?:shots?|casts?|recordings?)|logs?|videos?|images?|attachments?|log (?:file|output)s?|console(?: output| log)?|output)"
        r"(?: ?(?:and|or|/|and/or) ?(?:logs?|screen ?shots?|videos?|attachments?))?|(?:slack |chat |e?mail )?(?:threads?|conversations?|discussions?|transcripts?)(?: (?:in|on|from) slack)?|(?:sample|example|demo|app) (?:project|app|code)|test project|code(?: (?:sample|example|snippet))?|sample|app\.js|example"
        r"|output of checks|results of gitlab.{0,60}"
    ),
    "work-around": r"(?:known |possible |temporary )?work-?\s?arounds?",
    "links": r"(?:related |useful |relevant |external |reference )?(?:links?(?:/references)?|references?|resources?|documentation|docs?|reading|issues?|tickets?|stories|pull requests?|prs?|jira|sources?)|see also|related(?: to)?|parent epic",
    "dependencies": r"(?:external |internal )?(?:dependenc(?:y|ies)|blockers?|blocked by|depends on|prerequisites?|pre-?conditions?|pre-?requisites?)",
    "scope": r"(?:in |out of |not in )?scope|non-?goals?|out-?of-?scope|exclusions?",
    "risks": r"risks?(?: and mitigations?)?|impact analysis|security(?: considerations?)?|performance|permissions(?: and security)?",
    "estimate": r"(?:effort|time )?(?:estimat(?:e|es|ion)|size|points|weight)|time ?box|effort",
    "people": r"personas?|users?|stakeholders?|intended users?|target (?:users?|audience)|who|roles?|owners?|contacts?|team",
    "experiments": r"experiments?|feature flags?|metrics|analytics|tracking|monitoring|telemetry",
    "mobile": r"mobile|web|backend|front-?end|ios|android|windows|api|server|client|database",
}

ENGLISH = Language(
    code="en",
    roles=ROLES,
    story=StoryForm(
        keywords=("as",),
        role=r"as (?:an?|the|any|either an?|one of the)\s+|as\s+(?=\w)",
        wants=(
            r"(?:(?:would|'d|d|should|could|might)\s+(?:also\s+|really\s+|just\s+)?(?:like|love|want|prefer|need|expect|wish)|want|wants|need|needs|wish|wishes|would|'d|can|could|should|must|may|might|will|shall|able|expect|expects|require|requires|prefer|like"
            r"|am|have|has|do|possible|get|hope|desire|love|ought)"
        ),
        benefits=(
            r"so that|so as to|in order (?:to|that)|such that|so(?=\s+(?:i|we|they|he|she|it|you|users?|people|the|that|my|our|their|when|customers?|developers?|others|everyone|one)\b)"
            r"|because|, to be able to|to ensure"
        ),
        not_roles=(
            r"(?:bit|aside|proposal|complement|follow-on|helper|replacement|https?|hook|template|addition|extension|precondition|consideration|thought|suggestion|request|question|result|work-?around"
            r"|side[- ]effect|consequence|step|test|reminder|follow-?up|note|part|matter|rule|bonus|point|solution|example|alternative|fix|compromise|fall-?back|precaution|reference|heads?-?up"
            r"|prerequisite|start|whole|minimum|resort|side|child|default|starter|first|service|package|library|module|plugin|parameter|argument|string|list|file|function|class|object|value"
            r"|variable|dependency|option|proof|hack|measure|baseline|approach|title|subject|summary|idea|improvement|feature|epic|story|task|way|reason|general|preliminary|exercise|indicator|structure|header)"
        ),
        not_openers=(
            r"(?:follows|well|soon|long|far|much|many|expected|described|mentioned|discussed|noted|seen|stated|per|of|for|above|below|such|always|usual|before|now|is|if|though"
            r"|it|this|that|these|those|there|they|we|you|i|he|she|opposed|shown|in|to|at|on|by|with|from|can|more|most|being|suggested|requested|reported|outlined|indicated"
            r"|pointed|explained|defined|proposed|part|when|while|once|after|where|then|possible|needed|required|appropriate|applicable|planned|only|also|just|currently|already|not)\b.*"
        ),
    ),
    scenario=(r"given", r"when", r"then"),
    numbered=r"(?:acceptance |success |user |test )?(?:criteri(?:on|a)|conditions?|scenarios?|cases?)|ac|steps?|requirements?|items?|points?|bullets?",
    criterion=r"ac|acc|(?:acceptance )?criteri(?:on|a)",
    vague=(
        r"(?:it|this|that|everything|all|the (?:feature|page|app|application|button|system|solution|code|change|fix)|(?:feature|code|app|page))? ?(?:just |simply |should |must |shall |will )*"
        r"(?:be )?(?:works?|working|runs?|functions?|is (?:working|done|finished|complete|implemented|fixed|ok|good|fine))(?: (?:correctly|properly|fine|well|good|great|perfectly|smoothly|as (?:expected|intended|desired|before|designed|requested|it should)|like before|without (?:any )?(?:errors?|problems?|issues?|bugs?)))*"
        r"|as (?:expected|desired|requested|discussed|agreed|intended|wished|described|usual)"
        r"|(?:(?:it|this|the (?:feature|page|app|ui|system|solution))? ?(?:is|should be|must be|be) )?(?:very |more |really )?(?:user[- ]friendly|easy(?: to (?:use|understand))?|intuitive|simple|fast(?:er)?|quick(?:er)?|performant|nice|good|great|beautiful|modern|clean|robust|stable|reliable|secure|responsive|usable)(?: (?:ui|ux|design|performance|experience|interface))?"
        r"|good (?:performance|quality|usability)|no (?:bugs|errors|problems|regressions?)|everything (?:ok|okay|fine|good)|(?:the )?(?:customer|user|po|product owner)s? (?:is|are) (?:happy|satisfied)|looks (?:good|nice|right|ok)"
    ),
    fillers=(
        r"tbd|tba|tbc|tbh|todo|to do|to[- ]be[- ](?:"
        + _TODO_WORDS
        + r")|to (?:fill(?: in)?|complete|define|come|follow)|fill (?:me|this|it)?(?: in| out)?|xxx+|lorem ipsum.{0,200}"
        r"|coming soon|no response|placeholder|wip|work in progress|pending|later|your text here|text|description here|yyy+|foo(?: bar)?|asap"
    ),
    done_when=(
        r"(?:(?:this|it|the|we)(?: (?:issue|story|task|ticket|work|feature))? (?:is|are|will be|can be|should be) )?(?:considered |regarded as )?(?:done|completed?|finished|closed|accepted) (?:when|once|if|as soon as)\b|we (?:will )?accept (?:this|it|the \w+) (?:when|once|if|as soon as)\b"
        r"|(?:after|once|when) (?:this|the) (?:issue|story|task|ticket|work|feature|change|mr|pr|merge request) (?:is|has been|gets) (?:closed|done|finished|implemented|completed?|merged|resolved|shipped|deployed|delivered),? .{0,80}?\b(?:should|can|could|must|will|shall)\b"
        r"|(?:this|it|the (?:change|story|feature|task)) (?:should|must) result in\b|(?:we|you|i) (?:will |can )?know (?:that )?(?:this|it|we)(?:'s|'re| is| are)? (?:done|works?|working|finished|complete|ready) (?:when|if|once)\b|success (?:means|looks like|is when)\b"
        r"|(?:the |our |my )?(?:definition of done|acceptance criteri(?:a|on)|success criteri(?:a|on))(?: (?:here|for (?:this|the)(?: \w+)?))? (?:is|are|would be|will be)\b"
    ),
    nothing=r"n/?\.?a\.?|none|nil|no|nothing|not applicable|not (?:needed|required)|none (?:needed|required|so far|yet)|no (?:ac|acceptance criteria|changes?)|unknown|empty|-+|not available|see title",
    pointers=(
        r"(?:please )?(?:see|refer to|as(?: per| in| stated| described)?|same as|check|read|cf\.?|ref(?:er)?\.?)(?: the| in the| our| it in)? ?"
        r"(?:above|below|title|summary|description|acceptance criteria|ac|comments?|attach(?:ed|ment)s?|wiki|doc(?:s|ument(?:ation)?)?|design|epic|parent|definition of done|qa|mock-?ups?|goal|what needs to be done|tasks?|figma|sheet|discussion|thread|slack|links?)"
        r"(?: (?:above|below|section|field|tab|ticket|issue|file|doc|comment|of this.{0,20}))?|same|as above|ditto|above|below"
    ),
    undecided=(
        r"tbd\b|to be (?:discussed|decided|agreed|determined|confirmed|clarified|defined)\b|(?:still up|up) (?:for|to) (?:discussion|debate)\b"
        r"|(?:^|(?:we|i|team|still|also|first|then|and|but|yet|tbd)\W+)(?:still |also |first |just |will |would |might |may )?(?:(?:need|needs|have|has|want) to|should|must|to) (?:decide|confirm(?! that)|agree|clarify|figure out|discuss|determine(?! (?:\w+ and|reprod))|define (?:what|how|which)|find out|work out)\b"
        r"|(?:not|\w+n't) (?:yet |really |quite |100% |entirely |completely )?(?:sure|clear|decided|certain)\b(?! why\b| to \w+ how\b| how to do\b)|(?:unsure|unclear|undecided)\b"
        r"|let's (?:discuss|decide|agree|figure out|see (?:what|which|how|if|whether))\b|open questions?\b|(?:needs?|requires?|pending) (?:a |further |more |some )?(?:decision|clarification|discussion)\b|we (?:may|might) (?:want|need) (?:to|this)\b.{0,80}\?"
        r"|(?<!:)question(?: is|:| remains)|(?=decide |agree )(?<!can )(?<!could )(?<!may )(?<!might )(?<!will )(?<!able to )(?:decide|agree) (?:on|whether|if|how|what|which)\b|one of (?:2|two|three|these|the following) (?:\w+ )?(?:options|solutions|approaches|alternatives|ways)\b"
    ),
    should=(
        r"(?=should)(?<!we )(?<!you )(?<!i )(?<!probably )should(?:n't| not)? (?!be (?:fixed|investigated|looked|resolved|addressed|changed)|fix|investigate|look|probably|we|i\b)|you should (?:be able|see|get|not|have)\b|supposed to\b|ought to\b|(?<!way )(?<!as )(?:i|we|one|you|users?) (?:would |'d )?expect(?:ed)?\b"
        r"|expected (?:to|that|result|behaviou?r|outcome|output)\b|is expected\b"
    ),
    symptoms=(
        r"crash|fail|error|exception|(?:not|\w+n't) work|no longer|broken?\b|breaks?\b|incorrect|wrong|missing|unable|cannot|can't|can not|won't|doesn't|does not|didn't|did not|isn't|is not|aren't|are not"
        r"|wasn't|regression|leak|invalid|flak[ey]|freez|hangs?\b|stuck|unexpected|bugs?\b|defect|corrupt|lost\b|loses?\b|disappear|ignor|inconsisten|blank\b|null\b|undefined|duplicat|overlap|delay|slow"
        r"|abort|never |stops?\b|stopped|rejected|denied|timeout|times out|timed out|issue with\b|problem with|misalign|distort|truncat|cut off|not (?:being )?\w+ed\b|without \w+ing\b|instead of|weird|strange|glitch|flicker|denies"
    ),
)
