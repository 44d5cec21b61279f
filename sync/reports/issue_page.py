"""The terminal page of one issue: what is thought of it, what that rests on, and the smallest fix."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from rules.verdict import Verdict
from sync.reports import format as wording
from sync.reports.base import Threshold
from sync.reports.blocks import BAD, GOOD, QUIET, grid_of, heading, pairs, said, weight
from sync.reports.links import link_to
from sync.sanitize import clip


def why(
    verdict: Verdict, *, site: str = "", rank: int = 0, teams: Sequence[str] = (), thresholds: Sequence[Threshold] = ()
) -> RenderableType:
    """The page of one issue: verdict, smallest fix, findings with evidence, what was read, thresholds and origins.

    A person asked for this very issue, so nothing is withheld.
    """
    facts = ", ".join(_circumstances(verdict, rank, teams))
    head = [heading(verdict.issue.key, clip(verdict.issue.title)), said(facts, QUIET)]
    if address := link_to(site, verdict.issue.key):
        head.append(said(address, QUIET))
    return Group(*head, Text(), _judged(verdict), *_reasons(verdict), *_read(verdict), *_thresholds(thresholds))


def _circumstances(verdict: Verdict, rank: int, teams: Sequence[str]) -> Iterable[str]:
    issue = verdict.issue
    yield issue.type
    yield issue.status
    yield "no estimate" if issue.points is None else wording.many(issue.points, "point")
    if rank:
        yield f"rank {rank}"
    if verdict.distance is not None:
        yield "next sprint" if verdict.distance < 1 else f"{wording.away(verdict.distance)} sprints away"
    yield " and ".join(teams) or "no team"


def _judged(verdict: Verdict) -> Text:
    word = ("Ready", f"bold {GOOD}") if verdict.ready else ("Not ready", f"bold {BAD}")
    line = Text.assemble(word, f", score {verdict.score} of 100.")
    first = next(iter((*verdict.blocking, *verdict.open_findings)), None)
    return line.append(f" Smallest fix: {clip(first.hint)}") if first else line


def _reasons(verdict: Verdict) -> Iterable[RenderableType]:
    for finding in verdict.findings:
        yield Text()
        yield Text.assemble(weight(finding), "  ", (finding.rule, "bold"), f"  {clip(finding.message)}")
        lines = [said(finding.hint)]
        lines += [said(f"{_place(quote.line)}: “{clip(quote.text, 160)}”", QUIET) for quote in finding.evidence]
        lines.append(
            said(f"waived: {finding.waived}" if finding.waived else f"fingerprint {finding.fingerprint}", QUIET)
        )
        yield Padding(Group(*lines), (0, 0, 0, 2))


def _place(line: int) -> str:
    return f"line {line}" if line else "title"


def _read(verdict: Verdict) -> Iterable[RenderableType]:
    facts = verdict.facts
    words = (
        ("story form", facts.story_form), ("benefit", facts.story_benefit), ("acceptance", facts.acceptance),
        ("steps", facts.steps), ("expected", facts.expected), ("actual", facts.actual),
        ("placeholder", facts.placeholder), ("open question", facts.open_question),
    )  # fmt: skip
    yield Text()
    yield pairs(
        [
            ("Read", said(", ".join(f"{name} {value}" for name, value in words if value != "na"))),
            ("Passed", said(", ".join(verdict.passed) or "nothing")),
        ]
    )


def _thresholds(thresholds: Sequence[Threshold]) -> Iterable[RenderableType]:
    if not thresholds:
        return
    yield Text()
    yield heading("Thresholds")
    grid = grid_of(20, 8, None)
    for one in thresholds:
        grid.add_row(Text(f"{one.rule}.{one.option}"), said(one.value), said(one.origin, QUIET))
    yield Padding(grid, (0, 0, 0, 2))
