"""Tell Django that this package holds models; nothing else."""

from django.apps import AppConfig


class ScrutinyConfig(AppConfig):
    """Name the app `scrutiny`, whatever package it lives in."""

    name = "openscrutiny.scrutiny"
    label = "scrutiny"
    default_auto_field = "django.db.models.BigAutoField"
