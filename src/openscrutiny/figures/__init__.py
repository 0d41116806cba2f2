"""Evaluating definitions into the cube of figures: periods, breakdowns, snapshots."""
