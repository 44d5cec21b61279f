"""The line of each path in a TOML text."""

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.config.toml_lines import Places, TomlPath

TEXT = '''\
title = "a" # not = this
"quoted key" = 1
a.b.c = [1, 2]

[owner.deep]
'literal key' = """
[not.a.table]
x = 1
"""
when = 2026-01-01T00:00:00Z
plain = { one = 1, two.three = "}" , four = { five = [ "]" ] } }

[[teams]]
name = "A"
people = [
  # a comment with [ and {
  { name = "Bo", share = 1.0 },
  { name = "Cy" },
  # and no more
]
[teams.rules.ready.small_enough]
max_points = 8

[[teams]]
name = \'\'\'
B\'\'\'
  [[teams.people]]
  name = "Di"
  [[teams.people]]
  name = "Eli" # the last
  [teams.people.extra]
  x = 1
last = true
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 1),
        (("quoted key",), 2),
        (("a",), 3),
        (("a", "b", "c", 1), 3),
        (("owner",), 5),
        (("owner", "deep"), 5),
        (("owner", "deep", "literal key"), 6),
        (("owner", "deep", "when"), 10),
        (("owner", "deep", "plain", "two", "three"), 11),
        (("owner", "deep", "plain", "four", "five", 0), 11),
        (("teams",), 13),
        (("teams", 0), 13),
        (("teams", 0, "people"), 15),
        (("teams", 0, "people", 0, "share"), 17),
        (("teams", 0, "people", 1), 18),
        (("teams", 0, "people", 1, "name"), 18),
        (("teams", 0, "rules"), 21),
        (("teams", 0, "rules", "ready", "small_enough", "max_points"), 22),
        (("teams", 1), 24),
        (("teams", 1, "name"), 25),
        (("teams", 1, "people", 0, "name"), 28),
        (("teams", 1, "people", 1), 29),
        (("teams", 1, "people", 1, "extra", "x"), 32),
        (("teams", 1, "people", 1, "extra", "last"), 33),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_kind_of_place_is_found(path: TomlPath, line: int, ends: str) -> None:
    assert Places(TEXT.replace("\n", ends)).line_of(path) == line


def test_what_is_not_there_is_where_it_would_belong() -> None:
    places = Places(TEXT)

    assert places.line_of(("teams", 1, "board")) == 24
    assert places.line_of(("teams", 1, "people", 1, "share")) == 29
    assert places.line_of(("nowhere",)) == 1
    assert not places.holds(("teams", 1, "board"))


def paths(data: object, above: TomlPath = ()) -> Iterator[TomlPath]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield (*above, key)
        yield from paths(value, (*above, key))


def test_exactly_the_paths_of_the_data_are_known() -> None:
    places = Places(TEXT)

    assert all(places.holds(path) for path in paths(tomllib.loads(TEXT)))


KEYS = st.sampled_from(["a", "b-c", '"d e"', "'f.g'", '"h\\u0041\\"#"', "1"])
SCALARS = st.sampled_from(
    [
        "1",
        "-1.5e3",
        "true",
        '"x # y"',
        "'z\"'",
        '"""\n[a]\n"""',
        "'''\n'''",
        '"\\""',
        "2026-01-01",
        "07:32:00",
        "inf",
        '""""two quotes at its end"""""',
        "2026-01-01 07:32:00",
        '""',
        "''",
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[\n" + ", # a ]\n".join(items) + "\n]"),
        st.lists(inner, max_size=3).map(lambda items: "[" + ",".join([*items, ""][: len(items) + 1]) + "]"),
        st.dictionaries(KEYS, inner, max_size=3).map(
            lambda pairs: "{ " + ", ".join(f"{key} = {value}" for key, value in pairs.items()) + " }"
        ),
    ),
    max_leaves=6,
)
PAIRS = st.tuples(st.lists(KEYS, min_size=1, max_size=2).map(" . ".join), VALUES).map(" = ".join)
HEADS = st.tuples(st.lists(KEYS, min_size=1, max_size=3).map(".".join), st.booleans()).map(
    lambda head: f"[[{head[0]}]]" if head[1] else f"[ {head[0]} ] # note"
)


@given(st.lists(st.one_of(PAIRS, HEADS, st.sampled_from(["", "# [a] = {"])), max_size=8).map("\n".join))
def test_any_text_that_is_toml_has_a_line_for_each_of_its_paths(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    places = Places(text)

    assert [path for path in paths(data) if not places.holds(path)] == []


@given(st.text(max_size=80))
def test_a_text_that_is_no_toml_does_no_harm(text: str) -> None:
    assert Places(text).line_of(("a",)) >= 1
