"""Which rules there are: the built-in ones, and those that other installed packages bring along."""

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from rules.ready import RULES
from rules.rule import ReadyRule
from sync.errors import ConfigError

GROUP = "readyline.rules"
"""The entry point group under which another package names its rules."""

Rules = tuple[type[ReadyRule], ...]


@cache
def known_rules() -> Rules:
    """Every rule, built-in ones first. Raises `ConfigError` for a package whose rule cannot be used."""
    found = [_load(entry) for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name)]
    rules = list(RULES)
    for rule, entry in found:
        if any(rule.name == other.name for other in rules):
            raise ConfigError(f'{_origin(entry)}: there is already a rule named "{rule.name}"; rename it, or uninstall')
        rules.append(rule)
    return tuple(rules)


def _load(entry: EntryPoint) -> tuple[type[ReadyRule], EntryPoint]:
    try:
        rule = entry.load()
    except Exception as error:
        raise ConfigError(f"{_origin(entry)} cannot be loaded ({error}); mend or uninstall that package") from error
    if not (isinstance(rule, type) and issubclass(rule, ReadyRule) and isinstance(getattr(rule, "name", None), str)):
        raise ConfigError(f"{_origin(entry)} is no ReadyRule with a name; mend or uninstall that package")
    return rule, entry


def _origin(entry: EntryPoint) -> str:
    package = entry.dist.name if entry.dist else "an installed package"
    return f'the rule "{entry.name}" ({entry.value}) of {package}'
