"""The Definition of Ready: one rule a file, all of them named here.

The order is the order of the catalogue, nothing else depends on it.
"""

from rules.ready.acceptance import Acceptance
from rules.ready.described import Described
from rules.ready.estimated import Estimated
from rules.ready.reproducible import Reproducible
from rules.ready.small_enough import SmallEnough
from rules.ready.unblocked import Unblocked
from rules.rule import ReadyRule

RULES: tuple[type[ReadyRule], ...] = (
    Described,
    Acceptance,
    Estimated,
    SmallEnough,
    Unblocked,
    Reproducible,
)
