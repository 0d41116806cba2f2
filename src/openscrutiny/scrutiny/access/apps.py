"""Tell Django that this package holds models; nothing else."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Name the app `access`, whatever package it lives in."""

    name = "openscrutiny.scrutiny.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
