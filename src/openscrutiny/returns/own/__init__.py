"""A council's own figures: a long table, or a scorecard through a mapping."""
