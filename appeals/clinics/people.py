"""The writes to a clinic, its clinicians and its members; each leaves an event."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from appeals.models import Clinic, ClinicEvent, Clinician, Membership, Role

What = ClinicEvent.What
DETAILS = ("name", "address", "phone", "fax", "npi", "tax_id", "letterhead")
OF_CLINICIAN = ("name", "credentials", "specialty", "npi", "phone", "user")
SAID = {"npi": "NPI", "tax_id": "tax ID", "user": "who they sign in as"}


class LastAdminError(ValidationError):
    """Whoever manages the clinic last stays, for nobody else could let people in."""

    def __init__(self) -> None:
        super().__init__(
            "This is the clinic's last admin. Make somebody else an admin first, then try again."
        )


class StaleClinicError(ValidationError):
    """Someone else saved the clinic or clinician since the form was shown; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            "Someone else changed this meanwhile. What they wrote stands beside each field; "
            "save once more to put yours in its place."
        )


def leave_event(
    clinic: Clinic, what: ClinicEvent.What, *, about: str = "", by: User | None
) -> ClinicEvent:
    """Append what was done to a clinic or its people; the caller's transaction holds the write."""
    event = ClinicEvent(clinic_id=clinic.pk, what=what, about=about[:400], by=by)
    event.full_clean()
    event.save(force_insert=True)
    return event


def lock_clinic(clinic: Clinic) -> Clinic:
    """The clinic as it stands now, held against others who change it or its people."""
    return Clinic.objects.select_for_update().get(pk=clinic.pk)


@transaction.atomic
def change_clinic(clinic: Clinic, details: Mapping[str, str], *, based_on: int, by: User) -> Clinic:
    """Write the details; StaleClinicError where another change came first."""
    found = lock_clinic(clinic)
    if found.counter != based_on:
        raise StaleClinicError
    changed = _put(found, details, DETAILS)
    if changed:
        found.counter += 1
        found.full_clean()
        found.save()
        leave_event(found, What.DETAILS, about=_list(changed), by=by)
    return found


@transaction.atomic
def add_clinician(clinic: Clinic, details: Mapping[str, object], *, by: User) -> Clinician:
    """Write a new clinician of the clinic."""
    clinician = Clinician(clinic=clinic)
    _put(clinician, details, OF_CLINICIAN)
    _check_clinician(clinician)
    clinician.save(force_insert=True)
    leave_event(clinic, What.CLINICIAN_ADDED, about=str(clinician), by=by)
    return clinician


@transaction.atomic
def change_clinician(
    clinician: Clinician, details: Mapping[str, object], *, based_on: int, by: User
) -> Clinician:
    """Write what changed; StaleClinicError where another change came first."""
    found = Clinician.objects.select_for_update(of=("self",)).get(pk=clinician.pk)
    if found.counter != based_on:
        raise StaleClinicError
    changed = _put(found, details, OF_CLINICIAN)
    if changed:
        found.counter += 1
        _check_clinician(found)
        found.save()
        about = f"{found}: {_list(changed)}"
        leave_event(found.clinic, What.CLINICIAN_CHANGED, about=about, by=by)
    return found


@transaction.atomic
def end_clinician(clinician: Clinician, *, is_active: bool, by: User) -> None:
    """Take a clinician from the lists of those to choose, or back; letters and cases keep them."""
    found = Clinician.objects.select_for_update(of=("self",)).get(pk=clinician.pk)
    if found.is_active == is_active:
        return
    found.is_active = is_active
    found.counter += 1
    found.save(update_fields=["is_active", "counter"])
    what = What.CLINICIAN_BACK if is_active else What.CLINICIAN_ENDED
    leave_event(found.clinic, what, about=str(found), by=by)


@transaction.atomic
def change_role(membership: Membership, role: Role, *, by: User) -> None:
    """Give a member another role; LastAdminError where nobody would be left to manage."""
    lock_clinic(membership.clinic)
    found = _active(membership)
    if found.role == role:
        return
    if role != Role.ADMIN:
        _leave_an_admin(found)
    before = found.get_role_display()
    found.role = role
    found.full_clean()
    found.save(update_fields=["role"])
    about = f"{found.user.get_username()}: {before} to {found.get_role_display()}".replace(
        "Clinic admin", "clinic admin"
    )
    leave_event(found.clinic, What.ROLE, about=about, by=by)


@transaction.atomic
def end_membership(membership: Membership, *, by: User) -> None:
    """Close the clinic to a member at once; LastAdminError where nobody would be left to manage.

    Invitations that they sent go with them, or they could come back by one of their own.
    """
    lock_clinic(membership.clinic)
    found = _active(membership)
    _leave_an_admin(found)
    found.is_active = False
    found.save(update_fields=["is_active"])
    sent = found.clinic.invitations.waiting().filter(invited_by=found.user)
    sent.update(withdrawn_at=timezone.now())
    leave_event(found.clinic, What.ENDED, about=found.user.get_username(), by=by)


def _check_clinician(clinician: Clinician) -> None:
    members = clinician.clinic.memberships.active()
    if clinician.user and not members.filter(user=clinician.user).exists():
        raise ValidationError({"user": "This person is no member of the clinic."})
    clinician.full_clean()


def _active(membership: Membership) -> Membership:
    found = membership.clinic.memberships.active().filter(pk=membership.pk).first()
    if found is None:
        raise ValidationError("This person is no member any longer.")
    return found


def _leave_an_admin(membership: Membership) -> None:
    """Refuse where this member alone can manage the clinic."""
    others = membership.clinic.memberships.active().exclude(pk=membership.pk)
    if membership.role == Role.ADMIN and not others.filter(role=Role.ADMIN).exists():
        raise LastAdminError


def _put(row: Clinic | Clinician, values: Mapping[str, object], names: Iterable[str]) -> list[str]:
    """Set what is new, and name it."""
    changed = [name for name in names if name in values and getattr(row, name) != values[name]]
    for name in changed:
        setattr(row, name, values[name])
    return [SAID.get(name, name) for name in changed]


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
