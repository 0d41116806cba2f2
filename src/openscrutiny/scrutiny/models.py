"""The writable data: people, meetings, what people decided, and who did what.

Nothing here is about a child. Figures and records are never kept in this database.
"""

import dataclasses
import datetime
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.periods import format_date
from openscrutiny.scrutiny.chain import Event
from openscrutiny.scrutiny.permissions import Actor
from openscrutiny.scrutiny.policies import Decision, Password, SignIn
from openscrutiny.scrutiny.roles import Role, audience_of, role_words

ONE_TIME_LASTS: Final = datetime.timedelta(days=7)


class PersonManager(BaseUserManager["Person"]):
    """Find people by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(name=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Hold somebody who may sign in, and what they are."""

    name = models.CharField(max_length=100, unique=True)
    role = models.CharField(
        max_length=20, choices=[(role.value, role_words(role)) for role in Role]
    )
    must_change_password = models.BooleanField(default=True)
    # Until when a one-time password works; null where it was given without an end.
    one_time_until = models.DateTimeField(null=True, blank=True)
    # Demo sign-ins have a password that everybody knows: they work nowhere else.
    is_demo = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    # The last day on which they may sign in; null where none was set.
    ends_on = models.DateField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS = ("role",)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]),
                name="person_has_a_known_role",
            ),
            models.CheckConstraint(
                condition=models.Q(is_active=True, left_at__isnull=True)
                | models.Q(is_active=False, left_at__isnull=False),
                name="person_who_left_did_so_at_a_moment",
            ),
            # Whoever comes from outside the council comes for a time.
            models.CheckConstraint(
                condition=~models.Q(role=Role.INSPECTOR.value)
                | models.Q(is_demo=True)
                | models.Q(ends_on__isnull=False),
                name="inspector_has_a_last_day",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def password_state(self) -> Password:
        """Tell whose password it is; a one-time password's time passes by itself."""
        if self.is_demo:
            return Password.KNOWN_TO_ALL
        if not self.must_change_password:
            return Password.OWN
        until = self.one_time_until or self.created_at + ONE_TIME_LASTS
        return Password.EXPIRED if timezone.now() > until else Password.ONE_TIME

    @property
    def sign_in_state(self) -> SignIn:
        """Tell whether they may sign in; a last day passes by itself."""
        if not self.is_active:
            return SignIn.LEFT
        has_ended = self.ends_on is not None and self.ends_on < timezone.localdate()
        return SignIn.ENDED if has_ended else SignIn.OPEN

    @property
    def audience(self) -> Audience:
        return audience_of(Role(self.role))

    @property
    def actor(self) -> Actor:
        """Give the person as one who acts."""
        return Actor(self.name, Role(self.role))

    @property
    def role_words(self) -> str:
        return role_words(Role(self.role))


class SignInFailure(models.Model):
    """Hold one failed sign-in.

    Name and source are kept as keyed hashes only, since people now and then type their
    password into the wrong box. The source is a browser that has signed in before, or
    else an address.
    """

    name_hash = models.CharField(max_length=64, db_index=True)
    source_hash = models.CharField(max_length=64, default="")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"failed sign-in at {self.at:%Y-%m-%d %H:%M}"


class Meeting(models.Model):
    """Hold one meeting of the committee."""

    date = models.DateField(db_index=True)
    title = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("date", "id")

    def __str__(self) -> str:
        return f"{self.title}, {format_date(self.date)}"

    @classmethod
    def get(
        cls, number: int, among: "models.QuerySet[Meeting] | None" = None
    ) -> "Meeting":
        """Give a meeting by its number. Raises OpenScrutinyError where there is none."""
        rows = cls.objects.all() if among is None else among
        found = rows.filter(pk=number).first()
        if found is None:
            raise OpenScrutinyError(
                f"There is no meeting {number}.",
                "List them with: openscrutiny meeting list",
            )
        return found

    @classmethod
    def hold(cls, number: int) -> "Meeting":
        """Give a meeting and hold it until the transaction ends: one acts at a time."""
        return cls.get(number, cls.objects.select_for_update())

    @classmethod
    def find_next(cls, day: datetime.date) -> "Meeting | None":
        """Find the first meeting on or after `day` that is not cancelled."""
        held = cls.objects.exclude(plan__cancelled_at__isnull=False)
        return held.filter(date__gte=day).first()


class PaperRecord(models.Model):
    """Hold that a paper was made for a meeting, of which snapshot and for whom.

    Only ever added to: the latest of a meeting counts, the others are its history.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers")
    snapshot = models.PositiveIntegerField()
    audience = models.CharField(max_length=20)
    formats = models.JSONField(default=list)
    actor = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(audience__in=("officers", "members", "public")),
                name="paper_has_a_known_audience",
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting}, snapshot {self.snapshot}, {self.audience}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Add the record; one that is there is never changed."""
        if self.pk is not None:
            raise ValueError("A paper that was made is never changed.")
        super().save(*args, **kwargs)


class AuditEvent(models.Model):
    """Hold who did what and when. `actor` is "" for the command line.

    Each holds the digest of the former one and its own; its number is its place in that
    chain. The database refuses to change or remove one, and to add one anywhere but at
    the end.
    """

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=100, blank=True)
    action = models.CharField(max_length=40, db_index=True)
    about = models.CharField(max_length=200, blank=True)
    # What was changed, as "target FD2", and which version of it there is since; 0 where
    # it has none, and in what was kept before versions were named.
    thing = models.CharField(max_length=140, blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    # Nothing follows the same event twice: the chain has no fork.
    former = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor or 'command line'}: {self.action}"

    @classmethod
    def of(cls, event: Event) -> "AuditEvent":
        """Make the row of a sealed event."""
        facts = {name: value for name, value in vars(event).items() if name != "place"}
        return cls(id=event.place, **facts)

    @property
    def event(self) -> Event:
        """Give it as a plain value."""
        names = [each.name for each in dataclasses.fields(Event)]
        facts = {name: getattr(self, name) for name in names if name != "place"}
        return Event(self.id, **facts)


