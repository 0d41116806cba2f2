"""What a person's second factor is kept as: never so that it could be used from here."""

from django.db import models

from openscrutiny.scrutiny.models import Person

__all__ = ["RecoveryCode", "SecondFactor"]


class SecondFactor(models.Model):
    """Hold the key that a person's app makes codes of, sealed; see sealing.py."""

    person = models.OneToOneField(
        Person, models.PROTECT, related_name="second_factor", primary_key=False
    )
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
