"""Patterns of words and shapes in a defect report.

Patterns only; `bug_detection` has their weights. Those of every language come from the language packs. The finer ones
are English only: the other packs cover headings, story sentences and the sections of a report.
"""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

from rules.lazy_regex import caseless, holds_one, regex
from rules.text.languages import LANGUAGES, whole_words

SYMPTOMS = whole_words(language.symptoms for language in LANGUAGES)
# English words for what should be, besides "should". "A number is returned instead of a boolean" names both, what
# happens and what should.
_EXPECTS = (
    r"(?:ideally|instead of|rather than|must (?:be|not|have|only|always|never)\b(?! (?:added|fixed|resolved|done))|recommended that|needs? to (?:ensure|make sure|be (?:consistent|able)|support|return|show|track)"
    r"|(?:we|you|i|they) (?:should not|shouldn't|must not|mustn't)(?! (?:be )?(?:fix|worry|forget|need))|(?:we|you|i) should (?:ensure|make sure|see|get|not|have|be able|only|always|never|show|return|use|either|allow|display|handle|hide|keep|accept|reject|treat|support|wait|stop)|should be changed to be|to be consistent with|expects? (?:[^.!?\n]|[.!?](?=\S)){3,120} but|to (?:fix|solve|resolve|correct|avoid) (?:this|it|that)(?: (?:issue|problem|bug))?, (?:the )?\w+ (?:needs?|have|has|must)|(?:\A|(?<=[.!?\n])|(?<=[.!?\n] ))(?:expect(?:ed|ing)?|(?:even )?better would be|(?:put|show|display|list|sort|keep|render|place) [^.!?\n]{2,40} the same [a-z]+ as))\b"
)
SHOULD = whole_words(
    (language.should for language in LANGUAGES),
    _EXPECTS,
    parts="should|expect|supposed to|ought to|ideally|instead of|rather than|must |need to |better would|the same |to fix|to solve|to resolve|to correct|to avoid|needs to |recommended that|to be consistent with|mustn't|sollte|erwartet wird|devrai|attend|deber|espera|deveria|zou|hoort te|verwacht wordt|dovrebb|ci si aspetta",
)
# Lines of logs and traces, and names of errors.
_LOG_LINE = r"\s*(?:at\s+\S+[.(:]|File \"|#?\d+\s+\S+\s+0x|Caused by|Traceback|\[?(?:ERROR|WARN|INFO|DEBUG|TRACE)\b|E/|W/|I/|D/|\[?\d{4}-\d\d-\d\d[ T]\d\d:|=== RUN\b|--- (?:FAIL|PASS|SKIP)\b|Error Trace:|[d-][rwxsSt-]{9}[ .+])"
_LOG_WORDS = r"\b(?:[A-Z]\w*(?:Error|Exception))\b|Exception in thread|Process terminated|SIG[A-Z]{3,4}\b|panic:|\] (?:INFO|WARN|WARNING|ERROR|FATAL|DEBUG): |\b(?:FATAL|INFO|DEBUG|TRACE): "
LOG = regex(rf"{_LOG_LINE}|{_LOG_WORDS}")
# The engine is fast in finding line ends, and slow in trying each place for being a line's start.
_LINE_OF_LOG, _WORDS_OF_LOG = regex(rf"\n{_LOG_LINE}"), regex(_LOG_WORDS)
_PARTS_OF_LOG = (
    *("Error", "Exception", "Process terminated", "SIG", "panic:"),
    *("INFO: ", "WARN: ", "WARNING: ", "ERROR: ", "FATAL: ", "DEBUG: ", "TRACE: "),
)
SENTENCE = regex(r"(?:[^.!?\n]++|[.!?](?=\S)|\n(?!\n))+")
SENTENCE_ENDS = regex(r"[.!?](?=\s|$)|\n\n")
# "[Web] iOS: Tabs - " in front of a title.
PREFIX = regex(
    r"(?:\[[^\]]*\]\s*|\([^)]{1,20}\)\s*)*(?:[^:]{1,40}:\s+)*(?:\[[^\]]*\]\s*)*(?:[^\s:-][^:-]{0,28}\s-\s+)?"
)
# Words of a title or text about something that does not work as it should.
FAULT = caseless(
    r"\b(?:crash(?:es|ed|ing)?|fail(?:s|ed|ing|ures?)|broken?|breaks|breaking|hangs?|freezes?|leaks?|aborts|throws|stuck|regression|corrupt(?:s|ed|ion)?|disappears?|flickers?|misaligned|truncated|ignored|ignores|lost|loses"
    r"|will not|would not|has no|have no|there (?:is|are) no|no effect|nothing happens|do(?:es)? nothing|acts? as if|too (?:many|much|few|large|small|slow|long|short|big|wide|high|early|late)|twice|clipped|cropped|only (?:works?|shows?|displays?|returns?|fires?)|cannot|can't|can not|unable|impossible|won't|doesn't|does not|don't|do not|didn't|isn't|is not|aren't|are not|wasn't|haven't|hasn't|not (?:been )?\w+(?:ing|ed)|not (?:usable|shown|able|compatible|correct(?:ly)?|work|sent|found|available|visible|properly|getting|being|possible)"
    r"|no longer|incorrect(?:ly)?|wrong(?:ly)?|invalid|unexpected(?:ly)?|never|stops?|stopped|bugs?|flaky|null pointer|npe|typo|locks? up|returns? (?:null|undefined|wrong|incorrect|empty|0)|duplicated|(?:serving|showing|shows|returns|has|have|with|displays) duplicates?|mismatch(?:es|ed)?|inaccessible|unusable|unresponsive|typos|overflows|overlaps|denied|missed|error thrown|(?:dies|fails|behaves|looks) badly|over and over)\b|^\W*no \S+(?: \S+){0,4} found\b|exception\b|\werror\b|\bexc_|\bsig(?:segv|abrt)",
    parts="crash|fail|broke|break|hang|freez|leak|abort|throw|stuck|regress|corrupt|disappear|flicker|misalign|truncat|ignore|lost|lose|not| no|no |as if|too |twice|clipped|cropped|only |can't|unable|impossible|n't|wrong|incorrect|invalid|unexpected|never|stop|bug|flaky|null|npe|typo|lock|return|duplicate|mismatch|inaccessible|unusable|unresponsive|overflows|overlaps|denied|missed|badly|over and over|exception|error|exc_|sigsegv|sigabrt",
)
# Words that name a fault only together with further signs, and words of a circumstance in which it shows.
MAYBE_FAULT = caseless(
    r"\b(?:errors?|issues?|problems?|missing|slow|delays?|null|undefined|inconsistent|inconsistenc(?:y|ies)|weird|strange|warnings?|without|inaccurate|instead of|overlaps?|blank|empty|deadlocks?|race|duplicates?"
    r"|misalign\w*|loop(?:s|ing)|los(?:e|ing)|access violation|mis(?:leading|behav\w+)|(?:bad|poor) performance|turn(?:s|ed|ing) black|reversed?|confus\w+|segfaults?|timeouts?|times? out|timing out|inconsistently|incomplete|dead|differs?|different|unreadable|invisible|hidden|cut off|jumps?|doubled?|faulty|buggy|off by|exceeds?|leaking|lag(?:gy|s)?)\b"
)
SITUATION = caseless(r"\b(?:only|always|still|after|when|while|if)\b")
# How the first sentences of a report describe a fault.
DESCRIBED_FAULT = caseless(
    r"\b(?:crash(?:es|ed|ing)|throws? (?:an? )?\w*(?:error|exception)|(?:does not|doesn't|do not|don't|did not|didn't|not) (?:seem to )?(?:\w+ing\b|work|fire|display|show|appear|respond|load|return|update|behave|render|trigger|happen|get)\w*"
    r"|(?:is|are) (?:(?:displayed|shown|listed|sorted) )?in (?:the )?(?:wrong|reverse|incorrect) \w+|is (?:broken|not working|wrong|incorrect|ignored|lost|never)|are (?:broken|not working|wrong|ignored|lost)|fails?|failed|failing|error is|following error|there (?:is|are|was|were) (?:an? |some )?(?:issues?|problems?|errors?) (?:with|when|if|in)|get(?:ting)? (?:an? |the )?(?:following )?(?:error|exception|crash)"
    r"|(?:was|were|is|are) (?:working|works?) (?:fine |ok |correctly |well )?(?:in|on|with|before)|works? (?:fine|ok|correctly|well|as expected) (?:in|on|with|for)|used to work|regression|stack ?trace|unable to|hangs?|freezes?|do(?:es)? nothing|nothing happens|acts? as if|bug)\b",
    parts="crash|throw|not|n't|is broken|is wrong|is incorrect|is ignored|is lost|is never|in wrong|in incorrect|in reverse|in the |are |fail|error|exception|issue|problem|get|was |were |work|used to|regress|trace|unable|hang|freez|as if|bug",
)
# A failure that says by itself what should happen: "it crashes" and "the voucher is not taken off" leave no doubt, "the
# total is wrong" does.
PLAIN_FAILURE = caseless(
    r"\b(?:crash\w*|seg(?:mentation)? ?faults?|\w*exceptions?|\w*errors?|fail(?:s|ed|ing|ure)?|traceback|stack ?trace|hangs?|freez\w+|frozen|deadlock\w*|leaks?|panics?|stürzt|absturz|plante)\b"
    r"|\b(?:not|cannot|\w+n['’]t|unable|no longer|never|nothing|missing|ignor(?:es|ed)|disappear\w*|los(?:es|t)|blank|empty|twice|doubled|broken|still|geht nicht|funktioniert nicht)\b"
)
# A failure that does not say what would be right: the total is wrong, two pages differ, something is strange.
DOUBTFUL_FAILURE = caseless(
    r"\b(?:wrong|incorrect(?:ly)?|invalid (?:values?|times?|dates?|results?|numbers?|totals?|positions?|sizes?)|inaccurate(?:ly)?|unexpected(?:ly)?|inconsisten\w+|differs?|different(?:ly)?|strange(?:ly)?|weird(?:ly)?|odd(?:ly)?|improper(?:ly)?|misbehav\w+|problems?|issues?|bugs?|falsch\w*|fehlerhaft\w*|seltsam\w*|incorrecte?s?|bizarre\w*|incorrect[oa]s?|err[oó]ne[oa]s?)\b"
)
# What should not happen is what happens.
DENIES = caseless(r"\b(?:should(?: not|n['’]t)|must(?: not|n['’]t)|instead of|rather than)\b")
# It is as it should be elsewhere: "this does not happen on iOS", "it works fine in 2.1".
RIGHT_ELSEWHERE = caseless(
    r"\b(?:(?:does|do|did|is|was)(?:n't|n’t| not) (?:\w+ )?(?:happen|occur|present|displayed|shown|reproducible|seen|an issue|a problem|the case)\b|not the case\b|unlike\b|instead of\b|no (?:such )?(?:issues?|problems?) (?:in|on|with|under|for)\b|without (?:an?|any) (?:issues?|problems?)\b"
    r"|(?:works?|worked|working|behaves?|fine|ok|correct(?:ly)?|as expected) (?:(?:fine|well|ok|correctly|perfectly|properly|as expected|just fine) )?(?:in|on|with|for|before|under) (?!a\b|an\b|the same\b)"
    r"|(?:it|this|that|everything) (?:also )?(?:works?|worked|is working|behaves) (?:fine|well|ok|correctly|perfectly|properly|as expected)\b|(?:works?|worked) as expected\b|correct (?:value|result|output|behaviou?r) (?:in|on|with|for)\b)",
    parts="happen|occur|present|displayed|shown|reproducible|seen|issue|problem|case|unlike|instead of|work|behave|fine|ok|correct|as expected",
)
# The cause or the fix of a defect: who knows it needs no steps.
NAMES_CAUSE = caseless(
    r"\b(?:(?:root )?cause[ds]? (?:is|was|by)|the (?:cause|reason|culprit) (?:(?:for|of) (?:it|this|that) )?(?:is|was)|(?:fail(?:s|ed|ing)?|crash(?:es|ed)?|breaks|happens|occurs) (?:now )?due to|should (?:use|call|be (?:using|calling|changed to|replaced|removed|renamed|set to))|hard-?coded|(?:fix|solution) (?:is|would be) to|introduced (?:with|by)|simple (?:missing|typo)|dead code|should have been)\b"
    r"|/blob/\S+#l\d+|\.(?:java|kt|mm?|h|cc?|cpp|cs|go|js|ts|py|rb|php|swift) (?:(?:on|at|in) )?line \d+|\bin line +#?\d+ should\b",
    parts="cause|reason|culprit|due to|should use|should call|should be |should have been|hard-coded|hardcoded|fix is|fix would|solution is|solution would|introduced|simple |dead code|/blob/| line ",
)
# A heading about reproduction.
REPRODUCES = caseless(r"re-?pro|\brepo steps|re-?creat|replicat|reprodu")
# A heading that asks for the defect.
NAMES_BUG = caseless(r"\b(?:bug|defect)\b(?!.{0,10}behaviou?r)")
# Headings in other words.
NAMES_EXPECTED = caseless(
    r"\bexpected\b.*\b(?:behaviou?r|results?|outcome|output)\b|\b(?:should|ought to) (?:it )?(?:happen|look|be|work)\b"
)
NAMES_ACTUAL = caseless(
    r"\b(?:actual|observed|current|present|wrong|incorrect)\b.*\b(?:behaviou?r|results?|outcome|output|state)\b|\bdescri(?:be|ption)\b.{0,20}\b(?:bug|defect|problem)\b"
)
# A sentence with one of these is a request, not an observation.
REQUEST = caseless(
    r"\b(?:needs? to|should|please|let's|must|want|would like|you can|ask(?:ed|ing)? for|requests? (?:for|to|that))\b"
)
# A version, a browser, a system or a place where it runs.
NAMES_ENVIRONMENT = caseless(
    r"\bv?\d+\.\d+(?:\.\d+)*\b|\bversion\s+\w+|\b(?:chrome|firefox|safari|edge|internet explorer|opera)\b"
    r"|\b(?:windows|macos|mac os|os x|linux|ubuntu|debian|fedora|android|ios|iphone|ipad|ipod|docker|kubernetes|xcode"
    r"|blackberry|tizen|mobile ?web|simulator|emulator)\d*\b|\bos \d+\b"
    r"|\b(?:latest|nightly|from) (?:builds?|head|master|main)\b"
    r"|\b(?:production|staging|prod|dev|test)\s+(?:environment|system|server|site|cluster)\b|\bbuild\s+#?\d+|\bcommit\s+[0-9a-f]{7}",
)


def shows_log(text: str) -> bool:
    """Whether a line of a log or a trace, or the name of an error, is in the text."""
    if holds_one(text, _PARTS_OF_LOG) and _WORDS_OF_LOG.search(text) is not None:
        return True
    return _LINE_OF_LOG.search(f"\n{text}") is not None
