"""What organisers see of the ledger of paper: all of it, one sheet, and what counts."""

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
from bot.message.face import Button, Face, in_rows
from bot.message.labels import chosen, fitted
from bot.message.turning import turning
from bot.message.words import Html, Words, paragraphs
from handlers.elections.paper.packed_check import pack_check
from handlers.elections.paper.payloads import (
    CheckPage,
    EnterCheck,
    EnterOut,
    EnterReturned,
    EnterVoid,
    FilledPage,
    LedgerPage,
    SetAccepted,
    SetCountedBy,
    SetIdentity,
    SettingsPage,
    SetValidity,
    SheetPage,
    ValidPage,
)
from handlers.elections.paper.printing.payloads import SendSheet
from handlers.elections.paper.use_cases import Accepted, Checking, Ledger, Settings, SheetAndWhose
from storage.elections.candidates import Candidate
from storage.elections.elections import Election
from storage.elections.paper import PaperSheet

_VALIDITIES_OFFERED = (60, 70, 79, 90, 100)
_NUMBERS_IN_ROW = 6


def draw_choice(found: tuple[Election, ...], words: Words) -> Face:
    rows = tuple((Button(fitted(row.title), LedgerPage(row.id, 0)),) for row in found)
    return Face(words("paper.choice"), rows)


def draw_accepted(found: Accepted, words: Words) -> Face:
    """For whom: a candidate, with the election where there are several."""
    rows = tuple(
        (
            Button(
                fitted(f"{row.name} · {election.title}" if len(found.elections) > 1 else row.name),
                SetAccepted(row.id, found.number),
            ),
        )
        for election in found.elections
        for row in election.candidates
    )
    return Face(words("paper.accepted.which", number=words.number(found.number)), rows)


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
    election_id = found.election.id
    turns = turning(found.paging, lambda to: LedgerPage(election_id, to), words)
    settings = Button(words.plain("paper.button.settings"), SettingsPage(election_id))
    return (*in_rows(sheets, 1), *turns, (settings,))


def draw_sheet_page(found: SheetAndWhose, words: Words) -> Face:
    row, sheet = found.sheet, found.sheet.sheet
    again = Button(words.plain("paper.printing.button.send"), SendSheet(row.id))
    returned = Button(words.plain("paper.button.returned"), FilledPage(row.id))
    rows = [(returned,)]
    if sheet.filled:
        rows.append((Button(words.plain("paper.button.checked"), ValidPage(row.id)),))
    if sheet.state is not SheetState.ISSUED:
        rows.append((Button(words.plain("paper.button.out"), EnterOut(row.id)),))
    if sheet.state is not SheetState.VOID:
        rows.append((Button(words.plain("paper.button.void"), EnterVoid(row.id)),))
    back = Button(words.plain("frame.button.back"), LedgerPage(row.election_id, 0))
    parts = [_heading(row, words), _whose(found.whose, words), _state(row, words)]
    if sheet.check is not None:
        parts.append(words("paper.sheet.valid", n=words.number(sheet.check.valid)))
        parts += _rejected(sheet.check.rejected, words)
    printing = ((again,),) if found.whose else ()
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


def draw_check(found: Checking, words: Words) -> Face:
    """Each tap on a reason adds one; what is said so far travels in the buttons."""
    row, check = found.sheet, found.check
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
    return Face(text, (*in_rows(more, 1), (save,), (back,)))


def draw_settings(found: Settings, words: Words) -> Face:
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
        SetIdentity(election_id, not setting.asks_identity),
    )
    back = Button(words.plain("frame.button.back"), LedgerPage(election_id, 0))
    text = words("paper.settings", title=found.election.title)
    return Face(text, (*counts, *in_rows(validity, 3), (identity,), (back,)))


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
