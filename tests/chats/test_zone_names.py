"""Places as people write them, and the clocks that they mean."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest

from bot.domain.refusal import Refused
from bot.message.words import load_words, territory_of, zones_of_cities
from handlers.chats.faces import ZONES
from handlers.chats.places import SEVERAL, TABLE, fold, section
from handlers.chats.zone_names import find_zone, is_zone
from tests.message.catalogs import LANGUAGES

WORDS = tuple(map(load_words, LANGUAGES))
NAMED = [
    (zone, name)
    for heading in ("clocks", "cities")
    for zone, names in section(heading)
    for name in names
]

# Towns of Belarus with over 50 000 inhabitants and some of its districts, each in Russian, Belarusian and
# Latin letters.
TOWNS_OF_BELARUS = """
Минск Мінск Minsk
Гомель Гомель Gomel
Гродно Гродна Hrodna
Витебск Віцебск Vitebsk
Могилёв Магілёў Mogilev
Брест Брэст Brest
Бобруйск Бабруйск Bobruisk
Барановичи Баранавічы Baranovichi
Борисов Барысаў Borisov
Пинск Пінск Pinsk
Мозырь Мазыр Mozyr
Лида Ліда Lida
Орша Ворша Orsha
Новополоцк Наваполацк Novopolotsk
Полоцк Полацк Polotsk
Солигорск Салігорск Soligorsk
Молодечно Маладзечна Molodechno
Жлобин Жлобін Zhlobin
Светлогорск Светлагорск Svetlogorsk
Речица Рэчыца Rechitsa
Жодино Жодзіна Zhodino
Слуцк Слуцк Slutsk
Кобрин Кобрын Kobrin
Слоним Слонім Slonim
Ветка Ветка Vetka
Браслав Браслаў Braslaw
Клецк Клецк Kletsk
Копыль Капыль Kopyl
Мядель Мядзел Myadel
Каменец Камянец Kamenets
Лоев Лоеў Loyew
Хойники Хойнікі Khoiniki
Рогачёв Рагачоў Rogachev
Несвиж Нясвіж Nesvizh
Дятлово Дзятлава Dzyatlava
Мстиславль Мсціслаў Mstislavl
Костюковичи Касцюковічы Kostyukovichi
Хотимск Хоцімск Khotimsk
Червень Чэрвень Cherven
Петриков Петрыкаў Petrikov
Чаусы Чавусы Chausy
Ивье Іўе Ivye
Миоры Мёры Miory
"""

ABROAD = {
    "Europe/Warsaw": "Варшава Warszawa Warsaw Краков Кракаў Kraków Krakow Лодзь Łódź Lodz Вроцлав Уроцлаў "
    "Wrocław Wroclaw Познань Poznań Poznan Гданьск Gdańsk Gdansk Щецин Шчэцін Szczecin Быдгощ Bydgoszcz "
    "Люблин Люблін Lublin Белосток Беласток Białystok Bialystok Катовице Katowice Гдыня Gdynia Rzeszów "
    "Ченстохова Częstochowa Торунь Toruń Radom Kielce Olsztyn Gliwice Sopot Opole",
    "Europe/Vilnius": "Вильнюс Вільнюс Вільня Vilnius Wilno Каунас Коўна Kaunas Клайпеда Klaipėda Klaipeda "
    "Шяуляй Šiauliai Паневежис Panevėžys",
    "Europe/Riga": "Рига Рыга Riga Rīga Даугавпилс Daugavpils Лиепая Liepāja",
    "Europe/Tallinn": "Таллин Таллинн Талін Tallinn Tallin Тарту Tartu",
    "Europe/Kyiv": "Киев Кіеў Київ Kyiv Kiev Харьков Харкаў Харків Kharkiv Одесса Адэса Одеса Odesa Odessa "
    "Днепр Дніпро Dnipro Львов Львоў Львів Lviv Lvov Lwów Запорожье Запоріжжя Zaporizhzhia Николаев Миколаїв "
    "Mykolaiv Винница Вінниця Vinnytsia Чернигов Чернігів Chernihiv Полтава Poltava Сумы Суми Sumy Житомир "
    "Ровно Рівне Rivne Луцк Луцьк Тернополь Тернопіль Черновцы Чернівці Ужгород Херсон Мариуполь Донецк",
    "Europe/Moscow": "Москва Масква Moscow Санкт-Петербург Санкт-Пецярбург СПб Питер Петербург Казань Kazan "
    "Ростов-на-Дону Краснодар Воронеж Ярославль Рязань Сочи Смоленск Псков Брянск Мурманск Архангельск "
    "Нальчик Чебоксары Пенза Липецк Тула Махачкала Ставрополь",
    "Europe/Kaliningrad": "Калининград Калінінград Kaliningrad",
    "Europe/Samara": "Самара Samara Тольятти Ижевск",
    "Europe/Saratov": "Саратов Saratov",
    "Europe/Volgograd": "Волгоград Volgograd",
    "Europe/Astrakhan": "Астрахань",
    "Europe/Ulyanovsk": "Ульяновск",
    "Europe/Kirov": "Киров",
    "Asia/Yekaterinburg": "Екатеринбург Екатерынбург Yekaterinburg Уфа Ufa Пермь Perm Челябинск Chelyabinsk "
    "Тюмень Tyumen Оренбург Магнитогорск Сургут Курган",
    "Asia/Omsk": "Омск Omsk",
    "Asia/Novosibirsk": "Новосибирск Новасібірск Novosibirsk",
    "Asia/Barnaul": "Барнаул Barnaul",
    "Asia/Tomsk": "Томск",
    "Asia/Novokuznetsk": "Новокузнецк Кемерово",
    "Asia/Krasnoyarsk": "Красноярск Краснаярск Krasnoyarsk",
    "Asia/Irkutsk": "Иркутск Irkutsk Улан-Удэ",
    "Asia/Chita": "Чита",
    "Asia/Yakutsk": "Якутск Благовещенск",
    "Asia/Vladivostok": "Владивосток Уладзівасток Vladivostok Хабаровск",
    "Europe/Berlin": "Берлин Бэрлін Berlin Гамбург Hamburg Мюнхен München Munchen Muenchen Munich Кёльн Köln "
    "Koeln Cologne Франкфурт Frankfurt Штутгарт Дюссельдорф Düsseldorf Duesseldorf Лейпциг Дортмунд Эссен "
    "Бремен Дрезден Ганновер Hannover Нюрнберг Nürnberg Бонн Мюнстер Карлсруэ Kiel Магдебург Потсдам",
    "Asia/Tbilisi": "Тбилиси Тбілісі Tbilisi Батуми Batumi Кутаиси Рустави",
    "Europe/Prague": "Прага Prague Praha Брно Brno Острава Ostrava Пльзень Plzeň Plzen Либерец Olomouc",
}


def found(typed: str) -> str:
    try:
        return find_zone(typed, WORDS)
    except Refused as refused:
        return refused.key


@pytest.mark.parametrize("town", TOWNS_OF_BELARUS.split())
def test_the_towns_of_belarus_are_known(town: str) -> None:
    assert found(town) == "Europe/Minsk"


@pytest.mark.parametrize(
    ("zone", "city"), [(zone, city) for zone, cities in ABROAD.items() for city in cities.split()]
)
def test_cities_where_neighbours_live_now_are_known(zone: str, city: str) -> None:
    assert found(city) == zone


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        # Cases
        ("в Минске", "Europe/Minsk"),
        ("Минском", "Europe/Minsk"),
        ("у Мінску", "Europe/Minsk"),
        ("в Гомеле", "Europe/Minsk"),
        ("у Гомелі", "Europe/Minsk"),
        ("из Бреста", "Europe/Minsk"),
        ("у Брэсце", "Europe/Minsk"),
        ("у Лідзе", "Europe/Minsk"),
        ("в Барановичах", "Europe/Minsk"),
        ("у Баранавічах", "Europe/Minsk"),
        ("в Могилёве", "Europe/Minsk"),
        ("у Магілёве", "Europe/Minsk"),
        ("Варшаву", "Europe/Warsaw"),
        ("в Варшаве", "Europe/Warsaw"),
        ("у Кракаве", "Europe/Warsaw"),
        ("в Белостоке", "Europe/Warsaw"),
        ("во Львове", "Europe/Kyiv"),
        ("у Львові", "Europe/Kyiv"),
        ("у Рызе", "Europe/Riga"),
        ("в Санкт-Петербурге", "Europe/Moscow"),
        ("в Нижнем Новгороде", "Europe/Moscow"),
        ("в Ростове-на-Дону", "Europe/Moscow"),
        ("Кривом Роге", "Europe/Kyiv"),
        ("в Уфе", "Asia/Yekaterinburg"),
        ("в Лиссабоне", "Europe/Lisbon"),
        ("в Потсдаме", "Europe/Berlin"),
        ("в Туле", "Europe/Moscow"),
        ("в Вене", "Europe/Vienna"),
        ("в Мостах", "Europe/Minsk"),
        ("в Горках", "Europe/Minsk"),
        ("в Ровно", "Europe/Kyiv"),
        ("в Сочи", "Europe/Moscow"),
        ("в Хойниках", "Europe/Minsk"),
        ("у Клецку", "Europe/Minsk"),
        ("у Рагачове", "Europe/Minsk"),
        ("в Ветке", "Europe/Minsk"),
        ("в Каире", "Africa/Cairo"),
        ("в Сеуле", "Asia/Seoul"),
        # Slips
        ("могилев", "Europe/Minsk"),
        ("МОГИЛЁВ", "Europe/Minsk"),
        ("Минск.", "Europe/Minsk"),
        ("«Минск»", "Europe/Minsk"),
        ("Лiда", "Europe/Minsk"),  # a Latin i
        ("санкт петербург", "Europe/Moscow"),
        ("СанктПетербург", "Europe/Moscow"),
        ("St. Petersburg", "Europe/Moscow"),
        ("Saint Petersburg", "Europe/Moscow"),
        ("new-york", "America/New_York"),
        ("Нью Йорк", "America/New_York"),
        ("gorzow wielkopolski", "Europe/Warsaw"),
        # With more around it
        ("Менск", "Europe/Minsk"),
        ("г. Минск", "Europe/Minsk"),
        ("горад Мінск", "Europe/Minsk"),
        ("Минск, Беларусь", "Europe/Minsk"),
        ("Беларусь, Минск", "Europe/Minsk"),
        ("Minsk, Belarus", "Europe/Minsk"),
        ("Minsk Belarus", "Europe/Minsk"),
        ("Минск (Беларусь)", "Europe/Minsk"),
        ("(UTC+03:00) Минск", "Europe/Minsk"),
        ("Гомель, Советский район", "Europe/Minsk"),
        ("Омск, Россия", "Asia/Omsk"),
        ("Brest, France", "Europe/Paris"),
        ("London, UK", "Europe/London"),
        ("Dallas, Texas", "America/Chicago"),
        ("Toronto, Canada", "America/Toronto"),
        ("Atlanta, Georgia", "America/New_York"),
        ("Minsk time", "Europe/Minsk"),
        ("по московскому времени", "Europe/Moscow"),
        # Countries with one clock
        ("Беларусь", "Europe/Minsk"),
        ("Belarus", "Europe/Minsk"),
        ("Польша", "Europe/Warsaw"),
        ("в Польше", "Europe/Warsaw"),
        ("Польшча", "Europe/Warsaw"),
        ("Polska", "Europe/Warsaw"),
        ("Літва", "Europe/Vilnius"),
        ("Украіна", "Europe/Kyiv"),
        ("Georgia", "Asia/Tbilisi"),
        # By IANA's names, present and former
        ("europe/lisbon", "Europe/Lisbon"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        # By names of clocks
        ("MSK", "Europe/Moscow"),
        ("мск", "Europe/Moscow"),
        ("CET", "Europe/Warsaw"),
        ("EET", "Europe/Vilnius"),
        # Three hours east, whatever POSIX thinks
        ("GMT+3", "Etc/GMT-3"),
        ("UTC+3", "Etc/GMT-3"),
        ("UTC +3", "Etc/GMT-3"),
        ("+3", "Etc/GMT-3"),
        ("+03:00", "Etc/GMT-3"),
        ("гмт+3", "Etc/GMT-3"),
        ("МСК+2", "Etc/GMT-5"),
        ("МСК-1", "Etc/GMT-2"),
        ("UTC-5", "Etc/GMT+5"),
        ("UTC+14", "Etc/GMT-14"),
        ("+3 UTC", "Etc/GMT-3"),
        ("UTC (+3)", "Etc/GMT-3"),
        ("(GMT+3)", "Etc/GMT-3"),
        ("+2 МСК", "Etc/GMT-5"),
        ("UTC+3 Moscow time", "Europe/Moscow"),
        ("London, GMT", "Europe/London"),
        ("UTC", "Etc/UTC"),
        ("UTC+0", "Etc/UTC"),
        ("UTC+5:30", "Asia/Kolkata"),
    ],
)
def test_what_people_write_is_understood(typed: str, zone: str) -> None:
    assert found(typed) == zone


@pytest.mark.parametrize(
    "typed",
    [
        "localtime", "Factory", "posixrules", "Etc/GMT+3", "Etc/GMT-3", "Etc/UTC", "Etc/Zulu", "GMT0", "Zulu",
        "posix/Europe/Minsk", "right/Europe/Minsk", "EST5EDT", "MST", "W-SU", "PRC", "NZ-CHAT", "North",
        "EST", "BST", "IST", "UTC+15", "UTC-13", "UTC-5:30", "UTC+3:20", "GMT+99", "UTC+5,5", "Mars+3",
        "UTC, +3", "Минск, Варшава", "Minsk or Warsaw",
        "Georgia, USA", "Польша, Беларусь", "London, Canada", "Москва, США", "Paris, Texas",
        "London, Ontario", "чат", "у нас", "моя", "мая", "который час", "которое время", "на Дону", "горы",
        "потом", "восток",
        "center", "короче", "такие", "более", "быть", "тихо", "крок", "праз", "равно", "сумма", "августа",
        "номе", "акры", "мой чат", "Vostok", "дело", "боль",
        "Atlantis", "Атлантида", "мой город", "в", "город", "1", "-", ",", "()", "🌻", "x" * 4000, "Минс",
        "в городе где мы все живём много лет подряд и где растут деревья " * 9,
    ],
)  # fmt: skip
def test_what_means_no_clock_is_refused(typed: str) -> None:
    assert found(typed) == "chats.refused.zone"


@pytest.mark.parametrize("country", ["Россия", "в России", "Расія", "Russia", "США", "ЗША", "USA"])
def test_of_a_country_with_several_clocks_the_city_is_asked(country: str) -> None:
    assert found(country) == "chats.refused.several_clocks"


def test_every_name_of_the_table_is_found_and_means_one_clock() -> None:
    wrong = {name: found(name) for zone, name in NAMED if found(name) != zone}
    assert wrong == {}
    countries = {name: zone for zone, names in section("countries") for name in names}
    named = {
        name: "chats.refused.several_clocks" if zone.startswith(SEVERAL) else zone
        for name, zone in countries.items()
    }
    assert {name: found(name) for name in named} == named


def test_no_name_stands_twice_in_the_table() -> None:
    lines = [line for heading in ("clocks", "cities", "countries") for line in section(heading)]
    for _, names in lines:
        folded = [fold(name).replace(" ", "") for name in names]
        assert len(set(folded)) == len(folded), names


def test_every_zone_of_the_table_exists() -> None:
    zones = {zone for heading in ("clocks", "cities", "countries") for zone, _ in section(heading)}
    wide = {zone for zone in zones if zone.startswith(SEVERAL)}
    assert zones - wide <= available_timezones()
    assert all(map(is_zone, zones - wide))
    territories = set(map(territory_of, zones_of_cities()))
    assert {zone.removeprefix(SEVERAL).strip() for zone in wide} <= territories
    assert all(map(is_zone, ZONES))


def test_every_city_of_ianas_is_found_in_each_language() -> None:
    """Where two have one name, one of them is."""
    for words in WORDS:
        for zone in zones_of_cities():
            if zone.startswith("Antarctica/"):
                continue  # nobody's yard is there
            assert not found(words.zone(zone)).startswith("chats."), zone


def test_lines_of_the_table_stand_under_headings_that_are_read() -> None:
    headings = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1] == "["]
    assert len(headings) == len(set(headings))
    assert all(section(heading.strip("[]")) for heading in headings)


@pytest.mark.parametrize("zone", ["Europe/Minsk", "Etc/GMT-3", "Etc/UTC", "America/New_York"])
def test_a_chat_may_go_by_a_city_or_an_offset(zone: str) -> None:
    assert is_zone(zone)


@pytest.mark.parametrize(
    "zone", ["localtime", "Factory", "GMT+3", "Etc/Zulu", "EST", "several", ""]
)
def test_and_by_nothing_else(zone: str) -> None:
    assert not is_zone(zone)
