"""Signature sheets filled by nobody: pages with handwriting-like strokes, and what a scanner or phone makes of them.

There are two worlds that share nothing but the pens, the blank sheet and which rows are filled, empty or struck out:

- for tuning: ``strokes_for_tuning`` (letters drawn by formula and by plotter fonts) and ``wear_for_tuning``;
- for testing: ``strokes_for_testing`` (the skeletons of true letters of many scripts, bent like handwriting) and
  ``wear_for_testing`` (other shadows, lenses, noise and folds, by code of their own).

Thresholds of ``campaign_app.petitions.reading`` are set by looking at the first alone; ``benchmarks.scans`` judges them
by the second. Who changes a threshold looks at ``python -m benchmarks.scans --tuning``.
"""
