"""A letter as DOCX: the page of the PDF, in named styles that its writer can go on editing in Word or LibreOffice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from campaign_app.documents import archive, letter_blank, letter_foot, qr_picture, run_zip, word_package
from campaign_app.documents.compositor import Composed, Compositor
from campaign_app.documents.letter_styles import NUMBERS
from campaign_app.documents.paper import Layout
from campaign_app.documents.word_runs import Unwritable
from campaign_app.documents.word_styles import list_item_markup
from campaign_app.letters.letter import Letter

__all__ = ["Unwritable", "write", "write_part", "write_zip"]

CLASSIC = Layout()


def write(letter: Letter, layout: Layout = CLASSIC, compositor: Compositor | None = None) -> bytes:
    """The letter as DOCX, the same bytes for the same letter and layout.

    A ``compositor`` that is given remembers what it has set for other letters. Raises ``Unwritable`` for control
    characters and lone surrogates, ValueError for a language that is no BCP 47 tag.
    """
    composed = (compositor or Compositor()).compose(letter, layout)
    own = archive.segment(_own_parts(letter, composed))
    return archive.archive((letter_blank.blank(composed.sheet, has_code=bool(letter.link)), own))


def write_zip(letters: Sequence[tuple[str, Letter]], layout: Layout = CLASSIC) -> bytes:
    """A ZIP of letters as DOCX under the given file names. Raises ValueError where two names are the same."""
    files = {name: write(letter, layout) for name, letter in letters}
    if len(files) < len(letters):
        raise ValueError("Two letters have the same file name.")
    return archive.archive([archive.segment(archive.stored(name, content) for name, content in files.items())])


def write_part(first: int, letters: Iterable[tuple[str, Letter, Layout]]) -> tuple[bytes, dict[int, str]]:
    """Letters that follow each other in a run, as DOCX under the given file names: a part for ``run_zip``.

    Beside it come the letters that no document can hold, by their numbers from ``first`` on, and why they are left out.
    """
    compositor, refused = Compositor(), {}
    files = []
    for number, (name, letter, layout) in enumerate(letters, first):
        try:
            files.append((name, write(letter, layout, compositor)))
        except ValueError as wrong:
            refused[number] = str(wrong)
    return run_zip.part(files), refused


def _own_parts(letter: Letter, composed: Composed) -> Iterator[archive.Packed]:
    """The parts in which a letter differs from others."""
    sheet = composed.sheet
    properties = word_package.properties(letter.subject, letter.language)
    yield archive.stored(word_package.PROPERTIES, properties)  # too short to gain by it
    yield archive.deflated(word_package.DOCUMENT, _document(composed))
    yield _numbering(composed)
    yield archive.deflated(f"word/{letter_blank.FOOTER}", letter_foot.footer(letter, sheet))
    if letter.link:
        yield archive.stored(f"word/media/{letter_blank.CODE}", qr_picture.png(letter.link))


def _numbering(composed: Composed) -> archive.Packed:
    if further := [number for number in composed.numbered_lists if number > NUMBERS]:
        lists = ((composed.sheet.mark, number) for number in further)
        return archive.deflated(word_package.NUMBERING, letter_blank.numbering_part([composed.sheet], lists))
    return letter_blank.usual_numbering(composed.sheet)


def _document(composed: Composed) -> bytes:
    header = letter_blank.HEADER_ID if composed.sheet.setting.layout.fold_marks else ""
    section = letter_blank.FOOTER_ID.join(letter_blank.page(composed.sheet, header))
    paragraphs = [
        f"{piece.properties}{list_item_markup(number) if number > NUMBERS else ''}{piece.content}"
        for piece, number in composed.pieces
    ]
    return word_package.part("w:document", f"<w:body>{''.join(paragraphs)}{section}</w:body>", "r")
