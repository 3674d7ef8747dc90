"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from campaign_app import durable

LATER = datetime.now(UTC) + timedelta(hours=2)


def test_a_written_file_is_there_under_its_name_alone(tmp_path: Path) -> None:
    durable.write(b"words", tmp_path / "files" / "jobs" / "letter")
    assert [file.relative_to(tmp_path) for file in tmp_path.rglob("*") if file.is_file()] == [Path("files/jobs/letter")]
    assert (tmp_path / "files" / "jobs" / "letter").read_bytes() == b"words"


def test_while_it_is_written_nobody_finds_it(tmp_path: Path) -> None:
    with durable.whole(tmp_path / "letter") as stream:
        stream.write(b"wo")
        assert not (tmp_path / "letter").exists()
        stream.write(b"rds")
    assert (tmp_path / "letter").read_bytes() == b"words"


def test_it_has_its_name_once_it_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder's entry follows the file's content, and both are synchronized."""
    seen: list[tuple[str, bool]] = []
    sync = os.fsync

    def watched(descriptor: int) -> None:
        seen.append((Path(f"/proc/self/fd/{descriptor}").readlink().name, (tmp_path / "letter").exists()))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    durable.write(b"words", tmp_path / "letter")
    assert seen == [("letter.new", False), (tmp_path.name, True)]


def test_safety_26_a_full_disk_leaves_nothing_and_is_said_to_be_full(tmp_path: Path) -> None:
    def write() -> None:
        with durable.whole(tmp_path / "letter") as stream, Path("/dev/full").open("wb", buffering=0) as full:
            stream.write(b"words")
            full.write(b"words")

    with pytest.raises(OSError, match="No space left") as raised:
        write()
    assert raised.value.errno == errno.ENOSPC
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_file_stays_as_it_was_where_the_new_one_fails(tmp_path: Path) -> None:
    durable.write(b"before", tmp_path / "letter")

    def write() -> None:
        with durable.whole(tmp_path / "letter") as stream:
            stream.write(b"aft")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert (tmp_path / "letter").read_bytes() == b"before"


def test_a_sweep_takes_what_is_old_and_unknown(tmp_path: Path) -> None:
    for name in ("known", "unknown", "letter.new"):
        (tmp_path / name).touch()
    (tmp_path / "folder").mkdir()
    assert durable.sweep(tmp_path, {"known"}, durable.age_limit(LATER)) == 2
    assert {file.name for file in tmp_path.iterdir()} == {"known", "folder"}


def test_a_sweep_leaves_what_may_be_recorded_in_a_moment(tmp_path: Path) -> None:
    (tmp_path / "young").touch()
    assert durable.sweep(tmp_path, set(), durable.age_limit(datetime.now(UTC))) == 0
    assert (tmp_path / "young").exists()


def test_a_folder_that_is_not_there_has_nothing_to_sweep(tmp_path: Path) -> None:
    assert durable.sweep(tmp_path / "nowhere", set(), LATER) == 0
