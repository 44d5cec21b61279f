"""The example file: complete, right, harmless, and true about every default."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from rules.ready import RULES
from rules.rule import ReadyRule
from sync.absences.options import AbsenceWords
from sync.config import Layers, Settings, check, load, ruleset_of, schema
from sync.config.schema_keys import Keys, resolve
from sync.config.sources import Source
from sync.config.toml_lines import Places, TomlPath, leaves
from sync.errors import ConfigError
from sync.notifiers import NOTIFIERS
from tests.sync.config.files import written
from tests.thorough import scaled

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).parents[3] / "config.example.toml"
OTHERS = tuple(EXAMPLE.with_name(f"config.{kind}.example.toml") for kind in ("github", "gitlab", "redmine"))
OPTION = re.compile(r"^# (?=\[\[?[a-z]|(?:\w+|\"[\w :-]+\") = )", re.MULTILINE)


def text() -> str:
    return EXAMPLE.read_text(encoding="utf-8")


def opened(example: Path = EXAMPLE) -> str:
    """An example with every option in a comment uncommented."""
    return OPTION.sub("", example.read_text(encoding="utf-8"))


def test_the_example_loads_without_a_fault_and_writes_nothing() -> None:
    settings = load(EXAMPLE, {})

    assert not settings.write_back.enabled
    assert [team.name for team in settings.teams] == ["Payments", "Search"]


@pytest.mark.parametrize("example", OTHERS, ids=lambda path: path.name)
def test_the_example_for_another_tracker_means_the_defaults_in_its_comments(example: Path, tmp_path: Path) -> None:
    plain, whole = load(example, {}), load(written(tmp_path, opened(example)), {})

    apart = {"types", "repositories", "label_names"}
    assert plain.tracker.model_dump(exclude=apart) == whole.tracker.model_dump(exclude=apart)


def test_every_option_in_a_comment_loads_too(tmp_path: Path) -> None:
    tmp_path.joinpath("organisation.toml").touch()
    settings = load(written(tmp_path, opened()), {})

    assert len(settings.rules.ready) == len(RULES)
    assert {channel.kind for channel in settings.notify} == set(NOTIFIERS)  # type: ignore[attr-defined]


def test_the_example_means_the_defaults_wherever_it_is_not_an_example() -> None:
    product = ruleset_of(load(EXAMPLE, {})).product

    assert product == tuple(rule() for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_option_of_every_rule_is_there_with_its_default(rule: type[ReadyRule]) -> None:
    options = tomllib.loads(opened())["rules"]["ready"][rule.name]
    options.pop("locked", None)
    wanted = {
        name for name, field in rule.model_fields.items() if name != "within_sprints" or field.default is not None
    }

    assert set(options) == wanted
    plain = json.loads(rule().model_dump_json())
    for name, value in options.items():
        if plain[name] is not None:  # an option without a default shows an example
            assert as_set(value) == as_set(plain[name])


def as_set(value: Any) -> Any:
    return sorted(value, key=str) if isinstance(value, list) else value


def properties(node: Any, whole: Any, path: str = "") -> Iterator[str]:
    """Every key the schema knows, with the path of its table."""
    if "$ref" in node:
        yield from properties(resolve(whole, node), whole, path)
        return
    for name, child in node.get("properties", {}).items():
        yield f"{path}.{name}"
        yield from properties(child, whole, f"{path}.{name}")
    for word in ("oneOf", "anyOf"):
        for child in node.get(word, ()):
            yield from properties(child, whole, path)
    for word in ("items", "additionalProperties"):
        if isinstance(node.get(word), dict):
            yield from properties(node[word], whole, f"{path}.*")


def test_every_key_of_the_schema_is_in_the_example() -> None:
    whole = schema()
    known = {key for key in properties(whole, whole) if ".rules." not in key and ".types." not in key}
    there: set[str] = set()
    for example in (EXAMPLE, *OTHERS):
        data = tomllib.loads(opened(example))
        keys = Keys(lambda: whole, data)
        for path, _ in leaves(with_empty_lists(data)):
            there |= {dotted(path[:length], keys) for length in range(1, len(path) + 1)}

    assert sorted(known - there) == []


def with_empty_lists(data: Any) -> Any:
    """The data with a leaf in every empty list, so that its path is walked."""
    if isinstance(data, dict):
        return {key: with_empty_lists(value) for key, value in data.items()}
    if isinstance(data, list):
        return [with_empty_lists(value) for value in data] or [""]
    return data


def dotted(path: TomlPath, keys: Keys) -> str:
    """A path with a star for each place in a list and each name people choose themselves."""
    words = []
    for place, part in enumerate(path):
        own = isinstance(part, int) or (part not in keys.at(path[:place]))
        words.append("*" if own else str(part))
    return "".join(f".{word}" for word in words)


def test_the_schema_accepts_the_example_and_what_is_in_its_comments() -> None:
    for one in (text(), opened()):
        data = json.loads(json.dumps(tomllib.loads(one), default=str))
        jsonschema.Draft202012Validator(schema()).validate(data)


WORDS = st.sampled_from(
    ["", "off", "must", "jira-cloud", "Mon-Fri", "DE", "a b", "-1", "\x00", "é\u202e", "../x", "~nobody/x"]
)
SCALARS = st.one_of(
    WORDS,
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.sampled_from([10**400, float("nan"), float("-inf")]),
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6) | WORDS, inner, max_size=3)
    ),
    max_leaves=5,
)
PLAIN = tomllib.loads(OPTION.sub("", EXAMPLE.read_text(encoding="utf-8")))


def all_paths(data: Any, above: TomlPath = ()) -> Iterator[TomlPath]:
    pairs: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield (*above, key)
        yield from all_paths(value, (*above, key))


PLACES = sorted(all_paths(PLAIN), key=str)


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """The example with a few of its values or tables replaced by, dropped, or grown by anything TOML can say."""
    data: Any = json.loads(json.dumps(PLAIN, default=str))
    for path in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4)):
        here = data
        for part in path[:-1]:
            try:
                here = here[part]
            except (KeyError, IndexError, TypeError):
                break
        if isinstance(here, dict):
            match draw(st.sampled_from(["replace", "drop", "grow"])):
                case "replace":
                    here[str(path[-1])] = draw(ANYTHING)
                case "drop":
                    here.pop(path[-1], None)
                case _:
                    here[draw(st.text(min_size=1, max_size=8))] = draw(ANYTHING)
    result: dict[str, Any] = data
    return result


@given(mutated())
@hypothesis_settings(deadline=None, max_examples=scaled(40, 300), suppress_health_check=[HealthCheck.too_slow])
def test_anything_toml_can_say_is_settings_or_complaints(data: dict[str, Any]) -> None:
    faults: tuple[str, ...] = ()
    settings = None
    try:
        settings = read(data)
    except ConfigError as error:
        faults = error.faults

    assert (settings is None) == bool(faults)
    assert all(one.isprintable() and one.startswith("config.toml:") for one in faults)


@given(mutated(), mutated())
@hypothesis_settings(deadline=None, max_examples=scaled(12, 60), suppress_health_check=[HealthCheck.too_slow])
def test_any_two_files_are_settings_or_complaints(data: dict[str, Any], shared: dict[str, Any]) -> None:
    faults: tuple[str, ...] = ()
    try:
        read(data, shared)
    except ConfigError as error:
        faults = error.faults

    assert all(fault.isprintable() and fault.startswith(("config.toml:", "shared.toml:")) for fault in faults)


@given(st.sets(st.sampled_from(sorted(PLAIN))))
@hypothesis_settings(deadline=None, max_examples=scaled(10, 30))
def test_a_configuration_split_over_two_files_means_the_same(shared: set[str]) -> None:
    below = {key: value for key, value in PLAIN.items() if key in shared}
    above = {key: value for key, value in PLAIN.items() if key not in shared}
    apart = {"extends", "locked"}

    assert read(above, below).model_dump(exclude=apart) == read(PLAIN).model_dump(exclude=apart)


def read(data: dict[str, Any], *shared: dict[str, Any]) -> Settings:
    sources = [Source(file=Path("config.toml"), data=data, places=Places(""))]
    sources += [Source(file=Path("shared.toml"), data=one, places=Places(""), depth=1) for one in shared]
    return check(Layers.of(*sources))


def test_the_words_for_being_away_stand_there_with_their_defaults() -> None:
    words = tomllib.loads(opened())["capacity"]["absence_words"]

    assert {language: tuple(listed) for language, listed in words.items()} == AbsenceWords().model_dump()
