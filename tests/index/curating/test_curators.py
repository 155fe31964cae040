"""Curators and keys, and how long wrong passwords make one wait."""

from __future__ import annotations

import threading

import pytest

from index.curating import curators
from index.curating.curators import CuratorError, TooManyTriesError, WrongPasswordError, pause_after
from index.library import Library

PASSWORD = "four plain words here"  # noqa: S105 - of a library that a test makes
NOON = 1_800_000_000.0


@pytest.fixture
def staffed(empty_library: Library) -> Library:
    curators.add(empty_library, "anna", PASSWORD, "test")
    return empty_library


def fail(library: Library, name: str, at: float) -> None:
    """A wrong password; it is refused as one, and not for coming too early."""
    with pytest.raises(WrongPasswordError):
        curators.sign_in(library, name, "not the password", at)


def test_a_password_is_kept_as_scrypt_makes_it(staffed: Library) -> None:
    with staffed.catalog() as catalog:
        ((kept,),) = catalog.connection.execute("SELECT password FROM curators").fetchall()
    assert kept.startswith("scrypt:")
    assert PASSWORD not in kept
    assert curators.sign_in(staffed, " ANNA ", PASSWORD).name == "anna"


@pytest.mark.parametrize("password", ["", "eleven char", "x" * 1001])
def test_a_password_that_is_too_short_or_too_long(staffed: Library, password: str) -> None:
    with pytest.raises(CuratorError, match="12 characters"):
        curators.add(staffed, "berta", password, "test")


@pytest.mark.parametrize("name", ["", "  ", "a\x00b", "x" * 65, "Anna"])
def test_a_name_that_is_none_or_taken(staffed: Library, name: str) -> None:
    with pytest.raises(CuratorError):
        curators.add(staffed, name, PASSWORD, "test")


def test_the_waits_grow_to_a_minute() -> None:
    assert [pause_after(n) for n in (0, 4, 5, 6, 10, 11, 5000)] == [0, 0, 1, 2, 32, 60, 60]


def test_five_tries_are_free_then_each_waits_longer(staffed: Library) -> None:
    for _ in range(5):
        fail(staffed, "anna", NOON)
    with pytest.raises(TooManyTriesError) as told:
        curators.sign_in(staffed, "anna", PASSWORD, NOON + 0.4)
    assert told.value.seconds == pytest.approx(0.6)
    fail(staffed, "anna", NOON + 1)
    with pytest.raises(TooManyTriesError):
        curators.sign_in(staffed, "anna", PASSWORD, NOON + 2.9)
    # Tries that came too early did not count.
    assert curators.sign_in(staffed, "anna", PASSWORD, NOON + 3).name == "anna"
    fail(staffed, "anna", NOON + 3)


def test_another_name_does_not_wait_for_it(staffed: Library) -> None:
    curators.add(staffed, "berta", PASSWORD, "test")
    for _ in range(5):
        fail(staffed, "anna", NOON)
    assert curators.sign_in(staffed, "berta", PASSWORD, NOON).name == "berta"


def test_many_names_together_wait_too(staffed: Library) -> None:
    with staffed.catalog() as catalog:
        catalog.connection.executemany(
            "INSERT INTO failed_sign_ins VALUES (?, ?)", [(f"n{i}", NOON) for i in range(50)]
        )
    with pytest.raises(TooManyTriesError):
        curators.sign_in(staffed, "anna", PASSWORD, NOON + 1.9)
    assert curators.sign_in(staffed, "anna", PASSWORD, NOON + 2).name == "anna"


def test_failures_are_forgotten(staffed: Library) -> None:
    for _ in range(5):
        fail(staffed, "anna", NOON)
    with pytest.raises(TooManyTriesError):
        curators.sign_in(staffed, "anna", PASSWORD, NOON)
    for _ in range(5):
        fail(staffed, "anna", NOON + 901)


def test_tries_at_the_same_moment_count_as_those_one_after_the_other(staffed: Library) -> None:
    came_to: list[str] = []

    def attempt() -> None:
        try:
            curators.sign_in(staffed, "anna", "not the password", NOON)
        except (WrongPasswordError, TooManyTriesError) as error:
            came_to.append(type(error).__name__)

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert came_to.count("WrongPasswordError") == 5
    assert came_to.count("TooManyTriesError") == 7


def test_a_curator_added_again_revives_no_session(staffed: Library) -> None:
    before = curators.sign_in(staffed, "anna", PASSWORD)
    curators.sign_out_everywhere(staffed, "anna")
    after = curators.named(staffed, "anna")
    assert after is not None
    assert after.sessions == before.sessions + 1
    assert before.sessions > NOON / 2  # a second, not a count that begins anew


def test_a_key_is_known_by_its_digest_alone(staffed: Library) -> None:
    key = curators.make_key(staffed, "ANNA", "harvest", "test")
    with staffed.catalog() as catalog:
        assert key not in str(catalog.connection.execute("SELECT * FROM keys").fetchall())
    found = curators.of_key(staffed, key)
    assert found is not None
    assert found.name == "anna"
    assert curators.of_key(staffed, key + "x") is None
    with pytest.raises(CuratorError, match="already"):
        curators.make_key(staffed, "anna", "harvest", "test")
    curators.remove_key(staffed, "anna", "harvest", "test")
    assert curators.of_key(staffed, key) is None
    with pytest.raises(CuratorError, match="no key"):
        curators.remove_key(staffed, "anna", "harvest", "test")


def test_keys_go_with_their_curator(staffed: Library) -> None:
    key = curators.make_key(staffed, "anna", "harvest", "test")
    curators.remove(staffed, "anna", "test")
    assert curators.of_key(staffed, key) is None
    with pytest.raises(CuratorError, match="no curator"):
        curators.make_key(staffed, "anna", "harvest", "test")


def test_what_was_done_is_in_the_log(staffed: Library) -> None:
    curators.sign_in(staffed, "anna", PASSWORD)
    curators.make_key(staffed, "anna", "harvest", "root")
    with staffed.catalog() as catalog:
        rows = catalog.connection.execute("SELECT who, action, subject, detail FROM audit")
        assert rows.fetchall() == [
            ("test", "curator-add", "anna", ""),
            ("anna", "sign-in", "anna", ""),
            ("root", "key-add", "anna", "harvest"),
        ]
