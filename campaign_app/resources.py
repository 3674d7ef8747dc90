"""Where the files stand that are no Python: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _folder(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


TEMPLATES = _folder("templates")
LETTER_TEMPLATES = _folder("letter_templates")
STATIC = _PACKAGE / "static"
MIGRATIONS = _PACKAGE / "migrations"
