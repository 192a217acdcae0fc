"""How a message shows what its link leads to, kept in a column."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.link_preview import NO_PREVIEW, USUAL_PREVIEW, LinkPreview, read_link_preview

ADDRESSES = st.sampled_from(["", "https://example.org/?a=1", "example.org"])


@given(
    st.builds(LinkPreview, st.booleans(), st.booleans(), st.booleans(), st.booleans(), ADDRESSES)
)
def test_what_is_kept_is_read_back(preview: LinkPreview) -> None:
    assert read_link_preview(preview.kept()) == preview


def test_the_usual_way_takes_no_room() -> None:
    assert USUAL_PREVIEW.kept() == ""
    assert NO_PREVIEW.kept() == "off"
