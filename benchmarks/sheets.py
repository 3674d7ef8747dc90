"""How fast numbered signature sheets are made, beside WeasyPrint, which sets each page of one long document.

python -m benchmarks.sheets [SHEETS [SHEETS OF THE PEER]]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from html import escape

import segno
from weasyprint import HTML

from campaign_app.documents import sheet_docx, sheet_pdf, sheet_words
from campaign_app.documents.sheet import NumberedSheet, SheetContent, SheetText
from campaign_app.documents.sheet_design import SheetDesign

SHEETS, OF_THE_PEER = 1000, 100
ORGANIZER = "Group 48 Seoul"
TEXTS = (
    SheetText(
        "en", "Free the poet Nadia Example", ("H.E. Sample Holder, President of the Republic",),
        "Nadia Example, a poet and teacher, has been held since 3 March for a poem that she read in public.\n\nWe, the "
        "undersigned, ask you to:\n\n- release her at once and without conditions;\n- protect her against torture.",
        sheet_words.notice("en", ORGANIZER), "Everybody of 14 years or older", "31 March 2026",
    ),
    SheetText(
        "ko", "시인 나디아 이그잼플을 석방하라", ("H.E. Sample Holder, President of the Republic",),
        "시인이자 교사인 나디아 이그잼플 님은 시 한 편을 낭독했다는 이유로 3월 3일부터 갇혀 있습니다.\n\n- 즉시 "
        "조건 없이 석방해 주십시오.\n- 고문을 받지 않도록 보호해 주십시오.",
        sheet_words.notice("ko", ORGANIZER), "14세 이상 누구나", "2026년 3월 31일",
    ),
)  # fmt: skip
CONTENT = SheetContent(SheetDesign(("en", "ko")), "G48-P07", ORGANIZER, ("12 Sample-ro", "Seoul 04560"), TEXTS)
PEER_STYLE = """
    @page { size: A4; margin: 12mm } body { font: 9pt "Noto Serif", "Noto Serif CJK KR" }
    section { break-after: page } .texts { display: flex; gap: 6mm } table { width: 100%; border-collapse: collapse }
    td, th { border: 0.2mm solid; height: 9.6mm } svg { width: 22mm; height: 22mm }
"""


def numbered(count: int) -> list[NumberedSheet]:
    return [NumberedSheet(f"G48-P07-{n:04}", f"https://letters.example.org/s/{n:022}") for n in range(1, count + 1)]


def peer(sheets: list[NumberedSheet]) -> bytes:
    """The same words, rows and codes, as WeasyPrint would be asked for them."""
    return bytes(HTML(string=f"<style>{PEER_STYLE}</style>{''.join(map(_section, sheets))}").write_pdf())


def _section(sheet: NumberedSheet) -> str:
    code = segno.make(sheet.link, error="m").svg_inline(omitsize=True)
    texts = "".join(f"<div><h1>{escape(one.title)}</h1><p>{escape(one.text)}</p></div>" for one in TEXTS)
    rows = "".join(f"<tr><td>{row}<td><td><td><td></tr>" for row in range(1, CONTENT.design.rows + 1))
    notices = "".join(f"<p>{escape(one.notice)}</p>" for one in TEXTS)
    return f"<section><div class=texts>{texts}{code}{sheet.serial}</div><table>{rows}</table>{notices}</section>"


def measured(name: str, count: int, made: Callable[[list[NumberedSheet]], bytes]) -> float:
    """Seconds a sheet, after one that warms up what is loaded once."""
    made(numbered(1))
    begun = time.perf_counter()
    size = len(made(numbered(count)))
    seconds = time.perf_counter() - begun
    print(
        f"{name:12} {count:5} sheets: {seconds:6.2f} s, {count / seconds:6.0f} a second, {size / count:6.0f} bytes each"
    )
    return seconds / count


def main(count: int, of_the_peer: int) -> None:
    ours = measured("PDF", count, lambda sheets: sheet_pdf.write(CONTENT, sheets))
    measured("DOCX", count, lambda sheets: sheet_docx.write(CONTENT, sheets))
    theirs = measured("WeasyPrint", of_the_peer, peer)
    print(f"WeasyPrint takes {theirs / ours:.0f} times as long a sheet")


if __name__ == "__main__":
    given = [int(number) for number in sys.argv[1:3]]
    main(*given, *(SHEETS, OF_THE_PEER)[len(given) :])