class AdoptionVersion(models.Model):
    """Hold what the council adopted for one indicator, as saved at one moment.

    Nothing is overwritten: the latest version of a code counts, and the others are
    its history. The cells are those of adoption.csv, as text, so that page and file
    are read by the same rules.
    """

    # Another file than adoption.csv was named by a person: it is read that once.
    PAGE, FILE, IMPORT = "page", "adoption.csv", "another file"

    code = models.CharField(max_length=20, db_index=True)
    cells = models.JSONField()
    source = models.CharField(
        max_length=20, choices=[(each, each) for each in (PAGE, FILE, IMPORT)]
    )
    actor = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(code=""), name="adoption_names_an_indicator"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code}, {self.at:%Y-%m-%d %H:%M}"


class AdoptionFile(models.Model):
    """Hold one look at the workspace's adoption.csv: its digest, and what was wrong."""

    digest = models.CharField(max_length=64)
    problem = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"adoption.csv, {self.at:%Y-%m-%d %H:%M}"


class Withdrawable(models.Model):
    """Hold who decided and when, and who withdrew it: both or neither of the latter."""

    actor = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.CharField(max_length=100, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(withdrawn_by="", withdrawn_at__isnull=True)
                | (~models.Q(withdrawn_by="") & models.Q(withdrawn_at__isnull=False)),
                name="%(class)s_is_withdrawn_by_somebody",
            ),
        )

    @property
    def state(self) -> Decision:
        return Decision.STANDS if self.withdrawn_at is None else Decision.WITHDRAWN


class EventRecord(Withdrawable):
    """Hold something dated that stands on the axis of charts; see adoption.decisions."""

    on = models.DateField()
    until = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    codes = models.JSONField(default=list)
    source = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.title}, {self.on:%Y-%m-%d}"


class RebaseRecord(Withdrawable):
    """Hold a person's decision that the limits of a series begin anew."""

    code = models.CharField(max_length=20, db_index=True)
    starts = models.DateField()
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.code} from {self.starts:%Y-%m-%d}"
