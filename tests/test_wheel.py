"""An installed wheel finds its templates, letter templates, migrations, translations and demo section."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

import campaign_app

ROOT = Path(campaign_app.__file__).parents[1]
SOURCES = (
    "campaign_app", "templates", "letter_templates", "pyproject.toml", "hatch_build.py", "README.md", ".gitignore",
)  # fmt: skip
LOOK_AROUND = """
import json
from pathlib import Path

import campaign_app
from campaign_app import create_app, resources

client = create_app(PRESS_PROCESSES=0).test_client()
print(json.dumps({
    "package": str(Path(campaign_app.__file__).parent),
    "folders": [str(folder) for folder in (resources.TEMPLATES, resources.LETTER_TEMPLATES, resources.MIGRATIONS)],
    "home": client.get("/").text,
    "style": client.get("/static/site.css").status_code,
}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that nothing is written into the checkout."""
    source = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        else:
            shutil.copy(ROOT / name, source / name)
    subprocess.run([sys.executable, "-m", "hatchling", "build", "--target", "wheel"], cwd=source, check=True)
    [built] = (source / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a program that finds the application in the installed wheel alone."""
    place = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--disable-pip-version-check"]
    subprocess.run([*pip, "--target", place / "site", wheel], check=True)
    return os.environ | {"PYTHONPATH": str(place / "site"), "CAMPAIGN_APP_INSTANCE": str(place / "instance")}


def test_a_wheel_holds_everything_but_what_belongs_to_the_checkout(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    for part in ("templates/base.html", "letter_templates/urgent_action.en.md", "migrations/env.py", "static/site.css"):
        assert f"campaign_app/{part}" in names
    assert "campaign_app/translations/ko/LC_MESSAGES/messages.mo" in names
    assert "campaign_app/demo/section.toml" in names
    assert not [name for name in names if name.startswith(("tests/", "instance/")) or name.endswith(".pyc")]


@pytest.fixture(scope="module")
def found(installed: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the installed application finds and shows, once the demo section is loaded with its own command."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "campaign_app", "demo"], cwd=elsewhere, env=installed, check=True)
    look = [sys.executable, "-c", LOOK_AROUND]
    return json.loads(subprocess.run(look, cwd=elsewhere, env=installed, check=True, stdout=subprocess.PIPE).stdout)


def test_an_installed_wheel_uses_its_own_files(installed: dict[str, str], found: dict[str, Any]) -> None:
    package = f"{installed['PYTHONPATH']}/campaign_app"
    assert found["package"] == package
    assert found["folders"] == [f"{package}/{name}" for name in ("templates", "letter_templates", "migrations")]


def test_an_installed_wheel_serves_the_site(found: dict[str, Any]) -> None:
    assert "nasim-el-fanous" in found["home"]
    assert found["style"] == 200
