"""What the addresses of the site speak of: for each argument of an address, a row to put there.

Whoever adds an address with a new argument adds how to make it to ``MAKERS``: under the argument's name or, where that
name means something else elsewhere, under ``blueprint.argument`` or ``blueprint.view.argument``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from PIL import Image
from werkzeug.routing import Rule

from campaign_app import keys
from campaign_app.access.models import Account, Invitation, ResetLink, SignedIn
from campaign_app.campaigns import pictures
from campaign_app.campaigns.models import Campaign, CaseUpdate, Kind, Picture, Status, Theme
from campaign_app.db import db, now
from campaign_app.documents.sheet_design import SheetDesign as Design
from campaign_app.evenings import opening
from campaign_app.evenings.models import Evening, EveningTable
from campaign_app.groups.activity_models import Activity, ActivityKind
from campaign_app.groups.decision_models import Decision, DecisionOption
from campaign_app.groups.models import Duty, Group, Officer
from campaign_app.jobs.models import Job
from campaign_app.letters.composing import addressee
from campaign_app.letters.merge import Case, Text, Writer, merge
from campaign_app.letters.models import LetterRecord
from campaign_app.letters.post import PostalAddress
from campaign_app.outcomes.models import Outcome, WhatHappened
from campaign_app.people.models import Consent, FeePayment, Membership, Person, Purpose, Role, Way
from campaign_app.petitions.custody_models import SheetSample
from campaign_app.petitions.delivery_models import Delivery, DeliveryReceipt, SheetDestruction
from campaign_app.petitions.issue_models import SheetIssue
from campaign_app.petitions.models import Petition, PetitionText, SheetDesign
from campaign_app.petitions.scan_models import ScanFile, ScanPage, ScanPile
from campaign_app.petitions.sheet_models import Sheet, SheetBatch, SheetFile
from campaign_app.print_runs import check_job
from campaign_app.print_runs.models import PrintRun, RunFile, RunRow, Source
from campaign_app.print_runs.plan import Plan
from campaign_app.print_runs.rows import WriterValues
from campaign_app.replies.models import Reply, ReplyKind, WantsToKnow
from campaign_app.stored_files import room
from campaign_app.targets.models import Holder, Office, Target
from campaign_app.texts.models import LetterText, TextVersion
from campaign_app.tracking.models import HandwrittenCount, HandwrittenKind

PASSWORD = "the rain in Gyeonggi-do"
LONG_AGO = date(2020, 1, 1)


class Whose(Enum):
    """To whom a row belongs, and so who may come near it."""

    GROUP = "of one group"
    PERSON = "of one person"
    EVERYBODY = "of everybody who has the permission"


@dataclass(frozen=True)
class Actor:
    """Somebody with a role, signed in, by their cookie."""

    name: str
    role: Role | None
    group: str | None
    cookie: str = ""
    account_id: int = 0

    def client(self, app: Flask) -> FlaskClient:
        client = app.test_client()
        if self.cookie:
            client.set_cookie("session", self.cookie)
        return client


@dataclass(frozen=True)
class Maker:
    """How to find the value of an argument among the rows of a group (or, of one person, of an actor)."""

    whose: Whose
    value: Callable[[dict[str, Any], Actor], Any]


def of_group(name: str) -> Maker:
    return Maker(Whose.GROUP, lambda rows, _: rows[name])


def the(value: Any) -> Maker:
    return Maker(Whose.EVERYBODY, lambda _rows, _actor: value)


def shared(name: str) -> Maker:
    return Maker(Whose.EVERYBODY, lambda rows, _: rows[name])


MAKERS: dict[str, Maker] = {
    "campaigns.slug": shared("slug"),  # its page is public
    "letters.slug": shared("slug"),
    "public.slug": shared("slug"),
    "editing.slug": of_group("slug"),
    "story.slug": of_group("slug"),
    "status.slug": of_group("slug"),
    "texts.slug": of_group("slug"),
    "groups.slug": of_group("group_slug"),
    "groups.officers.slug": of_group("group_slug"),
    "tariffs.slug": of_group("group_slug"),
    "story.remove_picture.number": of_group("picture_id"),
    "story.remove_update.number": of_group("update_id"),
    "language": the("en"),
    "groups.decisions.slug": of_group("group_slug"),
    "groups.activities.slug": of_group("group_slug"),
    "groups.handover.slug": of_group("group_slug"),
    "decision_id": of_group("decision_id"),
    "activity_id": of_group("activity_id"),
    "groups.activities.year": the(date.today().year),
    "target_id": shared("target_id"),
    "dashboard.suffix": the("csv"),
    "cases.suffix": the("csv"),
    "dashboard.slug": of_group("group_slug"),
    "file": shared("file"),
    "static.filename": the("site.css"),
    "security.filename": the("js/base64.js"),
    "security.token": the("forged"),
    "tracking.token": shared("letter"),
    "letter_id": of_group("letter_id"),
    "evening_id": of_group("evening_id"),
    "count_id": of_group("count_id"),
    "kiosk.token": shared("kiosk"),
    "kiosk.table_id": shared("table_id"),
    "invitations.token": shared("invitation"),
    "resets.token": shared("reset"),
    "account_id": of_group("account_id"),
    "person_id": of_group("person_id"),
    "first_id": of_group("person_id"),
    "second_id": of_group("second_id"),
    "officer_id": of_group("officer_id"),
    "consent_id": of_group("consent_id"),
    "me.consent_id": Maker(Whose.PERSON, lambda rows, _: rows["consent_id"]),
    "fee_id": of_group("fee_id"),
    "jobs.number": of_group("job_id"),
    "run_id": of_group("run_id"),
    "run_rows.number": of_group("row_number"),
    "print_runs.slug": shared("slug"),  # whoever prints may print for every campaign that is open
    "print_runs.take.part": the("letters"),
    "print_runs.test_page.kind": the("labels"),
    "print_runs.test_page.name": the("L7163"),
    "reply_id": of_group("reply_id"),
    "follow_ups.token": shared("letter"),
    "unposted.slug": of_group("slug"),
    "outcomes.slug": of_group("slug"),
    "good_news.slug": shared("slug"),
    "outcome_id": of_group("outcome_id"),
    "good_news.outcome_id": shared("outcome_id"),
    "news.token": shared("stop"),
    "petition_id": of_group("petition_id"),
    "petitions.slug": shared("slug"),  # whoever keeps sheets may collect for every campaign that is open
    "design_id": of_group("design_id"),
    "batch_id": of_group("batch_id"),
    "sheet_batches.take.suffix": the("pdf"),
    "issue_id": of_group("issue_id"),
    "sheet_id": of_group("sheet_id"),
    "pile_id": of_group("pile_id"),
    "page_id": of_group("page_id"),
    "sheet_scans.row.row": the(1),
    "custody.paper.paper": the("list"),
    "delivery_id": of_group("delivery_id"),
    "receipt_id": of_group("receipt_id"),
    "destruction_id": of_group("destruction_id"),
    "sample_id": of_group("sample_id"),
    "collectors.token": shared("sheet_token"),
    "membership_id": of_group("membership_id"),
    "invitation_id": of_group("invitation_id"),
    "session_id": Maker(Whose.PERSON, lambda rows, _: rows["session_id"]),
}


def makers(rule: Rule) -> dict[str, Maker]:
    """How to make each argument of an address. Raises AssertionError for one that nobody said how to make."""
    blueprint = rule.endpoint.rpartition(".")[0] or rule.endpoint
    found = {}
    for argument in sorted(rule.arguments):
        names = (f"{rule.endpoint}.{argument}", f"{blueprint}.{argument}", argument)
        maker = next((MAKERS[name] for name in names if name in MAKERS), None)
        assert maker, f"{rule} has <{argument}>: say in {__name__}.MAKERS how to make one ({blueprint}.{argument})."
        found[argument] = maker
    return found


def consent() -> Consent:
    return Consent(purpose=Purpose.LETTERS, wording="w", version="1", given_on=LONG_AGO, way=Way.PAPER)


def _printed(group: Group, campaign: Campaign) -> tuple[Petition, SheetBatch]:
    """A petition with two designs, and a batch of its sheets whose file can be taken."""
    designs = [SheetDesign(choices=Design(("en",)).to_json()) for _ in range(2)]
    petition = Petition(
        group_id=group.id, campaign_id=campaign.id, code=f"G{group.number}-P01", opens_on=LONG_AGO, organizer="o",
        texts=[PetitionText(language="en", number=1, title="t", text="t")], designs=designs,
    )  # fmt: skip
    with room.adding("signature sheets", group_id=group.id) as new:
        new.write(b"sheets")
    batch = SheetBatch(
        petition=petition, first=1, last=1, key="k", content={}, layout={"rows": [1, 2, 3]}, versions={},
        files=[SheetFile(suffix="pdf", file=new.row)],
    )  # fmt: skip
    db.session.add_all([petition, batch])
    db.session.flush()
    return petition, batch


def _table() -> bytes:
    """A picture of a scanned table."""
    stream = BytesIO()
    Image.new("L", (1200, 900), 255).save(stream, "JPEG")
    return stream.getvalue()


def _in_custody(batch: SheetBatch, person: Person, number: int) -> dict[str, int]:
    """What happens to a sheet, one row of each kind; their ids by name."""
    petition, target = batch.petition, batch.petition.campaign.targets[0]
    issue = SheetIssue(petition=petition, person=person, key="k", token_hash=keys.token_hash(f"issue {number}"))
    token = keys.token_hash(f"sheet {number}")
    sheet = Sheet(petition=petition, batch=batch, number=1, serial=f"{petition.code}-0001", token_hash=token)
    cover = merge(
        Text("en", "s", "Dear Sir,", "Yours,", "{{ own_words }}"), Case("Nadia", "EG"), addressee(target, "en"),
        Writer("A member", PostalAddress(country="KR"), own_words="w"), day=LONG_AGO,
    )  # fmt: skip
    with room.adding("delivery receipt", group_id=petition.group_id) as new:
        new.write(b"receipt")
    delivery = Delivery(
        petition=petition, target=target, letter=cover.to_json(), sheets=0, raw=0, valid=0,
        receipts=[DeliveryReceipt(suffix="pdf", file=new.row)],
    )  # fmt: skip
    destruction = SheetDestruction(petition=petition, destroyed_on=LONG_AGO, way="shredded")
    sample = SheetSample(petition=petition, seed="s", sheets=1, raw=1)
    pile = ScanPile(group_id=petition.group_id, form=f"scans {number}", expires_on=date.today())
    pile.files = [ScanFile(place=1, digest="")]
    with room.adding("sheet scans", group_id=petition.group_id) as picture:
        picture.write(_table())
    marks = {"filled": [1], "empty": list(range(2, batch.rows + 1))}
    page = ScanPage(pile=pile, file=pile.files[0], number=1, sheet=sheet, reading=marks, picture=picture.row)
    db.session.add_all([issue, sheet, delivery, destruction, sample, page])
    db.session.flush()
    return {
        "issue_id": issue.id, "sheet_id": sheet.id, "delivery_id": delivery.id, "destruction_id": destruction.id,
        "receipt_id": delivery.receipts[0].id, "sample_id": sample.id, "pile_id": pile.id, "page_id": page.id,
    }  # fmt: skip


def rows_of(app: Flask, number: int) -> dict[str, Any]:
    """A group with one row of everything that an address can speak of; their ids, slugs and tokens by name."""
    files = Path(app.instance_path, "files")
    group = Group(number=number, name=f"Group {number}", slug=f"group-{number}")
    target = Target(
        office=Office.HEAD_OF_STATE, position=f"President {number}", lines="Palace\nCairo", country="EG",
        languages=["en"], holders=[Holder(name="First"), Holder(name="Second")],
    )  # fmt: skip
    image = BytesIO()
    Image.new("RGB", (64, 48), (number, 0, 0)).save(image, "PNG")
    image.seek(0)
    stored = pictures.store(image, files)
    version = TextVersion(number=1, subject="s", salutation="Dear Sir,", closing="Yours,", body="{{ own_words }}")
    campaign = Campaign(
        group=group, slug=f"campaign-{number}", title="Free Nadia", kind=Kind.CASE, theme=Theme.OTHER, country="EG",
        reference=f"UA {number}", index="", person="Nadia", story="s", demands="d", opens_on=LONG_AGO,
        post_by=date.today() + timedelta(days=30), status=Status.OPEN, targets=[target],
        texts=[LetterText(language="en", versions=[version])], updates=[CaseUpdate(day=LONG_AGO, text="t")],
        pictures=[Picture(**asdict(stored), alternative="a")],
    )  # fmt: skip
    membership = Membership(role=Role.MEMBER, group=group, starts_on=LONG_AGO)
    person = Person(
        name="A member", email=f"member.{number}@example.org", memberships=[membership], consents=[consent()],
        payments=[FeePayment(amount=1000, currency="KRW", paid_on=LONG_AGO, paid_until=LONG_AGO)],
    )  # fmt: skip
    second = Person(name="A second", memberships=[Membership(role=Role.MEMBER, group=group, starts_on=LONG_AGO)])
    group.officers = [Officer(person=person, duty=Duty.COORDINATOR, starts_on=LONG_AGO)]
    account = Account(email=person.email, fs_uniquifier=f"of {number}", password=hash_password(PASSWORD), person=person)
    db.session.add_all([group, campaign, account, second])
    db.session.flush()
    letter = LetterRecord(
        campaign=campaign, target=target, group_id=group.id, text_version=version, language="en", country="EG",
        reference=f"0000-{number:04}", token_hash=keys.token_hash(f"letter {number}"), form=f"form {number}",
        made_on=date.today(), made_at=now(),
    )  # fmt: skip
    tomorrow = now() + timedelta(days=1)
    invitation = Invitation(
        email=f"new.{number}@example.org", role=Role.MEMBER, group=group, inviter=account, expires_at=tomorrow,
        token_hash=keys.token_hash(f"invitation {number}"),
    )  # fmt: skip
    reset = ResetLink(account=account, token_hash=keys.token_hash(f"reset {number}"), expires_at=tomorrow)
    session = SignedIn(account_id=account.id, token_hash=f"session {number}", browser="", system="")
    plan = Plan((target.id,), "en", LONG_AGO)
    run = PrintRun(
        group=group, campaign=campaign, source=Source.GUESTS, key="key", choices=plan.to_json(),
        expires_on=tomorrow.date(),
    )  # fmt: skip
    with room.adding("print run results", group_id=group.id) as new:
        new.write(b"letters")
    run.files = [RunFile(part="letters", suffix="pdf", file=new.row)]
    row = RunRow(run=run, number=1, values=WriterValues("A member", city="Seoul", message="Please.").to_json())
    db.session.add_all([letter, invitation, reset, session, run, row])
    decision = Decision(
        group_id=group.id, question="Which?", opened_on=LONG_AGO, closes_on=date.today() + timedelta(days=30),
        options=[DecisionOption(text="This", votes=0)],
    )  # fmt: skip
    key = f"key {number}"
    evening = Evening(
        group_id=group.id, held_on=LONG_AGO, key=key, token_hash=keys.token_hash(opening.token(key)), ends_at=tomorrow,
        tables=[EveningTable(campaign_id=campaign.id, target_id=target.id, language="en")],
    )  # fmt: skip
    count = HandwrittenCount(
        campaign_id=campaign.id, group_id=group.id, kind=HandwrittenKind.CARD, number=3, written_on=LONG_AGO
    )
    db.session.add_all([evening, count])
    db.session.add_all([decision, activity := Activity(group_id=group.id, kind=ActivityKind.VIGIL, held_on=LONG_AGO)])
    with room.adding("reply scans", group_id=group.id) as scan:
        scan.write(b"%PDF-")
    reply = Reply(
        campaign=campaign, group_id=group.id, kind=ReplyKind.REFUSED, received_on=LONG_AGO, form=f"reply {number}",
        scan=scan.row,
    )  # fmt: skip
    outcome = Outcome(
        campaign=campaign, what=WhatHappened.RELEASED, happened_on=LONG_AGO, source="s", form=f"outcome {number}"
    )
    wish = WantsToKnow(
        letter=letter, email="a@example.org", stop_hash=keys.token_hash(f"stop {number}"), language="en",
        keep_until=tomorrow.date(),
    )  # fmt: skip
    db.session.add_all([reply, outcome, wish])
    db.session.flush()
    db.session.add(job := Job(kind=check_job.KIND, subject=run.id, group_id=group.id))
    db.session.flush()
    petition, batch = _printed(group, campaign)
    custody = _in_custody(batch, person, number)
    return {
        "petition_id": petition.id, "design_id": petition.designs[0].id, "batch_id": batch.id,
        "sheet_token": f"sheet {number}", **custody,
        "group_id": group.id, "group_slug": group.slug, "decision_id": decision.id, "activity_id": activity.id,
        "slug": campaign.slug, "picture_id": campaign.pictures[0].id,
        "update_id": campaign.updates[0].id, "target_id": target.id, "file": stored.file,
        "letter": f"letter {number}", "letter_id": letter.id,
        "evening_id": evening.id, "count_id": count.id, "kiosk": opening.token(key), "table_id": evening.tables[0].id,
        "invitation": f"invitation {number}", "reset": f"reset {number}",
        "account_id": account.id, "person_id": person.id, "membership_id": membership.id,
        "invitation_id": invitation.id, "session_id": session.id, "second_id": second.id, "job_id": job.id,
        "run_id": run.id, "row_number": row.number, "reply_id": reply.id,
        "outcome_id": outcome.id, "stop": f"stop {number}",
        "officer_id": group.officers[0].id, "consent_id": person.consents[0].id, "fee_id": person.payments[0].id,
    }  # fmt: skip
