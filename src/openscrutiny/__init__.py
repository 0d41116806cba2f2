"""OpenScrutiny: from a council's returns to a scrutiny committee's paper."""

__version__ = "0.1.0"
