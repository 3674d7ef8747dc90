"""The data key is changed while the site runs, and an interruption loses nothing."""

from __future__ import annotations

import threading

import pytest
from cryptography.fernet import Fernet
from flask import Flask

from campaign_app import sealing
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.people.models import Person
from campaign_app.stored_files import room
from campaign_app.stored_files.models import StoredFile
from campaign_app.upkeep import rotation
from tests.databases import on_both_databases
from tests.upkeep.conftest import Call

pytestmark = pytest.mark.usefixtures("full")


def opens_with_newest_alone() -> bool:
    newest = Fernet(sealing.vault().keys()[0])
    return all(newest.decrypt(value.sealed.encode()) for value in sealing.sealed_values())


@on_both_databases
def test_everything_is_sealed_with_the_new_key_and_reads_as_before(app: Flask, call: Call) -> None:
    result = call("keys", "rotate")
    assert "Sealed with a new key: 4 values, 1 of them the keys of stored files." in result.stdout
    with app.app_context():
        assert len(sealing.vault().keys()) == 2
        assert opens_with_newest_alone()
        assert db.session.query(Person).one().name == "Canary Nightingale"
        assert b"".join(room.read(db.session.query(StoredFile).one())) == b"a scan with a name"
    assert call("check").exit_code == 0


@pytest.mark.parametrize("survives", range(5))
def test_an_interrupted_rotation_is_finished_by_the_next(
    app: Flask, monkeypatch: pytest.MonkeyPatch, survives: int
) -> None:
    """It is cut off after so many values; the key before it must not be forgotten while a value needs it."""
    left = iter(range(survives))
    renew = rotation._renew

    def cut_off(*arguments: object) -> bool:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return renew(*arguments)  # type: ignore[arg-type]

    with app.app_context():
        for _ in range(3):
            monkeypatch.setattr(rotation, "_renew", cut_off)
            with pytest.raises(KeyboardInterrupt):
                rotation.rotate()
            db.session.rollback()
        monkeypatch.setattr(rotation, "_renew", renew)
        rotation.rotate()
        assert opens_with_newest_alone()
        assert db.session.query(Person).one().name == "Canary Nightingale"


def test_people_are_added_meanwhile(app: Flask, group: Group) -> None:  # noqa: ARG001
    over = threading.Event()
    added: list[str] = []

    def add() -> None:
        while not over.is_set():
            with app.app_context():
                db.session.add(Person(name=(name := f"Person {len(added)}")))
                db.session.commit()
            added.append(name)

    thread = threading.Thread(target=add)
    thread.start()
    with app.app_context():
        for _ in range(3):
            rotation.rotate()
    over.set()
    thread.join()
    with app.app_context():
        rotation.rotate()
        assert opens_with_newest_alone()
        assert {person.name for person in db.session.query(Person)} >= set(added)
