"""Keys that can't do what they are there for are refused before anything depends on them."""

import base64
import io
from collections.abc import Iterator

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from pytest_django import Settings

from appeals.checks import KEYS, missing_keys, mistaken_keys
from appeals.clinics.keys import clinic_ring, signing_ring
from appeals.clinics.printing.making import begin_batch
from appeals.models import Batch
from tests.appeals.clinics.building import (
    alter_letter,
    make_case,
    make_clinic,
    make_member,
    make_signed_letter,
)


def entry(name: str, first: int) -> str:
    return f"{name}:{key(first)}"


def key(first: int) -> str:
    return base64.b64encode(bytes(range(first, first + 32))).decode()


@pytest.fixture(autouse=True)
def fit(settings: Settings) -> Iterator[None]:
    settings.CLINIC_KEYS = entry("clinic", 0)
    settings.SIGNING_KEYS = entry("signing", 50)
    clinic_ring.cache_clear()
    signing_ring.cache_clear()
    yield
    clinic_ring.cache_clear()
    signing_ring.cache_clear()


def told() -> str:
    return " ".join(f"{one.id} {one.msg}" for one in run_checks(tags=[KEYS]))


def test_two_rings_of_their_own_are_fit() -> None:
    assert told() == ""


@pytest.mark.parametrize("name", ["CLINIC_KEYS", "SIGNING_KEYS"])
@pytest.mark.parametrize(
    ("ring", "expected"),
    [
        pytest.param("", "the key ring is empty", id="none"),
        pytest.param(key(0), "has a name", id="a key without its name"),
        pytest.param("2026:not base64", "not base64", id="no key"),
        pytest.param("2026:c2hvcnQ=", "has 5 bytes; it needs 32", id="too short"),
        pytest.param(f"2026:{base64.b64encode(bytes(32)).decode()}", "not random", id="zeros"),
    ],
)
def test_a_ring_that_can_not_be_read_is_named_with_what_is_wrong(
    settings: Settings, name: str, ring: str, expected: str
) -> None:
    setattr(settings, name, ring)
    assert f"appeals.E001 {name}: " in told()
    assert expected.casefold() in told().casefold()


def test_no_key_is_on_both_rings_under_another_name_either(settings: Settings) -> None:
    settings.SIGNING_KEYS = f"{entry('signing', 50)} {entry('old', 0)}"
    assert "appeals.E002 CLINIC_KEYS and SIGNING_KEYS share a key" in told()


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param(key(0), id="the key as it is written"),
        pytest.param(entry("clinic", 0), id="with its name"),
        pytest.param("".join(chr(one) for one in range(32)), id="the letters that the key is"),
    ],
)
def test_no_key_is_the_secret_key_of_the_site(settings: Settings, secret: str) -> None:
    settings.SECRET_KEY = secret
    assert "appeals.E003 CLINIC_KEYS holds the site's SECRET_KEY" in told()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [secret]
    assert "appeals.E003" in told()


@pytest.mark.django_db
def test_a_key_that_the_database_needs_and_the_ring_lacks_is_named(settings: Settings) -> None:
    assert list(missing_keys("default")) == []
    clinic = make_clinic()
    letter = make_signed_letter(make_case(clinic))
    begin_batch(clinic, [letter.pk], form=Batch.Form.PDF, by=make_member(clinic))
    assert list(missing_keys("default")) == []
    Batch.objects.update(key_name="lost")
    alter_letter(letter, signing_key="gone")
    assert [(one.id, one.msg) for one in missing_keys("default")] == [
        ("appeals.E004", "CLINIC_KEYS lacks the key 'lost', which something stored is under."),
        ("appeals.W001", "SIGNING_KEYS lacks the key 'gone', which a letter was signed with."),
    ]
    with pytest.raises(SystemCheckError, match="restore the key"):
        call_command("check", databases=["default"], stdout=io.StringIO(), stderr=io.StringIO())


@pytest.mark.django_db
def test_a_key_that_opens_nothing_under_its_name_is_told(settings: Settings) -> None:
    make_case(make_clinic())
    assert list(mistaken_keys("default")) == []
    settings.CLINIC_KEYS = f"{entry('fresh', 100)} {entry('clinic', 150)}"
    assert [(one.id, one.msg) for one in mistaken_keys("default")] == [
        (
            "appeals.E005",
            "The key 'clinic' of CLINIC_KEYS does not open what is stored under its name.",
        )
    ]
