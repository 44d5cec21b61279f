"""Fits the weights of `rules.text.scenario`, and shows how well they do on projects they were not fitted on.

Run as `python -m tests.benchmarks.scenario`. Prints, for each project left out, precision and recall of its labelled
sentences, then the weights fitted on all projects beside those in use. The labels are in tests/labels/sentences.csv:
project and id of the issue, a digest of the sentence, and 1 where it shows how the defect is reproduced. The texts are
issues of permissively licensed sets, looked for under READYLINE_SHARED. Only figures are printed, never texts.
"""

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import exp

from rules.text.scenario import ENOUGH, WEIGHTS, ScenarioSign, sentences_of, signs_of
from tests.benchmarks.labelled import FOLDER
from tests.benchmarks.material import Text, file_of, texts_by_id
from tests.external_data import missing

LABELS = FOLDER / "sentences.csv"
SCALE = 4  # the weights in use are quarters
PENALTY = 4.0
ROUNDS, STEP = 1000, 0.003

Weights = Mapping[ScenarioSign, float]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's project, its signs, and whether it shows how a defect is reproduced."""

    project: str
    signs: frozenset[ScenarioSign]
    shows: bool


def digest(sentence: str) -> str:
    """What stands for a sentence in the labels."""
    return sha256(sentence.encode()).hexdigest()[:12]


def labels() -> dict[tuple[str, str], dict[str, bool]]:
    """For each (project, id), the label of each sentence by its digest."""
    by_issue: dict[tuple[str, str], dict[str, bool]] = {}
    with LABELS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            by_issue.setdefault((row["project"], row["id"]), {})[row["sentence"]] = row["shows"] == "1"
    return by_issue


def labelled() -> list[Sentence]:
    """All labelled sentences, each once; FileNotFoundError where the texts are absent."""
    by_issue = labels()
    texts = texts_by_id(by_issue)
    return [
        Sentence(project, frozenset(signs_of(sentence)), shows)
        for (project, name), wanted in by_issue.items()
        for sentence, shows in _labelled_in(texts[name], wanted)
    ]


def _labelled_in(text: Text, wanted: Mapping[str, bool]) -> Iterator[tuple[str, bool]]:
    sentences = dict.fromkeys(sentence for block in text.document.blocks for sentence in sentences_of(block.text))
    for sentence in sentences:
        shows = wanted.get(digest(sentence))
        if shows is not None:
            yield sentence, shows


def fit(sentences: Sequence[Sentence]) -> Weights:
    """The weights of a logistic regression with an L2 penalty and an intercept, by gradient descent."""
    weights, intercept = dict.fromkeys(ScenarioSign, 0.0), 0.0
    for _ in range(ROUNDS):
        slopes, slope = {sign: PENALTY * weight for sign, weight in weights.items()}, 0.0
        for sentence in sentences:
            odds = intercept + sum(weights[sign] for sign in sentence.signs)
            error = 1 / (1 + exp(-odds)) - sentence.shows
            slope += error
            for sign in sentence.signs:
                slopes[sign] += error
        intercept -= STEP * slope
        weights = {sign: weight - STEP * slopes[sign] for sign, weight in weights.items()}
    return weights


def rounded(weights: Weights) -> dict[ScenarioSign, int]:
    """The weights as they are used."""
    return {sign: round(SCALE * weight) for sign, weight in weights.items()}


def main() -> int:
    """Print the figures and the weights."""
    projects = sorted({project for project, _ in labels()})
    if why := missing(*map(file_of, projects)):
        print(f"skipped: {why}")
        return 0
    sentences = labelled()
    print(f"{len(sentences)} labelled sentences, {sum(sentence.shows for sentence in sentences)} show how")
    print(f"{'left out':12} {'n':>4} {'precision':>10} {'recall':>8}")
    pairs: list[tuple[bool, bool]] = []
    for project in projects:
        fitted = rounded(fit([sentence for sentence in sentences if sentence.project != project]))
        apart = [sentence for sentence in sentences if sentence.project == project]
        pairs += (claims := [(_weight(sentence, fitted) >= ENOUGH, sentence.shows) for sentence in apart])
        print(_figures(project, claims))
    print(f"{_figures('all', pairs)}\n")
    for sign, weight in rounded(fit(sentences)).items():
        print(f"{sign.value:24} {weight:3}" + ("" if weight == WEIGHTS[sign] else f"   in use: {WEIGHTS[sign]}"))
    return 0


def _weight(sentence: Sentence, weights: Mapping[ScenarioSign, int]) -> int:
    return sum(weights[sign] for sign in sentence.signs)


def _figures(name: str, pairs: Sequence[tuple[bool, bool]]) -> str:
    right = sum(claimed and shows for claimed, shows in pairs)
    precision = right / max(1, sum(claimed for claimed, _ in pairs))
    recall = right / max(1, sum(shows for _, shows in pairs))
    return f"{name:12} {len(pairs):4} {precision:10.3f} {recall:8.3f}"


if __name__ == "__main__":
    sys.exit(main())
