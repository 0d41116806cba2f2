"""The writable data: people, their failed sign-ins, meetings, and who did what.

Nothing here is about a child. Figures and records are never kept in this database.
"""

import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from openscrutiny.scrutiny.roles import Audience, Role, audience_of, role_words

__all__ = ["AuditEvent", "Meeting", "Person", "SignInFailure"]


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
    # Demo sign-ins have a password that everybody knows: they work nowhere else.
    is_demo = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
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
        )

    def __str__(self) -> str:
        return self.name

    @property
    def audience(self) -> Audience:
        return audience_of(Role(self.role))

    @property
    def role_words(self) -> str:
        return role_words(Role(self.role))


class SignInFailure(models.Model):
    """Hold one failed sign-in.

    The name is kept as a keyed hash only, since people now and then type their
    password into the wrong box.
    """

    name_hash = models.CharField(max_length=64, db_index=True)
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
        return f"{self.title}, {self.date:%Y-%m-%d}"

    @classmethod
    def find_next(cls, day: datetime.date) -> "Meeting | None":
        """Find the first meeting on or after `day`."""
        return cls.objects.filter(date__gte=day).first()


class AuditEvent(models.Model):
    """Hold who did what and when. `actor` is "" for the command line."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=100, blank=True)
    action = models.CharField(max_length=40)
    about = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor or 'command line'}: {self.action}"
