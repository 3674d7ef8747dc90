"""The member's way over HTTP, with real paper."""

from __future__ import annotations

import html
import io
import re
import threading
import unicodedata
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from campaign_app.campaigns.models import Campaign, SenderAddress, Status
from campaign_app.db import db
from campaign_app.letters.models import KeptLetter, LetterRecord
from campaign_app.targets.models import Office, Part, Target
from tests.conftest import change

HOSTILE = ["{{7*7}}", "{% for x in y %}", "# x", "***", "<script>alert(1)</script>", "</w:t></w:r>", "A & B <C>"]


def filled(**changes: Any) -> dict[str, Any]:
    values = {
        "key": "a-key-of-one-form", "language": "en", "targets": ["1"], "name": "Kim Minji", "street": "Jongno 1",
        "city": "Seoul", "postcode": "04560", "country": "KR", "own_words": "I care about her.",
        "day": date.today().isoformat(), "paper": "A4", "window": "", "action": "make",
    }  # fmt: skip
    return values | changes


def send(client: FlaskClient, campaign: Campaign, **changes: Any) -> TestResponse:
    return client.post(f"/campaigns/{campaign.slug}/write", data=filled(**changes))


def sealed(page: TestResponse) -> str:
    found = re.search(r'name="sealed" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def take(client: FlaskClient, page: TestResponse, which: str) -> TestResponse:
    return client.post("/letters/take", data={"sealed": sealed(page), "take": which})


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "\n")


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(LetterRecord.id))) or 0


@pytest.fixture
def embassy(app: Flask) -> Target:
    with app.app_context():
        target = Target(
            office=Office.AMBASSADOR, position="Ambassador of Egypt", lines="114 Itaewon-ro\nSeoul", country="KR",
            represents="EG", part=Part.EMBASSY,
        )  # fmt: skip
        db.session.add(target)
        db.session.commit()
        db.session.refresh(target)
        db.session.expunge(target)
        return target


def test_a_form_becomes_a_letter_as_pdf_and_as_docx_with_the_same_words(
    app: Flask, client: FlaskClient, campaign: Campaign
) -> None:
    page = send(client, campaign)
    assert page.status_code == 200
    pdf = take(client, page, "0.pdf")
    word = docx.Document(io.BytesIO(take(client, page, "0.docx").data))
    for words in ("Kim Minji", "SEOUL, 04560, KOREA", "I care about her.", "EGYPT", "Your Excellency,"):
        assert words in text_of(pdf.data)
        assert words in "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert pdf.headers["Content-Disposition"].startswith("attachment")
    assert pdf.headers["X-Content-Type-Options"] == "nosniff"
    assert count(app) == 1


def test_all_letters_come_as_one_pdf_or_as_a_zip_of_docx(
    app: Flask, client: FlaskClient, campaign: Campaign, embassy: Target
) -> None:
    page = send(client, campaign, targets=["1", str(embassy.id)])
    assert len(pypdfium2.PdfDocument(take(client, page, "all.pdf").data)) == 2
    with zipfile.ZipFile(io.BytesIO(take(client, page, "all.zip").data)) as archive:
        assert len(archive.namelist()) == 2
        assert all(name.endswith(".docx") for name in archive.namelist())
    assert count(app) == 2


def test_only_the_embassy_in_the_writers_country_is_written_to(
    app: Flask, client: FlaskClient, campaign: Campaign, embassy: Target
) -> None:
    assert embassy.position in client.get(f"/campaigns/{campaign.slug}/write").text
    send(client, campaign, targets=["1", str(embassy.id)], country="JP")
    assert count(app) == 1


def test_safety_23_a_form_sent_twice_makes_one_letter(app: Flask, client: FlaskClient, campaign: Campaign) -> None:
    first, second = send(client, campaign), send(client, campaign, own_words="I care, and mended a word.")
    assert count(app) == 1
    for known_by in (r'href="(/l/[^"]+)"', r"Reference (\S{9})"):
        assert re.findall(known_by, first.text) == re.findall(known_by, second.text) != []
    assert "mended" in text_of(take(client, second, "0.pdf").data)


