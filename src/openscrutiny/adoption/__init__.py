"""What a council decided: its targets, dated events, rebasing and codes of its own.

Plain values that the rooms above read; the database or adoption.csv holds them.
"""
