"""How well scans of signature sheets are read, and how fast on one core, beside plain ways of doing the same.

    python -m benchmarks.scans [--pages 300] [--tuning]

Pages are filled and worn by ``benchmarks.handwriting``: those for testing, or with ``--tuning`` those that thresholds
are set by, whose misreadings are then told one by one. The peers are zxing-cpp as it is by default, for the codes,
and for the rows a fixed threshold of ink in the upright table. Exits with 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

import cv2
import numpy as np
import zxingcpp
from PIL import Image

from benchmarks.handwriting import blank_sheet, filling, wear_for_testing, wear_for_tuning
from benchmarks.handwriting.strokes_for_testing import TestingHand
from benchmarks.handwriting.strokes_for_tuning import TuningHand
from campaign_app.petitions.reading import read
from campaign_app.petitions.reading.flattening import FlatTable, at
from campaign_app.petitions.reading.read import Known, Unreadable
from campaign_app.petitions.reading.rows import Mark

RIGHT, SENT, SECONDS = 99.5, 2.0, 1.0  # % of the rows judged at least, % of all rows at most, a page at most
TESTING, TUNING = 20261, 1  # seeds
NAIVE_DARK, NAIVE_INK = 128, 0.01  # level of grey that is ink, and share of a row with ink that makes it filled


@dataclass
class Tally:
    pages: int = 0
    codes: int = 0
    zxing: int = 0
    wrong_sheets: int = 0
    unreadable: list[str] = field(default_factory=list)
    rows: Counter[tuple[str, str]] = field(default_factory=Counter)
    naive_right: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.rows.total()

    @property
    def sent(self) -> int:
        return sum(count for (_, said), count in self.rows.items() if said == Mark.UNCERTAIN)

    @property
    def wrong(self) -> int:
        return sum(count for (truth, said), count in self.rows.items() if said not in (truth, Mark.UNCERTAIN))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--tuning", action="store_true")
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    tally = Tally()
    for number in range(asked.first, asked.first + asked.pages):
        _page(number, asked.tuning, tally)
    sys.exit(0 if _told(tally) else 1)


def _page(number: int, tuning: bool, tally: Tally) -> None:
    rng = np.random.default_rng([TUNING if tuning else TESTING, number])
    sheet = blank_sheet.blank(number % len(blank_sheet.DESIGNS), number)
    filled = filling.fill(sheet.page, sheet.grid, TuningHand if tuning else TestingHand, rng)
    content, how = (wear_for_tuning if tuning else wear_for_testing).worn(filled.page, rng)
    links = {sheet.link: Known(sheet.link, sheet.grid)}
    start = time.process_time()
    picture = np.asarray(Image.open(io.BytesIO(content)).convert("L"))
    said = read.read(picture, links.get)
    tally.seconds.append(time.process_time() - start)
    tally.pages += 1
    tally.codes += said.error is not Unreadable.NO_CODE
    tally.zxing += bool(zxingcpp.read_barcodes(picture))
    tally.wrong_sheets += said.serial not in ("", sheet.link)
    if said.error or said.table is None:
        tally.unreadable.append(f"page {number}: {said.error} ({how})")
        return
    naive = _naive(said.table)
    for row, truth, guess, note in zip(said.rows, filled.truth, naive, filled.notes, strict=True):
        tally.rows[truth, row.mark.value] += 1
        tally.naive_right += guess == truth
        if tuning and row.mark != truth:
            print(f"page {number}, {how}: {truth}{note}: {row}")


def _naive(table: FlatTable) -> list[str]:
    """What a fixed threshold makes of the rows, each looked at well inside of its lines."""
    guesses = []
    for row in range(table.grid.count):
        (left, top), (right, bottom) = (
            at(table.grid, table.grid.cells[0][0], table.grid.rows[row] + 1),
            at(table.grid, table.grid.cells[-1][1], table.grid.rows[row + 1] - 1),
        )
        inside = table.picture[round(top) : round(bottom), round(left) : round(right)]
        guesses.append(filling.FILLED if (inside < NAIVE_DARK).mean() > NAIVE_INK else filling.EMPTY)
    return guesses


def _told(tally: Tally) -> bool:
    """Print the figures; whether all targets are met."""
    judged = tally.total - tally.sent
    right = 100 * (judged - tally.wrong) / max(judged, 1)
    sent = 100 * tally.sent / max(tally.total, 1)
    naive = 100 * tally.naive_right / max(tally.total, 1)
    mean, most = float(np.mean(tally.seconds)), float(np.max(tally.seconds))
    targets = {
        f"rows judged right: {right:.2f} % of {judged} (at least {RIGHT} %)": right >= RIGHT,
        f"rows sent to a person: {sent:.2f} % of {tally.total} (at most {SENT} %)": sent <= SENT,
        f"pages taken for another sheet: {tally.wrong_sheets} of {tally.pages} (none)": tally.wrong_sheets == 0,
        f"QR codes read: {tally.codes} of {tally.pages} (all)": tally.codes == tally.pages,
        f"pages that could not be read: {len(tally.unreadable)} (none)": not tally.unreadable,
        f"s of one core a page: {mean:.2f}, at most {most:.2f} (at most {SECONDS})": most <= SECONDS,
    }
    for said, is_met in targets.items():
        print(f"{'  ' if is_met else '! '}{said}")
    for line in tally.unreadable:
        print(f"    {line}")
    for (truth, said), count in sorted(tally.rows.items()):
        print(f"    {truth} -> {said}: {count}")
    missed, naively = tally.pages - tally.codes, tally.pages - tally.zxing
    print(f"  zxing-cpp alone reads {tally.zxing} of {tally.pages} codes: it misses {naively} where we miss {missed}")
    wrongly = (100 - naive) / max(100 - right, 100 / max(judged, 1))
    print(f"  a fixed threshold judges {naive:.2f} % of the rows right: {wrongly:.0f} times as many wrong")
    return all(targets.values())


if __name__ == "__main__":
    main()
