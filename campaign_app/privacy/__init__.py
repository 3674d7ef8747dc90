"""Keeping what is kept closed, and forgetting on time: the audit log, retention, what a person may ask for."""
