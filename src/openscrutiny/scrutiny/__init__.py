"""Meetings, people and roles: the only data that a person writes."""
