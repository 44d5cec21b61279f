"""The file names of the pages, and the links that each page has to the others.

A name is the same in every run, so that messages can link to it: the Product Owner's page is the first one.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

STEM = "readyline"
FIRST = f"{STEM}.html"
ADMIN = f"{STEM}-admin.html"
INDEX = "index.html"
TEAM_FILES = f"{STEM}-team-*.html"
"""What the file names of the teams' pages match."""
HTML = "html"  # the kind of report with these pages
PLANNING = "planning"  # the kind of report with the page of Sprint Planning part one
PLANNING_SUFFIX = "-planning.html"
MOST_TEAMS = 8
"""Teams with a link on every page; with more, the overview has the links."""
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page; `here` is whether it is the page that shows it."""

    name: str
    file: str
    here: bool = False


def links(files: Mapping[str, str], here: str, beside: Collection[str] = ()) -> tuple[Link, ...]:
    """The links on the page `here`: `files` are those of the teams, `beside` the kinds in the same folder."""
    of_teams = [(team, file) for team, file in files.items() if len(files) <= MOST_TEAMS or file == here]
    planning = [("Planning part one", STEM + PLANNING_SUFFIX)] if PLANNING in beside else []
    named = [("Overview", INDEX), ("Product Owner", FIRST), *of_teams, *planning, ("Admin", ADMIN)]
    return tuple(Link(name, file, file == here) for name, file in named)


def team_files(teams: Iterable[str]) -> dict[str, str]:
    """The file name of each team's page, in the given order; no two are the same, whatever the letters."""
    return {team: f"{STEM}-team-{slug}.html" for team, slug in slugs(teams).items()}


def slugs(teams: Iterable[str]) -> dict[str, str]:
    """Each name in small plain letters. Names that become the same, or nothing, get a digest of the name as well.

    So a slug does not depend on the order of the teams.
    """
    names = {team: _plain(team) for team in teams}
    while doubtful := _doubtful(names):
        names |= {team: f"{names[team]}-{_digest(team)}".strip("-") for team in doubtful}
    return names


def _doubtful(names: dict[str, str]) -> list[str]:
    counts = Counter(names.values())
    return [team for team, slug in names.items() if not slug or counts[slug] > 1]


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_LONGEST].strip("-")


def _digest(name: str) -> str:
    return sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
