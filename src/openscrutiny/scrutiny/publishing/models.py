"""What was published: one line for each, added and never changed."""

from django.db import models

from openscrutiny.scrutiny.models import Meeting


class PublicationRecord(models.Model):
    """Hold one publication: of what, for whom, by whom, and its manifest's digest.

    The line is what makes it published. Its folder bears its number.
    """

    number = models.PositiveIntegerField(unique=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="publications")
    audience = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    snapshot = models.PositiveIntegerField()
    # Of the paper that was signed off; 0 where nobody signed it off.
    edition = models.PositiveIntegerField(default=0)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by"
    )
    why = models.CharField(max_length=300, blank=True)
    signed_off_by = models.CharField(max_length=100, blank=True)
    actor = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    program = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "audience", "version"), name="published_once"
            ),
            models.CheckConstraint(
                condition=models.Q(replaces__isnull=True, why="", version=1)
                | (models.Q(replaces__isnull=False, version__gt=1) & ~models.Q(why="")),
                name="restated_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"publication {self.number}, {self.audience}"
