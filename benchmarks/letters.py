"""Many letters as PDF: ours beside WeasyPrint, Typst and LibreOffice, of the same people in the same run.

Each way sets letters of the same people in 14 scripts, with the fonts of our letters, on two cores. Where a way is slow
it sets fewer letters, which flatters it: it needs less memory then. Measured are letters a second, the most memory that
the process and its children held at once, and bytes a letter beyond the first hundred.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks import roster
from campaign_app.documents import fonts
from campaign_app.documents.paper import DIN_5008_A, DIN_5008_B, FRANCE, US_10, US_LETTER, Layout
from campaign_app.documents.press import NICENESS
from campaign_app.letters.letter import ItemList, Letter

CORES = 2
FIRST = 100  # letters; the file of so many holds what is shared


@dataclass(frozen=True)
class Roster:
    """So many letters, which are made up as they are taken."""

    number: int
    own_words: bool

    def __iter__(self) -> Iterator[Letter]:
        return roster.letters(self.number, own_words=self.own_words)


@dataclass(frozen=True)
class Way:
    """A way to make letters: how it sets them into a file, and how many of them it is asked for."""

    name: str
    make: Callable[[Roster, Path], None]
    most: int


@dataclass(frozen=True)
class Measured:
    letters: int
    seconds: float
    processor: float
    megabytes: float
    bytes_each: float

    @property
    def rate(self) -> float:
        return self.letters / self.seconds

    @property
    def thrift(self) -> float:
        """Letters for a second of CPU time, which hangs less on what else the machine does."""
        return self.letters / self.processor


# Ours


def ours(letters: Roster, file: Path) -> None:
    """As a print run does it: chunks as bytes, as they are stored, then one file of them."""
    from campaign_app.documents import run_pdf
    from campaign_app.documents.chunk import Chunk
    from campaign_app.documents.press import Press

    press = Press(CORES)
    press.start()
    with tempfile.TemporaryDirectory() as folder, file.open("wb") as stream:
        stored = []
        for number, chunk in enumerate(press.chunks(letters, Layout())):
            stored.append(Path(folder, str(number)))
            stored[-1].write_bytes(chunk.to_bytes())
        run_pdf.assemble((Chunk.from_bytes(path.read_bytes()) for path in stored), stream, title="Run")
    press.close()


# WeasyPrint

STYLE = """
@page { size: A4; margin: 20mm 25mm } body { font-size: 11pt; line-height: 1.4; overflow-wrap: anywhere }
p { margin: 0 0 .6em } .letter { break-after: page } .gap { height: 15mm } pre { font: inherit; white-space: pre-line }
"""


def page(letter: Letter) -> str:
    """The letter as plainly as can be in HTML."""
    lines = "<br>".join
    parts = [f"<p>{lines(map(escape, letter.sender))}</p><p>{escape(letter.place_and_date)}</p>"]
    parts += [f"<p>{lines(map(escape, letter.addressee))}</p>"]
    parts += [f"<p><b>{escape(letter.subject)}</b></p><p>{escape(letter.salutation)}</p>"]
    for block in letter.body:
        if isinstance(block, ItemList):
            items = "".join(f"<li>{escape(''.join(run.text for run in item))}</li>" for item in block.items)
            parts.append(f"<ul>{items}</ul>")
        else:
            parts.append(f"<p>{escape(block.text)}</p>")
    parts += [f"<p>{escape(letter.closing)}</p><div class=gap></div><p>{escape(letter.name)}</p>"]
    parts += [f"<p>{escape(letter.copies_label)} {lines(map(escape, letter.copies))}</p><p>{letter.reference}</p>"]
    families = ", ".join(f'"{family}"' for family in fonts.stack(letter.language))
    direction = "rtl" if letter.language in ("ar", "he", "fa", "ur") else "ltr"
    opening = f"<div class=letter lang={letter.language} dir={direction} style='font-family: {families}'>"
    return f"{opening}{''.join(parts)}</div>"


def weasyprint_alone(letter: Letter) -> bytes:
    from weasyprint import HTML

    pdf: bytes = HTML(string=f"<style>{STYLE}</style>{page(letter)}").write_pdf()
    return pdf


def weasyprint_each(letters: Roster, file: Path) -> None:
    """One call a letter, in two processes; the pages put together by pikepdf."""
    import pikepdf

    with ProcessPoolExecutor(CORES) as pool, pikepdf.new() as whole:
        for pdf in pool.map(weasyprint_alone, letters, chunksize=10):
            with pikepdf.open(io.BytesIO(pdf)) as part:
                whole.pages.extend(part.pages)
        whole.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def weasyprint_together(letters: Roster, file: Path) -> None:
    """One document of half of the letters in each of two processes."""
    half = (letters.number + 1) // 2
    halves = [list(islice(letters, half)), list(islice(letters, half, None))]
    paths = [file.with_suffix(f".{number}") for number in range(2)]
    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(_one_document, halves, paths))
    with file.open("wb") as stream:
        for path in paths:
            stream.write(path.read_bytes())


def _one_document(letters: list[Letter], file: Path) -> None:
    from weasyprint import HTML

    HTML(string=f"<style>{STYLE}</style>{''.join(map(page, letters))}").write_pdf(file)


# Typst

TYPST = """
#set page(paper: "a4", margin: (x: 25mm, y: 20mm))
#set par(leading: .7em)
#let letters = json("letters.json")
#for letter in letters {
  set text(font: letter.fonts, size: 11pt, lang: letter.language, dir: if letter.rtl { rtl } else { ltr })
  letter.sender.join(linebreak()); parbreak()
  letter.date; parbreak()
  letter.addressee.join(linebreak()); parbreak()
  strong(letter.subject); parbreak()
  letter.salutation; parbreak()
  for part in letter.body { if type(part) == array { list(..part) } else { part; parbreak() } }
  letter.closing; v(15mm)
  letter.name; parbreak()
  letter.copies; parbreak()
  letter.reference
  pagebreak(weak: true)
}
"""


def typst_together(letters: Roster, file: Path) -> None:
    """One document, which Typst sets with as many threads as there are cores."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "letters.json").write_text(json.dumps([_for_typst(letter) for letter in letters]))
        Path(folder, "letters.typ").write_text(TYPST)
        program = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=['/usr/share/fonts'])"
        subprocess.run([sys.executable, "-c", program, Path(folder, "letters.typ"), file], check=True)


