"""Many letters printed at once, by a worker: each item is done once, and progress is kept."""

import uuid

from django.conf import settings
from django.db import models

from appeals.models.clinics import Clinic
from appeals.models.letters import Letter


class Batch(models.Model):
    """One printing: its letters in mailing order, and the sealed file once all are bound.

    The file has a data key of its own, wrapped like a patient's; it goes after a day, and at once
    when a patient in it is deleted.
    """

    class Form(models.TextChoices):
        PDF = "pdf", "One PDF with separator sheets"
        ZIP = "zip", "A zip of single files"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Being printed"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="batches")
    form = models.CharField(max_length=10, choices=Form.choices)
    has_enclosures = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    key_name = models.CharField(max_length=20)
    wrapped_key = models.BinaryField()
    sealed_file = models.BinaryField(null=True)
    fault = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"batch {self.pk}"

    @property
    def place(self) -> str:
        """Where its sealed file stands."""
        return f"batch:{self.pk}"


class BatchItem(models.Model):
    """One letter of a printing; `sealed` holds its pages, under the batch's key, once made."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    sealed = models.BinaryField(null=True)
    fault = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["batch", "letter"], name="a_letter_once_in_a_batch")
        ]

    def __str__(self) -> str:
        return f"{self.batch}, {self.position}"

    @property
    def place(self) -> str:
        """Where its sealed pages stand."""
        return f"item:{self.batch_id}:{self.letter_id}"
