"""Rank, band, neighbours, region, England, change, and targets.

`published` compares, `series` gives the lines over the years, `targets` reads what a
council adopted. Import from those modules: targets must not wait for polars.
"""
