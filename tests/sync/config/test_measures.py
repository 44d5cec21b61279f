"""The tables of DEEP's measures: every option is in the example, faults are named, values reach the measures."""

import json
import tomllib
from pathlib import Path

import pytest

from rules.deep.measure import DeepMeasure
from rules.deep.measures import DEFAULTS, MEASURES
from rules.deep.measures.depth import Depth
from rules.deep.measures.must import Must
from sync.config import effective, load, measures_of
from sync.errors import ConfigError
from tests.sync.config.files import RIGHT, written
from tests.sync.config.test_example import EXAMPLE, opened

WEIGHT = "its part of the letter's score; 0 shows the measure without scoring it"

every_measure = pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)


@every_measure
def test_every_option_of_a_measure_is_in_the_example_with_its_default(measure: type[DeepMeasure]) -> None:
    options = tomllib.loads(opened())["rules"]["deep"][measure.name]

    assert options == json.loads(measure().model_dump_json())


def test_the_example_means_the_defaults(tmp_path: Path) -> None:
    tmp_path.joinpath("organisation.toml").touch()

    assert measures_of(load(EXAMPLE, {})) == DEFAULTS
    assert measures_of(load(written(tmp_path, opened()), {})) == DEFAULTS


def test_an_option_of_the_file_reaches_the_measure(tmp_path: Path) -> None:
    tables = '[rules.deep.depth]\nplenty_sprints = 20.0\n[rules.deep.must]\nmust_labels = ["a"]\nseverity = "off"'

    measures = measures_of(load(written(tmp_path, RIGHT, tables), {}))

    assert measures[Depth] == Depth(plenty_sprints=20.0)
    assert measures[Must] == Must(must_labels=("a",), severity="off")


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("[rules.deep.runwy]", 'rules.deep.runwy: unknown measure; did you mean "runway"?'),
        (
            "[rules.deep.depth]\nplenty = 3",
            'rules.deep.depth.plenty: unknown option; did you mean "plenty_sprints"?',
        ),
        (
            "[rules.deep.depth]\nweight = 2",
            f"rules.deep.depth.weight = 2: must be at most 1: {WEIGHT}",
        ),
        (
            '[rules.deep.depth]\nseverity = "must"',
            'rules.deep.depth.severity = "must": must be one of info, off',
        ),
        (
            "[rules.deep.depth]\nplenty_sprints = 60.0",
            "rules.deep.depth.plenty_sprints = 60.0: plenty_sprints must be less than beyond_sprints, which is 52",
        ),
        ('[rules.deep.depth]\nweight = "1"', 'rules.deep.depth.weight = "1": must be a number, without quotes'),
        ("[rules.deep]\ndepth = 3", "rules.deep.depth = 3: must be a table"),
        ("[rules]\ndeep = 3", "rules.deep = 3: must be a table"),
    ],
)
def test_a_fault_in_a_measure_is_one_sentence(tmp_path: Path, table: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as raised:
        load(written(tmp_path, RIGHT, table), {})

    (fault,) = raised.value.faults
    assert fault.partition("config.toml:")[2].partition(": ")[2] == sentence


def test_teams_have_no_measures_of_their_own(tmp_path: Path) -> None:
    """A backlog is measured as a whole."""
    with pytest.raises(ConfigError, match=r"deep: unknown here; it belongs in \[rules\]"):
        load(written(tmp_path, RIGHT, "[teams.rules.deep.depth]\nweight = 0.0"), {})


def test_a_shared_file_may_lock_a_measure_like_any_other_table(tmp_path: Path) -> None:
    shared = tmp_path / "organisation.toml"
    shared.write_text('locked = ["rules.deep.depth"]\n[rules.deep.depth]\nweight = 0.5', encoding="utf-8")
    path = written(tmp_path, RIGHT, "[rules.deep.depth]\nweight = 0.1")
    path.write_text(f'extends = "organisation.toml"\n{path.read_text(encoding="utf-8")}', encoding="utf-8")

    with pytest.raises(ConfigError, match=r"rules.deep.depth.weight = 0.1: is locked at 0.5 by .*organisation.toml:3"):
        load(path, {})


def test_every_option_is_shown_with_where_it_comes_from(tmp_path: Path) -> None:
    path = written(tmp_path, RIGHT, "[rules.deep.depth]\nplenty_sprints = 20.0")
    settings = load(path, {"READYLINE__RULES__DEEP__DEPTH__WEIGHT": "0.5"})

    rows = {row.path: (row.value, row.origin.rpartition("/")[2]) for row in effective(settings)}

    for measure in MEASURES:
        assert {f"rules.deep.{measure.name}.{option}" for option in measure.model_fields} <= set(rows)
    assert rows["rules.deep.depth.plenty_sprints"][0] == 20.0
    assert rows["rules.deep.depth.plenty_sprints"][1].startswith("config.toml:")
    assert rows["rules.deep.depth.weight"] == (0.5, "READYLINE__RULES__DEEP__DEPTH__WEIGHT")
    assert rows["rules.deep.depth.beyond_sprints"] == (52.0, "default")
