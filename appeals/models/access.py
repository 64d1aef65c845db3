"""Who saw or changed which record, and who changed a clinic or its people; never changed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class AccessEntry(models.Model):
    """One look at a patient's record or one change to it; it holds opaque ids only.

    `clinic_id`, `patient_id` and `case_id` are plain values: the entry outlives what they named.
    """

    class What(models.TextChoices):
        OPENED = "opened", "Opened"
        CHANGED = "changed", "Changed"
        SEARCHED = "searched", "Found by search"
        LISTED = "listed", "Seen in a list"
        READ_FILE = "read_file", "Opened a file"
        PRINTED = "printed", "Printed"
        EXPORTED = "exported", "Exported"
        DELETED = "deleted", "Deleted"
        HELD = "held", "Put under legal hold, or released"
        JOINED = "joined", "Joined with another patient"

    clinic_id = models.UUIDField()
    patient_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    what = models.CharField(max_length=20, choices=What.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "access entries"
        default_permissions = ()
        indexes = [
            models.Index(fields=["clinic_id", "-id"], name="access_of_clinic"),
            models.Index(fields=["patient_id", "-id"], name="access_of_patient"),
            models.Index(fields=["case_id", "-id"], name="access_of_case"),
            models.Index(fields=["clinic_id", "at"], name="access_by_day"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="access_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.at}"


class ClinicEvent(models.Model):
    """One change to a clinic, its clinicians or its people; nothing in it is about a patient."""

    class What(models.TextChoices):
        MADE = "made", "Clinic made"
        DETAILS = "details", "Details changed"
        CLINICIAN_ADDED = "clinician_added", "Clinician added"
        CLINICIAN_CHANGED = "clinician_changed", "Clinician changed"
        CLINICIAN_ENDED = "clinician_ended", "Clinician ended"
        CLINICIAN_BACK = "clinician_back", "Clinician taken back"
        INVITED = "invited", "Invited"
        INVITED_AGAIN = "invited_again", "Invited again"
        WITHDRAWN = "withdrawn", "Invitation withdrawn"
        JOINED = "joined", "Joined"
        ROLE = "role", "Role changed"
        ENDED = "ended", "Membership ended"

    clinic_id = models.UUIDField()
    what = models.CharField(max_length=20, choices=What.choices)
    about = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["clinic_id", "-id"], name="events_of_clinic")]
        triggers = [
            pgtrigger.Protect(
                name="clinic_event_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.at}"
