"""From writers to letters on paper: composed with what a run has in common, and set by the press. Stores nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from campaign_app import keys
from campaign_app.documents.chunk import Chunk, Failed
from campaign_app.documents.press import Press
from campaign_app.documents.unfit import Unfit
from campaign_app.letters.composing import Draft
from campaign_app.letters.record import Identity
from campaign_app.print_runs.models import PrintRun
from campaign_app.print_runs.places import Place
from campaign_app.print_runs.rows import MadeLetter, WriterValues
from campaign_app.print_runs.setup import SKETCH, Setup, identities

Identities = Mapping[tuple[int, int], Identity]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some letters that follow each other: those that were made with their places, why others were not, the pages."""

    made: list[tuple[Place, MadeLetter]]
    faults: list[tuple[Place, Unfit | Failed]]
    chunks: list[Chunk]


def set_letters(
    run: PrintRun, setup: Setup, places: Sequence[Place], writers: Mapping[int, WriterValues], press: Press
) -> Batch:
    """The letters at ``places``; ``writers`` are those of their rows, by id. Raises MissingDetail."""
    letters = list(_composed(run, setup, places, writers))
    chunks = list(press.chunks((made.letter for made in letters), setup.plan.layout))
    pages = [page for chunk in chunks for page in chunk.pages]
    faults = [(place, page) for place, page in zip(places, pages, strict=True) if isinstance(page, Exception)]
    sound = [not isinstance(page, Exception) for page in pages]
    return Batch(list(compress(zip(places, letters, strict=True), sound)), faults, chunks)


def _composed(
    run: PrintRun, setup: Setup, places: Sequence[Place], writers: Mapping[int, WriterValues]
) -> Iterator[MadeLetter]:
    known = identities(run, [(place.number, place.target_id) for place in places])
    of_row: tuple[int, dict[int, MadeLetter]] = (0, {})
    for place in places:
        if of_row[0] != place.row_id:
            of_row = place.row_id, _of_writer(setup, writers[place.row_id], place.number, known)
        yield of_row[1][place.target_id]


def _of_writer(setup: Setup, writer: WriterValues, number: int, known: Identities) -> dict[int, MadeLetter]:
    language = setup.language_for(writer)
    version = setup.texts[language].version_id
    drafts = setup.letters(writer, lambda to: known.get((number, to.target_id), SKETCH))
    return {draft.target_id: _made(draft, language, version) for draft in drafts}


def _made(draft: Draft, language: str, version_id: int) -> MadeLetter:
    return MadeLetter(
        target_id=draft.target_id,
        title=draft.title,
        country=draft.country,
        language=language,
        version_id=version_id,
        reference=draft.identity.reference,
        token_hash=keys.token_hash(draft.identity.token),
        letter=draft.letter,
    )
