"""The campaign-app command: what an operator and a developer do from a shell."""

from __future__ import annotations

import errno
import gc
import os
import secrets
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click
import flask_migrate
from flask import Flask, current_app
from flask.cli import ScriptInfo, shell_command
from flask_migrate.cli import db as migration_commands

from campaign_app import config, create_app, serving
from campaign_app.petitions import shell as petitions
from campaign_app.print_runs import shell as printing
from campaign_app.tracking import report_command as reporting
from campaign_app.tracking import shell as posting
from campaign_app.upkeep import commands as upkeep
from campaign_app.upkeep import presence

GENERATED_PASSWORD = 16  # random bytes
OBJECTS_BETWEEN_COLLECTIONS = 10_000  # what some requests leave behind


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="campaign-app")
@click.pass_context
def campaign_app(context: click.Context) -> None:
    """Letter-writing campaigns for human rights.

    CAMPAIGN_APP_INSTANCE names the folder of the database, the secret key and the files.
    """
    os.umask(0o077)  # what this command writes is for its owner alone
    context.obj = ScriptInfo(create_app=lambda: _application(PRESS_PROCESSES=0))


campaign_app.add_command(migration_commands)
campaign_app.add_command(shell_command)
for command in (*upkeep.COMMANDS, *printing.COMMANDS, *petitions.COMMANDS, *reporting.COMMANDS, *posting.COMMANDS):
    campaign_app.add_command(command)


@campaign_app.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on; 0 for any that is free.")
@click.option("--demo", is_flag=True, help="Load the demo section and offer its accounts on the sign-in page.")
def run(host: str, port: int, demo: bool) -> None:
    """Serve the site; its database is made and migrated first."""
    if demo and host not in config.LOOPBACK:
        raise click.ClickException("The demo accounts' password is public. Serve the demonstration on 127.0.0.1.")
    with _listening(host, port) as listener:
        app = _application(**{"DEMO": True} if demo else {})
        with closing(app.extensions["press"]) as press:
            press.start()
            with _database(app):
                _delete_again()
                if demo:
                    _load_demo()
                elif not _has_accounts():
                    click.echo("Nobody can sign in yet. Make the first account with: campaign-app staff EMAIL NAME")
            url = _address(host, listener.getsockname()[1])
            if app.config["SITE_URL"] == config.SETTINGS["SITE_URL"][0]:
                app.config["SITE_URL"] = url
            click.echo(f"{app.config['SECTION_NAME']}: {url} (stop with Ctrl-C)")
            with presence.present(Path(app.instance_path)), _workers(app):
                _keep_from_the_collector()
                _serve(app, listener)


def _keep_from_the_collector() -> None:
    """What the application consists of is no garbage; to look through it again and again took a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)


@campaign_app.command()
def demo() -> None:
    """Load the demo section, or what is missing of it."""
    with _database(_application(PRESS_PROCESSES=0)):
        _load_demo()
    click.echo("The demo section is loaded. 'campaign-app run --demo' offers its accounts.")


@campaign_app.command()
@click.option("--once", is_flag=True, help="End when nothing waits, as for cron.")
def worker(once: bool) -> None:
    """Do the jobs that wait, and those that come, one at a time.

    Start it several times to do several at once.
    """
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    app = _application()
    from campaign_app.jobs.worker import work_until

    with closing(app.extensions["press"]):
        with _database(app):
            _sweep()
        with presence.present(Path(app.instance_path)):
            work_until(stopping, app, once=once)


@campaign_app.command()
@click.argument("email")
@click.argument("name")
@click.option("--generate-password", is_flag=True, help="Print a generated password instead of asking for one.")
def staff(email: str, name: str, generate_password: bool) -> None:
    """Make an account for NAME, who serves the whole section as staff.

    The first staff account can only be made here.
    """
    with _database(_application(PRESS_PROCESSES=0)):
        from campaign_app.access.accounts import new_account, with_role
        from campaign_app.days import today
        from campaign_app.db import db
        from campaign_app.people.models import Person, Role

        email = _free_email(email)
        password = secrets.token_urlsafe(GENERATED_PASSWORD) if generate_password else _asked_password()
        person = with_role(Person(name=name.strip()), Role.STAFF, None, today())
        db.session.add(new_account(person, email, password))
        db.session.commit()
    click.echo(f"{name} can now sign in as {email}.")
    if generate_password:
        click.echo(f"Password: {password}")


@campaign_app.command()
def roles() -> None:
    """Print who may do what: each role, each permission, and the addresses under it."""
    from campaign_app.access.roles import page

    click.echo(page(_application(PRESS_PROCESSES=0)), nl=False)


def main() -> NoReturn:
    """The entry point of the ``campaign-app`` command."""
    campaign_app(prog_name="campaign-app")
    raise AssertionError("click exits by itself")


def _application(**settings: Any) -> Flask:
    try:
        return create_app(**settings)
    except ValueError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _database(app: Flask) -> Iterator[None]:
    """The application's context with its database migrated."""
    with app.app_context():
        flask_migrate.upgrade()
        yield


@contextmanager
def _workers(app: Flask) -> Iterator[None]:
    """Threads that do jobs while the site is served."""
    from campaign_app.jobs.worker import Workers

    with app.app_context():
        _sweep()
    with closing(Workers(app, app.config["WORKERS"])) as workers:
        workers.start()
        yield


def _sweep() -> None:
    """Clear away files that a crash left without a record."""
    from campaign_app.db import read_only
    from campaign_app.stored_files import room

    read_only()
    room.sweep()


def _load_demo() -> None:
    from campaign_app.days import today
    from campaign_app.demo import loader

    loader.load(today())


def _delete_again() -> None:
    """Delete those who asked for it and came back with an older database."""
    from campaign_app.privacy import erasing

    if count := erasing.replay():
        click.echo(f"People who had asked to be deleted were in this database again, and were deleted: {count}.")


def _has_accounts() -> bool:
    from campaign_app.access.models import Account
    from campaign_app.db import db

    return db.session.query(Account).first() is not None


def _free_email(email: str) -> str:
    """The e-mail address in its normal form, where no account has it yet."""
    from flask_security.mail_util import EmailValidateException

    from campaign_app.access.sign_in import accounts, security

    try:
        normal = str(security.mail_util.normalize(email))
    except EmailValidateException as error:
        raise click.ClickException(f"{email} is no e-mail address.") from error
    if accounts.find_user(case_insensitive=True, email=normal):
        raise click.ClickException(f"There is an account for {normal} already.")
    return normal


def _asked_password() -> str:
    from campaign_app.access.sign_in import security

    shortest = current_app.config["SECURITY_PASSWORD_LENGTH_MIN"]
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if len(password) < shortest:
        raise click.ClickException(f"A password has at least {shortest} characters.")
    return security.password_util.normalize(password)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens; it is taken before anything else is touched."""
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise click.ClickException(f"Port {port} is taken by another program. Choose one with --port.") from error
        raise click.ClickException(f"Cannot listen on {host}, port {port}: {error.strerror}.") from error
    with listener:
        yield listener


def _address(host: str, port: int) -> str:
    """Where a browser on this machine finds the site."""
    every = "0.0.0.0"  # noqa: S104 - compared, not bound # nosec B104
    name = {every: "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(host, host)
    return f"http://{name}:{port}"


def _serve(app: Flask, listener: socket.socket) -> None:
    """Serve until a signal comes; requests that are being answered get some seconds to end."""
    server = serving.server(app, listener)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server.run()
    server.close()
