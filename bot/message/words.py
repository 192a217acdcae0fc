"""Every word a person sees: keys and parameters in, safe HTML in the reader's language out.

The words lie in `bot/locales/<language>/<feature>.po`, one key each ("actions.card.place"); those of a
feature's part may lie in a folder of the feature's name ("reminders.due.post"). Parameters are escaped
here and nowhere else; a piece that is already `Html` stays as it is.
"""

from __future__ import annotations

import functools
import gettext
import html
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - the class below has a method of that name
from datetime import datetime, timedelta
from datetime import time as Time  # noqa: N812
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, get_timezone_location
from babel.numbers import format_decimal

from bot.domain.plain_text import WORD_JOINER, inert
from bot.domain.timekeeping.offsets import offset_name
from bot.domain.timekeeping.zone_data import zone_names

LOCALES = Path(__file__).parents[1] / "locales"
LANGUAGE_NAMES = {"en": "English", "be": "Беларуская", "ru": "Русский"}
_TAG = re.compile(r"<[^>]*>")
_QUOTED = re.compile(r'^(msgid_plural|msgid|msgstr|msgstr\[\d\])?\s*"(.*)"\s*$', re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r"}
_PLURAL = re.compile(r"plural=([^;]*)")
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


class Html(str):
    """Text that is already valid Telegram HTML."""

    __slots__ = ()

    def plain(self) -> str:
        """The same without markup, for alerts and button labels, where nothing is a link."""
        return self._text().replace(WORD_JOINER, "")

    def units(self) -> int:
        """The length as Telegram counts it: UTF-16 units without markup."""
        return len(self._text().encode("utf-16-le")) // 2

    def _text(self) -> str:
        return html.unescape(_TAG.sub("", self))


def paragraphs(*parts: Html) -> Html:
    """One text of several, with an empty line between them."""
    return Html("\n\n".join(parts))


def escape(value: object) -> Html:
    """A parameter made safe: markup escaped, nobody called by a name in it, and right-to-left names kept from
    turning the sentence."""
    if isinstance(value, Html):
        return value
    text = html.escape(inert(str(value)), quote=False)
    if any(unicodedata.bidirectional(char) in ("R", "AL") for char in text):
        text = f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
    return Html(text)


Forms = tuple[str, ...]
"""A text as it was written: one, or one for each plural form."""


@dataclass(frozen=True, eq=False)
class _Catalog:
    """Every text of a language by its key; one that slipped by is said in the language behind it."""

    texts: Mapping[str, Forms]
    # Which of the plural forms a number wants.
    plural: Callable[[int], int]
    behind: _Catalog | None = None

    def text(self, key: str) -> str | None:
        forms = self.texts.get(key)
        if forms is None:
            return self.behind.text(key) if self.behind else None
        return forms[0] if len(forms) == 1 else forms[self.plural(1)]

    def form(self, key: str, n: int) -> str | None:
        forms = self.texts.get(key, ())
        if len(forms) < 2:
            return self.behind.form(key, n) if self.behind else None
        return forms[self.plural(n)]


@dataclass(frozen=True)
class Words:
    """The texts in one language, and its way of saying moments and numbers."""

    language: str
    _catalog: _Catalog
    _locale: Locale

    def __call__(self, key: str, **params: object) -> Html:
        """The text of `key` with its placeholders filled. Raises KeyError for an unknown key."""
        text = self._catalog.text(key)
        if text is None:
            raise KeyError(key)
        return self._fill(text, params)

    def count(self, key: str, n: int, **params: object) -> Html:
        """The text of `key` in the plural form that `n` wants; `{n}` is written as people write it."""
        text = self._catalog.form(key, n)
        if text is None:
            raise KeyError(key)
        return self._fill(text, {"n": self.number(n), **params})

    def has(self, key: str) -> bool:
        return self._catalog.text(key) is not None

    def plain(self, key: str, **params: object) -> str:
        """The text without markup: for buttons, alerts and menus."""
        return self(key, **params).plain()

    def number(self, n: float) -> str:
        return format_decimal(n, locale=self._locale)

    def date(self, day: Date) -> str:
        """A day spelled out: Saturday 24 October 2026."""
        return format_date(day, self._pattern("moments.pattern.date"), locale=self._locale)

    def day(self, day: Date, *, today: Date | None = None) -> str:
        """A day without its year, Saturday 24 October; with the year where it isn't `today`'s."""
        if today is not None and day.year != today.year:
            return self.date(day)
        return format_date(day, self._pattern("moments.pattern.day"), locale=self._locale)

    def yearly(self, month: int, day: int) -> str:
        """A date of every year: 25 March."""
        a_leap_year = 2000
        pattern = self._pattern("moments.pattern.yearly")
        return format_date(Date(a_leap_year, month, day), pattern, locale=self._locale)

    def day_inside(self, day: Date, *, today: Date | None = None) -> str:
        """A day inside a sentence, in the case that "until" wants: Sat 24 October; «24 кастрычніка (сб)».

        With its year, unless that is `today`'s.
        """
        name = "date_inside" if today is None or day.year != today.year else "day_inside"
        return format_date(day, self._pattern(f"moments.pattern.{name}"), locale=self._locale)

    def numbers_of_day(self, day: Date) -> str:
        """A day as it may be typed in every language: 24.10.2026."""
        return f"{day:%d.%m.%Y}"

    def time(self, at: Time) -> str:
        return f"{at:%H:%M}"

    def short_day(self, day: Date) -> str:
        """A day for a button: Sat 24 Oct."""
        return self.plain(
            "moments.short_day",
            weekday=self._short_weekday(day.weekday()),
            day=day.day,
            month=self._pattern("moments.pattern.short_months").split()[day.month - 1],
        )

    def day_of_calendar(self, day: Date) -> str:
        """A day for a key among those of its week: Mon 30."""
        return f"{self._short_weekday(day.weekday())} {day.day}"

    def short_weekday(self, weekday: int) -> str:
        """A day of the week for a button, 0 for Monday: Mon."""
        return self._short_weekday(weekday).capitalize()

    def _short_weekday(self, weekday: int) -> str:
        return str(self._locale.days["stand-alone"]["abbreviated"][weekday])

    def moment(self, wall: datetime, timezone: str, *, today: Date | None = None) -> Html:
        """A moment spelled out in full, zone included; the year where it isn't `today`'s."""
        day = self.date(wall) if today is None else self.day(wall, today=today)
        return self("moments.full", day=day, time=self.time(wall.time()), zone=self.zone(timezone))

    def moment_in_list(self, wall: datetime, *, today: Date | None = None) -> Html:
        """The same without its zone: a list says it once, below, by `zone_of_list`."""
        day = self.date(wall) if today is None else self.day(wall, today=today)
        return self("moments.in_list", day=day, time=self.time(wall.time()))

    def zone_of_list(self, timezone: str) -> Html:
        return self("moments.zone_of_list", zone=self.zone(timezone))

    def deadline(self, wall: datetime, timezone: str, *, today: Date | None = None) -> Html:
        """A moment in full for use after "until" or "by"; midnight is 24:00 of the day that it ends."""
        last_day, time = self.end_of(wall)
        day = self.day_inside(last_day, today=today)
        return self("moments.full", day=day, time=time, zone=self.zone(timezone))

    def end_of(self, wall: datetime) -> tuple[Date, str]:
        """The last day of something that ends at `wall`, and until when on that day.

        Midnight ends the day before: whoever read "until tomorrow, 00:00" would come too late.
        """
        if ends_a_day(wall):
            return wall.date() - timedelta(days=1), "24:00"
        return wall.date(), self.time(wall.time())

    def zone(self, timezone: str) -> str:
        """The zone by its city, Minsk, or by its offset, UTC+3."""
        if offset := offset_name(timezone):
            return offset
        for name in (timezone, *_former_names(timezone)):
            known = self._locale.time_zones.get(name, {}).get("city")
            if known:
                return str(known)
        city = get_timezone_location(timezone, locale=self._locale, return_city=True)
        # CLDR has no name of its own for "Argentina/Jujuy" and a few more.
        return city.rsplit("/", 1)[-1]

    def local_time(self, at: datetime, inside: Html, *, weekday: bool = True) -> Html:
        """`inside`, shown by new clients as the moment in each reader's own zone.

        They say the day of the week as it stands alone, which fits nowhere but after a colon.
        Source: core.telegram.org/bots/api#html-style, the tg-time entity.
        """
        shape = "wDt" if weekday else "Dt"
        return Html(f'<tg-time unix="{int(at.timestamp())}" format="{shape}">{inside}</tg-time>')

    def short(self, wall: datetime) -> str:
        """A moment for a button: Sat 24 Oct, 19:00."""
        return f"{self.short_day(wall.date())}, {self.time(wall.time())}"

    def _pattern(self, key: str) -> str:
        return self._catalog.text(key) or key

    @staticmethod
    def _fill(text: str, params: dict[str, object]) -> Html:
        return Html(text.format_map({name: escape(value) for name, value in params.items()}))


def present_name(timezone: str) -> str:
    """The name that a zone has now: Europe/Kyiv for Europe/Kiev."""
    aliases: Mapping[str, str] = get_global("zone_aliases")
    return aliases.get(timezone, timezone)


@functools.cache
def zones_of_cities() -> frozenset[str]:
    """IANA's zones that are somewhere, each by its present name: neither "Etc/…" nor "localtime"."""
    territories: Mapping[str, str] = get_global("zone_territories")
    nowhere = ("ZZ", "001")
    return frozenset(zone for zone in zone_names() if territories.get(zone, "ZZ") not in nowhere)


def territory_of(timezone: str) -> str | None:
    """The country that a zone is of, by its code in ISO 3166."""
    territories: Mapping[str, str] = get_global("zone_territories")
    return territories.get(present_name(timezone))


@functools.cache
def _former_names(timezone: str) -> tuple[str, ...]:
    """Names that a zone had before: CLDR keeps Kyiv's translations under Europe/Kiev."""
    aliases: Mapping[str, str] = get_global("zone_aliases")
    return tuple(former for former, present in aliases.items() if present == timezone)


def ends_a_day(wall: datetime) -> bool:
    """Whether a moment, which is said in hours and minutes, is midnight."""
    return wall.hour == wall.minute == 0


class Texts:
    """The catalogs of every language."""

    def __init__(
        self, default_language: str, languages: tuple[str, ...] = ("en", "be", "ru")
    ) -> None:
        self.default_language = default_language
        self._words = {language: load_words(language) for language in languages}

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._words)

    def in_language(self, language: str | None) -> Words:
        """The words of a language, or of the default one where it isn't spoken here."""
        return self._words.get(language or "") or self._words[self.default_language]

    def spoken(self, language_code: str | None) -> str | None:
        """The language among ours that a Telegram language code ("ru-RU") means."""
        base = (language_code or "").split("-")[0].lower()
        return base if base in self._words else None


