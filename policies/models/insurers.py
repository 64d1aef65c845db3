"""Insurers, and the documents' word on who decides for whom."""

from dataclasses import replace

import pgtrigger
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from policies import catalogue, situation
from policies.catalogue.fields import SLUG
from policies.catalogue.names import clashing_names
from policies.models.events import wants_event
from policies.models.fields import choices_of, validate_printed_date, words_field
from policies.models.former import FormerAddress, no_page_takes_a_former_address

NO_CIRCLE = pgtrigger.Trigger(
    name="no_insurer_is_part_of_itself",
    when=pgtrigger.After,
    # Looked at when all is written: writers take turns, so the later one sees the earlier.
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
        IF NEW.parent_id IS NOT NULL AND EXISTS (
            WITH RECURSIVE above(id) AS (
                SELECT parent_id FROM policies_insurer WHERE id = NEW.id
                UNION
                SELECT one.parent_id FROM policies_insurer one JOIN above ON one.id = above.id
            )
            SELECT 1 FROM above WHERE id = NEW.id
        ) THEN
            RAISE EXCEPTION 'an insurer is no part of itself, by way of its parents'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    """,
)


class Insurer(models.Model):
    """Who pays, or decides for those who do."""

    slug = models.SlugField(
        unique=True,
        validators=[RegexValidator(SLUG, "Use small letters, digits and hyphens, as bcbs-ma.")],
        help_text="As in the address, for example bcbs-ma.",
    )
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40, choices=choices_of(catalogue.InsurerKind))
    states = words_field()
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="brands"
    )
    also_known_as = words_field()
    pays_for = models.CharField(
        max_length=40,
        blank=True,
        choices=choices_of(situation.LineOfBusiness),
        help_text="A line of business in which nobody else pays, for example VA health care.",
    )
    note = models.TextField(blank=True)
    edited_at_desk = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["name"]
        triggers = [
            wants_event("insurer_leaves_event", of="insurer"),
            NO_CIRCLE,
            no_page_takes_a_former_address(
                "insurer_takes_no_former_address",
                is_taken="policy_slug = '' AND insurer_slug = "
                "(SELECT slug FROM policies_insurer WHERE id = NEW.id)",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        others = list(Insurer.objects.exclude(pk=self.pk).select_related("parent"))
        found = {
            "parent": self._circle(others),
            "name": self._name_taken(others),
            "slug": self._former_page(),
        }
        faults = {name: text for name, text in found.items() if text}
        if faults:
            raise ValidationError(faults)

    def _circle(self, others: list["Insurer"]) -> str:
        above = {one.pk: one.parent_id for one in others}
        at = self.parent_id
        while at is not None and not self._state.adding:
            if at == self.pk:
                return f"{self.parent} is part of {self.name}: an insurer is no part of itself."
            at = above.get(at)
        return ""

    def _name_taken(self, others: list["Insurer"]) -> str:
        try:
            ours = self.record()
        except ValueError:
            return ""  # a choice that is none, which its own field says
        theirs = [
            # Brands of this one name it by the key that it has in the database.
            replace(one.record(), parent=self.slug) if one.parent == self else one.record()
            for one in others
        ]
        for clash in clashing_names([ours, *theirs]):
            if clash.first is ours:
                return (
                    f"{clash.second.name} goes by the name “{clash.name}” already. Two insurers "
                    "share one only where one is the other's brand: name the parent, take the name "
                    "away there, or merge the two."
                )
        return ""

    def _former_page(self) -> str:
        """A page that was another's leads to that one still."""
        former = FormerAddress.objects.filter(insurer_slug=self.slug, policy_slug="")
        led = former.exclude(insurer=self.pk).select_related("insurer").first()
        return f"This was the address of {led.insurer}, and leads there still." if led else ""

    def record(self) -> catalogue.Insurer:
        """The plain record that the rules work on; the parent must have been fetched."""
        return catalogue.Insurer(
            slug=self.slug,
            name=self.name,
            kind=catalogue.InsurerKind(self.kind),
            states=tuple(self.states),
            parent=self.parent.slug if self.parent else "",
            also_known_as=tuple(self.also_known_as),
            pays_for=situation.LineOfBusiness(self.pays_for) if self.pays_for else None,
            note=self.note,
        )


class Administration(models.Model):
    """A document's word that an administrator decides for an insurer's plans."""

    insurer = models.ForeignKey(Insurer, on_delete=models.PROTECT, related_name="administrators")
    administrator = models.ForeignKey(Insurer, on_delete=models.PROTECT, related_name="clients")
    benefit = models.CharField(max_length=40, choices=choices_of(catalogue.Benefit))
    lines_of_business = words_field(choices_of(situation.LineOfBusiness))
    source_url = models.URLField(max_length=500, help_text="The document that links them.")
    quote = models.TextField(help_text="Its words.")
    read_on = models.CharField(
        max_length=10,
        validators=[validate_printed_date],
        help_text="A date like 2026-11-05 or 2026-11.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["insurer", "administrator", "benefit"],
                name="one_link_for_each_benefit",
                violation_error_message="This link exists; change that one.",
            )
        ]
        triggers = [wants_event("link_leaves_event", of="administration")]

    def __str__(self) -> str:
        return f"{self.administrator} decides for {self.insurer} ({self.benefit})"

    def record(self) -> catalogue.Administration:
        """The plain record; both insurers must have been fetched."""
        return catalogue.Administration(
            insurer=self.insurer.slug,
            administrator=self.administrator.slug,
            benefit=catalogue.Benefit(self.benefit),
            source_url=self.source_url,
            quote=self.quote,
            read_on=catalogue.PrintedDate(self.read_on),
            lines_of_business=tuple(map(situation.LineOfBusiness, self.lines_of_business)),
        )
