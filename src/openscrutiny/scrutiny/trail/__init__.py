"""The trail: what was asked, answered, concluded, recommended and promised, and what came of it."""
