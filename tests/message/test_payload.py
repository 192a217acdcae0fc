"""Payloads of buttons: what goes in comes out, and nothing else gets in."""

from __future__ import annotations

import inspect
from typing import Annotated, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import FEATURES
from bot.message.payload import MAX_BYTES, MAX_ID, AtMost, Payload
from bot.whisper.deep_links import OpenLink

KINDS: list[type[Payload]] = [
    OpenLink,
    *{kind: None for feature in FEATURES for kind in (*feature.buttons, *feature.pages)},
]

_IDS = st.integers(min_value=0, max_value=MAX_ID)


def payloads(kind: type[Payload]) -> st.SearchStrategy[Payload]:
    declared = inspect.get_annotations(kind, eval_str=True)
    return st.builds(kind, **{name: _part(of) for name, of in declared.items()})


def _part(
    declared: object,
) -> st.SearchStrategy[int] | st.SearchStrategy[bool] | st.SearchStrategy[str]:
    if declared is int:
        return _IDS
    if declared is bool:
        return st.booleans()
    _, at_most = get_args(declared)
    return st.from_regex(rf"[A-Za-z0-9_+/-]{{0,{at_most.characters}}}", fullmatch=True)


any_payload = st.sampled_from(KINDS).flatmap(payloads)


@given(any_payload)
def test_a_payload_comes_back_as_it_was(payload: Payload) -> None:
    packed = payload.pack()
    assert len(packed.encode()) <= MAX_BYTES
    assert type(payload).parse(packed) == payload


@given(any_payload)
def test_a_payload_is_of_one_kind_only(payload: Payload) -> None:
    readers = [kind for kind in KINDS if kind.parse(payload.pack()) is not None]
    assert readers == [type(payload)]


@given(
    st.sampled_from(KINDS),
    st.text(max_size=40)
    | st.lists(st.text(max_size=8) | st.integers().map(str), max_size=4).map(":".join),
)
def test_a_forged_payload_is_refused_or_says_exactly_what_it_is(
    kind: type[Payload], garbage: str
) -> None:
    for packed in (garbage, f"{kind.code}:{garbage}", f"{kind.code}{garbage}"):
        parsed = kind.parse(packed)
        if parsed is not None and len(packed.encode()) <= MAX_BYTES:
            assert parsed.pack() == packed


@pytest.mark.parametrize(
    "number",
    ["", "-1", "01", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "1_0", "\u0661", str(MAX_ID + 1)],
)
def test_a_number_is_written_in_one_way_only(number: str) -> None:
    assert _Sample.parse(f"test.sample:{number}:x") is None


@pytest.mark.parametrize("text", ["a b", "a:b", "\n", "é", "x" * 41, "a\n", "\0", "<b>"])
def test_a_text_is_short_and_plain(text: str) -> None:
    assert _Sample.parse(f"test.sample:1:{text}") is None
    with pytest.raises(ValueError, match="survive"):
        _Sample(1, text).pack()


@pytest.mark.parametrize("packed", ["", ":", "test.sample", "test.sample:1", "test.sample:1:a:b"])
def test_no_part_is_missing_or_too_many(packed: str) -> None:
    assert _Sample.parse(packed) is None


def test_what_does_not_fit_is_never_packed() -> None:
    for text in ("", "x" * 40):
        assert _Sample.parse(_Sample(MAX_ID, text).pack()) == _Sample(MAX_ID, text)
    with pytest.raises(ValueError, match="survive"):
        _Sample(-1, "x").pack()
    with pytest.raises(ValueError, match="survive"):
        _Sample(MAX_ID + 1, "x").pack()


def test_a_kind_that_could_outgrow_a_button_is_never_declared() -> None:
    class Longest(Payload, code="test.longest"):
        number: int
        text: Annotated[str, AtMost(40)]

    with pytest.raises(ValueError, match="may take 65 bytes of 64"):

        class TooLong(Payload, code="test.toolong2"):
            number: int
            text: Annotated[str, AtMost(40)]


@pytest.mark.parametrize("kind", [str, float, Annotated[str, 4], Annotated[int, AtMost(4)]])
def test_a_part_is_a_number_or_a_text_of_a_length(kind: object) -> None:
    with pytest.raises(TypeError, match=r"'part' of payload 'test\.part'"):
        type("Bad", (Payload,), {"__annotations__": {"part": kind}}, code="test.part")


def test_every_kind_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in KINDS]
    assert len(set(codes)) == len(codes)
    assert not any(":" in code for code in codes)


def test_every_payload_of_a_feature_is_handled() -> None:
    """A class beside the registered ones would be a button that does nothing."""
    for feature in FEATURES:
        modules = {inspect.getmodule(kind) for kind in (*feature.buttons, *feature.pages)}
        for module in modules:
            declared = {
                kind
                for _, kind in inspect.getmembers(module, inspect.isclass)
                if issubclass(kind, Payload)
                and kind is not Payload
                and kind.__module__ == getattr(module, "__name__", "")
            }
            assert declared == {*feature.buttons, *feature.pages}


class _Sample(Payload, code="test.sample"):
    number: int
    text: Annotated[str, AtMost(40)]
