"""Where letters are set on paper: in processes of their own, so that nobody who reads a page waits for it.

To set type is work for a processor, and Python's threads share one. Each process of a press has a thread here that
hands it one job at a time over a pipe, waits for the answer, and replaces the process where it died or took too long.
(A pool of the standard library gives up all of its processes, with all of their work, when one of them dies.)
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import multiprocessing
import os
import shutil
import signal
import tempfile
import traceback
import weakref
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from campaign_app.documents.chunk import LETTERS, Chunk, failed, joined
from campaign_app.documents.finished_pages import FinishedPages
from campaign_app.documents.laid_out import LaidOut
from campaign_app.documents.pack import Pack
from campaign_app.documents.paper import Layout, Paper
from campaign_app.documents.report import Report
from campaign_app.documents.sheet import NumberedSheet, SheetContent
from campaign_app.documents.sheet_look import SheetLook
from campaign_app.documents.unfit import Unfit
from campaign_app.documents.unreadable import Unreadable
from campaign_app.letters.letter import Letter

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext, ForkServerProcess

PRINTING = "campaign_app.documents.printing"
NICENESS = 10  # of 19: what serves pages goes first
START_LIMIT = 60.0  # seconds for a process to import, and to warm up
TIME_LIMIT = 20.0  # seconds for a letter; one takes a tenth of a second
JOBS_BETWEEN_COLLECTIONS = 10
IDLE = 0.05  # seconds without a job, after which a process tidies its memory
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP can say

Answer = TypeVar("Answer")


class TimedOut(Exception):
    """A letter took longer than a press gives it."""


class Broken(Exception):
    """A process of the press died over a letter, and a second one too."""


class Fault(Exception):
    """An error of ours in a process of the press, with its traceback."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages of a letter as PNG, and what keeps it from being printed."""

    pngs: tuple[bytes, ...]
    pages: int
    unprintable: Mapping[str, list[str]]
    outside: tuple[str, ...] = ()


