"""The addresses on this site that the pages of insurers and policies once had."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from policies.models.events import wants_event


def no_page_takes_a_former_address(name: str, *, is_taken: str) -> pgtrigger.Trigger:
    """Refuse a page at an address that leads to another one.

    It is looked at when all is written, and so by what stands there then.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF EXISTS (SELECT 1 FROM policies_formeraddress WHERE {is_taken}) THEN
                RAISE EXCEPTION 'this was the address of another page, and leads there still'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        """,  # noqa: S608 -- the condition is our own
    )


class FormerAddress(models.Model):
    """The keys by which an insurer or one of its policies was known; their pages lead on.

    `policy_slug` is empty for the insurer itself.
    """

    insurer_slug = models.SlugField()
    policy_slug = models.SlugField(blank=True)
    insurer = models.ForeignKey(
        "policies.Insurer", on_delete=models.PROTECT, related_name="former_addresses"
    )
    policy = models.ForeignKey(
        "policies.Policy",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="former_addresses",
    )
    names = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    why = models.CharField(max_length=300)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["insurer_slug", "policy_slug"]
        verbose_name_plural = "former addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["insurer_slug", "policy_slug"],
                name="a_former_address_leads_to_one",
                violation_error_message="This address leads elsewhere already.",
            )
        ]
        triggers = [
            wants_event("former_address_leaves_event", of="insurer", by="insurer_id"),
            pgtrigger.Trigger(
                name="a_page_of_now_leads_nowhere_else",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM policies_insurer
                        LEFT JOIN policies_policy
                        ON insurer_id = policies_insurer.id AND NEW.policy_slug <> ''
                        WHERE policies_insurer.slug = NEW.insurer_slug
                        AND COALESCE(policies_policy.slug, '') = NEW.policy_slug
                        AND EXISTS (SELECT 1 FROM policies_formeraddress WHERE id = NEW.id)
                    ) THEN
                        RAISE EXCEPTION 'a page stands at this address, so it leads to no other'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return "/".join(filter(None, (self.insurer_slug, self.policy_slug)))