def catalog(language: str, name: str, folder: Path = LOCALES) -> dict[str, str]:
    """The texts of one `.po` file by their keys, with placeholders and without plurals: for what speaks
    elsewhere than here. `name` is its path with dots."""
    file = folder.joinpath(language, *name.split(".")).with_suffix(".po")
    return {key: forms[0] for key, forms in _read(file).items() if key and len(forms) == 1}


@functools.cache
def load_words(language: str, folder: Path = LOCALES) -> Words:
    """Read every `.po` file of a language into one catalog."""
    texts: dict[str, Forms] = {}
    for file in sorted((folder / language).rglob("*.po")):
        texts.update(_read(file))
    plural = _PLURAL.search(texts.pop("", ("",))[0])
    # A test keeps the languages complete; should one text slip by, English beats silence.
    behind = load_words("en", folder)._catalog if language != "en" else None
    rule = gettext.c2py(plural[1] if plural else "n != 1")
    return Words(language, _Catalog(texts, rule, behind), Locale.parse(language))


def _read(file: Path) -> dict[str, Forms]:
    """The texts of a `.po` file by their keys; under "" lies what the file says of itself.

    Source: GNU gettext's manual, "The Format of PO Files"; as much of it as we write. Babel's reader, which
    keeps comments and places too, takes a tenth of a second for our files at each start.
    """
    parts: list[tuple[str, list[str]]] = []
    for kind, piece in _QUOTED.findall(file.read_text(encoding="utf-8")):
        if kind:
            parts.append((kind, []))
        parts[-1][1].append(piece)
    texts: dict[str, Forms] = {}
    key = ""
    for kind, pieces in parts:
        said = _ESCAPED.sub(lambda found: _LETTERS.get(found[1], found[1]), "".join(pieces))
        if kind == "msgid":
            key = said
        elif kind.startswith("msgstr") and said:
            texts[key] = (*texts.get(key, ()), said)
    return texts
