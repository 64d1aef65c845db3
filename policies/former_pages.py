"""Where what was renamed or merged stands now, as the database has it."""

from policies.catalogue import FormerNames
from policies.models import FormerAddress


def former_names() -> FormerNames:
    """Every former key with the one of now: rows name the thing itself, so one step is enough."""
    rows = FormerAddress.objects.select_related("insurer", "policy__insurer")
    insurers: dict[str, str] = {}
    documents: dict[str, str] = {}
    for row in rows:
        if row.policy is None:
            insurers[row.insurer_slug] = row.insurer.slug
        else:
            stem = f"{row.insurer_slug}--{row.policy_slug}"
            documents[stem] = f"{row.policy.insurer.slug}--{row.policy.slug}"
    return FormerNames(insurers, documents)
