"""Presenters prepare the words and numbers; templates only lay them out."""
