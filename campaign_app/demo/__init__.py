"""A demonstration section: groups, campaigns, targets and texts, plainly invented where persons are at risk."""
