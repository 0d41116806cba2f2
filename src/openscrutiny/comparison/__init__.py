"""Rank, band, neighbours, region, England, change, and targets."""
