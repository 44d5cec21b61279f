"""D: the detail that near issues lack, and what detail is."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from pydantic import Field

from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.measures.small_enough import SmallEnough
from rules.deep.scoring import clip, share, weighted
from rules.deep.view import WEIGHTLESS, View, once_a_view, weight_at
from rules.model import Issue, Kind
from rules.text import Facts


class MissingDetail(ScoredMeasure):
    """How much of the detail that issues need by now is missing.

    Why: Near issues need enough detail to be planned, far ones do not (Pichler, Agile Product Management with Scrum,
        2010: detailed appropriately).

    Formula: The detail of an issue, 0 to 1, is the weighted mean of six parts. They are acceptance criteria (for bugs:
        steps, expected and actual result), description, estimate, value (a benefit or a parent), dependencies in order,
        and a size that suits its distance. Parts that its kind or the site does not have are left out. The target is 1
        up to full_until sprints, falls evenly to light at light_from, and stays there. Missing is the sum of
        max(0, target - detail) over the sum of targets, each weighted by 2^(-distance / 2). The sub-score is
        1 - missing.

    Good: 8 near stories with criteria, 60 words, an estimate and a parent: "0 % of the detail that issues need by
        now is missing." Sub-score 1.

    Bad: 8 near stories with a title only: "90 % of the detail that issues need by now is missing, most of it in
        SHOP-1, SHOP-2, SHOP-3." Sub-score 0.1.
    """

    name = "missing_detail"
    title = "missing detail"
    letter = DeepLetter.DETAILED
    rising = (("full_until", "light_from"),)

    weight: float = weighing(0.30)
    full_until: float = Field(default=1.0, ge=0, le=26)
    """Up to this many sprints away full detail is needed."""
    light_from: float = Field(default=6.0, gt=0, le=52)
    """From this many sprints away the light detail is enough."""
    light: float = Field(default=0.25, ge=0, le=1)
    """The detail that is enough for a far issue, 0 to 1."""
    description_words: int = Field(default=60, ge=1, le=1000)
    """Words of a description that count as full."""
    criteria_weight: float = Field(default=0.30, ge=0, le=1)
    """The part of acceptance criteria in the detail of an issue."""
    description_weight: float = Field(default=0.20, ge=0, le=1)
    """The part of the description."""
    estimate_weight: float = Field(default=0.20, ge=0, le=1)
    """The part of the estimate."""
    value_weight: float = Field(default=0.10, ge=0, le=1)
    """The part of the value: a benefit in the story sentence, or a parent."""
    dependencies_weight: float = Field(default=0.10, ge=0, le=1)
    """The part of dependencies in order: done, planned, or ranked above."""
    size_weight: float = Field(default=0.10, ge=0, le=1)
    """The part of a size within the limit of deep.small_enough."""
    named_from: float = Field(default=0.075, ge=0, le=1)
    """Issues that lack less detail than this, after weighting, are not named."""

    def measure(self, view: View) -> Measured:
        """The missing share, with the keys of the issues that lack most."""
        levels = details_of(view)
        near = view.placed_before(WEIGHTLESS)
        weighing = [(issue.key, weight_at(away), self.target(away)) for issue, away in near]
        lacking = {key: weight * max(0.0, target - levels[key]) for key, weight, target in weighing}
        needed = sum(weight * target for _, weight, target in weighing)
        missing = share(sum(lacking.values()), needed)
        if missing is None:
            text = "No velocity is known, so it is open how much detail each issue needs by now."
            return Measured((self.figure(None, "%", text),))
        worst = sorted((key for key in lacking if lacking[key] > self.named_from), key=lambda key: -lacking[key])
        most = f", most of it in {', '.join(worst[:3])}" if worst else ""
        text = f"{100 * missing:.0f} % of the detail that issues need by now is missing{most}."
        return Measured((self.figure(100.0 * missing, "%", text, worst),), 1.0 - missing)

    def target(self, away: float) -> float:
        """The detail needed at a distance in sprints, 0 to 1."""
        if away >= self.light_from:  # most of a long backlog
            return 1.0 - (1.0 - self.light)
        return 1.0 - (1.0 - self.light) * clip((away - self.full_until) / (self.light_from - self.full_until))

    def details(self, view: View) -> Mapping[str, float]:
        """Key to detail, 0 to 1, of the issues with a known distance; what a former view gives is not worked out again.

        Without a change of its own, the detail of an issue is another one only if it or a blocker moved nearby.
        """
        late = _late(view)
        if view.former is None:
            return dict(self._details(view, view.placed, late))
        known = dict(details_of(view.former))
        for gone in known.keys() - view.away.keys():
            del known[gone]
        again = [(view.by_key[key], view.away[key]) for key in detailed_again(view) if key in view.away]
        known.update(self._details(view, again, late))
        return known

    def _details(
        self, view: View, issues: Iterable[tuple[Issue, float]], late: AbstractSet[str]
    ) -> Iterator[tuple[str, float]]:
        points, links, small = view.knows("points"), view.knows("links"), view.measures[SmallEnough]
        for issue, away in issues:
            facts = view.facts(issue.key)
            parts = (
                (self.criteria_weight, _criteria(facts)),
                (self.description_weight, min(1.0, view.words[issue.key] / self.description_words)),
                (self.estimate_weight, float(issue.points is not None) if points else None),
                (self.value_weight, _value(issue, facts)),
                (self.dependencies_weight, float(issue.key not in late) if links else None),
                (self.size_weight, float(small.fits(view, issue, away)) if points else None),
            )
            yield issue.key, weighted(parts) or 0.0


@once_a_view
def details_of(view: View) -> Mapping[str, float]:
    """Key to detail, 0 to 1, of the issues with a known distance."""
    return view.measures[MissingDetail].details(view)


@once_a_view
def detailed_again(view: View) -> frozenset[str]:
    """The keys of the issues whose detail may be another one than in the former view."""
    former = frozenset[str]() if view.former is None else _late(view.former)
    return view.may_differ(view.measures[SmallEnough].far_sprints) | (_late(view) ^ former)


def _late(view: View) -> frozenset[str]:
    """Keys of the issues with a blocker that does not come before them."""
    return frozenset(key for key, blocker in view.dependencies if not blocker.in_time)


def _criteria(facts: Facts | None) -> float | None:
    if facts is None:
        return None
    if facts.acceptance != "na":
        return float(facts.acceptance == "present")
    answers = [answer == "yes" for answer in (facts.steps, facts.expected, facts.actual) if answer != "na"]
    return sum(answers) / len(answers) if answers else None


def _value(issue: Issue, facts: Facts | None) -> float | None:
    if issue.kind in {Kind.BUG, Kind.SPIKE}:
        return None
    return float(bool(issue.parent) or (facts is not None and facts.story_benefit == "yes"))
