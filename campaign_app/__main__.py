"""``python -m campaign_app`` is the campaign-app command."""

from campaign_app.cli import main

main()
