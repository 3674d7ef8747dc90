"""``kill -9`` at random moments while people write letters: nothing that was acknowledged may be lost or doubled.

python -m benchmarks.kills_of_the_site --kills 500
"""

from __future__ import annotations

import argparse
import random
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.site import Writer, new_key, prepared

WRITERS = 4
LONGEST = 0.5  # s between a letter that was acknowledged and the end of the site
PATIENCE = 60  # s until a site that just began acknowledges one


@dataclass
class Outcome:
    """What became of the letters: ``acknowledged`` by the form's key, ``lost`` and ``doubled`` by their reference."""

    kills: int = 0
    acknowledged: dict[str, str] = field(default_factory=dict)
    interrupted: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: int = 0
    check: str = ""

    @property
    def is_clean(self) -> bool:
        return not self.lost and not self.doubled and not self.check


def run(kills: int, folder: Path, seed: int = 1, minutes: float = 60) -> Outcome:
    """Kill the site ``kills`` times, or for so long, while it is written to, and look what is there afterwards."""
    last = time.monotonic() + 60 * minutes
    outcome, chance = Outcome(), random.Random(seed)
    with prepared(folder) as site:
        before = set(site.references())
        site.start()
        writers = [Writer(site) for _ in range(WRITERS)]
        site.stop()
        while outcome.kills < kills and time.monotonic() < last:
            site.start()
            written, over = threading.Event(), threading.Event()
            arguments = (written, over, outcome)
            threads = [threading.Thread(target=_write, args=(writer, *arguments)) for writer in writers]
            for thread in threads:
                thread.start()
            written.wait(PATIENCE)
            time.sleep(chance.uniform(0, LONGEST))
            site.kill()
            over.set()
            for thread in threads:
                thread.join()
            outcome.kills += 1
        checked = site.call("check")
        outcome.check = "" if checked.returncode == 0 else checked.stderr
        recorded = [reference for reference in site.references() if reference not in before]
    outcome.lost = sorted(set(outcome.acknowledged.values()) - set(recorded))
    # A form that was cut off may have made its letter, or not.
    outcome.doubled += max(0, len(recorded) - len(outcome.acknowledged) - outcome.interrupted)
    return outcome


def _write(writer: Writer, written: threading.Event, over: threading.Event, outcome: Outcome) -> None:
    """Write letters until the site is gone, each form twice."""
    while not over.is_set():
        key = new_key()
        if reference := writer.write(key):
            outcome.acknowledged[key] = reference
            written.set()
            if writer.write(key) not in (reference, None):  # the same form again is the same letter
                outcome.doubled += 1
        else:
            outcome.interrupted += 1
            return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        outcome = run(asked.kills, Path(folder), asked.seed, asked.minutes)
    print(
        f"{outcome.kills} kills in {time.monotonic() - began:.0f} s, {len(outcome.acknowledged)} letters acknowledged,"
    )
    print(f"{outcome.interrupted} cut off; {len(outcome.lost)} lost, {outcome.doubled} doubled, check: ", end="")
    print(outcome.check or "clean")
    raise SystemExit(not outcome.is_clean)


if __name__ == "__main__":
    main()
