"""Thin views: they ask, check, and hand to a presenter and a template."""
