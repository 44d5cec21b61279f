"""Where the store of a product is: a file, or a schema of a database."""

from pathlib import Path

import pytest

from sync.config import load
from sync.config.store_place import local_name, schema_of, store_of
from sync.errors import ConfigError
from sync.store.postgresql import PostgresqlPlace
from sync.store.sqlite import FilePlace
from tests.sync.config.files import RIGHT, settings, written

URL = "postgresql://bot@db.example.com:5433/readyline?sslmode=require"


def test_without_an_address_it_is_the_file(tmp_path: Path) -> None:
    found = settings(tmp_path, '[store]\npath = "a.db"')
    assert store_of(found) == FilePlace(tmp_path / "a.db")
    assert local_name(found) == tmp_path / "a.db"


def test_with_an_address_it_is_the_schema_called_as_the_product_and_only_the_rest_is_a_file(tmp_path: Path) -> None:
    found = settings(tmp_path, f'[store]\nurl = "{URL}"')
    assert store_of(found) == PostgresqlPlace(URL, "shop")
    assert str(store_of(found)) == "postgresql://db.example.com:5433/readyline, schema shop"
    assert local_name(found) == tmp_path / "shop"


def test_the_schema_may_be_named(tmp_path: Path) -> None:
    assert store_of(settings(tmp_path, f'[store]\nurl = "{URL}"\nschema = "a_1"')) == PostgresqlPlace(URL, "a_1")


def test_the_address_may_be_in_the_environment(tmp_path: Path) -> None:
    found = settings(tmp_path, '[store]\nurl_env = "DATABASE"')
    address = "postgres://bot:geheim@db/readyline"
    place = store_of(found, {"DATABASE": f" {address}\n"})
    assert place == PostgresqlPlace(address, "shop")
    assert str(place) == "postgresql://db/readyline, schema shop"
    assert local_name(found) == tmp_path / "shop"
    for wrong in ({}, {"DATABASE": "geheim"}):
        with pytest.raises(ConfigError, match=r"set DATABASE in the environment to an address") as raised:
            store_of(found, wrong)
        assert "geheim" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("Shop", "shop"),
        ("web_shop", "web_shop"),
        ("Web shop", "product_web_shop_"),
        ("Web-Shop", "product_web_shop_"),
        ("Größe & Maß", "product_groe_ma_"),
        ("商店", "product_"),
        ("pg_shop", "product_pg_shop_"),
        ("public", "product_public_"),
        ("shop__mirror", "product_shop_mirror_"),
        ("A very long name of a product of ours", "product_a_very_long_name_of_a_"),
    ],
)
def test_a_name_that_is_no_plain_word_gets_a_schema_of_its_own(name: str, schema: str, tmp_path: Path) -> None:
    found = schema_of(load(written(tmp_path, RIGHT.replace('"Shop"', f'"{name}"')), {}))
    assert found.startswith(schema)
    assert len(found) <= 40
    assert "__" not in found


def test_two_names_never_give_one_schema(tmp_path: Path) -> None:
    names = ("Web shop", "Web-shop", "web_shop", "Web  shop", "商店", "店")
    schemas = [schema_of(load(written(tmp_path, RIGHT.replace('"Shop"', f'"{name}"')), {})) for name in names]
    assert len({*schemas}) == len(names)


@pytest.mark.parametrize(
    "address",
    ["postgresql://u:p@ss@h/db", "postgresql://u:p/ss@h/db", "postgresql://u:p?ss@h/db", "postgresql://h?password=ss"],
)
def test_a_place_never_shows_a_password(address: str) -> None:
    place = PostgresqlPlace(address, "shop")
    assert "ss" not in f"{place!r} {place}".replace("password", "")
