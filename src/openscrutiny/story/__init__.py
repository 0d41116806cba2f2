"""Plain-English sentences and charts, from figures alone."""
