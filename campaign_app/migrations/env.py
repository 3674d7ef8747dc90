"""Runs migrations on the application's own engine: all of them in one transaction, or none."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection

from campaign_app.db import Moment
from campaign_app.sealing import SEALED_TYPES
from campaign_app.tracking import counting

migrate = current_app.extensions["migrate"]


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=migrate.db.metadata,
        transactional_ddl=True,
        render_item=without_own_types,
        **migrate.configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
        counting.stand(connection)


def run_on_sqlite(connection: Connection) -> None:
    """Batch operations drop and rebuild tables, which would delete every row that refers to them.

    Foreign keys can be switched only outside of a transaction, and are checked as a whole afterwards.
    """
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            run(connection)
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise RuntimeError(f"The migration would leave a row that refers to nothing: {broken}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def without_own_types(kind: str, item: object, autogen_context: AutogenContext) -> str | Literal[False]:  # noqa: ARG001
    """Migrations import nothing of the application, which changes while they stay."""
    if isinstance(item, SEALED_TYPES):
        return "sa.Text()"
    return "sa.DateTime()" if isinstance(item, Moment) else False


with migrate.db.engine.connect() as connection:
    (run_on_sqlite if connection.dialect.name == "sqlite" else run)(connection)
