"""What is kept of commentary and of its sign-off: only ever added to."""

from django.db import models

from openscrutiny.scrutiny.commentary.states import Act
from openscrutiny.scrutiny.models import Meeting


class Added(models.Model):
    """Hold what one person added at one moment; nothing here is ever changed."""

    actor = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ("id",)

    def save(self, *args: object, **kwargs: object) -> None:
        """Add the row; one that is there is never changed."""
        if self.pk is not None:
            raise ValueError("What was written or signed is never changed.")
        super().save(*args, **kwargs)


class Version(Added):
    """Hold the words about an indicator (its code) or a section, as saved once.

    The latest number of a meeting and key counts; the others are its history. `bound`
    is how each figure read for officers, of `snapshot`, when it was saved.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="commentary")
    key = models.CharField(max_length=60, db_index=True)
    section = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    words = models.JSONField()
    snapshot = models.PositiveIntegerField(default=0)
    bound = models.JSONField(default=dict)
    checked = models.BooleanField(default=False)

    class Meta(Added.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "key", "number"), name="commentary_numbered_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.key}, version {self.number}"


class Exemption(Added):
    """Hold a decision that words stand in Part B, or in Part A again; the latest counts."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="exemptions")
    key = models.CharField(max_length=60)
    part = models.CharField(max_length=20, blank=True)
    is_kept = models.BooleanField(default=True)
    paragraph = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)

    class Meta(Added.Meta):
        constraints = (
            models.CheckConstraint(
                condition=models.Q(is_kept=False) | models.Q(paragraph__range=(1, 7)),
                name="exempt_by_a_paragraph",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.part}".strip()


class Signing(Added):
    """Hold one act of sign-off: of a section, or of the whole paper.

    `number` counts the acts on a thing, so that of two at once one is refused.
    `versions` are those that were signed, by key.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="signings")
    thing = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    edition = models.PositiveIntegerField(default=1)
    act = models.CharField(max_length=20, choices=[(a.value, a.value) for a in Act])
    state = models.CharField(max_length=20)
    why = models.CharField(max_length=1000, blank=True)
    versions = models.JSONField(default=dict)

    class Meta(Added.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "thing", "number"), name="signed_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.thing}: {self.act}"
