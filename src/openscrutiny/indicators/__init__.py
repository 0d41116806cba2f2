"""Definitions, one module per theme; each indicator whole in one place."""
