"""Pack columns for the page: one gzip stream in base64 that the browser unpacks in one go.

```
length of the head, 4 bytes · head, JSON in UTF-8 · zeros up to a multiple of 8 · arrays
head = {"values": {name: JSON}, "arrays": {name: [code, offset after the head, count]}}
```

Codes are ``u1 u2 u4 i2 i4``: kind and bytes per number. The bytes of an array stand in planes,
first the lowest byte of every number, then the next, which gzip packs better. A code that ends
in ``d`` holds differences: each number less the one before it, modulo 2^32.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def pack(values: Mapping[str, Any], arrays: Mapping[str, tuple[str, Sequence[int] | Array]]) -> str:
    """Pack JSON values and arrays of whole numbers, each with its code, into base64 text."""
    table: dict[str, list[Any]] = {}
    body = bytearray()
    for name, (code, numbers) in arrays.items():
        data = _encode(code, np.asarray(numbers))
        table[name] = [code, len(body), len(numbers)]
        body += data + bytes(-len(data) % 8)
    head = json.dumps(
        {"values": values, "arrays": table}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode("utf-8", "surrogatepass")
    head += b" " * (-(len(head) + 4) % 8)
    stream = struct.pack("<I", len(head)) + head + bytes(body)
    return base64.b64encode(gzip.compress(stream, 9, mtime=0)).decode("ascii")


def unpack(text: str) -> tuple[dict[str, Any], dict[str, Array]]:
    """Give back what was packed.

    Raises:
        ValueError: the text is not a packed container.
    """
    try:
        stream = gzip.decompress(base64.b64decode(text, validate=True))
        (length,) = struct.unpack_from("<I", stream)
        head = json.loads(stream[4 : 4 + length])
        arrays = {
            name: _decode(code, stream[4 + length + offset :], count)
            for name, (code, offset, count) in head["arrays"].items()
        }
        return head["values"], arrays
    except (binascii.Error, OSError, EOFError, zlib.error, struct.error, KeyError, TypeError) as error:
        raise ValueError(f"not a packed container: {error}") from error


def _encode(code: str, numbers: Array) -> bytes:
    wide = int(code[1])
    if code.endswith("d"):
        numbers = np.diff(numbers.astype(np.int64), prepend=0) & (2 ** (8 * wide) - 1)
    kind = np.dtype(f"<{code[:2]}")
    limits = np.iinfo(kind)
    if len(numbers) and not limits.min <= int(numbers.min()) <= int(numbers.max()) <= limits.max:
        raise ValueError(f"numbers do not fit into {code}")
    planes = np.ascontiguousarray(numbers.astype(kind)).view(np.uint8).reshape(-1, wide)
    return planes.T.tobytes()


def _decode(code: str, data: bytes, count: int) -> Array:
    wide = int(code[1])
    planes = np.frombuffer(data, np.uint8, count * wide).reshape(wide, count)
    numbers: Array = np.ascontiguousarray(planes.T).view(f"<{code[:2]}").reshape(-1)
    return np.cumsum(numbers.astype(np.int64)) % 2 ** (8 * wide) if code.endswith("d") else numbers
