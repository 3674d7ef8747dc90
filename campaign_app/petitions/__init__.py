"""Petitions on paper: their texts, the design of their sheets, and the numbered sheets that are printed."""
