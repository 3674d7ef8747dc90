"""What packaging adds to the files in git: compiled translations, and the templates inside of a wheel."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BESIDE_THE_PACKAGE = ("templates", "letter_templates")


class PackagingHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for written in Path(self.root, "campaign_app", "translations").rglob("*.po"):
            with written.open("rb") as source, written.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(source))
        if version == "standard":  # an editable install finds them in the checkout
            build_data["force_include"] |= {name: f"campaign_app/{name}" for name in BESIDE_THE_PACKAGE}
