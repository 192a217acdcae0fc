"""Keys, tags and sealed fields."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.app import open_database
from bot.safety.custody.key_file import KeyFileError, load_keys
from bot.safety.keys import KEY_BYTES, Keys, Sealed, mac, same
from bot.settings import read_settings
from storage.database import Database
from tests.process import TOKEN, run_bot

KEYS = Keys(bytes(range(32)))
OTHER_KEYS = Keys(bytes(range(1, 33)))

user_ids = st.integers(min_value=1, max_value=2**52)
things = st.from_regex(r"[a-z-]{1,20}(:[0-9]{1,9})?", fullmatch=True)
fields = st.lists(st.binary(max_size=20) | st.integers(), max_size=5)


@given(user_ids, things)
def test_a_person_has_one_tag_for_a_thing(user_id: int, thing: str) -> None:
    assert KEYS.tag(thing, user_id) == Keys(bytes(range(32))).tag(thing, user_id)
    assert len(KEYS.tag(thing, user_id)) == 16


@given(user_ids, things, things)
def test_tags_of_two_things_cannot_be_joined(user_id: int, one: str, other: str) -> None:
    assume(one != other)
    assert KEYS.tag(one, user_id) != KEYS.tag(other, user_id)


@given(user_ids, user_ids, things)
def test_two_people_have_two_tags(one: int, other: int, thing: str) -> None:
    assume(one != other)
    assert KEYS.tag(thing, one) != KEYS.tag(thing, other)


@given(user_ids, things)
def test_a_list_of_members_cannot_be_tried_without_the_key(user_id: int, thing: str) -> None:
    assert KEYS.tag(thing, user_id) != OTHER_KEYS.tag(thing, user_id)


@given(fields, fields)
@example([b"12"], [12])
@example([b"1", b"2"], [b"12"])
@example([b"1", b"2:b1:3"], [b"1", b"2", b"3"])
def test_fields_of_a_row_cannot_run_together(
    one: list[bytes | int], other: list[bytes | int]
) -> None:
    assume(one != other)
    key = KEYS.derive("rows")
    assert mac(key, *one) != mac(key, *other)


@given(st.binary(max_size=8), st.binary(max_size=8), st.binary(max_size=8))
def test_a_border_between_fields_counts(one: bytes, middle: bytes, other: bytes) -> None:
    assume(middle)
    key = KEYS.derive("rows")
    assert mac(key, one + middle, other) != mac(key, one, middle + other)


@given(st.binary(max_size=64), st.binary(max_size=64))
def test_codes_are_compared_whole(one: bytes, other: bytes) -> None:
    assert same(one, other) == (one == other)


@given(st.binary(max_size=200), things, st.text(max_size=30))
def test_what_is_sealed_opens_in_its_own_row(plain: bytes, purpose: str, row: str) -> None:
    sealed = KEYS.seal(purpose, plain, row=row)
    assert KEYS.unseal(purpose, sealed, row=row) == plain


@given(st.binary(min_size=8, max_size=64))
def test_sealing_shows_neither_the_text_nor_that_two_are_the_same(plain: bytes) -> None:
    one, other = (KEYS.seal("draft-data", plain, row="draft:1") for _ in range(2))
    assert one != other
    assert plain not in one


@given(st.binary(max_size=64), st.text(max_size=20), st.text(max_size=20))
def test_a_sealed_field_cannot_be_moved_to_another_row(plain: bytes, row: str, other: str) -> None:
    assume(row != other)
    sealed = KEYS.seal("draft-data", plain, row=row)
    with pytest.raises(Sealed):
        KEYS.unseal("draft-data", sealed, row=other)


@given(st.binary(max_size=64), st.data())
def test_a_sealed_field_that_was_altered_does_not_open(plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(KEYS.seal("draft-data", plain, row="draft:1"))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    for broken in (bytes(sealed), bytes(sealed[:place]), b""):
        with pytest.raises(Sealed):
            KEYS.unseal("draft-data", broken, row="draft:1")


def test_another_purpose_or_another_key_does_not_open() -> None:
    sealed = KEYS.seal("draft-data", b"tea", row="draft:1")
    with pytest.raises(Sealed):
        KEYS.unseal("reminders", sealed, row="draft:1")
    with pytest.raises(Sealed):
        OTHER_KEYS.unseal("draft-data", sealed, row="draft:1")


def test_keys_never_print_themselves() -> None:
    assert repr(KEYS) == str(KEYS) == "Keys(...)"
    assert bytes(range(32)).hex() not in repr(KEYS)


# The key file


def test_a_new_database_gets_a_key_of_its_own(tmp_path: Path) -> None:
    one = load_keys(tmp_path / "one" / "dvor.key", known_check=None)
    other = load_keys(tmp_path / "other" / "dvor.key", known_check=None)
    assert one.check_value() != other.check_value()


def test_the_key_file_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "dvor.key"
    load_keys(file, known_check=None)
    assert len(file.read_bytes()) == KEY_BYTES
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_processes_that_begin_at_once_have_one_key(tmp_path: Path) -> None:
    """As containers of one service do. None takes the file of another for a damaged one, or ends for it."""
    processes = 4
    at_once = Barrier(processes)

    def begin(folder: Path) -> bytes:
        at_once.wait()
        return load_keys(folder / "keys" / "dvor.key", known_check=None).check_value()

    with ThreadPoolExecutor(processes) as pool:
        for number in range(50):
            folder = tmp_path / str(number)
            assert len(set(pool.map(begin, [folder] * processes))) == 1
            assert len([*folder.rglob("*")]) == 2, "a folder and a key, nothing half made"


def test_a_known_database_opens_with_its_key(tmp_path: Path) -> None:
    file = tmp_path / "dvor.key"
    first = load_keys(file, known_check=None)
    again = load_keys(file, known_check=first.check_value())
    assert again.check_value() == first.check_value()


def test_no_key_is_made_for_a_database_that_exists(tmp_path: Path) -> None:
    file = tmp_path / "dvor.key"
    with pytest.raises(KeyFileError, match="missing"):
        load_keys(file, known_check=KEYS.check_value())
    assert not file.exists()


def test_a_key_that_stands_there_already_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "dvor.key"
    file.write_bytes(bytes(range(32)))
    assert load_keys(file, known_check=None).check_value() == KEYS.check_value()
    file.write_bytes(b"short")
    with pytest.raises(KeyFileError, match="damaged"):
        load_keys(file, known_check=None)
    assert file.read_bytes() == b"short"


def test_a_key_file_that_cannot_be_read_or_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    for file in (tmp_path / "folder", tmp_path / "file" / "dvor.key", tmp_path / ("x" * 300)):
        with pytest.raises(KeyFileError, match=r"KEY_FILE .* can't be"):
            load_keys(file, known_check=None)


@pytest.mark.parametrize(
    ("key", "complaint"),
    [(None, "is missing"), (bytes(KEY_BYTES), "isn't the key of this database")],
    ids=["missing", "wrong"],
)
def test_beside_an_old_database_the_bot_refuses_to_start_without_its_key(
    tmp_path: Path, sqlite_url: str, key: bytes | None, complaint: str
) -> None:
    file = tmp_path / "keys" / "dvor.key"
    database = Database(sqlite_url)
    open_database(database, read_settings({"KEY_FILE": str(file)}))
    database.close()
    file.unlink()
    if key is not None:
        file.write_bytes(key)
    ended = run_bot(folder=tmp_path, BOT_TOKEN=TOKEN, DATABASE_URL=sqlite_url)
    assert ended.returncode == 2
    assert complaint in ended.stderr
    assert "KEY_FILE" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "CRITICAL" not in ended.stderr
    assert file.exists() == (key is not None), "no key is made for it"
