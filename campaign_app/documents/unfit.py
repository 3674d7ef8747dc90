"""Why a letter, or what goes with it, cannot be printed as it is."""

from __future__ import annotations


class Unfit(Exception):
    """What has to be changed before the letter can be printed."""


class Unprintable(Unfit):
    """``characters`` in a ``field`` of the letter that none of our fonts can draw."""

    def __init__(self, field: str, characters: list[str]) -> None:
        super().__init__(field, characters)
        self.field = field
        self.characters = characters


class TooLong(Unfit):
    """The letter takes ``pages`` pages and not one."""

    def __init__(self, pages: int) -> None:
        super().__init__(pages)
        self.pages = pages


class OutsideWindow(Unfit):
    """The address does not fit its window, or the sender's block stands in the window's way.

    ``field`` is ``addressee`` or ``sender``.
    """

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class NoRoom(Unfit):
    """An address is too large for its envelope or label, also in the smallest type that the post can read.

    ``address`` is its first line; ``field`` is ``addressee`` or ``sender``.
    """

    def __init__(self, field: str, address: str) -> None:
        super().__init__(field, address)
        self.field = field
        self.address = address


class NoRoomOnSheet(Unfit):
    """A signature sheet has too little room for rows that can be written in: ``millimetres`` of it are missing.

    ``remedies`` are changes of its design, each of which would help: ``rows 10``, ``portrait``, ``landscape``,
    ``one language``, ``no tear-off``, ``no large print``; none where the text itself must be shorter.
    """

    def __init__(self, millimetres: float, remedies: tuple[str, ...] = ()) -> None:
        super().__init__(millimetres, remedies)
        self.millimetres = millimetres
        self.remedies = remedies


class TooWide(Unfit):
    """What stands in one line of a signature sheet, its ``field``, is longer than the line."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field
