"""What the doctor and `config check` say of teams that do not say what they take."""

import json
from pathlib import Path

from typer.testing import CliRunner

from sync.cli.commands import app
from sync.config import load
from sync.doctor.local_checks import what_teams_take
from tests.sync.config.files import RIGHT, written

SILENT = "\n".join(line for line in RIGHT.splitlines() if not line.startswith("takes")).replace("= 13", "= 12")
FACT = "is shared by Payments and Search, and neither says what it takes: velocity and load are unknown"


def test_the_doctor_warns_once_of_a_board_whose_teams_do_not_say_what_they_take(tmp_path: Path) -> None:
    found = what_teams_take(load(written(tmp_path, SILENT), {}))

    assert [(one.name, one.sentence) for one in found] == [("board 12", FACT)]


def test_the_doctor_names_a_team_that_takes_nothing_on_a_board_of_its_own(tmp_path: Path) -> None:
    alone = RIGHT.replace('takes = { components = ["search"] }', "")
    found = what_teams_take(load(written(tmp_path, alone), {}))

    assert [(one.name, one.sentence) for one in found] == [("team Search", "no issues are recognised as this team's")]


def test_config_check_says_it_in_one_sentence(tmp_path: Path) -> None:
    config = written(tmp_path, SILENT)
    sentence = f"board 12 {FACT}; name takes in [[teams]]"

    in_text, as_json = (
        CliRunner().invoke(app, ["config", "check", "-c", str(config), *more]).stdout
        for more in ((), ("--format", "json"))
    )

    assert sentence in " ".join(in_text.split())
    assert json.loads(as_json)["shared_boards"] == [sentence]
