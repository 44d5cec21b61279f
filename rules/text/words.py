"""Word lists for rules about single words, and whether a text is in English, the language of the lists.

In a text of another language, a list that matches nothing would look like a passed check. Rules that use a list
therefore ask `is_english` first and do not apply to other languages.
"""

from collections.abc import Iterable

from rules.text.content import words_of
from rules.text.model import Criterion

ENOUGH = 0.15  # English prose has 35 to 50 % of these; a terse list of criteria still has this much


# The most common English words that are not words of related languages as well.
_COMMON = frozenset(
    words_of("""
    the a an and or of to is are be as with for that this on it not when then can should must will from by
    i we they user has have if which at does shows
""")
)


def is_english(text: str) -> bool:
    """Whether the text is mostly English; one without words is not."""
    words = words_of(text)
    return bool(words) and sum(word in _COMMON for word in words) >= ENOUGH * len(words)


def are_english(criteria: Iterable[Criterion]) -> bool:
    """Whether acceptance criteria, taken together, are mostly English."""
    return is_english(" ".join(criterion.quote.text for criterion in criteria))


VERBS = frozenset(
    words_of("""
    accept access account achieve act adapt add address adjust adopt advance aggregate aid alert align allocate
    allow analyse analyze anticipate apply approve archive ask assess assign assist attach automate avoid balance
    ban benefit block book browse build buy calculate call cancel capture categorize change chart chat check choose
    classify clean clear click close collaborate collect combine comment communicate compare compile complete comply
    compute configure confirm connect consider contact contribute control convert copy correct create customise
    customize debug decide decline decrease define delete deliver demonstrate deploy design detect determine develop
    diagnose disable discover display distribute download draw drop duplicate edit eliminate embed enable encourage
    enforce engage enhance enrich ensure enter estimate evaluate evolve examine exchange execute expand explain
    explore export extend extract facilitate fetch filter find flag focus follow forecast forward gain gather
    generate get give grant group guide handle have help hide highlight identify implement import improve include
    incorporate increase inform input insert inspect install integrate interact interpret invite join keep know
    label launch learn leave leverage like limit link list listen load locate log login maintain make manage map
    mark match maximize measure merge minimise minimize mitigate model modify monitor move navigate notify obtain
    offer open operate optimise optimize order organise organize override participate pause pay perform personalise
    personalize pick place plan play post predict prepare present preserve prevent preview print prioritise
    prioritize process produce promote protect provide publish purchase query rate react read rearrange receive
    recognize recommend record recover reduce refine register reject release remind remove rename render reorder
    repeat replace reply report request require reserve reset resolve respond restart restore restrict retrieve
    return reuse review revoke run save scan schedule search secure see segment select sell send separate set share
    show sign simulate skip sort specify start stop store streamline study submit subscribe suggest support suppress
    switch synchronise synchronize tag tailor take test track train transfer transform translate trigger understand
    undo unlock unsubscribe update upgrade upload use utilize validate verify view visit visualise visualize vote
    watch withdraw work write zoom
""")
)
"""What people ask software to do, in the base form that follows "to" or "can"."""
