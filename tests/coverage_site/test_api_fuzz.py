"""Everything that the API's description allows, and what it does not, asked of the API itself."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck
from hypothesis import strategies as st
from pytest_django import Settings
from schemathesis import Case
from schemathesis.config import SchemathesisConfig

from coverage_site.api.pages import description
from coverage_site.wsgi import application
from policies.api.fields import FIRST_DAY, LAST_DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_policies")]

schemathesis.openapi.format("date", st.dates(FIRST_DAY, LAST_DAY).map(dt.date.isoformat))
# What contradicts itself, as a dose below adequate that is the maximum dose, no schema can tell.
TOLD = {
    "checks": {"positive_data_acceptance": {"expected-statuses": ["200", "422"]}},
}
config = SchemathesisConfig.from_dict(
    {
        "operations": [
            {"include-method": "POST", **TOLD},
            # Which insurers are held is no part of the description.
            {"include-path": "/api/v1/policies", **TOLD},
        ]
    },
)
schema = schemathesis.openapi.from_dict(description(), config=config)
schema.app = application


@pytest.fixture(autouse=True)
def as_the_test_client_does(settings: Settings) -> Iterator[None]:
    """A whole request would end with the connection that holds the test's transaction."""
    settings.ALLOWED_HOSTS = ["localhost"]
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@schema.parametrize()
# Without a database, since the library asks for the same inputs each time where CI is set, and
# Hypothesis takes only one of the two.
@hypothesis.settings(max_examples=5, database=None, suppress_health_check=list(HealthCheck))
def test_no_request_that_the_description_allows_or_forbids_is_answered_otherwise(
    case: Case[Any],
) -> None:
    # The checks read bytes as they come.
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
