"""A text leads to pages of the web, and keeps nobody's account number in any spelling of an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.formatted import Mark, from_utf16
from bot.domain.link_preview import LinkPreview
from bot.domain.links import kept_address

NUMBER = "5310587636"
NUMBERED = (
    f"tg://user?id={NUMBER}",
    f"tg://openmessage?user_id={NUMBER}",
    f"tg:user?id={NUMBER}",
    f"tg:openmessage?chat_id=1&user_id={NUMBER}",
    f"https://t.me/@id{NUMBER}",
    f"http://telegram.me/@id{NUMBER}?start=1",
    f"https://www.telegram.dog/@id{NUMBER}",
    f"https://t.me/?user_id={NUMBER}",
    f"https://t.me/iv?url=tg://user?id={NUMBER}&rhash=1",
    f"https://nobody@t.me:443/@id{NUMBER}",
    f"https://web.telegram.org/k/#{NUMBER}",
    f"https://web.telegram.org/#/im?p=u{NUMBER}_1",
    f"https://t.me/+{NUMBER}?text=Hello",
    f"https://example.org/?go=tg://openmessage?user_id={NUMBER}",
    f"tonsite://example.ton/@id{NUMBER}",
    f"mailto:id{NUMBER}@example.org",
)
KEPT = (
    "https://example.org/yard?user_id=12345678#map",
    "http://example.org",
    "HTTPS://Example.org/Двор",
    "https://t.me/yard5/123",
    "https://t.me/madrid/12345",
    "https://t.me/c/1234567890/45",
    "https://t.me/+AbCdEf0123456789",
    "https://vera.t.me",
    "https://t.me/+123456789_AbCdEf",
    "https://web.telegram.org/a/#-1001234567890",
    "https://web.telegram.org/k/#@yard12345",
    "https://openstreetmap.org/?mlat=53.90012345&mlon=27.55",
)


@st.composite
def spelled(draw: st.DrawFn) -> str:
    """One of the addresses with a number, in another spelling that leads to the same."""
    address = draw(st.sampled_from(NUMBERED))
    begin = address.index(":") + 1
    scheme, rest = address[:begin], address[begin:]
    scheme = "".join(draw(st.sampled_from((c, c.upper()))) for c in scheme)
    written = ""
    for char in rest:
        how = draw(st.sampled_from(("as it is",) * 6 + ("large", "encoded", "twice", "wide")))
        if how == "large":
            written += char.upper()
        elif how == "encoded" and char not in "/?#:":
            written += f"%{ord(char):02x}"
        elif how == "twice" and char not in "/?#:":
            written += f"%25{ord(char):02X}"
        elif how == "wide" and char.isalnum():
            written += chr(ord(char) + 0xFEE0)
        else:
            written += char
    blanks = st.sampled_from(("", " ", "\t", "\n"))
    return f"{draw(blanks)}{scheme}{written}{draw(blanks)}"


@given(spelled())
def test_no_spelling_of_an_account_is_kept(address: str) -> None:
    assert kept_address(address) == ""
    mark = Mark("text_link", 0, 4, address)
    written = from_utf16("Vera", (mark,), LinkPreview(url=address))
    assert written.html() == "Vera"
    assert written.preview.url == ""


@given(st.text(max_size=20), st.sampled_from(("tg", "javascript", "mailto", "ton", "data", "file")))
def test_only_the_web_is_led_to(rest: str, scheme: str) -> None:
    assert kept_address(f"{scheme}:{rest}") == ""
    assert kept_address(rest) == "" or rest.strip().lower().startswith(("http://", "https://"))


@pytest.mark.parametrize("address", KEPT)
def test_pages_of_the_web_stay_as_they_are(address: str) -> None:
    assert kept_address(f" {address}\n") == address
