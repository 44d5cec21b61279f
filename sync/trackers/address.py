"""The address of a tracker, as every `[tracker]` table checks it."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f'"{url}" is not a web address; write it like "https://example.atlassian.net"')
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError(f'"{url}" would send the token unencrypted; use https')
    if parts.username or parts.password:
        raise ValueError("the address must not contain a user name or password")
    return url.rstrip("/")


WebAddress = Annotated[str, AfterValidator(_web_address)]
