"""An office in words: name, since when, until when, for which buildings."""

from __future__ import annotations

from bot.message.words import Html, Words
from storage.elections.representatives import Office

_BUILDINGS_NAMED = 5


def office_in_words(office: Office, words: Words, title: str) -> Html:
    """Name, since when, until when, for whom: a line each."""
    lines = [
        words("representatives.office.name", name=office.name, title=title),
        *([] if office.since else [words("representatives.office.offered")]),
        term_in_words(office, words),
        buildings_in_words(office, words),
    ]
    return Html("\n".join(lines))


def term_in_words(office: Office, words: Words) -> Html:
    """Since when, where it was taken, and the last day."""
    lines = []
    if office.since is not None:
        lines.append(words("representatives.term.since", day=words.date(office.since)))
    if office.until is not None:
        lines.append(words("representatives.term.until", day=words.date(office.until)))
    elif office.since is None:
        lines.append(words("representatives.term.none"))
    return Html("\n".join(lines))


def buildings_in_words(office: Office, words: Words) -> Html:
    if office.buildings is None:
        return words("representatives.office.all")
    if not office.buildings:
        return words("representatives.office.unlisted")
    names = [name for _, name in office.buildings]
    listed = "; ".join(names[:_BUILDINGS_NAMED])  # an address has commas of its own
    more = len(names) - _BUILDINGS_NAMED
    if more > 0:
        return words.count("representatives.office.some_of_many", more, buildings=listed)
    return words("representatives.office.some", buildings=listed)


def past_in_words(office: Office, words: Words) -> Html:
    how = office.ended_by.value if office.ended_by else ""
    if office.since is None or office.ended_on is None:
        return words("representatives.past.untaken", name=office.name)
    return words(
        "representatives.past.line",
        name=office.name,
        since=words.day_inside(office.since),
        until=words.day_inside(office.ended_on),
        how=words(f"representatives.end.{how}"),
    )
