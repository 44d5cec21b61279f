"""Whether a call of a hook is genuine, and which issue it is about.

Jira Cloud signs the body: `X-Hub-Signature`, HMAC with SHA-256 (RFC 2104; WebSub, W3C recommendation). Jira Data Center
signs nothing, so that the secret is the end of the address.
"""

import hashlib
import hmac
import json
import re

MOST_BYTES = 1024 * 1024
"""Larger bodies are refused unread; Jira's are some 10 KB."""

_KEY = re.compile(r"[A-Z][A-Z0-9_]{0,30}-\d{1,12}")


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether a signature such as `sha256=...` was made of this body with this secret."""
    method, _, digest = signature.partition("=")
    made = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return method == "sha256" and hmac.compare_digest(made.encode(), digest.encode("utf-8", "replace"))


def is_secret(ending: str, secret: str) -> bool:
    """Whether the end of an address is the secret."""
    return hmac.compare_digest(ending.encode("utf-8", "replace"), secret.encode())


def key_in(body: bytes) -> str:
    """The key of the issue that a call is about; "" where it names none. Nothing else of the body is used."""
    try:
        data = json.loads(body)
        key = data["issue"]["key"]
    except (ValueError, RecursionError, LookupError, TypeError):
        return ""
    return key if isinstance(key, str) and _KEY.fullmatch(key) else ""
