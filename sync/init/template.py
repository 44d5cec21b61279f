"""The configuration file as text, from what was found on the site.

Everything from the site is data: a value becomes a quoted TOML string, text in a comment loses its line breaks and
control characters. So no name can end a comment, close a string or open a table.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import ValidationError

from rules.capacity.unit import FEWEST_SIZED
from rules.document import BlockKind
from rules.text.shared_lines import SharedLine
from rules.wording import agreeing_of, many
from sync.config.schedule import check_zone
from sync.config.settings import ProductSettings
from sync.init.discover import Findings, TeamFound
from sync.sanitize import clip, visible
from sync.trackers.jira.fields import ROLES
from sync.trackers.jira.settings import CloudSettings
from sync.trackers.jira.site_info import NOTHING

TEMPLATE_FILE = "issue-template.md"
ABSENCES_FILE = "absences.csv"
_SIGNS = {BlockKind.HEADING: "## ", BlockKind.ITEM: "- ", BlockKind.TICK: "- [ ] ", BlockKind.QUOTE: "> "}
NOBODY = "Name the Product Owner"
_LONGEST_NAME = 80
_BOARD = re.compile(r"\s*\b(?:scrum\s+)?board$", re.IGNORECASE)


def config_text(findings: Findings, *, own_names: bool = True) -> str:
    """The file as text. Without `own_names` teams and product are named by numbers and keys."""
    return environment().get_template("config.toml.j2").render(_words(findings, own_names=own_names))


def template_text(lines: Iterable[SharedLine]) -> str:
    """The lines that many issues share, as Markdown: a proposal for the site's own template."""
    return "".join(f"{_SIGNS.get(line.kind, '')}{visible(line.text)}\n\n" for line in lines)


def environment() -> Environment:
    """The templates, in which every value of a site is quoted or kept to its line."""
    made = Environment(
        loader=PackageLoader("sync.init", "."),
        autoescape=False,  # noqa: S701 - TOML, not HTML: values are quoted by `toml`, comments kept to their line
        undefined=StrictUndefined,
        finalize=_one_line,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"toml": toml, "key": lambda name: json.dumps(visible(name), ensure_ascii=False)}
    return made


def _one_line(value: object) -> object:
    """Printed values stay on one line; in a comment nothing else is special."""
    return visible(value) if isinstance(value, str) else value


def toml(value: str | Iterable[str]) -> str:
    """A text as a TOML string, several texts as a list."""
    if not isinstance(value, str):
        return f"[{', '.join(map(toml, value))}]"
    text = visible(value)
    if '"' in text and "'" not in text:
        return f"'{text}'"  # a literal string: a query reads better without backslashes
    return json.dumps(text, ensure_ascii=False)  # JSON's escapes are TOML's; `visible` has left no control character


def _words(findings: Findings, *, own_names: bool) -> Mapping[str, Any]:
    owner, whose = _owner(findings) if own_names else (NOBODY, "")
    zone, zone_from = _zone(findings)
    names = _team_names(findings.teams) if own_names else [f"Board {team.board.id}" for team in findings.teams]
    settings = findings.settings
    return {
        "server": findings.server,
        "kind": findings.server.kind,
        "url": settings.url,
        "email": settings.email if isinstance(settings, CloudSettings) else "",
        "cloud_id": settings.cloud_id if isinstance(settings, CloudSettings) else "",
        "choices": [findings.fields.choices[role] for role in ROLES],
        "product": _product(findings) if own_names else ", ".join(_keys(findings)),
        "owner": owner,
        "whose": whose,
        "estimates": _estimates(findings),
        "priorities": [clip(name) for name in findings.priorities],
        "unknown_types": findings.types if own_names else (),
        "unknown_links": findings.links if own_names else (),
        "backlog": _backlog(_keys(findings)),
        "teams": [
            _team(team, name, several=len(findings.teams) > 1)
            if own_names
            else _team(replace(team, people=(), own=NOTHING, board=replace(team.board, takes=NOTHING)), name)
            for team, name in zip(findings.teams, names, strict=True)
        ],
        "shared": [(line.issues, clip(line.text)) for line in findings.shared],
        "read_issues": findings.read_issues,
        "template_file": TEMPLATE_FILE,
        "absences": ABSENCES_FILE,
        "timezone": zone,
        "zone_from": zone_from,
    }


def _team(team: TeamFound, name: str, *, several: bool = False) -> Mapping[str, Any]:
    takes = team.board.takes
    guessed = several and takes == NOTHING and team.own != NOTHING
    takes = team.own if guessed else takes
    return {
        "name": name,
        "board": team.board.id,
        "called": clip(team.board.name),
        "components": sorted(takes.components),
        "labels": sorted(takes.labels),
        "sprint_days": team.sprint_days,
        "sprints": team.sprints,
        "from": "CHECK: most issues of its latest sprints have it" if guessed else "as the board's own filter says",
        "people": [(clip(one.name, _LONGEST_NAME), one.account, one.issues) for one in team.people],
    }


def _team_names(teams: tuple[TeamFound, ...]) -> list[str]:
    """The boards' names without the word "board", made unique by the board's number where needed."""
    plain = [clip(_BOARD.sub("", visible(team.board.name)), _LONGEST_NAME) for team in teams]
    often = Counter(plain)
    return [
        name if name and often[name] == 1 else f"{name or 'Board'} {team.board.id}"
        for name, team in zip(plain, teams, strict=True)
    ]


def _product(findings: Findings) -> str:
    name = findings.projects[0].name if len(findings.projects) == 1 else findings.server.title
    return clip(name, _LONGEST_NAME) or ", ".join(_keys(findings))


def _estimates(findings: Findings) -> str:
    """A sentence about what work is counted in."""
    estimated, read = findings.estimated
    if not read:
        return "no issue of a sprint was read"
    counted = "points" if estimated >= FEWEST_SIZED * read else "issues"
    have = agreeing_of(estimated, read, "has", "have")
    return f"{estimated} of {many(read, 'issue')} of the latest sprints {have} an estimate: counted in {counted}"


def _owner(findings: Findings) -> tuple[str, str]:
    """The answer, else the project lead where there is exactly one, and a remark where the name is from."""
    if findings.owner:
        return findings.owner, ""
    leads = list(dict.fromkeys(lead for project in findings.projects if (lead := clip(project.lead, _LONGEST_NAME))))
    if len(leads) != 1:
        return NOBODY, f"Project leads: {', '.join(leads)}." if leads else ""
    try:
        ProductSettings(name="-", backlog="-", owner=leads[0])
    except ValidationError:  # the name is that of several people
        return NOBODY, f"The project lead is called {leads[0]}."
    return leads[0], "This is the project lead."


def _zone(findings: Findings) -> tuple[str, str]:
    try:
        return check_zone(findings.account.zone), f"as in {findings.account.name}'s account"
    except ValueError:
        return "UTC", "CHECK: the account has no time zone"


def _keys(findings: Findings) -> tuple[str, ...]:
    return tuple(project.key for project in findings.projects)


def _backlog(keys: tuple[str, ...]) -> str:
    """All open issues of the projects; keys in quotes, because some are words of JQL."""
    quoted = ['"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"' for key in keys]
    where = f"project = {quoted[0]}" if len(quoted) == 1 else f"project in ({', '.join(quoted)})"
    return f"{where} AND statusCategory != Done ORDER BY Rank ASC"
