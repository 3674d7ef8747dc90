"""The pages of scans: upload them, see what each page is, confirm what its rows say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext, ngettext
from flask_security import current_user
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from campaign_app.access.permissions import groups_for, mine, permission
from campaign_app.config import LARGEST_UPLOAD
from campaign_app.days import today
from campaign_app.db import begin_writing, db
from campaign_app.groups.own import own_groups
from campaign_app.jobs.models import Job
from campaign_app.petitions import scan_confirming, scan_job, scan_keeping, scan_pictures, scan_problems, scan_words
from campaign_app.petitions.counting import WrongCount
from campaign_app.petitions.counts import CannotCount, Overtaken, SamePerson
from campaign_app.petitions.scan_confirming import ANSWERS, Unanswered
from campaign_app.petitions.scan_forms import PIECE, SECTION, ScanForm, digest_of
from campaign_app.petitions.scan_models import ScanFile, ScanPage, ScanPile
from campaign_app.petitions.scan_problems import NOT_TO_COUNT
from campaign_app.privacy import audit
from campaign_app.stored_files import room

bp = Blueprint("sheet_scans", __name__, url_prefix="/desk/scans")

ACTION = "keep sheets"
RECENT = 30  # piles on a page

Answer = str | tuple[str, int] | Response


@bp.record_once
def _take_large_uploads(state: BlueprintSetupState) -> None:
    """Before anything looks at what was sent, or it is refused as too much."""
    state.app.before_request_funcs.setdefault(None, []).insert(0, _allow)


def _allow() -> None:
    if request.endpoint == f"{bp.name}.index" and request.method == "POST":
        request.max_content_length = LARGEST_UPLOAD


@bp.route("", methods=["GET", "POST"])
@permission(ACTION)
def index() -> Answer:
    """Bring scans of returned sheets, and see those of the last weeks."""
    form = _form()
    if not form.validate_on_submit():
        return render_template("scans/index.html", form=form, piles=_piles()), 422 if form.errors else 200
    begin_writing()
    pile = db.session.scalar(select(ScanPile).where(ScanPile.form == form.key.data))
    if pile is None:
        pile = _stored(form)
    if pile.group_id != (form.group_id.data or None):
        abort(404)
    pile_id = pile.id
    db.session.commit()
    return redirect(url_for(".show", pile_id=pile_id), 303)


@bp.get("/<int:pile_id>")
@permission(ACTION)
def show(pile_id: int) -> str:
    """How far the reading is, and what each page is."""
    pile = own_pile(pile_id)
    pages = _pages(pile)
    problems = scan_problems.of(pages)
    waiting = [page for page in pages if _is_to_confirm(page, problems)]
    job = db.session.scalar(select(Job).filter_by(kind=scan_job.KIND, subject=pile.id).order_by(Job.id.desc()).limit(1))
    return render_template(
        "scans/show.html", pile=pile, pages=pages, problems=problems, waiting=waiting, job=job, words=scan_words,
        places={file.id: file.place for file in pile.files}, confirming=scan_confirming,
    )  # fmt: skip


@bp.route("/pages/<int:page_id>", methods=["GET", "POST"])
@permission(ACTION)
def page(page_id: int) -> Answer:
    """Look at a sheet, say what its rows are, and have them counted."""
    page = own_page(page_id)
    problems = scan_problems.of([page])[page.id]
    marks = scan_confirming.proposed(page)
    if request.method == "GET":
        audit.record_reading("open sheet scan", page)
        return _page(page, problems, marks)
    if page.confirmed_at or NOT_TO_COUNT & set(problems):
        flash(gettext("This page cannot be counted any more: look at what is said of it."), "warning")
        return redirect(url_for(".page", page_id=page_id), 303)
    rows = range(1, page.sheet.batch.rows + 1) if page.sheet else ()
    marks = {row: ANSWERS[said] for row in rows if (said := request.form.get(f"row-{row}", "")) in ANSWERS}
    try:
        count = scan_confirming.confirm(page, marks, current_user.id)
    except Unanswered as unanswered:
        return _page(page, problems, marks, unanswered.rows), 422
    except (CannotCount, Overtaken, SamePerson, WrongCount):
        db.session.rollback()
        flash(gettext("Somebody else counted or moved this sheet in the meantime. Nothing was changed."), "warning")
        return redirect(url_for(".page", page_id=page_id), 303)
    audit.record("count sheet from scan", page, count=count.raw)
    pile_id, serial = page.pile_id, page.sheet.serial if page.sheet else ""
    db.session.commit()
    flash(
        ngettext(
            "%(serial)s: %(num)s signature counts.", "%(serial)s: %(num)s signatures count.", count.valid, serial=serial
        ),
        "good",
    )
    return redirect(_next(pile_id), 303)


@bp.get("/pages/<int:page_id>/picture")
@permission(ACTION)
def picture(page_id: int) -> Response:
    """The table of the sheet, or the page as it came where it cannot be read."""
    page = own_page(page_id)
    audit.record_reading("open sheet scan", page)
    return scan_pictures.answer(scan_pictures.whole(page))


@bp.get("/pages/<int:page_id>/rows/<int:row>")
@permission(ACTION)
def row(page_id: int, row: int) -> Response:
    """One row of the sheet."""
    page = own_page(page_id)
    audit.record_reading("open sheet scan", page)
    return scan_pictures.answer(scan_pictures.row(page, row))


@bp.post("/pages/<int:page_id>/leave-out")
@permission(ACTION)
def leave_out(page_id: int) -> Response:
    """Delete a page that is not to be counted, with its picture."""
    page = own_page(page_id)
    pile_id = page.pile_id
    if page.confirmed_at:
        abort(409)
    audit.record("delete sheet scan", page)
    if page.picture:
        db.session.delete(page.picture)
    db.session.delete(page)
    db.session.commit()
    flash(gettext("The page is deleted."), "good")
    return redirect(_next(pile_id), 303)


@bp.post("/<int:pile_id>/delete")
@permission(ACTION)
def delete(pile_id: int) -> Response:
    """Delete the scans of a pile; what was counted stays counted."""
    pile = own_pile(pile_id)
    audit.record("delete sheet scans", pile)
    scan_keeping.forget(pile)
    db.session.commit()
    flash(gettext("The scans are deleted; what was counted stays counted."), "good")
    return redirect(url_for(".index"), 303)


def own_pile(pile_id: int) -> ScanPile:
    return db.first_or_404(mine(ScanPile, ACTION).where(ScanPile.id == pile_id))


def own_page(page_id: int) -> ScanPage:
    piles = mine(ScanPile, ACTION).with_only_columns(ScanPile.id)
    return db.first_or_404(select(ScanPage).where(ScanPage.id == page_id, ScanPage.pile_id.in_(piles)))


def _form() -> ScanForm:
    return ScanForm(own_groups(ACTION), for_section=groups_for(current_user, ACTION) is None)


def _piles() -> Sequence[Any]:
    """The newest piles, each with how many pages it has and how many of them are confirmed."""
    counts = select(func.count(ScanPage.id)).where(ScanPage.pile_id == ScanPile.id)
    pages, confirmed = counts.scalar_subquery(), counts.where(ScanPage.confirmed_at.is_not(None)).scalar_subquery()
    query = mine(ScanPile, ACTION).add_columns(pages, confirmed).order_by(ScanPile.id.desc()).limit(RECENT)
    return db.session.execute(query.options(joinedload(ScanPile.account))).all()


def _pages(pile: ScanPile) -> Sequence[ScanPage]:
    query = select(ScanPage).where(ScanPage.pile_id == pile.id).order_by(ScanPage.file_id, ScanPage.number)
    return db.session.scalars(query.options(joinedload(ScanPage.sheet), selectinload(ScanPage.pile))).all()


def _stored(form: ScanForm) -> ScanPile:
    """The files, sealed, with the job that reads them. The caller commits."""
    group_id = form.group_id.data if form.group_id.data != SECTION else None
    pile = ScanPile(
        group_id=group_id, account_id=current_user.id, form=form.key.data, expires_on=today() + scan_job.KEPT
    )
    db.session.add(pile)
    known: set[str] = set()
    for upload in form.uploads:
        digest = digest_of(upload.stream)
        if digest in known:
            flash(gettext("One file was chosen twice; it is read once."))
            upload.close()
            continue
        known.add(digest)
        pile.files.append(_file(upload, digest, len(known), group_id))
    db.session.flush()
    scan_job.enqueue(pile, current_user.id)
    audit.record("upload sheet scans", pile, count=len(known))
    return pile


def _file(upload: FileStorage, digest: str, place: int, group_id: int | None) -> ScanFile:
    with room.adding(scan_job.PURPOSE, group_id=group_id) as new, upload.stream as stream:
        while piece := stream.read(PIECE):
            new.write(piece)
    return ScanFile(place=place, digest=digest, file=new.row)


def _is_to_confirm(page: ScanPage, problems: dict[int, list[scan_problems.Problem]]) -> bool:
    return page.confirmed_at is None and page.is_read and not NOT_TO_COUNT & set(problems[page.id])


def _next(pile_id: int) -> str:
    """The next sheet of the pile to be confirmed, or else the pile."""
    pages = _pages(db.session.get_one(ScanPile, pile_id))
    problems = scan_problems.of(pages)
    following = next((page for page in pages if _is_to_confirm(page, problems)), None)
    return url_for(".page", page_id=following.id) if following else url_for(".show", pile_id=pile_id)


def _page(
    page: ScanPage, problems: list[scan_problems.Problem], marks: dict[int, str], missing: Sequence[int] = ()
) -> str:
    rows = range(1, page.sheet.batch.rows + 1) if page.sheet and page.is_read else ()
    return render_template(
        "scans/page.html", page=page, problems=problems, marks=marks, missing=missing, words=scan_words,
        uncertain=[row for row in rows if row in page.rows(scan_confirming.UNCERTAIN)],
        certain=[row for row in rows if row not in page.rows(scan_confirming.UNCERTAIN)],
        can_count=not page.confirmed_at and not NOT_TO_COUNT & set(problems), count=scan_confirming.count_of(marks),
        place=page.file.place,
    )  # fmt: skip
