"""Tell Django that this package holds models; nothing else."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Name the app `publishing`, whatever package it lives in."""

    name = "openscrutiny.scrutiny.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"
