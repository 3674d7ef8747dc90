"""A backup under load, restored, is clean; one that is wrong is refused, and nothing is touched."""

from __future__ import annotations

import io
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign_app import create_app, invariants
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.letters.models import LetterRecord
from campaign_app.people.models import Person
from campaign_app.stored_files import room
from campaign_app.stored_files.models import StoredFile
from campaign_app.upkeep import archive, backup, presence
from tests.conftest import SETTINGS, store
from tests.databases import Server, on_both_databases
from tests.privacy.people import person, raw_bytes, stored_person
from tests.upkeep.conftest import PASSPHRASE, Call, letter

CHEAP_SCRYPT = {"n": 2**10, "r": 8, "p": 1}


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "SCRYPT", CHEAP_SCRYPT)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "letters.backup"


def opened(instance: Path) -> Flask:
    """The application on the restored instance."""
    return create_app(instance, **SETTINGS)


def content(instance: Path) -> dict[str, bytes]:
    """The files of an instance without the write-ahead log, which comes and goes with connections."""
    found = raw_bytes(instance)
    return {name: found[name] for name in found if not name.endswith(("-wal", "-shm", presence.FILE))}


def restored_beside(instance: Path) -> list[str]:
    return sorted(path.name for path in instance.parent.iterdir() if path.name.startswith(f"{instance.name}."))


class TestRoundTrip:
    @on_both_databases
    def test_everything_comes_back_into_an_empty_instance(
        self, app: Flask, full: Person, call: Call, file: Path, instance: Path
    ) -> None:
        assert call("backup", str(file)).exit_code == 0
        _close(app)
        shutil.rmtree(instance)
        result = call("restore", str(file))
        assert result.exit_code == 0, result.output
        with opened(instance).app_context():
            found = db.session.get_one(Person, full.id)
            assert (found.name, found.email_index) == (full.name, full.email_index)
            assert b"".join(room.read(db.session.scalars(select(StoredFile)).one())) == b"a scan with a name"
            assert len(db.session.scalars(select(LetterRecord)).all()) == 2
            assert list(invariants.broken()) == []
            _done()
        assert call("check").exit_code == 0

    @pytest.mark.usefixtures("full")
    def test_nothing_of_it_can_be_read_without_the_passphrase(self, call: Call, file: Path) -> None:
        call("backup", str(file))
        whole = file.read_bytes()
        assert not any(word in whole for word in (b"person", b"Canary", b"letter", b"gAAAA", PASSPHRASE.encode()))

    @pytest.mark.usefixtures("full")
    def test_an_existing_instance_is_replaced_when_one_agrees_and_kept_beside_it(
        self, app: Flask, call: Call, file: Path, instance: Path, group: Group
    ) -> None:
        call("backup", str(file))
        stored_person(app, "Came later", group)
        _close(app)
        before = content(instance)
        assert call("restore", str(file), typed="n\n").exit_code == 1
        assert content(instance) == before
        assert call("restore", str(file), typed="y\n").exit_code == 0
        [old] = restored_beside(instance)
        assert content(instance.with_name(old)) == before
        with opened(instance).app_context():
            assert len(db.session.scalars(select(Person)).all()) == 1
            _done()

    @pytest.mark.usefixtures("full")
    def test_safety_24_ids_go_on_where_they_were(
        self, app: Flask, call: Call, file: Path, instance: Path, group: Group
    ) -> None:
        last = stored_person(app, "Deleted before the backup", group)
        with app.app_context():
            db.session.delete(db.session.get_one(Person, last.id))
            db.session.commit()
        call("backup", str(file))
        _close(app)
        call("restore", str(file), "--yes")
        with opened(instance).app_context():
            db.session.add(new := Person(name="Came later"))
            db.session.commit()
            assert new.id > last.id
            _done()


