"""Patients: a row of sealed bytes, its wrapped key, and hashes to find it by."""

import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from appeals.models.clinics import Clinic


class PatientQuerySet(models.QuerySet["Patient"]):
    """Reads of patients."""

    def found_by(self, digests: list[str]) -> Self:
        """Those with any of the hashes: exact search."""
        return self.filter(digests__overlap=digests)


class Patient(models.Model):
    """One patient of one clinic.

    `sealed` holds who they are under their own data key, which `wrapped_key` holds under the ring's
    key of that name; `sealed_hold` holds why a legal hold stands. `digests` are keyed hashes of
    name, member ID and birth date; equal values have equal hashes within one clinic and nowhere
    else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="patients")
    key_name = models.CharField(max_length=20)
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()
    digests = ArrayField(models.CharField(max_length=64), default=list)
    counter = models.PositiveIntegerField(default=0)
    held_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when a legal hold stops deletion."
    )
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sealed_hold = models.BinaryField(null=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PatientQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        default_permissions = ()
        indexes = [
            GinIndex(fields=["digests"], name="patients_found"),
            models.Index(fields=["key_name"], name="patients_by_key"),
        ]

    def __str__(self) -> str:
        return f"patient {self.pk}"

    @property
    def place(self) -> str:
        """Where its sealed bytes stand; the reason of a hold stands at `hold:` of the same."""
        return f"patient:{self.pk}"
