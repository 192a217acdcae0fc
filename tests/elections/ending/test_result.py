"""What stays of an election: the result, its certificate, what was filed; and what is forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.elections.acts import Act, ActState
from bot.domain.elections.paper.ledger import CountedBy, Numbers
from bot.domain.elections.plan import MOST_CANDIDATES, NAME_LENGTH, TITLE_LENGTH
from bot.domain.elections.rule import ENGLAND, USUAL_RULE
from bot.message.words import Html, load_words
from handlers.elections.card.faces import draw_card
from handlers.elections.ending.certificate import draw_certificate
from handlers.elections.ending.certificate_words import certificate_face
from handlers.elections.ending.faces import draw_result
from handlers.elections.ending.result import LastBulletin, Outcome
from playground.chats import Message
from playground.entities import utf16_length
from playground.html import parse_html
from storage.elections.acts import PendingAct
from storage.elections.candidates import Candidate
from storage.elections.elections import Election
from tests.elections.campaign import (
    TITLE,
    Records,
    announce,
    at_the_hour,
    by_two,
    close_by_two,
    manage,
    neighbours,
    organiser,
    sign_at_once,
    stand,
)
from tests.elections.paper.collecting import text_of
from tests.message.catalogs import LANGUAGES
from tests.safety.traces import kept_files
from tests.yard import Yard

SQLITE = pytest.mark.databases("sqlite")
KEY = "4a97 5556 00f8 10b0 b443"
HEAD = "0123456789abcdef" * 4
MOMENT = datetime(2026, 11, 4, 18, 0, tzinfo=UTC)


async def reached(yard: Yard, number: int = 6) -> Message:
    """An election of 24, in which so many signed for Vera K.; gives its card."""
    await announce(yard, f"/elect 24 {TITLE}")
    card = await stand(yard, yard.tom, "Vera K.")
    for person in neighbours(yard, number):
        await sign_at_once(yard, person, card)
    return await at_the_hour(yard, "/ 6")


async def closed(yard: Yard) -> Message:
    """The same, closed by two organisers."""
    card = await reached(yard)
    await close_by_two(yard, card)
    await yard.hears(yard.tom, "This election is over")
    return card


async def test_the_result_carries_a_certificate(yard: Yard) -> None:
    card = await closed(yard)
    result = await yard.hears(yard.tom, "This election is over")
    assert "Vera K. ✅" in result.text
    assert "Recognition is not permission" in result.text
    assert "On Fri 20 November I forget who signed" in result.text
    assert result.document is not None
    assert result.document.name == "certificate-1-en.pdf"
    text = " ".join(text_of(result.document.content).split())
    for words in (
        TITLE, "At least 25 percent of 24 residents: 6 signatures",
        "Vera K. 6 signatures; the target was 6 ✓ Enough signatures",
        "Address of the courtyard: ", "Signing began Wednesday 21 October 2026",
        "Signing ended Wednesday 21 October 2026", "Confirmed by two administrators",
        "Tapping a button in the chat means support", "Recognition is not permission",
    ):  # fmt: skip
        assert words in text
    yard.clock.turn(timedelta(minutes=3))
    page = await manage(yard, yard.vera, card)
    await yard.tap(yard.vera, page, "Certificate")
    page = await yard.hears(yard.vera, "in which language?")
    await yard.tap(yard.vera, page, "Беларуская")
    file = await yard.hears(yard.vera, "Даведка пра вынік")
    assert file.is_ephemeral
    assert file.document is not None
    assert "ДАВЕДКА ПРА ВЫНІК ЗБОРУ ПОДПІСАЎ" in text_of(file.document.content)
    for person, data in ((yard.tom, "ee.pdf:1:en"), (yard.vera, "ee.pdf:1:xx")):
        assert (await yard.forge(person, card, data)).show_alert, data


async def test_before_filing_reached_can_be_undone_and_after_it_cannot(yard: Yard) -> None:
    card = await reached(yard)
    people = yard.world.people[-6:]
    assert "nothing to file" not in ((await yard.forge(yard.vera, card, "ee.file:1")).text or "")
    for person in people[:5]:
        await yard.forge(person, card, "e.withdraw:1")
    await at_the_hour(yard)
    undone = await yard.hears(yard.vera, "the signatures aren't enough any more")
    assert "Vera K." in undone.text
    answer = await yard.forge(yard.vera, card, "ee.file!:1")
    assert "nothing to file yet" in (answer.text or "")
    for person in people[:5]:
        await sign_at_once(yard, person, card)
    await at_the_hour(yard, "6 / 6")
    await yard.forge(yard.vera, card, "ee.file!:1")
    await yard.hears(yard.tom, "the signatures are filed, 6 counted")
    for person in people[:5]:
        await yard.forge(person, card, "e.withdraw:1")
    text = (await at_the_hour(yard, "Filed on Wed 21 October with 6")).text
    assert "Vera K. ✅" in text
    told = [m for m in yard.group.messages if "aren't enough any more" in m.text]
    assert len(told) == 1
    assert (await yard.forge(yard.tom, card, "ee.file!:1")).show_alert


@SQLITE
async def test_for_who_left_nothing_can_be_filed(yard: Yard) -> None:
    card = await reached(yard)
    await yard.forge(yard.tom, card, "ec.leave!:1")
    for data in ("ee.file:1", "ee.file!:1"):
        answer = await yard.forge(yard.vera, card, data)
        assert answer.text == "This button doesn't work here any more.", data


async def test_who_signed_is_forgotten_thirty_days_after_the_end(yard: Yard) -> None:
    card = await closed(yard)
    records = Records(yard)
    kept = [bytes(row.person_tag) for row in records.signatures]
    kept += [bytes(row.person_tag or b"") for row in records.candidates]
    kept.append(bytes(records.elections[0].wrapped_key or b""))
    assert len(kept) == 8
    assert all(kept)
    yard.clock.turn(timedelta(days=29))
    await yard.settled()
    assert Records(yard).signatures
    yard.clock.turn(timedelta(days=1, hours=2))
    await yard.world.until(lambda: not Records(yard).signatures)
    await yard.settled(61)
    await yard.world.until(lambda: "I don't remember any more who signed" in card.text)
    records = Records(yard)
    assert [row.wrapped_key for row in records.elections] == [None]
    assert [(row.person_tag, row.shown, row.signatures) for row in records.candidates] == [
        (None, 6, 6)
    ]
    if yard.database_url.startswith("sqlite"):
        # Nobody waits for the disk here, which is let go of them after the commit.
        await yard.world.until(lambda: not _still_on_disk(yard, kept))
    await yard.stop()
    if yard.database_url.startswith("sqlite"):
        assert _still_on_disk(yard, kept) == []
    assert yard.labels(card) == ["📊 Picture", "⋯"]


def _still_on_disk(yard: Yard, kept: list[bytes]) -> list[str]:
    """The files in which something of that is left, the database's write-ahead log among them."""
    files = kept_files(yard).items()
    return [name for name, content in files if any(trace in content for trace in kept)]


