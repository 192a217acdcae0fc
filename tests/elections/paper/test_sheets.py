"""`/sheet`: a PDF for the organiser alone, and an entry in the ledger."""

from __future__ import annotations

from datetime import timedelta

from playground.chats import Message
from tests.elections.campaign import (
    announce,
    list_buildings,
    newest_update,
    open_standing,
    organiser,
    redeliver,
)
from tests.elections.paper.collecting import campaign, documents, ledger, order, printed, sheets
from tests.yard import Yard, page_after

HOUSES = "Fountain street 5: 200\nFountain street 7: 200"


async def test_what_was_typed_is_printed_at_once(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    page = await order(yard, "/sheet 12 Building 5")
    assert "Sheet 1, 12 rows, Building 5: the PDF is in our private chat" in page.text
    assert yard.labels(page) == ["➕ One more sheet", "📄 All sheets", "✖️ Close"]
    (file,) = documents(yard)
    assert file.document is not None
    assert file.document.name == "sheet-1.pdf"
    assert file.document.content.startswith(b"%PDF")
    assert "enter it with /paper" in file.text
    assert documents(yard, yard.group) == []
    (sheet,) = sheets(yard)
    assert (sheet.number, sheet.rows, sheet.state, sheet.building) == (
        1,
        12,
        "issued",
        "Building 5",
    )


async def test_sheets_are_numbered_and_what_is_missing_is_as_usual(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    await printed(yard)
    await printed(yard, "/sheet 12 Building 5")
    await printed(yard, "/sheet Building 7")
    assert [(s.number, s.rows, s.building) for s in sheets(yard)] == [
        (1, 20, None),
        (2, 12, "Building 5"),
        (3, 20, "Building 7"),
    ]


async def test_the_command_alone_asks_for_rows_with_the_usual_ones_marked(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    question = await order(yard)
    assert "Representative of Yard 5" in question.text
    assert yard.labels(question)[:6] == [
        "5",
        "10",
        "✓ 20",
        "40",
        "🖨 Make the sheet",
        "📖 For those who collect",
    ]
    await yard.tap(yard.vera, question, "40")
    assert "✓ 40" in yard.labels(question)
    assert sheets(yard) == [], "that was a choice, not an order"
    await yard.tap(yard.vera, question, "Make the sheet")
    assert "Sheet 1, 40 rows: the PDF is in our private chat" in question.text, "no picker is left"
    assert len(documents(yard)) == 1
    await yard.tap(yard.vera, question, "One more sheet")
    assert "✓ 20" in yard.labels(question)


async def test_a_reply_to_a_refusal_prints_what_it_says(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    yard.say(yard.vera, "/sheet 200 Building 7", ephemeral=False)
    question = await yard.asks(yard.vera, "A sheet has 1 to 50 rows")
    yard.say(yard.vera, "10", reply_to=question)
    await yard.hears(yard.vera, "Sheet 1, 10 rows, Building 7")
    assert [(sheet.rows, sheet.building) for sheet in sheets(yard)] == [(10, "Building 7")]
    assert len(documents(yard)) == 1


async def test_of_several_elections_one_is_chosen_and_each_counts_for_itself(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    await printed(yard)
    await announce(yard, "/elect 100 Council of Yard 6")
    question = await order(yard)
    assert "Make the sheet" in str(yard.labels(question)), "nobody stands in the other one"
    yard.clock.turn(timedelta(minutes=1))  # one person gets only so many answers in a minute
    page = await open_standing(yard, yard.vera, "Vera L.")
    await yard.tap(yard.vera, page, "Council of Yard 6")
    page = await yard.hears(yard.vera, "You are about to become a candidate", page.chat)
    await yard.tap(yard.vera, page, "yes, add me")
    question = await order(yard, "/sheet 10")
    assert "Which election" in question.text
    await yard.tap(yard.vera, question, "Council of Yard 6")
    await yard.world.until(lambda: len(documents(yard)) == 2)
    assert [(s.election_id, s.number) for s in sheets(yard)] == [(1, 1), (2, 1)]


async def test_who_never_pressed_start_is_led_to_the_file(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    olga = organiser(yard)
    yard.say(olga, "/sheet")
    question = await yard.hears(olga, "How many rows")
    private = await yard.follow(olga, await yard.tap(olga, question, "Make the sheet"))
    await yard.world.until(lambda: len(documents(yard, private)) == 1)
    told = ["📖 For those who collect", "💬 Back to the chat"]
    assert yard.labels(documents(yard, private)[0]) == told
    assert question.deleted, "no picker is left"
    assert len(sheets(yard)) == 1


async def test_what_all_can_see_goes_once_it_has_led_to_the_file(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    olga = organiser(yard)
    yard.say(olga, "/sheet", ephemeral=False)
    question = await yard.hears(olga, "How many rows")
    private = await yard.follow(olga, await yard.tap(olga, question, "Make the sheet"))
    await yard.world.until(lambda: len(documents(yard, private)) == 1)
    assert question.deleted
    assert not any("Sheet 1" in message.text for message in yard.group.messages)


async def test_who_never_pressed_start_and_typed_all_of_it_is_led_there_by_one_tap(
    yard: Yard,
) -> None:
    await campaign(yard, "Vera K.")
    olga = organiser(yard)
    yard.say(olga, "/sheet 20 Building 5")
    page = await yard.hears(olga, "Sheet 1 is ready")
    private = await yard.follow(olga, await yard.tap(olga, page, "The PDF"))
    await yard.world.until(lambda: len(documents(yard, private)) == 1)
    assert len(sheets(yard)) == 1


async def test_a_lost_file_is_sent_again_without_a_new_number(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    first = await printed(yard)
    page = await ledger(yard, "/paper 1")
    await yard.tap(yard.vera, page, "The PDF")
    await yard.world.until(lambda: len(documents(yard)) == 2)
    again = documents(yard)[-1]
    assert again.document is not None
    assert first.document is not None
    assert again.document.content == first.document.content
    assert len(sheets(yard)) == 1


async def test_only_organisers_print(yard: Yard) -> None:
    card = await campaign(yard, "Vera K.")
    yard.say(yard.tom, "/sheet")
    await yard.hears(yard.tom, "Only this chat's administrators")
    draft = drafted(await order(yard))
    answer = await yard.forge(yard.tom, card, f"p.issue!:{draft}:1:0")
    assert "belongs to a neighbour" in (answer.text or "")
    answer = await yard.forge(organiser(yard), card, f"p.issue!:{draft}:1:0")
    assert answer.show_alert, "another organiser's order"
    assert sheets(yard) == []


async def test_a_demoted_organisers_old_button_prints_nothing(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    olga = organiser(yard)
    yard.say(olga, "/sheet")
    question = await yard.hears(olga, "How many rows")
    yard.world.demote(yard.group, olga, yard.vera)
    answer = await yard.tap(olga, question, "Make the sheet")
    assert answer.show_alert
    assert sheets(yard) == []


async def test_without_a_candidate_there_is_no_sheet(yard: Yard) -> None:
    yard.say(yard.vera, "/sheet")
    await yard.hears(yard.vera, "No election is under way")
    await announce(yard)
    yard.say(yard.vera, "/sheet")
    await yard.hears(yard.vera, "No candidates yet, so")


async def test_forged_rows_and_elections_print_nothing(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    question = await order(yard)
    draft = drafted(question)
    for rows in (0, 51, 4000):
        answer = await yard.forge(yard.vera, question, f"p.rows!:{draft}:{rows}")
        assert "1 to 50 rows" in (answer.text or "")
    assert (await yard.forge(yard.vera, question, f"p.for!:{draft}:99")).show_alert
    assert sheets(yard) == []
    await yard.forge(yard.vera, question, f"p.issue!:{draft}:1:0")
    assert [sheet.rows for sheet in sheets(yard)] == [20], "the draft itself was good"


async def test_two_devices_and_a_redelivered_tap_issue_one_sheet(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    question = await order(yard)
    taps = [yard.world.tap(yard.vera, question, "Make the sheet") for _ in range(2)]
    for tap in taps:
        await yard.world.answered(tap)
    assert len(sheets(yard)) == 1
    question = await order(yard)
    await yard.tap(yard.vera, question, "Make the sheet")
    await redeliver(yard, newest_update(yard))
    assert len(sheets(yard)) == 2


async def test_a_building_of_the_list_is_one_button(yard: Yard) -> None:
    await list_buildings(yard, HOUSES)
    await campaign(yard, "Vera K.")
    question = await order(yard)
    assert "tap the building" in question.text
    await yard.tap(yard.vera, question, "10")
    await yard.tap(yard.vera, question, "Fountain street 7")
    await yard.tap(yard.vera, await order(yard, "/sheet 10"), "The whole neighbourhood")
    found = [(sheet.building, sheet.rows) for sheet in sheets(yard)]
    assert found == [("Fountain street 7", 10), (None, 10)]
    assert len(documents(yard)) == 2


async def test_a_building_is_called_on_the_sheet_as_it_is_on_the_list(yard: Yard) -> None:
    await list_buildings(yard, HOUSES)
    await campaign(yard, "Vera K.")
    await printed(yard, "/sheet 10 fountain STREET, 7")
    assert [sheet.building for sheet in sheets(yard)] == ["Fountain street 7"]


async def test_an_unknown_building_may_be_meant_as_one_of_the_list(yard: Yard) -> None:
    await list_buildings(yard, HOUSES)
    await campaign(yard, "Vera K.")
    question = await order(yard, "/sheet 20 Building 5")
    assert "“Building 5” isn't on your list" in question.text
    assert yard.labels(question)[:3] == [
        "🖨 Fountain street 5",
        "🖨 Fountain street 7",
        "No, exactly “Building 5”",
    ]
    await yard.tap(yard.vera, question, "Fountain street 5")
    question = await order(yard, "/sheet 20 The hut")
    await yard.tap(yard.vera, question, "No, exactly")
    assert [sheet.building for sheet in sheets(yard)] == ["Fountain street 5", "The hut"]
    assert len(documents(yard)) == 2


async def test_of_several_candidates_one_is_asked_for_and_nothing_more(yard: Yard) -> None:
    await campaign(yard, "Vera K.", "Adam L.")
    question = await order(yard, "/sheet 20 Building 5")
    assert "who is the sheet for" in question.text
    await yard.tap(yard.vera, question, "Adam L.")
    assert [(sheet.candidate_id, sheet.building) for sheet in sheets(yard)] == [(2, "Building 5")]
    assert len(documents(yard)) == 1


async def test_an_anonymous_administrator_is_asked_for_the_tap_that_tells_who_they_are(
    yard: Yard,
) -> None:
    await campaign(yard, "Vera K.")
    yard.world.set_anonymous(yard.group, yard.vera)
    yard.say(yard.vera, "/sheet 20 Building 5")
    page = await yard.hears(yard.vera, "Only for Building 5")
    assert sheets(yard) == [], "nobody knows yet where to send it"
    await yard.tap(yard.vera, page, "Make the sheet")
    await yard.world.until(lambda: len(documents(yard)) == 1)


async def test_nobodys_sheet_and_no_building_of_another_chat(yard: Yard) -> None:
    await list_buildings(yard, "Fountain street 5: 200")
    await campaign(yard, "Vera K.", "Adam L.")
    other = yard.world.add_group("Yard 6", creator=yard.vera)
    yard.world.add_bot(other, by=yard.vera)
    await yard.card("Hello, neighbours", other)
    yard.say(yard.vera, "/buildings Elsewhere: 10", chat=other)
    await yard.hears(yard.vera, "Elsewhere: 10", other)
    question = await order(yard)
    assert "who is the sheet for" in question.text
    draft = drafted(question)
    answer = await yard.forge(yard.vera, question, f"p.issue!:{draft}:1:0")
    assert "First choose the candidate" in (answer.text or "")
    await yard.tap(yard.vera, question, "Adam L.")
    for data in (f"p.whom!:{draft}:9", f"p.issue!:{draft}:1:2", f"p.issue!:{draft}:1:9"):
        assert (await yard.forge(yard.vera, question, data)).show_alert, data
    assert sheets(yard) == []


async def test_cancelling_leaves_nothing(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    await yard.tap(yard.vera, await order(yard), "Cancel")
    assert sheets(yard) == []


def drafted(question: Message) -> int:
    """The draft behind the question's buttons."""
    return int((question.buttons[0].callback_data or "").split(":")[1])


async def test_the_guide_for_those_who_collect_comes_along(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    question = await order(yard)
    await yard.tap(yard.vera, question, "For those who collect")
    guide = await yard.hears(yard.vera, "Signatures on paper: for those who collect")
    await yard.tap(yard.vera, guide, "‹ Back")
    await yard.hears(yard.vera, "How many rows?")
    sheet = await printed(yard)
    await yard.tap(yard.vera, sheet, "For those who collect")
    private = yard.world.private(yard.vera)
    guide = await yard.hears(yard.vera, "Signatures on paper: for those who collect", private)
    assert "Don't photograph sheets" in guide.text
    assert yard.labels(guide) == ["✖️ Close"], "as it is, to be passed on"
    assert sheet in yard.world.visible(yard.vera, private), "the sheet stays above it"


async def test_the_guide_speaks_the_readers_language(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    yard.world.promote(yard.group, yard.nina, yard.vera)
    yard.world.promote(yard.group, yard.ales, yard.vera)
    for reader, label, title in (
        (yard.nina, "Для тех, кто собирает", "Подписи на бумаге: для тех, кто собирает"),
        (yard.ales, "Для тых, хто збірае", "Подпісы на паперы: для тых, хто збірае"),
    ):
        page = await page_after(yard, reader, "/sheet")
        await yard.tap(reader, page, label)
        assert title in page.text
