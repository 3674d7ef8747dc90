"""Sets what letters say in paragraphs of a word processor, each distinct text once however many letters say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from campaign_app.documents import address_sizes, letter_room, word_runs
from campaign_app.documents.address_sizes import Address
from campaign_app.documents.letter_passages import FOR_A_PEN, Passage, passages
from campaign_app.documents.letter_styles import ANCHOR, NUMBERS, POINTS, Setting, Style, styles
from campaign_app.documents.paper import LEAST_MARGIN, SIDE_MARGIN, Layout, Window
from campaign_app.documents.word_styles import Sheet, opening, twips
from campaign_app.letters.letter import Letter, Run

PEN, PEN_GAP = 6.5, 0.8  # mm between ruled lines; between a caption and its line, in sizes
LABEL_GAP = 1.0  # between the label of the copies and their lines, in sizes


class Piece(NamedTuple):
    """A paragraph in WordprocessingML, open where its own properties end, and how high its lines are in pt."""

    style: Style
    properties: str
    content: str
    height: float = 0


class Composed(NamedTuple):
    """A letter in pieces, each with the number of the list that it is an item of."""

    sheet: Sheet
    pieces: list[tuple[Piece, int]]

    @property
    def numbered_lists(self) -> list[int]:
        return sorted({number for _, number in self.pieces if number >= NUMBERS})


class Compositor:
    """Remembers what it has set as long as it lives: that is what people wrote, so let it not live long.

    ``sheet_of`` gives the sheet of a setting.
    """

    def __init__(self, sheet_of: Callable[[Setting], Sheet] = Sheet) -> None:
        self._sheet_of = sheet_of
        self._cases: dict[Setting, _Case] = {}
        self._by_address: dict[tuple[str, Layout, tuple[str, ...]], _Case] = {}

    def compose(self, letter: Letter, layout: Layout) -> Composed:
        """The letter in pieces. Raises ``Unwritable``, and ValueError for a language that is no BCP 47 tag."""
        said = list(passages(letter, layout))
        case = self._loose(letter, layout)
        pieces = case.set(said)
        if letter_room.runs_over(((piece.style, piece.height) for piece, _ in pieces), case.sheet.setting):
            case = self._case(replace(case.sheet.setting, tight=True))
            pieces = case.set(said)
        return Composed(case.sheet, pieces)

    def _loose(self, letter: Letter, layout: Layout) -> _Case:
        key = letter.language, layout, letter.addressee
        if key not in self._by_address:
            self._by_address[key] = self._case(_setting(letter, layout))
        return self._by_address[key]

    def _case(self, setting: Setting) -> _Case:
        if setting not in self._cases:
            self._cases[setting] = _Case(self._sheet_of(setting))
        return self._cases[setting]


class _Case:
    """The pieces that were set in one sheet of styles."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._styles = styles(sheet.setting)
        self._openings = {name: opening(style, sheet.identifier(name)) for name, style in self._styles.items()}
        self._pieces: dict[tuple[object, ...], Piece] = {}
        self._runs: dict[tuple[object, ...], str] = {}
        self._mirrored = sheet.setting.right_to_left

    def set(self, said: Iterable[Passage]) -> list[tuple[Piece, int]]:
        pieces: list[tuple[Piece, int]] = []
        framed = False
        for name, runs, number in said:
            key = name, *map(_key, runs)
            piece = self._pieces.get(key)
            if piece is None:
                piece = self._pieces[key] = self._set(name, runs)
            style = piece.style
            if framed and self._mirrored and not style.frame and not style.left_to_right:
                pieces.append((Piece(ANCHOR, self._openings[ANCHOR.name], "</w:pPr></w:p>"), 0))
            pieces.append((piece, number))
            framed = style.frame is not None
        return pieces

    def _set(self, name: str, runs: tuple[Run, ...]) -> Piece:
        style, setting = self._styles[name], self.sheet.setting
        text = "".join(run.text for run in runs)
        properties = self._openings[name]
        if name == "Copies":
            properties += _hanging(text.partition("\t")[0], style, setting)
        if text.endswith(FOR_A_PEN):
            properties += _ruled(text.replace(FOR_A_PEN, "").split("\n"), style, setting)
        script = "Latn" if style.left_to_right else setting.script
        content = "".join([self._markup(run, script) for run in runs])
        height = 0 if style.frame else letter_room.height(text, style, setting)
        return Piece(style, properties, f"</w:pPr>{content}</w:p>", height)

    def _markup(self, run: Run, script: str) -> str:
        """A run, which may stand in several paragraphs of a letter, as a name does."""
        key = script, _key(run)
        if key not in self._runs:
            self._runs[key] = word_runs.run_markup(run, script, self.sheet.setting.language)
        return self._runs[key]


def _key(run: Run) -> tuple[str, bool, bool]:
    """What is found faster than the run."""
    return run.text, run.strong, run.emphasis


def _hanging(label: str, style: Style, setting: Setting) -> str:
    """Indents the lines beside a label as far as the label needs."""
    width = twips((letter_room.width(label, setting.language) + LABEL_GAP) * style.size / POINTS)
    return f'<w:ind w:left="{width}" w:hanging="{width}"/>'


def _ruled(captions: Sequence[str], style: Style, setting: Setting) -> str:
    """Lines for a pen: they begin below each other and end where the style does, 6.5 mm apart as in the PDF."""
    size = style.size or setting.layout.points
    begin = (max(letter_room.width(caption, setting.language) for caption in captions) + PEN_GAP) * size / POINTS
    text_width = setting.layout.paper.width - 2 * SIDE_MARGIN - style.far_indent
    end = style.frame.width if style.frame else text_width
    before = style.before - PEN * POINTS if style.name == "Signature" else style.before
    return (
        f'<w:tabs><w:tab w:val="left" w:pos="{twips(begin)}"/>'
        f'<w:tab w:val="right" w:leader="underscore" w:pos="{twips(end)}"/></w:tabs>'
        f'<w:spacing w:before="{round(before * 20)}" w:after="0" w:line="{twips(PEN)}" w:lineRule="exact"/>'
    )


def _setting(letter: Letter, layout: Layout) -> Setting:
    address = _address(letter, layout)
    return Setting(letter.language, layout, address.size, address.leading, LEAST_MARGIN + (address.top or 0))


def _address(letter: Letter, layout: Layout) -> Address:
    """The address in the largest type that fits the window."""
    *larger, smallest = address_sizes.addresses(len(letter.addressee), layout)
    return next((address for address in larger if _fits(address, letter, layout.window)), smallest)


def _fits(address: Address, letter: Letter, window: Window | None) -> bool:
    if window is None or address.top is None:
        return True
    room = window.width - window.inset
    number = sum(letter_room.lines(line, address.size, room, letter.language) for line in letter.addressee)
    height = number * address.size * address.leading / POINTS
    return LEAST_MARGIN + address.top + height <= window.bottom
