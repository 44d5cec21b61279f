"""What the past teaches a team, one thought a file: figures of teams, never of persons, and no ranking of teams."""

from dataclasses import dataclass

from rules.capacity.options import CapacityOptions
from rules.learning.late_debate import TeamDebate, late_debates
from rules.model import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What was learned from the past of the issues, by team in the order of the configuration.

    `known` is false where the tracker does not show past changes: nothing can be learned then.
    """

    known: bool = True
    debates: tuple[TeamDebate, ...] = ()


def learn(snapshot: Snapshot, options: CapacityOptions) -> Learned:
    """Everything that is learned from one snapshot."""
    if "changelog" in snapshot.unavailable:
        return Learned(known=False)
    return Learned(debates=late_debates(snapshot, options))
