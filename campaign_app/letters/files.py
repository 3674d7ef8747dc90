"""The files that a writer takes: one letter or all of them, as PDF, DOCX or a ZIP of DOCX."""

from __future__ import annotations

from campaign_app.characters import folded
from campaign_app.documents.press import Press
from campaign_app.letters.handover import Handover

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}
LONGEST_NAME = 60  # characters


def file(press: Press, handover: Handover, kind: str, which: int | None) -> tuple[bytes, str]:
    """The content and the name of a file: the letter numbered ``which`` from 0, or all of them (PDF or ZIP)."""
    letters, layout = handover.letters, handover.layout
    if which is not None:
        which = min(which, len(letters) - 1)
        write = press.docx if kind == "docx" else press.pdf
        return write(letters[which], layout), f"{file_name(handover, which)}.{kind}"
    if kind == "pdf":
        return press.combined(letters, layout), f"{handover.name}.pdf"
    named = [(f"{file_name(handover, number)}.docx", letter) for number, letter in enumerate(letters)]
    return press.zip(named, layout), f"{handover.name}.zip"


def file_name(handover: Handover, number: int) -> str:
    """A readable name in plain letters: the campaign, the letter's number and its addressee."""
    addressee = folded(handover.titles[number]).replace(" ", "-")
    plain = "".join(c for c in addressee if c.isascii())
    return f"{handover.name}-{number + 1}-{plain}"[:LONGEST_NAME].strip("-")
