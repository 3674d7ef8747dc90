"""What must hold of the pictures of campaigns."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from campaign_app import durable
from campaign_app.campaigns.editing import picture_folder
from campaign_app.campaigns.models import Picture
from campaign_app.db import db, now
from campaign_app.invariants import invariant
from campaign_app.stored_files.room import digest_of


@invariant("Each picture has its file, and each file its picture")
def pictures_and_files() -> Iterator[str]:
    known = set()
    for picture in db.session.scalars(select(Picture)):
        known.add(picture.file)
        file = picture_folder() / picture.file
        if not file.exists():
            yield f"picture {picture.id} has no file"
        elif digest_of(file) != picture.sha256:
            yield f"the file of picture {picture.id} was changed"
    for file in durable.listed(picture_folder()):
        if file.suffix == ".webp" and file.name not in known and durable.is_settled(file, now()):
            yield f"files/{file.name} has no record"
