"""Whether one part of an epic is usable alone: not where each part is one layer of the system."""

import re
from collections.abc import Mapping, Sequence

from rules.lazy_regex import regex
from rules.model import Issue
from rules.verdict import Judgement

LAYERS: Mapping[str, str] = {
    "frontend": r"front-?end|ui|gui|user interface|oberfläche",
    "backend": r"back-?end|server",
    "API": r"apis?|endpoints?|schnittstelle",
    "database": r"database|db|schema|data model|datenbank|datenmodell",
}
"""Words of a title that name a layer, by what reports call it."""
_LAYER = regex(rf"(?<![\w-])(?:{'|'.join(f'({words})' for words in LAYERS.values())})(?![\w-])", re.IGNORECASE)


def layers_of(parts: Sequence[Issue], judgement: Judgement) -> tuple[str, ...]:
    """The layers that the parts are cut by; none where a part has another title or says what it is good for."""
    named = [_layer_of(part.title) for part in parts]
    if not all(named) or any(_has_benefit(part, judgement) for part in parts):
        return ()
    layers = tuple(dict.fromkeys(named))
    return layers if len(layers) > 1 else ()


def _layer_of(title: str) -> str:
    """The one layer that a title names; "" for none, and for several: such a part goes through them."""
    names = list(LAYERS)
    named = {names[word.lastindex - 1] for word in _LAYER.finditer(title) if word.lastindex}
    return named.pop() if len(named) == 1 else ""


def _has_benefit(part: Issue, judgement: Judgement) -> bool:
    verdict = judgement.by_key.get(part.key)
    return verdict is not None and verdict.facts.story_benefit == "yes"
