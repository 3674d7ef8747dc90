"""Letters at a steady rate by concurrent writers, each sent twice now and then: none may be lost or doubled.

python -m benchmarks.load --letters 45000 --rate 25
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.site import Site, Writer, new_key, prepared

WRITERS = 8
SENT_TWICE = 10  # one form in so many


@dataclass
class Outcome:
    """What became of the letters, and how long each writer waited, in seconds."""

    wanted: int
    seconds: float = 0.0
    acknowledged: list[str] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    refused: int = 0
    lost: int = 0
    doubled: int = 0
    check: str = ""

    @property
    def is_clean(self) -> bool:
        return not (self.refused or self.lost or self.doubled or self.check)


def run(letters: int, rate: float, folder: Path, writers: int = WRITERS, press_processes: int = 2) -> Outcome:
    """Have ``letters`` written at ``rate`` a second, and look what is there afterwards."""
    outcome = Outcome(letters)
    with prepared(folder, press_processes) as site:
        before = set(site.references())
        site.start()
        numbers, lock, began = iter(range(letters)), threading.Lock(), time.monotonic()
        arguments = (site, numbers, lock, began, rate, outcome)
        threads = [threading.Thread(target=_write, args=arguments) for _ in range(writers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        outcome.seconds = time.monotonic() - began
        site.stop()
        checked = site.call("check")
        outcome.check = "" if checked.returncode == 0 else checked.stderr
        recorded = [reference for reference in site.references() if reference not in before]
    outcome.lost = len(set(outcome.acknowledged) - set(recorded))
    outcome.doubled = len(outcome.acknowledged) - len(set(outcome.acknowledged)) + max(0, len(recorded) - letters)
    return outcome


def _write(site: Site, numbers: object, lock: threading.Lock, began: float, rate: float, outcome: Outcome) -> None:
    """Write the next letter when its moment has come, until all are written."""
    writer = Writer(site)
    while True:
        with lock:
            number = next(numbers, None)  # type: ignore[call-overload]
        if number is None:
            return
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        key, at = new_key(), time.monotonic()
        reference = writer.write(key)
        outcome.waited.append(time.monotonic() - at)
        if reference is None:
            outcome.refused += 1
            continue
        outcome.acknowledged.append(reference)
        if number % SENT_TWICE == 0 and writer.write(key) != reference:
            outcome.doubled += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=45_000)
    parser.add_argument("--rate", type=float, default=25.0, help="letters a second")
    parser.add_argument("--writers", type=int, default=WRITERS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(asked.letters, asked.rate, Path(folder), asked.writers)
    print(f"{len(outcome.acknowledged)} of {outcome.wanted} letters in {outcome.seconds:.0f} s: ", end="")
    print(f"{len(outcome.acknowledged) / outcome.seconds:.1f} a second; waited {_waited(outcome)}")
    print(
        f"{outcome.refused} refused, {outcome.lost} lost, {outcome.doubled} doubled, check: {outcome.check or 'clean'}"
    )
    raise SystemExit(not outcome.is_clean)


def _waited(outcome: Outcome) -> str:
    median, p95 = statistics.median(outcome.waited), statistics.quantiles(outcome.waited, n=20)[-1]
    return f"{median * 1000:.0f} ms in the median, {p95 * 1000:.0f} ms at the 95th percentile"


if __name__ == "__main__":
    main()
