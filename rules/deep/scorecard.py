"""The backlog measured: a view with its four letters, its runways and one score."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import prod

from rules.backlog.index import Backlog
from rules.deep.churn import BacklogHistory, Lookback, remember
from rules.deep.estimates import EstimateHistory, estimates_of
from rules.deep.measure import LETTER_NAMES, DeepLetter, DeepMeasure, Measured, Measures, ScoredMeasure
from rules.deep.measures import DEFAULTS
from rules.deep.measures.blind_estimates import BlindEstimates
from rules.deep.measures.churn import Churn
from rules.deep.measures.growth import Growth
from rules.deep.measures.last_change import LastChange
from rules.deep.measures.runway import runways_of
from rules.deep.measures.stale_estimates import StaleEstimates
from rules.deep.measures.top_replaced import TopReplaced
from rules.deep.model import BacklogState, Letter, Measure, Runway
from rules.deep.runway import ready_sprints
from rules.deep.scoring import letter_score
from rules.deep.view import HORIZON, Judge, View
from rules.model import Issue, Snapshot
from rules.text import Reading
from rules.verdict import Judgement

GRADES = ((85.0, "A"), (70.0, "B"), (55.0, "C"), (40.0, "D"))
"""The least score of each grade; docs/deep.md."""
COUNTED_CHARS = 100_000
"""Longest text whose words are counted; a longer one, such as a pasted log, counts a word a character."""
NEEDED = {
    "points": "estimates",
    "links": "links between issues",
    "priority": "priorities",
    "rank": "rank of issues",
    "changelog": "history that this account may read",
}
"""What a tracker may be unable to show, in words."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A view with its letters, runways and score: what actions are compared by."""

    view: View
    letters: tuple[Letter, ...]
    runways: tuple[Runway, ...]
    score: float | None

    @property
    def runway(self) -> float | None:
        """The product's ready runway in sprints."""
        return self.runways[0].sprints


def build_view(
    backlog: Backlog,
    judgement: Judgement,
    judge: Judge,
    earlier: Sequence[BacklogState] = (),
    measures: Measures = DEFAULTS,
    horizon: float = HORIZON,
) -> View:
    """The view of what a run saw and judged."""
    verdicts = judgement.by_key
    return View(
        backlog=backlog,
        verdicts={issue.key: verdicts[issue.key] for issue in backlog.counted if issue.key in verdicts},
        words={issue.key: _words(issue, backlog.readings.get(issue.key)) for issue in backlog.open},
        judge=judge,
        measures=measures,
        past=_past(backlog.snapshot, earlier, measures),
        estimates=_estimates(backlog, measures),
        horizon=horizon,
    )


def _words(issue: Issue, reading: Reading | None) -> int:
    length = sum([len(block.text) for block in issue.document.blocks])
    if length > COUNTED_CHARS:
        return length
    return reading.words if reading is not None and issue.acceptance is None else issue.document.words


def _past(snapshot: Snapshot, earlier: Sequence[BacklogState], measures: Measures) -> BacklogHistory:
    churn, top = measures[Churn], measures[TopReplaced]
    back = Lookback(
        sprints=churn.sprints,
        far_move=churn.far_move,
        top=top.top,
        top_days=top.days,
        frozen_days=measures[LastChange].frozen_days,
        growth_sprints=measures[Growth].sprints,
    )
    return remember(snapshot, earlier, back)


def _estimates(backlog: Backlog, measures: Measures) -> EstimateHistory:
    stale, blind = measures[StaleEstimates], measures[BlindEstimates]
    return estimates_of(
        backlog,
        within=max(stale.within_sprints, blind.within_sprints),
        text_change=stale.text_change,
        settling=timedelta(days=stale.settling_days),
    )


def picture(view: View) -> Picture:
    """Measure and score the view."""
    letters = tuple(letter_of(view, letter) for letter in DeepLetter) if view.issues else ()
    return Picture(view, letters, runways_of(view), overall(letters))


def gain_of(before: Picture, after: View) -> tuple[float, float]:
    """What another view gains: score points, and sprints of ready runway. Measures without a score are left out."""
    score, runway = _score_alone(after), ready_sprints(after)
    return (score or 0.0) - (before.score or 0.0), (runway or 0.0) - (before.runway or 0.0)


def _score_alone(view: View) -> float | None:
    """The score of a view, without the figures behind it."""
    return overall(_letter_alone(view, letter) for letter in DeepLetter if view.issues)


def _letter_alone(view: View, letter: DeepLetter) -> Letter:
    scored = [one for one in view.measures.of(letter) if isinstance(one, ScoredMeasure)]
    return Letter(LETTER_NAMES[letter], letter_score([(one.weight, _scored(view, one)) for one in scored]), ())


def _scored(view: View, measure: ScoredMeasure) -> float | None:
    return measure.scored(view) if measure.needs.isdisjoint(view.snapshot.unavailable) else None


def letter_of(view: View, letter: DeepLetter) -> Letter:
    """One letter: the weighted mean of the sub-scores of its measures, as far as they could be measured."""
    measured = [(measure, _measured(view, measure)) for measure in view.measures.of(letter)]
    scored = [(measure.weight, one.score) for measure, one in measured if isinstance(measure, ScoredMeasure)]
    unavailable = list(_unavailable(view, letter))
    figures = tuple(figure for _, one in measured for figure in one.figures)
    return Letter(LETTER_NAMES[letter], letter_score(scored), (*unavailable, *figures))


def _measured(view: View, measure: DeepMeasure) -> Measured:
    return measure.measure(view) if measure.needs.isdisjoint(view.snapshot.unavailable) else Measured(())


def _unavailable(view: View, letter: DeepLetter) -> Iterator[Measure]:
    """One figure for each thing the tracker cannot show, with the names of the measures that are left out for it."""
    for what in sorted(view.snapshot.unavailable):
        left_out = [measure for measure in view.measures.of(letter) if what in measure.needs]
        if left_out:
            names = ", ".join(measure.title for measure in left_out)
            why = view.snapshot.unit_why if what == "points" else ""
            text = f"{why or f'The tracker has no {NEEDED.get(what, what)}.'} Not measured: {names}."
            yield left_out[0].figure(None, "%", text)


def overall(letters: Iterable[Letter]) -> float | None:
    """The geometric mean of the letters that have a score, so that one weak side cannot hide."""
    scores = [letter.score for letter in letters if letter.score is not None]
    return float(prod(scores) ** (1 / len(scores))) if scores else None


def grade(score: float | None) -> str:
    """A from 85, B from 70, C from 55, D from 40, else E; "" without a score."""
    if score is None:
        return ""
    return next((name for least, name in GRADES if score >= least), "E")
