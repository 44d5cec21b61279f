"""Techniques that help with what rules and measures find: what people do together, and where it is described."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

AT_MOST = 3
"""Techniques that are suggested at a time."""


@dataclass(frozen=True, slots=True)
class Technique:
    """A technique, what people do, its public source, and the paths of the rules and measures that it helps with."""

    name: str
    text: str
    source: str
    rules: tuple[str, ...]

    @property
    def whole(self) -> str:
        """`Planning poker. All show a card at once ... (Grenning, ...)`."""
        return f"{self.name}. {self.text} ({self.source})"


TECHNIQUES = (
    Technique(
        "Example mapping",
        "Write each rule of the story on a card, its examples below it, and the questions apart. Stop after "
        "25 minutes: many questions say that the story is not ready. An example becomes a scenario: given, when, then.",
        "Wynne, Introducing Example Mapping, 2015",
        (
            "ready.acceptance",
            "ready.criteria_count",
            "ready.testable",
            "ready.measurable",
            "ready.unhappy_path",
            "ready.unambiguous",
            "ready.open_questions",
            "ready.placeholders",
        ),
    ),
    Technique(
        "Splitting by what a user can do",
        "Cut along the steps of the workflow, the rules, the kinds of data or the roles, the simple case first. "
        "Each part works for a user alone.",
        "Lawrence and Green, The Humanizing Work Guide to Splitting User Stories, 2020",
        ("ready.small_enough", "ready.atomic", "ready.hidden_epic", "ready.independent", "ready.minimal"),
    ),
    Technique(
        "Story mapping",
        "Lay out what a user does from left to right, and the stories below the step they serve. Draw a line below "
        "what the first release needs.",
        "Patton, User Story Mapping, 2014",
        ("ready.epic_outline", "ready.detail_fits", "deep.depth", "deep.early_detail", "deep.far_and_small"),
    ),
    Technique(
        "Asking why",
        "Ask why the user wants it until the answer is worth something to somebody. Write that down as the reason.",
        "Cohn, User Stories Applied, 2004",
        ("ready.story_form", "ready.value_stated", "ready.described", "deep.value_order"),
    ),
    Technique(
        "Planning poker",
        "All show their estimate at once. The highest and the lowest say why, then all estimate again.",
        "Grenning, Planning Poker, 2002",
        (
            "ready.estimated",
            "ready.on_scale",
            "ready.blind_estimate",
            "deep.estimated",
            "deep.stale_estimates",
            "deep.commonest_size",
        ),
    ),
    Technique(
        "MoSCoW",
        "Sort the issues into Must, Should, Could and Won't. Keep Must below 60 % of the work, so that the rest can "
        "give way.",
        "Agile Business Consortium, DSDM Agile Project Framework, 2014",
        ("ready.prioritised", "deep.must", "deep.priority_set", "deep.priority_inversions", "deep.urgent"),
    ),
    Technique(
        "Spike",
        "Take a fixed time to answer one question. The result is an answer that people can estimate with.",
        "Beck, Extreme Programming Explained, 1999",
        ("ready.timeboxed", "ready.spike_question"),
    ),
    Technique(
        "Program board",
        "Put the work of all teams on one board, a column for each sprint. Draw a line from each issue to what it "
        "needs: no line may point to a later column.",
        "Knaster and Leffingwell, SAFe Distilled, 2020",
        (
            "ready.unblocked",
            "ready.cross_team",
            "ready.acyclic",
            "ready.dependencies_linked",
            "ready.dependencies_named",
            "deep.dependency_inversions",
        ),
    ),
    Technique(
        "Repeating the fault",
        "Somebody who did not report the fault repeats the steps. What that person has to ask is missing in the text.",
        "Zimmermann and others, What Makes a Good Bug Report?, IEEE TSE 36, 2010",
        ("ready.reproducible", "ready.expected_actual", "ready.environment_given"),
    ),
)

_BY_RULE: Mapping[str, Technique] = {rule: one for one in TECHNIQUES for rule in one.rules}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A technique, and the keys of the issues it helps with."""

    technique: Technique
    issues: tuple[str, ...]

    @property
    def text(self) -> str:
        """`Spike (SHOP-5): Take a fixed time to answer one question. ...`."""
        return f"{self.technique.name} ({', '.join(self.issues)}): {self.technique.text}"


def technique_for(rule: str) -> Technique | None:
    """The technique that helps with a rule or measure, by its path; `None` where its hint says all."""
    return _BY_RULE.get(rule)


def suggested(findings: Iterable[tuple[str, str]]) -> tuple[Suggestion, ...]:
    """The techniques that help with most issues, at most three. `findings` has pairs of an issue and a rule."""
    issues: defaultdict[Technique, dict[str, None]] = defaultdict(dict)
    for key, rule in findings:
        if (technique := technique_for(rule)) is not None:
            issues[technique][key] = None
    most = sorted(TECHNIQUES, key=lambda one: -len(issues.get(one, ())))
    return tuple(Suggestion(one, tuple(issues[one])) for one in most[:AT_MOST] if one in issues)
