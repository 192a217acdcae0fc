"""Proof codes: how 80 bits are written so that people can copy them by hand, and read forgivingly.

Source of the alphabet and of its forgiving reading: Crockford's base 32 (crockford.com/base32.html).
"""

from __future__ import annotations

CODE_BYTES = 10
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = CODE_BYTES * 8 // 5
_GROUP = 4
_MISREAD = str.maketrans("ILO", "110")


def code_of(secret: bytes) -> str:
    """The code, 16 signs without groups: the one form in which it is hashed."""
    if len(secret) != CODE_BYTES:
        raise ValueError("a code has 10 bytes")
    number = int.from_bytes(secret)
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * _LENGTH - 5, -1, -5))


def in_groups(code: str) -> str:
    """As people see it: 7K2M-09QX-…"""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def read_code(typed: str) -> str | None:
    """The code in what was typed; None where it can't be one.

    Small letters, spaces and dashes of any kind don't matter, nor does I or L for 1 and O for 0.
    """
    signs = "".join(sign for sign in typed if not _only_parts(sign)).upper().translate(_MISREAD)
    return signs if len(signs) == _LENGTH and set(signs) <= set(_ALPHABET) else None


def is_code(typed: str) -> bool:
    """Whether this is a code and no sentence that happens to have as many letters: one code in 400 is only
    letters."""
    return read_code(typed) is not None and any(sign.isdigit() for sign in typed)


def _only_parts(sign: str) -> bool:
    return sign.isspace() or sign in "-\u2010\u2011\u2012\u2013\u2014\u2212"
