"""Analyses: what needs more than a table of figures, each as one declaration."""
