"""Tell Django that this package holds models; nothing else."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Name the app `trail`, whatever package it lives in."""

    name = "openscrutiny.scrutiny.trail"
    label = "trail"
    default_auto_field = "django.db.models.BigAutoField"
