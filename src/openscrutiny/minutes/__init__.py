"""Minutes of meetings, read into proposals: nothing here records or decides anything."""
