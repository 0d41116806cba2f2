"""Tell Django that this package holds models; nothing else."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Name the app `meetings`, whatever package it lives in."""

    name = "openscrutiny.scrutiny.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"