def test_safety_23_a_form_sent_at_the_same_moment_makes_one_letter(app: Flask, campaign: Campaign) -> None:
    answers: list[int] = []

    def one() -> None:
        answers.append(send(app.test_client(), campaign).status_code)

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 4
    assert count(app) == 1


@pytest.mark.parametrize("value", HOSTILE)
def test_safety_02_hostile_words_stand_on_paper_as_typed(client: FlaskClient, campaign: Campaign, value: str) -> None:
    page = send(client, campaign, name=value, own_words=value)
    assert page.status_code == 200, page.text
    assert text_of(take(client, page, "0.pdf").data).count(value) >= 3
    word = docx.Document(io.BytesIO(take(client, page, "0.docx").data))
    assert sum(value in paragraph.text for paragraph in word.paragraphs) >= 3


@pytest.mark.parametrize("field", ["name", "own_words", "city"])
@pytest.mark.parametrize("character", ["\0", "\x1b", "\ufffe"])
def test_safety_05_control_characters_are_refused_at_the_field(
    app: Flask, client: FlaskClient, campaign: Campaign, field: str, character: str
) -> None:
    page = send(client, campaign, **{field: f"Kim{character}Minji"})
    assert page.status_code == 422
    assert f"U+{ord(character):04X}" in page.text
    assert f'href="#{field}"' in page.text
    assert "I care about her." in page.text or field == "own_words"
    assert count(app) == 0


def test_safety_06_direction_overrides_are_stripped_and_names_kept_in_one_form(
    client: FlaskClient, campaign: Campaign
) -> None:
    typed = unicodedata.normalize("NFD", "김민지") + "\u202e عمر שלום"
    paper = text_of(take(client, send(client, campaign, name=typed), "0.pdf").data)
    assert "김민지" in paper
    assert "\u202e" not in paper


def test_safety_07_what_no_font_prints_is_named_with_its_field(
    app: Flask, client: FlaskClient, campaign: Campaign
) -> None:
    page = send(client, campaign, name="Kim 🦄")
    assert page.status_code == 422
    assert "🦄" in page.text
    assert 'href="#name"' in page.text
    assert count(app) == 0


@pytest.mark.parametrize("name", ["Aung", "U Thant", "Wolfeschlegelstein" * 16, "나랏말ᄊᆞ미"])
def test_safety_07_mononyms_and_long_names_are_accepted(client: FlaskClient, campaign: Campaign, name: str) -> None:
    assert send(client, campaign, name=name).status_code == 200


@pytest.mark.parametrize("words", ["e" + "\u0301" * 20_000, "x" * 1_000_000, "long " * 3000])
def test_safety_08_what_is_too_long_is_refused_and_kept(
    app: Flask, client: FlaskClient, campaign: Campaign, words: str
) -> None:
    page = send(client, campaign, own_words=words)
    assert page.status_code == 422
    assert 'href="#own_words"' in page.text
    assert count(app) == 0


def test_safety_12_a_letter_over_one_page_is_refused_before_it_is_made(
    app: Flask, client: FlaskClient, campaign: Campaign
) -> None:
    page = send(client, campaign, own_words="A sentence that goes on. " * 150)
    assert page.status_code == 422
    assert "fills 2 pages" in page.text
    assert count(app) == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"targets": []}, "targets"),
        ({"targets": ["999"]}, "targets"),
        ({"day": "29 February"}, "day"),
        ({"day": (date.today() + timedelta(days=400)).isoformat()}, "day"),
        ({"country": "XX"}, "country"),
        ({"paper": "A3"}, "paper"),
        ({"window": "none"}, "window"),
        ({"key": "x"}, "key"),
    ],
)
def test_a_wrong_field_is_refused_where_it_stands(
    app: Flask, client: FlaskClient, campaign: Campaign, changes: dict[str, Any], field: str
) -> None:
    page = send(client, campaign, **changes)
    assert page.status_code == 422
    assert f'href="#{field}"' in page.text
    assert "I care about her." in page.text
    assert count(app) == 0


