"""What keeps a whole instance well: the daily forgetting, new keys, backups, and what must hold of the database."""
