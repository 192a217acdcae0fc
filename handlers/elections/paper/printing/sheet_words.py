"""The words on a printed sheet."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.message.words import Words
from handlers.elections.heart.check_page.page import FILE_NAME
from handlers.elections.heart.wording import rule_in_words
from handlers.elections.paper.printing.sheet import Column, SheetFace
from handlers.elections.paper.printing.use_cases import PrintedSheet
from storage.elections.elections import Election


def sheet_face(found: PrintedSheet, address: str, words: Words) -> SheetFace:
    """What stands on a sheet, in the language of `words`: the chat's."""
    sheet, election = found.sheet, found.election
    number = words.number(sheet.number)
    heading = words.plain("paper.printing.sheet.heading", number=number)
    columns = [("name", 24), ("address", 22), ("date", 11), ("signature", 15)]
    if found.asks_identity:
        columns.insert(2, ("identity", 16))
    declaration = (
        words.plain("recall.sign.sentence", name=election.recalled)
        if election.recalled is not None
        else words.plain("elections.sign.sentence", name=found.candidate.name)
    )
    once = "once_for_each" if election.for_each else "once"
    return SheetFace(
        heading=heading,
        place=words.plain("paper.printing.sheet.building", building=sheet.building)
        if sheet.building
        else "",
        title=election.title,
        rule=rule_in_words(election.rule, election.base, words).plain(),
        declaration=declaration,
        once=words.plain(f"paper.printing.sheet.{once}"),
        note=words.plain("paper.printing.sheet.note"),
        until=_until(election, words),
        bring=words.plain("paper.printing.sheet.bring"),
        address=address,
        address_note=words.plain("paper.printing.sheet.address"),
        columns=tuple(
            Column(words.plain(f"paper.printing.sheet.column.{name}"), weight)
            for name, weight in columns
        ),
        rows=sheet.sheet.rows,
        attestation=words.plain("paper.printing.sheet.attestation"),
        fields=tuple(
            words.plain(f"paper.printing.sheet.field.{name}")
            for name in ("collector", "rows", "date", "signature")
        ),
        check=words.plain("paper.printing.sheet.check", name=FILE_NAME, hash=found.check_page),
        key=words("bulletins.key", fingerprint=found.key).plain() if found.key else "",
    )


def _until(election: Election, words: Words) -> str:
    """The deadline as it is when the sheet is printed, with its year: paper lies about."""
    if election.closes_at is None:
        return ""
    wall = election.closes_at.astimezone(ZoneInfo(election.timezone))
    last_day, time = words.end_of(wall)
    return words.plain("paper.printing.sheet.until", day=words.day_inside(last_day), time=time)
