"""The people whom the section knows, with or without an account."""
