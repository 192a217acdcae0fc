"""One word for one thing, in every language: what docs/glossary.md asks for, held over the catalogs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.message.words import LOCALES
from tests.message.catalogs import LANGUAGES, Entry, catalog
from tests.source import ROOT

ELECTIONS = ("bulletins.", "candidates.", "elections.", "ending.", "paper.", "progress.", "recall.")
"""The catalogs about collecting signatures, by how their keys begin."""
REMINDERS = ("reminders.",)


@dataclass(frozen=True)
class Avoided:
    """A word that the catalogs do without.

    `stem` is a pattern of how it begins, `instead` the word that stands for the thing, `wrong` a sentence
    with the avoided one. `within` limits it to keys that begin so; `apart_from` lets keys that begin so be.
    """

    stem: str
    instead: str
    wrong: str
    within: tuple[str, ...] = ("",)
    apart_from: tuple[str, ...] = ()

    def is_in(self, text: str) -> bool:
        # What follows a slash is a command, and a brace a placeholder: /stand, {base}.
        return re.search(r"(?<![\w/{])(?:" + self.stem + ")", text, re.IGNORECASE) is not None

    def minds(self, key: str) -> bool:
        return key.startswith(self.within) and not (
            self.apart_from and key.startswith(self.apart_from)
        )


# "A group" is said of what Telegram calls so: where the bot is added, and in whose name one writes.
TELEGRAMS_GROUP = ("candidates.refused.nobody", "help.button.add")
PINNING = (
    "reminders.setting.pinned",
    "chats.welcome.plain",
    "chats.settings.promote",
    "frame.seen_by_all",
)
# The picture that the bot draws of how far it is.
DRAWN = ("progress.",)

AVOIDED = {
    "en": (
        Avoided(r"anew\b", "again", "Please set it anew."),
        Avoided(r"whom\b", "who", "Whom do you sign for?"),
        Avoided(r"shall\b", "should", "What shall I post?"),
        Avoided(r"let it be\b", "didn't post it", "I came too late, so I let it be."),
        Avoided(r"(?:is|are) there no more\b", "gone", "The message is there no more."),
        Avoided(r"betray", "give away", "It betrays nobody."),
        Avoided(r"(?:stand|stands|standing|stood)\b", "candidate", "Nobody stands yet."),
        Avoided(r"(?:freez|froze)", "fix the target", "Freeze the base"),
        Avoided(r"base\b", "target", "It counts from the base."),
        Avoided(r"provisional", "not final", "The target is provisional."),
        Avoided(r"campaign", "election", "The campaign is over."),
        Avoided(r"organi[sz]er|moderator|admins?\b", "administrators", "Ask an organiser."),
        Avoided(r"yard\b(?! 5)", "courtyard", "Tea in the yard"),
        Avoided(r"summary\b|overview", "digest", "A daily summary"),
        Avoided(
            r"answer(?:ed|ing|s)? (?:to )?(?:an? |another |the |that |your |one )*(?:message|neighbour)",
            "reply",
            "Or answer a message with the time alone.",
        ),
        Avoided(r"in private\b(?! chat)", "privately", "Send me /check in private."),
        Avoided(
            r"groups?\b(?! chat)", "chat", "This group doesn't let me.", apart_from=TELEGRAMS_GROUP
        ),
        Avoided(r"sign|signature|signed", "from", "How should I sign it?", within=REMINDERS),
    ),
    "be": (
        Avoided(r"нанава", "нанова", "Пастаўце нанава."),
        Avoided(r"(?:с)?капір", "скапіяваць", "Націсніце, каб скапіраваць."),
        Avoided(r"спісу\b", "спіса", "Да спісу"),
        Avoided(r"прагулк", "шпацыр", "заўтра 19:00 Прагулка"),
        Avoided(r"арганізатар", "адміністратары", "Спытайце арганізатараў."),
        Avoided(r"выбар(?!шч)|кампані", "збор подпісаў", "Выбары скончаны."),
        Avoided(
            r"(?:скон|зак)[а-яёіў]*ч",
            "завяршыць",
            "Збор подпісаў скончаны.",
            within=ELECTIONS,
        ),
        Avoided(r"падпі(?!сн)", "паставіць подпіс", "Падпісацца"),
        Avoided(r"прыбра[а-яёіў]* подпіс", "адклікаць", "Прыбраць подпіс"),
        Avoided(r"уліч", "залічана", "Ваш подпіс улічаны."),
        Avoided(r"лік(?:у|ам|а)?\b", "колькасць", "Замацаваць лік"),
        Avoided(r"патрэбн[а-яёіў]* колькасц", "мэта", "Патрэбная колькасць подпісаў"),
        Avoided(r"замац", "зафіксаваць", "Замацаваць мэту", apart_from=PINNING),
        Avoided(r"папярэдн", "пакуль прыкладна", "Мэта папярэдняя."),
        Avoided(r"на пасадзе", "прадстаўляе", "Больш не на пасадзе."),
        Avoided(r"мерапрыем|акцы", "сустрэча", "Мерапрыемства скасавана."),
        Avoided(r"допіс|запіс[ыа]?\b", "напамін", "Кожны допіс знікае."),
        Avoided(r"сапраўдн|несапраўдн", "прызнана", "Праверана: сапраўдных 5"),
        Avoided(r"(?:мяне )?(?:даглядае|трымае)", "хто мяне запусціў", "Тым, хто мяне даглядае"),
        Avoided(r"груп", "чат", "У гэтай групе нельга.", apart_from=TELEGRAMS_GROUP),
        Avoided(r"прыватн", "асабіст", "Адпраўце прыватна."),
        Avoided(r"[уў] (?:\{time\}|\d{1,2}:)", "а 19:00", "прыйдзе ў {time}"),
        Avoided(r"пытацца нумар", "графа", "Пытацца нумар дакумента"),
        Avoided(r"удакладн", "спраўдзіце", "Удакладніце правіла ў сябе."),
        Avoided(r"са гук", "з гукам", "🔔 Са гукам"),
        Avoided(r"карцін|здым(?:ак|к)", "фота", "Карцінку ці файл захаваць не магу."),
        Avoided(r"подпіс", "ад каго", "Працяжнік — без подпісу.", within=REMINDERS),
    ),
    "ru": (
        Avoided(r"организатор", "администраторы", "Спросите организаторов."),
        Avoided(r"выбор(?:ы|ов|ах|ам)\b|кампани", "сбор подписей", "Выборы окончены."),
        Avoided(
            r"(?:закон|окон)ч",
            "завершить",
            "Сбор подписей окончен.",
            within=ELECTIONS,
        ),
        Avoided(r"подпи(?:са|ш)", "поставить подпись", "Подписаться"),
        Avoided(r"убра[а-яё]* подпис", "отозвать", "Убрать подпись"),
        Avoided(r"учт|учёт", "засчитана", "Ваша подпись учтена."),
        Avoided(r"числ(?:о|у|ом|е)\b", "количество", "Закрепить число"),
        Avoided(r"нужн[а-яё]* (?:числ|количеств)", "цель", "Нужное число подписей"),
        Avoided(r"закреп", "зафиксировать", "Закрепить цель", apart_from=PINNING),
        Avoided(r"предварит", "пока примерно", "Цель предварительная."),
        Avoided(r"в должности", "представляет", "Больше не в должности."),
        Avoided(r"мероприят|акци", "встреча", "Мероприятие отменено."),
        Avoided(r"запис(?:ь|и|ью|ей)\b", "напоминание", "Каждая запись исчезает."),
        Avoided(r"(?:не)?действительн(?!о\b)", "признано", "Проверено: действительных 5"),
        Avoided(r"присматр|меня держит", "кто меня запустил", "Тому, кто меня держит"),
        Avoided(r"групп", "чат", "В этой группе нельзя.", apart_from=TELEGRAMS_GROUP),
        Avoided(r"приватн", "лично", "Отправьте приватно."),
        Avoided(r"снимо?к", "фото", "🖼 снимок"),
        Avoided(r"картинк", "фото", "Картинку сохранить не могу.", apart_from=DRAWN),
        Avoided(r"уточните", "проверьте", "Уточните правило у себя."),
        Avoided(r"подпис", "от кого", "Тире — без подписи.", within=REMINDERS),
    ),
}

# Where the English text has the first word, the Belarusian and the Russian have theirs.
TERMS = (
    ("administrator", "адміністратар", "администратор"),
    ("bulletin", "звод", "сводк"),
    ("card", "карт", "карточ"),
    ("certificate", "даведк", "справк"),
    ("chat", "чат|чац", "чат"),
    ("courtyard", "двар", "двор"),
    ("digest", "агляд", "обзор"),
    ("pin", "замац", "закреп"),
    ("proof code", "код", "код"),
    ("quiet hours", "ціхі", "тих"),
    ("reminder", "напамін", "напоминан"),
    ("representative", "прадстаў", "представ"),
    ("resident", "жыхар", "жител"),
    ("sheet", "аркуш|ліст", "лист"),
    ("withdraw", "адкл", "отз|отоз"),
)

# What stands in quotation marks, apostrophes and dashes of another language.
FOREIGN_SIGNS = {
    "en": r'"|[«»„’—]',
    "be": r"\"|[“”„]|\w['`ʼ]\w| – ",
    "ru": r"\"|[“”„'’]| – ",
}


def texts(language: str) -> Iterator[tuple[Entry, str]]:
    """Every form that people read; patterns of dates are none."""
    for entry in catalog(language).values():
        if not entry.key.startswith("moments.pattern."):
            for form in entry.forms:
                yield entry, form


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_has_a_word_that_the_glossary_avoids(language: str) -> None:
    found = [
        f"{entry.key}: {avoided.stem!r} where the word is {avoided.instead!r}"
        for entry, text in texts(language)
        for avoided in AVOIDED[language]
        if avoided.minds(entry.key) and avoided.is_in(text)
    ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_guide_has_a_word_that_the_glossary_avoids(language: str) -> None:
    found = [
        f"{file.name}: {avoided.stem!r} where the word is {avoided.instead!r}"
        for file in sorted((LOCALES / language / "guides").iterdir())
        for avoided in AVOIDED[language]
        if avoided.within == ("",) and avoided.is_in(file.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("language", "avoided"),
    [(language, avoided) for language in LANGUAGES for avoided in AVOIDED[language]],
    ids=lambda value: value.stem if isinstance(value, Avoided) else value,
)
def test_a_word_that_is_avoided_would_be_noticed(language: str, avoided: Avoided) -> None:
    assert avoided.is_in(avoided.wrong)
    assert any(avoided.minds(entry.key) for entry, _ in texts(language))


def test_the_glossary_has_every_word_that_stands_for_a_thing() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
    words = {avoided.instead for language in LANGUAGES for avoided in AVOIDED[language]}
    words |= {english for english, _, _ in TERMS}
    assert sorted(word for word in words if word.lower() not in glossary) == []


@pytest.mark.parametrize(("english", "belarusian", "russian"), TERMS)
def test_a_thing_has_its_name_in_every_language(
    english: str, belarusian: str, russian: str
) -> None:
    keys = [
        entry.key
        for entry, text in texts("en")
        if re.search(rf"\b{english}", _prose(text), re.IGNORECASE)
    ]
    assert keys
    for language, stem in (("be", belarusian), ("ru", russian)):
        nameless = [
            key for key in keys if not re.search(stem, catalog(language)[key].forms[-1], re.I)
        ]
        assert nameless == [], language


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotes_apostrophes_and_dashes_are_those_of_the_language(language: str) -> None:
    marked = [
        entry.key for entry, text in texts(language) if re.search(FOREIGN_SIGNS[language], text)
    ]
    assert marked == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_signature_stands_for_the_same_sentence_wherever_it_is_put(language: str) -> None:
    """On a sheet of paper, in the chat and for a recall: who one is comes word for word."""
    for_somebody, for_recall = (
        catalog(language)[key].forms[0]
        for key in ("elections.sign.sentence", "recall.sign.sentence")
    )
    who = for_somebody.split("18")[0]
    assert who
    assert for_recall.startswith(who)


def _prose(text: str) -> str:
    """Without placeholders, commands to copy and names of commands."""
    return re.sub(r"<code>.*?</code>|\{\w+\}|/\w+", "", text, flags=re.DOTALL)
