"""Every form that is sent by POST carries the token that keeps other sites from sending it."""

import re

import pytest
from django.test import Client

from tests.policies.html import CHECK, FULL, PLAN, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]


@pytest.mark.parametrize("go", ["next", "review", "answer", "back", "change.treatments_tried"])
def test_every_form_of_a_screen_carries_its_token(client: Client, go: str) -> None:
    pages = [client.get(CHECK), post(client, PLAN | FULL | {"go": go})]
    for page in pages:
        forms = re.findall(r"<form.*?</form>", page.content.decode(), flags=re.DOTALL)
        posted = [form for form in forms if 'method="post"' in form]
        assert posted
        assert all("csrfmiddlewaretoken" in form for form in posted)
