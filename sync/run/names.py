"""The names of people, for everything that people read: an account says nothing to them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rules.model import Snapshot
from rules.plan.mail_budget import UNNAMED
from sync.trackers.base import NamesPeople, Tracker


def names_of(accounts: Sequence[str], snapshot: Snapshot, tracker: Tracker) -> Mapping[str, str]:
    """The names of these accounts: from the issues and the configuration, else asked of the tracker once.

    The most important accounts come first. One without a known name is missing.
    """
    unknown = [account for account in accounts if account not in snapshot.names and account != UNNAMED]
    if not unknown or not isinstance(tracker, NamesPeople):
        return snapshot.names
    return {**tracker.names(unknown), **snapshot.names}


def with_owner_named(snapshot: Snapshot) -> Snapshot:
    """The snapshot with the Product Owner's name, where the configuration writes the account."""
    owner = snapshot.names.get(snapshot.product.owner)
    return replace(snapshot, product=replace(snapshot.product, owner=owner)) if owner else snapshot
