"""Posting JSON to an address that is a secret: it is never shown, and redirects are not followed."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from sync.errors import ConfigError, NotifyError
from sync.notifiers.base import secret

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


def secret_address(environ: Mapping[str, str], name: str) -> str:
    """The web address in an environment variable. Raises `ConfigError` where it is missing or unencrypted."""
    value = secret(environ, name)
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in {"https", "http"} or (parts.scheme == "http" and host not in LOOPBACK):
        raise ConfigError(f"[[notify]]: the environment variable {name} must hold an https address")
    return value


def as_body(document: Mapping[str, Any]) -> bytes:
    """The document as it is posted; a signature is over exactly these bytes."""
    return json.dumps(document).encode()


def post(
    address: str, body: bytes, *, name: str, timeout_seconds: float, headers: Mapping[str, str] = NO_HEADERS
) -> None:
    """Post JSON once. Raises `NotifyError` naming the variable `name`, for the address is the key to the channel."""
    import requests  # a fifth of the start of a command that sends nothing

    try:
        with requests.post(
            address,
            data=body,
            headers={"Content-Type": "application/json", **headers},
            timeout=timeout_seconds,
            allow_redirects=False,
            stream=True,
        ) as response:
            status = response.status_code
    except (requests.RequestException, UnicodeError) as error:
        # "from None": the library's own text holds the address
        raise NotifyError(f"the address in {name} did not answer ({type(error).__name__})") from None
    if not 200 <= status < 300:
        raise NotifyError(f"the address in {name} refused the message (status {status})")
