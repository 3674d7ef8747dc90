"""References and links as people type, paste and scan them."""

from __future__ import annotations

import pytest

from campaign_app import keys
from campaign_app.tracking import marking


@pytest.mark.parametrize(
    "written", ["0A1B-2C3D", "0a1b-2c3d", "0A1B2C3D", "oaib-2c3d", "OALB–2C3D", "０Ａ１Ｂ－２Ｃ３Ｄ"]
)
def test_a_reference_is_understood_as_people_write_it(written: str) -> None:
    assert marking.typed(written).references == {"0A1B-2C3D"}


def test_anything_may_stand_between_references() -> None:
    assert marking.typed("0A1B-2C3D, 1111-2222;3333-4444\n\t5555-6666").references == {
        "0A1B-2C3D", "1111-2222", "3333-4444", "5555-6666",
    }  # fmt: skip


def test_a_link_is_known_by_its_token_and_stays_readable() -> None:
    typed = marking.typed("https://example.org/l/Abc_-0 0A1B-2C3D")
    assert typed.links == {keys.token_hash("Abc_-0"): "https://example.org/l/Abc_-0"}
    assert typed.references == {"0A1B-2C3D"}


def test_nothing_typed_is_nothing() -> None:
    assert not marking.typed(" ,\n")