@SQLITE
async def test_an_organiser_lets_it_be_forgotten_now(yard: Yard) -> None:
    card = await reached(yard)
    for data in ("ee.forget:1", "ee.forget!:1"):
        assert "still open" in ((await yard.forge(yard.vera, card, data)).text or "")
    yard.say(yard.vera, "/erase")
    await yard.hears(yard.vera, "There is nothing to forget")
    await close_by_two(yard, card)
    await yard.hears(yard.tom, "This election is over")
    kept = [bytes(row.person_tag) for row in Records(yard).signatures]
    yard.say(yard.tom, "/erase")
    await yard.hears(yard.tom, "Only this chat's administrators")
    assert (await yard.forge(yard.tom, card, "ee.forget!:1")).show_alert
    yard.say(yard.vera, "/erase")
    page = await yard.hears(yard.vera, "Which election should I forget")
    await yard.tap(yard.vera, page, TITLE)
    page = await yard.hears(yard.vera, "Forget now who signed")
    await yard.tap(yard.vera, page, "Yes, forget who signed")
    await yard.hears(yard.vera, "Forgotten. Only rounded numbers stay")
    assert Records(yard).signatures == []
    yard.clock.turn(timedelta(hours=1, minutes=1))
    await yard.world.until(lambda: not _still_on_disk(yard, kept))
    answer = await yard.forge(yard.vera, card, "ee.keep!:1:7")
    assert "already forgotten" in (answer.text or "")


@SQLITE
async def test_how_long_it_is_remembered_is_a_setting(yard: Yard) -> None:
    card = await reached(yard)
    for data in ("ee.keep!:1:8", "ee.keep!:9:7"):
        assert (await yard.forge(yard.vera, card, data)).show_alert, data
    assert (await yard.forge(yard.tom, card, "ee.keep!:1:7")).show_alert
    page = await manage(yard, yard.vera, card)
    await yard.tap(yard.vera, page, "Forgetting who signed")
    page = await yard.hears(yard.vera, "How long after the end")
    assert yard.labels(page)[:4] == ["Not at all", "7 days", "✓ 30 days", "90 days"]
    await yard.tap(yard.vera, page, "90 days")
    await yard.card("another time for remembering who signed. After the end: 90 days")
    await yard.forge(organiser(yard, "Petra"), card, "ee.keep!:1:90")
    await close_by_two(yard, card)
    await yard.hears(yard.tom, "On Tue 19 January 2027 I forget who signed")
    await yard.forge(yard.vera, card, "ee.keep!:1:7")
    yard.clock.turn(timedelta(days=7, hours=2))
    await yard.world.until(lambda: not Records(yard).signatures)


@SQLITE
async def test_remembered_not_at_all_it_is_forgotten_with_the_end(yard: Yard) -> None:
    card = await reached(yard)
    await by_two(yard, organiser(yard, "Petra"), card, "ee.keep!:1:0")
    await close_by_two(yard, card)
    result = await yard.hears(yard.tom, "This election is over")
    assert "I don't remember any more who signed" in result.text
    assert Records(yard).signatures == []
    assert Records(yard).elections[0].wrapped_key is None


