"""SAFETY 25 and the invariants: nothing that was acknowledged is lost or doubled, whatever happens to the process."""

from __future__ import annotations

from pathlib import Path

from benchmarks import kills_of_the_site, load


def test_safety_25_a_site_killed_while_people_write_loses_no_letter_that_it_acknowledged(tmp_path: Path) -> None:
    outcome = kills_of_the_site.run(8, tmp_path)
    assert outcome.acknowledged
    assert (outcome.lost, outcome.doubled, outcome.check) == ([], 0, "")


def test_letters_of_several_writers_at_once_are_neither_lost_nor_doubled(tmp_path: Path) -> None:
    outcome = load.run(60, 25, tmp_path, writers=4, press_processes=0)
    assert len(outcome.acknowledged) == 60
    assert (outcome.refused, outcome.lost, outcome.doubled, outcome.check) == (0, 0, 0, "")
