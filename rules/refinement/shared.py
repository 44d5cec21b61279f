"""Issues that need several teams: what the teams agree on, each team's part, and the note of the decision."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from rules.backlog.index import Backlog
from rules.model import Issue
from rules.refinement.options import HEADINGS, RefinementOptions, SharedPart
from rules.text import Reading

LONGEST = 140
"""Characters of a text that are shown."""
NOT_SHOWN = "(restricted)"
NAMES: Mapping[SharedPart, str] = {
    SharedPart.VISION: "fit to the vision",
    SharedPart.JOURNEY: "step of the user journey",
    SharedPart.VALUE: "value",
    SharedPart.DELIVERABLE: "deliverable",
    SharedPart.QUALITY: "quality standard",
    SharedPart.OUTCOME: "expected outcome",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedIssue:
    """An issue that touches several teams.

    `parts` has the beginning of each text, "" for one that is missing. `by_team` are the open issues below it, or the
    note, of each team that it touches; none where its part is not known yet. `note` is the decision note, "" for none.
    """

    issue: Issue
    parts: Mapping[SharedPart, str]
    by_team: Mapping[str, tuple[str, ...]]
    note: str = ""

    @property
    def missing(self) -> tuple[SharedPart, ...]:
        """The parts that are missing."""
        return tuple(part for part, text in self.parts.items() if not text)

    @property
    def without_part(self) -> tuple[str, ...]:
        """The teams whose part is not known yet."""
        return tuple(team for team, known in self.by_team.items() if not known)


def touched(issue: Issue, backlog: Backlog) -> tuple[str, ...]:
    """The teams that an issue touches: those that recognise it, and those of the open issues below it.

    A team that people gave the issue to is the only one; so is the only team of a product.
    """
    snapshot = backlog.snapshot
    if chosen := snapshot.takers.get(issue.id):
        return (chosen,)
    recognised = {team.name for team in snapshot.product.teams if team.recognises(issue)}
    below = {team.name for child in _below(issue, backlog) if (team := backlog.team(child.key)) is not None}
    names = recognised | below
    teams = tuple(team.name for team in snapshot.product.teams)
    return teams if len(teams) == 1 else tuple(name for name in teams if name in names)


def shared_issue(issue: Issue, backlog: Backlog, options: RefinementOptions) -> SharedIssue:
    """What is known of an issue that several teams share."""
    reading = backlog.readings.get(issue.key)
    children, teams = tuple(_below(issue, backlog)), touched(issue, backlog)
    return SharedIssue(
        issue=issue,
        parts={part: _shown(_part(part, reading, teams, options), issue) for part in SharedPart},
        by_team={
            name: tuple(_shown(text, issue) for text in _of_team(name, children, reading, backlog)) for name in teams
        },
        note=decision_note(issue, backlog, options),
    )


def decision_note(issue: Issue, backlog: Backlog, options: RefinementOptions) -> str:
    """The note of a decision: a text below its heading, else an attachment or the key of a linked issue of that name.

    "" for none; of a restricted issue it is not shown.
    """
    words = _lower(options.decision_headings)
    text = _text_below(words, backlog.readings.get(issue.key))
    files = (name for name in issue.attachments if _begins(name, words))
    links = (link.key for link in issue.links if _begins(link.title, words))
    return _shown(text or next(files, "") or next(links, ""), issue)


def _below(issue: Issue, backlog: Backlog) -> Iterator[Issue]:
    return (child for child in backlog.counted_below(issue.key) if child.is_open)


def _part(part: SharedPart, reading: Reading | None, teams: Iterable[str], options: RefinementOptions) -> str:
    words = HEADINGS[part] | _lower(options.headings.get(part, frozenset()))
    text = _text_below(words, reading)
    if not text and part is SharedPart.VALUE and reading is not None and reading.story is not None:
        text = short(reading.story.benefit)
    return text or (_standard(teams, options) if part is SharedPart.QUALITY else "")


def _standard(teams: Iterable[str], options: RefinementOptions) -> str:
    """The Definitions of Done of the teams, each once; "" where a team has none."""
    standards = dict.fromkeys(map(options.standard_of, teams))
    return "" if "" in standards else short("; ".join(standards))


def _of_team(name: str, children: tuple[Issue, ...], reading: Reading | None, backlog: Backlog) -> tuple[str, ...]:
    """The issues of a team below a shared one, or what is written under a heading with its name."""
    keys = tuple(one.key for one in children if (team := backlog.team(one.key)) is not None and team.name == name)
    return keys or tuple(filter(None, (_text_below(frozenset({name.casefold()}), reading),)))


def _text_below(words: AbstractSet[str], reading: Reading | None) -> str:
    """The beginning of the text below the first heading with one of these words that has any."""
    for section in reading.sections if reading is not None else ():
        if section.heading is not None and section.heading.text.strip(" :*").casefold() in words:
            text = "; ".join(line for block in section.blocks if (line := " ".join(block.text.split())))
            if text:
                return short(text)
    return ""


def _shown(text: str, issue: Issue) -> str:
    return NOT_SHOWN if text and issue.restricted else text


def short(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _begins(name: str, words: AbstractSet[str]) -> bool:
    start = " ".join(name.replace("_", " ").replace("-", " ").casefold().split())
    return any(start.startswith(word) for word in words)


def _lower(words: AbstractSet[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)
