"""A publisher who publishes an edition in a browser."""

from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from policies.admin.reviewing.views import seen_of
from policies.models import PolicyEvent, PolicyVersion
from policies.reviewing import submit_draft
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.faults.signing import CSRF
from tests.faults.web import Answer, Web
from tests.policies.reviewed import acme_draft, acme_policy, second_person


@dataclass(frozen=True, slots=True)
class Publisher:
    """Somebody who has an edition to publish, signed in."""

    draft: PolicyVersion
    session: str

    def publish(self, web: Web) -> Answer:
        sent = {"do": "publish", "reason": "", "seen": seen_of(self.draft)}
        address = reverse("admin:policies_policyversion_review", args=[self.draft.pk])
        cookie = f"sessionid={self.session}; csrftoken={CSRF}"
        return web.ask(address, sent | {"csrfmiddlewaretoken": CSRF}, cookie=cookie)

    def times(self) -> int:
        """How often it was published; the edition and its event say the same."""
        events = PolicyEvent.objects.about(self.draft).filter(kind=PolicyEvent.Kind.PUBLISHED)
        is_out = PolicyVersion.objects.get(pk=self.draft.pk).published_at is not None
        assert events.exists() is is_out
        return events.count()


def make_publisher(slug: str) -> Publisher:
    writer = second_person()
    draft = submit_draft(acme_draft(writer, policy=acme_policy(slug)), by=writer)
    browser = Client()
    browser.force_login(make_person(f"publisher of {slug}", Role.PUBLISHER))
    return Publisher(draft, browser.cookies["sessionid"].value)
