"""D, detailed appropriately: near issues full, far issues light, and enough ready work in front of the teams."""

from collections.abc import Mapping, Sequence

from rules.deep.model import Letter, Measure, Runway
from rules.deep.runway import first_dry
from rules.deep.scoring import band, clip, letter_score, spearman, weighted, when
from rules.deep.view import FAR, NEAR, View
from rules.model import Issue, Kind
from rules.text import Facts

FULL = 1.0  # sprints away up to which full detail is asked for
LIGHT = 0.25  # the detail that is enough from six sprints on
TOO_EARLY = 4.0  # sprints away from which detail can be too much
SLACK = 0.15  # detail above the target that is not held against anybody
GRADIENT_WITHIN = 10.0  # sprints
GRADIENT_FROM = 10  # issues; fewer say nothing about a slope
REFINING = 20  # minutes that bringing an issue to full detail usually takes
NAMED = 10  # keys a measure names at most


def detailed(view: View, runways: Sequence[Runway]) -> Letter:
    """D = 100 (0.45 s_R + 0.30 (1 - U) + 0.10 (1 - min(1, 2 O)) + 0.15 s_G), after B.1 of the planning note.

    s_R is the runway's band (0 at none, 1 from 1.5 to 3 sprints, 0.5 from 6 on), U the missing detail near, O the
    surplus far away, s_G how clearly detail falls with distance.
    """
    level = detail_levels(view)
    product = next((runway.sprints for runway in runways if not runway.team), None)
    under, thin = _under(view, level)
    over, early = _over(view, level)
    slope = _gradient(view, level)
    score = letter_score(
        (
            (0.45, when(product, lambda sprints: band(sprints, (0.0, 1.5, 3.0, 6.0), floor=0.5))),
            (0.30, when(under, lambda missing: 1.0 - missing)),
            (0.10, when(over, lambda surplus: 1.0 - min(1.0, 2.0 * surplus))),
            (0.15, when(slope, lambda falling: clip((falling + 0.1) / 0.5))),
        )
    )
    measures = (
        *_runway_measures(runways),
        _ready_measure(view),
        _under_measure(under, thin),
        _over_measure(view, level, over, early),
        _gradient_measure(slope),
    )
    return Letter("Detailed appropriately", score, measures)


def target(away: float) -> float:
    """The detail asked for at a distance: 1 up to one sprint, falling to 0.25 at six, 0.25 beyond (B.1, 2)."""
    return 1.0 - (1.0 - LIGHT) * clip((away - FULL) / (FAR - FULL))


def detail_levels(view: View) -> Mapping[str, float]:
    """Key to detail, 0 to 1: criteria 0.30, text 0.20, estimate 0.20, value, dependencies and size 0.10 each (B.1, 2).

    What an issue's kind or the site does not have is left out, and the other parts weigh more.
    """
    waiting = {key for key, blocker in view.dependencies if not blocker.in_time}
    return {issue.key: _detail(view, issue, away, waiting) for issue, away in view.placed}


def _detail(view: View, issue: Issue, away: float, waiting: set[str]) -> float:
    facts = view.facts.get(issue.key)
    points = view.knows("points")
    parts = (
        (0.30, _criteria(facts)),
        (0.20, view.described[issue.key]),
        (0.20, float(issue.points is not None) if points else None),
        (0.10, _value(issue, facts)),
        (0.10, float(issue.key not in waiting) if view.knows("links") else None),
        (0.10, _size_ok(view, issue, away) if points else None),
    )
    return weighted(parts) or 0.0


def _criteria(facts: Facts | None) -> float | None:
    if facts is None:
        return None
    if facts.acceptance != "na":
        return float(facts.acceptance == "present")
    known = [answer == "yes" for answer in (facts.steps, facts.expected, facts.actual) if answer != "na"]
    return sum(known) / len(known) if known else None


def _value(issue: Issue, facts: Facts | None) -> float | None:
    if issue.kind in {Kind.BUG, Kind.SPIKE}:
        return None
    return float(bool(issue.parent) or (facts is not None and facts.story_benefit == "yes"))


def size_limit(view: View, away: float) -> float | None:
    """The biggest size that suits a distance: a third of a sprint near, a whole one up to six sprints (B.2, 2)."""
    velocity = view.backlog.median_velocity
    if velocity is None or away >= FAR:
        return None
    return velocity / 3 if away < NEAR else velocity


