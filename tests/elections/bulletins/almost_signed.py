"""Bulletins whose signature is almost one: by some programs' reading they are signed, by ours none is.

Source: Chalkias, Garillot, Nikolaenko, "Taming the many EdDSAs" (2020): what implementations disagree on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from bot.domain.elections.bulletins.bulletin import head_of, read, to_sign, write
from tests.elections.bulletins.writing_vectors import CHAIN_1

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_BASE = (
    15112221349535400772501151409588531511454012693041857206046113283949847762202,
    46316835694926478169428394003475163141307993866256225615783033603165251855960,
)
_EIGHTH = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
"""A point of order 8."""
_ALWAYS = "01" + "00" * 31
"""The neutral point: under it as key, with itself and zero as signature, every text is signed."""

_Point = tuple[int, int]


def bulletins() -> Iterator[tuple[str, str]]:
    """Whole files that hold but for their signature, each with what is the matter with it."""
    signed = read(CHAIN_1).signature
    start, s = signed[:64], int.from_bytes(bytes.fromhex(signed[64:]), "little")
    yield "its second half is a turn further", write(_body(), start + _hex(s + _L))
    yield "its second half is zero", write(_body(), start + _hex(0))
    yield "its first half is the neutral point", write(_body(), _ALWAYS + _hex(s))
    yield "its first half is no point", write(_body(), "02" + "00" * 31 + _hex(s))
    always = _ALWAYS + _hex(0)
    for name, key in (
        ("the key under which all is signed", _ALWAYS),
        ("the same with a sign that zero hasn't", _ALWAYS[:-2] + "80"),
        ("the same written a second way", _hex(_P + 1)),
        ("a point of order 2", _hex(_P - 1)),
        ("a point of order 4", _hex(0)),
        ("a point of order 8", _EIGHTH),
        ("a number that is no point", _hex(2)),
    ):
        yield name, write(_body(key), always)
    point = _times(7, _BASE)
    # Where the factor 8 is left out, this one doesn't hold.
    yield (
        "a key with a part of order 8",
        _signed(_plus(point, _decoded(_EIGHTH)), secret=7, nonce=11),
    )
    yield "a nonce that is none", _signed(point, secret=7, nonce=0)


def _signed(point: _Point, *, secret: int, nonce: int) -> str:
    key, start = _encoded(point), _encoded(_times(nonce, _BASE))
    body = _body(key)
    k = _challenge(start, key, to_sign(head_of(body)))
    return write(body, start + _hex((nonce + k * secret) % _L))


def _challenge(start: str, key: str, message: bytes) -> int:
    digest = hashlib.sha512(bytes.fromhex(start + key) + message).digest()
    return int.from_bytes(digest, "little") % _L


def _body(key: str | None = None) -> str:
    body, own = CHAIN_1[: CHAIN_1.rindex("\nhead\t") + 1], read(CHAIN_1).header.key
    return body.replace(own, key or own)


def _hex(number: int) -> str:
    return number.to_bytes(32, "little").hex()


def _plus(one: _Point, other: _Point) -> _Point:
    (x, y), (u, v) = one, other
    t = _D * x * u * y * v
    return (
        (x * v + u * y) * pow(1 + t, -1, _P) % _P,
        (y * v + x * u) * pow(1 - t, -1, _P) % _P,
    )


def _times(factor: int, point: _Point) -> _Point:
    product = (0, 1)
    for _ in range(factor):
        product = _plus(product, point)
    return product


def _encoded(point: _Point) -> str:
    x, y = point
    return _hex(y | (x & 1) << 255)


def _decoded(point: str) -> _Point:
    number = int.from_bytes(bytes.fromhex(point), "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    squared = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(squared, (_P + 3) // 8, _P)
    if (x * x - squared) % _P:
        x = x * pow(2, (_P - 1) // 4, _P) % _P
    return (x if x & 1 == sign else _P - x), y
