"""ZIP archives of files that are compressed already."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from campaign_app.documents import archive
from campaign_app.documents.archive import Archive, Compressor, Growing, Segment, TooLarge

FILES = {"a.txt": b"a" * 1000, "folder/b.bin": bytes(range(256)), "편지 1.docx": "편지".encode() * 50, "empty": b""}


def segments() -> list[Segment]:
    (one, *others) = FILES.items()
    return [archive.segment([archive.deflated(*one)]), archive.segment(archive.stored(*other) for other in others)]


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def written(parts: list[Segment]) -> bytes:
    stream = io.BytesIO()
    whole = Archive(stream)
    for part in parts:
        whole.add(part)
    whole.close()
    return stream.getvalue()


def test_an_archive_holds_what_was_put_in() -> None:
    assert unpacked(archive.archive(segments())) == FILES


def test_an_archive_that_is_written_bit_by_bit_is_the_same() -> None:
    assert written(segments()) == archive.archive(segments())


def test_a_segment_names_its_files() -> None:
    assert [name for part in segments() for name in archive.names(part)] == list(FILES)


def test_it_says_neither_when_nor_on_which_system_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(archive.archive(segments()))) as opened:
        assert {(entry.date_time, entry.create_system, entry.extra) for entry in opened.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 0, b"")
        }


def test_a_file_grows_by_stretches_that_were_compressed_apart() -> None:
    data, stream = io.BytesIO(), io.BytesIO()
    growing, compressor = Growing(data), Compressor()
    growing.add(archive.stretch(b"one "))
    for word in (b"two ", b"three "):
        compressor.add(word)
    growing.add(compressor.stretch())
    growing.add(archive.stretch(b""))
    whole = Archive(stream)
    whole.add(segments()[0])
    whole.add_file(*growing.end("counted.txt"), [data.getvalue()])
    whole.close()
    assert unpacked(stream.getvalue()) == {"a.txt": FILES["a.txt"], "counted.txt": b"one two three "}


@pytest.mark.parametrize("count", [65_533, 65_535])
def test_more_files_than_two_bytes_can_count_are_found(tmp_path: Path, count: int) -> None:
    part = archive.segment(archive.stored(str(number), b"") for number in range(count))
    path = tmp_path / "many.zip"
    path.write_bytes(written([segments()[0], part]))
    with zipfile.ZipFile(path) as opened:
        assert len(opened.namelist()) == count + 1
        assert opened.read("a.txt") == FILES["a.txt"]


def test_an_archive_of_four_gigabytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_MOST_BYTES", 1000)
    with pytest.raises(TooLarge):
        written(segments() * 3)