def test_a_forbidden_phrase_is_refused_however_it_is_written(
    app: Flask, client: FlaskClient, campaign: Campaign
) -> None:
    change(app, campaign, forbidden_phrases=["Café Liberté"])
    page = send(client, campaign, own_words="We met at the CAFE  liberte.")
    assert page.status_code == 422
    assert "Café Liberté" in page.text
    assert count(app) == 0


def test_where_the_organization_may_not_be_named_neither_its_name_nor_its_site_is_on_paper(
    app: Flask, client: FlaskClient, campaign: Campaign
) -> None:
    change(app, campaign, may_name_organization=False)
    assert send(client, campaign, own_words=app.config["SECTION_NAME"]).status_code == 422
    page = send(client, campaign)
    links = pypdfium2.PdfDocument(take(client, page, "0.pdf").data)
    assert app.config["SITE_URL"] not in text_of(take(client, page, "0.pdf").data)
    assert "Figure" not in str(links[0])


@pytest.mark.parametrize(
    ("allowed", "asked", "printed"),
    [
        (SenderAddress.FULL, {"street", "city", "postcode"}, "SEOUL, 04560, KOREA"),
        (SenderAddress.CITY, {"city"}, "SEOUL, KOREA"),
        (SenderAddress.COUNTRY, set(), "KOREA"),
        (SenderAddress.NONE, set(), ""),
    ],
)
def test_the_form_asks_for_no_more_of_the_address_than_may_be_printed(
    app: Flask, client: FlaskClient, campaign: Campaign, allowed: SenderAddress, asked: set[str], printed: str
) -> None:
    change(app, campaign, sender_address=allowed)
    form = client.get(f"/campaigns/{campaign.slug}/write").text
    assert {name for name in ("street", "city", "postcode") if f'name="{name}"' in form} == asked
    paper = text_of(take(client, send(client, campaign), "0.pdf").data)
    assert printed in paper
    assert ("Jongno" in paper) is (allowed is SenderAddress.FULL)


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.CLOSED, Status.DRAFT])
def test_a_campaign_that_is_not_open_takes_no_letters_and_says_why(
    app: Flask, client: FlaskClient, campaign: Campaign, status: Status
) -> None:
    change(app, campaign, status=status, reason_note="The family asks for quiet.")
    answer = send(client, campaign)
    assert answer.status_code == (404 if status is Status.DRAFT else 303)
    assert count(app) == 0
    if status is not Status.DRAFT:
        assert "The family asks for quiet." in client.get(answer.location).text


def test_the_page_of_a_letter_warns_its_writer_once_the_campaign_is_suspended(
    app: Flask, client: FlaskClient, campaign: Campaign
) -> None:
    page = send(client, campaign)
    link = re.search(r'href="(/l/[^"]+)"', page.text)
    assert link
    change(app, campaign, status=Status.SUSPENDED, reason_note="Please wait.")
    assert "Please wait." in client.get(link[1]).text
    assert take(client, page, "0.pdf").status_code == 200


def test_safety_09_a_campaign_closes_at_midnight_in_its_own_time_zone(
    app: Flask, client: FlaskClient, campaign: Campaign
) -> None:
    change(app, campaign, opens_on=date(2028, 1, 1), post_by=date(2028, 2, 29), time_zone="Asia/Seoul")
    with time_machine.travel("2028-02-29T14:59:00+00:00", tick=False):
        assert client.get(f"/campaigns/{campaign.slug}/write").status_code == 200
    with time_machine.travel("2028-02-29T15:01:00+00:00", tick=False):
        assert client.get(f"/campaigns/{campaign.slug}/write").status_code == 303


