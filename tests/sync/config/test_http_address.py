"""The address of the worker's web server."""

from pathlib import Path

import pytest

from sync.config import load
from sync.config.http_address import address_of, is_loopback
from sync.errors import ConfigError
from tests.sync.config.files import RIGHT, written


@pytest.mark.parametrize(
    ("text", "address", "loopback"),
    [
        ("127.0.0.1:8080", ("127.0.0.1", 8080), True),
        ("localhost:0", ("localhost", 0), True),
        ("[::1]:80", ("::1", 80), True),
        ("0.0.0.0:80", ("0.0.0.0", 80), False),  # noqa: S104 - what must be refused
        ("[::]:80", ("::", 80), False),
        ("jira.example:443", ("jira.example", 443), False),
        ("127.1.2.3:1", ("127.1.2.3", 1), True),
    ],
)
def test_an_address_is_a_host_and_a_port(text: str, address: tuple[str, int], *, loopback: bool) -> None:
    assert address_of(text) == address
    assert is_loopback(text) is loopback


@pytest.mark.parametrize("text", ["8080", "127.0.0.1", ":80", "http://127.0.0.1:80", "h:99999", "h:-1", "h:\u0661"])
def test_anything_else_is_an_error_with_an_example(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r'serve\.http.*must be a host and a port, such as "127\.0\.0\.1:8080"'):
        load(written(tmp_path, f'{RIGHT}\n[serve]\nhttp = "{text}"\n'), {})


@pytest.mark.parametrize("guard", ['token_env = "READER"', "behind_proxy = true"])
def test_an_address_that_others_reach_needs_a_token_or_a_proxy(tmp_path: Path, guard: str) -> None:
    text = f'{RIGHT}\n[serve]\nhttp = "0.0.0.0:8080"\n'
    with pytest.raises(ConfigError, match="can be reached from other machines; name a token in token_env"):
        load(written(tmp_path, text), {})
    assert load(written(tmp_path, text + guard), {}).serve.http == "0.0.0.0:8080"
