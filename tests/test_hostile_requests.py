"""Requests that no page of ours sends: they get an answer, and never an error page of the server's."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask.testing import FlaskClient

from campaign_app.campaigns.models import Campaign
from campaign_app.letters.views import TAKEN

JSON_BODIES = [b"[1]", b"null", b"{", b'{"name": {"a": 1}}', b'{"email": "\\ud800", "password": 1}']


@pytest.mark.parametrize("body", JSON_BODIES)
@pytest.mark.parametrize("path", ["/sign-in", "/letters/kept", "/campaigns/nadia-example/write"])
def test_json_is_refused_where_a_form_is_expected(
    client: FlaskClient, campaign: Campaign, path: str, body: bytes
) -> None:
    assert campaign.slug in path or path in ("/sign-in", "/letters/kept")
    assert client.post(path, data=body, content_type="application/json").status_code == 415


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x"])
def test_a_body_that_is_no_form_previews_an_empty_one(client: FlaskClient, campaign: Campaign, kind: str) -> None:
    path = f"/campaigns/{campaign.slug}/write/preview"
    assert client.post(path, data=b"--y\r\n\xff\x00", content_type=kind).status_code == 200


@pytest.mark.parametrize("sealed", ["", "é", "gAAAAA\0", "A" * 100_000])
def test_a_forged_sealed_letter_is_as_good_as_expired(client: FlaskClient, sealed: str) -> None:
    assert client.post("/letters/take", data={"sealed": sealed, "take": "0.pdf"}).status_code == 410


def test_a_forged_sealed_upload_is_refused(organizer: FlaskClient) -> None:
    for sealed in ("é", "x"):
        data = {"sealed": sealed, "file": (BytesIO(b""), "")}
        assert organizer.post("/targets/import/", data=data).status_code == 422


def test_what_a_signed_in_person_sees_is_kept_in_no_cache(client: FlaskClient, organizer: FlaskClient) -> None:
    assert organizer.get("/desk").headers["Cache-Control"] == "no-store"
    assert client.get("/").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("wanted", ["9" * 5000 + ".pdf", "0.zip", "all.docx", "-1.pdf", "².pdf", ""])
def test_no_other_file_is_offered_under_a_wrong_name(wanted: str) -> None:
    assert TAKEN.fullmatch(wanted) is None


def test_safety_requests_a_forged_host_reaches_no_redirect(organizer: FlaskClient) -> None:
    answer = organizer.get("/targets", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.location) == (308, "/targets/")
