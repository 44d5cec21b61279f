"""The configuration: TOML files and the environment, read and checked once, then frozen.

`load` returns `Settings` or raises every fault at once; `ruleset_of`, `product_of`, `policy_of` and `schedule_of` give
the values the program works with; `effective` lists each value and where it came from.
"""

from sync.config.effective import Row, effective, options_of
from sync.config.layers import Layers, read_layers
from sync.config.load import check, load
from sync.config.registry import known_rules
from sync.config.schema import schema, schema_json
from sync.config.settings import Settings
from sync.config.to_domain import (
    absences_of,
    accounts_of,
    commanders_of,
    default_ruleset,
    measures_of,
    meetings_of,
    opt_out_of,
    partial_holidays_of,
    policy_of,
    product_of,
    ruleset_of,
    schedule_of,
    secret_variables_of,
    vocabulary_of,
    work_of,
)

__all__ = [
    "Layers",
    "Row",
    "Settings",
    "absences_of",
    "accounts_of",
    "check",
    "commanders_of",
    "default_ruleset",
    "effective",
    "known_rules",
    "load",
    "measures_of",
    "meetings_of",
    "opt_out_of",
    "options_of",
    "partial_holidays_of",
    "policy_of",
    "product_of",
    "read_layers",
    "ruleset_of",
    "schedule_of",
    "schema",
    "schema_json",
    "secret_variables_of",
    "store_of",
    "vocabulary_of",
    "work_of",
]
