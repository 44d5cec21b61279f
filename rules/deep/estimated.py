"""E, estimated: what is near has a size, a fresh and small enough one, and sizes tell issues apart."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from rules.deep.detailed import NAMED, size_limit
from rules.deep.model import Letter, Measure
from rules.deep.scoring import clip, letter_score, share, weighted, when
from rules.deep.view import FAR, NEAR, View
from rules.model import Issue

AGE = timedelta(days=90)  # an estimate this old is asked for again before it is planned with
STALE_WITHIN = 3.0  # sprints
GROWTH = 0.58  # changed issues grow by 58 to 100 % (Pasuksmit et al., EMSE 2022); the lower figure is told
FEWEST_SIZES = 5  # fewer estimates say nothing about how sizes are spread
SLICED = 0.5  # share of far issues in the smallest third of the scale that is too much


def estimated(view: View) -> Letter:
    """E = 100 (0.45 coverage + 0.25 granularity + 0.20 freshness + 0.10 information), after B.2 of the note."""
    covered = [_share_estimated(view, *zone) for zone in ((0.0, NEAR), (NEAR, FAR), (FAR, float("inf")))]
    fits, too_big = _granularity(view)
    stale, old = _staleness(view)
    same = _largest_share(view)
    points = view.knows("points")
    score = letter_score(
        (
            (0.45, _coverage(covered) if points else None),
            (0.25, fits),
            (0.20, when(stale, lambda part: 1.0 - part)),
            (0.10, when(same, lambda part: 1.0 - clip((part - 0.5) / 0.4))),
        )
    )
    if not points:
        return Letter("Estimated", None, (Measure("estimated", None, "%", "The site has no field for estimates."),))
    zones = zip(("near", "mid", "far"), ((0.0, NEAR), (NEAR, FAR), (FAR, float("inf"))), covered, strict=True)
    measures = (
        _overall_measure(view),
        *(_zone_measure(view, name, zone, part) for name, zone, part in zones),
        _fit_measure(fits, too_big),
        _stale_measure(view, stale, old),
        _sliced_measure(view),
        _information_measure(same),
    )
    return Letter("Estimated", score, measures)


def unestimated(view: View, first: float, last: float) -> list[Issue]:
    """The issues of a zone without an estimate, in rank order."""
    return [issue for issue in view.within(first, last) if issue.points is None]


def _share_estimated(view: View, first: float, last: float) -> float | None:
    zone = view.within(first, last)
    return share(sum(issue.points is not None for issue in zone), len(zone))


def _coverage(covered: Sequence[float | None]) -> float | None:
    """Wanted are all near issues, 70 % of the middle and 30 % of the far ones (B.2, 1)."""
    near, mid, far = covered
    return weighted(
        (
            (0.60, near),
            (0.25, when(mid, lambda part: part / 0.7)),
            (0.15, when(far, lambda part: part / 0.3)),
        )
    )


def _granularity(view: View) -> tuple[float | None, list[str]]:
    """Share by weight of estimated issues less than six sprints away that are small enough for where they stand."""
    fitting = known = 0.0
    too_big: list[str] = []
    for issue, away in view.placed:
        limit = size_limit(view, away)
        if limit is None or issue.points is None:
            continue
        known += view.weight[issue.key]
        if issue.points <= limit:
            fitting += view.weight[issue.key]
        else:
            too_big.append(issue.key)
    return share(fitting, known), too_big


def oversized(view: View) -> list[str]:
    """Keys of the issues too big for where they stand, in rank order."""
    return _granularity(view)[1]


def _staleness(view: View) -> tuple[float | None, list[str]]:
    """Weighted share of estimated issues whose estimate is surely older than 90 days while under three sprints away.

    Trackers do not tell when an estimate was given without reading each issue's history. Proof of age: nothing at all
    changed for 90 days, or a pass that long ago saw the very same points.
    """
    seen = _points_long_ago(view)
    stale = known = 0.0
    old: list[str] = []
    for issue, away in view.placed:
        if issue.points is None:
            continue
        known += view.weight[issue.key]
        aged = view.now - issue.last_human_edit > AGE or seen.get(issue.key) == issue.points
        if aged and away < STALE_WITHIN:
            stale += view.weight[issue.key]
            old.append(issue.key)
    return share(stale, known), old


def _points_long_ago(view: View) -> dict[str, float | None]:
    state = view.past.last_before(view.now - AGE)
    return {key: points for key, points, _ in state.items} if state is not None else {}


def _largest_share(view: View) -> float | None:
    """The share of the commonest size: above 70 % estimates carry no information (B.2, 4)."""
    sizes = Counter(issue.points for issue in view.issues if issue.points is not None)
    if sizes.total() < FEWEST_SIZES:
        return None
    return max(sizes.values()) / sizes.total()


def _overall_measure(view: View) -> Measure:
    missing = tuple(issue.key for issue in view.issues if issue.points is None)
    part = share(len(view.issues) - len(missing), len(view.issues))
    if part is None:
        return Measure("estimated", None, "%", "The backlog is empty.")
    text = f"{len(view.issues) - len(missing)} of {len(view.issues)} issues have an estimate."
    return Measure("estimated", 100 * part, "%", text, missing[:NAMED])


_ZONES = {"near": ("within two sprints", 100), "mid": ("two to six sprints away", 70), "far": ("further away", 30)}


def _zone_measure(view: View, name: str, zone: tuple[float, float], part: float | None) -> Measure:
    where, wanted = _ZONES[name]
    if part is None:
        return Measure(f"estimated {name}", None, "%", f"No issue is known to be {where}.")
    text = f"{100 * part:.0f} % of the issues {where} have an estimate; {wanted} % is wanted."
    return Measure(f"estimated {name}", 100 * part, "%", text, tuple(i.key for i in unestimated(view, *zone))[:NAMED])


def _fit_measure(fits: float | None, too_big: Sequence[str]) -> Measure:
    if fits is None:
        return Measure("small enough", None, "%", "No estimated issue stands where its size would matter.")
    text = "A near issue should be at most a third of a team's sprint, one under six sprints away a whole one" + (
        f"; {len(too_big)} are bigger, first {', '.join(too_big[:3])}." if too_big else "; all of them are."
    )
    return Measure("small enough", 100 * fits, "%", text, tuple(too_big[:NAMED]))


def _stale_measure(view: View, stale: float | None, old: Sequence[str]) -> Measure:
    if stale is None:
        return Measure("stale estimates", None, "%", "There are no estimates that could be stale.")
    if not old or view.velocity is None:
        return Measure("stale estimates", 100 * stale, "%", "No near estimate is known to be older than 90 days.")
    hidden = sum(GROWTH * view.size[key].points for key in old) / view.velocity
    text = (
        f"{len(old)} issues under three sprints away have estimates older than 90 days; "
        f"if they grew as changed ones do, they hide {hidden:.1f} sprints of work."
    )
    return Measure("stale estimates", 100 * stale, "%", text, tuple(old[:NAMED]))


def _sliced_measure(view: View) -> Measure:
    scale = sorted({issue.points for issue in view.issues if issue.points is not None})
    sized = [issue for issue in view.within(FAR) if issue.points is not None]
    if len(scale) < 3 or not sized:  # thirds of a scale of two values mean nothing
        return Measure(
            "far and small", None, "%", "Too few far estimates to tell whether far issues are sliced too early."
        )
    small = scale[(len(scale) - 1) // 3]
    part = sum(issue.points is not None and issue.points <= small for issue in sized) / len(sized)
    text = f"{100 * part:.0f} % of the estimated far issues are {small:g} points or less"
    return Measure("far and small", 100 * part, "%", text + (": sliced too early." if part > SLICED else "."))


def _information_measure(same: float | None) -> Measure:
    if same is None:
        return Measure(
            "commonest size", None, "%", "Fewer than five estimates: too few to say whether they tell issues apart."
        )
    verdict = "counting issues would tell as much" if same > 0.7 else "sizes tell issues apart"
    return Measure(
        "commonest size", 100 * same, "%", f"{100 * same:.0f} % of the estimates are the same number: {verdict}."
    )
