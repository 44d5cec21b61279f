"""Keys of issues as people type them."""

from rules.model import Snapshot


def key_of(typed: str, snapshot: Snapshot) -> str:
    """The present key of the issue that is meant, in any case, and by a former key too; else what was typed."""
    written = {key.casefold(): key for key in (*snapshot.renamed, *snapshot.by_key)}
    key = written.get(typed.casefold(), typed)
    return snapshot.renamed.get(key, key)
