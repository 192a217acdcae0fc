"""Messages of the length that Telegram takes at most, made to cost as much as they can."""

from __future__ import annotations

LONGEST = 4096

HOSTILE = {
    "emoji": "\N{MAN}" * (LONGEST // 2),
    "accents": "a" + "\N{COMBINING ACUTE ACCENT}" * LONGEST,
    "numbers": "1 2 3 4 " * (LONGEST // 8),
    "lines": "\n".join(f"A{n}:1" for n in range(816)),
    "short lines": "x\n" * (LONGEST // 2),
    "tabs": "x\t" * (LONGEST // 2),
    "names": "Vera K. " * (LONGEST // 8),
    "wide signs": "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * LONGEST,
}

BEGINNINGS = {
    "action": "tomorrow 19:00 ",
    "actions": "",
    "timezone": "UTC+3 ",
    "quiet": "22:00-8:00 ",
    "digest": "weekly sunday 18:00 ",
    "help": "",
    "chat": "",
    "start": "",
    "remind": "every monday 11:00 ",
    "reminders": "",
    "elect": "400 30% ",
    "buildings": "Fountain street 5: 120\n",
    "check": "ABCD-EFGH ",
    "stand": "Vera K.\n",
    "nominate": "",
    "erase": "",
    "careful": "",
    "paper": "7 checked 15 illegible 2 ",
    "sheet": "20 ",
    "election": "",
    "representatives": "",
    "representative": "",
}
"""How a good line of each command begins: what a hostile one needs to get past the first look."""


_SEARCHED = ("accents", "numbers", "names", "lines")
"""Where nothing begins well, a beginning is looked for the longest in these."""


def messages(command: str) -> dict[str, str]:
    """What somebody may type after a command, or where none is needed, by what is wrong with it."""
    begin = BEGINNINGS.get(command, "")
    room = LONGEST - len(f"/{command} {begin}")
    found = {name: begin + text[:room] for name, text in HOSTILE.items()}
    if begin:
        found |= {f"{name} alone": HOSTILE[name][:room] for name in _SEARCHED}
    return found


def alike_houses() -> str:
    """As many lines as a list may have, with names that are alike up to their last letter."""
    return "\n".join(f"{'ё' * 59}{chr(0x0430 + n)}: 1" for n in range(30))
