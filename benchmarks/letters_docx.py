"""Many letters as DOCX: ours as one document and as a ZIP, beside docxtpl a letter, on as many processes.

All set the letters of the same roster, each with a name, an address, a paragraph, a reference and a QR code of its own.
The peer has a template a language, which holds all that letters share as plain text, and makes QR codes with segno.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import io
import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from pathlib import Path

from benchmarks import roster
from campaign_app.documents import letter_docx, run_docx, run_zip
from campaign_app.documents.paper import DIN_5008_B, Layout
from campaign_app.documents.press import Press
from campaign_app.letters.letter import Letter

LAYOUT = Layout(window=DIN_5008_B)
TOGETHER = 250  # letters in a part
WARM = 56  # letters that are made before time is taken, four in each language
AHEAD = 2  # parts a process has in hand, so that letters do not pile up
ONE, ZIP, PEER = "one document", "ZIP of documents", "docxtpl a letter"


def parts(people: list[roster.Person], submit: Callable[[int, list], Future], processes: int) -> Iterator[bytes]:
    """The parts of a run in their order; a few are made ahead."""
    waiting: list[Future] = []
    for start in range(0, len(people), TOGETHER):
        some = people[start : start + TOGETHER]
        waiting.append(submit(start + 1, [roster.letter(person, own_words=True) for person in some]))
        if len(waiting) == processes * AHEAD:
            yield finished(waiting.pop(0))
    yield from map(finished, waiting)


def finished(future: Future) -> bytes:
    part, refused = future.result()
    assert not refused
    return part


@contextlib.contextmanager
def press(processes: int) -> Iterator[Press]:
    made = Press(processes)
    warm = [(letter, LAYOUT) for letter in roster.letters(WARM, own_words=True)]
    for future in [made.submit_docx_part(1, warm) for _ in range(processes)]:
        finished(future)
    yield made
    made.close()


def one_document(count: int, processes: int, folder: Path) -> dict[str, float]:
    people = list(roster.people(count))
    with press(processes) as ours:

        def submit(first: int, some: list[Letter]) -> Future:
            return ours.submit_docx_part(first, [(letter, LAYOUT) for letter in some])

        with (folder / "run.docx").open("wb") as stream:
            return measured(count, lambda: run_docx.assemble(parts(people, submit, processes), stream), folder)


def zip_of_documents(count: int, processes: int, folder: Path) -> dict[str, float]:
    people = list(roster.people(count))
    with press(processes) as ours:

        def submit(first: int, some: list[Letter]) -> Future:
            named = [(f"{number:05} {letter.name}.docx", letter, LAYOUT) for number, letter in enumerate(some, first)]
            return ours.submit_docx_zip_part(first, named)

        with (folder / "run.zip").open("wb") as stream:
            return measured(count, lambda: run_zip.assemble(parts(people, submit, processes), stream), folder)


def docxtpl_a_letter(count: int, processes: int, folder: Path) -> dict[str, float]:
    people = list(roster.people(count))
    some = [people[start : start + WARM] for start in range(0, count, WARM)]
    with ProcessPoolExecutor(processes, multiprocessing.get_context("forkserver")) as pool:
        list(pool.map(peers, some[:1] * processes, [folder] * processes))
        return measured(count, lambda: list(pool.map(peers, some, [folder] * len(some))), folder)


def peers(people: list[roster.Person], folder: Path) -> None:
    import segno

    for person in people:
        link, picture = roster.letter(person, own_words=True).link, io.BytesIO()
        # To choose among masks would take longer than the code.
        segno.make(link, error="m", micro=False, boost_error=False, mask=3).save(picture, "png", scale=8, border=0)
        picture.seek(0)
        template = peer_template(person.language)
        template.reset_replacements()
        template.replace_pic("image.png", picture)
        template.render(vars(person), autoescape=True)
        template.save(folder / f"{person.reference}.docx")


@cache
def peer_template(language: str):
    """Our own letter, with the peer's fields where its values stand."""
    from docxtpl import DocxTemplate

    fields = {field.name: f"{{{{ {field.name} }}}}" for field in dataclasses.fields(roster.Person)}
    letter = roster.letter(roster.Person(**fields | {"language": language}), own_words=True)
    return DocxTemplate(io.BytesIO(letter_docx.write(letter, LAYOUT)))


def measured(count: int, make: Callable[[], object], folder: Path) -> dict[str, float]:
    stop, watched = threading.Event(), Watched()
    watcher = threading.Thread(target=watch, args=(stop, watched))
    watcher.start()
    began, worked = time.perf_counter(), seconds_of_work()
    make()
    span, work = time.perf_counter() - began, seconds_of_work() - worked - watched.work
    stop.set()
    watcher.join()
    size = sum(file.stat().st_size for file in folder.iterdir())
    return {"rate": count / span, "work": work / count, "memory": watched.peak / 2**20, "size": size / count}


@dataclasses.dataclass
class Watched:
    """The most bytes of memory at once, and the seconds that it took to look."""

    peak: int = 0
    work: float = 0


def watch(stop: threading.Event, watched: Watched) -> None:
    """Notes the most memory that this process and what it started have at once; what they share counts once."""
    while not stop.wait(0.5):
        watched.peak = max(watched.peak, sum(map(memory, family(os.getpid()))))
        watched.work = time.thread_time()


def family(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").glob("*"):
        with contextlib.suppress(OSError):
            for child in (task / "children").read_text().split():
                yield from family(int(child))


def memory(process: int) -> int:
    with contextlib.suppress(OSError):
        found = re.search(r"^Pss: +(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
        return int(found[1]) * 1024 if found else 0
    return 0


def seconds_of_work() -> float:
    """What processors have done for this process and what it started."""
    ticks = 0
    for process in family(os.getpid()):
        with contextlib.suppress(OSError):
            ticks += sum(map(int, Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


WAYS = {ONE: one_document, ZIP: zip_of_documents, PEER: docxtpl_a_letter}


def alone(way: str, count: int, processes: int) -> dict[str, float]:
    """One way, measured in a process of its own."""
    command = (sys.executable, "-m", "benchmarks.letters_docx", "--way", way, "--letters", str(count))
    command += ("--processes", str(processes))
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=1800).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=12_000)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--way", choices=WAYS, help="only this one, and its figures as JSON")
    given = parser.parse_args()
    if given.way:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(WAYS[given.way](given.letters, given.processes, Path(folder))))
        return
    few = given.letters // 6
    runs = [(way, count) for way in (ONE, ZIP) for count in (few, given.letters)] + [(PEER, few)]
    report([(way, count, alone(way, count, given.processes)) for way, count in runs], given.processes)


def report(runs: list[tuple[str, int, dict[str, float]]], processes: int) -> None:
    peer = runs[-1][2]
    print(f"{processes} processes on {os.cpu_count()} cores, {len(roster.NAMES)} languages\n")
    print(f"{'':20}{'letters':>9}{'letters/s':>11}{'×':>7}{'CPU ms':>9}{'×':>7}{'peak MB':>9}{'bytes a letter':>16}")
    for way, count, of in runs:
        speed, work = of["rate"] / peer["rate"], peer["work"] / of["work"]
        print(f"{way:20}{count:>9}{of['rate']:>11.0f}{speed:>7.1f}{of['work'] * 1000:>9.2f}{work:>7.1f}", end="")
        print(f"{of['memory']:>9.0f}{of['size']:>16.0f}")


if __name__ == "__main__":
    main()