class Press:
    """Sets letters on paper in ``processes`` processes, which start with the first letter.

    With none, the caller's own process does it, one letter at a time and without a time limit. Pages that were laid out
    within the hour are not laid out again. Every method may be called from any thread. ``pdf`` and its like raise
    ``Unfit`` for a letter that cannot be printed as it is; all raise ``TimedOut`` and ``Broken``.
    """

    def __init__(self, processes: int, time_limit: float = TIME_LIMIT) -> None:
        self._finished = FinishedPages()
        self._processes = max(processes, 1)
        self._threads = ThreadPoolExecutor(processes, "press") if processes else None
        self._idle: SimpleQueue[_Process | _Here] = SimpleQueue()
        if not processes:
            self._idle.put(_Here())
            return
        self._folder = tempfile.mkdtemp(prefix="press-")  # where processes that are killed leave what they had there
        self._forget = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        for _ in range(processes):
            self._idle.put(_Process(time_limit, self._folder))

    def start(self) -> None:
        """Starts the processes, so that the first letters do not wait for them. Does not wait itself."""
        for _ in range(self._idle.qsize()):
            self._soon(self._do, "warm")

    def close(self) -> None:
        """Waits for what is being printed, then ends the processes."""
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
        while not self._idle.empty():
            self._idle.get().close()
        if self._threads:
            self._forget()

    def pdf(self, letter: Letter, layout: Layout) -> bytes:
        """The letter as PDF on one page."""
        return self.submit_pdf(letter, layout).result()

    def pdfs(self, jobs: Iterable[tuple[Letter, Layout]]) -> list[bytes]:
        """Several letters at once, in their order. Raises what is wrong with the first that cannot be printed."""
        return _results([self.submit_pdf(letter, layout) for letter, layout in jobs])

    def preview(self, letter: Letter, layout: Layout) -> Preview:
        """A look at the letter, also where it is not fit to be printed yet."""
        return self.submit_preview(letter, layout).result()

    def previews(self, jobs: Iterable[tuple[Letter, Layout]]) -> list[Preview]:
        """A look at several letters at once, in their order."""
        return _results([self.submit_preview(letter, layout) for letter, layout in jobs])

    def docx(self, letter: Letter, layout: Layout) -> bytes:
        """The letter as DOCX."""
        return self.submit_docx(letter, layout).result()

    def combined(self, letters: Iterable[Letter], layout: Layout) -> bytes:
        """All letters in one PDF, to print them in one go."""
        whole: Future[bytes] = self._soon(self._do, "combined", tuple(letters), layout)
        return whole.result()

    def chunks(self, letters: Iterable[Letter], layout: Layout, size: int = LETTERS) -> Iterator[Chunk]:
        """The letters of a run, set ``size`` at a time by all processes, in their order.

        Letters are taken as they are needed, so there may be any number. A letter that cannot be printed, or that a
        process died of, stands in its chunk with the reason.
        """
        waiting: deque[Future[Chunk]] = deque()
        try:
            for batch in _batches(letters, size):
                waiting.append(self._soon(self._chunk, batch, layout))
                if len(waiting) > self._processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for chunk in waiting:
                chunk.cancel()

    def zip(self, named: Iterable[tuple[str, Letter]], layout: Layout) -> bytes:
        """All letters as DOCX in a ZIP, each under its file name."""
        files = [(name, self.submit_docx(letter, layout)) for name, letter in named]
        contents = _results([content for _, content in files])
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for (name, _), content in zip(files, contents, strict=True):
                archive.writestr(zipfile.ZipInfo(name, EARLIEST), content)
        return stream.getvalue()

    def pack(self, content: Pack, paper: Paper) -> bytes:
        """A group's handover on paper."""
        whole: Future[bytes] = self._soon(self._do, "pack", content, paper)
        return whole.result()

    def scan(self, files: Sequence[bytes]) -> bytes:
        """The pages of photographs and PDFs drawn anew, as one PDF. Raises ``Unreadable``."""
        whole: Future[bytes] = self._soon(self._do, "scan", tuple(files))
        return whole.result()

    def report(self, content: Report, paper: Paper) -> bytes:
        """A report in numbers on paper."""
        whole: Future[bytes] = self._soon(self._do, "report", content, paper)
        return whole.result()

    def sheet(self, content: SheetContent) -> SheetLook:
        """A look at a signature sheet, and how it is laid out. Raises ``NoRoomOnSheet`` where it does not fit."""
        look: Future[SheetLook] = self._soon(self._do, "sheet", content)
        return look.result()

    def sheets(self, content: SheetContent, sheets: Sequence[NumberedSheet], suffix: str) -> bytes:
        """Numbered sheets as ``pdf`` or ``docx``."""
        whole: Future[bytes] = self._soon(self._do, f"sheets_{suffix}", content, tuple(sheets))
        return whole.result()

    def submit_pdf(self, letter: Letter, layout: Layout) -> Future[bytes]:
        """What ``pdf`` gives, later."""
        if (kept := self._finished.get(letter, layout)) is not None:
            return _now(LaidOut.from_bytes(kept).finished)
        return self._soon(self._pdf, letter, layout)

    def submit_preview(self, letter: Letter, layout: Layout) -> Future[Preview]:
        """What ``preview`` gives, later."""
        return self._soon(self._preview, letter, layout)

    def submit_docx(self, letter: Letter, layout: Layout) -> Future[bytes]:
        """What ``docx`` gives, later."""
        return self._soon(self._do, "docx", letter, layout)

    def submit_docx_part(
        self, first: int, letters: Sequence[tuple[Letter, Layout]]
    ) -> Future[tuple[bytes, dict[int, str]]]:
        """Some letters of a run for one DOCX, later: what ``run_docx.part`` gives."""
        return self._soon(self._do, "docx_part", first, letters)

    def submit_docx_zip_part(
        self, first: int, letters: Sequence[tuple[str, Letter, Layout]]
    ) -> Future[tuple[bytes, dict[int, str]]]:
        """Some letters of a run, by file name, for a ZIP of DOCX, later: what ``letter_docx.write_part`` gives."""
        return self._soon(self._do, "docx_zip_part", first, letters)

    def _chunk(self, letters: tuple[Letter, ...], layout: Layout) -> Chunk:
        """The letters set, or where that fails, halves of them, down to the one letter that it fails with."""
        try:
            return Chunk.from_bytes(self._do("set_letters", letters, layout))
        except (TimedOut, Broken) as error:
            if len(letters) == 1:
                return failed(1, type(error).__name__)
        half = len(letters) // 2
        return joined(self._chunk(letters[:half], layout), self._chunk(letters[half:], layout))

    def _pdf(self, letter: Letter, layout: Layout) -> bytes:
        laid_out: LaidOut = self._do("lay_out", letter, layout)
        self._finished.put(letter, layout, laid_out.to_bytes())
        return laid_out.finished()

    def _preview(self, letter: Letter, layout: Layout) -> Preview:
        if (kept := self._finished.get(letter, layout)) is not None:
            laid_out = LaidOut.from_bytes(kept)
            pngs = self._do("pictures", laid_out.pdf)
        else:
            laid_out, pngs = self._do("lay_out_and_show", letter, layout)
            self._finished.put(letter, layout, laid_out.to_bytes())
        return Preview(pngs, laid_out.pages, laid_out.unprintable, laid_out.outside)

    def _soon(self, function: Callable[..., Answer], *arguments: object) -> Future[Answer]:
        if self._threads:
            return self._threads.submit(function, *arguments)
        return _now(function, *arguments)

    def _do(self, job: str, *arguments: object) -> Any:
        worker = self._idle.get()
        try:
            return worker.do(job, *arguments)
        finally:
            self._idle.put(worker)


