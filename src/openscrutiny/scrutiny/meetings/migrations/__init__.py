"""Migrations of the meetings' tables."""
