"""Validation rules as small declarations, and the manifest of what ran."""