def _for_typst(letter: Letter) -> dict[str, object]:
    body = [
        ["".join(run.text for run in item) for item in part.items] if isinstance(part, ItemList) else part.text
        for part in letter.body
    ]
    return {
        "sender": letter.sender, "date": letter.place_and_date, "addressee": letter.addressee,
        "subject": letter.subject, "salutation": letter.salutation, "body": body, "closing": letter.closing,
        "name": letter.name, "copies": f"{letter.copies_label} {', '.join(letter.copies)}",
        "reference": letter.reference, "language": letter.language.split("-")[0],
        "rtl": letter.language in ("ar", "he", "fa", "ur"), "fonts": fonts.stack(letter.language),
    }  # fmt: skip


# LibreOffice


def libreoffice(letters: Roster, file: Path) -> None:
    """One DOCX of all letters, converted; to write the DOCX is not counted against it."""
    with tempfile.TemporaryDirectory() as folder:
        office = shutil.which("soffice") or ""
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        command += ["--outdir", folder, str(_docx(letters))]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shutil.move(next(Path(folder).glob("*.pdf")), file)


def _docx(letters: Roster) -> Path:
    """The DOCX of these letters, kept for the next time it is asked for."""
    import docx

    path = Path(tempfile.gettempdir(), f"benchmark-{letters.number}-{letters.own_words}.docx")
    if not path.exists():
        document = docx.Document()
        document.styles["Normal"].font.name = fonts.LATIN
        for letter in letters:
            for text in _paragraphs(letter):
                document.add_paragraph(text)
            document.add_page_break()
        document.save(str(path))
    return path


def _paragraphs(letter: Letter) -> Iterator[str]:
    yield "\n".join(letter.sender)
    yield letter.place_and_date
    yield "\n".join(letter.addressee)
    yield letter.subject
    yield letter.salutation
    yield from (block.text for block in letter.body)
    yield letter.closing
    yield f"\n\n{letter.name}"
    yield f"{letter.copies_label} {', '.join(letter.copies)}"
    yield letter.reference


# Measuring


def measure(make: Callable[[Roster, Path], None], letters: Roster, folder: Path) -> Measured:
    """Runs ``make`` in a process of its own, twice: with few letters for the shared bytes, then with all.

    All are as nice as the processes of our press, so that they are even where others use the machine too.
    """
    if make is libreoffice:
        _docx(letters)
    few, _, _, _ = _run(make, replace(letters, number=FIRST), folder)
    size, seconds, processor, megabytes = _run(make, letters, folder)
    return Measured(letters.number, seconds, processor, megabytes, (size - few) / (letters.number - FIRST))


def _run(make: Callable[[Roster, Path], None], letters: Roster, folder: Path) -> tuple[int, float, float, float]:
    file = folder / "run.pdf"
    process = multiprocessing.get_context("fork").Process(target=make, args=(letters, file))
    began = time.monotonic()
    process.start()
    watch = _Watch(process.pid or 0)
    process.join()
    seconds = time.monotonic() - began
    if process.exitcode:
        raise SystemExit(f"{make.__name__} ended with {process.exitcode}.")
    megabytes, processor = watch.seen()
    return file.stat().st_size, seconds, processor, megabytes


