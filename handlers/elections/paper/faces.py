"""What organisers see of paper: the ledger, a sheet, and the words that are printed on it."""

from __future__ import annotations

from dataclasses import asdict

from bot.domain.elections.paper.ledger import (
    REASONS,
    Check,
    CountedBy,
    Numbers,
    Rejections,
    SheetState,
    counted,
    to_collect,
)
from bot.message.face import Button, Face, chosen, in_rows, shortened
from bot.message.words import Html, Words, paragraphs
from handlers.elections.heart.wording import rule_in_words
from handlers.elections.paper.payloads import (
    CheckPage,
    DropOrder,
    EnterCheck,
    EnterOut,
    EnterReturned,
    EnterVoid,
    FilledPage,
    ForBuilding,
    ForCandidate,
    IssueSheet,
    LedgerPage,
    OrderForPage,
    SendSheet,
    SetAccepted,
    SetCountedBy,
    SetIdentity,
    SettingsPage,
    SetValidity,
    SheetPage,
    ValidPage,
    pack_check,
)
from handlers.elections.paper.sheet import Column, SheetFace
from handlers.elections.paper.use_cases import Ledger, Ordered, Printing
from storage.elections.candidates import Candidate
from storage.elections.elections import Election
from storage.elections.paper import PaperSheet

_ROWS_OFFERED = (5, 10, 20, 40)
_VALIDITIES_OFFERED = (60, 70, 79, 90, 100)
_NUMBERS_IN_ROW = 8
_TITLE_IN_LABEL = 40


def draw_order(found: Ordered, words: Words) -> Face:
    """For which election, for whom, for which building, where there are several; then how many rows."""
    drop = (Button(words.plain("frame.button.cancel"), DropOrder(found.draft_id)),)
    if len(found.elections) > 1:
        choices = tuple(
            (Button(shortened(row.title, _TITLE_IN_LABEL), OrderForPage(found.draft_id, row.id)),)
            for row in found.elections
        )
        return Face(words("paper.order.which"), (*choices, drop))
    (election,) = found.elections
    if found.candidate is None:
        choices = tuple(
            (Button(shortened(row.name, _TITLE_IN_LABEL), ForCandidate(found.draft_id, row.id)),)
            for row in election.candidates
        )
        return Face(words("paper.order.for_whom", title=election.title), (*choices, drop))
    place = found.order.building
    lines = [words("paper.order.heading", title=election.title)]
    if len(election.candidates) > 1:
        lines.append(words("paper.order.for", name=found.candidate.name))
    if found.buildings:
        lines.append(words("paper.order.where"))
        return Face(_lines(*lines), (*_building_rows(found, election, words), drop))
    lines += [words("paper.order.building", building=place)] if place else []
    lines.append(words("paper.order.how_many"))
    lines += [] if place else [words("paper.order.hint")]
    offered = sorted({*_ROWS_OFFERED, found.order.rows})
    rows = tuple(
        Button(
            words.count("paper.sheet.rows", n).plain(), IssueSheet(found.draft_id, election.id, n)
        )
        for n in offered
    )
    return Face(_lines(*lines), (*in_rows(rows, 2), drop))


def _building_rows(
    found: Ordered, election: Election, words: Words
) -> tuple[tuple[Button, ...], ...]:
    at = (found.draft_id, election.id)
    listed = tuple(
        Button(shortened(building.name, _TITLE_IN_LABEL), ForBuilding(*at, building.id))
        for building in found.buildings
    )
    whole = Button(words.plain("paper.button.whole"), ForBuilding(*at, 0))
    return (*in_rows(listed, 2), (whole,))


def draw_to_private(row: PaperSheet, words: Words) -> Face:
    send = Button(words.plain("paper.button.send"), SendSheet(row.id))
    return Face(words("paper.sent.here", number=words.number(row.number)), ((send,),))


def draw_choice(found: tuple[Election, ...], words: Words) -> Face:
    rows = tuple(
        (Button(shortened(row.title, _TITLE_IN_LABEL), LedgerPage(row.id, 0)),) for row in found
    )
    return Face(words("paper.choice"), rows)


def draw_accepted(found: tuple[Election, ...], number: int, words: Words) -> Face:
    """For whom: a candidate, with the election where there are several."""
    rows = tuple(
        (
            Button(
                shortened(
                    f"{row.name} · {election.title}" if len(found) > 1 else row.name,
                    _TITLE_IN_LABEL,
                ),
                SetAccepted(row.id, number),
            ),
        )
        for election in found
        for row in election.candidates
    )
    return Face(words("paper.accepted.which", number=words.number(number)), rows)