class TestMovingOn:
    @pytest.mark.usefixtures("full")
    def test_a_section_that_outgrows_sqlite_goes_on_on_postgresql(
        self, call: Call, file: Path, instance: Path, postgresql: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        call("backup", str(file))
        name = postgresql.new()
        monkeypatch.setenv("CAMPAIGN_APP_DATABASE_URL", postgresql.url(name))
        result = call("restore", str(file), "--yes")
        assert result.exit_code == 0, result.output
        assert call("check").exit_code == 0
        with opened(instance).app_context():
            assert db.engine.dialect.name == "postgresql"
            assert [person.name for person in db.session.scalars(select(Person))] == ["Canary Nightingale"]
            db.session.add(new := Person(name="Came later"))
            db.session.commit()
            assert new.id == 2
            _done()
        postgresql.drop(name)


class TestUnderLoad:
    @on_both_databases
    def test_safety_27_a_backup_under_load_is_clean_and_holds_what_was_acknowledged_before(
        self, app: Flask, campaign: Campaign, group: Group, call: Call, file: Path, instance: Path
    ) -> None:
        acknowledged: list[int] = []
        with _writing(app, campaign, group, acknowledged):
            while len(acknowledged) < 5:
                pass
            before = len(acknowledged)
            with app.app_context():
                backup.write(file, PASSPHRASE)
            assert len(acknowledged) > before
        _close(app)
        assert call("restore", str(file), "--yes").exit_code == 0
        with opened(instance).app_context():
            found = set(db.session.scalars(select(LetterRecord.id)))
            assert found >= set(acknowledged[:before])
            assert list(invariants.broken()) == []
            _done()

    def test_a_file_that_is_deleted_meanwhile_is_in_it(self, app: Flask, full: Person, file: Path) -> None:  # noqa: ARG002
        with app.app_context(), archive.writing(io.BytesIO(), PASSPHRASE) as members:
            with backup._moment() as connection, backup._files_of_now() as files:
                room.file_of(StoredFile(name=files[0][0].split("/")[1])).unlink()
                backup._add_rows(members, connection)
                for name, linked in files:
                    members.add_file(name, linked)
            assert len(files) == 1
            assert list(Path(app.instance_path).glob(f"{backup.ASIDE}*")) == []


class TestRefusal:
    @pytest.fixture
    def made(self, app: Flask, full: Person, call: Call, file: Path) -> Path:  # noqa: ARG002
        call("backup", str(file))
        _close(app)
        return file

    def refused(self, call: Call, instance: Path, file: Path) -> str:
        """What the refusal says; nothing may have changed."""
        before = content(instance)
        result = call("restore", str(file), "--yes")
        assert result.exit_code == 1, result.output
        assert content(instance) == before
        assert restored_beside(instance) == []
        return result.stderr

    def test_a_wrong_passphrase(self, call: Call, instance: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CAMPAIGN_APP_PASSPHRASE", "another one")
        assert "passphrase does not belong" in self.refused(call, instance, made)

    @pytest.mark.parametrize("share", [0.0, 0.001, 0.1, 0.5, 0.99, 0.9999])
    def test_a_file_that_is_cut_off(self, call: Call, instance: Path, made: Path, share: float) -> None:
        whole = made.read_bytes()
        made.write_bytes(whole[: int(len(whole) * share)])
        assert "Nothing was changed." in self.refused(call, instance, made)

    @pytest.mark.parametrize("share", [0.0, 0.0005, 0.001, 0.1, 0.5, 0.9999])
    def test_a_bit_that_is_flipped(self, call: Call, instance: Path, made: Path, share: float) -> None:
        whole = bytearray(made.read_bytes())
        whole[int(len(whole) * share)] ^= 1
        made.write_bytes(whole)
        assert "Nothing was changed." in self.refused(call, instance, made)

    def test_something_else(self, call: Call, instance: Path, made: Path) -> None:
        made.write_bytes(b"%PDF-1.7")
        assert "is no backup" in self.refused(call, instance, made)

    def test_a_header_that_asks_for_all_memory(self, call: Call, instance: Path, made: Path) -> None:
        header = {"salt": "00", "mark": "", "n": 2**40, "r": 8, "p": 1}
        made.write_bytes(archive.MAGIC + json.dumps(header).encode() + b"\n")
        assert "is no backup" in self.refused(call, instance, made)

    def test_a_backup_of_a_newer_version(self, call: Call, instance: Path, made: Path) -> None:
        with made.open("wb") as sink, archive.writing(sink, PASSPHRASE) as members:
            members.add("manifest.json", json.dumps({"revision": "9999"}).encode())
            members.add("secret_key", b"x")
        assert "newer version" in self.refused(call, instance, made)

    @pytest.mark.parametrize(
        "name", ["../evil", "/etc/evil", "files/../../evil", "campaigns.sqlite/x", "files/evil.sh"]
    )
    def test_a_backup_with_names_that_lead_away(self, call: Call, instance: Path, made: Path, name: str) -> None:
        with made.open("wb") as sink, archive.writing(sink, PASSPHRASE) as members:
            members.add(name, b"evil")
        assert "no backup holds" in self.refused(call, instance, made)

    def test_rows_that_are_not_sound(self, call: Call, instance: Path, made: Path) -> None:
        with made.open("rb") as source:
            found = [(name, stream.read()) for name, stream in archive.members(source, PASSPHRASE)]
        with made.open("wb") as sink, archive.writing(sink, PASSPHRASE) as members:
            for name, part in found:
                if not name.startswith("sealed/"):
                    members.add(name, part)
        assert "stored file 1 has no document" in self.refused(call, instance, made)

    def test_another_secret_key(self, call: Call, instance: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CAMPAIGN_APP_SECRET_KEY", "a key that is long enough, and another one")
        assert "is not the backup's" in self.refused(call, instance, made)

    def test_a_site_that_runs(self, call: Call, instance: Path, made: Path) -> None:
        with presence.present(instance):
            assert "Stop it first" in self.refused(call, instance, made)

    def test_a_backup_over_another_and_a_short_passphrase(
        self, call: Call, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert "there already" in call("backup", str(made)).stderr
        monkeypatch.setenv("CAMPAIGN_APP_PASSPHRASE", "short")
        assert "at least 12" in call("backup", str(tmp_path / "new")).stderr
        assert not (tmp_path / "new").exists()


class TestPassphrase:
    @pytest.mark.usefixtures("full")
    def test_is_read_from_a_file_or_asked_for(
        self, app: Flask, call: Call, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("CAMPAIGN_APP_PASSPHRASE")
        assert call("backup", str(file), typed=f"{PASSPHRASE}\n{PASSPHRASE}\n").exit_code == 0
        (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n")
        _close(app)
        result = call("restore", str(file), "--yes", "--passphrase-file", str(tmp_path / "passphrase"))
        assert result.exit_code == 0, result.output


class TestErasure:
    @on_both_databases
    def test_whoever_asked_to_be_deleted_is_deleted_from_an_older_backup_again(
        self, app: Flask, full: Person, staff: FlaskClient, call: Call, file: Path, instance: Path
    ) -> None:
        call("backup", str(file))
        staff.post(f"/desk/people/{full.id}/erase", data={"word": "delete"})
        _close(app)
        result = call("restore", str(file), "--yes")
        assert "Deleted again, as they had asked: 1." in result.stdout
        with opened(instance).app_context():
            assert db.session.get(Person, full.id) is None
            _done()

    def test_even_where_the_instance_is_lost_if_its_list_was_kept(
        self, app: Flask, full: Person, staff: FlaskClient, call: Call, file: Path, instance: Path, tmp_path: Path
    ) -> None:
        call("backup", str(file))
        staff.post(f"/desk/people/{full.id}/erase", data={"word": "delete"})
        _close(app)
        shutil.move(instance / "erasures", tmp_path / "erasures")
        shutil.rmtree(instance)
        result = call("restore", str(file), "--erasures", str(tmp_path / "erasures"))
        assert "Deleted again, as they had asked: 1." in result.stdout


def _close(app: Flask) -> None:
    with app.app_context():
        _done()


def _done() -> None:
    """Leave no connection open."""
    db.session.remove()
    db.engine.dispose()


class _writing:  # noqa: N801 - reads as a verb
    """People and letters are stored by three threads meanwhile."""

    def __init__(self, app: Flask, campaign: Campaign, group: Group, acknowledged: list[int]) -> None:
        self._over = threading.Event()
        self._numbers: Iterator[int] = iter(range(1, 1_000_000))
        self._arguments = (app, campaign, group, acknowledged)
        self._threads = [threading.Thread(target=self._write) for _ in range(3)]

    def __enter__(self) -> None:
        for thread in self._threads:
            thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _write(self) -> None:
        app, campaign, group, acknowledged = self._arguments
        while not self._over.is_set():
            new = letter(campaign, next(self._numbers))
            store(app, new, person(f"Person {new.reference}", group))
            with app.app_context():
                with room.adding("reply scans", group_id=group.id) as scan:
                    scan.write(b"a scan")
                db.session.commit()
            acknowledged.append(new.id)
