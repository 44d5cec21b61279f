"""A digest of what a run is given besides tracker and store: configuration, absences, program, written pages."""

import hashlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass

from pydantic import BaseModel

from rules.model import Product
from sync.absences.model import LeftOut
from sync.config import Settings
from sync.config.registry import RULE_GROUP
from sync.notifiers import GROUP as NOTIFIER_GROUP
from sync.program import program_key
from sync.reports import file_of
from sync.trackers import GROUP as TRACKER_GROUP

GROUPS = (RULE_GROUP, TRACKER_GROUP, NOTIFIER_GROUP)


def digest_of(settings: Settings, product: Product, left_out: tuple[LeftOut, ...]) -> str:
    """The digest. Equal ones mean that all of it is equal; a page that was deleted is another input."""
    written = [(report.path / file_of(report.kind)).exists() for report in settings.reports]
    inputs = (canonical((settings, product, left_out)), program_key(GROUPS), written)
    return hashlib.sha256(repr(inputs).encode(errors="replace")).hexdigest()


def canonical(value: object) -> str:
    """A value in words that are the same in every process: sets and mappings are in order."""
    match value:
        case BaseModel():
            return _named(value, list(type(value).model_fields))
        case Mapping():
            return repr(sorted((canonical(key), canonical(one)) for key, one in value.items()))
        case AbstractSet():
            return repr(sorted(map(canonical, value)))
        case list() | tuple():
            return repr([canonical(one) for one in value])
    if is_dataclass(value):
        return _named(value, [field.name for field in fields(value)])
    return repr(value)


def _named(value: object, names: list[str]) -> str:
    return repr((type(value).__qualname__, [(name, canonical(getattr(value, name))) for name in names]))
