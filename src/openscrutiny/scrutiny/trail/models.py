"""What is kept of minutes and of the trail. Only people add to it; nothing is removed."""

from django.db import models

from openscrutiny.adoption.pledges import Aim
from openscrutiny.minutes.model import Feeling, Kind
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.trail.states import KINDS


class MinutesFile(models.Model):
    """Hold one file of minutes that was read, by the digest of its bytes."""

    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, related_name="minutes"
    )
    day = models.DateField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=100, blank=True)
    doubts = models.JSONField(default=list)  # said when it was read

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class MinutesItem(models.Model):
    """Hold the text of one item as its minutes have it: proposals quote it."""

    file = models.ForeignKey(MinutesFile, models.PROTECT, related_name="items")
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    restricted = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class ProposalRecord(models.Model):
    """Hold one proposal of the reader, and what a named person did with it."""

    PROPOSED, ACCEPTED, DROPPED = "proposed", "accepted", "dropped"
    REPLACED = "replaced"  # by what somebody made of it

    key = models.CharField(max_length=20, unique=True)
    item = models.ForeignKey(MinutesItem, models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in Kind])
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    who = models.CharField(max_length=200, blank=True)
    answers = models.CharField(max_length=20, blank=True)
    owners = models.JSONField(default=list)
    links = models.JSONField(default=list)
    why = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=20,
        default=PROPOSED,
        choices=[(s, s) for s in (PROPOSED, ACCEPTED, DROPPED, REPLACED)],
    )

    class Meta:
        ordering = ("item_id", "start", "-end", "id")

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def text(self) -> str:
        """Quote the span; what is held back is quoted nowhere."""
        if self.kind == Kind.HELD_BACK:
            return ""
        return self.item.text[self.start : self.end]


class Entry(models.Model):
    """Hold one thing of the trail. The quotation never changes; the wording may."""

    kind = models.CharField(
        max_length=20, choices=[(k.value, k.value) for k in KINDS], db_index=True
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, related_name="trail"
    )
    proposal = models.OneToOneField(
        ProposalRecord, models.PROTECT, null=True, related_name="entry"
    )
    quotation = models.TextField(blank=True)
    wording = models.TextField()
    # Of an entry that was added by hand; else its proposal knows its item.
    item = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=200, blank=True)
    owners = models.JSONField(default=list)
    due = models.DateField(null=True)
    # Of a conclusion, what the committee felt, as a person said it; "" is not said.
    feeling = models.CharField(
        max_length=20, blank=True, choices=[(f.value, f.value) for f in Feeling if f]
    )
    # Of a promise that figures can test: the indicator, and what it is to do by `due`.
    tested_on = models.CharField(max_length=60, blank=True)
    aim = models.CharField(
        max_length=20, blank=True, choices=[(a.value, a.value) for a in Aim]
    )
    aim_value = models.FloatField(null=True)
    aim_unit = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20, db_index=True)
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="answered_by"
    )
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("kind", "state"), name="entry_by_state"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class EntryLink(models.Model):
    """Hold what an entry is about: an indicator, a section or the paper."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="links")
    to = models.CharField(max_length=20)
    key = models.CharField(max_length=60, db_index=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("entry", "to", "key"), name="linked_once"),
        )

    def __str__(self) -> str:
        return f"{self.to} {self.key}"


class Change(models.Model):
    """Hold one change of an entry: from what to what, by whom, when and why."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="history")
    what = models.CharField(max_length=20)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    why = models.TextField(blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.entry}: {self.what}"
