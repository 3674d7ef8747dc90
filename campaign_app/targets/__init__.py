"""Targets: the directory of offices that letters go to, shared by all campaigns."""
