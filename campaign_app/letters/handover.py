"""What the way from the form to the download needs, sealed into the page itself: the server keeps none of it."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app

from campaign_app import keys
from campaign_app.documents.paper import PAPERS, WINDOWS, Layout
from campaign_app.letters.letter import Letter

GOOD_FOR = 3600  # seconds


class Expired(Exception):
    """The page was open for longer than an hour, or what it holds was not sealed here."""


@dataclass(frozen=True, slots=True)
class Handover:
    """Finished letters on their way to their writer.

    ``name`` is the beginning of their files' names, ``titles`` say for each letter whom it goes to.
    """

    name: str
    titles: tuple[str, ...]
    letters: tuple[Letter, ...]
    layout: Layout

    def seal(self) -> str:
        """The letters as a value for a hidden field, unreadable to whoever finds the page later."""
        return _box().encrypt(zlib.compress(self.to_json().encode())).decode()

    @classmethod
    def open(cls, sealed: str) -> Handover:
        """What ``seal`` sealed within the last hour. Raises Expired."""
        try:
            return cls.from_json(zlib.decompress(_box().decrypt(sealed.encode(), ttl=GOOD_FOR)).decode())
        except InvalidToken as error:
            raise Expired from error

    def to_json(self) -> str:
        layout = self.layout
        return json.dumps(
            {
                "name": self.name,
                "titles": self.titles,
                "letters": [letter.to_json() for letter in self.letters],
                "paper": layout.paper.name,
                "window": layout.window and layout.window.name,
                "large_print": layout.large_print,
                "fold_marks": layout.fold_marks,
            }
        )

    @classmethod
    def from_json(cls, source: str) -> Handover:
        values = json.loads(source)
        window = values["window"] and WINDOWS[values["window"]]
        layout = Layout(PAPERS[values["paper"]], window, values["large_print"], values["fold_marks"])
        letters = tuple(Letter.from_json(letter) for letter in values["letters"])
        return cls(values["name"], tuple(values["titles"]), letters, layout)


def _box() -> Fernet:
    return keys.box(current_app.config["SECRET_KEY"], "handover")
