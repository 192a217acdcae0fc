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
from bot.message.labels import chosen, fitted, named
from bot.message.payload import Payload
from bot.message.pickers.numbers import number_rows
from bot.message.turning import turning
from bot.message.words import Html, Words, paragraphs
from handlers.elections.paper.packed_check import pack_check
from handlers.elections.paper.payloads import (
    CheckPage,
    ChoicePage,
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
from handlers.elections.paper.printing.payloads import OrderSheet, SendSheet
from handlers.elections.paper.use_cases import Accepted, Checking, Ledger, Settings, SheetAndWhose
from storage.elections.candidates import Candidate
from storage.elections.elections import Election
from storage.elections.paper import PaperSheet, Totals

_VALIDITIES_OFFERED = (60, 70, 79, 90, 100)


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
    """What isn't zero: the first day has little to tell."""
    totals = found.totals
    parts = [words("paper.ledger.heading", title=found.election.title), _sheets(totals, words)]
    parts += [_of_candidate(found, row, numbers, words) for row, numbers in found.numbers]
    parts += [*_rejected(totals.rejected, words), _target(found, words)]
    return Face(paragraphs(*filter(None, parts)), _ledger_buttons(found, words))


def _sheets(totals: Totals, words: Words) -> Html:
    """How many were printed, and where they are."""
    if not totals.issued:
        return words("paper.ledger.empty")
    places = (("out", totals.outstanding), ("returned", totals.returned), ("void", totals.void))
    told = [words(f"paper.ledger.{place}", n=words.number(n)) for place, n in places if n]
    return words(
        "paper.ledger.sheets", issued=words.number(totals.issued), places=Html(", ".join(told))
    )


def _of_candidate(found: Ledger, row: Candidate, numbers: Numbers, words: Words) -> Html:
    """A candidate's four numbers and what of them counts, under the name where there are several."""
    name = [words("paper.numbers.of", name=row.name)] if len(found.numbers) > 1 else []
    online, collected, checked = numbers.online, numbers.collected, numbers.checked
    told = (("online", online), ("collected", collected), ("checked", checked))
    lines = [words(f"paper.numbers.{which}", n=words.number(n)) for which, n in told if n]
    if numbers.accepted is not None:
        lines.append(words("paper.numbers.accepted", n=words.number(numbers.accepted)))
    elif numbers.checked:
        lines.append(words("paper.numbers.not_filed"))
    lines += _counting(found, numbers, words)
    return _lines(*name, *lines) if lines else Html("")


def _counting(found: Ledger, numbers: Numbers, words: Words) -> list[Html]:
    """What of the numbers counts towards the target."""
    by = found.setting.counted_by
    number = counted(numbers, by)
    if not number:
        return []
    return [
        words(
            "paper.target.one",
            what=words(f"paper.counts.{by.value}"),
            number=words.number(number),
            needed=words.number(found.election.needed),
        )
    ]


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
    sheets = tuple((Button(_label(row, found, words), SheetPage(row.id)),) for row in found.sheets)
    election_id = found.election.id
    turns = turning(found.paging, lambda to: LedgerPage(election_id, to), words)
    rows: list[tuple[Button, ...]] = [*sheets, *turns]
    if found.election.is_open and found.numbers:
        printing = words.plain("paper.button.print")
        rows.append((Button(printing, OrderSheet(election_id)),))
    rows.append((Button(words.plain("paper.button.settings"), SettingsPage(election_id)),))
    if found.is_one_of_several:
        back = words.plain("frame.button.back")
        rows.append((Button(back, ChoicePage(found.election.chat_id)),))
    return tuple(rows)


def draw_sheet_page(found: SheetAndWhose, words: Words) -> Face:
    row, sheet = found.sheet, found.sheet.sheet
    again = Button(words.plain("paper.printing.button.send"), SendSheet(row.id))
    rows = [(button,) for button in _next_entries(row, words)]
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


def _next_entries(row: PaperSheet, words: Words) -> list[Button]:
    """What is to be entered next, then what may be changed of what was."""
    sheet = row.sheet
    if sheet.state is not SheetState.RETURNED:
        return [Button(words.plain("paper.button.returned"), FilledPage(row.id))]
    refilled = Button(words.plain("paper.button.refilled", n=sheet.filled), FilledPage(row.id))
    if not sheet.filled:
        return [refilled]
    if sheet.check is None:
        return [Button(words.plain("paper.button.checked"), ValidPage(row.id)), refilled]
    rechecked = words.plain("paper.button.rechecked", n=sheet.check.valid)
    return [refilled, Button(rechecked, ValidPage(row.id))]


def _whose(whose: tuple[Election, Candidate] | None, words: Words) -> Html:
    if whose is None:
        return words("paper.sheet.for_nobody")
    election, candidate = whose
    if election.recalled is not None:
        return words("recall.sheet.for", name=election.recalled)
    return words("paper.sheet.for", name=candidate.name)


def draw_filled(row: PaperSheet, words: Words) -> Face:
    """All of them first: what is likely is hit at once."""
    rows = row.sheet.rows
    whole = Button(words.plain("paper.button.all_filled", n=rows), EnterReturned(row.id, rows))
    fewer = number_rows(_down_from(rows), lambda n: EnterReturned(row.id, n), words)
    text = _lines(_heading(row, words), words("paper.sheet.how_many_filled"))
    return Face(text, ((whole,), *fewer, _back_to(SheetPage(row.id), words)))


def draw_valid(row: PaperSheet, words: Words) -> Face:
    """The same; where all are, there is nothing more to ask."""
    filled = row.sheet.filled
    every = EnterCheck(row.id, pack_check(Check(filled)))
    whole = Button(words.plain("paper.button.all_valid", n=filled), every)
    fewer = number_rows(
        _down_from(filled), lambda n: CheckPage(row.id, pack_check(Check(n)), ""), words
    )
    question = words("paper.sheet.how_many_valid")
    text = _lines(_heading(row, words), _state(row, words), question)
    return Face(text, ((whole,), *fewer, _back_to(SheetPage(row.id), words)))


def draw_check(found: Checking, words: Words) -> Face:
    """Each tap on a reason adds one, or saves that all that are left have the same. What is said so far
    travels in the buttons; it needn't be said at all."""
    row, check = found.sheet, found.check
    left = row.sheet.filled - check.total
    save = Button(words.plain("frame.button.save"), EnterCheck(row.id, pack_check(check)))
    reasons = [_with_reason(found, reason, 1, words) for reason in REASONS if left]
    if found.last and left > 1:
        reasons.append(_with_reason(found, found.last, left, words))
    text = _lines(
        _heading(row, words),
        words("paper.sheet.valid", n=words.number(check.valid)),
        *_rejected(check.rejected, words),
        *([words.count("paper.sheet.left", left)] if left else []),
    )
    return Face(text, ((save,), *in_rows(reasons, 1), _back_to(ValidPage(row.id), words)))


def _with_reason(found: Checking, reason: str, n: int, words: Words) -> Button:
    """So many more of the rejected rows had this wrong with them; where these are all that are left, nothing
    more is to be said."""
    said = asdict(found.check.rejected)
    rejected = Rejections(**{**said, reason: said[reason] + n})
    check = pack_check(Check(found.check.valid, rejected))
    named = words.plain(f"paper.reason.{reason}")
    if n == 1:
        label = words.plain("paper.button.reason", reason=named)
        return Button(label, CheckPage(found.sheet.id, check, reason))
    return Button(
        words.plain("paper.button.rest", reason=named, n=n), EnterCheck(found.sheet.id, check)
    )


def _down_from(most: int) -> range:
    """The numbers below, the likeliest first."""
    return range(most - 1, -1, -1)


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


def _back_to(page: Payload, words: Words) -> tuple[Button, ...]:
    return (Button(words.plain("frame.button.back"), page),)


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


def _label(row: PaperSheet, found: Ledger, words: Words) -> str:
    """A sheet on a button: its number, where and whose, and what became of it."""
    number, state = words.number(row.number), _short_state(row, words)
    whose = found.election.candidate(row.candidate_id or 0)
    name = whose.name if whose and len(found.numbers) > 1 else None
    place = ", ".join(filter(None, (row.building, name)))
    if not place:
        return words.plain("paper.button.sheet", number=number, state=state)
    beside = {"number": number, "state": state}
    return named(words, "paper.button.sheet_of", beside, place=place)


def _short_state(row: PaperSheet, words: Words) -> str:
    sheet = row.sheet
    if sheet.state is SheetState.ISSUED:
        return words.plain("paper.state.out")
    if sheet.state is SheetState.VOID:
        return words.plain("paper.state.void")
    if sheet.check is None:
        return words.plain("paper.state.returned", n=sheet.filled)
    return words.plain("paper.state.checked", n=sheet.check.valid)


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
