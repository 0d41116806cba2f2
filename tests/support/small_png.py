"""A picture of a page made small: as many colours as a palette holds, and no more."""

import struct
import zlib
from typing import Any

import numpy as np

_MAGIC = b"\x89PNG\r\n\x1a\n"


def reduce_png(data: bytes) -> bytes:
    """Give an 8-bit RGB(A) picture with a palette of at most 256 colours.

    A page has few colours and the edges of its letters many: each channel loses bits
    until the palette holds them.
    """
    pixels = _decode(data)
    for bits in range(8):
        step = 1 << bits
        # To the middle of each step, so that white stays white.
        rounded = np.minimum((pixels.astype(np.int32) + step // 2) // step * step, 255)
        codes = rounded @ np.array([65_536, 256, 1])
        colours, places = np.unique(codes, return_inverse=True)
        if len(colours) <= 256:
            break
    places = places.reshape(codes.shape).astype(np.uint8)
    palette = b"".join(int(c).to_bytes(3, "big") for c in colours)
    height, width = places.shape
    lines = np.concatenate([np.zeros((height, 1), np.uint8), places], axis=1)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return (
        _MAGIC
        + _chunk(b"IHDR", head)
        + _chunk(b"PLTE", palette)
        + _chunk(b"IDAT", zlib.compress(lines.tobytes(), 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def _decode(data: bytes) -> Any:
    """Decode a PNG of 8 bits a channel into (height, width, 3); alpha is left out."""
    assert data.startswith(_MAGIC), "this is no PNG"
    at, packed, head = len(_MAGIC), b"", b""
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        head = content if kind == b"IHDR" else head
        packed += content if kind == b"IDAT" else b""
        at += length + 12
    width, height, depth, colour = struct.unpack(">IIBB", head[:10])
    assert depth == 8 and colour in (2, 6) and head[12] == 0, "another kind of PNG"
    many = 4 if colour == 6 else 3
    raw = np.frombuffer(zlib.decompress(packed), np.uint8)
    lines = raw.reshape(height, width * many + 1)
    out = np.zeros((height, width * many), np.uint8)
    before = np.zeros(width * many, np.uint8)
    for number, line in enumerate(lines):
        before = out[number] = _unfilter(int(line[0]), line[1:], before, many)
    return out.reshape(height, width, many)[:, :, :3]


def _unfilter(kind: int, line: Any, above: Any, many: int) -> Any:
    """Undo one line's filter (PNG specification, section 9.2)."""
    if kind == 0:
        return line
    if kind == 2:
        return line + above
    if kind == 1:
        summed = np.cumsum(line.reshape(-1, many).astype(np.int64), axis=0)
        return (summed % 256).astype(np.uint8).reshape(-1)
    given, over = line.tolist(), above.tolist()
    done: list[int] = []
    for place, value in enumerate(given):
        left = done[place - many] if place >= many else 0
        up, corner = over[place], over[place - many] if place >= many else 0
        guess = (left + up) // 2 if kind == 3 else _paeth(left, up, corner)
        done.append((value + guess) & 255)
    return np.array(done, np.uint8)


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    off = abs(guess - left), abs(guess - up), abs(guess - corner)
    if off[0] <= off[1] and off[0] <= off[2]:
        return left
    return up if off[1] <= off[2] else corner
