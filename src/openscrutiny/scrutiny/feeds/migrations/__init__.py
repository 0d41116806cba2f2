"""Migrations of the keys’ table."""
