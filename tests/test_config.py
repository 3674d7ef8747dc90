"""Settings: where they are looked up, in which order, and what is refused."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from campaign_app import config

ROOT = Path(config.__file__).parents[1]
STRONG = "x" * config.SECRET_KEY_LENGTH


def written(instance: Path, text: str) -> Path:
    (instance / "config.toml").write_text(text)
    return instance


class TestOrder:
    def test_a_setting_that_nobody_gives_has_its_default(self, tmp_path: Path) -> None:
        assert config.load(tmp_path, {})["COUNTRY"] == "KR"

    def test_the_file_in_the_instance_folder_comes_before_the_default(self, tmp_path: Path) -> None:
        assert config.load(written(tmp_path, 'country = "JP"'), {})["COUNTRY"] == "JP"

    def test_the_environment_comes_before_the_file(self, tmp_path: Path) -> None:
        instance = written(tmp_path, 'country = "JP"')
        assert config.load(instance, {"CAMPAIGN_APP_COUNTRY": "FR"})["COUNTRY"] == "FR"

    def test_what_is_given_comes_before_the_environment(self, tmp_path: Path) -> None:
        assert config.load(tmp_path, {"CAMPAIGN_APP_COUNTRY": "FR"}, {"COUNTRY": "EG"})["COUNTRY"] == "EG"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("THREADS", "4", 4),
        ("DEMO", "yes", True),
        ("DEMO", "0", False),
        ("LANGUAGES", "ko, en", ["ko", "en"]),
        ("ORGANIZATION_NAMES", "", []),
    ],
)
def test_the_environment_is_read_as_the_kind_of_the_setting(
    tmp_path: Path, name: str, text: str, value: object
) -> None:
    assert config.load(tmp_path, {f"CAMPAIGN_APP_{name}": text})[name] == value


class TestRefused:
    def test_an_unknown_setting_is_named_with_its_file(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match=r"config\.toml.*colour"):
            config.load(written(tmp_path, 'colour = "green"'), {})

    def test_a_setting_of_another_kind_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match=r"LANGUAGES.*list"):
            config.load(written(tmp_path, "languages = 3"), {})

    def test_a_setting_that_cannot_be_read_as_its_kind_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match=r"THREADS.*int"):
            config.load(tmp_path, {"CAMPAIGN_APP_THREADS": "many"})


class TestSecretKey:
    def test_a_strong_key_is_taken(self, tmp_path: Path) -> None:
        assert config.load(tmp_path, {"CAMPAIGN_APP_SECRET_KEY": STRONG})["SECRET_KEY"] == STRONG
        assert not (tmp_path / "secret_key").exists()

    def test_a_missing_key_is_generated_into_a_file_for_its_owner_alone(self, tmp_path: Path) -> None:
        key = config.load(tmp_path, {})["SECRET_KEY"]
        file = tmp_path / "secret_key"
        assert len(key) >= config.SECRET_KEY_LENGTH
        assert file.read_text() == key
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    def test_the_generated_key_stays(self, tmp_path: Path) -> None:
        assert config.load(tmp_path, {})["SECRET_KEY"] == config.load(tmp_path, {})["SECRET_KEY"]

    def test_a_weak_key_is_replaced_and_said_to_be(self, tmp_path: Path) -> None:
        with pytest.warns(UserWarning, match="too short"):
            key = config.load(tmp_path, {"CAMPAIGN_APP_SECRET_KEY": "secret"})["SECRET_KEY"]
        assert len(key) >= config.SECRET_KEY_LENGTH

    def test_two_instances_have_two_keys(self, tmp_path: Path) -> None:
        assert config.load(tmp_path / "a", {})["SECRET_KEY"] != config.load(tmp_path / "b", {})["SECRET_KEY"]


def test_cookies_are_for_https_alone_where_the_site_is(tmp_path: Path) -> None:
    assert config.load(tmp_path, {"CAMPAIGN_APP_SITE_URL": "https://letters.example"})["SESSION_COOKIE_SECURE"]


def test_operators_read_of_every_setting_and_its_default() -> None:
    page = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    for name, (default, meaning) in config.SETTINGS.items():
        assert f"| `{name.lower()}` | `{_as_toml(default)}` | {meaning} |" in page


def _as_toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return (
        str(value)
        if isinstance(value, int)
        else str(value).replace("'", '"')
        if isinstance(value, list)
        else f'"{value}"'
    )
