"""A text as its difference from the one before it, compressed: most new versions of an issue differ in a few words."""

import struct
import zlib

_ENDS = struct.Struct(">II")
_WINDOW = 32_768  # what zlib looks back
_BEST = 9


def packed(content: bytes, before: bytes | None) -> bytes:
    """The content compressed, as what differs from `before` where there is one."""
    if before is None:
        return zlib.compress(content, _BEST)
    first = _alike(content, before)
    last = _alike(content[first:][::-1], before[first:][::-1])
    changed, known = content[first : len(content) - last], before[first : len(before) - last]
    press = zlib.compressobj(_BEST, zdict=known[-_WINDOW:])
    return _ENDS.pack(first, last) + press.compress(changed) + press.flush()


def unpacked(pack: bytes, before: bytes | None) -> bytes:
    """The content that was packed against the same `before`. Raises `zlib.error` and `struct.error`."""
    if before is None:
        return zlib.decompress(pack)
    first, last = _ENDS.unpack_from(pack)
    known = before[first : len(before) - last]
    press = zlib.decompressobj(zdict=known[-_WINDOW:])
    return before[:first] + press.decompress(pack[_ENDS.size :]) + before[len(before) - last :]


def _alike(one: bytes, other: bytes) -> int:
    """How many bytes two contents have in common at their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
