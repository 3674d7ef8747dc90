"""Asking writers once whether they posted their letters: by e-mail, or by a line in their own calendar."""
