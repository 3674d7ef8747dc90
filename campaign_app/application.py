"""Putting the application together: extensions, blueprints, pages for errors, headers."""

from __future__ import annotations

from importlib import import_module

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import FileSystemLoader, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from campaign_app import db, i18n, mail, pages, resources, sealing
from campaign_app.access import last_staff, limits, permissions, second_factor, sign_in
from campaign_app.access.invitation_views import bp as invitations
from campaign_app.access.own_account import bp as own_account
from campaign_app.access.resets import bp as resets
from campaign_app.campaigns.editing import bp as editing
from campaign_app.campaigns.status import bp as status
from campaign_app.campaigns.story import bp as story
from campaign_app.campaigns.views import bp as campaigns
from campaign_app.desk import bp as desk
from campaign_app.documents.press import Press
from campaign_app.evenings.kiosk_views import bp as kiosk
from campaign_app.evenings.views import bp as evenings
from campaign_app.groups.member_views import bp as taking_part
from campaign_app.groups.views import bp as groups
from campaign_app.jobs.views import bp as jobs
from campaign_app.letters import waiting
from campaign_app.letters.views import bp as letters
from campaign_app.outcomes.views import bp as outcomes
from campaign_app.outcomes.views import public as good_news
from campaign_app.people.views import bp as people
from campaign_app.petitions.batch_views import bp as sheet_batches
from campaign_app.petitions.collector_views import bp as collectors
from campaign_app.petitions.count_views import bp as sheet_counts
from campaign_app.petitions.custody_views import bp as custody
from campaign_app.petitions.delivery_views import bp as deliveries
from campaign_app.petitions.design_views import bp as sheet_designs
from campaign_app.petitions.destruction_views import bp as destructions
from campaign_app.petitions.sample_views import bp as samples
from campaign_app.petitions.scan_views import bp as sheet_scans
from campaign_app.petitions.views import bp as petitions
from campaign_app.print_runs.posted_views import bp as run_posted
from campaign_app.print_runs.row_views import bp as run_rows
from campaign_app.print_runs.tariffs import bp as tariffs
from campaign_app.print_runs.views import bp as print_runs
from campaign_app.privacy import audit, facts
from campaign_app.privacy.audit_views import bp as audit_log
from campaign_app.privacy.forgetting_views import bp as forgetting
from campaign_app.privacy.me import bp as me
from campaign_app.privacy.views import bp as privacy
from campaign_app.reminders.views import bp as reminders
from campaign_app.replies.follow_up_views import bp as follow_ups
from campaign_app.replies.views import bp as replies
from campaign_app.replies.writer_views import bp as news
from campaign_app.targets.views import bp as targets
from campaign_app.texts.views import bp as texts
from campaign_app.tracking.case_views import bp as cases
from campaign_app.tracking.dashboard_views import bp as dashboard
from campaign_app.tracking.handwritten_views import bp as handwritten
from campaign_app.tracking.letter_views import bp as letter_desk
from campaign_app.tracking.posting_views import bp as posting
from campaign_app.tracking.public_views import bp as public
from campaign_app.tracking.unposted import bp as unposted
from campaign_app.tracking.views import bp as tracking

BLUEPRINTS = (
    audit_log,
    campaigns,
    collectors,
    custody,
    cases,
    dashboard,
    deliveries,
    desk,
    destructions,
    editing,
    evenings,
    forgetting,
    follow_ups,
    good_news,
    groups,
    handwritten,
    invitations,
    jobs,
    kiosk,
    letter_desk,
    letters,
    me,
    news,
    outcomes,
    own_account,
    people,
    petitions,
    posting,
    print_runs,
    privacy,
    public,
    replies,
    reminders,
    resets,
    run_posted,
    run_rows,
    sheet_batches,
    sheet_designs,
    samples,
    sheet_counts,
    sheet_scans,
    status,
    story,
    taking_part,
    targets,
    tariffs,
    texts,
    tracking,
    unposted,
)
# Rooms that register what jobs do and what is done daily, what is held about people and when it is due to be
# forgotten, and what must hold of rows.
REGISTERING = (
    "campaign_app.privacy.due",
    "campaign_app.privacy.holdings",
    "campaign_app.upkeep.daily",
    "campaign_app.upkeep.invariants",
    "campaign_app.jobs.due",
    "campaign_app.jobs.invariants",
    "campaign_app.letters.invariants",
    "campaign_app.campaigns.invariants",
    "campaign_app.evenings.printing",
    "campaign_app.groups.decisions",
    "campaign_app.groups.holdings",
    "campaign_app.groups.invariants",
    "campaign_app.replies.invariants",
    "campaign_app.replies.keeping",
    "campaign_app.replies.telling",
    "campaign_app.print_runs.check_job",
    "campaign_app.print_runs.making",
    "campaign_app.print_runs.invariants",
    "campaign_app.print_runs.keeping",
    "campaign_app.print_runs.unfinished",
    "campaign_app.petitions.count_invariants",
    "campaign_app.petitions.custody_invariants",
    "campaign_app.petitions.custody_keeping",
    "campaign_app.petitions.custody_unfinished",
    "campaign_app.petitions.delivery_keeping",
    "campaign_app.petitions.invariants",
    "campaign_app.petitions.printing",
    "campaign_app.petitions.scan_job",
    "campaign_app.petitions.scan_keeping",
    "campaign_app.stored_files.invariants",
    "campaign_app.tracking.invariants",
    "campaign_app.reminders.sending",
    "campaign_app.privacy.invariants",
)

migrate = Migrate(directory=str(resources.MIGRATIONS), render_as_batch=True)
csrf = CSRFProtect()


def assemble(app: Flask) -> None:
    """Give ``app`` everything that it serves with."""
    app.jinja_loader = FileSystemLoader(resources.TEMPLATES)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    sealing.init_app(app)
    db.init_app(app)
    migrate.init_app(app, db.db)
    csrf.init_app(app)
    for view in ("write", "preview", "take"):  # the form itself checks its token, and keeps what was typed
        csrf.exempt(f"campaign_app.letters.views.{view}")
    for view in ("write", "preview"):
        csrf.exempt(f"campaign_app.evenings.kiosk_views.{view}")
    for view in ("write", "preview", "write_own", "preview_own"):
        csrf.exempt(f"campaign_app.replies.follow_up_views.{view}")
    i18n.init_app(app)
    sign_in.init_app(app)
    permissions.init_app(app)
    second_factor.init_app(app)
    last_staff.init_app(app)
    mail.init_app(app)
    audit.init_app(app)
    pages.init_app(app)
    facts.init_app(app)
    waiting.init_app(app)
    app.extensions["press"] = Press(app.config["PRESS_PROCESSES"])
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for room in REGISTERING:
        import_module(room)
    limits.init_app(app)
    _stand_behind(app)


def _stand_behind(app: Flask) -> None:
    """Wrap the WSGI application: static files before Flask, and as many proxies as the settings name."""
    app.wsgi_app = WhiteNoise(app.wsgi_app, root=resources.STATIC, prefix="static/")  # type: ignore[method-assign]
    if hops := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