class _Here:
    """The press in the process that asks for it. There is one, so that nobody enters it while it works."""

    def do(self, job: str, *arguments: object) -> Any:
        return _done(job, arguments)

    def close(self) -> None:
        """Nothing to end."""


class _Process:
    """A process that does one job at a time. It is started when it has one, and again when it died."""

    def __init__(self, time_limit: float, folder: str) -> None:
        self._time_limit = time_limit
        self._folder = folder
        self._process: ForkServerProcess | None = None
        self._connection: Connection | None = None

    def do(self, job: str, *arguments: object) -> Any:
        try:
            return self._try(job, arguments)
        except (EOFError, OSError):
            return self._try_again(job, arguments)

    def close(self) -> None:
        """Ends the process, which is doing nothing or has to be stopped."""
        if self._connection:
            self._connection.close()
        if self._process:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._connection = None

    def _try_again(self, job: str, arguments: tuple[object, ...]) -> Any:
        self.close()
        try:
            return self._try(job, arguments)
        except (EOFError, OSError):
            self.close()
            raise Broken(job) from None

    def _try(self, job: str, arguments: tuple[object, ...]) -> Any:
        return self._ask(self._connection or self._start(), (job, arguments), self._time_limit)

    def _start(self) -> Connection:
        self._connection, theirs = multiprocessing.Pipe()
        self._process = _context().Process(target=_work, args=(theirs, self._folder), name="press", daemon=True)
        self._process.start()
        theirs.close()
        self._ask(self._connection, ("warm", ()), START_LIMIT)
        return self._connection

    def _ask(self, connection: Connection, job: tuple[str, tuple[object, ...]], limit: float) -> Any:
        connection.send(job)
        if not connection.poll(limit):
            self.close()
            raise TimedOut(job[0])
        answer, error = connection.recv()
        if error:
            raise error
        return answer


@cache
def _context() -> ForkServerContext:
    """Processes that come from one without threads, which has imported already what they need."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PRINTING])
    return context


def _work(connection: Connection, folder: str) -> None:
    """What a process of the press does until the press lets go of its pipe, or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is meant for the press
    tempfile.tempdir = tempfile.mkdtemp(dir=folder)
    os.nice(max(NICENESS - os.nice(0), 0))
    gc.disable()  # a letter leaves 5,000 objects behind; they can wait until it is handed over
    jobs = 0
    while True:
        if jobs >= JOBS_BETWEEN_COLLECTIONS or (jobs and not connection.poll(IDLE)):
            gc.collect()
            jobs = 0
        try:
            job, arguments = connection.recv()
        except EOFError:
            break
        connection.send(_answer(job, arguments))
        if job == "warm":  # whatever is there now stays; each look through it took as long as thirty letters
            gc.collect()
            gc.freeze()
        jobs += JOBS_BETWEEN_COLLECTIONS if job == "set_letters" else 1  # which are many in one
    shutil.rmtree(tempfile.tempdir, ignore_errors=True)
    with contextlib.suppress(OSError):  # the last one of a press that died clears up
        Path(folder).rmdir()


def _answer(job: str, arguments: tuple[object, ...]) -> tuple[Any, Exception | None]:
    """What a job gave, or the exception that it raised, in a form that passes a pipe."""
    try:
        return _done(job, arguments), None
    except (Unfit, Unreadable) as refused:
        return None, refused
    except Exception as error:
        return None, Fault("".join(traceback.format_exception(error)))


def _done(job: str, arguments: tuple[object, ...]) -> Any:
    return getattr(importlib.import_module(PRINTING), job)(*arguments)


def _batches(letters: Iterable[Letter], size: int) -> Iterator[tuple[Letter, ...]]:
    rest = iter(letters)
    while batch := tuple(islice(rest, size)):
        yield batch


def _now(function: Callable[..., Answer], *arguments: object) -> Future[Answer]:
    future: Future[Answer] = Future()
    try:
        future.set_result(function(*arguments))
    except Exception as error:
        future.set_exception(error)
    return future


def _results(futures: list[Future[Answer]]) -> list[Answer]:
    """The results in order; where one raises, what has not begun does not begin."""
    try:
        return [future.result() for future in futures]
    finally:
        for future in futures:
            future.cancel()
