"""In which order the letters of a run lie in the pile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campaign_app.letters.composing import Addressed
from campaign_app.print_runs.plan import Order
from campaign_app.print_runs.rows import WriterValues
from campaign_app.print_runs.setup import Setup


@dataclass(frozen=True, slots=True)
class Place:
    """A letter that is to be made: which row's, and to which target."""

    row_id: int
    number: int
    target_id: int


def in_order(setup: Setup, writers: Iterable[tuple[int, int, WriterValues]]) -> list[Place]:
    """The letters of writers, given with the id and the number of their row, as they are to be printed."""
    keyed = [(key, place) for row_id, number, writer in writers for key, place in _keyed(setup, row_id, number, writer)]
    return [place for _, place in sorted(keyed, key=lambda pair: pair[0])]


def _keyed(
    setup: Setup, row_id: int, number: int, writer: WriterValues
) -> Iterator[tuple[tuple[str, int, int], Place]]:
    for count, to in enumerate(setup.addressed_by(writer)):
        yield (_first(setup, writer, to), number, count), Place(row_id, number, to.target_id)


def _first(setup: Setup, writer: WriterValues, to: Addressed) -> str:
    match setup.plan.order:
        case Order.COUNTRY:
            return to.addressee.country
        case Order.LANGUAGE:
            return setup.language_for(writer)
        case Order.NAME:
            return writer.name.casefold()
    return ""
