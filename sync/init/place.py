"""The written configuration, and what was found."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sync.absences.csv_list import write_template
from sync.init.discover import Findings
from sync.init.template import ABSENCES_FILE
from sync.init.write_file import write_config, write_first_valid

if TYPE_CHECKING:
    from sync.init.github_site import GithubFindings
    from sync.init.gitlab_site import GitlabFindings
    from sync.init.redmine_site import RedmineFindings

    Elsewhere = GitlabFindings | GithubFindings | RedmineFindings


@dataclass(frozen=True, slots=True)
class Placed:
    """The written file, and what was found on the site."""

    path: Path
    findings: "Findings | Elsewhere"
    files: tuple[Path, ...] = ()
    """Files next to it: a list of absences to fill in, the lines that many issues share."""
    pages: tuple[Path, ...] = ()
    """The files of the first report, the one to open first; empty where none was made."""
    state: str = ""
    """The answer of the first report."""


def place(findings: Findings, out: Path) -> Placed:
    """Write the configuration for what was found to `out`, which must not exist. Raises `UsageError`."""
    return Placed(out, findings, write_config(findings, out))


def place_elsewhere(findings: "Elsewhere", out: Path) -> Placed:
    """The same for what was found on another tracker than Jira."""
    write_first_valid(findings.texts(), out)
    return Placed(out, findings, tuple(filter(None, [write_template(out.parent / ABSENCES_FILE)])))
