"""The life of an instance at random: letters are made, posted, people come, are erased, keys rotate, backups return.

After each step everything that must hold is checked, and what was acknowledged is compared with what is there.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from campaign_app import create_app, invariants
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.people.models import Person
from campaign_app.privacy import audit, erasing, forgetting
from campaign_app.stored_files import room
from campaign_app.stored_files.models import StoredFile
from campaign_app.tracking import marking
from campaign_app.tracking.models import How
from campaign_app.upkeep import archive, backup, restore, rotation
from tests.conftest import SETTINGS
from tests.upkeep.conftest import PASSPHRASE, letter

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


class Life(RuleBasedStateMachine):
    """What is expected: people by id and name, the letters made, those erased, and the same at each backup."""

    template: Path  # an instance with a campaign, to be copied

    backups = Bundle("backups")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.instance = self.folder / "instance"
        shutil.copytree(self.template, self.instance)
        self.app = self.opened()
        self.people: dict[int, str] = {}
        self.erased: set[tuple[int, str]] = set()
        self.letters: set[str] = set()
        self.count = 0

    def opened(self) -> Flask:
        return create_app(self.instance, **SETTINGS)

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.close()
            shutil.rmtree(self.folder)

    def close(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    @rule(name=NAMES)
    def add_a_person(self, name: str) -> None:
        with self.app.app_context():
            db.session.add(person := Person(name=name))
            audit.record("add", person)
            db.session.commit()
            self.people[person.id] = name

    @rule()
    def make_a_letter(self) -> None:
        self.count += 1
        with self.app.app_context():
            campaign = db.session.scalars(select(Campaign)).one()
            db.session.add(new := letter(campaign, self.count))
            db.session.commit()
            self.letters.add(new.reference)

    @rule()
    def post_a_letter(self) -> None:
        with self.app.app_context():
            made = select(LetterRecord.id).where(LetterRecord.status == LetterStatus.MADE).limit(1)
            which = [LetterRecord.id == db.session.scalar(made)]
            marking.mark(which, LetterStatus.MADE, LetterStatus.POSTED, How.SHELL, date.today())
            db.session.commit()

    @rule(content=st.binary(max_size=100))
    def store_a_file(self, content: bytes) -> None:
        with self.app.app_context():
            with room.adding("reply scans") as new:
                new.write(content)
            db.session.commit()
            assert b"".join(room.read(new.row)) == content

    @rule(data=st.data())
    def erase_a_person(self, data: st.DataObject) -> None:
        if self.people:
            number = data.draw(st.sampled_from(sorted(self.people)))
            with self.app.app_context():
                person = db.session.get_one(Person, number)
                audit.record("erase", person)
                erasing.erase(person)
            self.erased.add((number, self.people.pop(number)))

    @rule()
    def rotate_the_keys(self) -> None:
        with self.app.app_context():
            rotation.rotate()

    @rule()
    def forget(self) -> None:
        with self.app.app_context():
            forgetting.forget(date.today())

    @rule(target=backups)
    def back_up(self) -> tuple[Path, dict[int, str], set[str]]:
        self.count += 1
        file = self.folder / f"{self.count}.backup"
        with self.app.app_context():
            backup.write(file, PASSPHRASE)
        return file, dict(self.people), set(self.letters)

    @rule(kept=consumes(backups))
    def restore_it(self, kept: tuple[Path, dict[int, str], set[str]]) -> None:
        file, people, self.letters = kept
        self.close()
        restored = restore.restore(file, PASSPHRASE, self.instance)
        assert restored.old
        shutil.rmtree(restored.old)
        self.app = self.opened()
        self.people = dict(people.items() - self.erased)

    @invariant()
    def everything_holds(self) -> None:
        if not hasattr(self, "app"):
            return
        with self.app.app_context():
            assert list(invariants.broken()) == []
            assert {person.id: person.name for person in db.session.scalars(select(Person))} == self.people
            assert set(db.session.scalars(select(LetterRecord.reference))) == self.letters
            files = db.session.scalar(select(func.count(StoredFile.id)))
            assert len(list(room.folder().glob("*")) if room.folder().exists() else []) == files


@pytest.mark.usefixtures("campaign")
def test_whatever_happens_in_whatever_order_everything_holds(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "SCRYPT", {"n": 2**10, "r": 8, "p": 1})
    monkeypatch.setenv("CAMPAIGN_APP_SECRET_KEY", SETTINGS["SECRET_KEY"])
    with app.app_context():
        db.session.remove()
        db.engine.dispose()

    class Here(Life):
        template = Path(app.instance_path)

    budget: Any = {"max_examples": 6, "stateful_step_count": 12, "deadline": None}
    quiet = settings(**budget, suppress_health_check=list(HealthCheck), print_blob=False)
    run_state_machine_as_test(Here, settings=quiet)
