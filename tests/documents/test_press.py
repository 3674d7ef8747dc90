from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from letters import LETTERS
from pages import Page, opened

from campaign_app.documents import letter_docx, letter_pdf, run_docx, run_pdf
from campaign_app.documents.chunk import Failed
from campaign_app.documents.paper import DIN_5008_B, Layout
from campaign_app.documents.press import Fault, Press, TimedOut
from campaign_app.documents.unfit import OutsideWindow, TooLong, Unprintable
from campaign_app.letters.letter import Letter

ENGLISH, KOREAN = LETTERS["en"], LETTERS["ko"]
LAYOUT = Layout(window=DIN_5008_B)


@pytest.fixture(scope="module", params=[0, 1], ids=["in this process", "in one of its own"])
def press(request: pytest.FixtureRequest) -> Iterator[Press]:
    press = Press(request.param)
    yield press
    press.close()


def test_a_press_prints_what_the_writer_writes(press: Press) -> None:
    assert press.pdf(ENGLISH, LAYOUT) == letter_pdf.write(ENGLISH, LAYOUT)


def test_letters_come_in_the_order_in_which_they_were_given(press: Press) -> None:
    letters = [replace(ENGLISH, name=name) for name in ("Mina", "Juno", "Aram")]
    pdfs = press.pdfs((letter, LAYOUT) for letter in letters)
    assert [letter.name in Page(pdf).text for letter, pdf in zip(letters, pdfs, strict=True)] == [True] * 3


def test_a_letter_is_laid_out_once_in_an_hour(press: Press) -> None:
    letter = replace(ENGLISH, name="Once")
    first = press.pdf(letter, LAYOUT)
    assert press._finished.get(letter, LAYOUT)
    assert press.submit_pdf(letter, LAYOUT).done()
    assert press.pdf(letter, LAYOUT) == first


@pytest.mark.parametrize(
    ("letter", "unfit"),
    [
        (replace(ENGLISH, body=ENGLISH.body * 3), TooLong(2)),
        (replace(ENGLISH, name="😀"), Unprintable("name", ["😀"])),
        (replace(ENGLISH, addressee=("LINE",) * 40), OutsideWindow("addressee")),
    ],
)
def test_what_is_wrong_with_a_letter_reaches_who_asked_for_it(press: Press, letter: object, unfit: Exception) -> None:
    for _ in ("laid out", "kept"):
        with pytest.raises(type(unfit)) as raised:
            press.pdf(letter, LAYOUT)  # type: ignore[arg-type]
        assert raised.value.args == unfit.args


def test_a_preview_shows_a_letter_that_cannot_be_printed_yet(press: Press) -> None:
    for _ in ("laid out", "kept"):
        preview = press.preview(replace(ENGLISH, name="😀", body=ENGLISH.body * 3), LAYOUT)
        assert preview.pages == len(preview.pngs) == 2
        assert preview.unprintable == {"name": ["😀"]}
        assert all(png.startswith(b"\x89PNG") for png in preview.pngs)


def test_previews_come_in_order(press: Press) -> None:
    one, two = press.previews([(ENGLISH, LAYOUT), (replace(ENGLISH, body=ENGLISH.body * 3), LAYOUT)])
    assert (one.pages, two.pages) == (1, 2)


def test_all_letters_can_be_printed_in_one_go(press: Press) -> None:
    with opened(press.combined([ENGLISH, KOREAN], LAYOUT)) as pdf:
        assert len(pdf.pages) == 2
        assert "/StructParents" not in pdf.pages[0]


def test_a_run_comes_in_chunks_in_the_order_of_its_letters(press: Press) -> None:
    letters = [replace(ENGLISH, name=f"Member {number}") for number in range(7)]
    letters[3] = replace(ENGLISH, name="😀")
    chunks = list(press.chunks(iter(letters), LAYOUT, size=2))
    assert [len(chunk.pages) for chunk in chunks] == [2, 2, 2, 1]
    stream = io.BytesIO()
    assert run_pdf.assemble(chunks, stream, title="Run") == 6
    for number, name in enumerate(letter.name for letter in letters if letter.name != "😀"):
        assert name in Page(stream.getvalue(), number).text
    assert [type(page) for page in chunks[1].pages] == [tuple, Unprintable]


def test_a_run_takes_letters_only_as_it_sets_them(press: Press) -> None:
    taken = 0

    def letters() -> Iterator[Letter]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield replace(ENGLISH, name=f"Member {number}")

    chunks = press.chunks(letters(), LAYOUT, size=2)
    next(chunks)
    assert taken < 20
    chunks.close()