def outcome(names: list[str], title: str, *, is_open: bool = False) -> Outcome:
    """A result with everything on it that there can be."""
    acts = [
        PendingAct(n, 1, act, None, False, ActState.WAITING, MOMENT, True)
        for n, act in enumerate(Act)
        if is_open
    ]
    candidates = tuple(
        Candidate(n, name, 995, True, 1_995, 1_000, date(2026, 9, 30), 2_001)
        for n, name in enumerate(names)
    )
    election = Election(
        id=1,
        chat_id=1,
        thread_id=None,
        title=title,
        base=1_000_000,
        is_base_typed=True,
        is_provisional=True,
        is_frozen=False,
        rule=ENGLAND if is_open else USUAL_RULE,
        is_open=is_open,
        candidates=candidates,
        timezone="Europe/Minsk",
        closes_at=MOMENT if is_open else None,
        closed_on=None if is_open else MOMENT.date(),
        erase_at=None if is_open else MOMENT,
        counted_by=CountedBy.ONLINE_AND_COLLECTED,
        pending=tuple(acts),
        key=KEY,
    )
    numbers = {row.id: Numbers(995, 1_000, 900, 800) for row in candidates}
    return Outcome(
        election,
        numbers,
        MOMENT.date(),
        ("Fountain street 5",),
        "https://t.me/c/1234567890/33",
        LastBulletin(3, HEAD, KEY),
    )


def units(text: Html) -> int:
    return utf16_length(parse_html(text).text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_result_fits_beneath_its_file(language: str) -> None:
    words = load_words(language)
    for names, title in (
        (["🎸" * NAME_LENGTH] * MOST_CANDIDATES, "🎸" * TITLE_LENGTH),
        (["Vera K."], TITLE),
        ([], TITLE),
    ):
        face = draw_result(outcome(names, title), words)
        assert units(face.text) <= 1_024 - 100, "with room for a note that it comes late"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fullest_card_fits_into_a_message(language: str) -> None:
    found = outcome(["Wladyslawa Kowalska-Nowak"] * MOST_CANDIDATES, "W" * 100, is_open=True)
    assert units(draw_card(found.election, load_words(language)).text) <= 4_096


@settings(max_examples=20)
@given(
    st.lists(st.text(min_size=1, max_size=NAME_LENGTH), max_size=MOST_CANDIDATES),
    st.text(min_size=1, max_size=TITLE_LENGTH),
    st.sampled_from(LANGUAGES),
)
def test_any_names_can_be_certified(names: list[str], title: str, language: str) -> None:
    face = certificate_face(outcome(names, title), load_words(language))
    assert draw_certificate(face).startswith(b"%PDF")


def certificate(found: Outcome, language: str = "en") -> str:
    """What a reader finds on it, with single blanks."""
    return " ".join(
        text_of(draw_certificate(certificate_face(found, load_words(language)))).split()
    )


def test_a_certificate_says_by_what_it_is_checked() -> None:
    text = certificate(outcome(["Vera K."], TITLE))
    assert "Bulletin 3, its head 01234567 89abcdef" in text
    assert f"Key of the bulletins {KEY}" in text
    assert "Vera K.: Wednesday 30 September 2026, with 2,001" in text


def test_closed_before_the_first_bulletin_it_says_that_there_is_none() -> None:
    text = certificate(replace(outcome(["Vera K."], TITLE), bulletin=None))
    assert "No bulletin came out" in text
    assert "Key of the bulletins" not in text


def test_where_the_target_counts_the_buildings_it_names_them_and_else_leaves_a_line() -> None:
    assert "Fountain street 5" in certificate(outcome(["Vera K."], TITLE))
    assert "Address of the courtyard: " in certificate(
        replace(outcome(["Vera K."], TITLE), buildings=())
    )
    assert "Адрас двара: " in certificate(replace(outcome(["Vera K."], TITLE), buildings=()), "be")


def test_a_certificate_of_nobody_says_so() -> None:
    assert "Nobody was a candidate" in certificate(outcome([], TITLE))


def test_where_several_have_enough_all_stand_in_the_table() -> None:
    text = certificate(outcome(["Vera K.", "Adam L.", "Ann S."], TITLE))
    assert "3 candidates of 3 have enough signatures" in text
    for name in ("Vera K.", "Adam L.", "Ann S."):
        assert f"{name} 995 1,000 900 800 1,995 yes" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("names", [["Vera K."], ["Vera K.", "Wladyslawa Kowalska-Nowak"]])
def test_a_usual_certificate_is_one_page(language: str, names: list[str]) -> None:
    content = draw_certificate(certificate_face(outcome(names, TITLE), load_words(language)))
    assert content.count(b"/Type /Page\n") == 1


def test_the_same_certificate_is_printed_the_same_every_time() -> None:
    """So no moment of printing and no machine's name is in it."""
    face = certificate_face(outcome(["Vera K."], TITLE), load_words("en"))
    assert draw_certificate(face) == draw_certificate(face)
