"""Letters of a case, as drafted, as signed off and as superseded; and the clinic's own blocks."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models

from appeals.letters.kinds import LetterKind
from appeals.models.cases import Case
from appeals.models.clinics import Clinic, Clinician


class Letter(models.Model):
    """One letter: a draft until a clinician signs it off, and from then on it never changes.

    `sealed` holds what it was written from and its words, `sealed_pdf` the exact bytes signed.
    `signature` is keyed: HMAC-SHA256 over the bytes, the name and the moment. `printed_at` is when
    somebody last took the signed pages away to send them. Rotation of keys
    wraps a patient's data key and seals nothing anew; only who joins two patients sets the trigger
    that holds the sealed bytes aside.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=40, choices=[(one.value, one.value) for one in LetterKind])
    sealed = models.BinaryField()
    sealed_pdf = models.BinaryField(null=True)
    counter = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_at = models.DateTimeField(auto_now_add=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    clinician = models.ForeignKey(
        Clinician, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    printed_at = models.DateTimeField(null=True, blank=True, editable=False)
    signing_key = models.CharField(max_length=20, blank=True)
    signature = models.BinaryField(null=True)
    superseded_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="supersedes"
    )

    class Meta:
        ordering = ["made_at"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(signed_at=None, signed_by=None, signature=None)
                | models.Q(
                    signed_at__isnull=False,
                    signed_by__isnull=False,
                    signature__isnull=False,
                    sealed_pdf__isnull=False,
                ),
                name="a_signed_letter_has_all_of_it",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_letter_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.signed_at IS NOT NULL AND (OLD.signed_at, OLD.signed_by_id,"
                    " OLD.clinician_id, OLD.signing_key, OLD.signature, OLD.kind, OLD.case_id)"
                    " IS DISTINCT FROM (NEW.signed_at, NEW.signed_by_id, NEW.clinician_id,"
                    " NEW.signing_key, NEW.signature, NEW.kind, NEW.case_id)"
                ),
            ),
            pgtrigger.Protect(
                name="signed_pages_never_change",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.signed_at IS NOT NULL AND (OLD.sealed, OLD.sealed_pdf)"
                    " IS DISTINCT FROM (NEW.sealed, NEW.sealed_pdf)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def place(self) -> str:
        """Where its sealed words stand; its bytes stand at `pdf:` of the same."""
        return f"letter:{self.pk}"


class TextBlock(models.Model):
    """A passage a clinic uses again, with the day on which someone should read it anew."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="blocks")
    title = models.CharField(max_length=100)
    text = models.TextField(max_length=4000, help_text="Nothing about a patient belongs here.")
    review_on = models.DateField()
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["title"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "title"],
                name="one_block_for_each_title",
                violation_error_message="The clinic has a block of this title.",
            )
        ]

    def __str__(self) -> str:
        return self.title
