"""What a link says of the order of two issues: by its phrase on the issue's own side, never by the name of its type.

Phrases are free text of each site, in its language. Those of the configuration come first, then the words that
sites use; what neither knows says nothing of an order, and is reported.
"""

import re
from collections.abc import Mapping

from rules.lazy_regex import regex
from rules.model import LinkKind
from sync.trackers.jira.settings import LinkPhrases

_ENDED = r"(?:done|finished|completed|started|resolved|closed)"
_WORDS: tuple[tuple[str, LinkKind], ...] = (
    # the order itself; before "needs", since something may need to be done before
    (rf"\b{_ENDED} after\b|\bnach\b.*\b(?:erledigt|beendet|begonnen)\b|\bnach\b.*\bwerden\b", LinkKind.BLOCKED_BY),
    (rf"\b{_ENDED} before\b|\bvor\b.*\b(?:erledigt|beendet|begonnen)\b|\bvor\b.*\bwerden\b", LinkKind.BLOCKS),
    # English: this issue waits
    (r"\bblocked by\b|\bdepends? (?:up)?on\b|\bdependent (?:up)?on\b|\bhas (?:an? )?dependency\b", LinkKind.BLOCKED_BY),
    (
        r"\brequires\b|\bneeds\b|\bwait(?:s|ing)? (?:for|on)\b|\bhas (?:as )?(?:an? )?prerequisite\b",
        LinkKind.BLOCKED_BY,
    ),
    (r"\bhas (?:an? )?predecessor\b|\bsuccessor (?:of|to)\b|\bfollows\b|\bpreceded by\b", LinkKind.BLOCKED_BY),
    (r"\bgated by\b", LinkKind.BLOCKED_BY),
    # English: the other one waits
    (r"\bblock(?:s|ing)\b|\bdepended (?:up)?on by\b|\b(?:dependent|dependency) of\b|\bgates\b", LinkKind.BLOCKS),
    (r"\b(?:required|needed) by\b|\bwaited (?:for|on) by\b|\bprerequisite (?:of|for|to)\b", LinkKind.BLOCKS),
    (r"\bhas (?:an? )?successor\b|\bpredecessor (?:of|to)\b|\bprecedes\b|\bfollowed by\b", LinkKind.BLOCKS),
    # German
    (r"\bblockiert (?:von|durch)\b|\b(?:wird|ist)\b.*\bblockiert\b|\bh[äa]ngt\b.*\bab\b", LinkKind.BLOCKED_BY),
    (r"\babh[äa]ngig von\b|\bwartet auf\b|\bhat\b.*\b(?:Voraussetzung|Vorg[äa]nger)\b", LinkKind.BLOCKED_BY),
    (r"\b(?:ben[öo]tigt|gebraucht|erfordert|vorausgesetzt) (?:von|durch)\b|\bVorg[äa]nger von\b", LinkKind.BLOCKS),
    (
        r"\bNachfolger von\b|\bfolgt\b|\bben[öo]tigt\b|\bbraucht\b|\berfordert\b|\bsetzt\b.*\bvoraus\b",
        LinkKind.BLOCKED_BY,
    ),
    (r"\bblockiert\b|\b(?:Voraussetzung|Vorbedingung) (?:f[üu]r|von)\b|\bgeht\b.*\bvoraus\b", LinkKind.BLOCKS),
    (r"\bhat\b.*\bNachfolger\b|\bAbh[äa]ngigkeit von\b", LinkKind.BLOCKS),
    # Dutch, French, Spanish, Portuguese, Italian, Russian
    (r"\bgeblokkeerd door\b|\bafhankelijk van\b|\bhangt af van\b|\bbloqu[ée]e?s? par\b", LinkKind.BLOCKED_BY),
    (r"\bd[ée]pend (?:de|du|des|d['’])|\bd[ée]pendante? d|\bbloquead[oa]s? (?:por|pel[oa])\b", LinkKind.BLOCKED_BY),
    (r"\bdependente? d|\bdepende d|\bbloccat[oa] d|\bdipende(?:nte)? d|заблокирован|зависит от", LinkKind.BLOCKED_BY),
    (r"\bblokkeert\b|\bbloque\b|\bbloquea\b|\bbloqueia\b|\bblocca\b|блокирует", LinkKind.BLOCKS),
    (r"duplica|dupliziert|doppel|doublon|дублир", LinkKind.DUPLICATE),
    # what says nothing of an order
    (
        r"relat|mention|\btest|clon|klon|\bsplit|\bcaus|implement|review|\brefer|\blinks?\b|parent|\bchild|cover",
        LinkKind.RELATES,
    ),
    (r"creat|contain|part of|includ|merg|discover|document|verif|associat|similar|see also", LinkKind.RELATES),
    (
        r"beziehung|verwandt|verkn[üu]pf|zusammenhang|verursacht|erw[äa]hnt|geh[öo]rt|gerelateerd|li[ée]e? [àa]",
        LinkKind.RELATES,
    ),
    (r"relacionad|correlat|collegat|\bprueba|\btesta|\bcausa|связан", LinkKind.RELATES),
)
_PATTERNS = tuple((regex(words, re.IGNORECASE), kind) for words, kind in _WORDS)


def kind_of_link(phrase: str, name: str, phrases: LinkPhrases) -> LinkKind | None:
    """The kind of a link by the phrase on the issue's own side; `None` where it is not known.

    `name` is that of the type, which has no direction: only duplicates are known by it.
    """
    configured: Mapping[LinkKind, tuple[str, ...]] = {
        LinkKind.BLOCKED_BY: phrases.blocked_by,
        LinkKind.BLOCKS: phrases.blocks,
        LinkKind.RELATES: phrases.relates,
    }
    plain = _plain(phrase)
    for kind, known in configured.items():
        if plain in map(_plain, known):
            return kind
    for pattern, kind in _PATTERNS:
        if pattern.search(phrase):
            return kind
    return LinkKind.DUPLICATE if re.search("duplica|doublon|дублир", name, re.IGNORECASE) else None


def _plain(phrase: str) -> str:
    return " ".join(phrase.split()).casefold()
