"""A reader’s key: whose it is, for which figures, until when; never the key itself."""

from django.db import models

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.scrutiny.models import Person


class ReaderKey(models.Model):
    """Hold one key of one reader. Only its digest is kept: it is random, and long."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="keys")
    label = models.CharField(max_length=60)
    audience = models.CharField(
        max_length=10,
        choices=[(one.value, one.value) for one in Audience],
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ends_on = models.DateField()
    last_used_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.label}, of {self.person}"
