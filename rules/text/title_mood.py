"""The grammatical form of a title: a command ("Show the total") or a statement ("Total shows twice").

English only: its verbs have few forms, so a list of common ones and their third person is enough.
"""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Iterable

from rules.lazy_regex import caseless, regex


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# What teams and programs do. A title that begins with one of these is a command.
_VERBS = _words(
    """
    add adjust alert allow analyse analyze announce appear apply archive ask assess assign automate avoid become bring bump
    cancel cause choose clarify clean clear close collapse collect compile configure consider consolidate
    contain continue convert create decommission decouple delete deploy deprecate detect determine develop
    disable disappear disallow discuss drop eliminate enable enforce enhance ensure evaluate exclude execute
    expand expire explore expose extend extract fetch fill finalise finalize find finish fire follow forget
    generate get give go handle happen have hide identify ignore implement improve include increase inform
    inject integrate introduce invalidate investigate join jump keep lead learn leave let limit load make merge
    migrate move navigate notify occur optimise optimize override overwrite parse perform persist play prepare
    prevent produce prove provide publish put raise reach rebuild receive reconsider recreate redesign redirect
    reduce refactor refer refuse register reimplement reintroduce reject remain remember remind remove rename
    render reopen reorganise reorganize replace replicate require rescue resize resolve respond restart restore
    restrict retrieve return revert revisit rewrite roll rotate save say select send separate serve simplify
    skip speed split standardise standardize stay streamline strip submit succeed take tell throw translate
    embed emit exceed inherit omit recognise recognize swallow warn
    treat trim truncate try turn unify use validate vanish verify wait wrap write
    """
)
# The same for verbs that are nouns too: "Filter by date" is a command, "Filter is gone" is not.
_VERBS_AND_NOUNS = _words(
    """
    break complain lack link record refresh reload zoom
    block build cache call catch change check click copy count cut design display document download duplicate
    end export filter flash flicker format import insert install list lock log mark miss need open output overflow
    overlap pass plan point port post print prompt push query queue read release repeat report request reset
    result retry review run scale schedule scroll search set setup show sort spin start stop store style support
    switch sync test time track trigger update upgrade upload
    """
)


def _third_person(verb: str) -> str:
    if re.search(r"(?:s|x|ch|sh|o)$", verb):
        return f"{verb}es"
    if verb == "have":
        return "has"
    return f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}s"


def _third_person_of(verbs: Iterable[str]) -> str:
    return "|".join(_third_person(verb) for verb in verbs)


_ADVERB = r"(?:(?:only|also|just|always) )?"
_ORDER = caseless(
    rf"{_ADVERB}(?:{'|'.join(_VERBS)}|should|please|let's|let us|do not|don't|never|\w{{4,}}ize|be able to|able to|ability to|option (?:for|to)|spike|story|epic|feature|we need)\b"
)
_ORDER_OR_NOUN = caseless(
    rf"{_ADVERB}(?:{'|'.join(_VERBS_AND_NOUNS)})\b( (?:an?|the|all|our|their|its|this|these|it|them|new|how|what|whether)\b)?"
)
# After "that", "which" or "when" a verb belongs to a clause of its own; "is to be" is a command.
_CLAUSE = ("that", "which", "who", "when", "where", "if", "as", "how", "what", "once")
_NOT_IN_CLAUSE = "".join(rf"(?<!\b{word}\s)" for word in _CLAUSE)
_NO_MODAL = "".join(
    rf"(?<!\b{word}\s)" for word in ("can", "to", "could", "will", "must", "should", "may", "might", "not")
)
_AFTER_VERB = "an?|the|all|its|their|no|only|even|when|after|before|immediately|to|twice|wrong|up|out"
_STATEMENT = caseless(
    rf"(?<=\S\s){_NOT_IN_CLAUSE}{_NO_MODAL}(?:(?:is|are|was|were|has|have|does|do|gets?|may|doesn't|don't|isn't|aren't|can't|won't|cannot)\b(?! to be\b)"
    rf"|(?:{_third_person_of(_VERBS)})\b|(?:{_third_person_of(_VERBS_AND_NOUNS)})\b(?= (?:{_AFTER_VERB})\b)"
    r"|(?:breaks|crashes|fails|hangs|leaks|freezes|flickers)\b)"
)
# "Restore fails": the first word is a noun after all.
_FAILS = caseless(r"\s(?:fails|failed|crashes|hangs|breaks|freezes|is|does(?:n't| not)|doesn't|isn't|never|stops)\b")
# In the main clause: "Show a message when the upload fails" is a command.
_FAILS_PLAINLY = caseless(
    r"\s(?:fails|crashes|hangs|freezes|flickers|leaks|throws|disappears|vanishes|destroys|corrupts|loses|exits|ignores|overlaps|misses)\b"
)
_CIRCUMSTANCE = caseless(r"(?:on|when|if|after|for|in|before|during) [^,.:]{3,60},\s+")
_CLAUSE_OPENS = regex(rf"\s(?:{'|'.join(_CLAUSE)}|so|because|unless|while|after|before|until|whether)\s", re.IGNORECASE)


# "[Chat] Fix ...", "(feat): add ...", "Android: repair ...": the part of the product comes first; "(bug)" says more.
_PART = regex(r"(?:[^\w(\[]|\((?!bug\b)\w*\)|\[[^\]]*\]|\w[\w .-]{0,20}[:-]\s+)*", re.IGNORECASE)
TITLE_CHARS = 200
"""So much of a title is looked at."""
# "Display of names", "Increase in alerts": a noun after all.
_NOUN = caseless(r"\w+ of\b|(?:increase|change|drop) in\b")


def orders(title: str) -> bool:
    """Whether a title is a command: it begins with a verb of command, possibly after "On failure, ..."."""
    title = _without_circumstance(title)
    if _NOUN.match(title) is not None:
        return False
    verb = _ORDER.match(title)
    if verb is not None:
        return _FAILS.match(title, verb.end()) is None
    match = _ORDER_OR_NOUN.match(title)
    if match is None:
        return False
    return match[1] is not None or not states(_CLAUSE_OPENS.split(title, maxsplit=1)[0])


def states(title: str) -> bool:
    """Whether a title says what something is or does."""
    return _STATEMENT.search(title) is not None


def fails(title: str) -> bool:
    """Whether a title says that something fails, even if it seems to begin with a command: "Release build crashes"."""
    return _FAILS_PLAINLY.search(_CLAUSE_OPENS.split(title, maxsplit=1)[0]) is not None


def _without_circumstance(title: str) -> str:
    match = _CIRCUMSTANCE.match(title)
    return title[match.end() :] if match is not None else title


def without_part(title: str) -> str:
    """The beginning of a title without the part of the product in front: "[Chat] Fix it" and "Chat: fix it"."""
    return _PART.sub("", title[:TITLE_CHARS], count=1)
