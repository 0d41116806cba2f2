"""What is planned of a meeting: its timetable, agenda, order and what came of each."""

from django.db import models

from openscrutiny.scrutiny.meetings.agenda_states import Paper
from openscrutiny.scrutiny.meetings.deadlines import STEPS
from openscrutiny.scrutiny.meetings.wishes import Wish, WishState
from openscrutiny.scrutiny.models import Meeting


class Timetable(models.Model):
    """Hold a council's days before and after a meeting, as saved at one moment.

    The latest counts for meetings that are planned from then on.
    """

    offsets = models.JSONField()
    actor = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"timetable {self.pk}"


class MeetingPlan(models.Model):
    """Hold the plan of one meeting. `offsets` are the council's when it was planned."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="plan")
    offsets = models.JSONField()
    # Codes of indicators in the order in which they are presented; empty for the usual
    # one, exceptions first.
    order = models.JSONField(default=list)
    cancelled_why = models.CharField(max_length=300, blank=True)
    cancelled_by = models.CharField(max_length=100, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    # When the agenda was published; what comes later is a supplement.
    published_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(cancelled_at=None, cancelled_why="")
                | (models.Q(cancelled_at__isnull=False) & ~models.Q(cancelled_why="")),
                name="meeting_is_cancelled_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"plan of {self.meeting}"


class DeadlineMark(models.Model):
    """Hold when something that was due was done, and why it was late."""

    plan = models.ForeignKey(MeetingPlan, models.PROTECT, related_name="marks")
    key = models.CharField(
        max_length=20, choices=[(step.key, step.words) for step in STEPS]
    )
    done_on = models.DateField(null=True)
    late_why = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "key"), name="deadline_once"),
        )

    def __str__(self) -> str:
        return f"{self.key} of {self.plan}"


class Supplement(models.Model):
    """Hold that papers came after the agenda: which number it has, and when."""

    plan = models.ForeignKey(MeetingPlan, models.PROTECT, related_name="supplements")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="supplement_once"),
        )

    def __str__(self) -> str:
        return f"Supplement {self.number} of {self.plan}"


class AgendaItem(models.Model):
    """Hold one item of an agenda and how its paper stands."""

    plan = models.ForeignKey(MeetingPlan, models.PROTECT, related_name="items")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=300, blank=True)
    presenter = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=20, choices=[(one.value, one.value) for one in Paper]
    )
    # Why the paper is to follow, and by when it is expected.
    follows_why = models.CharField(max_length=300, blank=True)
    expected = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    supplement = models.ForeignKey(
        Supplement, models.PROTECT, null=True, related_name="items"
    )

    class Meta:
        ordering = ("number", "id")
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="item_once"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class PresenterNote(models.Model):
    """Hold what one officer notes for themselves: nobody else reads it, ever."""

    plan = models.ForeignKey(MeetingPlan, models.PROTECT, related_name="notes")
    about = models.CharField(max_length=60, blank=True)  # a code, or "" for the whole
    text = models.TextField()
    actor = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "about", "actor"), name="note_once"
            ),
        )

    def __str__(self) -> str:
        return f"note {self.pk}"  # never its words


class SentOnce(models.Model):
    """Hold that a form was taken, by its key: sent again it changes nothing."""

    key = models.CharField(max_length=64, unique=True)
    plan = models.ForeignKey(MeetingPlan, models.PROTECT, related_name="sent")
    digest = models.CharField(max_length=64)
    entries = models.JSONField(default=list)
    actor = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"sent {self.pk}"


class Follow(models.Model):
    """Hold that somebody follows an indicator (its code) or an entry (its number)."""

    actor = models.CharField(max_length=100, db_index=True)
    to = models.CharField(
        max_length=20, choices=[(k, k) for k in ("indicator", "entry")]
    )
    key = models.CharField(max_length=60)
    # A digest of the figure's words when they were last told, and never the figure.
    told = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("actor", "to", "key"), name="followed_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.actor} follows {self.to} {self.key}"


class DigestAddress(models.Model):
    """Hold where somebody's digest is sent, and until when it has told everything."""

    actor = models.CharField(max_length=100, unique=True)
    address = models.CharField(max_length=254)
    until = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"digest of {self.actor}"


class ExecutiveResponse(models.Model):
    """Hold what the executive answered to a recommendation, in its own words."""

    entry = models.ForeignKey("trail.Entry", models.PROTECT, related_name="responses")
    outcome = models.CharField(max_length=20)
    words = models.TextField()
    given_by = models.CharField(max_length=200)
    given_on = models.DateField()
    by = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"response to {self.entry}"


class WorkRequest(models.Model):
    """Hold what somebody asks the work programme for, and what became of it."""

    kind = models.CharField(
        max_length=20, choices=[(one.value, one.value) for one in Wish]
    )
    about = models.CharField(max_length=60, blank=True)  # a code, or ""
    words = models.CharField(max_length=300)
    state = models.CharField(
        max_length=20, choices=[(one.value, one.value) for one in WishState]
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, related_name="programme"
    )
    why = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    version = models.PositiveIntegerField(default=1)
    actor = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