def draw_ledger(found: Ledger, words: Words) -> Face:
    election, totals = found.election, found.totals
    parts = [words("paper.ledger.heading", title=election.title)]
    if totals.issued:
        parts.append(
            words(
                "paper.ledger.sheets",
                issued=words.number(totals.issued),
                out=words.number(totals.outstanding),
                returned=words.number(totals.returned),
                void=words.number(totals.void),
            )
        )
    else:
        parts.append(words("paper.ledger.empty"))
    parts += [_of_candidate(found, row, numbers, words) for row, numbers in found.numbers]
    parts += [*_rejected(totals.rejected, words), _target(found, words)]
    return Face(paragraphs(*parts), _ledger_buttons(found, words))


def _of_candidate(found: Ledger, row: Candidate, numbers: Numbers, words: Words) -> Html:
    """A candidate's four numbers and what of them counts, under the name where there are several."""
    accepted, by = numbers.accepted, found.setting.counted_by
    name = [words("paper.numbers.of", name=row.name)] if len(found.numbers) > 1 else []
    return _lines(
        *name,
        words("paper.numbers.online", n=words.number(numbers.online)),
        words("paper.numbers.collected", n=words.number(numbers.collected)),
        words("paper.numbers.checked", n=words.number(numbers.checked)),
        words("paper.numbers.not_filed")
        if accepted is None
        else words("paper.numbers.accepted", n=words.number(accepted)),
        words(
            "paper.target.one",
            what=words(f"paper.counts.{by.value}"),
            number=words.number(counted(numbers, by)),
            needed=words.number(found.election.needed),
        ),
    )


def _target(found: Ledger, words: Words) -> Html:
    """How many to collect."""
    needed, validity = found.election.needed, found.setting.validity
    return words(
        "paper.target.collect",
        needed=words.number(needed),
        collect=words.number(to_collect(needed, validity)),
        validity=words.number(validity),
    )


def _ledger_buttons(found: Ledger, words: Words) -> tuple[tuple[Button, ...], ...]:
    sheets = tuple(Button(_label(row, words), SheetPage(row.id)) for row in found.sheets)
    election_id, page = found.election.id, found.page
    turning = []
    if page > 0:
        turning.append(Button("‹", LedgerPage(election_id, page - 1)))
    if page + 1 < found.pages:
        turning.append(Button("›", LedgerPage(election_id, page + 1)))
    settings = Button(words.plain("paper.button.settings"), SettingsPage(election_id))
    return (*in_rows(sheets, 2), *((tuple(turning),) if turning else ()), (settings,))


def draw_sheet_page(
    row: PaperSheet, whose: tuple[Election, Candidate] | None, words: Words
) -> Face:
    sheet = row.sheet
    again = Button(words.plain("paper.button.send"), SendSheet(row.id))
    returned = Button(words.plain("paper.button.returned"), FilledPage(row.id))
    rows = [(returned,)]
    if sheet.filled:
        rows.append((Button(words.plain("paper.button.checked"), ValidPage(row.id)),))
    if sheet.state is not SheetState.ISSUED:
        rows.append((Button(words.plain("paper.button.out"), EnterOut(row.id)),))
    if sheet.state is not SheetState.VOID:
        rows.append((Button(words.plain("paper.button.void"), EnterVoid(row.id)),))
    back = Button(words.plain("frame.button.back"), LedgerPage(row.election_id, 0))
    parts = [_heading(row, words), _whose(whose, words), _state(row, words)]
    if sheet.check is not None:
        parts.append(words("paper.sheet.valid", n=words.number(sheet.check.valid)))
        parts += _rejected(sheet.check.rejected, words)
    printing = ((again,),) if whose else ()
    return Face(_lines(*parts), (*rows, *printing, (back,)))


def _whose(whose: tuple[Election, Candidate] | None, words: Words) -> Html:
    if whose is None:
        return words("paper.sheet.for_nobody")
    election, candidate = whose
    if election.recalled is not None:
        return words("recall.sheet.for", name=election.recalled)
    return words("paper.sheet.for", name=candidate.name)


def draw_filled(row: PaperSheet, words: Words) -> Face:
    numbers = tuple(
        Button(words.number(n), EnterReturned(row.id, n)) for n in range(row.sheet.rows + 1)
    )
    return _asking(row, words("paper.sheet.how_many_filled"), numbers, words)


def draw_valid(row: PaperSheet, words: Words) -> Face:
    numbers = tuple(
        Button(words.number(n), CheckPage(row.id, pack_check(Check(n))))
        for n in range(row.sheet.filled + 1)
    )
    return _asking(row, words("paper.sheet.how_many_valid"), numbers, words)


def draw_check(row: PaperSheet, check: Check, words: Words) -> Face:
    """Each tap on a reason adds one; what is said so far travels in the buttons."""
    left = row.sheet.filled - check.total
    said = asdict(check.rejected)
    more = tuple(
        Button(
            words.plain("paper.button.reason", reason=words.plain(f"paper.reason.{reason}")),
            CheckPage(
                row.id,
                pack_check(Check(check.valid, Rejections(**{**said, reason: said[reason] + 1}))),
            ),
        )
        for reason in REASONS
        if left
    )
    save = Button(words.plain("frame.button.save"), EnterCheck(row.id, pack_check(check)))
    back = Button(words.plain("frame.button.back"), ValidPage(row.id))
    text = _lines(
        _heading(row, words),
        words("paper.sheet.valid", n=words.number(check.valid)),
        *_rejected(check.rejected, words),
        *([words.count("paper.sheet.left", left)] if left else []),
    )
    return Face(text, (*in_rows(more, 2), (save,), (back,)))