class _Watch:
    """Looks often at a process and what it started: the most memory that they held (PSS, in MB), and their CPU time."""

    def __init__(self, pid: int) -> None:
        self._pid, self._most, self._stop = pid, 0.0, threading.Event()
        self._used: dict[int, float] = {}
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def seen(self) -> tuple[float, float]:
        self._stop.set()
        self._thread.join()
        return self._most, sum(self._used.values())

    def _look(self) -> None:
        while not self._stop.wait(0.05):
            family = list(_family(self._pid))
            self._most = max(self._most, sum(map(_megabytes, family)))
            self._used.update((pid, used) for pid in family if (used := _seconds(pid)))


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _seconds(pid: int) -> float:
    """The CPU time of a process so far."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def same(number: int) -> str:
    """Whether random letters in all layouts look and read alike alone and in a run, in words."""
    import pypdfium2
    from PIL import ImageChops

    from campaign_app.documents import chunk_setting, letter_pdf, run_pdf
    from campaign_app.documents.galley import Galley

    chance, galley = random.Random(12), Galley()
    layouts = [Layout(), Layout(window=DIN_5008_A), Layout(window=DIN_5008_B, fold_marks=True), Layout(window=FRANCE)]
    layouts += [Layout(US_LETTER, US_10), Layout(US_LETTER)]
    people = list(roster.letters(number, own_words=True))
    chance.shuffle(people)
    worst, texts, compared = 0.0, 0, 0
    for place, layout in enumerate(layouts):
        letters = people[place :: len(layouts)]
        made, stream = chunk_setting.set_chunk(letters, layout, galley), io.BytesIO()
        run_pdf.assemble([made], stream, title="Run")
        run = pypdfium2.PdfDocument(stream.getvalue())
        fit = [letter for letter, one in zip(letters, made.pages, strict=True) if not isinstance(one, Exception)]
        for together, letter in zip(run, fit, strict=True):
            alone = pypdfium2.PdfDocument(letter_pdf.write(letter, layout))[0]
            pictures = [one.render(scale=100 / 72, grayscale=True).to_pil() for one in (together, alone)]
            histogram = ImageChops.difference(*pictures).histogram()
            worst = max(worst, sum(histogram[1:]) / sum(histogram))
            texts += together.get_textpage().get_text_bounded() == alone.get_textpage().get_text_bounded()
            compared += 1
    return f"{compared} letters in {len(layouts)} layouts: at most {worst:.2%} of pixels differ, {texts} texts alike"


WAYS = (
    Way("ours", ours, 12_000),
    Way("WeasyPrint, a call a letter", weasyprint_each, 300),
    Way("WeasyPrint, one document", weasyprint_together, 600),
    Way("Typst, one document", typst_together, 3_000),
    Way("LibreOffice, one DOCX", libreoffice, 600),
)


def number(way: Way, share: float) -> int:
    """How many letters a way sets."""
    return max(int(way.most * share), 2 * FIRST)


def report(title: str, measured: dict[str, Measured]) -> None:
    print(f"\n{title}\n")
    print(
        f"{'':30}{'letters':>8}{'letters/s':>11}{'per CPU s':>11}{'peak MB':>9}{'bytes each':>12}"
        f"{'ours is':>10}{'by CPU':>9}"
    )
    best = measured["ours"]
    for name, one in measured.items():
        print(
            f"{name:30}{one.letters:>8}{one.rate:>11.0f}{one.thrift:>11.0f}{one.megabytes:>9.0f}"
            f"{one.bytes_each:>12.0f}{best.rate / one.rate:>8.1f} ×{best.thrift / one.thrift:>7.1f} ×"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of the letters, for a quick look")
    parser.add_argument("--only", default="", help="ways whose names hold this, beside ours")
    given = parser.parse_args()
    os.nice(NICENESS)
    print(f"{os.cpu_count()} cores; the same people in 14 scripts for all")
    with tempfile.TemporaryDirectory() as folder:
        for title, own_words in (("Values in fixed places", False), ("A paragraph of their own each", True)):
            measured = {
                way.name: measure(
                    way.make, Roster(max(int(way.most * given.share), 2 * FIRST), own_words), Path(folder)
                )
                for way in WAYS
                if (way.make is ours or given.only in way.name)
                and (way.make is not libreoffice or shutil.which("soffice"))
            }
            report(title, measured)
            few = measure(ours, Roster(2_000, own_words), Path(folder))
            print(f"{'ours, 2,000 letters':30}{few.letters:>8}{few.rate:>11.0f}{'':11}{few.megabytes:>9.0f}")
    if not shutil.which("soffice"):
        print("\nLibreOffice is not installed, and so not measured.")
    print(f"\nThe same letter alone and in a run: {same(200)}")


if __name__ == "__main__":
    main()
