"""Cases: one request for one patient, from the first letter to the last decision."""

import uuid
from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from appeals.models.clinics import Clinic, Clinician
from appeals.models.patients import Patient


class Stage(models.TextChoices):
    """Where a request stands, by what happened last."""

    PREPARING = "preparing", "Being prepared"
    SUBMITTED = "submitted", "Waiting for the plan"
    APPROVED = "approved", "Approved"
    PARTLY_APPROVED = "partly_approved", "Partly approved"
    ACCEPTED = "accepted", "Partial approval accepted"
    DENIED = "denied", "Denied"
    APPEALED = "appealed", "Appeal with the plan"
    IN_REVIEW = "in_review", "With an outside reviewer"
    OVERTURNED = "overturned", "Denial overturned"
    UPHELD = "upheld", "Denial upheld"
    WITHDRAWN = "withdrawn", "Withdrawn"


LISTED = ["stage", "insurer", "clinician", "issue_state", "missing", "is_rule_changed"]
"""What the work list is filtered by."""


class CaseQuerySet(models.QuerySet["Case"]):
    """Reads of cases."""

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def by_deadline(self) -> Self:
        """The next last day first; those without one last."""
        return self.order_by(models.F("due_on").asc(nulls_last=True), "opened_at", "pk")


class Case(models.Model):
    """One request of one patient.

    `sealed` holds the situation, the plan, the request and what letters are told, under the
    patient's data key. `due_step` names the step that `due_on` is the last day for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="cases")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="cases")
    number = models.PositiveIntegerField(help_text="Counts the clinic's cases, for people to say.")
    clinician = models.ForeignKey(
        Clinician, null=True, blank=True, on_delete=models.SET_NULL, related_name="cases"
    )
    insurer = models.ForeignKey(
        "policies.Insurer", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    payer_name = models.CharField(
        max_length=200, blank=True, help_text="Where the catalogue holds no such insurer."
    )
    issue_state = models.CharField(max_length=2, blank=True)
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.PREPARING)
    due_on = models.DateField(null=True, blank=True)
    due_step = models.CharField(max_length=60, blank=True)
    missing = models.PositiveSmallIntegerField(
        default=0, help_text="How many documents are wanted and not there."
    )
    is_rule_changed = models.BooleanField(
        default=False, help_text="The plan's rule changed, and nobody has looked yet."
    )
    sealed = models.BinaryField()
    counter = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["clinic", "number"], name="one_case_for_each_number")
        ]
        indexes = [
            # Wide enough that the list is ordered, filtered and counted from them alone.
            models.Index(
                fields=["clinic", "due_on", "opened_at", "id"],
                include=LISTED,
                name="cases_by_deadline",
                condition=models.Q(closed_at=None),
            ),
            models.Index(
                fields=["clinic", "-closed_at", "id"],
                include=[*LISTED, "due_on"],
                name="cases_closed",
                condition=models.Q(closed_at__isnull=False),
            ),
            models.Index(fields=["clinic", "insurer"], name="cases_by_payer"),
            models.Index(
                fields=["insurer"], name="cases_by_insurer", condition=models.Q(closed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.number}"

    @property
    def place(self) -> str:
        """Where its sealed bytes stand."""
        return f"case:{self.pk}"

    @property
    def has_payer(self) -> bool:
        """Whether somebody said who pays; until then no rule is known, and no paper is counted."""
        return self.insurer_id is not None or bool(self.payer_name)


class CaseEvent(models.Model):
    """What happened in a case; never changed, and gone only with the patient.

    `sealed` holds what was noted. Denials are events too, with the notice in their sealed content.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", "Opened"
        EDITED = "edited", "Edited"
        NOTE = "note", "Note"
        CHECKED = "checked", "Checked against the rule"
        RULE_CHANGED = "rule_changed", "The rule changed"
        DOCUMENT = "document", "Document"
        LETTER = "letter", "Letter"
        SUBMITTED = "submitted", "Submitted"
        APPROVED = "approved", "Approved"
        PARTLY_APPROVED = "partly_approved", "Partly approved"
        ACCEPTED = "accepted", "Accepted as decided"
        DENIED = "denied", "Denied"
        APPEALED = "appealed", "Appealed"
        SENT_TO_REVIEW = "sent_to_review", "Sent to an outside reviewer"
        OVERTURNED = "overturned", "Overturned"
        UPHELD = "upheld", "Upheld"
        WITHDRAWN = "withdrawn", "Withdrawn"
        REOPENED = "reopened", "Opened again"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    on = models.DateField(help_text="The day it happened, as told.")
    step = models.CharField(max_length=60, blank=True, help_text="The step of the route it ends.")
    reasons = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    sealed = models.BinaryField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["case", "at"], name="events_of_case")]
        triggers = [
            pgtrigger.Protect(
                name="case_event_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("case", "kind", "on", "step", "reasons", "by", "at"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"

    @property
    def place(self) -> str:
        """Where its sealed bytes stand."""
        return f"event:{self.pk}"


class CaseVerdict(models.Model):
    """What one edition said of a case on a day; `sealed` holds the verdict and its findings."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="verdicts")
    version = models.ForeignKey(
        "policies.PolicyVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField()
    sealed = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at"]
        default_permissions = ()
        indexes = [models.Index(fields=["case", "at"], name="verdicts_of_case")]

    def __str__(self) -> str:
        return f"verdict of {self.on}"

    @property
    def place(self) -> str:
        """Where its sealed bytes stand."""
        return f"verdict:{self.pk}"
