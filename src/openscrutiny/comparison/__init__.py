"""Rank, band, neighbours, region, England, and change.

`published` compares, `series` gives the lines over the years.
"""