def test_safety_rule_1_nothing_about_the_writer_is_stored(app: Flask, client: FlaskClient, campaign: Campaign) -> None:
    send(client, campaign, name="Zebedee Canary", own_words="canary words")
    with app.app_context():
        db.engine.dispose()
    for file in (path for path in Path(app.instance_path).rglob("*") if path.is_file()):
        assert b"Zebedee" not in file.read_bytes()
        assert b"canary words" not in file.read_bytes()


def test_a_finished_letter_can_be_taken_for_an_hour(client: FlaskClient, campaign: Campaign) -> None:
    page = send(client, campaign)
    with time_machine.travel(date.today() + timedelta(days=2)):
        assert take(client, page, "0.pdf").status_code == 410
    assert client.post("/letters/take", data={"sealed": "forged", "take": "0.pdf"}).status_code == 410


def test_what_is_sealed_in_the_page_cannot_be_read(client: FlaskClient, campaign: Campaign) -> None:
    assert "Kim Minji" not in sealed(send(client, campaign))


def test_a_kept_letter_is_made_again_exactly_with_its_code_alone(
    app: Flask, client: FlaskClient, campaign: Campaign
) -> None:
    page = send(client, campaign, keep="y")
    original = take(client, page, "0.pdf").data
    code = re.search(r"<code>([^<]+)</code>", page.text)
    reference = re.search(r"Reference (\S{9})", page.text)
    assert code
    assert reference
    change(app, campaign, person="Somebody Else")
    wrong = client.post("/letters/kept", data={"reference": reference[1], "code": "0000-0000-0000-0000-0000"})
    assert wrong.status_code == 422
    again = client.post("/letters/kept", data={"reference": reference[1].lower(), "code": code[1].replace("-", " ")})
    assert take(client, again, "0.pdf").data == original
    client.post("/letters/kept", data={"reference": reference[1], "code": code[1], "action": "delete"})
    with app.app_context():
        assert db.session.scalar(select(func.count(KeptLetter.letter_id))) == 0


def test_the_preview_is_the_page_that_prints_and_stores_nothing(
    app: Flask, client: FlaskClient, campaign: Campaign
) -> None:
    fragment = client.post(f"/campaigns/{campaign.slug}/write/preview", data=filled())
    assert fragment.text.count("data:image/png;base64,") == 1
    page = send(client, campaign, action="preview")
    assert "data:image/png;base64," in page.text
    assert count(app) == 0


def test_a_preview_needs_no_name_yet_and_warns_of_what_would_be_refused(
    client: FlaskClient, campaign: Campaign
) -> None:
    fragment = client.post(
        f"/campaigns/{campaign.slug}/write/preview", data=filled(name="", own_words="A sentence. " * 280 + "🦄")
    ).text
    assert "🦄" in fragment
    assert "fills 2 pages" in fragment
    assert fragment.count("data:image/png;base64,") == 2


def test_safety_requests_a_missing_csrf_token_keeps_the_typed_letter(
    app: Flask, client: FlaskClient, campaign: Campaign
) -> None:
    app.before_request_funcs[None].pop()  # what lets tests send forms without a token
    page = send(client, campaign)
    assert page.status_code == 422
    assert "I care about her." in page.text
    assert count(app) == 0


def test_an_introduction_becomes_a_natural_sentence(client: FlaskClient, campaign: Campaign) -> None:
    page = send(client, campaign, nationality="Korean", occupation="teacher", links=["family"])
    paper = " ".join(text_of(take(client, page, "0.pdf").data).split())
    assert "Korean" in paper
    assert "a teacher" in paper
    assert "family" in paper


def test_switching_the_language_keeps_what_was_typed(client: FlaskClient, campaign: Campaign) -> None:
    page = client.post(f"/campaigns/{campaign.slug}/write", data=filled(switch="en", name="김 & <민지>"))
    assert page.status_code == 200
    assert html.escape("김 & <민지>") in page.text
