"""What a person's second factor is kept as, and which account of elsewhere is whose.

No secret is kept so that it could be used from here.
"""

from django.db import models

from openscrutiny.scrutiny.models import Person


class SecondFactor(models.Model):
    """Hold the key that a person's app makes codes of, sealed; see sealing.py."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="second_factor")
    secret = models.CharField(max_length=300)
    # The last step of time whose code was taken: neither it nor an earlier one is again.
    last_step = models.BigIntegerField(default=0)
    set_up_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"second factor of {self.person}"


class RecoveryCode(models.Model):
    """Hold the keyed hash of one code for a lost phone, and when it was used."""

    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("factor", "code_hash"), name="recovery_code_is_there_once"
            ),
        )

    def __str__(self) -> str:
        return f"recovery code of {self.factor}"


class OutsideIdentity(models.Model):
    """Hold an account of single sign-on, and whose it is; nobody's while it waits."""

    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=300)
    email = models.CharField(max_length=100)
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="outside_identity"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("issuer", "subject"), name="outside_identity_is_there_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} at {self.issuer}"


class TeamGiven(models.Model):
    """Hold one team whose single records somebody sees, by its name in the record."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="teams_given")
    team = models.CharField(max_length=100)

    class Meta:
        ordering = ("team",)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "team"), name="team_is_given_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.team}, given to {self.person}"
