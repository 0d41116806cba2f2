"""The analyses, each a module that declares an `ANALYSIS`."""
