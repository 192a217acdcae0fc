"""Settings: read together, refused together, and never shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import Settings, load_settings, read_settings
from bot.settings_reader import SettingsError
from tests.process import TOKEN
from tests.source import ROOT

BAD = {
    "BOT_TOKEN": "123456789:almost",
    "BOT_API_URL": "ftp://api.telegram.org",
    "PROXY_URL": "localhost:1080",
    "DATABASE_URL": "mysql://localhost/dvor",
    "DEFAULT_LANGUAGE": "fr",
    "DEFAULT_TIMEZONE": "Minsk",
    "OPERATORS": "@vera",
    "LOG_LEVEL": "LOUD",
    "LOG_FORMAT": "xml",
    "LISTEN": "9180",
    "KEY_FILE": "./data/dvor.key",
}


class Recorder(Mapping[str, str]):
    """An empty source of settings that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@pytest.fixture
def no_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """As if the developer had no settings in the environment."""
    for key in known_keys():
        monkeypatch.delenv(key, raising=False)
    return monkeypatch


def known_keys() -> set[str]:
    """Every key that the settings look for."""
    recorder = Recorder()
    read_settings(recorder)
    return recorder.asked


def documented() -> dict[str, str]:
    """The keys of `.env.example` and what stands behind them, commented out or not."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    found = (re.fullmatch(r"(?:# )?([A-Z_]+)=(.*)", line) for line in lines)
    return {match[1]: match[2] for match in found if match}


def test_nothing_has_to_be_set() -> None:
    settings = read_settings({})
    assert settings.bot_token is None
    assert settings.proxy_url is None
    assert settings.is_sqlite
    assert settings.operators == ()


def test_every_bad_value_is_named_in_one_message() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(BAD)
    message = str(refused.value)
    for key in BAD:
        assert len(re.findall(rf"^  {key}: \w", message, re.MULTILINE)) == 1, key


@pytest.mark.parametrize("key", [key for key in BAD if key != "KEY_FILE"])
def test_one_bad_value_is_named_alone(key: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({key: BAD[key]})
    assert [line.split(":")[0].strip() for line in str(refused.value).splitlines()[1:]] == [key]


@pytest.mark.parametrize("zone", ["localtime", "Factory", "EST", "GMT0", "Etc/GMT+99"])
def test_a_clock_is_that_of_a_place(zone: str) -> None:
    with pytest.raises(SettingsError, match="DEFAULT_TIMEZONE"):
        read_settings({"DEFAULT_TIMEZONE": zone})


@pytest.mark.parametrize(
    "almost",
    [
        TOKEN[:-20],
        TOKEN + "!",
        "bot" + TOKEN,
        TOKEN.replace("A", "\u0410"),  # the same letter of another alphabet
        TOKEN.replace(":", " "),
    ],
)
def test_a_token_with_a_slip_is_refused_and_never_shown(almost: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({"BOT_TOKEN": almost})
    message = str(refused.value)
    assert "BOT_TOKEN" in message
    assert not any(almost[i : i + 12] in message for i in range(len(almost) - 12))


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    """A file as a container or a service hands it over."""
    file = tmp_path / "bot-token"
    file.write_text(f"{TOKEN}\n")
    file.chmod(0o600)
    return file


def test_the_token_may_stand_in_a_file(token_file: Path) -> None:
    settings = read_settings({"BOT_TOKEN": "", "BOT_TOKEN_FILE": str(token_file)})
    assert settings.bot_token == TOKEN


def test_a_token_in_two_places_is_refused(token_file: Path) -> None:
    with pytest.raises(SettingsError, match="BOT_TOKEN_FILE: leave it out, or BOT_TOKEN"):
        read_settings({"BOT_TOKEN": TOKEN, "BOT_TOKEN_FILE": str(token_file)})


def test_a_file_with_a_token_that_others_may_read_is_refused(token_file: Path) -> None:
    token_file.parent.chmod(0o755)
    token_file.chmod(0o644)
    with pytest.raises(SettingsError, match=r"BOT_TOKEN_FILE: .* may be read by others"):
        read_settings({"BOT_TOKEN_FILE": str(token_file)})


@pytest.mark.parametrize("content", [b"", b"\n", TOKEN[:-20].encode(), b"\xff\xfe", None])
def test_a_file_without_a_token_is_refused_and_never_shown(
    token_file: Path, content: bytes | None
) -> None:
    if content is None:
        token_file.unlink()
    else:
        token_file.write_bytes(content)
    with pytest.raises(SettingsError, match="BOT_TOKEN_FILE: ") as refused:
        read_settings({"BOT_TOKEN_FILE": str(token_file)})
    assert TOKEN[:-20] not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://user:secret@host/name",
        "postgresql+psycopg://user:secret@host:port/name",
        "dvor.sqlite3",
    ],
)
def test_a_database_that_cannot_be_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL") as refused:
        read_settings({"DATABASE_URL": url})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "more",
    [
        "/bot",
        "/bot/",
        "/Bot",
        f"/bot{TOKEN}",
        f"/bot{TOKEN}/getMe",
        "/bot<token>",
        f"/{TOKEN}",
        f"/file/bot{TOKEN}",
        "/botapi/bot",
        "/?via=here",
        "/#here",
    ],
)
def test_what_each_request_adds_by_itself_is_refused_in_the_servers_address(more: str) -> None:
    with pytest.raises(SettingsError, match="BOT_API_URL") as refused:
        read_settings({"BOT_API_URL": f"http://vera:secret@localhost:8081{more}"})
    message = str(refused.value)
    assert 'must end before "/bot"' in message
    assert message.endswith("like http://localhost:8081")
    assert TOKEN not in message
    assert "secret" not in message


def test_a_server_may_have_a_path_of_its_own() -> None:
    for url in ("https://example.org/botapi", "https://example.org/a/robot", "http://bot:8081"):
        assert read_settings({"BOT_API_URL": url}).bot_api_url == url


@pytest.mark.parametrize(
    ("written", "ids"),
    [("", ()), ("123456789", (123456789,)), ("123, 5310482907  777", (123, 5310482907, 777))],
)
def test_operators_are_ids_with_commas_or_spaces(written: str, ids: tuple[int, ...]) -> None:
    assert read_settings({"OPERATORS": written}).operators == ids


@pytest.mark.parametrize(
    ("written", "accounts"),
    [
        ("", None),
        ("Anybody", None),
        ("operators", {777}),
        ("12345, operators", {777, 12345}),
        ("12345 67890", {12345, 67890}),
    ],
)
def test_who_may_add_the_bot(written: str, accounts: set[int] | None) -> None:
    assert read_settings({"OPERATORS": "777", "MAY_ADD": written}).may_add == accounts


@pytest.mark.parametrize(
    ("written", "is_near"),
    [
        ("127.0.0.1:9180", True),
        ("[::1]:9180", True),
        ("localhost:1", True),
        ("192.168.1.5:65535", True),
        ("dvor.internal:9180", True),
        ("0.0.0.0:9180", False),
        ("[::]:9180", False),
        ("149.154.167.220:9180", False),
        ("dvor.example.org:9180", False),
    ],
)
def test_an_address_to_listen_on_says_who_may_reach_it(written: str, is_near: bool) -> None:
    address = read_settings({"LISTEN": written}).listen
    assert address is not None
    assert (str(address), address.is_near) == (written, is_near)


@pytest.mark.parametrize(
    "written",
    ["yes", "9180", ":9180", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "::1:9180",
     "http://127.0.0.1:9180", "127.0.0.1:9180/metrics", "vera@127.0.0.1:9180", "127.0.0.1:"],
)  # fmt: skip
def test_where_nobody_can_listen_is_refused(written: str) -> None:
    with pytest.raises(SettingsError, match="LISTEN: must be a host and a port"):
        read_settings({"LISTEN": written})


@pytest.mark.parametrize("written", ["nobody", "@vera", "anybody operators", "operators"])
def test_nobody_is_taken_for_who_may_add_the_bot(written: str) -> None:
    with pytest.raises(SettingsError, match="MAY_ADD"):
        read_settings({"MAY_ADD": written})


@pytest.mark.parametrize(
    ("host", "is_near"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("[::1]", True),
        ("192.168.1.5", True),
        ("10.0.0.7", True),
        ("bot-api", True),
        ("host.docker.internal", True),
        ("api.telegram.org", False),
        ("149.154.167.220", False),
        ("2509940700", False),
        ("[2001:67c:4e8:f004::9]", False),
        ("localhost.example.org", False),
    ],
)
def test_the_token_travels_in_clear_only_on_a_network_of_ones_own(host: str, is_near: bool) -> None:
    assert read_settings({"BOT_API_URL": f"https://{host}:8081"})
    if is_near:
        assert read_settings({"BOT_API_URL": f"http://{host}:8081"})
    else:
        with pytest.raises(SettingsError, match="BOT_API_URL: must start with https://"):
            read_settings({"BOT_API_URL": f"http://vera:{TOKEN}@{host}:8081"})


def test_small_liberties_are_allowed() -> None:
    settings = read_settings(
        {"LOG_LEVEL": " debug ", "DEFAULT_LANGUAGE": "BE", "BOT_API_URL": "http://localhost:8081/"}
    )
    assert (settings.log_level, settings.default_language) == ("DEBUG", "be")
    assert settings.bot_api_url == "http://localhost:8081"


@given(
    st.dictionaries(
        st.sampled_from(sorted(known_keys())),
        st.text(max_size=30) | st.sampled_from(["://", "http://[", "sqlite:///", "0:0", "~", "/"]),
    )
)
def test_any_text_is_read_or_refused(source: dict[str, str]) -> None:
    try:
        assert isinstance(read_settings(source), Settings)
    except SettingsError as refused:
        named = {line.split(":")[0].strip() for line in str(refused).splitlines()[1:]}
        assert named
        assert named <= known_keys()


def test_the_environment_wins_over_the_file(
    tmp_path: Path, no_environment: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text("LOG_LEVEL=ERROR\nDEFAULT_LANGUAGE=ru\n")
    no_environment.setenv("LOG_LEVEL", "DEBUG")
    settings = load_settings(file)
    assert (settings.log_level, settings.default_language) == ("DEBUG", "ru")


def test_a_file_from_any_editor_is_read(tmp_path: Path, no_environment: pytest.MonkeyPatch) -> None:
    file = tmp_path / ".env"
    file.write_bytes(f"\ufeffBOT_TOKEN={TOKEN}\r\nLOG_LEVEL=ERROR\r\n".encode())
    assert load_settings(file).bot_token == TOKEN


def test_a_file_that_is_no_text_is_refused(
    tmp_path: Path, no_environment: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"BOT_TOKEN=\xff\xfe\xff")
    with pytest.raises(SettingsError, match=r"\.env"):
        load_settings(file)


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        (f"BOT_TOKEN {TOKEN}\nLOG_LEVEL=ERROR\n", "line 1"),
        (f"LOG_LEVEL=ERROR\n\n# mine\nBOT_TOKEN: {TOKEN}\n", "line 4"),
        ("BOT_TOKEN\nLOG_LEVEL='ERROR\n", "lines 1, 2"),
    ],
)
def test_a_line_that_says_nothing_is_not_passed_over(
    tmp_path: Path, no_environment: pytest.MonkeyPatch, written: str, lines: str
) -> None:
    file = tmp_path / ".env"
    file.write_text(written)
    with pytest.raises(SettingsError, match=rf"\.env, {lines}: ") as refused:
        load_settings(file)
    assert TOKEN not in str(refused.value)


def test_no_file_is_fine(tmp_path: Path, no_environment: pytest.MonkeyPatch) -> None:
    assert load_settings(tmp_path / ".env") == read_settings({})


def test_the_example_documents_every_setting_and_no_other() -> None:
    assert set(documented()) == known_keys()


def test_the_example_says_the_defaults() -> None:
    assert read_settings(documented()) == read_settings({})


def test_the_example_can_be_taken_as_it_is(no_environment: pytest.MonkeyPatch) -> None:
    assert load_settings(ROOT / ".env.example") == read_settings({})


def test_the_example_explains_each_setting_first() -> None:
    paragraphs = (ROOT / ".env.example").read_text(encoding="utf-8").split("\n\n")[1:]
    assert len(paragraphs) == len(documented())
    for paragraph in paragraphs:
        *prose, setting = paragraph.strip().splitlines()
        assert prose, setting
        assert all(line.startswith("# ") for line in prose)
