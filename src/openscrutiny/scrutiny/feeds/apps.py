"""Tell Django that this package holds models; nothing else."""

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    """Name the app `feeds`, whatever package it lives in."""

    name = "openscrutiny.scrutiny.feeds"
    label = "feeds"
    default_auto_field = "django.db.models.BigAutoField"
