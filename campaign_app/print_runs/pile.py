"""The pile: what is printed of the letters of a run, each file written from its beginning to its end."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import count, islice
from typing import BinaryIO, TypeVar

from campaign_app.campaigns.models import Campaign
from campaign_app.documents import envelopes, labels, run_docx, run_pdf, run_zip
from campaign_app.documents.chunk import Chunk
from campaign_app.documents.press import Press
from campaign_app.letters.letter import Letter
from campaign_app.print_runs import cover
from campaign_app.print_runs.checking import envelope_of, label_of
from campaign_app.print_runs.file_names import letter_file
from campaign_app.print_runs.imprint import Imprint
from campaign_app.print_runs.plan import Format, Part, Plan
from campaign_app.print_runs.rows import MadeLetter

TOGETHER = 400  # letters that are held at a time
AHEAD = 2  # parts that are made while one is written

Thing = TypeVar("Thing")
Write = Callable[[BinaryIO], object]


@dataclass(frozen=True, slots=True)
class Piece:
    """A letter in the pile, with the number of its row."""

    number: int
    made: MadeLetter


@dataclass(frozen=True, slots=True)
class Pile:
    """The letters in printing order, and the same as they are set; both are given as often as they are asked for."""

    pieces: Callable[[], Iterable[Piece]]
    chunks: Callable[[], Iterable[Chunk]]

    def letters(self) -> Iterator[Letter]:
        return (piece.made.letter for piece in self.pieces())


@dataclass(frozen=True, slots=True)
class File:
    """A file to be written: which part of the plan it is, how its name ends, and what writes it."""

    part: Part
    suffix: str
    write: Write


def files(plan: Plan, campaign: Campaign, imprint: Imprint, pile: Pile, press: Press) -> Iterator[File]:
    """What the plan asks for."""
    if Part.LETTERS in plan.parts:
        yield File(Part.LETTERS, plan.format.suffix, _letters(plan, campaign, pile, press))
    if Part.ENVELOPES in plan.parts:
        yield File(Part.ENVELOPES, "pdf", lambda stream: write_envelopes(plan, pile.letters(), stream, imprint))
    if Part.LABELS in plan.parts:
        yield File(Part.LABELS, "pdf", lambda stream: write_labels(plan, pile.letters(), stream))
    if Part.CHECKLIST in plan.parts:
        checklist = cover.Checklist(plan, campaign, imprint)
        yield File(Part.CHECKLIST, "pdf", lambda stream: checklist.write(pile.pieces(), stream))
    if Part.CASE_SHEET in plan.parts:
        yield File(Part.CASE_SHEET, "pdf", lambda stream: cover.write_case_sheet(plan, campaign, imprint, stream))


def write_envelopes(plan: Plan, letters: Iterable[Letter], stream: BinaryIO, imprint: Imprint) -> None:
    made = (envelope_of(letter, imprint.return_address) for letter in letters)
    envelopes.write_to(stream, made, plan.envelope_size, plan.envelope_layout, plan.offset)


def write_labels(plan: Plan, letters: Iterable[Letter], stream: BinaryIO) -> None:
    labels.write_to(stream, map(label_of, letters), plan.labels, plan.first_label, plan.offset)


def batches(things: Iterable[Thing], size: int = TOGETHER) -> Iterator[list[Thing]]:
    """The things, some hundred at a time."""
    source = iter(things)
    while batch := list(islice(source, size)):
        yield batch


def _letters(plan: Plan, campaign: Campaign, pile: Pile, press: Press) -> Write:
    title = campaign.title if campaign.may_name_organization else ""
    double_sided = plan.sides == 2
    writers: dict[Format, Write] = {
        Format.PDF: lambda stream: run_pdf.assemble(
            pile.chunks(), stream, title=title, language=plan.language, double_sided=double_sided
        ),
        Format.DOCX: lambda stream: run_docx.assemble(_docx_parts(plan, pile, press), stream, title, plan.language),
        Format.ZIP_OF_DOCX: lambda stream: run_zip.assemble(_zip_of_docx(plan, pile, press), stream),
        Format.ZIP_OF_PDF: lambda stream: run_zip.assemble(_zip_of_pdf(plan, pile, press), stream),
    }
    return writers[plan.format]


def _docx_parts(plan: Plan, pile: Pile, press: Press) -> Iterator[bytes]:
    numbered = zip(count(1, TOGETHER), batches(pile.letters()))
    return _ahead(press.submit_docx_part(n, [(letter, plan.layout) for letter in some]) for n, some in numbered)


def _zip_of_docx(plan: Plan, pile: Pile, press: Press) -> Iterator[bytes]:
    numbered = zip(count(1, TOGETHER), batches(_named(pile, ".docx")))
    return _ahead(
        press.submit_docx_zip_part(n, [(name, letter, plan.layout) for name, letter in some]) for n, some in numbered
    )


def _zip_of_pdf(plan: Plan, pile: Pile, press: Press) -> Iterator[bytes]:
    for some in batches(_named(pile, ".pdf")):
        pdfs = press.pdfs((letter, plan.layout) for _, letter in some)
        yield run_zip.part(zip((name for name, _ in some), pdfs, strict=True))


def _named(pile: Pile, suffix: str) -> Iterator[tuple[str, Letter]]:
    taken: set[str] = set()
    for piece in pile.pieces():
        yield letter_file(piece.made, piece.number, taken, suffix), piece.made.letter


def _ahead(parts: Iterable[Future[tuple[bytes, dict[int, str]]]]) -> Iterator[bytes]:
    """The parts in their order, of which a few are made ahead."""
    waiting: deque[Future[tuple[bytes, dict[int, str]]]] = deque()
    for part in parts:
        waiting.append(part)
        if len(waiting) > AHEAD:
            yield _whole(waiting.popleft())
    while waiting:
        yield _whole(waiting.popleft())


def _whole(part: Future[tuple[bytes, dict[int, str]]]) -> bytes:
    content, refused = part.result()
    if refused:
        raise ValueError(f"Letters that were checked cannot be written: {refused}")
    return content
