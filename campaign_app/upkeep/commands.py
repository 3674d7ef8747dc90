"""The commands for an instance as a whole: check, forget, keys rotate, backup and restore."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import Flask
from flask.cli import with_appcontext

from campaign_app import config, frames, invariants
from campaign_app.days import today
from campaign_app.db import db, read_only
from campaign_app.privacy import audit, forgetting
from campaign_app.tracking import counting
from campaign_app.upkeep import archive, backup, new_database, presence, restore, rotation

ROW = "{:32} {:>8} of {:>8}  {}"


def passphrase(confirm: bool) -> Callable[[Any], Any]:
    """The option that names a passphrase's file; without it, the environment or the person is asked."""
    return click.option(
        "--passphrase-file",
        "passphrase",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        callback=lambda _context, _option, file: _passphrase(file, confirm=confirm),
        help="The first line of this file is the passphrase. Otherwise: CAMPAIGN_APP_PASSPHRASE, or you are asked.",
    )


def with_database(command: Callable[..., None]) -> Callable[..., None]:
    """Run a command in the application's context, and leave no connection open."""

    @with_appcontext
    @wraps(command)
    def within(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        finally:
            db.session.remove()
            db.engine.dispose()

    return within


@click.command()
@click.option("--recount", is_flag=True, help="Count all letters anew first, where a counter was found to be wrong.")
@with_database
def check(recount: bool) -> None:
    """Verify everything that must hold of what is stored; exit 1 and a list where something is broken."""
    if recount:
        counting.mend(db.session.connection())
        db.session.commit()
    read_only()
    breaches = list(invariants.broken())
    for breach in breaches:
        click.echo(breach, err=True)
    if breaches:
        raise SystemExit(1)
    click.echo(f"All is well: {len(invariants.INVARIANTS)} invariants hold.")


@click.command()
@click.option("--dry-run", is_flag=True, help="Only list what would go.")
@click.option("--yes", is_flag=True, help="Confirm kinds of which more than a tenth goes at once.")
@with_database
def forget(dry_run: bool, yes: bool) -> None:
    """Delete personal data whose time has come, and say how much of it."""
    day = today()
    shares = forgetting.shares(day)
    if dry_run:
        for share in shares:
            click.echo(ROW.format(share.kind, share.due, share.total, _remark(share)).rstrip())
        return
    receipt = forgetting.forget(day, [share.kind for share in shares] if yes else [])
    click.echo(f"Deleted: {_counted(receipt.counts)}.")
    if receipt.waiting:
        click.echo(f"More than a tenth at once, not deleted without --yes: {_counted(receipt.waiting)}.", err=True)
        raise SystemExit(1)


@click.group()
def keys() -> None:
    """The keys that seal personal data."""


@keys.command()
@with_database
def rotate() -> None:
    """Add a key and seal everything with it, while the site runs. Call it again after an interruption."""
    renewed = rotation.rotate()
    audit.record("rotate", "data keys", count=renewed.total())
    db.session.commit()
    files = renewed.get("stored_file", 0)
    click.echo(f"Sealed with a new key: {renewed.total()} values, {files} of them the keys of stored files.")
    click.echo("The key before it stays known until the next rotation; older backups hold the keys that open them.")


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@passphrase(confirm=True)
@with_database
def backup_command(file: Path, passphrase: str) -> None:
    """Write an encrypted backup of database, files and keys to FILE, while the site runs."""
    if file.exists():
        raise click.ClickException(f"{file} is there already. Choose another name.")
    if len(passphrase) < archive.SHORTEST_PASSPHRASE:
        raise click.ClickException(f"A passphrase has at least {archive.SHORTEST_PASSPHRASE} characters.")
    try:
        count = backup.write(file, passphrase)
    except OSError as error:
        raise click.ClickException(f"{file} was not written: {error.strerror}.") from error
    audit.record("backup", "database", count=count)
    db.session.commit()
    click.echo(f"{file}: {count} rows, {file.stat().st_size} bytes. Keep it and its passphrase in different places.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@passphrase(confirm=False)
@click.option(
    "--erasures",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Another file of those who asked to be deleted, from an instance that is lost.",
)
@click.option("--yes", is_flag=True, help="Do not ask before an instance is replaced.")
def restore_command(file: Path, passphrase: str, erasures: Path | None, yes: bool) -> None:
    """Put the backup FILE in the place of the instance, which is kept beside it. Stop the site first."""
    instance = config.instance_folder() or Path(Flask("campaign_app").instance_path)
    if instance.exists() and any(instance.iterdir()) and not yes:
        click.confirm(f"Replace {instance}? It is kept beside it.", abort=True)
    try:
        restored = restore.restore(file, passphrase, instance, erasures)
    except archive.WrongPassphrase:
        _refuse("The passphrase does not belong to this backup.")
    except archive.NoBackup:
        _refuse(f"{file} is no backup of campaign-app.")
    except frames.Damaged:
        _refuse(f"{file} is damaged or cut off.")
    except (restore.Unusable, new_database.NotHere, presence.InUse) as error:
        _refuse(str(error))
    click.echo(f"Restored what was backed up at {restored.made_at}; everything was checked and is well.")
    if restored.erased_again:
        click.echo(f"Deleted again, as they had asked: {restored.erased_again}.")
    if restored.old:
        click.echo(f"What was there before is in {restored.old}. Delete it once you do not need it.")


COMMANDS = (check, forget, keys, backup_command, restore_command)


def _passphrase(file: Path | None, *, confirm: bool, environment: Mapping[str, str] = os.environ) -> str:
    if file:
        return file.read_text().split("\n")[0]
    given = environment.get(f"{config.ENVIRONMENT_PREFIX}PASSPHRASE")
    return given or str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True))


def _refuse(why: str) -> NoReturn:
    raise click.ClickException(f"{why} Nothing was changed.")


def _remark(share: forgetting.Share) -> str:
    return "needs --yes: more than a tenth" if share.due and share.is_large else ""


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in counts.items()) or "nothing"
