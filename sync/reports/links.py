"""The address of an issue, from the address of its site; both come from outside."""

import re
from urllib.parse import quote, urlsplit

_HOST = re.compile(r"[\w.-]+(:\d+)?|\[[0-9a-fA-F:]+\](:\d+)?")  # no user and password: they would be shared


def link_to(site: str, key: str) -> str:
    """The address of an issue on its site, "" where the site has no plain http or https address."""
    try:
        parts = urlsplit(site)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(parts.netloc):
        return ""
    return f"{parts.scheme}://{parts.netloc}{quote(parts.path.rstrip('/'))}/browse/{quote(key, safe='')}"
