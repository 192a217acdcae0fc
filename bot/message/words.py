"""Every word a person sees: keys and parameters in, safe HTML in the reader's language out.

The words lie in `bot/locales/<language>/<feature>.po`, one key each ("actions.card.place"); those of a
feature's part may lie in a folder of the feature's name ("reminders.due.post"). Parameters are escaped
here and nowhere else; a piece that is already `Html` stays as it is.
"""

from __future__ import annotations

import functools
import gettext
import html
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - the class below has a method of that name
from datetime import datetime
from datetime import time as Time  # noqa: N812
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, get_timezone_location
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALES = Path(__file__).parents[1] / "locales"
LANGUAGE_NAMES = {"en": "English", "be": "Беларуская", "ru": "Русский"}
_TAG = re.compile(r"<[^>]*>")
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


class Html(str):
    """Text that is already valid Telegram HTML."""

    __slots__ = ()

    def plain(self) -> str:
        """The same without markup, for alerts and button labels."""
        return html.unescape(_TAG.sub("", self))

    def units(self) -> int:
        """The length as Telegram counts it: UTF-16 units without markup."""
        return len(self.plain().encode("utf-16-le")) // 2


def paragraphs(*parts: Html) -> Html:
    """One text of several, with an empty line between them."""
    return Html("\n\n".join(parts))


def escape(value: object) -> Html:
    """A parameter made safe: markup escaped, and right-to-left names kept from turning the sentence."""
    if isinstance(value, Html):
        return value
    text = html.escape(str(value), quote=False)
    if any(unicodedata.bidirectional(char) in ("R", "AL") for char in text):
        text = f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
    return Html(text)


@dataclass(frozen=True)
class Words:
    """The texts in one language, and its way of saying moments and numbers."""

    language: str
    _catalog: gettext.NullTranslations
    _locale: Locale

    def __call__(self, key: str, **params: object) -> Html:
        """The text of `key` with its placeholders filled. Raises KeyError for an unknown key."""
        text = self._catalog.gettext(key)
        if text == key:
            raise KeyError(key)
        return self._fill(text, params)

    def count(self, key: str, n: int, **params: object) -> Html:
        """The text of `key` in the plural form that `n` wants; `{n}` is written as people write it."""
        text = self._catalog.ngettext(key, key, n)
        if text == key:
            raise KeyError(key)
        return self._fill(text, {"n": self.number(n), **params})

    def has(self, key: str) -> bool:
        return self._catalog.gettext(key) != key

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

    def short_weekday(self, weekday: int) -> str:
        """A day of the week for a button, 0 for Monday: Mon."""
        return self._short_weekday(weekday).capitalize()

    def _short_weekday(self, weekday: int) -> str:
        return str(self._locale.days["stand-alone"]["abbreviated"][weekday])

    def moment(self, wall: datetime, timezone: str, *, today: Date | None = None) -> Html:
        """A moment spelled out in full, zone included; the year where it isn't `today`'s."""
        with_year = today is None or wall.year != today.year
        return self(
            "moments.full",
            day=self.date(wall) if with_year else self.day(wall),
            time=self.time(wall.time()),
            zone=self.zone(timezone),
        )

    def zone(self, timezone: str) -> str:
        """The zone by its city: Minsk."""
        for name in (timezone, *_former_names(timezone)):
            known = self._locale.time_zones.get(name, {}).get("city")
            if known:
                return str(known)
        city = get_timezone_location(timezone, locale=self._locale, return_city=True)
        # CLDR has no name of its own for "Argentina/Jujuy" and a few more.
        return city.rsplit("/", 1)[-1]

    def local_time(self, at: datetime, inside: Html) -> Html:
        """`inside`, shown by new clients as the moment in each reader's own zone.

        Source: core.telegram.org/bots/api#html-style, the tg-time entity.
        """
        return Html(f'<tg-time unix="{int(at.timestamp())}" format="wDt">{inside}</tg-time>')

    def short(self, wall: datetime) -> str:
        """A moment for a button: Sat 24 Oct, 19:00."""
        return f"{self.short_day(wall.date())}, {self.time(wall.time())}"

    def _pattern(self, key: str) -> str:
        return self._catalog.gettext(key)

    @staticmethod
    def _fill(text: str, params: dict[str, object]) -> Html:
        return Html(text.format_map({name: escape(value) for name, value in params.items()}))


@functools.cache
def _former_names(timezone: str) -> tuple[str, ...]:
    """Names that a zone had before: CLDR keeps Kyiv's translations under Europe/Kiev."""
    aliases: Mapping[str, str] = get_global("zone_aliases")
    return tuple(former for former, present in aliases.items() if present == timezone)


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


@functools.cache
def load_words(language: str, folder: Path = LOCALES) -> Words:
    """Read every `.po` file of a language into one catalog."""
    locale = Locale.parse(language)
    whole = Catalog(locale=locale, charset="utf-8")
    for file in sorted((folder / language).rglob("*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale=locale):
                if message.id:
                    whole.add(message.id, message.string)
    compiled = io.BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    translations = gettext.GNUTranslations(compiled)
    if language != "en":
        # A test keeps the languages complete; should one text slip by, English beats silence.
        translations.add_fallback(load_words("en", folder)._catalog)
    return Words(language, translations, locale)
