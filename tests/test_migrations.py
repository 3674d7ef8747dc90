"""The database that migrations make is the one that the models mean."""

from __future__ import annotations

import shutil
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect, text

from campaign_app import resources
from campaign_app.db import SQLITE_PRAGMAS, db
from campaign_app.groups.models import Group
from campaign_app.targets.models import Greeting, Target
from tests.databases import on_both_databases

BREAKING = """
from alembic import op

revision = "breaking"
down_revision = "{head}"


def upgrade() -> None:
    op.execute("CREATE TABLE half (id INTEGER)")
    op.execute("DELETE FROM target")
"""
REBUILDING = """
import sqlalchemy as sa
from alembic import op

revision = "rebuilding"
down_revision = "{head}"


def upgrade() -> None:
    with op.batch_alter_table("target", recreate="always") as target:
        target.add_column(sa.Column("remark", sa.String(), nullable=False, server_default=""))
"""


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A copy of the migrations, to add to."""
    return Path(shutil.copytree(resources.MIGRATIONS, tmp_path / "migrations"))


@pytest.fixture
def head(app: Flask) -> str:
    """The newest revision."""
    with app.app_context(), db.engine.connect() as connection:
        return str(MigrationContext.configure(connection).get_current_revision())


def tables(app: Flask) -> set[str]:
    with app.app_context():
        return set(inspect(db.engine).get_table_names())


@on_both_databases
def test_models_and_migrations_agree(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, db.metadata) == []


@on_both_databases
def test_running_the_migrations_twice_changes_nothing(app: Flask, group: Group) -> None:
    with app.app_context():
        flask_migrate.upgrade()
        assert db.session.get_one(Group, group.id).slug == group.slug


@on_both_databases
def test_every_migration_can_be_undone_and_run_again(app: Flask) -> None:
    before = tables(app)
    with app.app_context():
        flask_migrate.downgrade(revision="base")
        db.engine.dispose()
        assert tables(app) == {"alembic_version"}
        flask_migrate.upgrade()
    assert tables(app) == before


def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(
    app: Flask, target: Target, migrations: Path, head: str
) -> None:
    (migrations / "versions" / "next.py").write_text(REBUILDING.format(head=head))
    with app.app_context():
        flask_migrate.upgrade(directory=str(migrations))
        assert db.session.query(Greeting).filter_by(target_id=target.id).count() == len(target.greetings)


def test_a_migration_that_breaks_references_leaves_nothing_behind(
    app: Flask, target: Target, migrations: Path, head: str, caplog: pytest.LogCaptureFixture
) -> None:
    (migrations / "versions" / "next.py").write_text(BREAKING.format(head=head))
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
