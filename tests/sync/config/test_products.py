"""A folder of configurations, one product each; what two products must not share; and whose token is whose."""

from pathlib import Path

import pytest

from sync.config import Settings, load, secret_variables_of
from sync.config.products import Claims, ProductFile, only_product, products_in
from sync.errors import ConfigError, UsageError
from tests.sync.config.files import RIGHT, settings


def product(folder: Path, name: str, *parts: str) -> tuple[ProductFile, Settings]:
    file = folder / f"{name}.toml"
    file.write_text("\n".join((RIGHT, *parts)), encoding="utf-8")
    return ProductFile(name=name, path=file, place=name), load(file, {})


def test_a_product_is_called_as_its_file_and_shared_files_are_none(tmp_path: Path) -> None:
    for name in ("shop.toml", "pay.toml", "_company.toml", ".hidden.toml", "notes.md"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "old.toml").mkdir()
    assert [(file.name, file.place) for file in products_in(tmp_path)] == [("pay", "pay"), ("shop", "shop")]


def test_a_folder_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r'^--products: the folder ".*none" cannot be read \(No such file'):
        products_in(tmp_path / "none")


def test_a_single_configuration_is_a_product_at_the_root_of_its_server(tmp_path: Path) -> None:
    (file,) = only_product(tmp_path / "config.toml")
    assert (file.name, file.place, file.stamp) == ("config", "", (0, 0))


@pytest.mark.parametrize(
    ("parts", "option"),
    [
        ('[store]\npath = "one.db"', "[store] path"),
        ('[store]\npath = "{name}.db"\n[[reports]]\nkind = "html"\npath = "reports"', "[[reports]] path"),
    ],
)
def test_two_products_with_the_same_place_are_a_fault_that_names_both_files(
    tmp_path: Path, parts: str, option: str
) -> None:
    claims = Claims()
    claims.claim(*product(tmp_path, "shop", parts.format(name="shop")))
    with pytest.raises(ConfigError) as raised:
        claims.claim(*product(tmp_path, "pay", parts.format(name="pay")))
    said = str(raised.value)
    assert said.startswith(f"{tmp_path / 'pay.toml'}: {option} = ")
    assert said.endswith(f"belongs to {tmp_path / 'shop.toml'}; give each product its own")

    claims.release("shop")
    claims.claim(*product(tmp_path, "pay", parts.format(name="pay")))


def test_a_product_may_claim_its_own_place_again_and_another_one_instead(tmp_path: Path) -> None:
    claims = Claims()
    for path in ("one.db", "one.db", "two.db"):
        claims.claim(*product(tmp_path, "shop", f'[store]\npath = "{path}"'))
    claims.claim(*product(tmp_path, "pay", '[store]\npath = "one.db"'))


def test_the_token_is_in_the_variable_that_the_product_names(tmp_path: Path) -> None:
    environ = {"READYLINE_TOKEN": "one", "SHOP_TOKEN": " two ", "READYLINE__TRACKER__TOKEN_ENV": "SHOP_TOKEN"}
    assert settings(tmp_path, environ={"READYLINE_TOKEN": "one"}).token.get_secret_value() == "one"
    own = settings(tmp_path, environ=environ)
    assert own.token.get_secret_value() == "two"
    assert secret_variables_of(own) == ("SHOP_TOKEN",)


@pytest.mark.parametrize("wrong", ["", " ", "two words", "ghp_abc/def"])
def test_the_name_of_a_variable_is_asked_for_where_something_else_is_written(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ConfigError, match="token_env"):
        settings(tmp_path, environ={"READYLINE__TRACKER__TOKEN_ENV": f'"{wrong}"'})
