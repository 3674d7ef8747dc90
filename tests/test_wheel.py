"""An installed wheel finds its templates, letter templates, migrations, translations and demo section."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import campaign_app

ROOT = Path(campaign_app.__file__).parents[1]
SOURCES = (
    "campaign_app", "templates", "letter_templates", "pyproject.toml", "hatch_build.py", "README.md", ".gitignore",
)  # fmt: skip
ASK = """
from pathlib import Path
import campaign_app
from campaign_app import resources, create_app

print(Path(campaign_app.__file__).parent)
print(resources.TEMPLATES)
client = create_app(PRESS_PROCESSES=0).test_client()
home = client.get("/")
assert home.status_code == 200, home.status_code
assert "nasim-el-fanous" in home.text
assert client.get("/static/site.css").status_code == 200
assert "로그인" in client.get("/sign-in?lang=ko").text
from campaign_app.texts import library
assert resources.LETTER_TEMPLATES.is_relative_to(Path(campaign_app.__file__).parent)
assert sorted(resources.LETTER_TEMPLATES.glob("*.md"))
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


def test_the_site_runs_from_an_installed_wheel(installed: dict[str, str], tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "campaign_app", "demo"], cwd=tmp_path, env=installed, check=True)
    answer = subprocess.run(
        [sys.executable, "-c", ASK], cwd=tmp_path, env=installed, check=True, capture_output=True, text=True
    )
    assert answer.stdout.split() == [
        f"{installed['PYTHONPATH']}/campaign_app",
        f"{installed['PYTHONPATH']}/campaign_app/templates",
    ]
