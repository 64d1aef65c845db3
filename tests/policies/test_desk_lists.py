"""Every list of the desk with 500 policies: how often it asks the database does not grow."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.plugin import DjangoDbBlocker

from tests.policies.many import make_many

pytestmark = pytest.mark.django_db

# The queries of each page, as an administrator who has just signed in sees it.
LISTS = {
    "admin:policies_insurer_changelist": 5,
    "admin:policies_policy_changelist": 8,
    "admin:policies_policyversion_changelist": 7,
    "admin:policies_policy_work": 6,
    "admin:policies_administration_changelist": 5,
    "admin:policies_appealaddress_changelist": 7,
    "admin:policies_policyevent_changelist": 7,
}


@pytest.fixture(scope="module")
def many(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """500 policies, written once for the module and taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_many(500)
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(("name", "queries"), LISTS.items())
def test_a_list_asks_the_database_a_fixed_number_of_times_with_500_policies(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, name: str, queries: int
) -> None:
    client.force_login(User.objects.create_superuser("chief"))
    address = reverse(name)
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
