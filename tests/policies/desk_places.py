"""One row of each model of the desk, and the address of each page with such a row in it."""

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from policies.history import record_event
from policies.models import Administration, Insurer, Policy, PolicyEvent, PolicyVersion, WorkedCase
from policies.publishing import begin_draft
from tests.policies.desk_records import add_address, add_copy

OF_A_ROW = (
    "_rename",
    "_merge",
    "_change",
    "_delete",
    "_history",
    "_said",
    "_file",
    "_write",
    "_effects",
    "_review",
    "_retire",
    "_begin",
    "_reread",
    "_copies",
    "_changes",
    "_spanish",
    "_correct",
    "_cases",
    "_newcase",
    "_undecided",
)


# What these addresses hold is of nobody.
OF_NOBODY: dict[str, list[object]] = {
    "account_reset_password_from_key": ["1", "abc-def"],
    "account_invitation": ["never-was"],
    "mfa_remove_webauthn": [0],
    "mfa_edit_webauthn": [0],
}


def desk_objects() -> dict[str, int]:
    """One row of each model of the desk."""
    insurer, vendor = Insurer.objects.all()[:2]
    link = Administration.objects.create(
        insurer=insurer,
        administrator=vendor,
        benefit="pharmacy",
        source_url="https://example.org/",
        quote="decides",
        read_on="2026-01-01",
    )
    record_event(PolicyEvent.Kind.EDITED, link, by=None)
    other = User.objects.create_user("other")
    draft = begin_draft(PolicyVersion.objects.published()[0], by=other)
    event = PolicyEvent.objects.first()
    assert event
    return {
        "insurer": insurer.pk,
        "administration": link.pk,
        "appealaddress": add_address(insurer).pk,
        "policy": Policy.objects.all()[0].pk,
        "sourcecopy": add_copy(Policy.objects.all()[0], by=other).pk,
        "policyversion": draft.pk,
        "case": WorkedCase.objects.filter(version__policy=draft.policy)[0].pk,
        "policyevent": event.pk,
        "user": other.pk,
        "group": Group.objects.all()[0].pk,
    }


def address_of(name: str, objects: dict[str, int]) -> str:
    """The address of a name, with a row of its model where it wants one."""
    if name == "admin:app_list":
        return reverse(name, args=["policies"])
    if name == "admin:policies_policyversion_case":
        return reverse(name, args=[objects["policyversion"], objects["case"]])
    if name == "admin:view_on_site":
        kind = ContentType.objects.get_for_model(Policy)
        return reverse(name, args=[kind.pk, objects["policy"]])
    if name in OF_NOBODY:
        return reverse(name, args=OF_NOBODY[name])
    model = name.partition(":")[2].split("_")[1:2]
    wants_row = name.startswith("admin:") and name.endswith(OF_A_ROW)
    return reverse(name, args=[objects[model[0]]] if wants_row else [])