def draw_settings(found: Ledger, words: Words) -> Face:
    election_id, setting = found.election.id, found.setting
    counts = tuple(
        (
            Button(
                chosen(words.plain(f"paper.counts.{by.value}"), by is setting.counted_by),
                SetCountedBy(election_id, by.value),
            ),
        )
        for by in CountedBy
    )
    validity = tuple(
        Button(
            chosen(words.plain("paper.button.percent", n=n), n == setting.validity),
            SetValidity(election_id, n),
        )
        for n in sorted({*_VALIDITIES_OFFERED, setting.validity})
    )
    identity = Button(
        chosen(words.plain("paper.button.identity"), setting.asks_identity),
        SetIdentity(election_id, int(not setting.asks_identity)),
    )
    back = Button(words.plain("frame.button.back"), LedgerPage(election_id, 0))
    text = words("paper.settings", title=found.election.title)
    return Face(text, (*counts, *in_rows(validity, 3), (identity,), (back,)))


def sheet_face(found: Printing, address: str, words: Words) -> SheetFace:
    """The words on a printed sheet, in the language of the chat."""
    sheet, election = found.sheet, found.election
    number = words.number(sheet.number)
    heading = words.plain("paper.print.heading", number=number)
    columns = [("name", 24), ("address", 22), ("date", 11), ("signature", 15)]
    if found.asks_identity:
        columns.insert(2, ("identity", 16))
    declaration = (
        words.plain("recall.sign.sentence", name=election.recalled)
        if election.recalled is not None
        else words.plain("paper.print.declaration", name=found.candidate.name)
    )
    return SheetFace(
        heading=heading,
        place=words.plain("paper.print.building", building=sheet.building)
        if sheet.building
        else "",
        title=election.title,
        rule=rule_in_words(election.rule, election.base, words).plain(),
        declaration=declaration,
        note=words.plain("paper.print.note_for_each" if election.for_each else "paper.print.note"),
        address=address,
        address_note=words.plain("paper.print.address"),
        columns=tuple(
            Column(words.plain(f"paper.print.column.{name}"), weight) for name, weight in columns
        ),
        rows=sheet.sheet.rows,
        attestation=words.plain("paper.print.attestation"),
        fields=tuple(
            words.plain(f"paper.print.field.{name}")
            for name in ("collector", "rows", "date", "signature")
        ),
        foot=lambda page, pages: words.plain(
            "paper.print.foot", heading=heading, page=page, pages=pages
        ),
    )


def _asking(row: PaperSheet, question: Html, numbers: tuple[Button, ...], words: Words) -> Face:
    back = Button(words.plain("frame.button.back"), SheetPage(row.id))
    return Face(
        _lines(_heading(row, words), question), (*in_rows(numbers, _NUMBERS_IN_ROW), (back,))
    )


def _heading(row: PaperSheet, words: Words) -> Html:
    number = words.number(row.number)
    rows = words.count("paper.sheet.rows", row.sheet.rows)
    if row.building is None:
        return words("paper.sheet.heading", number=number, rows=rows)
    return words("paper.sheet.heading_in", number=number, rows=rows, building=row.building)


def _state(row: PaperSheet, words: Words) -> Html:
    if row.sheet.state is SheetState.RETURNED:
        return words("paper.sheet.returned", n=words.number(row.sheet.filled))
    is_void = row.sheet.state is SheetState.VOID
    return words("paper.sheet.void" if is_void else "paper.sheet.out")


def _label(row: PaperSheet, words: Words) -> str:
    """A sheet on a button: its number, and where it is."""
    number, sheet = words.number(row.number), row.sheet
    if sheet.state is SheetState.ISSUED:
        return words.plain("paper.button.sheet_out", number=number)
    if sheet.state is SheetState.VOID:
        return words.plain("paper.button.sheet_void", number=number)
    if sheet.check is None:
        return words.plain("paper.button.sheet_returned", number=number, filled=sheet.filled)
    return words.plain("paper.button.sheet_checked", number=number, valid=sheet.check.valid)


def _rejected(rejected: Rejections, words: Words) -> list[Html]:
    """A line with the reasons that occurred; none where there are none."""
    reasons = [
        words("paper.reason_count", reason=words(f"paper.reason.{reason}"), n=words.number(n))
        for reason, n in asdict(rejected).items()
        if n
    ]
    return [words("paper.rejected", reasons=Html(", ".join(reasons)))] if reasons else []


def _lines(*parts: Html) -> Html:
    return Html("\n".join(parts))
