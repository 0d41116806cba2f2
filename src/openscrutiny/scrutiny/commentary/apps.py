"""Tell Django that this package holds models; nothing else."""

from django.apps import AppConfig


class CommentaryConfig(AppConfig):
    """Name the app `commentary`, whatever package it lives in."""

    name = "openscrutiny.scrutiny.commentary"
    label = "commentary"
    default_auto_field = "django.db.models.BigAutoField"