def _size_ok(view: View, issue: Issue, away: float) -> float:
    limit = size_limit(view, away)
    return float(limit is None or (issue.points is not None and issue.points <= limit))


def _under(view: View, level: Mapping[str, float]) -> tuple[float | None, list[str]]:
    missing = {
        issue.key: view.weight[issue.key] * max(0.0, target(away) - level[issue.key]) for issue, away in view.placed
    }
    asked = sum(view.weight[issue.key] * target(away) for issue, away in view.placed)
    worst = sorted((key for key in missing if missing[key] > SLACK / 2), key=lambda key: -missing[key])
    return (sum(missing.values()) / asked if asked else None), worst


def _over(view: View, level: Mapping[str, float]) -> tuple[float | None, list[str]]:
    surplus = {
        issue.key: max(0.0, level[issue.key] - target(away) - SLACK) for issue, away in view.placed if away >= TOO_EARLY
    }
    worst = sorted((key for key in surplus if surplus[key] > 0), key=lambda key: -surplus[key])
    return (sum(surplus.values()) / len(surplus) if surplus else None), worst


def _gradient(view: View, level: Mapping[str, float]) -> float | None:
    """G = -Spearman(detail, distance) over what is less than ten sprints away; flat detail gives 0 (B.1, 3)."""
    seen = [(level[issue.key], away) for issue, away in view.placed if away < GRADIENT_WITHIN]
    if len(seen) < GRADIENT_FROM or seen[0][1] == seen[-1][1]:
        return None
    return -(spearman(*zip(*seen, strict=True)) or 0.0)


def _runway_measures(runways: Sequence[Runway]) -> list[Measure]:
    product = next((runway for runway in runways if not runway.team), None)
    if product is None:
        return []
    least = first_dry(runways)
    found = [
        Measure("ready runway", product.sprints, "sprints", product.text),
        Measure("contiguous runway", product.contiguous_sprints, "sprints", _contiguous(product.contiguous_sprints)),
    ]
    if least is not None and least.team:
        found.append(Measure("shortest team runway", least.sprints, "sprints", least.text))
    return found


def _contiguous(sprints: float | None) -> str:
    if sprints is None:
        return "No pace is known, so how far ready work reaches without a gap cannot be told."
    return f"From the top, ready work reaches {sprints:.1f} sprints before the first issue that is not ready."


def _ready_measure(view: View) -> Measure:
    near = [issue for issue in view.within(0.0, NEAR) if issue.kind is not Kind.EPIC]
    if not near:
        return Measure(
            "ready near", None, "%", "There are no issues within two sprints whose readiness could be counted."
        )
    ready = sum(issue.key in view.ready for issue in near)
    missing = tuple(issue.key for issue in near if issue.key not in view.ready)
    text = f"{ready} of {len(near)} issues within two sprints are ready."
    return Measure("ready near", 100.0 * ready / len(near), "%", text, missing[:NAMED])


def _under_measure(under: float | None, thin: Sequence[str]) -> Measure:
    if under is None:
        return Measure(
            "missing detail", None, "%", "No pace is known, so the detail an issue needs now cannot be told."
        )
    text = f"{100 * under:.0f} % of the detail that is due by now is missing" + (
        f", most of it in {', '.join(thin[:3])}." if thin else "."
    )
    return Measure("missing detail", 100.0 * under, "%", text, tuple(thin[:NAMED]))


def _over_measure(view: View, level: Mapping[str, float], over: float | None, early: Sequence[str]) -> Measure:
    if over is None:
        return Measure(
            "early detail", None, "%", "Nothing is four or more sprints away, so no detail can be too early."
        )
    minutes = sum(REFINING * (level[key] - target(view.away[key])) for key in early)
    text = (
        f"{len(early)} issues four or more sprints away hold more detail than they need yet, "
        f"about {minutes:.0f} minutes of refinement."
    )
    return Measure(
        "early detail",
        100.0 * over,
        "%",
        text if early else "No far issue is worked out too early.",
        tuple(early[:NAMED]),
    )


def _gradient_measure(slope: float | None) -> Measure:
    if slope is None:
        return Measure(
            "detail gradient", None, "", "Fewer than ten issues with a known distance: too few for a gradient."
        )
    shape = (
        "falls with distance, as it should"
        if slope >= 0.3
        else "is flat"
        if slope > 0
        else "does not fall with distance"
    )
    return Measure("detail gradient", slope, "", f"Detail {shape} ({slope:+.2f}; healthy from +0.30).")
