"""Campaigns: what a case or cause is, its story and pictures, and the pages that show and keep it."""
