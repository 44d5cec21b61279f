"""P: how much of the next sprint is Must work."""

from operator import attrgetter

from pydantic import Field

from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.scoring import clip
from rules.deep.view import View, once_a_view
from rules.lazy_regex import regex
from rules.model import Issue

_LEAD = regex(r"^moscow(?:-|::?)")
_TAIL = regex(r"['’]|[-_]?have$")
NAMED = 5
"""So many issues are named in a sentence."""


class Must(ScoredMeasure):
    """How much of the next sprint is Must work, where MoSCoW labels are used.

    Why: At most 60 % of the effort should be Must work. The rest can then give way when something takes longer
        (Agile Business Consortium, DSDM Agile Project Framework, 2014, chapter on MoSCoW).

    Formula: Points of Must issues less than within_sprints away over the typical velocity. The sub-score is 1 up to
        most and falls to 0 at zero_at. Backlogs without MoSCoW labels are not measured.

    Good: 6 of 12 points are Must work: "Must work takes 50 % of the next sprint: not more than 60 %." Sub-score 1.

    Bad: 10 of 12 points are Must work: "Must work takes 83 % of the next sprint: more than 60 %, which leaves no
        room." Sub-score 0.067.
    """

    name = "must"
    title = "must"
    letter = DeepLetter.PRIORITISED
    rising = (("most", "zero_at"),)

    weight: float = weighing(0.15)
    within_sprints: float = Field(default=1.0, gt=0, le=6)
    """Issues less than this many sprints away are the next sprint's work."""
    most: float = Field(default=0.60, gt=0, le=1)
    """Up to this part of a sprint the sub-score is 1."""
    zero_at: float = Field(default=0.85, gt=0, le=2)
    """From this part of a sprint on the sub-score is 0."""
    must_labels: tuple[str, ...] = ("must", "must-have", "must_have", "musthave")
    """Labels of Must work, in any case, also after "moscow-", "moscow:" or "moscow::"."""
    other_labels: tuple[str, ...] = ("should", "could", "wont", "won't", "should-have", "could-have", "wont-have")
    """The same for Should, Could and Won't; one of either list shows that MoSCoW is used."""

    def measure(self, view: View) -> Measured:
        """The part of a sprint that is Must work; no figure where no such label is used."""
        must = frozenset(label.lower() for label in self.must_labels)
        used = must.union(label.lower() for label in self.other_labels)
        if view.velocity is None or used.isdisjoint(_all_labels(view)):
            return Measured(())
        keys = [i.key for i in view.within(0.0, self.within_sprints) if not must.isdisjoint(_labels(i))]
        part = sum(view.backlog.sizes[key].points for key in keys) / view.velocity
        most = f"{100 * self.most:.0f} %"
        verdict = f"more than {most}, which leaves no room" if part > self.most else f"not more than {most}"
        text = f"Must work takes {100 * part:.0f} % of the {view.boxes.ahead()}: {verdict}."
        if several := [issue.key for issue in view.issues if _has_several(used & _labels(issue))]:
            text += f" More than one MoSCoW label: {', '.join(several[:NAMED])}."
        score = 1.0 - clip((part - self.most) / (self.zero_at - self.most))
        return Measured((self.figure(100 * part, "%", text, keys),), score)


@once_a_view
def _all_labels(view: View) -> frozenset[str]:
    """Every label of the issues, in lower case; the former view's where no label differs."""
    if view.former is not None and view.keeps(attrgetter("labels")):
        return _all_labels(view.former)
    used = frozenset[str]().union(*{issue.labels for issue in view.issues})
    return frozenset(_LEAD.sub("", label.lower()) for label in used)


def _has_several(labels: frozenset[str]) -> bool:
    """Whether labels of MoSCoW mean different things; "should" and "should-have" are the same."""
    return len({_TAIL.sub("", label) for label in labels}) > 1


def _labels(issue: Issue) -> frozenset[str]:
    return frozenset(_LEAD.sub("", label.lower()) for label in issue.labels)
