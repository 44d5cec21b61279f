"""The page of all commands, as the help shows them."""

import sys
from pathlib import Path

import pytest

from sync.cli import command_list

PAGE = Path(__file__).parents[3] / "docs" / "commands.md"


def test_the_page_in_the_repository_is_what_the_program_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`make docs` was run after the last change of a command."""
    monkeypatch.setattr(sys, "argv", ["command_list", "--write", str(tmp_path / "commands.md")])
    command_list.main()
    assert PAGE.read_text(encoding="utf-8") == (tmp_path / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "line",
    [
        "## `readyline check [KEY]...`",
        "## `readyline why KEY [RULE]`",
        "## `readyline config show`",
        "* `--limit N`: At most so many issues. [x>=1]",
        "* `-c, --config FILE`: The configuration file; without it, config.toml. [env var: READYLINE_CONFIG]",
    ],
)
def test_the_page_names_arguments_options_defaults_and_variables(line: str) -> None:
    assert line in command_list.as_page().splitlines()
