"""The words themselves: the same in every language, safe with any name, short where they must be."""

from __future__ import annotations

import gettext
import re

import pytest
from babel.messages.plurals import get_plural

from bot.app import FEATURES
from bot.message.words import LANGUAGE_NAMES, LOCALES, Texts, Words, load_words
from playground.entities import utf16_length
from playground.html import parse_html
from tests.message.catalogs import LANGUAGES, Entry, catalog, files
from tests.message.used_texts import missing, refusals_and_toasts, unused

NASTY = {
    "markup": "<b>",
    "ampersand": "Tom & Jerry &lt; &amp;amp;",
    "right to left": "\u05d5\u05e8\u05d4 \u0641\u064a\u0631\u0627",
    "emoji": "\U0001f3b8" * 200,
    "quotes": "\"Fountain\" 'n' `tea` «чай»",
    "braces": "{title} {0} {} }{ {x.__class__}",
    "percent": "%s %(n)d 100%",
    "line break": "one\ntwo\r\nthree",
    "an open tag": "</a><a href='https://example.org'>",
    "nothing": "",
}

# What a placeholder of this name holds at its longest, in texts that people see in an alert.
PLAUSIBLE = {
    "id": "K7QWZ2",
    "length": "4000",
    "most": "1500",
    "least": "10",
    "n": "1000",
    "language": "Беларуская",
    "zone": "Санкт-Пецярбург",
}
_A_NAME = "Uladzimir Karatkievič-Kupała"

_FORMATTED_IN_PYTHON = ("moments.pattern.",)


def is_a_text(key: str) -> bool:
    """CLDR patterns stand in the catalogs too, and no person reads them."""
    return not key.startswith(_FORMATTED_IN_PYTHON)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def words(language: str) -> Words:
    return load_words(language)


def test_a_catalog_is_read_as_gettexts_own_tools_read_it(words: Words, language: str) -> None:
    for key, entry in catalog(language).items():
        read = words._catalog.texts[key]
        assert read == entry.forms, key
    rule = gettext.c2py(get_plural(language).plural_expr)
    assert all(words._catalog.plural(n) == rule(n) for n in range(1_000))


def rendered(words: Words, entry: Entry, value: object) -> list[str]:
    """Every form of a text with `value` in every placeholder."""
    if entry.is_plural:
        params = dict.fromkeys(set().union(*entry.placeholders) - {"n"}, value)
        return [words.count(entry.key, n, **params) for n in (0, 1, 2, 5, 21)]
    return [words(entry.key, **dict.fromkeys(entry.placeholders[0], value))]


def test_every_language_has_the_same_keys(language: str) -> None:
    assert sorted(catalog("en").keys() - catalog(language).keys()) == [], "not translated"
    assert sorted(catalog(language).keys() - catalog("en").keys()) == [], "not in English"


def test_every_language_has_the_same_files_and_keys_live_in_their_own(language: str) -> None:
    assert files(language).keys() == files("en").keys()
    for key, entry in catalog(language).items():
        owners = [file for file in files(language) if key.startswith(f"{file}.")]
        assert entry.file == max(owners, key=len, default=""), (
            "the catalog whose path its first words are"
        )


def test_no_text_is_empty(language: str) -> None:
    empty = [
        entry.key for entry in catalog(language).values() if not all(f.strip() for f in entry.forms)
    ]
    assert empty == []


def test_every_language_has_the_same_placeholders(language: str) -> None:
    for key, entry in catalog(language).items():
        wanted = set().union(*catalog("en")[key].placeholders)
        for names in entry.placeholders:
            # "one neighbour" may go without its number; nothing else may be left out.
            assert names - {"n"} == wanted - {"n"}, key
            assert names <= wanted, key


def test_what_counts_in_one_language_counts_in_all(language: str) -> None:
    for key, entry in catalog(language).items():
        assert entry.is_plural == catalog("en")[key].is_plural, key


def test_plural_forms_are_complete(language: str) -> None:
    forms = {"en": 2, "be": 3, "ru": 3}[language]
    for entry in catalog(language).values():
        if entry.is_plural:
            assert len(entry.forms) == forms, entry.key


def test_a_plural_shows_its_number_where_it_stands_for_many(language: str) -> None:
    """In be and ru the form of 1 also serves 21 and 101, so it can't say "one"."""
    for entry in catalog(language).values():
        if entry.is_plural:
            numbered = entry.placeholders if language != "en" else entry.placeholders[1:]
            assert all("n" in names for names in numbered), entry.key


@pytest.mark.parametrize("name", NASTY)
def test_every_text_takes_any_name(words: Words, language: str, name: str) -> None:
    value = NASTY[name]
    for entry in catalog(language).values():
        if not is_a_text(entry.key):
            continue
        for text in rendered(words, entry, value):
            shown = parse_html(text).text
            assert utf16_length(shown) <= 4096, entry.key
            if set().union(*entry.placeholders) - ({"n"} if entry.is_plural else set()):
                assert value.replace("\r", "") in shown, entry.key


def test_no_placeholder_stands_inside_a_tag(language: str) -> None:
    """There a quotation mark in a name would end the attribute."""
    for entry in catalog(language).values():
        for form in entry.forms:
            assert not re.search(r"<[^>]*\{", form), entry.key


def test_markup_is_the_same_in_every_language(language: str) -> None:
    def tags(form: str) -> list[str]:
        return sorted(re.findall(r"</?[a-z][^>]*>", form))

    for key, entry in catalog(language).items():
        wanted = tags(catalog("en")[key].forms[-1])
        assert all(tags(form) == wanted for form in entry.forms), key


def test_commands_in_texts_are_the_bots_own(language: str) -> None:
    known = {command.name for feature in FEATURES for command in feature.commands}
    for entry in catalog(language).values():
        for form in entry.forms:
            assert set(re.findall(r"(?<![\w<}/])/([a-z]+)", form)) <= known, entry.key


def test_menu_lines_are_plain_and_short(words: Words) -> None:
    for feature in FEATURES:
        for command in feature.commands:
            text = words(command.summary)
            assert 1 <= len(text) <= 256
            assert text == text.plain(), "no markup in menus"
            assert "\n" not in text


def test_refusals_and_toasts_fit_into_an_alert(words: Words, language: str) -> None:
    long = {}
    for key in refusals_and_toasts():
        entry = catalog(language).get(key) or catalog("en")[key]
        values = {name: PLAUSIBLE.get(name, _A_NAME) for name in set().union(*entry.placeholders)}
        if entry.is_plural:
            shown = [words.count(key, n, **values).plain() for n in (1, 2, 1000)]
        else:
            shown = [words.plain(key, **values)]
        if (length := max(map(len, shown))) > 200:
            long[key] = length
    assert long == {}


def test_button_labels_are_plain_and_short(words: Words, language: str) -> None:
    for key, entry in catalog(language).items():
        if ".button." in key:
            for text in rendered(words, entry, "x"):
                assert text == words(key, **dict.fromkeys(entry.placeholders[0], "x")).plain()
                assert len(text) <= 32, key


def test_every_text_that_the_code_asks_for_is_there() -> None:
    assert missing() == []


def test_no_text_is_left_over() -> None:
    assert unused() == []


def test_every_language_that_is_offered_is_there() -> None:
    offered = set(LANGUAGE_NAMES)
    assert offered == set(LANGUAGES) == {folder.name for folder in LOCALES.iterdir()}
    assert set(Texts("en").languages) == offered
