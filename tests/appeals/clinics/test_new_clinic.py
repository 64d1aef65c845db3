"""The command with which a clinic begins, and comes back to somebody who can manage it."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from appeals.clinics.invitations import accept, begin_clinic, open_by_token
from appeals.models import Clinic, Role

pytestmark = pytest.mark.django_db
EMAIL = "new@example.org"


def test_the_command_makes_a_clinic_and_invites_its_first_admin(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("new_clinic", "Sample Practice", admin=EMAIL, site="https://example.org")
    said = capsys.readouterr().out
    assert "https://example.org/account/invited/" in said
    found = open_by_token(said.strip().rpartition("/account/invited/")[2].strip("/"))
    assert found
    assert (found.clinic.name, found.role, found.email) == ("Sample Practice", Role.ADMIN, EMAIL)


def test_the_command_invites_anew_only_where_nobody_manages_the_clinic() -> None:
    clinic, first = begin_clinic("Sample Practice", admin=EMAIL)
    again, second = begin_clinic("sample practice", admin=EMAIL)
    assert again == clinic
    assert open_by_token(first) is None
    found = open_by_token(second)
    assert found
    accept(found, by=User.objects.create_user("first"))
    with pytest.raises(CommandError, match="Its admins invite"):
        call_command("new_clinic", "Sample Practice", admin="another@example.org")


def test_the_command_refuses_what_is_no_address() -> None:
    with pytest.raises(CommandError, match="valid email"):
        call_command("new_clinic", "Sample Practice", admin="nobody")
    assert not Clinic.objects.exists()
