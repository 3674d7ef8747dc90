"""What tells who people are is closed at rest, and keys can be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from flask import Flask
from sqlalchemy import text

from campaign_app.db import db
from campaign_app.people.models import Person
from campaign_app.sealing import Vault
from tests.conftest import store

SECRET = "only for tests"


def test_safety_rule_3_a_person_is_unreadable_in_the_database_and_readable_through_the_model(app: Flask) -> None:
    person = Person(name="김민지", email="Minji@example.org", letter_address={"city": "Seoul"})
    store(app, person)
    with app.app_context():
        row = db.session.execute(text("SELECT * FROM person")).mappings().one()
        assert not any(secret in str(dict(row)) for secret in ("김민지", "inji", "Seoul"))
        found = db.session.get_one(Person, person.id)
        assert (found.name, found.email, found.letter_address) == ("김민지", "Minji@example.org", {"city": "Seoul"})


def test_the_index_of_an_email_follows_it_and_ignores_case(app: Flask) -> None:
    one, other = Person(name="A", email="a@example.org"), Person(name="B", email="A@EXAMPLE.org")
    store(app, one, other)
    assert one.email_index == other.email_index != ""
    with app.app_context():
        db.session.get_one(Person, one.id).email = ""
        db.session.commit()
        assert db.session.get_one(Person, one.id).email_index == ""


def test_a_vault_makes_a_key_that_its_owner_alone_can_read(tmp_path: Path) -> None:
    Vault(tmp_path / "keys", SECRET).seal(b"a")
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o600


def test_another_process_finds_a_key_that_was_added(tmp_path: Path) -> None:
    mine, theirs = Vault(tmp_path / "keys", SECRET), Vault(tmp_path / "keys", SECRET)
    old = mine.seal(b"said before")
    theirs.add_key()
    assert theirs.open(mine.seal(b"said after")) == b"said after"
    assert theirs.open(old) == b"said before"


def test_renewed_values_outlive_the_key_that_sealed_them(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "keys", SECRET)
    old = vault.seal(b"said")
    vault.add_key()
    new = vault.renew(old)
    vault.add_key()
    assert vault.open(new) == b"said"
    with pytest.raises(InvalidToken):
        vault.open(old)


def test_an_index_depends_on_secret_and_purpose(tmp_path: Path) -> None:
    vault, other = Vault(tmp_path / "keys", SECRET), Vault(tmp_path / "keys", "another")
    assert len({vault.index("email", "a"), vault.index("phone", "a"), other.index("email", "a")}) == 3
