"""A catalogue larger than any real one, written in bulk: for what must not grow with it."""

import datetime as dt

from django.utils import timezone

from policies.models import (
    Administration,
    AppealAddress,
    Insurer,
    Policy,
    PolicyEvent,
    PolicyVersion,
    SourceReading,
    WorkedCase,
)
from policies.models.events import reference

POSITION = {
    "treatment": "iv_ketamine",
    "indications": ["treatment_resistant_depression"],
    "coverage": "covered_with_criteria",
    "prior_authorization": "required",
    "criteria": {"label": "18 years or older", "fact": "age", "min": 18},
    "source": {"from": "read", "quote": "The member is at least 18 years of age."},
}
CASE = {
    "name": "Old enough",
    "on": "2026-11-25",
    "situation": {"treatment": "iv_ketamine"},
    "verdict": "could_qualify",
}


def make_many(count: int = 500) -> list[Policy]:
    """As many policies of fifty insurers, each with an edition, every fifth with a draft too."""
    insurers = Insurer.objects.bulk_create(
        Insurer(slug=f"insurer-{number}", name=f"Insurer {number}", kind="commercial")
        for number in range(50)
    )
    Insurer.objects.filter(pk__in=[one.pk for one in insurers[1:20]]).update(parent=insurers[0])
    policies = Policy.objects.bulk_create(
        Policy(
            insurer=insurers[number % 50],
            slug=f"policy-{number}",
            number=f"P {number}",
            title=f"Policy {number}",
            kind="medical_policy",
            lines_of_business=["commercial"],
        )
        for number in range(count)
    )
    now = timezone.now()
    versions = PolicyVersion.objects.bulk_create(
        PolicyVersion(
            policy=policy,
            effective=f"{day}",
            effective_on=day,
            positions=[POSITION],
            published_at=published_at,
        )
        for number, policy in enumerate(policies)
        for day, published_at in [
            (dt.date(2026, 1, 1), now),
            *([(dt.date(2027, 1, 1), None)] if number % 5 == 0 else []),
        ]
    )
    beside = [
        *SourceReading.objects.bulk_create(
            SourceReading(
                version=version,
                key="read",
                kind="stored_copy",
                read_on="2026-03",
                read_by="Someone",
                description="The document.",
                url="https://example.org/policy.pdf",
            )
            for version in versions
        ),
        *WorkedCase.objects.bulk_create(
            WorkedCase(version=version, name="Old enough", content=CASE)
            for version in versions
            if version.published_at
        ),
    ]
    links = Administration.objects.bulk_create(
        Administration(
            insurer=insurers[number],
            administrator=insurers[number - 1],
            benefit="medical",
            source_url="https://example.org/",
            quote="They decide.",
            read_on="2026-03",
        )
        for number in range(1, 50)
    )
    addresses = AppealAddress.objects.bulk_create(
        AppealAddress(
            insurer=insurer,
            use="appeal",
            lines_of_business=["commercial"],
            fax="555-0100",
            source_url="https://example.org/",
            source_kind="live_document",
            read_on="2026-03",
            read_by="Someone",
        )
        for insurer in insurers * 2
    )
    assert len(beside) >= count
    written = [*insurers, *policies, *versions, *links, *addresses]
    PolicyEvent.objects.create(
        kind=PolicyEvent.Kind.LOADED, what="Many", about=[reference(one) for one in written]
    )
    return policies
