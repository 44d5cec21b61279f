"""The language that an issue is mainly written in, by its most common words."""

from collections.abc import Mapping

from rules.document import CODE, HEADING, QUOTE
from rules.lazy_regex import regex
from rules.model import Issue

MIN_WORDS = 40
"""A shorter text does not say its language: names and pasted words weigh too much in it."""
MIN_SHARE = 0.15  # prose has 30 to 50 % of these words; notes and lists still have this much
LEAD = 1.4  # times the words of the next language: neighbours such as Spanish and Portuguese share a third of theirs

_WORD = regex(r"[^\W\d_]+")
_NO_PROSE = frozenset({HEADING, CODE, QUOTE})

# Languages without comments of their own are here so that a text in them is not taken for its neighbour.
_COMMON: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": """
            the and of to is that for it with this be on are as not should when from have we can if an
            will which by or at they has you but there was then must
        """,
        "de": """
            der die das und ist nicht ein eine einen dem den des zu mit auf für von wird werden im in
            sich auch wenn als es bei kann sind oder nach wie aus aber man muss soll nur zur zum dann
            beim keine vor noch wir ich
        """,
        "fr": """
            le la les de des et est une un du dans pour que qui sur pas avec ce cette il sont au aux par
            plus ne se être nous si leur ou lors elle en on doit peut mais sans ses son
        """,
        "es": """
            el la los las de del y es una un por para con que no se su al como más este esta cuando si
            pero son está debe lo en sin sus ya hay puede desde o
        """,
        "pt": """
            o os as de do da dos das e é uma um não com que para por se no na em ao mais como quando ser
            são deve ou está este esta pelo pela sem seu
        """,
        "it": """
            il lo la gli le di della del dei e è una un che non per con si nel nella alla sono quando
            deve più da in come questo questa ma al se
        """,
        "nl": """
            de het een en van is niet dat op te zijn voor met die aan wordt als er ook bij kan moet
            worden deze naar om of in maar wij we
        """,
        "sv": """
            och att det som en ett är inte på för med av den till om när ska kan från har vi de
        """,
        "pl": """
            i w na z się nie do jest że o po jak od za dla przez to są być który może przy
        """,
    }.items()
}


def main_language(issue: Issue) -> str:
    """The code of the language of an issue's title and prose, headings left out; "" where it is short or unclear."""
    documents = (issue.document, issue.acceptance)
    blocks = (block for document in documents if document for block in document.blocks)
    prose = (block.text for block in blocks if block.kind not in _NO_PROSE)
    words = _WORD.findall("\n".join((issue.title, *prose)).lower())
    if len(words) < MIN_WORDS:
        return ""
    counts = {code: sum(word in common for word in words) for code, common in _COMMON.items()}
    first, second = sorted(counts, key=lambda code: -counts[code])[:2]
    is_clear = counts[first] >= MIN_SHARE * len(words) and counts[first] >= LEAD * counts[second]
    return first if is_clear else ""
