"""Layouts of one council's own lists: a module each, which gives its RETURN.

CONTRIBUTING.md, "A new local layout", shows one.
"""
