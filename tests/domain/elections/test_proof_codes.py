"""Proof codes: written for people, read forgivingly, and never as another code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.elections.bulletins.proof_codes import code_of, in_groups, read_code

SECRETS = st.binary(min_size=10, max_size=10)


@given(SECRETS)
def test_a_code_reads_back_as_it_was_written(secret: bytes) -> None:
    code = code_of(secret)
    for typed in (code, in_groups(code), code.lower(), f"  {in_groups(code).replace('-', ' – ')} "):
        assert read_code(typed) == code


@given(SECRETS, SECRETS)
def test_two_secrets_have_two_codes(one: bytes, other: bytes) -> None:
    assert (code_of(one) == code_of(other)) == (one == other)


@given(SECRETS)
def test_letters_that_look_like_digits_are_taken_for_them(secret: bytes) -> None:
    code = code_of(secret)
    for written, meant in (("I", "1"), ("l", "1"), ("o", "0")):
        assert read_code(code.replace(meant, written)) == code


@pytest.mark.parametrize(
    "typed",
    ["", "hello", "7K2M-09QX-4TVB", "7K2M-09QX-4TVB-HW3U", "7K2M-09QX-4TVB-HW3CC", "😀" * 16],
)
def test_what_is_no_code_is_not_read(typed: str) -> None:
    assert read_code(typed) is None


@given(st.text(max_size=40))
def test_anything_may_be_typed(typed: str) -> None:
    code = read_code(typed)
    assert code is None or read_code(code) == code


def test_the_first_and_the_last() -> None:
    assert code_of(bytes(10)) == "0" * 16
    assert code_of(b"\xff" * 10) == "Z" * 16
    assert in_groups("0123456789ABCDEF") == "0123-4567-89AB-CDEF"
