"""How often a rule's complaints are right, and how severe it may be for that in a preset.

The figures are in `rules.measured_figures`. They come from real issues, labelled or judged one by one; a rule that
reads no text is not measured this way.
"""

from dataclasses import dataclass

from rules.rule import ReadyRule, Severity

FEWEST = 60
"""With fewer complaints a rule counts as not measured."""
LEAST_RIGHT = ((Severity.MUST, 0.95), (Severity.SHOULD, 0.85), (Severity.INFO, 0.70))
"""The share of right complaints that a severity needs in a preset; below the last one, the rule is off."""


SOME = 20
"""From so many complaints on, the upper end of the interval caps the severity of a rule that is not measured yet."""
SHOULD_AT_MOST = 0.94
"""The share that such a rule counts with at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A rule's complaints on real issues.

    `right`, `pedantic` and `wrong` count them: a pedantic one is true, but its fix would help nobody. `share` is the
    part that is right, `low` and `high` are its 95 % interval; a complaint weighs more where its kind was sampled less.
    `issues` is the number of labelled issues, `None` where the complaints were judged one by one. `missed` is the part
    of the faults that is not reported, `None` where that is not known.
    """

    right: int
    pedantic: int
    wrong: int
    share: float
    low: float
    high: float
    issues: int | None = None
    missed: float | None = None

    @property
    def complaints(self) -> int:
        """How many complaints were measured."""
        return self.right + self.pedantic + self.wrong


def measured_name(rule: type[ReadyRule]) -> str:
    """How the figures name a rule: by its name, and those for coding agents by their path, as names come twice."""
    return rule.name if rule.group == "ready" else f"{rule.group}.{rule.name}"


def heaviest(measured: Measured | None) -> Severity:
    """The highest severity that a rule which reads text may have in a preset.

    With fewer than 60 complaints that is at most `should`, and less where 20 show that most are not right.
    """
    if measured is None or measured.complaints < SOME:
        return Severity.SHOULD
    share = measured.share if measured.complaints >= FEWEST else min(measured.high, SHOULD_AT_MOST)
    return next((severity for severity, least in LEAST_RIGHT if share >= least), Severity.OFF)