def test_letters_can_be_taken_as_documents(press: Press) -> None:
    document = docx.Document(io.BytesIO(press.docx(ENGLISH, LAYOUT)))
    assert ENGLISH.subject in [paragraph.text for paragraph in document.paragraphs]


def test_all_documents_can_be_taken_at_once(press: Press) -> None:
    with zipfile.ZipFile(io.BytesIO(press.zip([("a.docx", ENGLISH), ("b.docx", KOREAN)], LAYOUT))) as archive:
        assert archive.namelist() == ["a.docx", "b.docx"]
        assert docx.Document(archive.open("b.docx")).core_properties.title == KOREAN.subject


def test_parts_of_a_run_are_made_in_its_processes(press: Press) -> None:
    jobs = [(ENGLISH, LAYOUT), (replace(KOREAN, name="\0"), LAYOUT), (KOREAN, LAYOUT)]
    named = [(f"{place}.docx", *job) for place, job in enumerate(jobs)]
    assert press.submit_docx_part(5, jobs).result() == run_docx.part(5, jobs)
    part, refused = press.submit_docx_zip_part(5, named).result()
    assert (part, list(refused)) == (letter_docx.write_part(5, named)[0], [6])


def test_many_threads_may_ask_at_once(press: Press) -> None:
    letters = [replace(ENGLISH, name=f"Member {number}") for number in range(6)]
    with ThreadPoolExecutor(6) as members:
        pdfs = list(members.map(lambda letter: press.pdf(letter, LAYOUT), letters))
    assert [letter.name in Page(pdf).text for letter, pdf in zip(letters, pdfs, strict=True)] == [True] * 6


def test_a_letter_that_takes_too_long_is_named_in_its_chunk() -> None:
    press = Press(1, time_limit=0.0001)
    (chunk,) = press.chunks([ENGLISH, KOREAN], LAYOUT)
    assert [(type(page), page.args) for page in chunk.pages] == 2 * [(Failed, ("TimedOut",))]  # type: ignore[union-attr]
    press.close()


def test_an_error_of_ours_arrives_with_its_traceback() -> None:
    press = Press(1)
    with pytest.raises(Fault, match="AttributeError"):
        press.pdf(replace(ENGLISH, body=(None,)), LAYOUT)  # type: ignore[arg-type]
    press.close()


def test_a_process_that_dies_is_replaced_and_its_letter_printed() -> None:
    press = Press(1)
    press.pdf(ENGLISH, LAYOUT)
    worker = press._idle.get()
    os.kill(worker._process.pid, signal.SIGKILL)  # type: ignore[union-attr]
    press._idle.put(worker)
    assert press.pdf(KOREAN, LAYOUT) == letter_pdf.write(KOREAN, LAYOUT)
    press.close()


def test_a_letter_that_takes_too_long_is_given_up_and_the_next_one_printed() -> None:
    press = Press(1, time_limit=0.001)
    with pytest.raises(TimedOut):
        press.pdf(ENGLISH, LAYOUT)
    worker = press._idle.get()
    worker._time_limit = 60  # type: ignore[union-attr]
    press._idle.put(worker)
    assert press.pdf(ENGLISH, LAYOUT)
    press.close()


def test_pages_are_served_without_what_sets_type() -> None:
    program = "import sys; from campaign_app.documents import press, fonts; print('weasyprint' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "False\n"
    )


WAITING = """
import signal, sys, time
from campaign_app.documents.paper import Layout
from campaign_app.documents.press import Press
from campaign_app.letters.letter import Letter

signal.signal(signal.SIGINT, signal.default_int_handler)  # also where the tests run in a shell's background
press = Press(2)
press.pdf(Letter.from_json(sys.stdin.readline()), Layout())
print(press._folder, flush=True)
time.sleep(60)
"""


@contextmanager
def waiting_press() -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A program in a process group of its own whose press has printed a letter, and the folder of that press."""
    with subprocess.Popen(
        [sys.executable, "-c", WAITING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True, text=True,
    ) as running:  # fmt: skip
        print(ENGLISH.to_json(), file=running.stdin, flush=True)
        assert running.stdout
        yield running, Path(running.stdout.readline().strip())
        running.kill()


def test_ctrl_c_ends_a_press_without_a_word_from_its_processes() -> None:
    with waiting_press() as (running, folder):
        assert folder.is_dir()
        os.killpg(running.pid, signal.SIGINT)
        assert running.stderr
        assert running.stderr.read().count("Traceback") == 1  # that of the program itself
        assert not folder.exists()


def test_processes_end_with_a_press_that_is_killed() -> None:
    with waiting_press() as (running, folder):
        running.kill()
        running.wait()
        deadline = time.monotonic() + 30
        while _is_alive(running.pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not _is_alive(running.pid)
        assert not folder.exists()


def _is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
