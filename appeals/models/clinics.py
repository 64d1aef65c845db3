"""Clinics, their clinicians, and the people who work there; nothing here is about a patient."""

import uuid
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from appeals.clinics.npi import is_npi


def validate_npi(text: str) -> None:
    """Refuse what can't be a National Provider Identifier."""
    if not is_npi(text):
        raise ValidationError("This is not an NPI: ten digits, of which the last is a check digit.")


class Role(models.TextChoices):
    """What a person does at a clinic; who may do what stands in `appeals.clinics.rights`."""

    FRONT_DESK = "front_desk", "Front desk"
    BILLER = "biller", "Biller"
    CLINICIAN = "clinician", "Clinician"
    ADMIN = "admin", "Clinic admin"


class Clinic(models.Model):
    """A practice that carries patients through authorization, denial and appeal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, help_text="As it stands on letters.")
    address = models.TextField(blank=True, help_text="As on an envelope, one line each.")
    phone = models.CharField(max_length=40, blank=True)
    fax = models.CharField(max_length=40, blank=True)
    npi = models.CharField("NPI", max_length=10, blank=True, validators=[validate_npi])
    tax_id = models.CharField("tax ID", max_length=10, blank=True, help_text="As 12-3456789.")
    letterhead = models.TextField(
        blank=True, help_text="What stands above each letter besides name and address."
    )
    is_sample = models.BooleanField(default=False, editable=False)
    counter = models.PositiveIntegerField(default=0, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reads of memberships."""

    def active(self) -> Self:
        return self.filter(is_active=True, user__is_active=True).select_related("clinic", "user")


class Membership(models.Model):
    """A person's place in one clinic; a person may have one in several."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    is_active = models.BooleanField(default=True)
    gets_reminders = models.BooleanField(
        default=False, help_text="Whether a mail tells each morning how many cases are due."
    )
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["clinic__name", "user__username"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "user"],
                name="one_membership_for_each_person",
                violation_error_message="This person belongs to the clinic already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class Clinician(models.Model):
    """Who treats, and signs letters; `user` where the person works in the workspace too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="clinicians")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    name = models.CharField(max_length=200, help_text="As it is signed.")
    credentials = models.CharField(max_length=100, blank=True, help_text="For example MD, PMHNP.")
    specialty = models.CharField(max_length=100, blank=True)
    npi = models.CharField("NPI", max_length=10, blank=True, validators=[validate_npi])
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    counter = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["name"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "user"],
                condition=models.Q(user__isnull=False),
                name="one_clinician_for_each_person",
                violation_error_message="This person is a clinician here already.",
            )
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.credentials)))


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads of invitations."""

    def waiting(self) -> Self:
        """Neither used nor withdrawn; some may have run out, and can be sent again."""
        return self.filter(used_at=None, withdrawn_at=None).select_related("invited_by")


class Invitation(models.Model):
    """A link by e-mail that makes a person a member once, for some days; only its hash stays."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role.choices)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty where the server's own command invited the first admin.",
    )
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Whether the link still works."""
        is_gone = self.used_at is not None or self.withdrawn_at is not None
        return not is_gone and self.expires_at > timezone.now()
