"""The database that migrations make is the one that the models mean."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import text

from campaign_app import resources
from campaign_app.db import SQLITE_PRAGMAS, db
from campaign_app.groups.models import Group
from campaign_app.targets.models import Greeting, Target

BREAKING = """
from alembic import op

revision = "breaking"
down_revision = "HEAD"


def upgrade() -> None:
    op.execute("CREATE TABLE half (id INTEGER)")
    op.execute("DELETE FROM target")
"""
REBUILDING = """
import sqlalchemy as sa
from alembic import op

revision = "rebuilding"
down_revision = "HEAD"


def upgrade() -> None:
    with op.batch_alter_table("target", recreate="always") as target:
        target.add_column(sa.Column("remark", sa.String(), nullable=False, server_default=""))
"""


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A copy of the migrations, to add to."""
    return Path(shutil.copytree(resources.MIGRATIONS, tmp_path / "migrations"))


def add(migrations: Path, source: str) -> None:
    """Append a migration to those that there are."""
    head = ScriptDirectory(str(migrations)).get_current_head()
    (migrations / "versions" / "9999.py").write_text(source.replace("HEAD", str(head)))


def tables(app: Flask) -> set[str]:
    with closing(sqlite3.connect(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_models_and_migrations_agree(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, db.metadata) == []


def test_running_the_migrations_twice_changes_nothing(app: Flask, group: Group) -> None:
    with app.app_context():
        flask_migrate.upgrade()
        assert db.session.get_one(Group, group.id).slug == group.slug


def test_migrations_can_be_undone(app: Flask) -> None:
    with app.app_context():
        flask_migrate.downgrade(revision="base")
        db.engine.dispose()
    assert tables(app) == {"alembic_version", "sqlite_sequence"}


def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(app: Flask, target: Target, migrations: Path) -> None:
    add(migrations, REBUILDING)
    with app.app_context():
        flask_migrate.upgrade(directory=str(migrations))
        assert db.session.query(Greeting).filter_by(target_id=target.id).count() == len(target.greetings)


def test_a_migration_that_breaks_references_leaves_nothing_behind(
    app: Flask, target: Target, migrations: Path, caplog: pytest.LogCaptureFixture
) -> None:
    add(migrations, BREAKING)
    with app.app_context():
        with pytest.raises(SystemExit):
            flask_migrate.upgrade(directory=str(migrations))
        assert "refers to nothing" in caplog.text
        assert db.session.get(Target, target.id)
    assert "half" not in tables(app)


def test_connections_keep_their_pragmas_after_migrating(app: Flask) -> None:
    with app.app_context():
        flask_migrate.upgrade()
        assert db.session.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert SQLITE_PRAGMAS["foreign_keys"] == "ON"
